"""Addresses that a reader can open or write to."""

from __future__ import annotations

from typing import Final

from policyc.model.policy import Fields, Policy, texts_of
from policyc.sentences.parts import Address

SCHEMES: Final = {"email": "mailto:", "url": "", "phone": "tel:", "postal": None}
"""The fields that hold addresses → what opens them (None: nothing does)."""


def addresses(fields: Fields) -> tuple[Address, ...]:
    """All addresses among the clauses of a declaration."""
    return tuple(Address(text, scheme) for field, scheme in SCHEMES.items() for text in texts_of(fields, field))


def address_of(policy: Policy, name: str) -> Address | None:
    """The first address of a channel."""
    found = addresses(policy.terms[name].fields)
    return found[0] if found else None
