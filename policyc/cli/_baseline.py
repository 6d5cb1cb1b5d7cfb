"""Leaves out findings that a baseline knows, and writes baselines."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import click
from attrs import define, field

from policyc.baseline import ANEW, Entries, Entry, Key, entry, keys, parse, stale, text
from policyc.cli._files import replace_all
from policyc.cli._jobs import Done
from policyc.cli._output import about_file, reason
from policyc.cli._say import is_shown
from policyc.diagnostics.code import Level
from policyc.diagnostics.codes import tool
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.pipeline import in_order
from policyc.reports import visible
from policyc.source.text import Source

_WRITE: Final = "write it with `--write-baseline`"


class Sorted(NamedTuple):
    """Findings that count, what is to be said of baselines among them, and findings that one of them knows."""

    counting: tuple[Diagnostic, ...]
    known: tuple[Diagnostic, ...]


class Written(NamedTuple):
    """A baseline that was written: how many findings it knows, how many of them are new, and how many are gone."""

    shown: str
    known: int
    new: int
    gone: int


@define(eq=False, repr=False)
class Baselines:
    """The baselines of a run: the one that was named, else those that the projects of the policies name.

    `done` are the files of the run, `found` all that was found in them, in order.
    """

    done: Sequence[Done]
    found: Sequence[Diagnostic]
    named: str = ""
    files: dict[str, _File] = field(factory=dict, init=False)
    _of: Mapping[int, str] = field(factory=dict, init=False)
    _keys: Sequence[Key | None] = field(factory=tuple, init=False)

    def __attrs_post_init__(self) -> None:
        """Read each of the baselines once."""
        self._of = {id(found): one.baseline for one in self.done for found in one.diagnostics}
        paths = {self.named} if self.named else {one.baseline for one in self.done if one.baseline}
        self.files = {path: _File.read(path) for path in sorted(paths)}
        self._keys = keys(self.found)

    def sort(self, *, is_build: bool = False) -> Sorted:
        """The findings that are not known, with what is to be said of the baselines themselves, and those that are.

        In a build, errors count though they are known, and a baseline may know what is found no more.
        """
        counting: list[Diagnostic] = []
        known: list[Diagnostic] = []
        for found, key in zip(self.found, self._keys, strict=True):
            file = self.files.get(self._place(found))
            is_known = file is not None and file.knows(key) and not (is_build and found.level is Level.ERROR)
            (known if is_known else counting).append(found)
        is_judged = _judged(self.done)
        for file in self.files.values():
            counting += file.problems or (() if is_build else stale(file.source, file.unused(is_judged)))
        return Sorted(in_order(tuple(counting)), tuple(known))

    def write(self, least: str) -> list[Written]:
        """Write what is found now, down to a level, with what this run cannot judge; all baselines, or none.

        Raises click's exception if one cannot be written.
        """
        is_judged = _judged(self.done)
        made, texts = [], {}
        for path, file in self.files.items():
            fresh = {
                key: entry(found, key, file.folder)
                for found, key in zip(self.found, self._keys, strict=True)
                if key and self._place(found) == path and is_shown(found.level.value, least)
            }
            before = file.entries
            kept = {key: one for key, one in before.items() if key not in fresh and not is_judged(key[0])}
            new, gone = fresh.keys() - before.keys(), before.keys() - fresh.keys() - kept.keys()
            after = [*fresh.values(), *kept.values()]
            made.append(Written(file.source.name, len(after), len(new), len(gone)))
            texts[Path(path)] = text(after)
        try:
            replace_all(texts)
        except OSError as error:
            message = f"nothing written: {visible(str(error.filename or ''))}: {reason(error)}"
            raise click.ClickException(message) from error
        return made

    def refused(self) -> tuple[Diagnostic, ...]:
        """Why no baseline can be written: errors that none can know, and files that are there and are no baselines."""
        never = [one for one, key in zip(self.found, self._keys, strict=True) if not key and one.level is Level.ERROR]
        broken = [found for one in self.files.values() if not one.is_missing for found in one.problems]
        return in_order((*never, *broken))

    def _place(self, found: Diagnostic) -> str:
        return self.named or self._of.get(id(found), "")


@define(eq=False, repr=False)
class _File:
    """One baseline: its entries, or why there are none, and which of them were used."""

    source: Source
    folder: str
    entries: Entries = field(factory=dict)
    problems: tuple[Diagnostic, ...] = ()
    is_missing: bool = False
    used: set[Key] = field(factory=set)

    @classmethod
    def read(cls, path: str) -> _File:
        """The baseline at a path; one that cannot be read knows nothing, and says so."""
        name = _shown(path)
        folder = os.path.realpath(Path(path).parent)
        try:
            content = _content(Path(path))
        except OSError as error:
            is_missing = isinstance(error, FileNotFoundError)
            message = f"the baseline cannot be read: {reason(error)}"
            found = about_file(tool.UNREADABLE, name, message, _WRITE if is_missing else None)
            return cls(found.label.source, folder, problems=(found,), is_missing=is_missing)
        except UnicodeDecodeError:
            found = about_file(tool.BAD_BASELINE, name, "the file is not UTF-8", ANEW)
            return cls(found.label.source, folder, problems=(found,))
        source = Source(name, content, path=os.path.realpath(path))
        parsed = parse(source, folder)
        return cls(source, folder, parsed.value or {}, parsed.diagnostics)

    def knows(self, key: Key | None) -> bool:
        """Whether a finding is known by its key, which counts as used then."""
        if key is None or key not in self.entries:
            return False
        self.used.add(key)
        return True

    def unused(self, is_judged: Callable[[str], bool]) -> list[Entry]:
        """The entries that were not used, of files that were looked at."""
        return [one for key, one in self.entries.items() if key not in self.used and is_judged(key[0])]


_MOST_BYTES: Final = 16_000_000
"""A baseline of a hundred thousand findings is smaller."""


def _content(path: Path) -> str:
    """The text of a regular file; raises OSError and UnicodeDecodeError."""
    if path.exists() and not path.is_file():
        message = "not a regular file"
        raise OSError(message)
    with path.open("rb") as file:
        raw = file.read(_MOST_BYTES + 1)
    if len(raw) > _MOST_BYTES:
        message = f"larger than {_MOST_BYTES // 1_000_000} MB"
        raise OSError(message)
    return raw.decode().replace("\r\n", "\n")


def _shown(path: str) -> str:
    """The path as seen from the working folder, if it is below that."""
    try:
        here = Path.cwd()
    except OSError:
        return path  # it has been removed
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path


def _judged(done: Sequence[Done]) -> Callable[[str], bool]:
    """Whether a run can say that a finding in a file, by its whole path, is gone.

    It can of a policy that it checked, and of a file that is no more. What is found in a module depends on the
    policies that import it: it can say so if it was given a folder of both, and could read all that is there.
    """
    policies = {os.path.realpath(one.found.path) for one in done if one.is_policy}
    modules = {os.path.realpath(one.found.path) for one in done if not one.found.is_named}
    if not policies or any(one.error or (one.has_errors and not one.is_policy) for one in done):
        modules = set()
    return lambda path: path in policies or path in modules or not os.path.lexists(path)
