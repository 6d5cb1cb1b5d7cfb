"""What commands print: findings and files on standard output, all else on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import Final, NoReturn, TextIO

import click

from policyc import reports
from policyc.cli import FAILURE
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.codes import tool
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.source.text import Source, Span

FOUND: Final = 1
"""The exit code where there are errors, or something is left to do."""


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


def report(found: Sequence[Diagnostic], *, form: str = "text", err: bool = False) -> None:
    """Print findings in a format; in colour where a person sees it and did not say otherwise."""
    stream = sys.stderr if err else sys.stdout
    color = stream.isatty() and not os.environ.get("NO_COLOR")
    say(reports.load(form).render(found, color=color), err=err)


def exit_code(found: Iterable[Diagnostic]) -> int:
    """2 if a file could not be read or found, 1 if there is another error, else 0."""
    errors = [one for one in found if one.level is Level.ERROR]
    if any(one.code in (tool.UNREADABLE, tool.NO_POLICY, tool.SAME_OUTPUT) for one in errors):
        return FAILURE
    return FOUND if errors else 0


def about_file(code: Code, name: str, message: str, help_: str | None = None) -> Diagnostic:
    """A finding about a file or folder as a whole."""
    return Diagnostic.at(code, Source(name, ""), Span(0, 0), message, help=help_)


def unreadable(name: str, error: OSError) -> Diagnostic:
    """A file that the system does not let be read."""
    return about_file(tool.UNREADABLE, name, f"the file cannot be read: {reason(error)}")


def reason(error: OSError) -> str:
    """What the system says, in a message's lower case."""
    said = error.strerror or str(error)
    return said[:1].lower() + said[1:]


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 error", "2 errors"."""
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"


def summary(found: Sequence[Diagnostic]) -> str:
    """How many findings there are of each level: "2 errors, 1 warning"; "no findings"."""
    names = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "hint"}
    counted = [(sum(one.level is level for one in found), noun) for level, noun in names.items()]
    return ", ".join(count(number, noun) for number, noun in counted if number) or "no findings"
