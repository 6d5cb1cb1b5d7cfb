"""Data that goes to others, and nothing says what for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding, says
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of, words_of

_HEAD: Final = """\
language 1
party us "Us"
party northcloud "Northcloud"
data orders "orders"
purpose hosting "keep your data on servers"
policy notice "Notice"
    controller us
told: will use orders for hosting
"""

UNEXPLAINED: Final = Code(
    "PC517",
    "unexplained-sharing",
    what="Data is shared, and the statement does not say what for.",
    why="Readers learn who gets their data and not why, and programs may share it for any purpose.",
    bad=_HEAD + "hosted: may share orders with northcloud\n",
    good=_HEAD + "hosted: may share orders with northcloud for hosting\n",
    level=Level.INFO,
)


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all statements."""
    found = [norm.statement for norm in view.own_acts if norm.verb == "share" and not _explains(view, norm.statement)]
    if found:
        first, *rest = found
        yield finding(
            UNEXPLAINED,
            first,
            f"{counted(one.id for one in found)} {'do' if rest else 'does'} not say what the data is shared for",
            more=[(one, "nor here") for one in rest[: SHOWN - 1]],
            help="add `for` and the purpose; if the text does not say it, write `hole purpose`",
        )


def _explains(view: View, one: Statement) -> bool:
    """Whether a statement, or the declaration of each recipient, says what for."""
    if says(one, "purposes", "because") or one.only or "publication" in words_of(one.fields, "ways"):
        return True
    recipients = terms_of(one.fields, "recipients")
    told = (name in view.self_evident or "purposes" in view.policy.terms[name].fields for name in recipients)
    return bool(recipients) and all(told)
