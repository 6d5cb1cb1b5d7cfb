"""All codes that policyc knows, found by their place."""

from __future__ import annotations

from policyc.diagnostics import codes
from policyc.diagnostics.code import Code
from policyc.discovery import load_from, names_in


def all_codes() -> tuple[Code, ...]:
    """Every code, sorted by number."""
    families = (load_from(codes, name) for name in names_in(codes))
    found = (value for family in families for value in vars(family).values() if isinstance(value, Code))
    return tuple(sorted(found, key=lambda code: code.number))
