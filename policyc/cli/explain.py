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

    CODE is a number such as PC101, a name such as unexpected-word, or the name of a rule such as gdpr_access.
    """
    codes = {key: one for one in all_codes() for key in (one.number, one.name)}
    found = codes.get(code) or codes.get(code.upper()) or codes.get(code.lower())
    rule = None if found else _rule(code)
    if rule is not None:
        say(rule)
        return 0
    if found is None:
        numbers, names = ([key for key in codes if (key == codes[key].number) is wanted] for wanted in (True, False))
        close = near(code.upper(), numbers) or near(code.lower(), names)
        raise click.UsageError(f"there is no code {code!r}" + (f"; did you mean {close}?" if close else ""))
    say(page(found))
    return 0


def _rule(name: str) -> str | None:
    """The page of a rule of the library, by its own or its qualified name; None if there is none."""
    from policyc.rules.page import page_of  # noqa: PLC0415 - codes do not wait for rules

    return page_of(name.replace("-", "_"))
