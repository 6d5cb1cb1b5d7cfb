"""`policyc build`: writes the page, the manifest and the guard of each policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import click
from attrs import frozen

from policyc import backends
from policyc.cli._compile import Batch, Compiled, compile_paths
from policyc.cli._files import replace_all
from policyc.cli._output import FOUND, about_file, count, exit_code, reason, report, say, summary
from policyc.cli._paths import AT, PATHS, no_policy
from policyc.diagnostics.code import Level
from policyc.diagnostics.codes import tool
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.reports import visible

_FATAL: Final = ("PC0", "PC1", "PC2")
"""Families of codes whose errors `--keep-going` does not pass over: a lost prohibition must not become a guard."""


@frozen
class Output:
    """A file to write: its text, and the hash of the policy that it belongs to."""

    path: Path
    text: str
    hash: str
    source: Path


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
@AT
def command(paths: tuple[Path, ...], folder: Path, targets: tuple[str, ...], *, keep_going: bool, check: bool) -> int:
    """Compile the policies at PATH…, files or folders, into DIR.

    The outputs of one file go to DIR itself, those of a file below a folder to a folder of its name. On errors
    nothing is written.
    """
    batch = compile_paths(paths)
    found = (*batch.diagnostics, *_without_policy(batch))
    if any(_is_fatal(one, keep_going=keep_going) for one in found):
        return _refuse(found)
    outputs = [output for one in batch.compiled for output in _outputs(one, folder, targets or backends.names())]
    clashes = tuple(_clashes(outputs, [one.found.path for one in batch.compiled]))
    if clashes:
        return _refuse((*found, *clashes))
    report(found, err=True)
    if check:
        return _compare(outputs)
    _write(outputs)
    return exit_code(found)


def _refuse(found: Sequence[Diagnostic]) -> int:
    report(found, err=True)
    say(f"\nnothing written: {summary(found)}\n", err=True)
    return exit_code(found)


def _without_policy(batch: Batch) -> Iterator[Diagnostic]:
    """A file that was named to be built has to be a policy; below a folder there may be modules."""
    for one in batch.compiled:
        if one.found.is_named and one.compilation.policy is None and not one.compilation.has_errors:
            yield no_policy(one.found.path)


def _is_fatal(found: Diagnostic, *, keep_going: bool) -> bool:
    return found.level is Level.ERROR and not (keep_going and not found.code.number.startswith(_FATAL))


def _outputs(one: Compiled, folder: Path, targets: Iterable[str]) -> Iterator[Output]:
    policy = one.compilation.policy
    if policy is not None:
        for name in targets:
            backend = backends.load(name)
            yield Output(folder / one.found.name / backend.TARGET, backend.build(policy), policy.hash, one.found.path)


def _clashes(outputs: Sequence[Output], sources: Sequence[Path]) -> Iterator[Diagnostic]:
    """Two policies for one place, or an output in the place of a source."""
    read = {path.resolve() for path in sources}
    first: dict[Path, Output] = {}
    for output in outputs:
        place = output.path.resolve()
        other = first.setdefault(place, output)
        if place in read:
            message, help_ = "the output would replace a source", "choose another folder with `-o`"
            yield about_file(tool.SAME_OUTPUT, str(output.path), message, help_)
        elif other.source != output.source:
            message = f"`{other.source}` and `{output.source}` would both be written here"
            help_ = "build each with its own `-o`, or build the folder that holds both"
            yield about_file(tool.SAME_OUTPUT, str(output.path), message, help_)


def _compare(outputs: Sequence[Output]) -> int:
    found = [
        about_file(tool.STALE_OUTPUT, str(output.path), difference, "run `policyc build`")
        for output in outputs
        if (difference := _difference(output))
    ]
    report(found)
    say(f"{count(len(outputs), 'output')} compared: {len(found)} stale\n", err=True)
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
