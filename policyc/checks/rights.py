"""People whose data is used, and to whom no right is granted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    """People whose data it is by what acts say; then, as a hint, those whom declarations name and acts leave out."""
    with_rights = _with_rights(view, granted)
    told: dict[str, None] = {}
    for level, whose in ((None, _whose(view)), (Level.INFO, _declared(view, with_rights))):
        missing: dict[str, None] = {}
        statements = []
        for norm in acts:
            here = [name for name in whose(norm) if not view.overlaps.extents.below([name]) & with_rights]
            here = [name for name in here if name not in told]
            if not missing.keys() >= set(here):
                statements.append(norm.statement)
            missing |= dict.fromkeys(here)
        told |= missing
        if missing:
            first, *rest = statements
            yield finding(
                NO_RIGHTS,
                first,
                f"data of {counted(missing)} is used, and no right is granted to them",
                more=[(one, "and here") for one in rest[: SHOWN - 1]],
                help="grant them rights too: leave `of` out, or name them there",
                level=level,
            )


def _whose(view: View) -> Callable[[Norm], tuple[str, ...]]:
    """Whose data it is: by the statement, by the declarations of the data, or else by the policy's header."""
    terms, header = view.policy.terms, terms_of(view.policy.header.fields, "subjects")

    def whose(norm: Norm) -> tuple[str, ...]:
        one = norm.statement
        named = terms_of(one.fields, "subjects")
        if not named and isinstance(one.objects, Terms):
            named = tuple(who for name in one.objects.ids for who in terms_of(terms[name].fields, "subjects"))
        return named or header

    return whose


def _declared(view: View, with_rights: Leaves) -> Callable[[Norm], tuple[str, ...]]:
    """People without rights whose data a statement reaches, by the declarations of the data.

    A statement about fewer people than the header names, or about others, means these.
    """
    owned: dict[str, Leaves] = {}
    for term in view.terms:
        for who in terms_of(term.fields, "subjects") if term.kind == "data" else ():
            owned[who] = owned.get(who, 0) | view.overlaps.extents.below([term.id])
    without = [who for who in owned if not view.overlaps.extents.below([who]) & with_rights]
    usual = ((), terms_of(view.policy.header.fields, "subjects"))

    def declared(norm: Norm) -> tuple[str, ...]:
        if terms_of(norm.statement.fields, "subjects") not in usual:
            return ()
        return tuple(who for who in without if owned[who] & norm.boxes[0][DATA].possible)

    return declared


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
