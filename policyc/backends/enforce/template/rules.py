"""Rules."""

from __future__ import annotations

from typing import NamedTuple

from policyc.backends.enforce.template.answers import Reason
from policyc.backends.enforce.template.conditions import _Guard
from policyc.backends.enforce.template.ends import _End

_ALWAYS = _Guard()


class _Rule(NamedTuple):
    """What one statement does with what it covers, under a condition.

    A prohibition and a clock hold unless the condition is false, a permission if it is true. `spared_by` are the
    statements whose permission wins over a prohibition.
    """

    statement: str
    effect: Reason
    guard: _Guard = _ALWAYS
    spared_by: tuple[str, ...] = ()


class _Clock(NamedTuple):
    """How long a statement keeps data, under a condition: when it must be gone, and until when it must be kept."""

    statement: str
    latest: _End | None = None
    duty: _End | None = None
    guard: _Guard = _ALWAYS
