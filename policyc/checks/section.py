"""A section with nothing in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from policyc.checks._view import View, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Section

_HEAD: Final = """\
language 1
party us "Us Ltd"
channel desk "our desk" email "desk@us.example"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
section "Your rights" {
"""

EMPTY_SECTION: Final = Code(
    "PC611",
    "empty-section",
    what="A section has a title and nothing below it.",
    why="Readers look there for what its title promises, and find nothing.",
    bad=_HEAD + "}\n",
    good=_HEAD + '    none: will claim "We keep no data, so there is nothing to ask for"\n}\n',
    level=Level.WARNING,
)


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each section that shows nothing; inner ones only, if the outer one shows nothing else."""
    declared = [term.place.span.start for term in view.terms]
    for section in view.sections:
        inner = [item for item in section.items if isinstance(item, Section)]
        span = section.place.span
        has_terms = bisect_left(declared, span.start) < bisect_left(declared, span.end)
        if not inner and not section.items and not has_terms and not {"text", "see", "cite"} & section.fields.keys():
            message = f"the section “{section.title}” is empty"
            yield finding(EMPTY_SECTION, section, message, help="say what belongs here, or delete the section")
