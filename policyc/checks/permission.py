"""Data that is collected with a permission, and used for something else without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import define, field

from policyc.checks._view import SHOWN, View, counted, finding, holes
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.semantics.conditions import named
from policyc.semantics.extents import DATA, Box, Extent, Leaves
from policyc.semantics.norms import Index, Norm

_HEAD: Final = """\
language 1
import location_allowed from std.fact.permission
party us "Us"
data location "your location"
purpose maps "show you the way"
purpose repair "repair faults"
policy notice "Notice"
    controller us
asked: will collect location for maps when location_allowed
"""

LEFT_OUT: Final = Code(
    "PC320",
    "permission-left-out",
    what="Data is collected only with people's permission, and used for something else without asking.",
    why="People allow what they are asked for. A second use makes the first promise worth less.",
    bad=_HEAD + "faults: will use location for repair\n",
    good=_HEAD + "faults: will use location for repair when location_allowed\n",
    level=Level.INFO,
)

_PERMISSIONS: Final = ("std.fact.permission.", "std.fact.consent.")
_OBJECTION: Final = "std.fact.consent.objection"

_NOT_ASKED: Final = ("std.purpose.legal.", "std.purpose.security.", "std.purpose.safety.")
"""Modules of purposes for which nobody has to be asked."""

_GETS: Final = frozenset({"collect", "track"})
_DOES: Final = frozenset({"derive", "transfer", "use"})
"""What people allow us. That we share with those who work for us goes with it."""

_ALL: Final = 0.8
"""A statement about so great a part of the data is about everything, and does not speak of this."""

_FEW: Final = 4
"""So little data is said in one breath."""

_MOST_TRIED: Final = 100


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each statement that asks, with the acts that do not."""
    facts = {term.id for term in view.policy.of_kind("fact") if _is_permission(term.qualified)}
    asking = [norm for norm in view.own_acts if facts and not facts.isdisjoint(named([norm.when]))]
    asked = _Asked(view, asking)
    found: dict[str, tuple[Norm, list[Norm]]] = {}
    for norm in view.own_acts if asked.data else ():
        first = asked.first(norm) if norm.id not in asked.names else None
        if first is not None:
            found.setdefault(first.id, (first, []))[1].append(norm)
    for first, others in found.values():
        yield _finding(first, others)


def _is_permission(name: str) -> bool:
    return name.startswith(_PERMISSIONS) and name != _OBJECTION


@define(slots=False, eq=False, repr=False)
class _Asked:
    """What is done with a permission: the data that is never collected without, and the acts."""

    view: View
    acts: Sequence[Norm]
    data: Leaves = field(init=False)
    names: frozenset[str] = field(init=False)
    _index: Index = field(init=False)
    _exempt: Leaves = field(init=False)
    _most: float = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Data that is also collected without, by its name or below it, is not asked for."""
        self._index = Index(self.acts)
        self.names = frozenset(norm.id for norm in self.acts)
        purposes = self.view.policy.of_kind("purpose")
        self._exempt = self.view.overlaps.extents.below(
            term.id for term in purposes if term.qualified.startswith(_NOT_ASKED)
        )
        guarded = 0
        for norm in self.acts:
            guarded |= max(0, norm.boxes[0][DATA].certain) if norm.verb in _GETS else 0
        free = known = 0
        for norm in self.view.own_acts if guarded else ():
            known |= max(0, norm.boxes[0][DATA].possible)
            if norm.verb in _GETS and norm.id not in self.names:
                for piece in norm.boxes[0][DATA].pieces:
                    free |= 0 if piece & ~guarded else piece
        self.data = guarded & ~free
        self._most = max(_FEW, _ALL * known.bit_count())

    def first(self, norm: Norm) -> Norm | None:
        """The first statement that asks for what another one does with the data for other purposes without asking."""
        box = norm.boxes[0]
        here = box[DATA].certain & self.data
        if norm.verb not in _DOES or not here or "purpose" not in box or self._says_more(norm):
            return None
        about: Box = {DATA: Extent(here, here), **({"subject": box["subject"]} if "subject" in box else {})}
        met = self._index.norms(self._index.sharing(about), _MOST_TRIED)
        first = next((other for other in met if other.verb in _GETS), None)
        allowed = 0
        for other in met:
            allowed |= other.boxes[0]["purpose"].possible if "purpose" in other.boxes[0] else 0
        if not allowed and any(not piece & ~self.data for piece in box[DATA].pieces):
            return None  # who asks for no purpose asks for those that stand beside it
        beyond = any(not piece & (allowed | self._exempt) for piece in box["purpose"].pieces)
        return first if beyond else None

    def _says_more(self, norm: Norm) -> bool:
        """Whether a statement tells on what else it rests, or leaves it open; or is about everything."""
        is_based = "basis" in norm.statement.fields or "basis" in holes(norm.statement)
        return is_based or norm.boxes[0][DATA].certain.bit_count() > self._most


def _finding(first: Norm, others: Sequence[Norm]) -> Diagnostic:
    labels = counted(norm.id for norm in others)
    return finding(
        LEFT_OUT,
        first.statement,
        f"`{first.id}` asks for a permission, and {labels} {'do' if others[1:] else 'does'} more with the data without",
        text="asked for here",
        more=[(norm.statement, "not here") for norm in others[:SHOWN]],
        help=f"ask for the permission in `{others[0].id}` too, take the data out of it with `excluding`, "
        "or say for what you ask",
    )
