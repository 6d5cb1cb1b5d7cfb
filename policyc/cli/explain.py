"""`policyc explain`: the page of a code."""

from __future__ import annotations

import click

from policyc.cli._say import say
from policyc.codes import all_codes, page
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
