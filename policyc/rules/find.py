"""What rules find in a policy: one finding for each rule that it breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Final

from policyc.checks._view import SHOWN, Sentence, View, counted, finding
from policyc.diagnostics.code import RULES, Code, Level
from policyc.diagnostics.codes.rules import BROKEN_RULE
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Fields, Statement, Term
from policyc.model.rules import Rule, Rules
from policyc.model.values import Day
from policyc.rules.evaluate import Breach, Evaluation
from policyc.rules.link import ANYBODY, Linked
from policyc.rules.reach import Reaches
from policyc.semantics.extents import EVERYTHING


def find(view: View, rules: Rules) -> Iterator[Diagnostic]:
    """One finding for each rule that is in force and broken."""
    evaluation = Evaluation(Linked(view, rules), Reaches(view))
    for rule in rules.rules:
        if is_in_force(rule.fields, view.date):
            found = evaluation.breaches(rule)
            if found:
                yield _finding(view, rule, found)


AS_OF: Final = date(2026, 11, 1)
"""The day as of which the library's rules tell the laws: for policies that do not say of which day they are."""


def is_in_force(fields: Fields, day: date | None) -> bool:
    """Whether a rule or a law holds on a day."""
    effective, repealed = fields.get("effective"), fields.get("repealed")
    day = day or AS_OF
    begun = not isinstance(effective, Day) or effective.value <= day
    return begun and not (isinstance(repealed, Day) and repealed.value <= day)


def code_of_rule(rule: Rule) -> Code:
    """The code of a rule: the number of all rules, and its own qualified name."""
    return code_of(rule.qualified, rule.message, Level(rule.level))


@cache
def code_of(rule_name: str, what: str, level: Level) -> Code:
    """The code of a rule by its parts."""
    return Code(RULES, rule_name, what, BROKEN_RULE.why, "", "", level)


def _finding(view: View, rule: Rule, found: Sequence[Breach]) -> Diagnostic:
    code = code_of_rule(rule)
    first, *others = [one for one in found if one.about is not None] or [found[0]]
    about = _own(view, first.about)
    cited = f" ({', '.join(rule.cites)})" if rule.cites else ""
    return finding(
        code,
        about,
        f"{rule.message}{cited}",
        text=_text(view, first),
        more=[(_own(view, one.about), _text(view, one)) for one in others[: SHOWN - 1]],
        help=_help(rule, len(others) - SHOWN + 1),
    )


def _own(view: View, about: Sentence | None) -> Sentence:
    """A sentence of the policy itself: where nothing is said, or something is declared elsewhere, the header."""
    return view.policy.header if about is None or (isinstance(about, Term) and not about.is_local) else about


def _help(rule: Rule, more: int) -> str | None:
    said = rule.fields.get("help")
    help_ = said.texts[0] if said is not None and hasattr(said, "texts") else None
    if more > 0:
        return f"{help_ or 'mend each of them'}; {more} more statements break it"
    return help_


def _text(view: View, one: Breach) -> str:
    """Of what the rule asks for something: of the part of a statement that lacks it."""
    if one.about is None:
        return "nothing in this policy says it"
    if not isinstance(one.about, Statement):
        return f"`{one.about.id}` lacks it" if isinstance(one.about, Term) else ""
    extents = view.overlaps.extents
    parts = []
    for axis, lead in _LEADS.items():
        leaves = one.part.get(axis, EVERYTHING)
        if leaves > 0 and leaves != one.whole.get(axis):
            names = [name for name in extents.names(leaves) if name != ANYBODY]
            parts += [f"{lead} {counted(names)}"] if names else []
    return f"missing {' '.join(parts)}" if parts else "here"


_LEADS: Final = {"data": "for", "purpose": "used for", "subject": "of", "place": "in"}
"""Axis → the words before what lacks it; what lacks it as a whole goes without."""
