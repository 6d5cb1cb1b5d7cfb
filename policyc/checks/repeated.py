"""Two statements that say the same."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Final

from policyc.checks._view import View, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement
from policyc.semantics.said import named, said

_HEAD: Final = """\
language 1
party us "Us"
data email "email address"
purpose help "help you"
policy notice "Notice"
    controller us
answers: will use email for help
"""

REPEATED: Final = Code(
    "PC402",
    "repeated",
    what="A statement says what another one says, in the same case and for the same people.",
    why="Whoever changes one of the two forgets the other, and readers look for a difference that is not there.",
    bad=_HEAD + "again: will use email for help\n",
    good=_HEAD,
    level=Level.WARNING,
)


def check(view: View) -> Iterator[Diagnostic]:
    """One finding at each statement that comes later."""
    alike: dict[Hashable, list[Statement]] = {}
    for one in view.statements:
        alike.setdefault((one.verb, one.modality, named(one)), []).append(one)
    for found in alike.values():
        first: dict[Hashable, Statement] = {}
        for one in found if len(found) > 1 else ():
            earlier = first.setdefault(said(one), one)
            if earlier is not one:
                yield _finding(one, earlier)


def _finding(one: Statement, earlier: Statement) -> Diagnostic:
    return finding(
        REPEATED,
        one,
        f"`{one.id}` says what `{earlier.id}` says",
        text="again here",
        more=[(earlier, "said here")],
        help="delete one of the two, or write in one of them what is different",
    )
