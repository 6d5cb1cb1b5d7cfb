"""A digest of what a value of the model says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import cast

import attrs

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]


def digest(value: object) -> str:
    """64 hexadecimal digits: SHA-256 of the value's canonical JSON."""
    text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def plain(value: object) -> Plain:
    """A value as JSON data, each attrs class with its name."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in sorted(value.items())}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    if attrs.has(type(value)):
        return _class(cast("attrs.AttrsInstance", value))
    message = f"{type(value).__name__} has no digest"
    raise TypeError(message)


def _class(value: attrs.AttrsInstance) -> Plain:
    """An attrs object as its fields, but for those that take no part in equality: a place in a file says nothing."""
    data: dict[str, Plain] = {"": type(value).__name__}
    for attribute in attrs.fields(type(value)):
        if attribute.eq:
            data[attribute.name] = plain(getattr(value, attribute.name))
    return data
