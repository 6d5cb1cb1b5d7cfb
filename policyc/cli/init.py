"""`policyc init`: writes a draft of a privacy policy, from a few questions."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from policyc.cli._draft import CONTACT_FORM, ELSEWHERE, FEATURES, PLACES, Answers, draft, texts
from policyc.cli._files import create
from policyc.cli._output import reason
from policyc.cli._say import say
from policyc.reports import visible
from policyc.resources import SUFFIX

_IN: Final = {
    "eu": "in the European Union, Iceland, Liechtenstein or Norway",
    "uk": "in the United Kingdom",
    "california": "in California",
    "elsewhere": "anywhere else",
}
_DO: Final = {
    "accounts": "Can people open an account",
    "orders": "Can people order something and pay for it",
    "newsletter": "Do you send a newsletter",
    "contact-form": "Can people write to you by a contact form",
    "analytics": "Do you analyse how people use your website",
    "advertising": "Do advertising networks show ads on your website",
    "job-applications": "Can people apply for a job",
}


def _checked(check: Callable[[str], str]) -> Callable[[str], str]:
    """A check as click takes it: of an option, and of an answer, which is asked for again."""

    def convert(text: str) -> str:
        try:
            return check(text)
        except ValueError as error:
            raise click.UsageError(str(error)) from error

    return convert


def _option(check: Callable[[str], str]) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """The check of an option: its name is part of the message."""

    def convert(_ctx: click.Context, _param: click.Parameter, text: str | None) -> str | None:
        try:
            return None if text is None else check(text)
        except ValueError as error:
            raise click.BadParameter(str(error)) from error

    return convert


@click.command()
@click.argument("path", default=f"notice{SUFFIX}", type=click.Path(path_type=Path))
@click.option("--name", callback=_option(texts.name), help="Your company's name.")
@click.option("--email", callback=_option(texts.email), help="Where people write with questions about their data.")
@click.option("--url", callback=_option(texts.url), help="The address of your website.")
@click.option("--people-in", multiple=True, type=click.Choice(PLACES), help="Where people are. Default: all of these.")
@click.option(
    "--with",
    "features",
    multiple=True,
    type=click.Choice(FEATURES),
    help=f"What your website does. Default: {CONTACT_FORM}.",
)
@click.option("--updated", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The draft's date. Default: today.")
def command(path: Path, updated: datetime | None, **given: Any) -> int:  # noqa: ANN401  # click's interface
    """Write a draft of a privacy policy to PATH, from a few questions.

    Options answer the questions beforehand. Without a terminal nothing is asked, and what no option says takes its
    default; only --name has none, and the addresses stay open in the draft. A file that is there already stays as it
    is. The draft says at each “Check:” what you have to look at.
    """
    _refuse(path)
    ask = sys.stdin.isatty()
    answers = Answers(
        name=given["name"] or _name(ask=ask),
        email=_address(given["email"], "Where do people write with questions about their data", texts.email, ask=ask),
        url=_address(given["url"], "What is the address of your website", texts.url, ask=ask),
        people_in=_places(given["people_in"], ask=ask),
        features=_features(given["features"], ask=ask),
        updated=(updated or datetime.now().astimezone()).date(),
    )
    _write(path, draft(answers))
    return 0


def _refuse(path: Path) -> None:
    """Before anything is asked, say if the answers would be of no use."""
    if path.suffix != SUFFIX:
        message = f"{visible(str(path))}: the name of a policy's file ends in `{SUFFIX}`"
        raise click.UsageError(message)
    if os.path.lexists(path):
        _there_already(path)


def _there_already(path: Path) -> NoReturn:
    message = f"{visible(str(path))} is there already, and stays as it is"
    raise click.ClickException(message)


def _name(*, ask: bool) -> str:
    if not ask:
        message = "there is no terminal to ask at; say your company's name with `--name`"
        raise click.UsageError(message)
    return str(
        click.prompt("What is your company called?", value_proc=_checked(texts.name), prompt_suffix=" ", err=True)
    )


def _address(given: str | None, question: str, check: Callable[[str], str], *, ask: bool) -> str:
    """An address, or nothing where it is not known."""
    if given is not None or not ask:
        return given or ""

    def optional(text: str) -> str:
        return check(text) if text.strip() else ""

    question = f"{question}? (Enter: not known)"
    answer = click.prompt(
        question, default="", show_default=False, value_proc=_checked(optional), prompt_suffix=" ", err=True
    )
    return str(answer)


def _places(given: Sequence[str], *, ask: bool) -> tuple[str, ...]:
    """Where people are, in the order of the table; somewhere they are."""
    if given or not ask:
        return tuple(one for one in PLACES if one in given or not given)
    first = [one for one in PLACES if one != ELSEWHERE and _yes(f"Do you have visitors {_IN[one]}")]
    return (*first, ELSEWHERE) if not first or _yes(f"Do you have visitors {_IN[ELSEWHERE]}") else tuple(first)


def _features(given: Sequence[str], *, ask: bool) -> tuple[str, ...]:
    """What the website does, in the order of the table."""
    if given or not ask:
        return tuple(one for one in FEATURES if one in (given or (CONTACT_FORM,)))
    return tuple(one for one in FEATURES if _yes(_DO[one]))


def _yes(question: str) -> bool:
    return click.confirm(f"{question}?", prompt_suffix=" ", err=True)


def _write(path: Path, text: str) -> None:
    shown = visible(str(path))
    try:
        create(path, text)
    except FileExistsError:
        _there_already(path)
    except OSError as error:
        message = f"{shown} cannot be written: {reason(error)}"
        raise click.ClickException(message) from error
    say(f"{shown}\n")
    say(f"This is a draft. Read it, and look at each “Check:”. Then:\n{_next(shlex.quote(shown))}", err=True)


def _next(path: str) -> str:
    """What to do with a draft, as commands."""
    steps = {
        f"policyc check {path}": "says what is wrong",
        "policyc vocab WORD": "finds words for what you add",
        f"policyc build {path} -o site": "makes the page",
    }
    width = max(map(len, steps))
    return "".join(f"  {step:{width}}  {does}\n" for step, does in steps.items())
