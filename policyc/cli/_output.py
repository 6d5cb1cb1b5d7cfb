"""What commands print: findings and files on standard output, all else on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from policyc import reports
from policyc.cli import FAILURE
from policyc.cli._paths import Problem
from policyc.cli._say import FOUND, say
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.codes import tool
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.resources import SUFFIX
from policyc.source.text import Source, Span

CHECKOUT: Final = "GITHUB_WORKSPACE"
"""The environment's variable by which GitHub says where it has put the repository."""


def report(
    found: Sequence[Diagnostic], beside: reports.Beside = reports.NOTHING, *, form: str = "text", err: bool = False
) -> None:
    """Print findings in a format; in colour where a person sees it and did not say otherwise."""
    stream = sys.stderr if err else sys.stdout
    color = stream.isatty() and not os.environ.get("NO_COLOR")
    say(reports.load(form).render(found, color=color, root=_root(), beside=beside), err=err)


def _root() -> str:
    """The folder from which programs look for files: the checkout of a workflow on GitHub, or the working folder."""
    try:
        here = Path.cwd().resolve()
    except OSError:
        return ""  # it has been removed
    checkout = os.environ.get(CHECKOUT)
    above = os.path.realpath(checkout) if checkout else ""
    return above if above and here.is_relative_to(above) else str(here)


def exit_code(found: Iterable[Diagnostic]) -> int:
    """2 if a file could not be read or found, 1 if there is another error, else 0."""
    errors = [one for one in found if one.level is Level.ERROR]
    if any(one.code in (tool.UNREADABLE, tool.NO_POLICY, tool.SAME_OUTPUT) for one in errors):
        return FAILURE
    return FOUND if errors else 0


def about_file(code: Code, name: str, message: str, help_: str | None = None) -> Diagnostic:
    """A finding about a file or folder as a whole."""
    return Diagnostic.at(code, Source(name, "", path=os.path.realpath(name)), Span(0, 0), message, help=help_)


def no_policy(path: Path) -> Diagnostic:
    """A folder or file without a policy."""
    if path.is_dir():
        return about_file(tool.NO_POLICY, str(path), f"no file below that ends in `{SUFFIX}` declares a policy")
    help_ = 'write `policy name "Title"` with its `controller`'
    return about_file(tool.NO_POLICY, str(path), "the file declares no policy", help_)


def about(problem: Problem) -> Diagnostic:
    """What could not be looked at, as a finding."""
    return no_policy(problem.path) if problem.error is None else unreadable(str(problem.path), problem.error)


def unreadable(name: str, error: OSError) -> Diagnostic:
    """A file that the system does not let be read."""
    return about_file(tool.UNREADABLE, name, f"the file cannot be read: {reason(error)}")


def reason(error: OSError) -> str:
    """What the system says, in a message's lower case."""
    said = error.strerror or str(error)
    return said[:1].lower() + said[1:]
