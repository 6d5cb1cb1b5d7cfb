"""`policyc check`: all findings."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path

import click

from policyc import reports
from policyc.cli._kept import NO_CACHE, Memory, memory
from policyc.cli._paths import AT, LAWS, PATHS, Search, search
from policyc.cli._say import COUNTED, LEVELS, count, is_shown, say, say_laws, summary
from policyc.options import Options


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
@click.option(
    "--level",
    "least",
    type=click.Choice(LEVELS),
    default="warning",
    show_default=True,
    help="The least level that is shown.",
)
@LAWS
@click.option("--no-silence", is_flag=True, help="Accept nothing, and lower no level.")
@NO_CACHE
@AT
def command(  # noqa: PLR0913 - one for each option
    paths: tuple[Path, ...],
    form: str,
    least: str,
    laws: tuple[str, ...],
    *,
    no_silence: bool,
    no_cache: bool,
    at: date | None,
) -> int:
    """Print the findings of the policies at PATH…, files or folders.

    What statements `accept` is counted, and so are findings below the level that is shown. Which laws the policies were
    held against, and why, is said below. Exits 1 if there are errors.
    """
    looked, remembered = search(paths), memory(Options(at, no_silence, laws), is_used=not no_cache)
    known = _known(paths, looked, remembered, least) if form in COUNTED else None
    if known is not None:
        say(f"{count(len(looked.files), 'file')} checked: {known}\n", err=True)
        say_laws({str(path): one.laws for path, one in remembered.recalled.items() if one})
        return 0
    # The compiler is loaded only where there is something to compile or to report.
    checked: int = import_module("policyc.cli._checked").report_all(paths, looked, remembered, form, least)
    return checked


def _known(paths: tuple[Path, ...], looked: Search, remembered: Memory, least: str) -> str | None:
    """The summary, if nothing has changed since nothing was found that would be shown."""
    kept = {found.path: remembered.recall(found.path) for found in looked.files}
    policies = [path for path, one in kept.items() if one and one.is_policy]
    folders = [path for path in paths if path.is_dir()]
    if looked.problems or not all(any(one.is_relative_to(path) for one in policies) for path in folders):
        return None
    levels: list[str] = []
    for path, one in kept.items():
        found = one.levels_in(str(path)) if one else None
        if found is None or any(is_shown(level, least) for level in found):
            return None
        levels += found
    return summary(levels, sum(len(one.accepted) for one in kept.values() if one), least)
