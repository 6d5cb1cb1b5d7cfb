"""The terms of the standard library as a list: for those who look for one, and for programs that translate.

The crosswalk says which terms of other vocabularies mean the same or come closest. It stands beside the library in
`crosswalk/SCHEME.csv`, a row for each term of the scheme: its code, its label, and our terms (or `verb NAME`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from policyc.record import Record
from policyc.resolve.library import LIBRARY, library_documents
from policyc.resources import resource
from policyc.syntax import nodes
from policyc.syntax.printer import print_item

_DECIDING: Final = frozenset({"when", "unless", "implies", "per", "number", "rules_out", "after"})

VERB: Final = "verb "
"""Starts a target of the crosswalk that is no term: what it means is said by this verb."""


@frozen(repr=False)
class Counterpart(Record):
    """A term of another vocabulary. `targets` are the names of terms here, or `verb NAME`."""

    scheme: str
    code: str
    label: str
    targets: tuple[str, ...]


@frozen(repr=False)
class Entry(Record):
    """A term of the library. `name` is its full name; so are those of its parents and children."""

    name: str
    kind: str
    label: str
    aliases: tuple[str, ...]
    dpv: tuple[str, ...]
    parents: tuple[str, ...]
    children: tuple[str, ...]
    crosswalk: tuple[Counterpart, ...]
    conditions: str = ""
    """When a legal basis or a group of people counts, and what a fact entails, as the library writes it."""

    @property
    def short(self) -> str:
        """The name by which it is imported."""
        return self.name.rpartition(".")[2]

    @property
    def module(self) -> str:
        """The module that it is imported from."""
        return self.name.rpartition(".")[0]


def vocabulary() -> Mapping[str, Entry]:
    """All terms of the library by their full names, sorted."""
    declared = dict(sorted(_declared()))
    parents = {name: _parents(item, names) for name, (item, names) in declared.items()}
    children: dict[str, list[str]] = {}
    for name, above in parents.items():
        for parent in above:
            children.setdefault(parent, []).append(name)
    like: dict[str, list[Counterpart]] = {}
    for counterpart in crosswalk():
        for target in counterpart.targets:
            like.setdefault(target, []).append(counterpart)
    return {
        name: Entry(
            name,
            item.kind.text,
            item.label.texts[0].value if item.label else item.name.text.replace("_", " "),
            _texts(item, "alias"),
            _texts(item, "dpv"),
            parents[name],
            tuple(children.get(name, ())),
            tuple(like.get(name, ())),
            _conditions(item),
        )
        for name, (item, _) in declared.items()
    }


def crosswalk() -> tuple[Counterpart, ...]:
    """All terms of other vocabularies, by scheme and in the scheme's own order."""
    return tuple(row for path in sorted((resource("stdlib") / "crosswalk").glob("*.csv")) for row in _rows(path))


def _rows(path: Path) -> Iterator[Counterpart]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Counterpart(path.stem, row["code"], row["label"], tuple(map(_full, row["terms"].split(";"))))


def _full(target: str) -> str:
    return target if target.startswith(VERB) else f"{LIBRARY}.{target}"


_Names = Mapping[str, str]
"""The names that a module knows → the full names of what they stand for."""


def _declared() -> Iterator[tuple[str, tuple[nodes.Declaration, _Names]]]:
    for module, document in library_documents():
        names: dict[str, str] = {}
        for item in document.items:
            if isinstance(item, nodes.Import):
                path = ".".join(word.text for word in item.path)
                names |= {one.local.text: f"{path}.{one.name.text}" for one in item.names}
            elif isinstance(item, nodes.Declaration):
                names[item.name.text] = f"{module}.{item.name.text}"
        for item in document.items:
            if isinstance(item, nodes.Declaration):
                yield f"{module}.{item.name.text}", (item, names)


def _conditions(item: nodes.Declaration) -> str:
    """The clauses that decide, without the words before them."""
    told = tuple(clause for clause in item.clauses if clause.key.text in _DECIDING)
    printed = print_item(evolve(item, label=None, clauses=told)) if told else ""
    return " ".join(printed.removeprefix(f"{item.kind.text} {item.name.text}").split())


def _parents(item: nodes.Declaration, names: _Names) -> tuple[str, ...]:
    words = (value.words for value in _values(item, "is") if isinstance(value, nodes.Names))
    return tuple(names[word.text] for some in words for word in some)


def _texts(item: nodes.Declaration, key: str) -> tuple[str, ...]:
    texts = (value.texts for value in _values(item, key) if isinstance(value, nodes.Texts))
    return tuple(text.value for some in texts for text in some)


def _values(item: nodes.Declaration, key: str) -> Iterator[nodes.Value]:
    return (clause.value for clause in item.clauses if clause.key.text == key)
