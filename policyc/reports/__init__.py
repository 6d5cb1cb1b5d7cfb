"""Reports: diagnostics as text for people and programs.

Each format is a module here, with `render`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, cast

from policyc.discovery import load_from, names_in
from policyc.reports._cells import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyc.diagnostics.diagnostic import Accepted, Diagnostic

__all__ = ["NOTHING", "Beside", "Report", "load", "names", "visible"]


class Beside(NamedTuple):
    """What programs are told beside findings that count; people find it counted beside the report.

    Findings that are accepted, findings that a baseline knows, and the whole paths of the files that were checked.
    """

    accepted: Sequence[Accepted] = ()
    known: Sequence[Diagnostic] = ()
    checked: Sequence[str] = ()


NOTHING: Final = Beside()


class Report(Protocol):
    """What a format offers."""

    def render(
        self, diagnostics: Sequence[Diagnostic], *, color: bool, root: str = "", beside: Beside = NOTHING
    ) -> str:
        """The whole report. Colours are for terminals; a format that has none leaves them out.

        `root` is the folder from which programs look for the files, a whole path without symbolic links.
        """


def names() -> tuple[str, ...]:
    """The names of all formats, sorted."""
    return names_in(sys.modules[__name__])


def load(name: str) -> Report:
    """The format of a name that `names` gave."""
    return cast("Report", load_from(sys.modules[__name__], name))
