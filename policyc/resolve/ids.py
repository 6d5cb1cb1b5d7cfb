"""Ids of terms, and of statements and prose without a label.

An id made from content survives reordering, moving and changes elsewhere. What says the same to the letter is
numbered, in an order that does not depend on the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeVar

from attrs import evolve

from policyc.model import values
from policyc.model.digest import digest
from policyc.model.policy import Fields, Prose, Statement
from policyc.resolve.scopes import Scope, Symbol
from policyc.syntax import nodes

SHORT: Final = 8
"""How many hexadecimal digits of a digest an id has."""

_Sentence = TypeVar("_Sentence", Statement, Prose)
_Value = TypeVar("_Value", bound=values.Value)


def term_ids(entry: Scope, symbols: Iterable[Symbol]) -> Mapping[str, str]:
    """Qualified name → id: names of the file as they are; others bare if nothing else has that name."""
    local = [(name, symbol) for name, symbol in entry.names.items() if isinstance(symbol.node, nodes.Declaration)]
    ids = {symbol.qualified: name for name, symbol in local}
    others = [symbol for symbol in symbols if symbol.qualified not in ids]
    bare = [symbol.name for symbol in others]
    for symbol in others:
        is_free = symbol.name not in entry.names and bare.count(symbol.name) == 1
        ids[symbol.qualified] = symbol.name if is_free else symbol.qualified
    return ids


def with_statement_ids(statements: Sequence[Statement]) -> list[Statement]:
    """A statement without a label is called after its verb, its first object and a digest of what it says."""
    return _numbered(statements, [one.label or _statement_id(one) for one in statements])


def with_prose_ids(prose: Sequence[Prose]) -> list[Prose]:
    """Prose without a label is called after a digest of what it says."""
    return _numbered(prose, [one.id or f"text-{digest(_said(one.fields))[:SHORT]}" for one in prose])


def _statement_id(one: Statement) -> str:
    first = "text"
    if isinstance(one.objects, values.Terms):
        first = one.objects.ids[0].rpartition(".")[2]
    elif isinstance(one.objects, values.Words):
        first = one.objects.words[0]
    said = evolve(one, fields=_said(one.fields), objects=_untranslated(one.objects) if one.objects else None)
    return f"{one.verb}-{first}-{digest(said)[:SHORT]}"


_UNSAID: Final = frozenset({"trace", "accept"})


def _said(fields: Fields) -> Fields:
    """Where something comes from, and how it reads in other languages, is no part of what it says."""
    return {name: _untranslated(value) for name, value in fields.items() if name not in _UNSAID}


def _untranslated(value: _Value) -> _Value:
    return evolve(value, translations=()) if isinstance(value, values.Texts) else value


def _numbered(sentences: Sequence[_Sentence], ids: Sequence[str]) -> list[_Sentence]:
    """Sentences with their ids, in their order. Those of one id are told apart by what they are traced to."""
    same: dict[str, list[int]] = {}
    for place, name in enumerate(ids):
        same.setdefault(name, []).append(place)
    result = list(sentences)
    for name, places in same.items():
        ordered = sorted(places, key=lambda place: digest(sentences[place])) if len(places) > 1 else places
        for number, place in enumerate(ordered, 1):
            result[place] = evolve(sentences[place], id=name if number == 1 else f"{name}-{number}")
    return result
