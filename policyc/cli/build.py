"""`policyc build`: writes the page, the manifest and the guard of each policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from policyc import backends
from policyc.cli._compile import findings
from policyc.cli._files import replace_all
from policyc.cli._jobs import Done, Output, remember, run
from policyc.cli._kept import NO_CACHE, memory
from policyc.cli._output import about_file, exit_code, no_policy, reason, report, summary
from policyc.cli._paths import AT, PATHS, search
from policyc.cli._say import FOUND, count, say
from policyc.diagnostics.code import Level
from policyc.diagnostics.codes import tool
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.reports import visible

_FATAL: Final = ("PC0", "PC1", "PC2")
"""Families of codes whose errors `--keep-going` does not pass over: a lost prohibition must not become a guard."""


@click.command()
@PATHS
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default="build",
    show_default=True,
    metavar="DIR",
    help="Where to write.",
)
@click.option(
    "--target",
    "targets",
    type=click.Choice(backends.names()),
    multiple=True,
    help="Write only this; may be repeated. Default: all.",
)
@click.option("--keep-going", is_flag=True, help="Pass over errors of checks, never of syntax, names or clauses.")
@click.option("--check", is_flag=True, help="Write nothing; say which outputs are stale.")
@NO_CACHE
@AT
def command(  # noqa: PLR0913 - one for each option
    paths: tuple[Path, ...],
    folder: Path,
    targets: tuple[str, ...],
    *,
    keep_going: bool,
    check: bool,
    no_cache: bool,
) -> int:
    """Compile the policies at PATH…, files or folders, into DIR.

    The outputs of one file go to DIR itself, those of a file below a folder to a folder of its name. On errors
    nothing is written. A policy is not built again while nothing that it is made of has changed, and its outputs
    are as they were written.
    """
    looked, remembered = search(paths), memory(is_used=not no_cache)
    done = run(looked.files, remembered, targets or backends.names(), folder)
    unread = [one.error for one in done if one.error]
    found = (*findings(paths, looked, done, unread), *_without_policy(done))
    if any(_is_fatal(one, keep_going=keep_going) for one in found):
        return _refuse(found)
    clashes = tuple(_clashes(done))
    if clashes:
        return _refuse((*found, *clashes))
    report(found, err=True)
    if check:
        return _compare(done)
    _write([output for one in done for output in one.outputs])
    remember(done, remembered)
    unchanged = sum(one.is_policy and one.is_recalled for one in done)
    if unchanged:
        say(f"{count(unchanged, 'policy', 'policies')} unchanged\n", err=True)
    return exit_code(found)


def _refuse(found: Sequence[Diagnostic]) -> int:
    report(found, err=True)
    say(f"\nnothing written: {summary(found)}\n", err=True)
    return exit_code(found)


def _without_policy(done: Iterable[Done]) -> Iterator[Diagnostic]:
    """A file that was named to be built has to be a policy; below a folder there may be modules."""
    for one in done:
        if one.found.is_named and not one.is_policy and not one.has_errors and not one.error:
            yield no_policy(one.found.path)


def _is_fatal(found: Diagnostic, *, keep_going: bool) -> bool:
    return found.level is Level.ERROR and not (keep_going and not found.code.number.startswith(_FATAL))


def _clashes(done: Sequence[Done]) -> Iterator[Diagnostic]:
    """Two policies for one place, or an output in the place of a source."""
    read = {one.found.path.resolve() for one in done}
    first: dict[Path, Path] = {}
    for source, path in ((one.found.path, path) for one in done for path in one.paths):
        place = path.resolve()
        other = first.setdefault(place, source)
        if place in read:
            message, help_ = "the output would replace a source", "choose another folder with `-o`"
            yield about_file(tool.SAME_OUTPUT, str(path), message, help_)
        elif other != source:
            message = f"`{other}` and `{source}` would both be written here"
            help_ = "build each with its own `-o`, or build the folder that holds both"
            yield about_file(tool.SAME_OUTPUT, str(path), message, help_)


def _compare(done: Sequence[Done]) -> int:
    found = [
        about_file(tool.STALE_OUTPUT, str(output.path), difference, "run `policyc build`")
        for one in done
        for output in one.outputs
        if (difference := _difference(output))
    ]
    report(found)
    compared = sum(len(one.paths) for one in done)
    say(f"{count(compared, 'output')} compared: {len(found)} stale\n", err=True)
    return FOUND if found else 0


def _difference(output: Output) -> str | None:
    """How an output differs from what is there; None if it does not."""
    try:
        there = output.path.read_bytes()
    except OSError as error:
        return f"the output cannot be read: {reason(error)}"
    if there == output.text.encode():
        return None
    if output.hash.encode() in there:
        return "the output is of the same policy, but was changed, or made by another version of policyc"
    return "the output is of another policy, or of another version of it"


def _write(outputs: Sequence[Output]) -> None:
    try:
        replace_all({output.path: output.text for output in outputs})
    except OSError as error:
        where = visible(str(error.filename or ""))
        message = f"nothing written: {where}: {reason(error)}"
        raise click.ClickException(message) from error
    for output in outputs:
        say(f"{visible(str(output.path))}\n")
