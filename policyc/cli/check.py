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
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Leave out findings that FILE knows. Default: what `[tool.policyc]` names.",
)
@click.option("--write-baseline", is_flag=True, help="Write what is found to the baseline, and show nothing.")
@LAWS
@click.option("--no-silence", is_flag=True, help="Accept nothing, know nothing, and lower no level.")
@NO_CACHE
@AT
def command(  # noqa: PLR0913 - one for each option
    paths: tuple[Path, ...],
    form: str,
    least: str,
    baseline: Path | None,
    laws: tuple[str, ...],
    *,
    write_baseline: bool,
    no_silence: bool,
    no_cache: bool,
    at: date | None,
) -> int:
    """Print the findings of the policies at PATH…, files or folders.

    What statements `accept` is counted, what a baseline knows, and findings below the level that is shown. Which laws
    the policies were held against, and why, is said below. Exits 1 if there are errors.
    """
    if write_baseline and no_silence:
        message = "with --no-silence nothing is known: leave it out to write a baseline"
        raise click.UsageError(message)
    looked, remembered = search(paths), memory(Options(at, no_silence, laws), is_used=not no_cache)
    is_plain = form in COUNTED and not write_baseline and (no_silence or not baseline)
    known = _known(paths, looked, remembered, least) if is_plain else None
    if known is not None:
        say(f"{count(len(looked.files), 'file')} checked: {known}\n", err=True)
        say_laws({str(path): one.laws for path, one in remembered.recalled.items() if one})
        return 0
    # The compiler is loaded only where there is something to compile or to report.
    checked = import_module("policyc.cli._checked")
    named = str(baseline.absolute()) if baseline and not no_silence else ""
    run = checked.Run(paths, looked, remembered, least, named)
    code: int = checked.write(run) if write_baseline else checked.report_all(run, form)
    return code


def _known(paths: tuple[Path, ...], looked: Search, remembered: Memory, least: str) -> str | None:
    """The summary, if nothing has changed since nothing was found that would be shown."""
    kept = {found.path: remembered.recall(found.path) for found in looked.files}
    policies = [path for path, one in kept.items() if one and one.is_policy]
    folders = [path for path in paths if path.is_dir()]
    if looked.problems or not all(any(one.is_relative_to(path) for one in policies) for path in folders):
        return None
    if not remembered.options.no_silence and any(one and one.baseline for one in kept.values()):
        return None
    levels: list[str] = []
    for path, one in kept.items():
        found = one.levels_in(str(path)) if one else None
        if found is None or any(is_shown(level, least) for level in found):
            return None
        levels += found
    return summary(levels, sum(len(one.accepted) for one in kept.values() if one), least)
