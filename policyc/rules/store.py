"""Rules as JSON data, for the library that the wheel carries: to bind them anew at every start would take too long.

A value of the model is a list: the number of its class, and its fields. Tuples are lists that start with -1, or are
empty. Where a rule stands in its file is left out: who wants to read it, reads the file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Final

import attrs

from policyc.language.words import Bound, Unit
from policyc.model import rules, values
from policyc.model.policy import Place
from policyc.resources import resource
from policyc.rules.law import Law
from policyc.source.text import Source, Span

STORED: Final = "rules"
"""The folder of the wheel's copy."""

INDEX: Final = "index"
"""The file that says which module has rules of which laws."""

_CLASSES: Final = (
    *(rules.Rules, rules.Rule, rules.Demand, rules.Pattern, rules.Needs, rules.Need, Law),
    *(values.Terms, values.Words, values.Texts, values.Period, values.Day, values.Flag),
)
_NUMBERS: Final = {cls: number for number, cls in enumerate(_CLASSES)}
_ENUMS: Final = {cls.__name__: cls for cls in (rules.Sort, Bound, Unit)}
_TUPLE: Final = -1
_SET: Final = -2
_NESTED: Final = (list, dict)
_NOWHERE: Final = Place(Source("", ""), Span(0, 0))
_LEFT_OUT: Final = frozenset({"place", "tests"})

Json = Any


@cache
def _fields(cls: Any) -> list[str]:  # noqa: ANN401 - a class made by attrs
    return [one.name for one in attrs.fields(cls) if one.init and one.name not in _LEFT_OUT]


def encode(value: object) -> Json:
    """A value of the model as JSON data; KeyError for one of a class that no rule has."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, tuple):
        return [_TUPLE, *map(encode, value)] if value else []
    if isinstance(value, frozenset):
        return [_SET, *sorted(value)]
    if isinstance(value, Enum):
        return {type(value).__name__: value.value}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Mapping):
        return {"map": {key: encode(part) for key, part in sorted(value.items())}}
    cls: Any = type(value)
    return [_NUMBERS[cls], *(encode(getattr(value, name)) for name in _fields(cls))]


def decode(data: Json) -> Any:  # noqa: ANN401 - whatever was encoded
    """The value that `encode` made the data of."""
    if isinstance(data, list):
        if not data:
            return ()
        number = data[0]
        if number == _SET:
            return frozenset(data[1:])
        # Most parts are names, which stay as they are.
        parts = [decode(part) if isinstance(part, _NESTED) else part for part in data[1:]]
        if number == _TUPLE:
            return tuple(parts)
        cls = _CLASSES[number]
        make: Callable[..., object] = cls
        named = dict(zip(_fields(cls), parts, strict=True))
        return make(**named, place=_NOWHERE) if cls is rules.Rule else make(**named)
    if isinstance(data, dict):
        ((name, value),) = data.items()
        if name == "map":
            return {key: decode(part) for key, part in value.items()}
        return date.fromisoformat(value) if name == "date" else _ENUMS[name](value)
    return data


@cache
def stored(name: str) -> Json | None:
    """What the wheel has stored under a name; None in a checkout."""
    path = resource("built") / STORED / f"{name}.json"
    return decode(json.loads(Path(path).read_text(encoding="utf-8"))) if path.is_file() else None
