"""A digest of what a value of the model says. Places take no part; neither does the page's layout."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from hashlib import sha256

import attrs

from policyc.model.policy import Place, Policy

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
        return _class(value)
    message = f"{type(value).__name__} has no digest"
    raise TypeError(message)


def _class(value: object) -> Plain:
    """An attrs object as its fields; a policy's layout says only in which order the page shows things."""
    skipped = {"layout", "hash", "tests"} if isinstance(value, Policy) else set()
    data: dict[str, Plain] = {"": type(value).__name__}
    for attribute in attrs.fields(type(value)):
        part = getattr(value, attribute.name)
        if attribute.init and attribute.name not in skipped and not isinstance(part, Place):
            data[attribute.name] = plain(part)
    return data
