"""Cases in files: `=== title`, a source, `---`, and what comes of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from attrs import frozen

from policyc.source.text import Source
from policyc.syntax import nodes
from policyc.syntax.parser import parser
from tests.policies import said

FOLDER: Final = Path(__file__).parent / "golden"


@frozen
class Case:
    """What comes of a source, as text."""

    title: str
    source: str
    outcome: str


def cases(*paths: Path) -> dict[str, Case]:
    """The cases of some files by title, with the file's name before it."""
    found = [Case(f"{path.stem}: {title}", *parts) for path in paths for title, *parts in _sections(path)]
    assert len({case.title for case in found}) == len(found)
    return {case.title: case for case in found}


def _sections(path: Path) -> list[tuple[str, str, str]]:
    sections = re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [_section(section.removesuffix("\n")) for section in sections]


def _section(text: str) -> tuple[str, str, str]:
    title, _, rest = text.partition("\n")
    source, _, outcome = rest.partition("---\n")
    return title, source, outcome


def told(text: str) -> str:
    """Every finding in a text on a line, and where the sentences are that could not be read."""
    source = Source("a.policy", text)
    parsed = parser().parse(source)
    assert parsed.value is not None
    lines = [*map(said, parsed.diagnostics), *(f"lost {_place(source, item)}" for item in _broken(parsed.value.items))]
    return "".join(f"{line}\n" for line in lines)


def _broken(items: tuple[nodes.Item, ...]) -> list[nodes.Broken]:
    found = []
    for item in items:
        if isinstance(item, nodes.Broken):
            found.append(item)
        elif isinstance(item, nodes.Group):
            found += _broken(item.items)
    return found


def _place(source: Source, item: nodes.Broken) -> str:
    start, end = source.position(item.span.start), source.position(item.span.end)
    return f"{start.line}:{start.column}-{end.line}:{end.column}"
