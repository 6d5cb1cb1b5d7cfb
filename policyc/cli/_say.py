"""Prints text, and counts things in it. Imports little: what has nothing to report needs no more."""

from __future__ import annotations

import os
import sys
from typing import Final, NoReturn, TextIO

import click

from policyc.cli import FAILURE

FOUND: Final = 1
"""The exit code where there are errors, or something is left to do."""

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
