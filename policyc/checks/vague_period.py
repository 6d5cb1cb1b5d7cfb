"""A time that nobody can tell: about so long, from so long to so long, as long as it is necessary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policyc.checks._view import View, finding, part, shown
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import Bound
from policyc.model.policy import Statement, texts_of
from policyc.model.values import Period

_HEAD: Final = """\
language 1
party us "Us Ltd"
channel desk "our desk" email "desk@us.example"
data name "your name"
event ended "our contract ends"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
"""

VAGUE_PERIOD: Final = Code(
    "PC706",
    "vague-period",
    what="A period is about so long, or from so long to so long and nothing says what decides; or it lasts as long as "
    "somebody thinks necessary.",
    why="Readers cannot tell when the time is over, and have a right to the period or to what decides it.",
    bad=_HEAD + "kept: will keep name 30 to 90 days after ended\n",
    good=_HEAD + 'kept: will keep name 30 to 90 days after ended depending_on "whether you owe us money"\n',
    level=Level.WARNING,
)

_ENDS: Final = frozenset({"period", "until", "deadline", "stage"})
_ANYTHING: Final = (
    r"(?i)\b(?:necessary|need(?:ed|s)?|require[sd]?|appropriate|reasonabl[ey]|legitimate|relevant|useful)\b"
)


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each vague time of a statement."""
    seen: set[int] = set()
    for one in view.statements:
        for found in _vague(one):
            if found.label.span.start not in seen:
                seen.add(found.label.span.start)
                yield found


def _vague(one: Statement) -> Iterator[Diagnostic]:
    decides = "depends_on" in one.fields or any(missing == "depends_on" for missing, _ in one.holes)
    for field, value in one.fields.items():
        if isinstance(value, Period) and value.bound is Bound.ABOUT:
            message = "`about` leaves open when the time is over"
            help_ = "write `at most`, or leave `about` out"
            yield finding(VAGUE_PERIOD, one, message, place=part(one, field), help=help_, level=Level.INFO)
        elif isinstance(value, Period) and value.upper is not None and not decides:
            message = f"nothing says what decides between {value.number} and {value.upper} {value.unit.value}s"
            help_ = f"write `at most {value.upper} {value.unit.value}s`"
            if "depends_on" in one.row.takes:
                help_ = f"say what decides, with `depending_on`; or {help_}"
            yield finding(VAGUE_PERIOD, one, message, place=part(one, field), help=help_)
    if _ENDS.isdisjoint(one.fields):
        for number, words in enumerate(texts_of(one.fields, "depends_on")):
            if re.search(_ANYTHING, words) and not re.search(r"\d", words):
                message = f"{shown(words)} lets anything decide"
                help_ = "write a period or `until`, or what a reader could look up"
                yield finding(VAGUE_PERIOD, one, message, place=part(one, "depends_on", number), help=help_)
