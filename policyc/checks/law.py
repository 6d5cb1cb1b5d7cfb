"""A law that the policy follows, and that is not in force at its date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from policyc.checks._view import View, finding, named
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import LATER, SO_FAR
from policyc.model.policy import Statement, Term, terms_of
from policyc.model.values import Day

_HEAD: Final = """\
language 1
party us "Us Ltd"
channel desk "our desk" email "desk@us.example"
right access "get access to your data"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
rights: will grant access under privacy_act
"""

LAW_NOT_IN_FORCE: Final = Code(
    "PC603",
    "law-not-in-force",
    what="The policy follows a law that was repealed, or that does not hold yet, at the policy's date.",
    why="What it says of the law is false, or cannot be relied upon.",
    bad=_HEAD + 'law privacy_act "the Privacy Act" repealed 2018-05-25\n',
    good=_HEAD + 'law privacy_act "the Privacy Act" effective 2018-05-25\n',
)


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each law, where it is first followed; a policy without a date is told of elsewhere."""
    day = view.date
    if day is None:
        return
    uses: dict[str, list[Statement | Term]] = {}
    for one in view.sentences:
        if isinstance(one, Statement | Term):
            for name in terms_of(one.fields, "laws"):
                uses.setdefault(name, []).append(one)
    for name, sentences in uses.items():
        for law in _concerned(view, name):
            found = _judged(name, law, sentences, day)
            if found is not None:
                yield found
                break


def _concerned(view: View, name: str) -> Sequence[Term]:
    """The law, those that it belongs to, and those that the author lists as its members."""
    terms = view.policy.terms
    above = [name]
    for one in above:  # it grows while it is gone through
        above += [parent for parent in terms[one].parents if parent not in above]
    below = [name] if terms[name].is_local else []
    for one in below:
        members = (*terms_of(terms[one].fields, "including"), *terms_of(terms[one].fields, "exactly"))
        below += [member for member in members if member not in below]
    return [terms[one] for one in dict.fromkeys((*above, *below))]


def _judged(name: str, law: Term, sentences: Sequence[Statement | Term], day: date) -> Diagnostic | None:
    repealed, effective = _day(law, "repealed"), _day(law, "effective")
    if repealed is not None and repealed <= day:
        told, passing, level = f"was repealed on {repealed}", SO_FAR, Level.ERROR
        help_ = "name the law that took its place; or tell of the past, with `so far`"
    elif effective is not None and effective > day:
        told, passing, level = f"takes effect on {effective}", LATER, Level.WARNING
        help_ = "leave it out until then; or tell of what is planned, with `later`"
    else:
        return None
    users = [one for one in sentences if not isinstance(one, Statement) or one.mood != passing]
    if not users:
        return None
    first, *rest = users
    which = "it" if law.id == name else f"`{law.id}`"
    return finding(
        LAW_NOT_IN_FORCE,
        first,
        f"`{name}` is not in force on {day}: {which} {told}",
        place=named(first, "laws", name),
        more=[(named(one, "laws", name), "also here") for one in rest],
        help=help_,
        level=level,
    )


def _day(law: Term, field: str) -> date | None:
    value = law.fields.get(field)
    return value.value if isinstance(value, Day) else None
