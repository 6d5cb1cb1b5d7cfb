"""What only serves ourselves, and is said to be done for somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import View, counted, finding, named
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import terms_of

_HEAD: Final = """\
language 1
import improve_service from std.purpose.improvement
party us "Us"
party shops "the shops that use our service"
data orders "orders"
purpose deliver "deliver what people order"
policy notice "Notice"
    controller us
"""

OWN_PURPOSE: Final = Code(
    "PC316",
    "own-purpose-for-others",
    what="An act on somebody else's behalf is for a purpose that serves us: to improve or develop our services.",
    why="Who uses data for purposes of their own is a controller for that, whoever gave the data (GDPR Art. 28(10)).",
    bad=_HEAD + "used: may use orders for deliver, improve_service on_behalf_of shops\n",
    good=_HEAD + "used: may use orders for deliver on_behalf_of shops\nbetter: may use orders for improve_service\n",
    level=Level.INFO,
)

_OWN: Final = frozenset({"std.purpose.improvement.improve_service", "std.purpose.analytics.develop_products"})
"""What nobody orders from a processor; marketing, studies and statistics can be the service that is ordered."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each act on somebody else's behalf with a purpose of our own."""
    own = view.graph.below(term.id for term in view.policy.of_kind("purpose") if term.qualified in _OWN)
    ours = view.graph.below(terms_of(view.policy.header.fields, "controllers"))
    for norm in view.acts if own else ():
        one = norm.statement
        others = [name for name in terms_of(one.fields, "on_behalf_of") if name not in ours]
        serving = [name for name in terms_of(one.fields, "purposes") if name in own]
        if others and serving:
            serves = f"{counted(serving)} {'serve' if serving[1:] else 'serves'} us"
            yield finding(
                OWN_PURPOSE,
                one,
                f"`{one.id}` is on behalf of {counted(others)}, and {serves}",
                place=named(one, "purposes", serving[0]),
                help="say it in a statement without `on_behalf_of`, with its own legal basis, or leave it out",
            )
