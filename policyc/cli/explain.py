"""`policyc explain`: the page of a code."""

from __future__ import annotations

from textwrap import fill, indent

import click

from policyc.cli._codes import all_codes
from policyc.cli._say import say
from policyc.diagnostics.code import Code
from policyc.diagnostics.near import near


@click.command()
@click.argument("code")
def command(code: str) -> int:
    """Say what CODE is, why it matters, which policy has it, and how to mend that.

    CODE is a number such as PC101 or a name such as unexpected-word.
    """
    codes = {key: one for one in all_codes() for key in (one.number, one.name)}
    found = codes.get(code) or codes.get(code.upper()) or codes.get(code.lower())
    if found is None:
        numbers, names = ([key for key in codes if (key == codes[key].number) is wanted] for wanted in (True, False))
        close = near(code.upper(), numbers) or near(code.lower(), names)
        raise click.UsageError(f"there is no code {code!r}" + (f"; did you mean {close}?" if close else ""))
    say(page(found))
    return 0


def page(code: Code) -> str:
    """The page of a code, as plain text."""
    parts = [f"{code.number} {code.name} ({code.level.value})", fill(code.what, 100), fill(code.why, 100)]
    if code.bad:
        parts += ["A policy that has it:", _example(code.bad)]
        parts += ["The same policy, mended:", _example(code.good)]
    return "\n\n".join(parts) + "\n"


def _example(text: str) -> str:
    # An example may hold what no file should: bytes that are not UTF-8, or hidden characters.
    shown = "".join(part if part.isprintable() or part == "\n" else f"\\u{ord(part):04x}" for part in text)
    return indent(shown.strip("\n"), "    ")
