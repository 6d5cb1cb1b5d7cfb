"""The project's own settings: the table [tool.policyc] of its pyproject.toml.

`levels` says for findings of checks how bad they are in this project: a code's number or name, and `error`, `warning`,
`info` or `off`. `rules` are files with rules for all policies, `baseline` is one with findings that are known already.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

from attrs import define, field, frozen

from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.codes import tool
from policyc.diagnostics.diagnostic import Diagnostic, Label
from policyc.diagnostics.near import near
from policyc.diagnostics.outcome import Outcome
from policyc.record import ValueRecord
from policyc.resolve.loader import PROJECT, TABLE
from policyc.source.text import Source, Span

_LEVELS: Final[Mapping[str, Level | None]] = {**{level.value: level for level in Level}, "off": None}
_KEYS: Final = ("baseline", "levels", "rules")
_HELP: Final = "write `error`, `warning`, `info` or `off`"
_EXAMPLE: Final = 'write `levels = { unsaid-limit = "warning" }`'
_LOST: Final = "\ufffd"
"""Stands for what is no UTF-8."""

_LINE: Final = re.compile(r"\(at line (\d+), column \d+\)$")


RuleFiles = tuple[tuple[str, Label], ...]
"""Files of rules below the project's root, each with its place in the settings."""


@frozen(eq=False, repr=False)
class Settings(ValueRecord):
    """What a project settles. `levels` maps keys of codes to their level in this project; None for none at all.

    `rules` are files with rules for all of its policies, below its root, each with its place in the settings.
    `baseline` is the whole path of a file with findings that are known; empty if there is none.
    """

    levels: Mapping[str, Level | None] = field(factory=dict)
    rules: RuleFiles = ()
    baseline: str = ""


def settings(
    root: Path, codes: Iterable[Code], rule_codes: Callable[[RuleFiles], Iterable[Code]] = lambda _: ()
) -> Outcome[Settings]:
    """The settings of the project in a folder; without a file or a table there are none.

    `codes` are those whose level may be set; `rule_codes` gives those of rules, once they are asked for. Whatever else
    stands in the table is an error, and settles nothing.
    """
    path = root / PROJECT
    if not path.is_file():
        return Outcome(Settings())
    import tomllib  # noqa: PLC0415 - a policy without a project around it does not wait for this

    try:
        raw = path.read_bytes()
    except OSError:
        return Outcome(Settings())  # it is no project of ours, then; see resolve.loader.project_root
    text = raw.decode("utf-8", "replace").replace("\r\n", "\n")
    source = Source(PROJECT, text, path=str(path))
    files: list[tuple[str, Label]] = []
    by_key = {key: code for code in codes for key in (code.number, code.name)}
    reader = _Reader(source, by_key, lambda: rule_codes(tuple(files)))
    levels: dict[str, Level | None] = {}
    baseline = ""
    try:
        raw.decode("utf-8")
        table = reader.table(tomllib.loads(text))
        files += reader.rules(table)
        levels |= reader.levels(table)
        baseline = reader.baseline(table)
    except (ValueError, RecursionError) as error:
        reader.unreadable(error)
    return Outcome(Settings(levels, tuple(files), baseline), tuple(reader.found))


@define(slots=False, eq=False, repr=False)
class _Reader:
    """Reads the table, and reports what it does not know."""

    source: Source
    codes: Mapping[str, Code]
    rule_codes: Callable[[], Iterable[Code]]
    found: list[Diagnostic] = field(factory=list)

    def unreadable(self, error: Exception) -> None:
        """Report a file that is no TOML, if it is meant for policyc at all."""
        text = self.source.text
        if TABLE in text:
            line = _LINE.search(str(error))
            start = sum(len(one) + 1 for one in text.split("\n")[: int(line[1]) - 1]) if line else text.index(TABLE)
            if isinstance(error, UnicodeDecodeError):
                start = text.index(_LOST)
            end = start + len(text[start:].partition("\n")[0])
            message = "the file is no TOML from here on, and its `[tool.policyc]` cannot be read"
            self._report(Span(start, end), message)

    def table(self, project: Mapping[str, object]) -> Mapping[str, object]:
        tools = project.get("tool")
        table = tools.get("policyc", {}) if isinstance(tools, dict) else {}
        if not isinstance(table, dict):
            self._report(self._place("policyc"), "`[tool.policyc]` is no table", _EXAMPLE)
            return {}
        for key in table:
            if key not in _KEYS:
                self._report(self._place(key), f"`[tool.policyc]` has no setting `{key}`", _meant(key, _KEYS))
        return table

    def rules(self, table: Mapping[str, object]) -> Iterator[tuple[str, Label]]:
        files = table.get("rules", [])
        if not isinstance(files, list) or not all(isinstance(one, str) for one in files):
            self._report(self._place("rules"), "`rules` is no list of files", 'write `rules = ["rules/house.policy"]`')
            return
        for one in files:
            yield one, Label(self.source, self._place("rules"))

    def baseline(self, table: Mapping[str, object]) -> str:
        """The whole path of the file, which is below the project's folder; empty if there is none."""
        name = table.get("baseline")
        if name is None:
            return ""
        if not isinstance(name, str) or not name:
            self._report(self._place("baseline"), "`baseline` is no file's name", 'write `baseline = "baseline.json"`')
            return ""
        folder = Path(os.path.realpath(Path(self.source.path).parent))
        path = folder / name
        if "\0" in name or not Path(os.path.realpath(path)).is_relative_to(folder):
            message = f"`{name}` is no file below the project"
            self._report(self._place("baseline"), message, "keep the baseline beside the project's policies")
            return ""
        return str(path)

    def levels(self, table: Mapping[str, object]) -> Iterator[tuple[str, Level | None]]:
        levels = table.get("levels", {})
        if not isinstance(levels, dict):
            self._report(self._place("levels"), "`levels` is no table of codes", _EXAMPLE)
            return
        seen: dict[str, str] = {}
        for key, value in levels.items():
            code = self.codes.get(key) or self._rule(key)
            if code is None:
                message = f"there is no check or rule `{key}` whose level could be set"
                self._report(self._place(key), message, _meant(key, [*self.codes, *self._by_name]))
            elif code.key in seen:
                message = f"`{key}` and `{seen[code.key]}` are the same"
                self._report(self._place(key), message, "keep one of them")
            elif not isinstance(value, str) or value not in _LEVELS:
                message = f"what `{key}` is set to is no level"
                self._report(self._place(key), message, _meant(str(value), _LEVELS) or _HELP)
            else:
                seen[code.key] = key
                yield code.key, _LEVELS[value]

    def _rule(self, key: str) -> Code | None:
        return self._by_name.get(key.replace("-", "_"))

    @cached_property
    def _by_name(self) -> Mapping[str, Code]:
        """The codes of rules by their own names, and by their qualified ones."""
        codes = tuple(self.rule_codes())
        return {key: code for code in codes for key in (code.name, code.name.rpartition(".")[2])}

    def _place(self, key: str) -> Span:
        """Where a key stands in the table: at the start of a line if it does so, and not in a comment."""
        text = self.source.text
        table = re.search(r"^[^#\n]*\bpolicyc\b", text, re.MULTILINE)
        word = rf"(?<![\w-]){re.escape(key)}(?![\w-])"
        for before in (r"^[ \t]*[\"']?", r"^[^#\n]*?"):
            found = re.compile(f"{before}({word})", re.MULTILINE).search(text, table.start() if table else 0)
            if found:
                return Span(*found.span(1))
        return Span(table.start(), table.end()) if table else Span(0, 0)

    def _report(self, place: Span, message: str, help_: str | None = None) -> None:
        self.found.append(Diagnostic.at(tool.BAD_SETTING, self.source, place, message, help=help_))


def _meant(key: str, known: Iterable[str]) -> str | None:
    close = near(key, known)
    return f"write `{close}`" if close else None
