"""Findings as JSON, for programs. Lines and columns count from 1, columns in Unicode code points."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from policyc.diagnostics.diagnostic import Diagnostic, Fix, Label
from policyc.reports import NOTHING, Beside
from policyc.source.text import Source, Span

VERSION: Final = 1
"""Grows when a field changes its meaning or goes; new fields may come without."""


def render(
    diagnostics: Sequence[Diagnostic],
    *,
    color: bool,  # noqa: ARG001 - one interface
    root: str = "",  # noqa: ARG001 - the same
    beside: Beside = NOTHING,
) -> str:
    """The findings in the order given, those accepted and those known in lists of their own, and a newline.

    Files have the names that people see.
    """
    report = {
        "version": VERSION,
        "findings": [_finding(found) for found in diagnostics],
        "accepted": [{**_finding(found), "reason": reason} for found, reason in beside.accepted],
        "known": [_finding(found) for found in beside.known],
    }
    text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
    # A file name that is not UTF-8 comes as lone surrogates, which no encoder takes.
    return text.encode("utf-8", "replace").decode("utf-8")


def _finding(found: Diagnostic) -> Mapping[str, object]:
    label = found.label
    return {
        "code": found.code.number,
        "name": found.code.name,
        "severity": found.level.value,
        "message": found.message,
        "file": label.source.name,
        **_range(label.source, label.span),
        "labels": [_label(part) for part in (label, *found.more)],
        "statements": list(found.statements),
        "refs": list(found.refs),
        "witness": found.witness,
        "help": found.help,
        "fixes": [_fix(label.source, fix) for fix in found.fixes],
    }


def _label(label: Label) -> Mapping[str, object]:
    return {"file": label.source.name, **_range(label.source, label.span), "text": label.text}


def _fix(source: Source, fix: Fix) -> Mapping[str, object]:
    return {**_range(source, fix.span), "text": fix.text}


def _range(source: Source, span: Span) -> Mapping[str, object]:
    return {"start": _position(source, span.start), "end": _position(source, span.end)}


def _position(source: Source, offset: int) -> Mapping[str, int]:
    position = source.position(offset)
    return {"line": position.line, "column": position.column}
