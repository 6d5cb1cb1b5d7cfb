"""A place in a template that nobody has filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policyc.checks._view import LABEL, OBJECTS, Said, View, finding, shown, within
from policyc.diagnostics.code import Code
from policyc.diagnostics.diagnostic import Diagnostic

_HEAD: Final = """\
language 1
party us "Us Ltd"
channel desk "our desk" email "desk@us.example"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
"""

PLACEHOLDER: Final = Code(
    "PC614",
    "placeholder",
    what="A place in a template has not been filled in.",
    why="It is published as it stands, and readers see that nobody has read the text.",
    bad=_HEAD + 'who: will claim "[Company Name] sells shoes"\n',
    good=_HEAD + 'who: will claim "We sell shoes"\n',
)

_FIELDS: Final = (
    *(OBJECTS, LABEL, "title", "text", "because", "hedge", "interest", "logic", "effects", "fee", "identity_check"),
    *("refusal", "limits", "consequence", "depends_on", "summary", "aliases", "legal_name", "registration", "version"),
    *("email", "url", "postal", "phone", "menu", "evidence", "cite", "patterns"),
)
_MARKS: Final = (
    *("[", "{{", "<", "___", ".....", "todo", "tbd", "tbc", "fixme", "xx", "lorem", "insert ", "yourcompany"),
    *("your-company", "yourdomain", "your-domain", "yourwebsite", "your-website", "yoursite", "your-site"),
)
"""Without one of these, it is not worth to look closer."""

_EMPTY: Final = (
    r"(?i)\[[^\[\]\n]{0,40}\b(?:your|company|business|name|insert|enter|date|e-?mail|address|url|website|link|number|country|state|"
    r"product|app|here|fill|xx+)\b[^\[\]\n]{0,40}\](?!\()|"
    r"\{\{[^}\n]{0,40}\}\}|<(?:your|company|insert|name|date|email)[^>\n]{0,40}>|"
    r"\b(?:TODO|TBD|TBC|FIXME|X{3,})\b|\bXX[/.-]XX\b|_{3,}|\.{5,}|\blorem ipsum\b|"
    r"\binsert (?:your|company|name|date)\b|"
    r"\b(?:your-?company|your-?domain|your-?website|your-?site)\.\w+"
)


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each text with such a place; what stands in a hole has been marked."""
    texts = list(view.said(*_FIELDS))
    everything = "\n".join(said.words for said in texts).lower()
    if any(mark in everything for mark in _MARKS):
        for said in texts:
            yield from _in(said)


def _in(said: Said) -> Iterator[Diagnostic]:
    found = re.search(_EMPTY, said.words)
    if found is not None:
        message = f"{shown(found.group())} has not been filled in"
        place = within(said, found.group())
        yield finding(PLACEHOLDER, said, message, place=place, help="write what belongs here, or a `hole`")
