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
from policyc.pipeline import Compilation, compile_path, in_order

_Key = tuple[str, int, int, str, str]
"""What two readings of one finding have in common: the file's text, the place, the code and the message."""


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
    found_in_files = _once(compiled)
    if not problems and not found_in_files:
        problems += [no_policy(path) for path in paths if path.is_dir() and not _holds_policy(path, compiled)]
    return Batch(tuple(compiled), in_order((*problems, *found_in_files)))


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


def _once(compiled: Iterable[Compiled]) -> list[Diagnostic]:
    """The findings in all files, none of them twice.

    A module is read again by each policy that imports it, under the name of the import; if it is one of the files
    itself, it is called by its path.
    """
    own: dict[_Key, list[Diagnostic]] = {}
    imported: dict[_Key, Diagnostic] = {}
    for one in compiled:
        for said in one.compilation.diagnostics:
            place, source = said.label.span, said.label.source
            key = (source.text, place.start, place.end, said.code.number, said.message)
            if source.name == str(one.found.path):
                own.setdefault(key, []).append(said)
            else:
                imported.setdefault(key, said)
    return [said for group in own.values() for said in group] + [imported[key] for key in imported if key not in own]


def _with_progress(files: Sequence[Found]) -> Iterator[Found]:
    """The files; a person who waits for many sees on the terminal how far it got."""
    shown = len(files) > 1 and sys.stderr.isatty()
    for number, found in enumerate(files, 1):
        if shown:
            say(f"\r\x1b[K{number} of {len(files)}", err=True)
        yield found
    if shown:
        say("\r\x1b[K", err=True)
