"""Rights that do not fit together: one is to some of the data and to all of it, or ends before its neighbours do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding, matter, part
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of
from policyc.model.values import Terms
from policyc.semantics.extents import DATA, EVERYTHING, Leaves

_HEAD: Final = """\
language 1
import access, rectification from std.right.gdpr
party us "Us"
data answers "your answers"
data clicks "what you click"
purpose help "help you"
policy notice "Notice"
    controller us
got: will collect answers, clicks for help
changed: will grant rectification
"""

UNEVEN: Final = Code(
    "PC317",
    "uneven-rights",
    what="A right is to some of the data here and to all of it there; or people see less data than they may correct.",
    why="Readers cannot tell what they get. Nobody can ask to correct or delete what nobody shows them.",
    bad=_HEAD + "seen: will grant access only regarding answers\n",
    good=_HEAD + "seen: will grant access\n",
    level=Level.INFO,
)

_SEEING: Final = frozenset({"std.right.gdpr.access", "std.right.general.view_data"})
_CHANGING: Final = frozenset(
    {
        *("std.right.gdpr.rectification", "std.right.general.amend_data"),
        *("std.right.base.deletion_rights", "std.right.gdpr.restriction"),
    }
)
_MATTER: Final = "regarding"
_MOST_TRIED: Final = 10
"""So many statements on one right and one thing are held against each other one."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each `some` of what another statement gives, and for each right to see that ends too early."""
    grants = [one for one in view.statements if one.verb == "grant" and one.modality != "never"]
    yield from _some_and_all(view, grants)
    yield from _unseen(view, grants)


# --- some here, all there ------------------------------------------------------------------------


def _some_and_all(view: View, grants: list[Statement]) -> Iterator[Diagnostic]:
    whole: dict[tuple[str, str], list[Statement]] = {}
    for one in grants:
        about = one.fields.get(_MATTER)
        if isinstance(about, Terms) and about.quantifier != "some" and not about.excluding:
            for right in _rights(one):
                for name in about.ids:
                    whole.setdefault((right, name), []).append(one)
    for one in grants:
        about = one.fields.get(_MATTER)
        if isinstance(about, Terms) and about.quantifier == "some":
            found = sorted(_all_of_it(view, one, about, whole), key=_is_unclear)
            other = found[0] if found else None
            if other is not None:
                yield finding(
                    UNEVEN,
                    one,
                    f"`{one.id}` gives a right to some of {counted(about.ids)}, and `{other.id}` gives it to all of it",
                    place=part(one, _MATTER),
                    text="some here",
                    more=[(other, "all here")],
                    help=f"say what is different in `{other.id}`, or take `some` out of `{one.id}`",
                )


def _all_of_it(
    view: View, one: Statement, about: Terms, whole: Mapping[tuple[str, str], list[Statement]]
) -> Iterator[Statement]:
    """The statements that give the same people one of the same rights to all that is named."""
    conditions = view.overlaps.conditions
    for right in _rights(one):
        for other in whole.get((right, about.ids[0]), ())[:_MOST_TRIED]:
            is_all = {*about.ids} <= {*terms_of(other.fields, _MATTER)}
            is_near = is_all and _people(view, one) & _people(view, other)
            if is_near and view.overlaps.can_hold(conditions.of(one), conditions.of(other)):
                yield other


def _is_unclear(one: Statement) -> bool:
    """Whether it says neither `all` nor `any`."""
    about = one.fields[_MATTER]
    return not isinstance(about, Terms) or about.quantifier is None


# --- seen here, changed there --------------------------------------------------------------------


def _unseen(view: View, grants: list[Statement]) -> Iterator[Diagnostic]:
    """Rights to see `only` some data, where others change more, and more is collected."""
    closed = [one for one in grants if _MATTER in one.only and _class(view, _SEEING) & {*_rights(one)}]
    changing = [one for one in grants if _class(view, _CHANGING) & {*_rights(one)}] if closed else []
    free = [one for one in grants if _MATTER not in one.only and _class(view, _SEEING) & {*_rights(one)}]
    for one in closed:
        seen, people = matter(view, one).get(DATA, EVERYTHING), _people(view, one)
        if any(_people(view, other) & people for other in free) or not _is_more_collected(view, seen):
            continue
        near = (other for other in changing if _people(view, other) & people)
        found = [other for other in near if matter(view, other).get(DATA, EVERYTHING) & ~seen]
        if found:
            yield finding(
                UNEVEN,
                one,
                f"people see less by `{one.id}` than they may change by {counted(other.id for other in found)}",
                place=part(one, _MATTER),
                text="only this is seen",
                more=[(other, "and more is changed") for other in found[:SHOWN]],
                help="let people see all that is about them, or say what law lets you show less",
            )


def _is_more_collected(view: View, seen: Leaves) -> bool:
    return any(norm.boxes[0][DATA].possible & ~seen for norm in view.own_acts if norm.verb == "collect")


def _class(view: View, names: frozenset[str]) -> frozenset[str]:
    return view.graph.below(term.id for term in view.policy.of_kind("right") if term.qualified in names)


def _rights(one: Statement) -> tuple[str, ...]:
    return one.objects.ids if isinstance(one.objects, Terms) else ()


def _people(view: View, one: Statement) -> Leaves:
    return matter(view, one).get("subject", EVERYTHING)
