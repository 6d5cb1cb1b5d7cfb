"""Answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class UnknownTerm(ValueError):  # noqa: N818 - what it is about says more than that it is an error
    """A name that this policy does not have, or something that cannot be said of it. Nothing was decided."""


class Reason(str, Enum):
    """Why an act is allowed or denied."""

    PERMITTED = "permitted"
    """A permission covers it, and nothing speaks against it."""
    FORBIDDEN = "forbidden"
    """A prohibition covers it."""
    EXPIRED = "expired"
    """The data may no longer be there, or it is not known that it may."""
    SILENCE = "silence"
    """No statement allows it."""


@dataclass(frozen=True)
class Decision:
    """The answer to a question. It is true where the act is allowed: `if decide(…):`.

    `statements` are the ids of the statements that made it, sorted: anchors of the page, keys of the manifest.
    """

    allowed: bool
    statements: tuple[str, ...]
    reason: Reason

    def __bool__(self) -> bool:
        """Whether the act is allowed."""
        return self.allowed
