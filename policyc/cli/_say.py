"""Prints text, and counts things in it. Imports little: what has nothing to report needs no more."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NoReturn, TextIO

import click

from policyc.cli import FAILURE

FOUND: Final = 1
"""The exit code where there are errors, or something is left to do."""

LEVELS: Final = ("error", "warning", "info")
"""The levels of findings, the gravest first."""

_NOUNS: Final = dict(zip(LEVELS, ("error", "warning", "hint"), strict=True))

COUNTED: Final = ("text", "github")
"""The formats that people read, if only in a log: what was checked is counted beside them."""


def say(text: str, *, err: bool = False) -> None:
    """Print text as it is; it brings its own newlines."""
    try:
        click.echo(text, nl=False, err=err)
    except BrokenPipeError:
        _let_go(sys.stderr if err else sys.stdout)


def _let_go(stream: TextIO) -> NoReturn:
    """End quietly when nobody reads on. Python flushes once more at its end, and that has to go somewhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    raise click.exceptions.Exit(FAILURE)


def count(number: int, noun: str, nouns: str | None = None) -> str:
    """A number with its noun: "1 error", "2 errors"; `nouns` is the plural where it takes more than an s."""
    return f"{number} {noun}" if number == 1 else f"{number:,} {nouns or f'{noun}s'}"


def is_shown(level: str, least: str) -> bool:
    """Whether findings of a level are shown, if `least` is the least one that is."""
    return LEVELS.index(level) <= LEVELS.index(least)


def summary(levels: Iterable[str], accepted: int = 0, least: str = LEVELS[-1], *, known: int = 0) -> str:
    """How many findings of each level there are: "2 errors, 3 accepted, 5 known; 12 hints not shown: --level info"."""
    found = list(levels)
    shown, hidden = ([one for one in LEVELS if is_shown(one, least) is wanted] for wanted in (True, False))
    left_out = _counted(found, hidden)
    counted = _counted(found, shown) or ([f"no {_NOUNS[one]}s" for one in shown] if left_out else ["no findings"])
    beside = ((accepted, "accepted"), (known, "known"))
    told = ", ".join([*counted, *(f"{number:,} {said}" for number, said in beside if number)])
    if not left_out:
        return told
    wanted = next(one for one in reversed(hidden) if one in found)
    return f"{told}; {', '.join(left_out)} not shown: --level {wanted}"


def _counted(found: Sequence[str], levels: Iterable[str]) -> list[str]:
    return [count(found.count(one), _NOUNS[one]) for one in levels if one in found]


def say_laws(laws: Mapping[str, Sequence[tuple[str, str, bool]]]) -> None:
    """Which laws policies were held against: of one policy why, of several how many there are for each.

    `laws` has for each policy what readers call a law, why it holds, and false for one that was asked for and does not.
    """
    asked = [one for one in laws.values() if one]
    if len(asked) == 1:
        for label, reason, is_held in asked[0]:
            say(f"{'held' if is_held else 'not held'} against {label}: {reason}\n", err=True)
        return
    counts = Counter(label for one in asked for label, _, is_held in one if is_held)
    for label, number in counts.items():
        say(f"held against {label}: {count(number, 'policy', 'policies')}\n", err=True)
