"""Compiles the files that a command is about."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
from attrs import frozen

from policyc.cli._output import exit_code, report, say, unreadable
from policyc.cli._paths import Found, no_policy, search
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Policy
from policyc.pipeline import Compilation, compile_path


@frozen
class Compiled:
    """One file and what it came to."""

    found: Found
    compilation: Compilation


@frozen
class Batch:
    """Files compiled together. A finding of a module that several policies import is there once."""

    compiled: tuple[Compiled, ...]
    diagnostics: tuple[Diagnostic, ...]


def compile_paths(paths: Sequence[Path]) -> Batch:
    """Everything at the paths. A folder in which nothing is a policy, and nothing is broken, is an error."""
    looked = search(paths)
    problems = list(looked.diagnostics)
    compiled: list[Compiled] = []
    for found in _with_progress(looked.files):
        try:
            compiled.append(Compiled(found, compile_path(found.path)))
        except OSError as error:
            problems.append(unreadable(str(found.path), error))
    of_policies = [found for one in compiled for found in one.compilation.diagnostics]
    if not problems and not of_policies:
        problems += [no_policy(path) for path in paths if path.is_dir() and not _holds_policy(path, compiled)]
    return Batch(tuple(compiled), _once((*problems, *of_policies)))


def compile_policy(path: Path, *, broken: int) -> tuple[Compilation, Policy]:
    """The policy of a file. If there is none, says why on standard error and ends the command.

    `broken` is the exit code for a policy with errors.
    """
    batch = compile_paths([path])
    for one in batch.compiled:
        if one.compilation.policy is not None:
            return one.compilation, one.compilation.policy
    found = batch.diagnostics or (no_policy(path),)
    report(found, err=True)
    raise click.exceptions.Exit(max(exit_code(found), broken))


def _holds_policy(folder: Path, compiled: Iterable[Compiled]) -> bool:
    return any(one.found.path.is_relative_to(folder) and one.compilation.policy is not None for one in compiled)


def _once(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Without repetitions; a source that was read twice counts as one."""
    return tuple({(*one.order, one.label.span.end): one for one in found}.values())


def _with_progress(files: Sequence[Found]) -> Iterator[Found]:
    """The files; a person who waits for many sees on the terminal how far it got."""
    shown = len(files) > 1 and sys.stderr.isatty()
    for number, found in enumerate(files, 1):
        if shown:
            say(f"\r\x1b[K{number} of {len(files)}", err=True)
        yield found
    if shown:
        say("\r\x1b[K", err=True)
