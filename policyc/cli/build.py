"""`policyc build`: writes the page, the manifest and the guard of each policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import click

from policyc import backends
from policyc.cli._compile import findings
from policyc.cli._files import replace_all
from policyc.cli._jobs import Done, Output, remember, run
from policyc.cli._kept import NO_CACHE, memory
from policyc.cli._output import about_file, exit_code, no_policy, reason, report
from policyc.cli._paths import AT, PATHS, search
from policyc.cli._say import FOUND, count, is_shown, say, summary
from policyc.diagnostics.code import Level
from policyc.diagnostics.codes import tool
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.options import Options
from policyc.reports import visible

_FATAL: Final = ("PC0", "PC1", "PC2")
"""Families of codes whose errors `--keep-going` does not pass over: a lost prohibition must not become a guard."""

_SHOWN: Final = "warning"
"""The least level that is shown: hints are what `policyc check` is for."""


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
    at: date | None,
) -> int:
    """Compile the policies at PATH…, files or folders, into DIR.

    The outputs of one file go to DIR itself, those of a file below a folder to a folder of its name. On errors
    nothing is written. A policy is not built again while nothing that it is made of has changed, and its outputs
    are as they were written. With --keep-going, outputs of a policy with errors say so, and its guard refuses to load.
    """
    looked, remembered = search(paths), memory(Options(at), is_used=not no_cache)
    done = run(looked.files, remembered, targets or backends.names(), folder)
    unread = [one.error for one in done if one.error]
    everything = (*findings(paths, looked, done, unread), *_without_policy(done))
    found, known = _counting(done, everything)
    found = tuple(one for one in found if is_shown(one.level.value, _SHOWN))
    found += tuple(_clashes(done)) if not _stops(found, keep_going=keep_going) else ()
    if found:
        report(found, err=True)
        say("\n", err=True)
    if _stops(found, keep_going=keep_going):
        verb = "compared" if check else "written"
        say(f"nothing {verb}: {summary(one.level.value for one in found)}\n", err=True)
        return exit_code(found)
    if check:
        return _compare(done) or exit_code(found)
    _write([output for one in done for output in one.outputs])
    remember(done, remembered)
    _count(done, known)
    return exit_code(found)


def _counting(done: Sequence[Done], found: tuple[Diagnostic, ...]) -> tuple[tuple[Diagnostic, ...], int]:
    """Findings that count, and how many do not: a baseline knows them, and they are no errors."""
    if not any(one.baseline for one in done):
        return found, 0
    from policyc.cli._baseline import Baselines  # noqa: PLC0415 - a project without one does not wait for this

    counting, known = Baselines(done, found).sort(is_build=True)
    return counting, sum(is_shown(one.level.value, _SHOWN) for one in known)


def _count(done: Sequence[Done], known: int) -> None:
    """Say how many policies did not have to be built, how many should not have been, and what is known of them."""
    unchanged = sum(one.is_policy and one.is_recalled for one in done)
    if unchanged:
        say(f"{count(unchanged, 'policy', 'policies')} unchanged\n", err=True)
    flawed = sum(one.is_policy and one.has_errors for one in done)
    if flawed:
        say(f"{count(flawed, 'policy', 'policies')} built with errors: not to be published\n", err=True)
    if known:
        say(f"{count(known, 'finding')} known\n", err=True)


def _without_policy(done: Iterable[Done]) -> Iterator[Diagnostic]:
    """A file that was named to be built has to be a policy; below a folder there may be modules."""
    for one in done:
        if one.found.is_named and not one.is_policy and not one.has_errors and not one.error:
            yield no_policy(one.found.path)


def _stops(found: Iterable[Diagnostic], *, keep_going: bool) -> bool:
    """Whether there is an error that is not passed over."""
    errors = [one for one in found if one.level is Level.ERROR]
    return any(not keep_going or one.code.number.startswith(_FATAL) for one in errors)


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
    stale = [{output.path: said for output in one.outputs if (said := _difference(output))} for one in done]
    report([found for one, differences in zip(done, stale, strict=True) for found in _stale(one, differences)])
    compared = sum(len(one.paths) for one in done)
    before = "\n" if any(stale) else ""
    say(f"{before}{count(compared, 'output')} compared: {sum(map(len, stale))} stale\n", err=True)
    return FOUND if any(stale) else 0


def _stale(one: Done, differences: Mapping[Path, Difference]) -> Iterator[Diagnostic]:
    """What is to be said of a policy's outputs: once, if all of them are stale."""
    help_ = "run `policyc build`"
    if 1 < len(differences) == len(one.paths):
        folder = next(iter(differences)).parent
        told = {difference.of_all for difference in differences.values()}
        message = told.pop() if len(told) == 1 else "no output is what the policy comes to"
        yield about_file(tool.STALE_OUTPUT, str(folder), message, help_)
        return
    for path, difference in differences.items():
        yield about_file(tool.STALE_OUTPUT, str(path), difference.of_one, help_)


class Difference(NamedTuple):
    """How an output differs from what is there, and how all of a policy do."""

    of_one: str
    of_all: str


_CHANGED: Final = Difference(
    "the output is of the same policy, but was changed, or made by another version of policyc",
    "all outputs are of the same policy, but were changed, or made by another version of policyc",
)
_OTHER: Final = Difference(
    "the output is of another policy, or of another version of it",
    "all outputs are of another policy, or of another version of it",
)


def _difference(output: Output) -> Difference | None:
    """How an output differs from what is there; None if it does not."""
    try:
        there = output.path.read_bytes()
    except OSError as error:
        return Difference(f"the output cannot be read: {reason(error)}", f"no output can be read: {reason(error)}")
    if there == output.text.encode():
        return None
    return _CHANGED if output.hash.encode() in there else _OTHER


def _write(outputs: Sequence[Output]) -> None:
    try:
        replace_all({output.path: output.text for output in outputs})
    except OSError as error:
        where = visible(str(error.filename or ""))
        message = f"nothing written: {where}: {reason(error)}"
        raise click.ClickException(message) from error
    for output in outputs:
        say(f"{visible(str(output.path))}\n")
