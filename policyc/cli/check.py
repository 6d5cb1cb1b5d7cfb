"""`policyc check`: all findings."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from policyc import reports
from policyc.cli._kept import NO_CACHE, Memory, memory
from policyc.cli._paths import AT, PATHS, Search, search
from policyc.cli._say import COUNTED, count, say


@click.command()
@PATHS
@click.option(
    "--format",
    "form",
    type=click.Choice(reports.names()),
    default="text",
    show_default=True,
    help="How to print findings.",
)
@NO_CACHE
@AT
def command(paths: tuple[Path, ...], form: str, *, no_cache: bool) -> int:
    """Print all findings of the policies at PATH…, files or folders.

    Exits 1 if there are errors.
    """
    looked, remembered = search(paths), memory(is_used=not no_cache)
    if form in COUNTED and _is_known_clean(paths, looked, remembered):
        say(f"{count(len(looked.files), 'file')} checked: no findings\n", err=True)
        return 0
    # The compiler is loaded only where there is something to compile or to report.
    checked: int = import_module("policyc.cli._checked").report_all(paths, looked, remembered, form)
    return checked


def _is_known_clean(paths: tuple[Path, ...], looked: Search, remembered: Memory) -> bool:
    """Whether nothing has changed since nothing was found."""
    known = {found.path: remembered.recall(found.path) for found in looked.files}
    if looked.problems or any(one is None or one.findings for one in known.values()):
        return False
    policies = [path for path, one in known.items() if one and one.is_policy]
    return all(any(one.is_relative_to(path) for one in policies) for path in paths if path.is_dir())
