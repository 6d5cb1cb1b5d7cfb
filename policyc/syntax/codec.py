"""Documents as JSON data, for the library that the wheel carries parsed.

A node is a list: the number of its class, its fields, its span's offsets. Tuples are lists that start with -1.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any, Final

import attrs

from policyc.language.words import Bound, Comparison, Unit
from policyc.source.text import Span
from policyc.syntax import nodes

_CLASSES: Final = (
    nodes.Word, nodes.Translation, nodes.Text, nodes.Names, nodes.Texts, nodes.Tag, nodes.Tagged, nodes.Period,
    nodes.Day, nodes.Nothing, nodes.Fact, nodes.Compared, nodes.AllOf, nodes.OneOf, nodes.Clause, nodes.Version,
    nodes.Imported, nodes.Import, nodes.Declaration, nodes.Statement, nodes.Prose, nodes.Group, nodes.Document,
    nodes.Pattern, nodes.Noun, nodes.Counted, nodes.Needs, nodes.Demand, nodes.Rule,
)  # fmt: skip
_NUMBERS: Final[dict[type, int]] = {cls: number for number, cls in enumerate(_CLASSES)}
_FIELDS: Final[dict[type, tuple[str, ...]]] = {
    cls: tuple(one.name for one in attrs.fields(cls) if one.name != "span") for cls in _CLASSES
}
_ENUMS: Final = {cls.__name__: cls for cls in (Unit, Bound, Comparison)}
_TUPLE: Final = -1
_NESTED: Final = (list, dict)

WORD: Final = _NUMBERS[nodes.Word]
"""With what the data of a word starts; its text follows."""

Json = Any


def encode(value: object) -> Json:
    """A node, or what a node holds, as JSON data; KeyError for a broken sentence, which is never stored."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, tuple):
        return [_TUPLE, *(encode(part) for part in value)]
    if isinstance(value, Enum):
        return {type(value).__name__: value.value}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    cls = type(value)
    span: Span = value.span  # type: ignore[attr-defined]
    return [_NUMBERS[cls], *(encode(getattr(value, name)) for name in _FIELDS[cls]), span.start, span.end]


def decode(data: Json) -> Any:  # noqa: ANN401 - whatever was encoded
    """The value that `encode` made the data of."""
    if isinstance(data, list):
        number = data[0]
        if number == _TUPLE:
            return tuple(_decoded(data[1:]))
        make: Callable[..., object] = _CLASSES[number]
        return make(*_decoded(data[1:-2]), span=Span(data[-2], data[-1]))
    if isinstance(data, dict):
        ((name, value),) = data.items()
        return date.fromisoformat(value) if name == "date" else _ENUMS[name](value)
    return data


def _decoded(parts: list[Json]) -> list[Any]:
    """Most parts are texts, which stay as they are."""
    return [decode(part) if isinstance(part, _NESTED) else part for part in parts]
