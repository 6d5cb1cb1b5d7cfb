"""The part of `policyc check` that compiles and reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from policyc.cli._compile import findings
from policyc.cli._jobs import remember, run
from policyc.cli._kept import Memory
from policyc.cli._output import exit_code, report
from policyc.cli._paths import Search
from policyc.cli._say import COUNTED, count, is_shown, say, say_laws, summary


def report_all(paths: Sequence[Path], looked: Search, memory: Memory, form: str, least: str) -> int:
    """Print the findings of the files that were found at the paths, down to a level; returns the exit code."""
    done = run(looked.files, memory)
    remember(done, memory)
    unread = [one.error for one in done if one.error]
    found = findings(paths, looked, done, unread)
    shown = [one for one in found if is_shown(one.level.value, least)]
    accepted = sorted((each for one in done for each in one.accepted), key=lambda one: one.finding.order)
    report(shown, accepted, form=form)
    if form in COUNTED:
        before = "\n" if shown else ""
        counted = summary([one.level.value for one in found], len(accepted), least)
        say(f"{before}{count(len(done) - len(unread), 'file')} checked: {counted}\n", err=True)
        say_laws({str(one.found.path): one.laws for one in done})
    return exit_code(found)
