"""What the policy tells of the law, without saying where the law says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import LAW_SAYS
from policyc.model.policy import Statement, tags_of

_HEAD: Final = """\
language 1
party us "Us Ltd"
party ads "advertisers"
law data_act "the Data Act"
channel desk "our desk" email "desk@us.example"
data photo "your photo"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
"""

NO_SOURCE: Final = Code(
    "PC615",
    "law-without-source",
    what="The policy tells what a law asks, and does not say where the law says so.",
    why="Readers cannot look it up, and nobody can check it when the law changes.",
    bad=_HEAD + "told: law says never share photo with ads under data_act\n",
    good=_HEAD + 'told: law says never share photo with ads under data_act cite "Data Act s. 12"\n',
    level=Level.INFO,
)


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all statements."""
    found = [one for one in view.policy.statements if one.mood == LAW_SAYS and not _has_source(one)]
    if found:
        first, *rest = sorted(found, key=lambda one: one.place.span.start)
        unnamed = any(not _names_law(one) for one in found)
        yield finding(
            NO_SOURCE,
            first,
            f"{counted(one.id for one in (first, *rest))} {'tell' if rest else 'tells'} what a law asks,"
            " and not where it says so",
            more=[(one, "nor here") for one in rest[: SHOWN - 1]],
            help=f"{'name the law with `under`, and ' if unnamed else ''}write `cite` and the article",
        )


def _has_source(one: Statement) -> bool:
    """Whether readers learn where it stands. The right that a law grants has its article where it is declared."""
    return "cite" in one.fields or bool(tags_of(one.fields, "see")) or (one.verb == "grant" and _names_law(one))


def _names_law(one: Statement) -> bool:
    return "laws" in one.fields or any(missing == "laws" for missing, _ in one.holes)
