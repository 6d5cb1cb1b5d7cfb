"""A baseline: the findings that an old project had when policyc came to it, so that only new ones are reported.

It is JSON, sorted, with one finding a line. A finding is known by its file and its fingerprint, and so it stays known
when lines come or go above it; its code and message are for those who read the file.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from policyc.diagnostics.code import Level
from policyc.diagnostics.codes import tool
from policyc.diagnostics.diagnostic import Diagnostic, Label
from policyc.diagnostics.near import near
from policyc.diagnostics.outcome import Outcome
from policyc.record import ValueRecord
from policyc.reports import visible
from policyc.reports._fingerprints import fingerprints
from policyc.source.text import Source, Span

VERSION: Final = 1
"""Grows when the file changes its form, or findings their fingerprints: what is known could be found no more then."""

NEVER_KNOWN: Final = ("PC0", "PC1", "PC2")
"""Families whose errors are always reported: where there is one, the checks have not looked."""

_TOP: Final = ("version", "findings")
_KEYS: Final = ("file", "code", "message", "fingerprint")
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{64}:[1-9][0-9]*")
_LIST: Final = re.compile(r'"findings"\s*:\s*\[')
_DECODER: Final = json.JSONDecoder()
_START: Final = Span(0, 1)
_SHOWN: Final = 5
"""Of how many entries that are found no more the place is shown."""

ANEW: Final = "if this is your baseline, delete it, and write it anew with `--write-baseline`"

Json = Any

Key = tuple[str, str]
"""What a finding is known by: the whole path of its file, and its fingerprint."""


@frozen(eq=False, repr=False)
class Entry(ValueRecord):
    """A finding that is known; `file` is its path from the baseline's folder, with slashes. `span` is its line."""

    file: str
    code: str
    message: str
    fingerprint: str
    span: Span = field(default=Span(0, 0), eq=False)


Entries = Mapping[Key, Entry]


def keys(found: Sequence[Diagnostic]) -> list[Key | None]:
    """By what each of the findings is known; None for one that cannot be. They have to be all of a run, in order."""
    marked = zip(found, fingerprints(found), strict=True)
    return [(one.label.source.path, mark) if _can_be_known(one) else None for one, mark in marked]


def _can_be_known(found: Diagnostic) -> bool:
    is_fatal = found.level is Level.ERROR and found.code.number.startswith(NEVER_KNOWN)
    return bool(found.label.source.path) and not is_fatal


# --- writing ---------------------------------------------------------------------------------


def entry(found: Diagnostic, key: Key, folder: str) -> Entry:
    """The entry of a finding in a baseline in a folder, a whole path."""
    path, fingerprint = key
    try:
        file = Path(os.path.relpath(path, folder))
    except ValueError:
        file = Path(path)  # it is on another drive
    return Entry(file.as_posix(), found.code.key, visible(found.message), fingerprint)


def text(entries: Iterable[Entry]) -> str:
    """The file. It holds no character that is not seen, so that a review sees all of it."""
    ordered = sorted(entries, key=lambda one: [getattr(one, key) for key in _KEYS])
    lines = [json.dumps({key: getattr(one, key) for key in _KEYS}, ensure_ascii=False) for one in ordered]
    findings = "".join(f"\n    {line}{',' if number < len(lines) else ''}" for number, line in enumerate(lines, 1))
    made = f'{{\n  "version": {VERSION},\n  "findings": [{findings}\n  ]\n}}\n' if lines else _EMPTY
    return "".join(one if one.isprintable() or one == "\n" else json.dumps(one)[1:-1] for one in made)


_EMPTY: Final = f'{{\n  "version": {VERSION},\n  "findings": []\n}}\n'


# --- reading ---------------------------------------------------------------------------------


class _TwiceError(ValueError):
    """A key that stands twice in an object: of two readers, one would see the first value and one the second."""


def parse(source: Source, folder: str) -> Outcome[Entries]:
    """What a baseline in a folder knows; no value, and so nothing known, if anything in it is not as it was written."""
    try:
        data = json.loads(source.text, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        said = error.msg[:1].lower() + error.msg[1:]
        return Outcome(None, (_bad(source, Span(error.pos, error.pos + 1), f"the file is no JSON here: {said}"),))
    except _TwiceError as error:
        return Outcome(None, (_bad(source, _place(source.text, str(error)), f"`{visible(str(error))}` is said twice"),))
    except (ValueError, RecursionError):
        return Outcome(None, (_bad(source, _START, "the file is no JSON that can be read"),))
    found = [*_wrong_top(source, data)]
    if found:
        return Outcome(None, tuple(found))
    entries: dict[Key, Entry] = {}
    for place, one in zip(_places(source.text, data["findings"]), data["findings"], strict=True):
        wrong = _wrong_entry(one)
        if wrong is None:
            made = Entry(one["file"], one["code"], one["message"], one["fingerprint"], place)
            first = entries.setdefault((os.path.realpath(Path(folder, made.file)), made.fingerprint), made)
            wrong = None if first is made else ("this finding stands here twice", "delete one of them")
        if wrong is not None:
            found.append(_bad(source, place, *wrong))
    return Outcome(None if found else entries, tuple(found))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise _TwiceError(key)
        made[key] = value
    return made


_UNWRITABLE: Final = re.compile("[\0\ud800-\udc7f\udd00-\udfff]")
"""What no file's name has. Bytes of one that are no UTF-8 stand as U+DC80 to U+DCFF."""

_Wrong = tuple[str, str | None]
"""What is wrong, and what to do."""


def _wrong_top(source: Source, data: Json) -> Iterator[Diagnostic]:
    """What is wrong with the file as a whole."""
    if not isinstance(data, dict):
        yield _bad(source, _START, "the file is no baseline", ANEW)
        return
    version = data.get("version", VERSION)
    if type(version) is not int or version != VERSION:
        message = f"this policyc reads baselines of version {VERSION}, and this is of another"
        yield _bad(source, _place(source.text, "version"), message, ANEW)
        return
    for message, help_, key in _wrong_keys(data, _TOP, "a baseline"):
        yield _bad(source, _place(source.text, key), message, help_)
    if "findings" in data and not isinstance(data["findings"], list):
        yield _bad(source, _place(source.text, "findings"), "`findings` is no list", ANEW)


def _wrong_entry(data: Json) -> _Wrong | None:
    """The first thing that is wrong with an entry."""
    if not isinstance(data, dict):
        return "this is no finding", ANEW
    for message, help_, _ in _wrong_keys(data, _KEYS, "a finding"):
        return message, help_
    for key in _KEYS:
        if not isinstance(data[key], str) or not data[key] or _UNWRITABLE.search(data[key]):
            return f"`{key}` is no text", ANEW
    if not _FINGERPRINT.fullmatch(data["fingerprint"]):
        return "`fingerprint` is none", ANEW
    return None


def _wrong_keys(data: Mapping[str, Any], known: Sequence[str], what: str) -> Iterator[tuple[str, str | None, str]]:
    for key in data:
        if key not in known:
            close = near(key, known)
            yield f"{what} has no `{visible(key)}`", f"write `{close}`" if close else None, key
    for key in known:
        if key not in data:
            yield f"{what} needs its `{key}`", ANEW, ""


def _places(text: str, findings: Sequence[Any]) -> Iterator[Span]:
    """Where each finding stands; all at the start of the file if the name of their list is written with escapes."""
    start = _LIST.search(text)
    at = start.end() if start else 0
    for _ in findings:
        if start is None:
            yield _START
            continue
        while text[at].isspace() or text[at] == ",":
            at += 1
        _, end = _DECODER.raw_decode(text, at)
        yield Span(at, end)
        at = end


def _place(text: str, key: str) -> Span:
    """Where a key stands the last time; the start of the file if it does not."""
    written = json.dumps(key, ensure_ascii=False)
    at = text.rfind(written) if key else -1
    return Span(at, at + len(written)) if at >= 0 else _START


def _bad(source: Source, span: Span, message: str, help_: str | None = ANEW) -> Diagnostic:
    return Diagnostic.at(tool.BAD_BASELINE, source, span, message, help=help_)


# --- what is found no more -------------------------------------------------------------------


def stale(source: Source, entries: Iterable[Entry]) -> Iterator[Diagnostic]:
    """What is to be said of entries that are found no more: once for each file."""
    by_file: dict[str, list[Entry]] = {}
    for one in entries:
        by_file.setdefault(one.file, []).append(one)
    for file, gone in by_file.items():
        many = f"{len(gone):,} findings" if len(gone) > 1 else "a finding"
        message = f"{many} in `{visible(file)}` that this file knows {'are' if len(gone) > 1 else 'is'} found no more"
        starts = [Span(one.span.start, one.span.start + 1) for one in gone[:_SHOWN]]  # the line says the rest
        labels = [Label(source, start, "also" if number else "") for number, start in enumerate(starts)]
        help_ = "delete the line, or write the file anew with `--write-baseline`"
        yield Diagnostic(tool.STALE_BASELINE, tool.STALE_BASELINE.level, message, labels[0], tuple(labels[1:]), help_)
