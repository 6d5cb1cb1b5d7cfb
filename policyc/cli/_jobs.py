"""Compiles and builds many files: only those that have changed, and side by side where that pays."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import click
from attrs import evolve, field, frozen

from policyc import backends
from policyc.cli._kept import Kept, Memory
from policyc.cli._output import unreadable
from policyc.cli._paths import Found
from policyc.codes import all_codes
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Accepted, Diagnostic
from policyc.diagnostics.stored import from_data, sources_of, to_data
from policyc.options import Options
from policyc.pipeline import check, compile_path
from policyc.record import ValueRecord
from policyc.resolve.loader import Read, read_limited
from policyc.rules.find import code_of
from policyc.source.digest import file_digest
from policyc.source.text import Source
from policyc.syntax.decode import decode
from policyc.syntax.parser import parser

FILES_PER_PROCESS: Final = 6
"""With fewer, starting another process takes longer than it saves."""


@frozen(eq=False, repr=False)
class Output(ValueRecord):
    """A file to write: the backend that made it, its text, and the hash of the policy that it belongs to."""

    target: str
    path: Path
    text: str
    hash: str


@frozen(eq=False, repr=False)
class Done(ValueRecord):
    """What a file came to: its findings, the outputs of the wanted backends, and all that it was made of.

    `laws` are those whose rules were asked, with why. `kept` are the paths of outputs that are there already, as they
    would be written. `baseline` is the path of the project's baseline, if any. `error` is why the file could not be
    read. `is_recalled`: all this was found by an earlier run.
    """

    found: Found
    diagnostics: tuple[Diagnostic, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    is_policy: bool = False
    outputs: tuple[Output, ...] = ()
    kept: tuple[Path, ...] = ()
    read: Mapping[str, Read] = field(factory=dict)
    laws: tuple[tuple[str, str, bool], ...] = ()
    has_rules: bool = False
    baseline: str = ""
    has_errors: bool = False
    error: Diagnostic | None = None
    is_recalled: bool = False

    @property
    def paths(self) -> tuple[Path, ...]:
        """The places of all outputs."""
        return self.kept + tuple(one.path for one in self.outputs)


def run(files: Sequence[Found], memory: Memory, targets: Sequence[str] = (), folder: Path | None = None) -> list[Done]:
    """What the files came to, in their order; outputs of `targets` are for places below `folder`."""
    make = partial(_make, options=memory.options, targets=targets, folder=folder or Path())
    recalled = ((one, _recalled(one, memory, targets, folder)) for one in files)
    done = {one.path: known for one, known in recalled if known is not None}
    changed = [one for one in files if one.path not in done]
    with _made_of(changed, make) as results:
        done |= {one.found.path: one for one in results}
    return [done[one.path] for one in files]


def remember(done: Iterable[Done], memory: Memory) -> None:
    """Keep what can be used again: policies without errors whose outputs, if there are any, have been written."""
    for one in done:
        shown = sources_of([*one.diagnostics, *(finding for finding, _ in one.accepted)])
        if one.is_recalled or one.has_errors or one.error or not shown <= one.read.keys():
            continue
        read = {each.path: each.digest for each in one.read.values()}
        places = ((str(output.path.absolute()), output) for output in one.outputs)
        written = {where: [each.target, file_digest(where, each.text.encode())] for where, each in places}
        findings = [_to_keep(each, one.read) for each in one.diagnostics]
        accepted = [{**_to_keep(each, one.read), "reason": reason} for each, reason in one.accepted]
        kept = Kept(one.is_policy, findings, accepted, written, one.laws, one.has_rules, one.baseline)
        memory.keep(one.found.path, read, kept)


def _to_keep(found: Diagnostic, read: Mapping[str, Read]) -> Mapping[str, Any]:
    return {"finding": to_data(found), "read": {name: read[name].path for name in sorted(sources_of([found]))}}


# --- from memory -----------------------------------------------------------------------------


def _recalled(found: Found, memory: Memory, targets: Sequence[str], folder: Path | None) -> Done | None:
    kept = memory.recall(found.path)
    if kept is None:
        return None
    there: tuple[Path, ...] = ()
    if folder is not None and kept.is_policy:
        there = _outputs_there(kept.written, memory, targets, folder / found.name)
        if len(there) < len(targets):
            return None
    sources: dict[str, Source] = {}
    try:
        findings = tuple(_finding(one, sources) for one in kept.findings)
        accepted = tuple(Accepted(_finding(one, sources), one["reason"]) for one in kept.accepted)
    except (OSError, LookupError, TypeError, ValueError):
        return None
    laws = tuple((label, reason, is_held) for label, reason, is_held in kept.laws)
    return Done(
        found,
        findings,
        accepted,
        kept.is_policy,
        kept=there,
        laws=laws,
        has_rules=kept.has_rules,
        baseline=kept.baseline,
        is_recalled=True,
    )


def _outputs_there(
    written: Mapping[str, Sequence[str]], memory: Memory, targets: Sequence[str], folder: Path
) -> tuple[Path, ...]:
    """The outputs of the wanted backends in a folder that are there as they were written."""
    here = {Path(path).name: known for path, known in written.items() if Path(path).parent == folder.absolute()}
    as_written = {
        target: folder / name
        for name, (target, digest) in here.items()
        if memory.digest(str(folder.absolute() / name)) == digest
    }
    return tuple(as_written[target] for target in targets if target in as_written)


def _finding(data: Mapping[str, Any], sources: dict[str, Source]) -> Diagnostic:
    for name, path in data["read"].items():
        if name not in sources:
            source = decode(name, read_limited(Path(path)), os.path.realpath(path)).value
            if source is None:
                raise ValueError(name)
            sources[name] = source
    return from_data(data["finding"], _code, sources.__getitem__)


def _code(key: str, what: str, level: Level) -> Code:
    """The code of a key; that of a rule is made anew, as rules are no code of ours."""
    number, _, rule = key.partition("/")
    return code_of(rule, what, level) if rule else _codes()[number]


@cache
def _codes() -> Mapping[str, Code]:
    return {one.number: one for one in all_codes()}


# --- anew ------------------------------------------------------------------------------------


def _make(found: Found, *, options: Options, targets: Sequence[str], folder: Path) -> Done:
    """Compile a file, and make its outputs if it is a policy. Runs in other processes too."""
    try:
        compilation = check(compile_path(found.path), options)
    except OSError as error:
        return Done(found, error=unreadable(str(found.path), error))
    policy = compilation.policy
    outputs: tuple[Output, ...] = ()
    if policy is not None:
        policy = evolve(policy, flaws=_flaws(compilation.diagnostics))
        loaded = ((name, backends.load(name)) for name in targets)
        outputs = tuple(
            Output(name, folder / found.name / one.TARGET, one.build(policy), policy.hash) for name, one in loaded
        )
    return Done(
        found,
        compilation.diagnostics,
        compilation.accepted,
        policy is not None,
        outputs,
        read=compilation.read,
        laws=tuple((one.label, one.reason, one.is_held) for one in compilation.laws),
        has_rules=bool(compilation.rules.rules),
        baseline=compilation.baseline,
        has_errors=compilation.has_errors,
    )


def _flaws(found: Iterable[Diagnostic]) -> tuple[str, ...]:
    """The codes of errors, sorted, each once."""
    return tuple(sorted({one.code.key for one in found if one.level is Level.ERROR}))


@contextmanager
def _made_of(files: Sequence[Found], make: Callable[[Found], Done]) -> Iterator[Iterable[Done]]:
    """What `make` gives for each file, in order; a person who waits for many sees on the terminal how far it got."""
    processes = min(os.cpu_count() or 1, len(files) // FILES_PER_PROCESS)
    hidden = len(files) < FILES_PER_PROCESS or not sys.stderr.isatty()
    if processes > 1:
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - it loads slowly, and few need it

        parser()  # processes that are forked need not make their own
        with ProcessPoolExecutor(processes) as pool:
            results = pool.map(make, files, chunksize=1)
            yield _with_progress(results, len(files), hidden=hidden)
    else:
        yield _with_progress(map(make, files), len(files), hidden=hidden)


def _with_progress(results: Iterable[Done], length: int, *, hidden: bool) -> Iterator[Done]:
    if hidden:
        yield from results
        return
    with click.progressbar(results, length=length, label="compiling", file=sys.stderr) as bar:
        yield from bar
