"""Languages in which the policy says that it is published, and is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import View, finding, named
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.tongues import LANGUAGES
from policyc.model.policy import words_of
from policyc.model.values import Texts

_HEAD: Final = """\
language 1
party us "Us Ltd"
channel desk "our desk" de: "unsere Stelle" email "desk@us.example"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
"""

MISSING_LANGUAGE: Final = Code(
    "PC612",
    "missing-language",
    what="The policy names a language in which nothing of it is written, or lets one count that it does not have.",
    why="Readers look for that text, and where it counts, nobody knows what was agreed.",
    bad=_HEAD + "    languages en, fr\n",
    good=_HEAD + "    languages en, de\n",
    level=Level.WARNING,
)

_OWN: Final = "en"
"""The language of the page."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each language that is not there."""
    header = view.policy.header
    listed, prevailing = words_of(header.fields, "languages"), words_of(header.fields, "prevailing")
    there = _there(view) if listed or prevailing else frozenset()
    for code in listed:
        if code not in there:
            message = f"nothing here is in {LANGUAGES[code]}"
            help_ = f'write translations, as in `"Cookies" {code}: "…"`, or leave the language out'
            yield finding(MISSING_LANGUAGE, header, message, place=named(header, "languages", code), help=help_)
    for code in prevailing:
        place = named(header, "prevailing", code)
        if listed and code not in listed:
            message = f"{LANGUAGES[code]} counts, and `languages` does not name it"
            yield finding(
                MISSING_LANGUAGE, header, message, place=place, help="name it there, or let another one count"
            )
        elif not listed and code not in there:
            message = f"{LANGUAGES[code]} counts, and nothing here is in it"
            yield finding(MISSING_LANGUAGE, header, message, place=place, help="let the language of this text count")


def _there(view: View) -> frozenset[str]:
    """The languages in which something is written."""
    found = {_OWN}
    for one in view.sentences:
        texts = [value for value in (*one.fields.values(), getattr(one, "objects", None)) if isinstance(value, Texts)]
        pairs = [pair for text in texts for translations in text.translations for pair in translations]
        found.update(code for code, _ in (*pairs, *getattr(one, "translations", ())))
    return frozenset(found)
