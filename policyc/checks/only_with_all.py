"""Data that no statement speaks of but those about everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Term, terms_of
from policyc.model.values import Terms
from policyc.semantics.extents import DATA, Leaves
from policyc.semantics.norms import Norm

_HEAD: Final = """\
language 1
party us "Us"
data all_data "all data"
data name "name" is all_data
data email "email" is all_data
data phone "phone" is all_data
data orders "orders" is all_data
data height "height" is all_data
purpose selling "sell you things"
policy notice "Notice"
    controller us
asked: will collect all_data for selling
used: will use name, email, phone, orders for selling
"""

ONLY_WITH_ALL: Final = Code(
    "PC522",
    "only-with-all",
    what="Data is declared, and no statement speaks of it but those that are about nearly everything.",
    why="Readers learn that you have it, and not what you do with it.",
    bad=_HEAD,
    good=_HEAD + "fits: will use height for selling\n",
    level=Level.INFO,
)

_MOST: Final = 2 / 3
"""A statement about so great a part of the data is about everything."""

_FEW: Final = 4
"""Where there is no more data than this, everything is soon said."""

_GETS: Final = frozenset({"collect", "derive", "track", "use"})
_SPEAKING: Final = ("regarding", "derived_from", "data")
"""Clauses by which other statements speak of data."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all data; none where each statement is about a part of it."""
    known = 0
    for norm in view.acts:
        known |= max(0, norm.boxes[0][DATA].possible)
    most = max(_MOST * known.bit_count(), _FEW)
    wide = [norm for norm in view.own_acts if norm.verb in _GETS and norm.boxes[0][DATA].certain.bit_count() >= most]
    if wide:
        left = wide[0].boxes[0][DATA].certain & ~_spoken_of(view, most)
        terms = [term for term in _declared(view) if not view.overlaps.extents.below([term.id]) & ~left]
        names = {term.id for term in terms}
        found = [term for term in terms if names.isdisjoint(term.parents)]
        if found:
            yield _finding(wide[0], found)


def _spoken_of(view: View, most: float) -> Leaves:
    """The data that a statement names, by its name or by a class that is not nearly everything."""
    found = 0
    for one in view.policy.statements:
        objects = one.objects.ids if isinstance(one.objects, Terms) else ()
        for name in (*objects, *(name for clause in _SPEAKING for name in terms_of(one.fields, clause))):
            data = view.overlaps.extents.below([name])
            found |= data if data.bit_count() < most else 0
    return found


def _declared(view: View) -> Iterator[Term]:
    """Data that the policy declares, or lists in what it declares; in the order of the file."""
    data = [term for term in view.policy.of_kind("data") if term.is_local]
    local = {term.id for term in data}
    listed = [term for term in view.policy.of_kind("data") if not term.is_local and not local.isdisjoint(term.parents)]
    yield from (*sorted(data, key=lambda term: term.place.span.start), *listed)


def _finding(wide: Norm, found: Sequence[Term]) -> Diagnostic:
    return finding(
        ONLY_WITH_ALL,
        wide.statement,
        f"only what is about nearly all data, such as `{wide.id}`, speaks of {counted(term.id for term in found)}",
        text="everything here",
        more=[(term, "declared here") for term in found if term.is_local][:SHOWN],
        help="say what you do with it, and what for; or leave it out, if you do nothing",
    )
