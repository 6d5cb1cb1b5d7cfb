"""Compiles the files that a command is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import click
from attrs import frozen

from policyc.cli._output import about, exit_code, no_policy, report, unreadable
from policyc.cli._paths import Found, Search, search
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Policy
from policyc.pipeline import Compilation, compile_path, in_order
from policyc.record import ValueRecord

_Key = tuple[str, int, int, str, str]
"""What two readings of one finding have in common: the file's text, the place, the code and the message."""


class Outcome(Protocol):
    """What a file came to."""

    @property
    def found(self) -> Found:
        """The file."""

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """What is to be said of it, and of what it imports."""

    @property
    def is_policy(self) -> bool:
        """Whether it declares a policy, and has no errors."""

    @property
    def has_rules(self) -> bool:
        """Whether it declares rules."""


@frozen(eq=False, repr=False)
class Compiled(ValueRecord):
    """One file and what it came to."""

    found: Found
    compilation: Compilation

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """What is to be said of it, and of what it imports."""
        return self.compilation.diagnostics

    @property
    def is_policy(self) -> bool:
        """Whether it declares a policy, and has no errors."""
        return self.compilation.policy is not None

    @property
    def has_rules(self) -> bool:
        """Whether it declares rules."""
        return bool(self.compilation.rules.rules)


@frozen(eq=False, repr=False)
class Batch(ValueRecord):
    """Files compiled together. A finding of a module that several policies import is there once."""

    compiled: tuple[Compiled, ...]
    diagnostics: tuple[Diagnostic, ...]


def compile_paths(paths: Sequence[Path]) -> Batch:
    """Everything at the paths. A folder in which nothing is a policy, and nothing is broken, is an error."""
    looked = search(paths)
    unread: list[Diagnostic] = []
    compiled: list[Compiled] = []
    for found in looked.files:
        try:
            compiled.append(Compiled(found, compile_path(found.path)))
        except OSError as error:
            unread.append(unreadable(str(found.path), error))
    return Batch(tuple(compiled), findings(paths, looked, compiled, unread))


def findings(
    paths: Sequence[Path], looked: Search, outcomes: Sequence[Outcome], unread: Sequence[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """All that is to be said of what was looked for at the paths, in order; `unread` is said of files without one."""
    problems = [*map(about, looked.problems), *unread]
    found_in_files = _once(outcomes)
    if not problems and not found_in_files:
        problems += [no_policy(path) for path in paths if path.is_dir() and not _holds_policy(path, outcomes)]
    return in_order((*problems, *found_in_files))


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


def _holds_policy(folder: Path, outcomes: Iterable[Outcome]) -> bool:
    return any(one.found.path.is_relative_to(folder) and (one.is_policy or one.has_rules) for one in outcomes)


def _once(outcomes: Iterable[Outcome]) -> list[Diagnostic]:
    """The findings in all files, none of them twice.

    A module is read again by each policy that imports it, under the name of the import; if it is one of the files
    itself, it is called by its path.
    """
    own: dict[_Key, list[Diagnostic]] = {}
    imported: dict[_Key, Diagnostic] = {}
    for one in outcomes:
        for said in one.diagnostics:
            place, source = said.label.span, said.label.source
            key = (source.text, place.start, place.end, said.code.number, said.message)
            if source.name == str(one.found.path):
                own.setdefault(key, []).append(said)
            else:
                imported.setdefault(key, said)
    return [said for group in own.values() for said in group] + [imported[key] for key in imported if key not in own]
