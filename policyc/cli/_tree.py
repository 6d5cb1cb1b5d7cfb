"""Nodes and models as text that is read and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Any, Final

import attrs

from policyc.reports import visible

_STEP: Final = "  "


def as_tree(value: object) -> str:
    """A value with its parts indented below it. Places are left out, and so is what says nothing."""
    return "".join(f"{line}\n" for line in _lines(value, ""))


def _lines(value: object, name: str) -> Iterator[str]:
    """`name` is the field that holds the value; empty for one of a list."""
    start = f"{name}: " if name else ""
    plain = _plain(value)
    if plain is not None:
        yield start + plain
    elif isinstance(value, Mapping):
        yield from _below(start or "-", [(str(key), part) for key, part in value.items()])
    elif isinstance(value, tuple | list):
        yield from _below(start or "-", [("", part) for part in value])
    elif attrs.has(type(value)):
        yield from _below(start + type(value).__name__, list(_parts(value)))
    else:
        message = f"{type(value).__name__} has no tree"
        raise TypeError(message)


def _parts(value: object) -> Iterator[tuple[str, object]]:
    """The fields of an attrs object that say more than their default, or than nothing."""
    kind: Any = type(value)
    for one in attrs.fields(kind):
        part = getattr(value, one.name)
        if one.init and one.eq and part != one.default and part not in (None, (), {}, ""):
            yield one.name, part


def _below(head: str, parts: list[tuple[str, object]]) -> Iterator[str]:
    yield head.rstrip()
    for name, part in parts:
        yield from (_STEP + line for line in _lines(part, name))


def _plain(value: object) -> str | None:
    """What fits on one line; None for a value with parts."""
    if isinstance(value, str):
        return f'"{visible(value)}"'
    if isinstance(value, Enum):
        return str(value.value) or value.name.lower()
    if isinstance(value, date):
        return value.isoformat()
    return repr(value) if value is None or isinstance(value, bool | int) else None
