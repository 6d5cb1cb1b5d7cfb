"""Checks: what is wrong with a policy whose every sentence can be read.

Each check is a file here with a `check`, and the codes that it finds. They are found by their place.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Protocol, cast

from policyc.checks._view import View
from policyc.discovery import load_from, names_in

if TYPE_CHECKING:
    from policyc.diagnostics.diagnostic import Diagnostic
    from policyc.model.policy import Policy

__all__ = ["Check", "find", "load", "names"]


class Check(Protocol):
    """What a check offers."""

    def check(self, view: View) -> Iterator[Diagnostic]:
        """All that the check finds in a policy."""


def names() -> tuple[str, ...]:
    """The names of all checks, sorted."""
    return names_in(sys.modules[__name__])


def load(name: str) -> Check:
    """The check of a name that `names` gave."""
    return cast("Check", load_from(sys.modules[__name__], name))


def find(policy: Policy, at: date | None = None) -> tuple[Diagnostic, ...]:
    """What all checks find. Laws are judged as of `at`, or else of the policy's own date."""
    return find_in(View(policy, at))


def find_in(view: View) -> tuple[Diagnostic, ...]:
    """What all checks find in a policy that rules are going to look at too."""
    return tuple(found for name in names() for found in load(name).check(view))
