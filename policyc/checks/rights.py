"""People whose data is used, and to whom no right is granted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding, holes
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import LAW_SAYS
from policyc.model.policy import Statement, terms_of
from policyc.model.values import Terms
from policyc.semantics.extents import DATA, EVERYTHING, Leaves
from policyc.semantics.norms import Norm

_HEAD: Final = """\
language 1
party us "Us"
subject readers "readers"
subject writers "writers"
data email "email address"
purpose help "help you"
right see_data "see your data"
policy notice "Notice"
    controller us
asked: will collect email of readers, writers for help
"""

NO_RIGHTS: Final = Code(
    "PC509",
    "no-rights",
    what="Data of people is used, and no statement grants them a right.",
    why="Most laws give rights to all whose data is used; a policy that grants them to some leaves the others out.",
    bad=_HEAD + "rights: will grant see_data of readers\n",
    good=_HEAD + "rights: will grant see_data of readers, writers\n",
    level=Level.WARNING,
)

_DELETION: Final = "std.right.base.deletion_rights"
"""The library's term for all rights to have data deleted."""


_GOT: Final = frozenset({"collect", "derive", "track"})


def check(view: View) -> Iterator[Diagnostic]:
    """People without any right; then, if the right to deletion is only for some places, the places.

    A policy that is a part of another document may leave the rights to that.
    """
    acts = view.own_acts
    granted = [one for one in view.statements if one.verb == "grant" and one.modality != "never"]
    if "part_of" in view.policy.header.fields:
        return
    if granted:
        yield from _without_rights(view, acts, granted)
        yield from _elsewhere(view, acts, granted)
        return
    got = next((norm.statement for norm in acts if norm.verb in _GOT), None)
    if got is not None and not _law_grants(view):
        yield finding(
            NO_RIGHTS,
            got,
            "data is collected, and no right over it is granted to anybody",
            help="write `will grant` and the rights, such as `access` and `erasure` of `std.right.gdpr`",
        )


def _law_grants(view: View) -> bool:
    """Whether readers learn of their rights as what the law says."""
    return any(one.verb == "grant" and one.mood == LAW_SAYS for one in view.policy.statements)


def _without_rights(view: View, acts: Sequence[Norm], granted: Sequence[Statement]) -> Iterator[Diagnostic]:
    with_rights = _with_rights(view, granted)
    owned = _owned(view)
    missing: dict[str, None] = {}
    statements = []
    for norm in acts:
        here = [name for name in _whose(view, norm, owned) if not view.overlaps.extents.below([name]) & with_rights]
        if not missing.keys() >= set(here):
            statements.append(norm.statement)
        missing |= dict.fromkeys(here)
    if missing:
        first, *rest = statements
        yield finding(
            NO_RIGHTS,
            first,
            f"data of {counted(missing)} is used, and no right is granted to them",
            more=[(one, "and here") for one in rest[: SHOWN - 1]],
            help="grant them rights too: leave `of` out, or name them there",
        )


def _owned(view: View) -> Sequence[tuple[Leaves, tuple[str, ...]]]:
    """The data of which the policy declares whose it is, with these people."""
    own = [term for term in view.terms if term.kind == "data" and "subjects" in term.fields]
    return [(view.overlaps.extents.below([term.id]), terms_of(term.fields, "subjects")) for term in own]


def _whose(view: View, norm: Norm, owned: Sequence[tuple[Leaves, tuple[str, ...]]]) -> tuple[str, ...]:
    """Whose data it is: by the statement, by the declarations of the data, or else by the policy's header.

    People whom the header leaves out are named where the data is declared, at any place below what an act names.
    """
    one = norm.statement
    named = terms_of(one.fields, "subjects")
    header = terms_of(view.policy.header.fields, "subjects")
    if not named and isinstance(one.objects, Terms):
        named = tuple(who for name in one.objects.ids for who in terms_of(view.policy.terms[name].fields, "subjects"))
    if not named or named == header:
        reached = norm.boxes[0][DATA].possible
        named = (*named, *(who for leaves, people in owned if leaves & reached for who in people))
    return named or header


def _with_rights(view: View, granted: Sequence[Statement]) -> Leaves:
    found = 0
    for one in granted:
        named = terms_of(one.fields, "subjects")
        if not named or "subjects" in holes(one):
            return EVERYTHING
        found |= view.overlaps.extents.below(named)
    return view.served(found)


def _elsewhere(view: View, acts: Sequence[Norm], granted: Sequence[Statement]) -> Iterator[Diagnostic]:
    """Rights differ from place to place; but all would have their data deleted."""
    anywhere = [norm.statement for norm in acts if "place" not in norm.statement.fields]
    deletion = view.overlaps.extents.below(
        term.id for term in view.policy.of_kind("right") if term.qualified == _DELETION
    )
    deleting = [one for one in granted if _rights(view, one) & deletion]
    if anywhere and deleting and all("place" in one.fields for one in deleting):
        places = (name for one in deleting for name in terms_of(one.fields, "place"))
        yield finding(
            NO_RIGHTS,
            deleting[0],
            f"only people in {counted(places)} may have their data deleted, and data of others is used too",
            text="this right here",
            more=[(anywhere[0], "data of everybody here")],
            help="grant rights to the others too, or say with `in` whose data is used",
            level=Level.INFO,
        )


def _rights(view: View, one: Statement) -> Leaves:
    return view.overlaps.extents.below(one.objects.ids) if isinstance(one.objects, Terms) else 0
