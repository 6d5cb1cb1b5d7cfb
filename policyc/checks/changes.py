"""The policy may change, and readers do not learn how long before, or which day this version starts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from policyc.checks._view import SHOWN, View, finding, says
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, tags_of, texts_of
from policyc.model.values import Day, names_in

_HEAD: Final = """\
language 1
import policy_changed from std.event.change
party us "Us Ltd"
subject users "users"
channel desk "our desk" email "desk@us.example"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
"""

NO_NOTICE_AHEAD: Final = Code(
    "PC525",
    "no-notice-ahead",
    what="The policy may change, and nothing says how long before a change people are told.",
    why="Who learns of a change only when it holds cannot object to it, or leave in time.",
    bad=_HEAD + "    effective 2026-12-01\nchanges: may amend notice after policy_changed\n",
    good=_HEAD + "    effective 2026-12-01\nchanges: may amend notice 30 days before policy_changed\n",
    level=Level.INFO,
)
NO_FIRST_DAY: Final = Code(
    "PC616",
    "no-first-day",
    what="Changes are told some time before they hold, and the policy has only the day on which it was last changed.",
    why="In the time between the two days readers cannot tell which version holds.",
    bad=_HEAD + "changes: may amend notice 30 days before policy_changed\n",
    good=_HEAD + "    effective 2026-12-01\nchanges: may amend notice 30 days before policy_changed\n",
    level=Level.INFO,
)

_POLICY: Final = r"(?i)\b(?:policy|policies|notice|statement|terms|version|revis\w+)\b"
_CHANGE: Final = r"(?i)\b(?:chang\w+|amend\w*|updat\w+|revis\w+|new|version)\b"
_AHEAD: Final = r"(?i)\b(?:advance|ahead|before|beforehand|prior)\b"
_EVENTS: Final = "std.event.change."

_ABOUT: Final = ("regarding", "event", "before", "when")


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for the policy: on how it is changed, or on its day."""
    amending = [one for one in view.statements if one.verb == "amend" and one.modality != "never"]
    telling = [one for one in view.statements if _tells_of_change(view, one)]
    ahead = [one for one in (*amending, *telling) if _is_ahead(one)]
    if amending and not ahead:
        yield _without_notice(amending, telling)
    header = view.policy.header
    is_open = "effective" not in header.fields and not any(
        name == "effective" for name, _ in tags_of(header.fields, "holes")
    )
    if ahead and is_open and isinstance(header.fields.get("updated"), Day):
        message = f"`{ahead[0].id}` tells of changes before they hold, and this policy does not say since when it holds"
        more = [(ahead[0], "told before here")]
        yield finding(
            NO_FIRST_DAY, header, message, more=more, help="write `effective` and the first day of this version"
        )


def _tells_of_change(view: View, one: Statement) -> bool:
    """Whether it tells people that the policy changes."""
    if one.verb != "notify" or one.modality == "never":
        return False
    names = (name for field in _ABOUT if field in one.fields for name in names_in(one.fields[field]))
    found = [view.policy.terms[name] for name in names if name in view.policy.terms]
    return any(
        term.qualified.startswith(_EVENTS) or (re.search(_POLICY, term.label) and re.search(_CHANGE, term.label))
        for term in found
    )


def _is_ahead(one: Statement) -> bool:
    """Whether it says how long before, or at least that it comes before; or that this is not said."""
    is_early = says(one, "before") or ("event" not in one.fields and says(one, "period", "deadline"))
    return is_early or any(re.search(_AHEAD, text) for text in texts_of(one.fields, "text"))


def _without_notice(amending: Sequence[Statement], telling: Sequence[Statement]) -> Diagnostic:
    first, *rest = amending
    return finding(
        NO_NOTICE_AHEAD,
        first,
        f"`{first.id}` does not say how long before a change people are told",
        more=[(one, "nor here") for one in (*rest, *telling)[: SHOWN - 1]],
        help="write a period and `before policy_changed`, of `std.event.change`, here or where people are told",
    )
