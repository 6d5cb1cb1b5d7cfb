"""The standard library, from the wheel's parsed copy or from its files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from policyc.resources import resource
from policyc.source.text import Source
from policyc.syntax import nodes
from policyc.syntax.codec import decode, encode
from policyc.syntax.parser import Parser
from policyc.syntax.tables import fingerprint

STORED: Final = "library.json"
SUFFIX: Final = ".policy"
LIBRARY: Final = "std"


def library_files() -> dict[str, Path]:
    """The library's modules by name ("std.data.contact"), sorted."""
    root = resource("stdlib")
    found = sorted(root.rglob(f"*{SUFFIX}"))
    return {".".join((LIBRARY, *path.relative_to(root).with_suffix("").parts)): path for path in found}


def shown(name: str) -> str:
    """The name under which messages show a module's file."""
    return f"{name.replace('.', '/')}{SUFFIX}"


def digest(texts: Mapping[str, str]) -> str:
    """What the stored library was made of: its texts, and what decides how they are parsed."""
    return sha256(json.dumps([fingerprint(), sorted(texts.items())]).encode()).hexdigest()


def stored_library() -> str:
    """The parsed library as the text of a JSON file; ValueError if a module has errors."""
    texts = {name: path.read_text(encoding="utf-8") for name, path in library_files().items()}
    parser = Parser()
    modules: dict[str, Any] = {}
    for name, text in texts.items():
        parsed = parser.parse(Source(shown(name), text))
        if parsed.has_errors:
            message = f"{name}: {parsed.diagnostics[0].message}"
            raise ValueError(message)
        modules[name] = {"text": text, "document": encode(parsed.value)}
    return json.dumps(
        {"digest": digest(texts), "modules": modules}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


@cache
def _stored() -> Mapping[str, Any]:
    path = resource("built") / STORED
    if not path.is_file():
        return {}
    modules: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))["modules"]
    return modules


@cache
def stored_module(name: str) -> tuple[Source, nodes.Document] | None:
    """A module of the wheel's parsed library; None if there is no such copy, or no such module."""
    found = _stored().get(name)
    return None if found is None else (Source(shown(name), found["text"]), decode(found["document"]))
