"""Binds texts with their translations: each language is one of the world's, and stands once."""

from __future__ import annotations

from typing import Final

from policyc.diagnostics.codes import names as codes
from policyc.language.tongues import LANGUAGES
from policyc.model import values
from policyc.resolve.scopes import Scope
from policyc.resolve.wording import meant
from policyc.syntax import nodes

_HELP: Final = 'write its code before the text, as in `de: "Kekse"`'
_SHORTEST: Final = 2
"""Of codes of two letters each is near many others."""


def bind_texts(scope: Scope, node: nodes.Texts) -> values.Texts:
    """The texts; a language that is not known, or stands twice, is reported and left out."""
    translations = tuple(_translations(scope, text) for text in node.texts)
    return values.Texts(tuple(text.value for text in node.texts), translations if any(translations) else ())


def _translations(scope: Scope, text: nodes.Text) -> tuple[tuple[str, str], ...]:
    """Pairs of language and text, by language."""
    found: dict[str, str] = {}
    for one in text.translations:
        code = one.language.text
        if code not in LANGUAGES:
            message = f"`{code}` is no language"
            help_ = meant(code, () if len(code) == _SHORTEST else LANGUAGES, _HELP)
            scope.report(codes.UNKNOWN_WORD, one.language.span, message, help_)
        elif code in found:
            message = f"this text stands twice in {LANGUAGES[code]}"
            scope.report(codes.REPEATED_CLAUSE, one.language.span, message, "keep one of them")
        else:
            found[code] = one.value
    return tuple(sorted(found.items()))
