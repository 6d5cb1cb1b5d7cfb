"""The command line: one file a command, found by its place and loaded when it is called for.

Only here is anything printed or written, and only here does the process end. Exit codes: 0, no errors;
1, findings at error level, or something to do with `--check`; 2, wrong usage, an unreadable file, or a
failure of policyc itself.
"""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper
from typing import Final, cast

import click

from policyc.discovery import load_from, names_in
from policyc.version import __version__

FAILURE: Final = 2
"""The exit code where policyc could not do what it was asked."""

_THIS: Final = sys.modules[__name__]


class Program(click.Group):
    """Loads a command's file when the command is called for, so that `--version` waits for none."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's interface
        """The commands, sorted."""
        return list(names_in(_THIS))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None if there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        return cast("click.Command", load_from(_THIS, cmd_name).command)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="policyc", message="%(prog)s %(version)s")
def program() -> None:
    """Compile privacy policies: one source for the page, the manifest and the guard."""


def main() -> None:
    """Run `policyc` with the arguments of the process, and end it."""
    code = run(sys.argv[1:])
    gc.freeze()  # else Python looks for garbage among all that there is before it ends: a seventh of a check
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run `policyc` and return its exit code. Nothing that goes wrong shows as a traceback, unless it is asked for."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # What a terminal's encoding does not have is shown as an escape.
            stream.reconfigure(errors="backslashreplace")
    try:
        return program.main(arguments, "policyc", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
    except click.Abort:
        click.echo("policyc: interrupted", err=True)
    except Exception as error:  # noqa: BLE001 - the last resort: a plain message for any fault of policyc
        _confess(error)
    return FAILURE


def _confess(error: Exception) -> None:
    """Say that policyc failed. Control characters in the message are shown, not obeyed."""
    if os.environ.get("POLICYC_TRACEBACK") == "1":
        sys.excepthook(type(error), error, error.__traceback__)  # the module `traceback` would be loaded at every start
    said = "".join(part if part.isprintable() else repr(part)[1:-1] for part in f"{type(error).__name__}: {error}")
    click.echo(f"policyc: internal failure: {said}", err=True)
    click.echo("This is a fault of policyc, not of your policy; POLICYC_TRACEBACK=1 shows where it happened.", err=True)
