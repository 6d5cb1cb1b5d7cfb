"""Puts a guard together: the fixed parts as they stand in their modules, and a policy's own text for the others."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Final

PARTS: Final = ("names", "answers", "conditions", "ends", "rules", "tables", "known", "cases", "decision", "retention")
"""The parts in the order in which they stand in the output."""

_TEMPLATE: Final = "policyc.backends.enforce.template"
_NOQA: Final = re.compile(r"  # noqa:.*")
_CODE: Final = re.compile(r'^(?!"""|from |    |\)|$)', re.MULTILINE)
"""Where a part's code begins, after its docstring and its imports: nothing else need be parsed."""


def assemble(opening: str, generated: Mapping[str, str], imports: Iterable[tuple[str, str]] = ()) -> str:
    """The text of a guard: its docstring, the imports of all parts and those given, the parts with a heading each."""
    parts = {name: _part(name) for name in PARTS}
    merged = _merged([*imports, *(line for _, lines, _ in parts.values() for line in lines)])
    sections = [_section(heading, generated.get(name, body)) for name, (heading, _, body) in parts.items()]
    return "\n\n".join([opening, merged, *sections]).rstrip("\n") + "\n"


def _section(heading: str, body: str) -> str:
    gap = "\n\n\n" if body.startswith(("@", "class ", "def ")) else "\n\n"
    return f"# --- {heading} {'-' * (93 - len(heading))}{gap}{body}\n"


def text_of(part: str) -> str:
    """The text of a part's module."""
    return (files(_TEMPLATE) / f"{part}.py").read_text(encoding="utf-8")


def _part(name: str) -> tuple[str, tuple[tuple[str, str], ...], str]:
    """A part's heading, the names that it imports from the standard library, and its code."""
    text = text_of(name)
    start = _CODE.search(text)
    body = _NOQA.sub("", text[start.start() :]) if start else ""
    tree = ast.parse(text[: start.start()] if start else text)
    heading = (ast.get_docstring(tree) or name).rstrip(".")
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    outside = [node for node in imports if not (node.module or "").startswith(_TEMPLATE)]
    found = tuple((node.module or "", alias.name) for node in outside for alias in node.names)
    return heading, found, body.strip("\n") + "\n"


def _merged(imports: list[tuple[str, str]]) -> str:
    """One line for each module."""
    by_module: dict[str, set[str]] = {}
    for module, name in imports:
        by_module.setdefault(module, set()).add(name)
    lines = {module: f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(by_module.items())}
    future = lines.pop("__future__")
    return "\n".join([future, "", *lines.values()])
