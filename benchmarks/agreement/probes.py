"""Wrong calls of a guard: each must raise. And what a guard remembers. About the policy that has every rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from types import ModuleType
from typing import Any, Final
from unittest.mock import patch

_NAIVE: Final = datetime(2024, 1, 1)  # noqa: DTZ001 - without a time zone on purpose

UNKNOWN: Final[dict[str, dict[str, Any]]] = {
    "a verb that is none": {"verb": "sell"},
    "a verb that nobody asks for": {"verb": "delete"},
    "data that is none": {"data": "emial"},
    "data that is left out": {"data": None},
    "data that is empty": {"data": ""},
    "a purpose as data": {"data": "ads"},
    "a purpose with others below it as data": {"data": "business"},
    "unlisted members of what has none": {"data": "other:contact"},
    "a purpose that is none": {"purpose": "adds"},
    "a recipient that is none": {"recipient": "partner"},
    "a recipient where there is none, that is none": {"verb": "use", "recipient": "partner"},
    "a way that is none": {"way": "gift"},
    "a way that is data": {"way": "contact"},
    "a state that is none": {"state": "hidden"},
    "a place as a surface": {"surface": "town"},
    "means that are none": {"means": "magic"},
    "people that are none": {"subject": "adult"},
    "a place that is none": {"place": "everywhere"},
    "a location that is none": {"location": "server_c"},
    "a source that is none": {"source": "adult"},
    "an actor that is none": {"actor": "hosts_2"},
    "an empty role": {"on_behalf_of": ""},
    "a fact that is none": {"facts": {"agred": True}},
    "a fact for a purpose that is none": {"facts": {("paused", "adds"): True}},
    "a fact for a purpose, that is not known per purpose": {"facts": {("agreed", "ads"): True}},
    "a fact for no purpose, that is known per purpose": {"facts": {("paused", None): True}},
    "a fact for a recipient, that is not known per recipient": {"facts": {("paused", "ads", "partners"): True}},
    "a fact for a recipient that is none": {"facts": {("trusted", None, "partner"): True}},
    "a fact for nobody": {"facts": {("consent_given", "ads", None): True}},
    "a fact for too many": {"facts": {("consent_given", "ads", "partners", "partners"): True}},
    "a fact that is neither true nor false": {"facts": {"agreed": "yes"}},
    "a fact that is unknown": {"facts": {"agreed": None}},
    "a fact that is a number": {"facts": {"agreed": 1}},
    "a number that is true": {"facts": {"age": True}},
    "a number that is text": {"facts": {"age": "18"}},
    "a number for a purpose": {"facts": {("age", "ads"): 18}},
    "consent to nothing": {"consents": {None: True}},
    "consent to data": {"consents": {"contact": True}},
    "consent to share with nobody": {"consents": {("ads", "partner"): True}},
    "consent that is text": {"consents": {"ads": "no"}},
    "an objection to what is none": {"objections": {"adds": False}},
    "an event that is none": {"events": {"leaving": None}},
}
"""Calls that raise UnknownTerm."""

NAIVE: Final[dict[str, dict[str, Any]]] = {
    "now without a time zone": {"now": _NAIVE},
    "an event without a time zone": {"events": {"joined": _NAIVE}, "now": datetime(2024, 1, 1, tzinfo=UTC)},
}
"""Calls that raise ValueError."""


def accepted(guard: ModuleType) -> Iterator[str]:
    """The wrong calls that a guard answers, though it remembers the answer to what is right in them."""
    guard.decide("share", "email")
    for name, arguments in (UNKNOWN | NAIVE).items():
        try:
            guard.decide(**({"verb": "share", "data": "email"} | arguments))
        except guard.UnknownTerm:
            wrong = name in NAIVE
        except ValueError:
            wrong = name in UNKNOWN
        else:
            wrong = True
        if wrong:
            yield name


def forgets(guard: ModuleType) -> bool:
    """Whether a guard remembers answers to what was asked with few consents, and then forgets them."""
    sizes = []
    guard._ANSWERS.clear()  # noqa: SLF001 - nothing else shows it
    with patch.object(guard, "_MOST", 2), patch.object(guard, "_FEW", 1):
        for verb in ("use", "share", "store", "keep"):
            for consents in ({}, {"ads": True}, {"ads": True, "chat": True}):
                guard.decide(verb, "email", consents=consents)
                sizes.append(len(guard._ANSWERS))  # noqa: SLF001
    return sizes == [1, 2, 2] * 4
