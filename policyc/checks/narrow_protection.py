"""Data that others get in more cases than those in which it is protected there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.semantics.conditions import TRUE, every
from policyc.semantics.extents import DATA
from policyc.semantics.norms import Index, Norm

_HEAD: Final = """\
language 1
import non_disclosure_agreement from std.measure.agreements
party us "Us"
party buyers "companies that may buy us"
data records "records"
fact examining "they examine our business"
policy notice "Notice"
    controller us
"""
_BOUND: Final = _HEAD + "bound: will protect records with buyers by non_disclosure_agreement when examining\n"

NARROW: Final = Code(
    "PC411",
    "narrow-protection",
    what="Data is protected with a recipient under a condition, and the recipient gets it without the condition.",
    why="Where the condition does not hold, they have the data, and nothing binds them.",
    bad=_BOUND + "seen: may share records with buyers\n",
    good=_BOUND + "seen: may share records with buyers when examining\n",
    level=Level.INFO,
)

_SENT: Final = frozenset({"share", "store", "transfer"})
_MOST_TRIED: Final = 100
"""So many permissions are held against each measure."""

_AXES: Final = {DATA: DATA, "recipients": "recipient", "subjects": "subject"}
"""What a measure is about, as the dimensions of acts."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each measure with a condition that a sharing lacks, unless another measure holds then."""
    measures = [norm for norm in view.overlaps.permissions if norm.verb == "protect" and "recipients" in norm.boxes[0]]
    protecting = [_sent(view, norm) for norm in measures]
    if all(norm.when == TRUE for norm in protecting):
        return
    index, always = view.overlaps.index, Index(protecting)
    acts = 0
    for verb in _SENT:
        acts |= index.by_verb.get(verb, 0)
    for norm in protecting:
        if norm.when != TRUE:
            near = index.norms(index.sharing(norm.boxes[0]) & acts, _MOST_TRIED)
            found = [act for act in near if _is_bare(view, act, norm, always)]
            if found:
                yield _finding(norm, found)


def _sent(view: View, norm: Norm) -> Norm:
    """A measure as if it were an act: what it is about in the dimensions of sharing."""
    one, conditions = norm.statement, view.overlaps.conditions
    box = {axis: norm.boxes[0][field] for field, axis in _AXES.items() if field in norm.boxes[0]}
    return Norm(one.id, one, (box,), when=every(conditions.of_fields(one.fields), conditions.of_times(one)))


def _is_bare(view: View, act: Norm, measure: Norm, always: Index) -> bool:
    """Whether an act names the recipients, and they get the data where no measure holds."""
    box, bound = act.boxes[0], measure.boxes[0]
    if not {DATA, "recipient"} <= box.keys() & bound.keys():
        return False
    if not all(box[axis].pieces and box[axis].possible & bound[axis].certain for axis in (DATA, "recipient")):
        return False
    return not any(
        view.overlaps.conditions.implies(act.when, other.when)
        for other in always.norms(always.sharing(box), _MOST_TRIED)
    )


def _finding(measure: Norm, found: list[Norm]) -> Diagnostic:
    several = counted(act.id for act in found)
    return finding(
        NARROW,
        measure.statement,
        f"`{measure.id}` protects data under a condition, and {several} {'give' if found[1:] else 'gives'} it without",
        text="protected under a condition",
        more=[(act.statement, "without here") for act in found[:SHOWN]],
        help=f"write the condition in `{found[0].id}` too, or protect the data there as long as they have it",
    )
