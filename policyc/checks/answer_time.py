"""Rights for which people write to somebody, and nobody learns how soon they get an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding, says
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, Term, terms_of, texts_of
from policyc.semantics.extents import EVERYTHING, Leaves
from policyc.semantics.norms import Norm

_HEAD: Final = """\
language 1
party us "Us"
event asked "we receive your request"
right see_data "see your data"
channel mailbox "our mailbox" email "privacy@us.example"
policy notice "Notice"
    controller us
    contact mailbox
"""

NO_ANSWER: Final = Code(
    "PC524",
    "no-answer-time",
    what="People can ask for something that they have a right to, and nothing says how soon they get an answer.",
    why="Most laws set a time. Who does not know it cannot tell when to complain.",
    bad=_HEAD + "rights: will grant see_data through mailbox after asked\n",
    good=_HEAD + "rights: will grant see_data through mailbox within 30 days after asked\n",
    level=Level.INFO,
)

_BY_ONESELF: Final = (
    r"(?i)\b(?:account|app|area|buttons?|console|dashboard|links?|log[ -]?in|menus?|pages?|portal|profile|sign[ -]?in|"
    r"settings?|website)\b"
)
"""How channels read where people do it by themselves, at once."""

_TIMES: Final = r"(?i)\b(?:hours?|days?|weeks?|months?|years?|at once|immediately|straight away)\b"
_ASKED: Final = r"(?i)\b(?:ask(?:s|ed)?|requests?|requested)\b"
_SELF_EVIDENT: Final = (
    "be ",
    "not be ",
    "get the same ",
    "have an agent ",
    "have somebody else act ",
    "complain ",
    "withdraw ",
)
"""How labels of rights start that take no answer of ours."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all rights; none, where a time is told for all requests."""
    if any(_answers(view, one) for one in view.statements):
        return
    granted = [norm for norm in view.overlaps.permissions if norm.verb == "grant" and "rights" in norm.boxes[0]]
    timed: dict[Leaves, Leaves] = {}
    for norm in granted:
        if _has_time(norm.statement):
            timed[_people(norm)] = timed.get(_people(norm), 0) | norm.boxes[0]["rights"].possible
    found = [norm.statement for norm in granted if _is_asked_for(view, norm) and _open(view, norm, timed)]
    if found:
        first, *rest = found
        yield finding(
            NO_ANSWER,
            first,
            f"{counted(one.id for one in found)} {'do' if rest else 'does'} not say how soon people get an answer",
            more=[(one, "nor here") for one in rest[: SHOWN - 1]],
            help="add `within` and a period; if the text does not say it, write `hole deadline`",
        )


def _answers(view: View, one: Statement) -> bool:
    """Whether a statement says, for all requests, how soon people hear of us."""
    is_timed = one.verb in {"notify", "claim", "require"} and (_has_time(one) or says(one, "period"))
    events = (view.policy.terms[name].label for name in terms_of(one.fields, "event"))
    return is_timed and any(re.search(_ASKED, label) for label in events)


def _has_time(one: Statement) -> bool:
    return says(one, "deadline") or any(re.search(_TIMES, text) for text in texts_of(one.fields, "text"))


def _people(norm: Norm) -> Leaves:
    found = norm.boxes[0].get("subjects")
    return found.possible if found else EVERYTHING


def _is_asked_for(view: View, norm: Norm) -> bool:
    """Whether all ways to use the right lead to somebody who has to answer; others are told of elsewhere."""
    one, terms = norm.statement, view.policy.terms
    channels = [terms[name] for name in terms_of(one.fields, "channels")]
    is_open = _has_time(one) or "recipients" in one.fields or not view.overlaps.extents.is_ours(one)
    return bool(channels) and not is_open and not any(map(_is_by_oneself, channels))


def _is_by_oneself(channel: Term) -> bool:
    return "menu" in channel.fields or re.search(_BY_ONESELF, channel.label) is not None


def _open(view: View, norm: Norm, timed: dict[Leaves, Leaves]) -> bool:
    """Whether a right of these people has no time in any other statement either."""
    told = 0
    for people, rights in timed.items():
        told |= rights if people & _people(norm) else 0
    extents, terms = view.overlaps.extents, view.policy.terms
    return any(
        extents.below([name]) & ~told
        for name in getattr(norm.statement.objects, "ids", ())
        if not terms[name].label.startswith(_SELF_EVIDENT)
    )
