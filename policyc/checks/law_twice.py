"""Two statements tell of one law, and what they tell does not fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import evolve

from policyc.checks._view import View, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import LAW_SAYS
from policyc.model.policy import Statement, terms_of
from policyc.semantics.conditions import Formula, facts_in, no, told
from policyc.semantics.norms import Index, Norm

_HEAD: Final = """\
language 1
party us "Us"
party ads "advertisers"
law data_act "the Data Act"
data photo "your photo"
policy notice "Notice"
    controller us
told: law says never share photo with ads under data_act cite "Data Act s. 12"
"""

LAW_TWICE: Final = Code(
    "PC322",
    "law-told-in-two-ways",
    what="One statement says that a law forbids something, and another one that the same law allows it.",
    why="One of the two misleads readers about the law. They cannot tell which.",
    bad=_HEAD + 'too: law says may share photo with ads under data_act cite "Data Act s. 13"\n',
    good=_HEAD + 'too: law says must delete photo under data_act cite "Data Act s. 13"\n',
    level=Level.WARNING,
)

_CONSENT: Final = r"(?i)\b(?:consent|agree|permission)"
_GROUND: Final = r"(?i)\b(?:lawful|legal|valid) (?:grounds?|bas[ie]s|reasons?)\b"
_MOST_TRIED: Final = 20
"""So many statements are held against one."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each statement by which a law forbids what another one allows."""
    told_of = [one for one in view.policy.statements if one.mood == LAW_SAYS]
    if len(told_of) > 1:
        forbidden = [norm for one in told_of for norm in _forbidden(view, one)]
        yield from _allowed(view, forbidden, [_permission(view, one) for one in told_of if one.modality != "never"])
        yield from _by_any_ground(view, forbidden)


def _plain(one: Statement) -> Statement:
    """A statement as if we said so of whoever is meant."""
    return evolve(
        one, mood=None, fields={name: value for name, value in one.fields.items() if name not in {"actor", "laws"}}
    )


def _permission(view: View, law: Statement) -> Norm:
    one = _plain(law)
    box = view.overlaps.extents.box(one, permits=True)
    return Norm(law.id, law, (box,), when=view.overlaps.conditions.of(one))


def _forbidden(view: View, law: Statement) -> Iterator[Norm]:
    one = _plain(law)
    found = [view.overlaps.prohibition(one)] if one.modality == "never" else view.overlaps.outside(one)
    for norm in found:
        yield evolve(norm, statement=law)


def _allowed(view: View, forbidden: Sequence[Norm], allowed: Sequence[Norm]) -> Iterator[Diagnostic]:
    """What is forbidden and allowed to the same extent. One that is narrower tells an exception."""
    index = Index(allowed)
    for law in forbidden:
        same = index.meeting(law) & index.inside(law) & index.covering(law)
        for other in index.norms(same, _MOST_TRIED):
            if _is_of_same_law(law, other) and view.overlaps.can_hold(other.when, law.when, no(law.unless)):
                message = f"`{law.statement.id}` says that the law forbids what `{other.id}` says that it allows"
                help_ = "say in one of them for whom or when it holds, or take it out"
                more = [(other.statement, "allowed by law")]
                yield finding(LAW_TWICE, law.statement, message, text="forbidden by law", more=more, help=help_)
                break


def _by_any_ground(view: View, forbidden: Sequence[Norm]) -> Iterator[Diagnostic]:
    """Consent that the law asks for, and some ground in law that is enough for the same, or for a part of it."""
    asking = [law for law in forbidden if _is_about(view, law.unless, _CONSENT)]
    loose = [law for law in forbidden if _is_about(view, law.unless, _GROUND)]
    for law in asking[:_MOST_TRIED]:
        for other in loose[:_MOST_TRIED]:
            if _is_of_same_law(law, other) and law.concerns(other.verb) and _is_within(other, law):
                message = (
                    f"`{law.statement.id}` says that the law asks for {told(law.unless)},"
                    f" and by `{other.statement.id}` {told(other.unless)} is enough"
                )
                more = [(other.statement, "any ground here")]
                help_ = "consent is one ground of several: say when the law asks for it"
                yield finding(
                    LAW_TWICE, law.statement, message, text="consent here", more=more, help=help_, level=Level.INFO
                )
                break


def _is_about(view: View, unless: Formula, pattern: str) -> bool:
    facts = [view.policy.terms[name] for name in facts_in(unless)]
    return bool(facts) and all(re.search(pattern, fact.label) for fact in facts)


def _is_within(narrow: Norm, wide: Norm) -> bool:
    mine, its = narrow.boxes[0], wide.boxes[0]
    return all(axis in mine and not mine[axis].possible & ~extent.possible for axis, extent in its.items())


def _is_of_same_law(one: Norm, other: Norm) -> bool:
    mine, its = (terms_of(norm.statement.fields, "laws") for norm in (one, other))
    return one.statement is not other.statement and (set(mine) == set(its) or bool(set(mine) & set(its)))
