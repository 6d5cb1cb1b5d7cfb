"""What the policy says that a law forbids, and what it says itself that we do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import evolve

from policyc.checks._view import SHOWN, View, counted, finding, says
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import LAW_SAYS
from policyc.model.policy import Statement, terms_of
from policyc.semantics import witness
from policyc.semantics.conditions import FALSE, facts_in, told
from policyc.semantics.norms import Norm
from policyc.semantics.overlap import Meeting

_HEAD: Final = """\
language 1
party us "Us"
party ads "advertisers"
law data_act "the Data Act"
data photo "your photo"
fact agreed "you agree"
policy notice "Notice"
    controller us
told: law says never share photo with ads unless agreed under data_act
"""

OWN_ACCOUNT: Final = Code(
    "PC313",
    "broken-by-own-account",
    what="The policy says that a law forbids something, or allows it only in some cases, and that we do it otherwise.",
    why="Who tells readers what the law asks and then does something else, tells them of a breach.",
    bad=_HEAD + "sold: may share photo with ads\n",
    good=_HEAD + "sold: may share photo with ads when agreed\n",
    level=Level.WARNING,
)


_CONSENT: Final = r"(?i)\b(?:consent|agree|permission)"
"""How conditions read that people bring about by agreeing."""

_GROUND: Final = r"(?i)\b(?:lawful|legal|valid) (?:grounds?|bas[ie]s|reasons?)\b"
"""How a condition reads that any ground in law fulfils."""

_ACTS: Final = frozenset({"collect", "derive", "use", "track", "share", "store", "transfer"})

_MOST_TRIED: Final = 400
"""So many permissions are held against each law."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each `law says never` and each `law says … only`."""
    for one in view.policy.statements:
        if one.mood == LAW_SAYS and _is_about_us(view, one):
            norms = list(_forbidden(view, one))
            found = [meeting for norm in norms if _is_told(view, norm) for meeting in _meetings(view, norm)]
            if found:
                yield _finding(view, one, found)
            groundless = [norm for law in norms if _asks(view, law, _GROUND) for norm in _groundless(view, law)]
            if groundless:
                yield _without_ground(one, groundless)


def _is_told(view: View, law: Norm) -> bool:
    """Whether our statements would have to speak of its exception: it has none, or it is a consent.

    That there is some ground in law, or that an authority allows it, need not be repeated with everything we do.
    """
    return law.unless == FALSE or _asks(view, law, _CONSENT)


def _asks(view: View, law: Norm, pattern: str) -> bool:
    """Whether the law's exception is made of such facts only."""
    facts = [view.policy.terms[name] for name in facts_in(law.unless)]
    return bool(facts) and all(re.search(pattern, fact.label) for fact in facts)


def _meetings(view: View, law: Norm) -> Iterator[Meeting]:
    """Where the law forbids all of something that we say that we do, in all cases or in one that we do not exclude."""
    overlaps = view.overlaps
    exceptions = overlaps.exceptions(law)
    numbers = overlaps.index.meeting(law) & overlaps.index.inside(law)
    for norm in overlaps.index.norms(numbers, _MOST_TRIED):
        meeting = overlaps.meeting(norm, law, exceptions)
        if meeting is not None and overlaps.conditions.implies(norm.when, law.when):
            yield meeting


def _groundless(view: View, law: Norm) -> Iterator[Norm]:
    """What we say that we do and the law allows on some ground only, without a legal basis and in every case."""
    index = view.overlaps.index
    numbers = index.meeting(law) & (index.inside(law) | index.promised & index.speaking(law)) & ~index.based
    for norm in index.norms(numbers, _MOST_TRIED):
        if not says(norm.statement, "basis", "special_basis", "when") and norm.statement.verb in _ACTS:
            yield norm


def _without_ground(law: Statement, found: list[Norm]) -> Diagnostic:
    labels = list(dict.fromkeys(norm.id for norm in found))
    name = "name" if labels[1:] else "names"
    return finding(
        OWN_ACCOUNT,
        law,
        f"`{law.id}` says that the law asks for a ground, and {counted(labels)} {name} none",
        text="asked for here",
        more=[(norm.statement, "no ground here") for norm in found[:SHOWN]],
        help=f"add `basis` in `{found[0].id}`",
        level=Level.INFO,
    )


def _is_about_us(view: View, one: Statement) -> bool:
    """Whether the law binds us: it names nobody, or us, or a class to which we belong."""
    bound = terms_of(one.fields, "actor")
    ours = terms_of(view.policy.header.fields, "controllers")
    return not bound or not view.graph.below(bound).isdisjoint(ours)


def _forbidden(view: View, one: Statement) -> Iterator[Norm]:
    """What the law forbids, as if we said so."""
    fields = {name: value for name, value in one.fields.items() if name not in {"actor", "laws"}}
    ours = evolve(one, mood=None, fields=fields)
    if one.modality == "never":
        yield view.overlaps.prohibition(ours)
    elif one.only:
        yield from view.overlaps.outside(ours)


def _finding(view: View, law: Statement, found: list[Meeting]) -> Diagnostic:
    first, unless = found[0], found[0].prohibition.unless
    labels = list(dict.fromkeys(meeting.permission.id for meeting in found))
    if unless == FALSE:
        message = f"`{law.id}` says that the law forbids what {counted(labels)} {'say' if labels[1:] else 'says'} we do"
    else:
        does = f"{counted(labels)} {'do' if labels[1:] else 'does'} not"
        message = f"`{law.id}` says that the law asks for {told(unless)}, and {does}"
    return finding(
        OWN_ACCOUNT,
        law,
        message,
        text="forbidden by law",
        more=[(meeting.permission.statement, "done here") for meeting in found[:SHOWN]],
        help=f"keep to the law in `{first.permission.id}`; or say in `{law.id}` for whom or when it holds",
        witness=witness.words(view.overlaps.extents, first),
    )
