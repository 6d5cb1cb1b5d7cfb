"""What a pass returns: a value, unless it could make none, and what it has to say."""

from __future__ import annotations

from typing import Generic, TypeVar

from attrs import frozen

from policyc.diagnostics.code import Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.record import ValueRecord

Value = TypeVar("Value")


@frozen(eq=False, repr=False)
class Outcome(ValueRecord, Generic[Value]):
    """A value or None, and diagnostics. A value beside errors is what could be saved; nothing is built from it."""

    value: Value | None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether any diagnostic is an error."""
        return any(found.level is Level.ERROR for found in self.diagnostics)
