"""`policyc check`: all findings."""

from __future__ import annotations

from pathlib import Path

import click

from policyc import reports
from policyc.cli._compile import compile_paths
from policyc.cli._output import count, exit_code, report, say, summary
from policyc.cli._paths import AT, PATHS


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
@AT
def command(paths: tuple[Path, ...], form: str) -> int:
    """Print all findings of the policies at PATH…, files or folders.

    Exits 1 if there are errors.
    """
    batch = compile_paths(paths)
    report(batch.diagnostics, form=form)
    if form == "text":
        before = "\n" if batch.diagnostics else ""
        say(f"{before}{count(len(batch.compiled), 'file')} checked: {summary(batch.diagnostics)}\n", err=True)
    return exit_code(batch.diagnostics)
