"""Findings as SARIF 2.1.0, for code scanners. Lines and columns count from 1, columns in Unicode code points."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from policyc.codes import all_codes, markdown, page
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic, Fix, Label
from policyc.reports import NOTHING, Beside
from policyc.reports._cells import visible
from policyc.reports._fingerprints import fingerprints
from policyc.reports._places import artifact
from policyc.source.text import Source, Span
from policyc.version import __version__

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
VERSION: Final = "2.1.0"
FINGERPRINT: Final = "policycFinding/v1"
"""The number grows when the same finding gets another fingerprint than before: scanners then take it for a new one."""

_LEVELS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_NEWLINES: Final = ("\r\n", "\r", "\n")
_ENDS: Final = (".", "?", "!")
_PLACEHOLDER: Final = re.compile(r"\{(\d+)\}")
_IN_LINK: Final = re.compile(r"[\\\[\]]")

Json = Mapping[str, object]

_NOT_SUPPRESSED: Final[Sequence[Json]] = ()
"""Of a finding that counts: without the list nobody knows."""

_ELSEWHERE: Final[Sequence[Json]] = ({"kind": "external"},)
"""Of a finding that a baseline knows."""


def render(
    diagnostics: Sequence[Diagnostic],
    *,
    color: bool,  # noqa: ARG001 - one interface
    root: str = "",
    beside: Beside = NOTHING,
) -> str:
    """A log with one run, and a newline. It is ASCII, so that no encoding of a terminal or a pipe damages it.

    What a baseline knows stands in its place among them, as results that are suppressed elsewhere: so each finding has
    the fingerprint that it has there. What is accepted comes last, as results that are suppressed where they stand.
    """
    counting = ((found, _NOT_SUPPRESSED) for found in diagnostics)
    known = ((found, _ELSEWHERE) for found in beside.known)
    ordered = sorted((*counting, *known), key=lambda one: one[0].order) if beside.known else counting
    reported = [*ordered, *((found, _in_source(reason)) for found, reason in beside.accepted)]
    rules = _rules(found for found, _ in reported)
    marked = zip(reported, fingerprints(found for found, _ in reported), strict=True)
    driver = {"name": "policyc", "semanticVersion": __version__, "rules": [_rule(code) for code in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "defaultEncoding": "UTF-8",
        "newlineSequences": _NEWLINES,
        "results": [
            {**_result(found, rules.index(found.code), mark, root), "suppressions": suppressions}
            for (found, suppressions), mark in marked
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": VERSION, "runs": [run]}, indent=2) + "\n"


# --- rules -----------------------------------------------------------------------------------


def _rules(diagnostics: Iterable[Diagnostic]) -> list[Code]:
    """All codes, and those of the findings, by number."""
    return sorted({*all_codes(), *(found.code for found in diagnostics)}, key=lambda code: (code.number, code.name))


def _rule(code: Code) -> Json:
    """A code; it has no address, for the documentation has none."""
    return {
        "id": code.key,
        "name": code.name,
        "shortDescription": {"text": code.what},
        "fullDescription": {"text": f"{code.what} {code.why}"},
        "help": {"text": page(code), "markdown": markdown(code)},
        "defaultConfiguration": {"level": _LEVELS[code.level]},
    }


# --- results ---------------------------------------------------------------------------------


def _result(found: Diagnostic, rule: int, fingerprint: str, root: str) -> Json:
    """One finding. What it has none of is left out."""
    place = _location(found.label, root)
    result = {
        "ruleId": found.code.key,
        "ruleIndex": rule,
        "level": _LEVELS[found.level],
        "message": {"text": _message(found)},
        "locations": [place] if place else [],
        "relatedLocations": [_location(label, root, number) for number, label in enumerate(found.more, 1)],
        "partialFingerprints": {FINGERPRINT: fingerprint},
        "fixes": _fixes(found, root),
        "properties": _properties(found),
    }
    return {key: value for key, value in result.items() if value or value == 0}


def _in_source(reason: str) -> Sequence[Json]:
    """Why a finding is accepted."""
    return [{"kind": "inSource", "justification": _plain(reason)}]


def _message(found: Diagnostic) -> str:
    """What people read: the message as a sentence that can stand alone, and each of the rest as a paragraph.

    Scanners show further places only where the text has links to them.
    """
    links = ", ".join(f"[{_link(label.text)}]({number})" for number, label in enumerate(found.more, 1))
    notes = {"see": links, "witness": _plain(found.witness), "help": _plain(found.help)}
    paragraphs = [_plain(found.message), *(f"{name}: {text}" for name, text in notes.items() if text)]
    return "\n".join(map(_sentence, paragraphs))


def _sentence(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}."


def _plain(text: str | None) -> str:
    """Text in which nothing is a control character, a link or a placeholder."""
    return _PLACEHOLDER.sub(r"{{\1}}", visible(text or "").replace("](", "] ("))


def _link(text: str) -> str:
    return _IN_LINK.sub(r"\\\g<0>", _plain(text)) or "here"


def _properties(found: Diagnostic) -> Json:
    parts = {
        "statements": [visible(one) for one in found.statements],
        "refs": [visible(one) for one in found.refs],
        "witness": visible(found.witness or ""),
    }
    return {key: value for key, value in parts.items() if value}


# --- places ----------------------------------------------------------------------------------


def _location(label: Label, root: str, number: int | None = None) -> Json:
    """A place, with what is said of it; one without a file's name is none."""
    location: dict[str, object] = {} if number is None else {"id": number}
    if label.source.name:
        location["physicalLocation"] = {
            "artifactLocation": artifact(label.source, root),
            "region": _region(label.source, label.span),
        }
    if label.text:
        location["message"] = {"text": _plain(label.text)}
    return location


def _region(source: Source, span: Span) -> Json:
    start, end = source.position(span.start), source.position(max(span.start, span.end))
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fixes(found: Diagnostic, root: str) -> list[Json]:
    """The changes that mend a finding in a file. The schema takes none twice."""
    source = found.label.source
    made = [_fix(source, fix, root) for fix in found.fixes if source.name]
    return [fix for place, fix in enumerate(made) if fix not in made[:place]]


def _fix(source: Source, fix: Fix, root: str) -> Json:
    replacement = {
        "deletedRegion": _region(source, fix.span),
        # No encoder takes lone surrogates.
        "insertedContent": {"text": fix.text.encode("utf-8", "replace").decode()},
    }
    return {
        "description": {"text": _sentence(_plain(_change(source.text[fix.span.start : fix.span.end], fix.text)))},
        "artifactChanges": [{"artifactLocation": artifact(source, root), "replacements": [replacement]}],
    }


def _change(before: str, after: str) -> str:
    if not before:
        return f"insert `{after}`"
    return f"replace `{before}` by `{after}`" if after else f"delete `{before}`"
