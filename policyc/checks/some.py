"""`some`: a statement is about a part, and which part it does not say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import OBJECTS, View, finding, names, part
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Place, Statement
from policyc.model.values import Terms, Value
from policyc.source.text import Span

_HEAD: Final = """\
language 1
party us "Us Ltd"
party ads "advertisers"
channel desk "our desk" email "desk@us.example"
data name "your name"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
"""

_WORD: Final = "some"

SOME: Final = Code(
    "PC705",
    "unsaid-part",
    what="A statement speaks of `some` of something, and does not say which.",
    why="A reader has to expect all of it. A program can allow none of it.",
    bad=_HEAD + "share_it: may share some of name with ads\n",
    good=_HEAD + "share_it: may share name with ads\n",
    level=Level.WARNING,
)


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each list with a `some`."""
    seen: set[int] = set()
    for one in view.statements:
        for field, value in _lists(one):
            if not isinstance(value, Terms) or value.quantifier != _WORD:
                continue
            place = part(one, field)
            start = place.span.start
            if start not in seen:
                seen.add(start)
                word = Place(source=place.source, span=Span(start, start + len(_WORD)))
                message = f"`{_WORD}` does not say which of {names(value.ids)}"
                help_ = f"name those that are meant, or delete `{_WORD}` if it may be any of them"
                yield finding(SOME, one, message, place=word, help=help_)


def _lists(one: Statement) -> Iterator[tuple[str, Value]]:
    if one.objects is not None:
        yield OBJECTS, one.objects
    yield from one.fields.items()
