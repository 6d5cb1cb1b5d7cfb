"""Finds commands, backends and reports by their place: a file in the right folder is all that it takes."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType


@cache
def names_in(package: ModuleType) -> tuple[str, ...]:
    """The names of a package's modules and packages, sorted; those with a leading underscore are its own."""
    names = (found.name for found in pkgutil.iter_modules(package.__path__))
    return tuple(sorted(name for name in names if not name.startswith("_")))


def load_from(package: ModuleType, name: str) -> ModuleType:
    """The module of a name that `names_in` gave. It is imported now, so that what is not asked for costs nothing."""
    return importlib.import_module(f"{package.__name__}.{name}")
