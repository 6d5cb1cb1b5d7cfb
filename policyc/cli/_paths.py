"""Which files a command is about: those named, and all policies below the folders named. Imports little."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Final, NamedTuple

import click

from policyc.resources import SUFFIX

PATHS: Final = click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
"""The argument PATH… of most commands."""

PATH: Final = click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
"""The argument PATH of commands about one policy."""


def _day(_ctx: click.Context, _param: click.Parameter, moment: datetime | None) -> date | None:
    return moment and moment.date()


AT: Final = click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    callback=_day,
    help="Judge laws as of DATE, not of the policy's own day (`updated`, or `effective` if that is later).",
)
"""The option --at of commands that judge a policy."""


def _laws(_ctx: click.Context, _param: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    if names:
        # Who names no law does not wait for these.
        from policyc.diagnostics.near import near  # noqa: PLC0415
        from policyc.rules import law_names  # noqa: PLC0415

        known = law_names()
        for name in names:
            law = name.removeprefix(NOT)
            close = near(law.lower(), known)
            if law not in known:
                there = f"did you mean {close}?" if close else f"there are those of {', '.join(known)}"
                message = f"there are no rules of a law {law!r}; {there}"
                raise click.BadParameter(message)
            if NOT + law in names and law in names:
                message = f"{law} cannot be asked and left out"
                raise click.BadParameter(message)
    return tuple(sorted(names))


NOT: Final = "no-"
"""Before the name of a law whose rules are to be left out."""

LAWS: Final = click.option(
    "--law",
    "laws",
    multiple=True,
    metavar="NAME",
    callback=_laws,
    help="Ask the rules of this law too, or with `no-NAME` not; may be repeated.",
)
"""The option --law of commands that judge a policy."""

READING: Final = click.option(
    "--reading",
    type=click.Choice(["enforced", "disclosed"]),
    default="enforced",
    show_default=True,
    help="Allow what is certain, or all that a reader may expect.",
)
"""The option --reading of commands that decide."""


class Found(NamedTuple):
    """A file to compile.

    `name` says where its outputs go: its path below the folder that was named, without ending; empty for a file
    that was named itself.
    """

    path: Path
    name: str = ""

    @property
    def is_named(self) -> bool:
        """Whether the user named the file itself, and not a folder above it."""
        return not self.name


class Problem(NamedTuple):
    """A folder that the system does not let be looked into, or one without a file that could be a policy."""

    path: Path
    error: OSError | None = None


class Search(NamedTuple):
    """What was found, in a fixed order, and what could not be looked at."""

    files: tuple[Found, ...]
    problems: tuple[Problem, ...]


def search(paths: Iterable[Path]) -> Search:
    """The files at the paths, each once; of folders all that end in .policy, hidden folders left out."""
    files: dict[Path, Found] = {}
    problems: list[Problem] = []
    for path in paths:
        if not path.is_dir():
            files.setdefault(path, Found(path))
            continue
        below = list(_below(path, problems))
        for file in below:
            files.setdefault(file, Found(file, str(file.relative_to(path).with_suffix(""))))
        if not below:
            problems.append(Problem(path))
    return Search(tuple(files.values()), tuple(problems))


def _below(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """Sorted; symbolic links to folders are not followed, so that there is no circle."""

    def refused(error: OSError) -> None:
        problems.append(Problem(Path(error.filename), error))

    for here, folders, names in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(here, name) for name in sorted(names) if name.endswith(SUFFIX))
