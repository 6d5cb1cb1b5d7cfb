"""Values of the model as JSON. `schema.py` describes the same shapes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from typing import Any, Final

from policyc.backends.manifest.dpv import iri
from policyc.language.clauses import CLAUSES
from policyc.language.words import Bound
from policyc.model import values
from policyc.model.policy import Fields

Json = Any
"""What the standard library's json takes; it has no narrower type that mypy could follow through a tree."""

RANGE: Final = "range"
"""The bound of a period from `duration` to `upper`."""

EXACT: Final = "exact"

ELSEWHERE: Final = frozenset({"trace", "parents", "open", "holes"})
"""Fields that have a place of their own in a manifest: `refs` for `trace`, and the same names for the others."""


def fields_to_json(fields: Fields) -> dict[str, Json]:
    """Clauses by their field, in the order of the clause table."""
    rows = (row.field for row in CLAUSES if row.field in fields and row.field not in ELSEWHERE)
    return {name: _dpv(fields[name]) if name == "dpv" else to_json(fields[name]) for name in rows}


def _dpv(value: values.Value) -> Json:
    return [iri(text) for text in value.texts] if isinstance(value, values.Texts) else to_json(value)


def holes_to_json(holes: Iterable[tuple[str, str]]) -> list[Json]:
    """What is missing, with the author's words if there are any."""
    return [{"kind": field, "words": words} for field, words in holes]


@singledispatch
def to_json(value: object) -> Json:
    """One value."""
    message = f"no JSON for {value!r}"
    raise TypeError(message)


@to_json.register
def _(value: values.Terms) -> Json:
    found: dict[str, Json] = {"ids": list(value.ids)}
    if value.quantifier:
        found["quantifier"] = value.quantifier
    if value.excluding:
        found["excluding"] = list(value.excluding)
    if value.including:
        found |= {"including": list(value.including), "open": True}
    return found


@to_json.register
def _(value: values.Words) -> Json:
    return list(value.words)


@to_json.register
def _(value: values.Texts) -> Json:
    return list(value.texts)


@to_json.register
def _(value: values.Tags) -> Json:
    return [{"kind": word, "name": text} for word, text in value.tags]


@to_json.register
def _(value: values.Period) -> Json:
    if value.iso_upper is not None:
        return {"duration": value.iso, "bound": RANGE, "upper": value.iso_upper}
    return {"duration": value.iso, "bound": EXACT if value.bound is Bound.EXACT else value.bound.value}


@to_json.register
def _(value: values.Day) -> Json:
    return value.value.isoformat()


@to_json.register
def _(_: values.Flag) -> Json:
    return True


@to_json.register
def _(guard: values.Holds) -> Json:
    return {"fact": guard.fact}


@to_json.register
def _(guard: values.Compared) -> Json:
    found: dict[str, Json] = {"since" if guard.since else "variable": guard.subject}
    found |= {"comparison": guard.comparison.value, "number": guard.number}
    return found | ({"unit": guard.unit.value} if guard.unit else {})


@to_json.register
def _(guard: values.AllOf) -> Json:
    return {"all_of": [to_json(part) for part in guard.parts]}


@to_json.register
def _(guard: values.OneOf) -> Json:
    return {"one_of": [to_json(part) for part in guard.parts]}
