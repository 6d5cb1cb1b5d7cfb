"""Names and texts of a policy as Python: nothing that an author writes gets out of its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_UNSAFE: Final = re.compile(r"[^A-Z0-9]+")
_PLAIN: Final = re.compile(r"[A-Za-z0-9_.:#-]*")


def literal(name: str | None) -> str:
    """A name as a literal."""
    return f'"{name}"' if name is not None and _PLAIN.fullmatch(name) else repr(name)


def docstring(text: str) -> str:
    """A text as a docstring of one line. Quotes and backslashes are escaped, and so is what cannot be seen."""
    words = " ".join(text.split())
    return '"""' + "".join(_shown(letter) for letter in words) + '"""'


def _shown(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    return letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")


def members(names: Iterable[str]) -> dict[str, str]:
    """Each name with its member: `email_address` with `EMAIL_ADDRESS`, `other:X` with `OTHER_X`.

    Capitals are no keyword and no attribute of `str` or `Enum`. Where two names would make one member, the later one
    in alphabetical order takes a number.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(set(names)):
        plain = _member(name)
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
