"""Findings as JSON data, and back: what an earlier run found is shown again as if it had been found anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic, Fix, Label
from policyc.source.text import Source, Span

Json = Any


def to_data(found: Diagnostic) -> Json:
    """A finding as JSON data. Sources are told by their names, without their texts."""
    return {
        "code": [found.code.key, found.code.what, found.code.level.value],
        "level": found.level.value,
        "message": found.message,
        "labels": [_label(one) for one in (found.label, *found.more)],
        "help": found.help,
        "fixes": [[fix.span.start, fix.span.end, fix.text] for fix in found.fixes],
        "statements": found.statements,
        "refs": found.refs,
        "witness": found.witness,
    }


def _label(label: Label) -> Json:
    return [label.source.name, label.span.start, label.span.end, label.text]


def sources_of(found: Iterable[Diagnostic]) -> frozenset[str]:
    """The names of all sources that findings show a place of."""
    return frozenset(label.source.name for one in found for label in (one.label, *one.more))


def from_data(data: Json, code: Callable[[str, str, Level], Code], source: Callable[[str], Source]) -> Diagnostic:
    """The finding that `to_data` made the data of; `code` gives that of a key, `source` that of a name.

    Raises KeyError, TypeError or ValueError for data that no finding is made of.
    """
    key, what, level = data["code"]
    labels = [Label(source(name), Span(start, end), text) for name, start, end, text in data["labels"]]
    return Diagnostic(
        code(key, what, Level(level)),
        Level(data["level"]),
        data["message"],
        labels[0],
        tuple(labels[1:]),
        data["help"],
        tuple(Fix(Span(start, end), text) for start, end, text in data["fixes"]),
        tuple(data["statements"]),
        tuple(data["refs"]),
        data["witness"],
    )
