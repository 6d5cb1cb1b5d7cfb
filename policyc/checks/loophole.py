"""Data that is not shared with others, who collect it themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from policyc.checks._view import SHOWN, View, counted, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.verbs import VERBS
from policyc.model.policy import Statement, terms_of
from policyc.model.values import Terms
from policyc.semantics.conditions import FALSE
from policyc.semantics.extents import DATA
from policyc.semantics.norms import Index, Norm

_HEAD: Final = """\
language 1
party us "Us"
party ads "advertisers"
data visits "your visits"
purpose show_ads "show you ads"
policy notice "Notice"
    controller us
closed: never share visits with ads
choice: will offer settings regarding visits
"""

LOOPHOLE: Final = Code(
    "PC324",
    "collected-by-others",
    what="The policy says that data is not shared with somebody, and lets them collect it themselves.",
    why="Who lets others collect data on its pages gives it to them, for readers and for courts.",
    bad=_HEAD + "banners: may track visits by ads for show_ads\n",
    good=_HEAD + "banners: may track visits for show_ads\n",
    level=Level.INFO,
)

_MOST_TRIED: Final = 50


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each prohibition of sharing that others get round.

    An `only` speaks of what we hand over: who sells in our app has customers of their own.
    """
    overlaps = view.overlaps
    getting = [norm for one in view.statements if _is_by_others(view, one) for norm in [_as_sharing(view, one)]]
    if not getting:
        return
    index = Index(getting)
    shared = Index([norm for norm in overlaps.permissions if norm.verb == "share"])
    for law in overlaps.prohibitions:
        met = index.norms(index.meeting(law), SHOWN) if law.verb == "share" and law.unless == FALSE else []
        found = [norm for norm in met if overlaps.can_hold(norm.when, law.when) and not _is_told(view, shared, norm)]
        if found:
            yield _finding(law, found)


def _is_by_others(view: View, one: Statement) -> bool:
    """Whether others than we, and those who work for us, watch people. Who sells to them collects on its own."""
    named = terms_of(one.fields, "actor")
    is_open = one.verb == "track" and one.modality != "never" and not view.overlaps.extents.is_ours(one)
    return is_open and all(view.policy.terms[name].kind == "party" for name in named)


def _as_sharing(view: View, one: Statement) -> Norm:
    """What others collect, as if we shared it with them."""
    takes = VERBS["share"].fields
    fields = {name: value for name, value in one.fields.items() if name in takes and name not in {"actor", "surfaces"}}
    fields["recipients"] = one.fields["actor"]
    objects = one.objects if isinstance(one.objects, Terms) else None
    sharing = evolve(one, verb="share", objects=objects, fields=fields, only=())
    box = view.overlaps.extents.box(sharing, permits=True)
    return Norm(one.id, sharing, (box,), when=view.overlaps.conditions.of(one))


def _is_told(view: View, shared: Index, norm: Norm) -> bool:
    """Whether readers learn elsewhere that these others get data, in each case in which they collect it."""
    numbers = shared.sharing({"recipient": norm.boxes[0]["recipient"]})
    others = shared.norms(numbers, _MOST_TRIED) if shared.all else []
    return any(view.overlaps.conditions.implies(norm.when, other.when) for other in others if _names(other, norm))


def _names(other: Norm, norm: Norm) -> bool:
    """Whether it says that they get some of this data; or names them, and not only a class to which they belong."""
    whom, mine = other.boxes[0]["recipient"], norm.boxes[0]
    is_same = bool(other.boxes[0][DATA].possible & mine[DATA].possible)
    is_named = any(not piece & ~mine["recipient"].possible for piece in whom.pieces)
    return is_named or (is_same and "recipients" in other.statement.fields)


def _finding(law: Norm, found: list[Norm]) -> Diagnostic:
    labels = [norm.id for norm in found]
    return finding(
        LOOPHOLE,
        law.statement,
        f"`{law.statement.id}` shares no data with those who, by {counted(labels)}, collect it themselves",
        text="not shared here",
        more=[(norm.statement, "collected here") for norm in found],
        help=f"name them in `{law.statement.id}` as an exception, or do not let them collect it",
    )
