"""The standard library, from the wheel's parsed copy or from its files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from attrs import define, evolve, field

from policyc.language.kinds import KINDS
from policyc.resources import SUFFIX, resource
from policyc.source.text import Source, Span
from policyc.syntax import nodes
from policyc.syntax.codec import WORD, Json, decode, encode
from policyc.syntax.parser import Parser

STORED: Final = "library"
"""The folder of the wheel's parsed copy."""

LIBRARY: Final = "std"

RULES: Final = "rule"
"""The library's folder of rules."""

_DECLARATION: Final = rf"(?m)^({'|'.join(KINDS)}) ([a-z][a-z0-9_]*)"


def library_files() -> dict[str, Path]:
    """The library's modules of declarations by name ("std.data.contact"), sorted. Those of rules declare nothing."""
    root = resource("stdlib")
    found = sorted(path for path in root.rglob(f"*{SUFFIX}") if path.parent.name != RULES)
    return {".".join((LIBRARY, *path.relative_to(root).with_suffix("").parts)): path for path in found}


@cache
def library_names() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The names that the library declares → the kind and the module of each term that is called so.

    They are read off the texts, where a declaration starts a line: only messages need them.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for module, path in library_files().items():
        for kind, name in re.findall(_DECLARATION, path.read_text(encoding="utf-8")):
            found.setdefault(name, []).append((kind, module))
    return {name: tuple(places) for name, places in found.items()}


def in_library(name: str, kinds: tuple[str, ...] = tuple(KINDS)) -> str | None:
    """How to import a name of these kinds, if the library has one."""
    modules = [f"`import {name} from {module}`" for kind, module in library_names().get(name, ()) if kind in kinds]
    return f"the library has it: write {' or '.join(modules)}" if modules else None


def shown(name: str) -> str:
    """The name under which messages show a module's file."""
    return f"{name.replace('.', '/')}{SUFFIX}"


def stored_library() -> Mapping[str, str]:
    """The parsed library: a JSON file's text for each module by name; ValueError if a module has errors."""
    stored: dict[str, str] = {}
    for name, source, document in _parsed():
        items = [[data, _declared(item), sorted(set(_words(data)))] for item, data in _encoded(document)]
        module = {"text": source.text, "end": document.span.end, "items": items}
        stored[name] = json.dumps(module, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return stored


def _parsed() -> Iterator[tuple[str, Source, nodes.Document]]:
    parser = Parser()
    for name, path in library_files().items():
        source = Source(shown(name), path.read_text(encoding="utf-8"))
        parsed = parser.parse(source)
        if parsed.has_errors or parsed.value is None:
            message = f"{name}: {parsed.diagnostics[0].message}"
            raise ValueError(message)
        yield name, source, parsed.value


def _encoded(document: nodes.Document) -> Iterator[tuple[nodes.Item, Json]]:
    return ((item, encode(item)) for item in document.items)


def _declared(item: nodes.Item) -> list[str]:
    """The names that a sentence makes known; ValueError for one that no module of the library has."""
    match item:
        case nodes.Declaration():
            return [item.name.text]
        case nodes.Import():
            return [one.local.text for one in item.names]
        case nodes.Version():
            return []
    message = "a module of the library holds declarations only"
    raise ValueError(message)


def _words(data: Json) -> Iterator[str]:
    """All words of a sentence; with those that are names of its module it can be bound."""
    if isinstance(data, list):
        if data[0] == WORD:
            yield data[1]
        for part in data[1:]:
            yield from _words(part)


def library_documents() -> Iterator[tuple[str, nodes.Document]]:
    """All modules of the library by their names, sorted; from the wheel's copy if there is one."""
    stored = sorted((resource("built") / STORED).glob("*.json"))
    if stored:
        yield from ((path.stem, _stored(path.stem).whole()) for path in stored)
    else:
        yield from ((name, document) for name, _, document in _parsed())


def is_stored(name: str) -> bool:
    """Whether the wheel has a parsed copy of a module."""
    return name.startswith(f"{LIBRARY}.") and _path(name).is_file()


def stored_modules(wanted: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[Source, nodes.Document]]:
    """What stored modules say of the names that are wanted, and of all that these need.

    A module without a wanted name is given whole, so that messages can tell which names it has.
    """
    slices: dict[str, _Slice] = {}
    queue = [(module, name) for module, names in wanted.items() for name in names]
    while queue:
        module, name = queue.pop()
        if module not in slices:
            slices[module] = _stored(module)
        queue += slices[module].take(name)
    return {module: one.made() for module, one in slices.items()}


@define(eq=False, repr=False)
class _Slice:
    """The part of a stored module that somebody needs; `places` has the place of each name's sentence."""

    name: str
    text: str
    end: int
    items: list[Json]
    places: dict[str, int]
    taken: dict[int, nodes.Item] = field(factory=dict)
    """Place → the sentence there, if it is needed."""
    known: set[str] = field(factory=set)
    """The names that are needed."""

    def take(self, name: str) -> Iterator[tuple[str, str]]:
        """Take what a name stands for; what that needs of this module and of others is left to the caller."""
        if name in self.known:
            return
        self.known.add(name)
        place = self.places.get(name)
        if place is None:
            yield from ((self.name, other) for other in self.places)
            return
        data, _, words = self.items[place]
        if place not in self.taken:
            self.taken[place] = decode(data)
        item = self.taken[place]
        if isinstance(item, nodes.Import):
            module = ".".join(word.text for word in item.path)
            yield from ((module, one.name.text) for one in item.names if one.local.text == name)
        else:
            yield from ((self.name, word) for word in words if word in self.places)

    def made(self) -> tuple[Source, nodes.Document]:
        """The module with nothing but what was taken, in the order of its file."""
        items = tuple(self._needed(self.taken[place]) for place in sorted(self.taken))
        return Source(shown(self.name), self.text), nodes.Document(items, span=Span(0, self.end))

    def whole(self) -> nodes.Document:
        """The module with all that it says."""
        return nodes.Document(tuple(decode(data) for data, _, _ in self.items), span=Span(0, self.end))

    def _needed(self, item: nodes.Item) -> nodes.Item:
        if isinstance(item, nodes.Import):
            return evolve(item, names=tuple(one for one in item.names if one.local.text in self.known))
        return item


def _stored(name: str) -> _Slice:
    module = _data(_path(name))
    places = {name: place for place, (_, names, _) in enumerate(module["items"]) for name in names}
    return _Slice(name, module["text"], module["end"], module["items"], places)


@cache
def _data(path: Path) -> Json:
    """What a stored module says; many policies import it."""
    return json.loads(path.read_text(encoding="utf-8"))


def _path(name: str) -> Path:
    return resource("built") / STORED / f"{name}.json"
