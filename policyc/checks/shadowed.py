"""A permission that another one covers: its condition decides nothing, or all of it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from attrs import evolve

from policyc.checks._view import SHOWN, View, counted, finding, names
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.clauses import row_of
from policyc.model.policy import Statement, terms_of
from policyc.model.values import Terms
from policyc.semantics import witness
from policyc.semantics.conditions import TRUE, no
from policyc.semantics.cover import Covers
from policyc.semantics.extents import DATA, Box
from policyc.semantics.norms import Index, Norm
from policyc.semantics.overlap import Meeting
from policyc.semantics.said import SAYS_NOTHING

_CONSENT: Final = """\
language 1
party us "Us"
data location "location"
data orders "orders"
purpose help "help you"
fact agreed "you agree"
legal_basis consent "your consent" when agreed
policy notice "Notice"
    controller us
sold: will collect orders for help
used: will use location for help basis consent
"""
_ORDERS: Final = """\
language 1
party us "Us"
data orders "orders"
data old_orders "old orders" is orders
purpose help "help you"
policy notice "Notice"
    controller us
sold: will collect orders for help
"""

POINTLESS: Final = Code(
    "PC403",
    "pointless-condition",
    what="A permission has a condition or a legal basis, and another permission allows the same act without it, or"
    " stores data in any case where it would be moved.",
    why="The condition protects nobody: who collects data for a purpose may use it for that, consent or not.",
    bad=_CONSENT + "got: will collect location for help\n",
    good=_CONSENT + "got: will collect location for help basis consent\n",
    level=Level.WARNING,
)
SHADOWED: Final = Code(
    "PC404",
    "shadowed",
    what="A permission lies within another one, and adds nothing to it.",
    why="It changes nothing. Perhaps the wider one was meant to be narrower.",
    bad=_ORDERS + "looked_up: will collect old_orders for help\n",
    good=_ORDERS,
    level=Level.INFO,
)

_FIRMNESS: Final = {"may": 0, "will": 1, "must": 2}

_LIMITS: Final = frozenset({"subject", "place", "surface"})
"""What only limits a statement; other clauses also tell how it is done, and what for."""


_FREE: Final = frozenset({"when", "unless"})
"""Clauses that set a condition."""


class _Loss(NamedTuple):
    """A permission, a wider one that counts without some of its clauses, and where it shows."""

    norm: Norm
    wider: Norm
    clauses: tuple[str, ...]
    where: Meeting


def check(view: View) -> Iterator[Diagnostic]:
    """One finding of each kind for a wider permission."""
    covers = Covers(view.overlaps, view.acts)
    losses: dict[str, list[_Loss]] = {}
    shadowed: dict[str, tuple[Norm, list[Norm]]] = {}
    for norm in view.acts:
        for wider in covers.wider(norm):
            loss = _loss(covers, norm, wider)
            if loss is not None:
                losses.setdefault(wider.id, []).append(loss)
                break
            if _adds_nothing(covers, norm, wider):
                shadowed.setdefault(wider.id, (wider, []))[1].append(norm)
                break
    for found in losses.values():
        yield _pointless(view, found)
    for wider, others in shadowed.values():
        yield _shadowed(wider, others)
    yield from _stored_anyway(view, covers)


# --- conditions that decide nothing ------------------------------------------------------------


def _loss(covers: Covers, norm: Norm, wider: Norm) -> _Loss | None:
    """What a permission loses by a wider one; two bases for one use are a matter of their own.

    Of a promise it can lose only the legal basis: that it is kept in some cases says something.
    """
    conditions = covers.overlaps.conditions
    if norm.when == wider.when or not conditions.implies(norm.when, wider.when):
        return None
    parts = conditions.parts(norm.statement)
    lost = tuple(name for name, part in parts if not conditions.implies(wider.when, part))
    if "basis" in wider.statement.fields:
        lost = tuple(name for name in lost if name != "basis")
    promises = _FIRMNESS[norm.statement.modality] > _FIRMNESS[wider.statement.modality]
    if not lost or (promises and "basis" not in lost):
        return None
    where = covers.free(norm, wider, wider.when, no(norm.when))
    return None if where is None else _Loss(norm, wider, lost, where)


def _pointless(view: View, losses: list[_Loss]) -> Diagnostic:
    first, *rest = losses
    norm, wider = first.norm, first.wider
    clauses = names(name.replace("_", " ") for name in first.clauses)
    does = "decides" if len(first.clauses) == 1 else "decide"
    message = f"{clauses} of `{norm.id}` {does} nothing: `{wider.id}` allows the same without"
    if rest:
        several = counted(loss.norm.id for loss in losses)
        message = f"the conditions of {several} decide nothing: `{wider.id}` allows the same without"
    others = ((loss.norm.statement, "and here") for loss in rest[: SHOWN - 2])
    return finding(
        POINTLESS,
        norm.statement,
        message,
        text="under a condition here",
        more=[*others, (wider.statement, "allowed without here")],
        help=_help(first),
        witness=witness.words(view.overlaps.extents, first.where),
    )


def _help(loss: _Loss) -> str:
    """The condition belongs on both; what else could be meant comes after."""
    one, wider = loss.norm.statement, loss.wider.id
    named = ", ".join(terms_of(one.fields, "basis"))
    clause = (
        f"`basis {named}`" if loss.clauses == ("basis",) else names(name.replace("_", " ") for name in loss.clauses)
    )
    lead = (
        "" if loss.norm.verb == loss.wider.verb else f"who may {loss.wider.verb} for a purpose, may {one.verb} for it: "
    )
    return f"{lead}write {clause} in `{wider}` too, or let `{wider}` say less; if it need not hold, delete it here"


# --- what is there anyway ----------------------------------------------------------------------


def _stored_anyway(view: View, covers: Covers) -> Iterator[Diagnostic]:
    """Transfers under a condition to where the same data is stored in any case: it has to get there."""
    stores = [norm for norm in view.acts if norm.verb == "store" and norm.when == TRUE and _is_sure(norm)]
    moves = [norm for norm in view.acts if norm.verb == "transfer" and not _FREE.isdisjoint(norm.statement.fields)]
    index = Index([evolve(norm, boxes=(_where(norm),)) for norm in stores if moves])
    for norm in moves if stores else ():
        found = index.norms(index.covering(evolve(norm, boxes=(_where(norm),))), SHOWN)
        for store in [store for store in found if covers.is_below(norm.statement, store.statement)][:1]:
            clauses = sorted(_FREE & norm.statement.fields.keys(), reverse=True)
            yield finding(
                POINTLESS,
                norm.statement,
                f"{names(clauses)} of `{norm.id}` {'decides' if len(clauses) == 1 else 'decide'} nothing:"
                f" `{store.id}` stores the same data there in any case",
                text="moved under a condition here",
                more=[(store.statement, "stored without here")],
                help=f"what is stored there has to get there: write {names(clauses)} in `{store.id}` too, "
                f"or let `{store.id}` name fewer places",
                level=Level.INFO,
            )


def _is_sure(norm: Norm) -> bool:
    """Whether it names places, and leaves nothing open."""
    return "location" in norm.boxes[0] and all(extent.certain == extent.possible for extent in _where(norm).values())


def _where(norm: Norm) -> Box:
    """Whose data is where."""
    return {axis: extent for axis, extent in norm.boxes[0].items() if axis in {DATA, "location", "place", "subject"}}


# --- permissions that add nothing --------------------------------------------------------------


def _adds_nothing(covers: Covers, norm: Norm, wider: Norm) -> bool:
    """Whether all that a permission says is said by a wider one of the same act; what is the same is `repeated`."""
    one, other = norm.statement, wider.statement
    if norm.verb != wider.verb or norm.when != wider.when or not _says_no_more(one, other):
        return False
    is_same = _says_no_more(other, one) and norm in covers.wider(wider)
    return not is_same and covers.free(norm, wider, norm.when) is not None


def _says_no_more(one: Statement, other: Statement) -> bool:
    """Whether it promises no more, and each of its clauses but those that limit it stands in the other as well."""
    more = (name for name, value in one.fields.items() if other.fields.get(name) != value and name not in SAYS_NOTHING)
    adds = any(_adds(name, other) for name in more)
    return not adds and not one.only and _firmness(one) <= _firmness(other)


def _firmness(one: Statement) -> int:
    """How much is promised; with `some`, of nothing in particular, no more than what may happen."""
    values = (one.objects, *one.fields.values())
    is_part = any(isinstance(value, Terms) and value.quantifier == "some" for value in values)
    return 0 if is_part else _FIRMNESS[one.modality]


def _adds(name: str, other: Statement) -> bool:
    """Whether a clause tells something of which another statement is silent; the other one covers what it names."""
    dimension = row_of(name).dimension
    return dimension is None or (name not in other.fields and dimension not in _LIMITS)


def _shadowed(wider: Norm, others: list[Norm]) -> Diagnostic:
    first, *rest = others
    lies = "lie within `{}`, and add nothing to it" if rest else "lies within `{}`, and adds nothing to it"
    return finding(
        SHADOWED,
        first.statement,
        f"{counted(norm.id for norm in others)} {lies.format(wider.id)}",
        text="said here",
        more=[*((norm.statement, "and here") for norm in rest[: SHOWN - 2]), (wider.statement, "and for more here")],
        help=f"let `{wider.id}` say less, or delete what it says already",
    )
