"""All data, or many kinds of it, for many purposes at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of
from policyc.model.values import Terms, Value
from policyc.semantics.extents import DATA
from policyc.semantics.norms import Norm

_HEAD: Final = """\
language 1
party us "Us"
data about_you "data about you"
data name "name" is about_you
data email "email address" is about_you
data phone "phone number" is about_you
data orders "orders" is about_you
data payments "payments" is about_you
purpose selling "sell you things"
purpose help "help you"
purpose news "send you news"
policy notice "Notice"
    controller us
listed: will collect name, email, phone, orders, payments for selling
"""

EVERYTHING_FOR_EVERYTHING: Final = Code(
    "PC503",
    "everything-for-everything",
    what="A statement names all data, or many kinds of data, for many purposes at once.",
    why="Nobody can tell which data serves which purpose, and programs may use all of it for each.",
    bad=_HEAD + "used: will use about_you for selling, help, news\n",
    good=_HEAD + "used: will use name, email for help\nletters: will use email for news\n",
    level=Level.WARNING,
)

FEW: Final = 4
"""What people can keep apart at once. More kinds of data for more purposes than this take a table."""

_HELP: Final = "write a statement for each purpose, with the data that it takes"

ALL: Final = 0.8
"""A statement about so great a part of the data names all of it: nobody chose what a purpose needs."""

_VERBS: Final = frozenset({"collect", "derive", "use", "track", "share"})


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each statement, or for several with the same data; a hint, if there are not many purposes."""
    norms = [norm for norm in view.acts if norm.verb in _VERBS and "when" not in norm.statement.only]
    known = 0
    for norm in norms:
        known |= max(0, norm.boxes[0][DATA].possible)
    together: dict[Value, list[Norm]] = {}
    for norm in norms:
        data, purposes = (norm.boxes[0][DATA].certain & known).bit_count(), len(_purposes(view, norm.statement))
        is_all = data >= ALL * known.bit_count()
        if data > FEW and (purposes > FEW or (is_all and purposes > 1)):
            yield _finding(norm.statement, "all" if is_all else f"{data} kinds of", purposes)
        elif data > FEW and purposes and norm.verb != "share" and norm.statement.objects is not None:
            together.setdefault(norm.statement.objects, []).append(norm)
    for found in together.values():
        served = {name for norm in found for name in _purposes(view, norm.statement)} if len(found) > 1 else ()
        if len(served) > 2 * FEW:
            yield _several(found, len(served))


def _purposes(view: View, one: Statement) -> set[str]:
    """The purposes that a statement names; a list that the policy declares counts as what stands in it."""
    extents, terms = view.overlaps.extents, view.policy.terms
    named = terms_of(one.fields, "purposes")
    return {
        leaf for name in named for leaf in (extents.names(extents.below([name])) if terms[name].is_local else [name])
    }


def _finding(one: Statement, data: str, purposes: int) -> Diagnostic:
    return finding(
        EVERYTHING_FOR_EVERYTHING,
        one,
        f"`{one.id}` names {data} data for {purposes} purposes at once",
        help=_HELP,
        level=None if purposes > FEW else Level.INFO,
    )


def _several(norms: list[Norm], purposes: int) -> Diagnostic:
    first, *rest = [norm.statement for norm in norms]
    data = counted(first.objects.ids) if isinstance(first.objects, Terms) else ""
    return finding(
        EVERYTHING_FOR_EVERYTHING,
        first,
        f"all of {data} serves {purposes} purposes, in {len(norms)} statements",
        more=[(one, "and here") for one in rest[: SHOWN - 1]],
        help=_HELP,
        level=Level.INFO,
    )
