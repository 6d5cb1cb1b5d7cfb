"""Backends: from the resolved policy to the text of one output file.

Each is a module or a package here, with `TARGET`, the name of the file that it makes, and `build`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol, cast

from policyc.discovery import load_from, names_in

if TYPE_CHECKING:
    from policyc.model.policy import Policy


class Backend(Protocol):
    """What a backend offers."""

    TARGET: str

    def build(self, policy: Policy) -> str:
        """The whole text of the output file."""


def names() -> tuple[str, ...]:
    """The names of all backends, sorted."""
    return names_in(sys.modules[__name__])


def load(name: str) -> Backend:
    """The backend of a name that `names` gave."""
    return cast("Backend", load_from(sys.modules[__name__], name))
