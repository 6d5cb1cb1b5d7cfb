"""Findings as workflow commands: GitHub shows them beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from policyc.diagnostics.code import Level
from policyc.diagnostics.diagnostic import Diagnostic, Label
from policyc.reports import NOTHING, Beside
from policyc.reports._cells import visible
from policyc.reports._places import path_of

_COMMANDS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}

_IN_MESSAGE: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY: Final = {**_IN_MESSAGE, **str.maketrans({":": "%3A", ",": "%2C"})}


def render(
    diagnostics: Sequence[Diagnostic],
    *,
    color: bool,  # noqa: ARG001 - one interface
    root: str = "",
    beside: Beside = NOTHING,  # noqa: ARG001 - it is counted there
) -> str:
    """One command a finding, each on a line of its own; empty if there are none."""
    return "".join(f"{_command(found, root)}\n" for found in diagnostics)


def _command(found: Diagnostic, root: str) -> str:
    properties = {**_place(found.label, root), "title": f"{found.code.number} {found.code.name}"}
    told = ",".join(f"{name}={_escaped(value, _IN_PROPERTY)}" for name, value in properties.items())
    return f"::{_COMMANDS[found.level]} {told}::{_escaped(_message(found, root), _IN_MESSAGE)}"


def _place(label: Label, root: str) -> Mapping[str, str]:
    """The properties that say where it is. Columns are left out over several lines, where GitHub takes none."""
    source, span = label.source, label.span
    if not source.name:
        return {}
    place = {"file": path_of(source, root)}
    if source.text:
        # GitHub's end is the last character, ours the one after it.
        start, last = source.position(span.start), source.position(max(span.end - 1, span.start))
        place |= {"line": str(start.line), "endLine": str(last.line)}
        if last.line == start.line:
            place |= {"col": str(start.column), "endColumn": str(last.column)}
    return place


def _message(found: Diagnostic, root: str) -> str:
    """What is wrong, and on lines of their own further places, the witness and the help."""
    notes = [*(_see(label, root) for label in found.more)]
    notes += [f"{name}: {text}" for name, text in (("witness", found.witness), ("help", found.help)) if text]
    return "\n".join([found.message, *notes])


def _see(label: Label, root: str) -> str:
    line = label.source.position(label.span.start).line
    return f"{label.text or 'see'}: {path_of(label.source, root)}:{line}"


def _escaped(text: str, escapes: Mapping[int, str]) -> str:
    """As GitHub reads it back. The log is shown as a terminal would: what else that obeys is shown as an escape."""
    return visible(text.translate(escapes))
