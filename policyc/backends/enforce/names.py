"""Names of Python for names of a policy: the members of the guard's enumerations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_UNSAFE: Final = re.compile(r"[^A-Z0-9]+")
_CHECKED: Final = re.compile(r"[a-z0-9_.:]+")


def checked(name: str) -> str:
    """The name, if it is made of the characters that names of a policy have; it may then stand in code."""
    if not _CHECKED.fullmatch(name):
        message = f"no name of a policy: {name!r}"
        raise ValueError(message)
    return name


def members(names: Iterable[str]) -> dict[str, str]:
    """Each name with its member: `email_address` with `EMAIL_ADDRESS`, `other:X` with `OTHER_X`.

    Capitals are no keyword and no attribute of `str` or `Enum`. Where two names would be one member,
    the later one in alphabetical order takes a number.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(set(names)):
        plain = _member(checked(name))
        member, number = plain, 2
        while member in taken:
            member, number = f"{plain}_{number}", number + 1
        taken.add(member)
        found[name] = member
    return found


def _member(name: str) -> str:
    """A name in capitals; Python keeps names that begin with `_` to itself, and none begins with a digit."""
    capitals = _UNSAFE.sub("_", name.upper()).strip("_")
    return capitals if capitals[:1].isalpha() else f"N_{capitals}"
