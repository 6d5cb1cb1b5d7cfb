"""The part of `policyc check` that compiles and reports."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from policyc.cli._compile import findings
from policyc.cli._jobs import Done, remember, run
from policyc.cli._kept import Memory
from policyc.cli._output import exit_code, report
from policyc.cli._paths import Search
from policyc.cli._say import COUNTED, count, is_shown, say, say_laws, summary
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.reports import Beside, visible

if TYPE_CHECKING:
    from policyc.cli._baseline import Baselines


class Run(NamedTuple):
    """What to check: the files that were found at the paths, and what is remembered of them.

    Findings are shown down to the level `least`. `baseline` is the whole path of the baseline that was named, if any.
    """

    paths: Sequence[Path]
    looked: Search
    memory: Memory
    least: str
    baseline: str = ""

    def check(self) -> tuple[list[Done], tuple[Diagnostic, ...]]:
        """What the files came to, and all that is to be said of them."""
        done = run(self.looked.files, self.memory)
        remember(done, self.memory)
        return done, findings(self.paths, self.looked, done, [one.error for one in done if one.error])

    def baselines(self, done: Sequence[Done], found: Sequence[Diagnostic]) -> Baselines | None:
        """The baselines of the run; None if there are none, or nothing is to be known."""
        has_any = self.baseline or any(one.baseline for one in done)
        if not has_any or self.memory.options.no_silence:
            return None
        from policyc.cli._baseline import Baselines  # noqa: PLC0415 - a project without one does not wait for this

        return Baselines(done, found, self.baseline)


def report_all(asked: Run, form: str) -> int:
    """Print the findings; returns the exit code."""
    done, found = asked.check()
    known: tuple[Diagnostic, ...] = ()
    if baselines := asked.baselines(done, found):
        found, known = baselines.sort()
    shown = [one for one in found if is_shown(one.level.value, asked.least)]
    accepted = sorted((each for one in done for each in one.accepted), key=lambda one: one.finding.order)
    read = [one.found.path for one in done if not one.error]
    report(shown, Beside(accepted, known, tuple(map(os.path.realpath, read))), form=form)
    if form in COUNTED:
        before = "\n" if shown else ""
        counted = summary([one.level.value for one in found], len(accepted), asked.least, known=len(known))
        say(f"{before}{count(len(read), 'file')} checked: {counted}\n", err=True)
        say_laws({str(one.found.path): one.laws for one in done})
    return exit_code(found)


def write(asked: Run) -> int:
    """Write what is found to the baselines; returns the exit code, which tells of errors that none can know."""
    done, found = asked.check()
    baselines = asked.baselines(done, found)
    if baselines is None:
        message = 'say where: `--baseline FILE`, or `baseline = "FILE"` in `[tool.policyc]`'
        raise click.UsageError(message)
    if refused := baselines.refused():
        report(refused, err=True)
        say(f"\nnothing written: {summary(one.level.value for one in refused)}\n", err=True)
        return exit_code(refused)
    for one in baselines.write(asked.least):
        say(f"{visible(one.shown)}\n")
        changes = ((one.new, "new"), (one.gone, "gone"))
        told = "".join(f", {number:,} {said}" for number, said in changes if number)
        say(f"{count(one.known, 'finding')} known{told}\n", err=True)
    return 0
