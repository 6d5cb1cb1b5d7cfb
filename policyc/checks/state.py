"""Data that points at nobody in one statement, and at people in another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from policyc.checks._view import View, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.clauses import STATES
from policyc.model.policy import Statement, Term, words_of
from policyc.model.values import Terms
from policyc.semantics.extents import DATA, Leaves

_HEAD: Final = """\
language 1
party us "Us"
party ads "advertisers"
data clicks "clicks"
purpose counts "count visits"
policy notice "Notice"
    controller us
counted: will collect clicks for counts as anonymous
"""

STATE: Final = Code(
    "PC311",
    "state-clash",
    what="Data is collected, or declared, only as what points at nobody, and is used or shared as what does.",
    why="Either people can be told from the data, or they cannot. Without `as`, data points at people.",
    bad=_HEAD + "shared: may share clicks with ads for counts\n",
    good=_HEAD + "shared: may share clicks with ads for counts as anonymous\n",
)

_GATHERS: Final = frozenset({"collect", "derive", "track"})
_UNLINKED: Final = frozenset(STATES[2:])


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each statement about data that nothing has in a state that points at people."""
    extents = view.overlaps.extents
    linked = extents.words(STATES[:2])
    gathered: dict[str, Leaves] = dict.fromkeys(("linked", "unlinked"), 0)
    first: dict[Leaves, Statement] = {}
    users: list[tuple[Statement, Leaves]] = []
    for one in view.statements:
        if not one.row.decided or one.modality == "never" or not isinstance(one.objects, Terms):
            continue
        box = extents.box(one, permits=True)
        data, states = box[DATA], box["state"].possible
        if one.verb in _GATHERS:
            gathered["linked" if states & linked else "unlinked"] |= data.possible
            if not states & linked:
                first.setdefault(data.possible, one)
        elif states & linked:
            users.extend((one, piece) for piece in data.pieces)
    declared = _declared(view)
    for one, piece in users:
        only = piece & gathered["unlinked"] & ~gathered["linked"]
        term = next((term for leaves, term in declared.items() if piece and not piece & ~leaves), None)
        if piece and only == piece:
            other = next(other for leaves, other in first.items() if leaves & piece)
            yield _finding(one, other, f"`{other.id}` collects only what points at nobody")
        elif term is not None:
            yield _finding(one, term, f"`{term.id}` is declared as what points at nobody")


def _declared(view: View) -> Mapping[Leaves, Term]:
    """The data that is declared to point at nobody, by its leaves."""
    found = [term for term in view.policy.of_kind(DATA) if term.fields.get("state")]
    return {
        view.overlaps.extents.below([term.id]): term
        for term in found
        if _UNLINKED.issuperset(words_of(term.fields, "state"))
    }


def _finding(one: Statement, other: Statement | Term, why: str) -> Diagnostic:
    states = words_of(one.fields, "state")
    said = f"{' and '.join(f'`{state}`' for state in states)} data" if states else "data that points at people"
    return finding(
        STATE,
        one,
        f"`{one.id}` is about {said}, and {why}",
        text="points at people",
        more=[(other, "points at nobody")],
        help="say `as anonymous` or `as aggregated`, or say that the data points at people where it is collected",
        level=None if states else Level.WARNING,
    )
