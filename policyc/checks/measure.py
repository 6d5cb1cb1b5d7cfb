"""A measure that is said to protect data rules out what another statement does with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from policyc.checks._view import View, finding, holes
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.verbs import VERBS
from policyc.model.policy import Statement, terms_of, words_of
from policyc.model.values import Terms
from policyc.semantics import witness
from policyc.semantics.overlap import Conflict, Weight

_HEAD: Final = """\
language 1
party us "Us"
data messages "your messages"
data addresses "addresses of messages"
purpose ads "show you ads"
measure your_keys "encryption with keys that only you hold" rules_out use, share
policy notice "Notice"
    controller us
"""

RULED_OUT: Final = Code(
    "PC304",
    "ruled-out",
    what="A statement does with data what a measure that protects the data makes impossible.",
    why="Either the data is not protected that way, or you do not do what you say. Readers rely on the measure.",
    bad=_HEAD + "sealed: will protect messages by your_keys\nread: may use messages, addresses for ads\n",
    good=_HEAD + "sealed: will protect messages by your_keys\nread: may use addresses for ads\n",
)

_TAKEN: Final = ("measures", "regarding")
"""The clauses by which statements say that a measure is taken, and claims that it is."""

_FORMS: Final = {"end_to_end": ("derive", "use"), "on_device": ("collect", "share", "transfer")}
"""What a form of the data makes impossible: only the ends can read it; it never leaves the device."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each statement that takes a measure."""
    for one in view.statements:
        is_open = one.verb == "protect" and one.row.object in holes(one)
        measures = [name for clause in _TAKEN for name in terms_of(one.fields, clause)]
        ruled_out = {verb: name for name in measures for verb in _ruled_out(view, name)}
        forms = words_of(one.fields, "data_form")
        ruled_out |= {verb: f"as {form}" for form in forms for verb in _FORMS.get(form, ()) if verb != one.verb}
        found = [(each, ruled_out[verb]) for verb in ruled_out for each in _conflicts(view, one, verb, is_open=is_open)]
        if found and one.modality != "never":
            gravest = [pair for pair in found if pair[0].weight is Weight.BROKEN and not is_open]
            yield _finding(view, one, gravest or found, level=None if gravest else Level.WARNING)


def _ruled_out(view: View, measure: str) -> tuple[str, ...]:
    """The acts that a measure makes impossible: its own, and those of all terms that it lies below."""
    term = view.policy.terms.get(measure)
    if term is None or term.kind != "measure":
        return ()
    above = [verb for parent in term.parents for verb in _ruled_out(view, parent)]
    return tuple(dict.fromkeys([*words_of(term.fields, "rules_out"), *above]))


def _conflicts(view: View, one: Statement, verb: str, *, is_open: bool) -> Iterator[Conflict]:
    """The statements that do what is ruled out, as if the statement forbade it.

    One that `is_open` does not say which data it protects: readers expect all that it may be.
    """
    row = VERBS[verb]
    fields = {name: value for name, value in one.fields.items() if name in row.fields and name != "actor"}
    objects = one.objects if isinstance(one.objects, Terms) else None
    forbidding = evolve(one, verb=verb, modality="never", objects=objects, fields=fields)
    prohibition = evolve(view.overlaps.prohibition(forbidding), is_direct=True)
    return (one for one in view.overlaps.conflicts([prohibition]) if is_open or one.weight is not Weight.NARROWED)


def _finding(view: View, one: Statement, found: list[tuple[Conflict, str]], *, level: Level | None) -> Diagnostic:
    conflict, measure = found[0]
    others = {norm.id: norm.statement for each, _ in found for norm in each.permissions}
    first = conflict.permissions[0].statement
    return finding(
        RULED_OUT,
        one,
        f"with `{measure}` nobody but the person can {first.verb} the data, and `{first.id}` says that we do",
        text="protected here",
        more=[(other, "done here") for other in others.values()],
        help=f"take what `{first.id}` is about out of `{one.id}`, or name a measure that allows it",
        witness=witness.words(view.overlaps.extents, conflict.first),
        level=level,
    )
