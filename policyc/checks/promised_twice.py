"""A right, a choice, a notice or a measure that another statement promises as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from policyc.checks._view import SHOWN, View, counted, finding, names
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of
from policyc.semantics.norms import Norm
from policyc.semantics.promises import BY_USE, GUARDS, Promises, objects_of
from policyc.semantics.said import said

_HEAD: Final = """\
language 1
import erasure from std.right.gdpr
party us "Us"
data profile "your profile"
data photo "your photo" is profile
fact unneeded "we no longer need it"
policy notice "Notice"
    controller us
"""
_ERASED: Final = _HEAD + "erased: will grant erasure regarding profile\n"

TWICE: Final = Code(
    "PC408",
    "promised-twice",
    what="A right, a choice, a notice, a measure or an agreement lies within another one, and adds nothing to it.",
    why="Readers look for a difference that is not there, and whoever changes one of the two forgets the other.",
    bad=_ERASED + "photo_erased: will grant erasure regarding photo\n",
    good=_ERASED,
    level=Level.INFO,
)
ANYWAY: Final = Code(
    "PC409",
    "promised-anyway",
    what="A right, a choice or a notice has a condition, and another statement promises the same without it.",
    why="The condition protects nobody, and readers who find it first believe that they have less than they have.",
    bad=_ERASED + "photo_erased: will grant erasure regarding photo when unneeded\n",
    good=_HEAD + "photo_erased: will grant erasure regarding photo when unneeded\n",
    level=Level.INFO,
)


_TIMES: Final = ("event", "open", "text")
_FIRMNESS: Final = {"may": 0, "will": 1, "must": 2}


class _Loss(NamedTuple):
    """A promise, another one that counts without some of its clauses, and what both name.

    Without clauses: the other one is firmer, and for more people.
    """

    norm: Norm
    wider: Norm
    clauses: tuple[str, ...]
    named: tuple[str, ...]


def check(view: View) -> Iterator[Diagnostic]:
    """One finding of each kind for a promise that others repeat or limit."""
    promises = Promises(view.overlaps)
    twice: dict[tuple[str, bool], tuple[Norm, list[Norm]]] = {}
    anyway: dict[str, list[_Loss]] = {}
    for norm in promises.all:
        for wider in promises.beside(norm):
            within = promises.within(norm, wider)
            loss = _loss(promises, norm, wider, within) if within else None
            if loss is not None:
                anyway.setdefault(wider.id, []).append(loss)
                break
            if _is_repeated(promises, norm, wider, within):
                twice.setdefault((wider.id, BY_USE in within), (wider, []))[1].append(norm)
                break
    for (_, by_use), (wider, others) in twice.items():
        yield _twice(wider, others, by_use=by_use)
    for losses in anyway.values():
        yield _anyway(losses)


# --- promises that add nothing ------------------------------------------------------------------


def _is_repeated(promises: Promises, norm: Norm, wider: Norm, within: tuple[str, ...]) -> bool:
    """Whether all that a promise says is said by another one; of two that say the same, the later one repeats."""
    if len(within) < len(objects_of(norm.statement)):
        return False
    if BY_USE in within:
        return _is_part(norm.statement, wider.statement)
    one, other = norm.statement, wider.statement
    if not _says_no_more(promises, norm, wider):
        return False
    back = promises.within(wider, norm)
    is_same = len(back) == len(objects_of(other)) and _says_no_more(promises, wider, norm)
    if is_same:
        return said(one) != said(other) and one.place.span.start > other.place.span.start
    # How to use a right or a choice is said beside it, and repeats nothing.
    is_way = one.verb in {"grant", "offer"} and promises.adds(other, one, "text")
    return promises.is_narrower(norm, wider) or not is_way


def _says_no_more(promises: Promises, norm: Norm, wider: Norm) -> bool:
    one, other = norm.statement, wider.statement
    is_later = "event" in other.fields and "event" not in one.fields
    is_firmer = _FIRMNESS[one.modality] > _FIRMNESS[other.modality]
    return norm.when == wider.when and not is_later and not is_firmer and not promises.adds(one, other)


def _is_part(one: Statement, other: Statement) -> bool:
    """Whether people are told that they agree to a part of what they agree to elsewhere, whatever they do for it."""
    return all("regarding" in each.fields or "purposes" in each.fields for each in (one, other))


def _twice(wider: Norm, others: list[Norm], *, by_use: bool) -> Diagnostic:
    first, *rest = others
    several = counted(norm.id for norm in others)
    lies = "lie within `{}`, and add nothing to it" if rest else "lies within `{}`, and adds nothing to it"
    message, help_ = f"{several} {lies.format(wider.id)}", f"delete what `{wider.id}` says already, or say what differs"
    if by_use:
        message = f"people agree in {several} to a part of what they agree to in `{wider.id}`"
        help_ = "say once by what people agree, and to what"
    return finding(
        TWICE,
        first.statement,
        message,
        text="said here",
        more=[*((norm.statement, "and here") for norm in rest[: SHOWN - 2]), (wider.statement, "and for more here")],
        help=help_,
    )


# --- conditions that decide nothing --------------------------------------------------------------


def _loss(promises: Promises, norm: Norm, wider: Norm, within: tuple[str, ...]) -> _Loss | None:
    """What a promise loses by another one, of which it says no more than its condition."""
    one, other = norm.statement, wider.statement
    guards = [name for name in GUARDS if name in one.fields]
    is_near = _is_of_the_same(promises, one, other) and not promises.adds(one, other, *GUARDS, *_TIMES)
    if not guards or BY_USE in within or not is_near or promises.overlaps.forbidding(wider, all_of_it=False):
        return None
    conditions = promises.overlaps.conditions
    if min(1, _FIRMNESS[one.modality]) > _FIRMNESS[other.modality]:
        return None
    if conditions.implies(norm.when, wider.when):
        parts = {name: conditions.of_fields({name: one.fields[name]}) for name in guards}
        lost = tuple(name for name, formula in parts.items() if not conditions.implies(wider.when, formula))
        return _Loss(norm, wider, lost, within) if lost else None
    is_weaker = _FIRMNESS[one.modality] < _FIRMNESS[other.modality] and _is_for_fewer(norm, wider)
    is_weaker = is_weaker and promises.overlaps.can_hold(norm.when, wider.when)
    return _Loss(norm, wider, (), within) if is_weaker else None


def _is_of_the_same(promises: Promises, one: Statement, other: Statement) -> bool:
    """Whether two are at the same events, by the same ways.

    A notice of a special case is one where that is the case. A list of rights is no promise that they have no
    conditions.
    """
    events = [{*terms_of(each.fields, "event")} for each in (one, other)]
    if one.verb == "notify":
        either = promises.below(sorted(events[0])), promises.below(sorted(events[1]))
        return all(events) and (either[0] >= events[1] or either[1] >= events[0])
    ways = [{*terms_of(each.fields, "channels")} for each in (one, other)]
    lists = one.verb == "grant" and not {*objects_of(one)} >= {*objects_of(other)}
    return ways[0] >= ways[1] and (not events[1] or events[0] == events[1]) and not lists


def _is_for_fewer(norm: Norm, wider: Norm) -> bool:
    mine, theirs = (each.boxes[0].get("subjects") for each in (norm, wider))
    return mine is not None and (theirs is None or mine.possible != theirs.possible)


def _anyway(losses: list[_Loss]) -> Diagnostic:
    first, *rest = losses
    more = [(loss.norm.statement, "and here") for loss in rest[: SHOWN - 2]]
    return finding(
        ANYWAY,
        first.norm.statement,
        _message(losses),
        text="under a condition here",
        more=[*more, (first.wider.statement, "promised here")],
        help=f"write the condition in `{first.wider.id}` too, or delete it here; or say in what the two differ",
    )


def _message(losses: list[_Loss]) -> str:
    first, *rest = losses
    wider = f"`{first.wider.id}`"
    if rest:
        several = counted(loss.norm.id for loss in losses)
        return f"the conditions of {several} decide nothing: {wider} promises the same without"
    if not first.clauses:
        return f"`{first.norm.id}` says `may` under a condition, and {wider} promises the same to more people"
    does = "decides" if len(first.clauses) == 1 else "decide"
    for_ = "" if len(first.named) == len(objects_of(first.norm.statement)) else f" for {names(first.named)}"
    return f"{names(first.clauses)} of `{first.norm.id}` {does} nothing{for_}: {wider} promises the same without"
