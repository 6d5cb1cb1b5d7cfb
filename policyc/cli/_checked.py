"""The part of `policyc check` that compiles and reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from policyc.cli._compile import findings
from policyc.cli._jobs import remember, run
from policyc.cli._kept import Memory
from policyc.cli._output import exit_code, report, summary
from policyc.cli._paths import Search
from policyc.cli._say import COUNTED, count, say


def report_all(paths: Sequence[Path], looked: Search, memory: Memory, form: str) -> int:
    """Print the findings of the files that were found at the paths; returns the exit code."""
    done = run(looked.files, memory)
    remember(done, memory)
    unread = [one.error for one in done if one.error]
    found = findings(paths, looked, done, unread)
    report(found, form=form)
    if form in COUNTED:
        before = "\n" if found else ""
        say(f"{before}{count(len(done) - len(unread), 'file')} checked: {summary(found)}\n", err=True)
    return exit_code(found)
