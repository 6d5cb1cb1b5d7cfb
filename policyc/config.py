"""The project's own settings: the table [tool.policyc] of its pyproject.toml.

`levels` says for findings of checks how bad they are in this project: a code's number or name, and `error`, `warning`,
`info` or `off`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from attrs import field, frozen

from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.codes import tool
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.diagnostics.near import near
from policyc.diagnostics.outcome import Outcome
from policyc.source.text import Source, Span

FILE: Final = "pyproject.toml"

_OFF: Final = "off"
_LEVELS: Final = {**{level.value: level for level in Level}, _OFF: None}
_KEYS: Final = ("levels",)


@frozen
class Settings:
    """What a project settles. `levels` maps numbers of codes to their level in this project; None for none at all."""

    levels: Mapping[str, Level | None] = field(factory=dict)


def settings(root: Path, codes: Iterable[Code]) -> Outcome[Settings]:
    """The settings of the project in a folder; without a file or a table there are none.

    `codes` are those whose level may be set. Whatever else stands in the table is an error.
    """
    path = root / FILE
    if not path.is_file():
        return Outcome(Settings())
    import tomllib  # noqa: PLC0415 - a policy without a project around it does not wait for this

    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text).get("tool", {}).get("policyc", {})
    except (OSError, ValueError, AttributeError):
        return Outcome(Settings())  # it is no project of ours, then; see resolve.loader.project_root
    reader = _Reader(Source(str(path), text), {key: code for code in codes for key in (code.number, code.name)})
    levels = dict(reader.levels(table))
    return Outcome(None if reader.found else Settings(levels), tuple(reader.found))


@frozen
class _Reader:
    """Reads the table, and reports what it does not know."""

    source: Source
    codes: Mapping[str, Code]
    found: list[Diagnostic] = field(factory=list)

    def levels(self, table: object) -> Iterator[tuple[str, Level | None]]:
        if not isinstance(table, dict):
            self._report("policyc", "`[tool.policyc]` is a table", None)
            return
        for key in table:
            if key not in _KEYS:
                self._report(key, f"`[tool.policyc]` has no `{key}`", near(key, _KEYS))
        levels = table.get("levels", {})
        if not isinstance(levels, dict):
            self._report("levels", "`levels` is a table of codes", None)
            return
        for key, value in levels.items():
            code = self.codes.get(key)
            if code is None:
                self._report(key, f"there is no check `{key}` whose level could be set", near(key, self.codes))
            elif not isinstance(value, str) or value not in _LEVELS:
                self._report(key, f"`{key}` is `error`, `warning`, `info` or `off`", near(str(value), _LEVELS))
            else:
                yield code.number, _LEVELS[value]

    def _report(self, key: str, message: str, close: str | None) -> None:
        """A mistake in the file, marked where the key first stands."""
        start = max(self.source.text.find(key), 0)
        help_ = f"write `{close}`" if close else None
        self.found.append(
            Diagnostic.at(tool.BAD_SETTING, self.source, Span(start, start + len(key)), message, help=help_)
        )
