"""Finds the grammar and the standard library, in an installed wheel or in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SUFFIX: Final = ".policy"
"""How the names of policy files end."""

_PACKAGE: Final = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The folder `name` ("grammar", "stdlib"): the wheel's copy if there is one, else the checkout's."""
    packed = _PACKAGE / "_resources" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name
