"""Lark's parser of `grammar/policy.lark`, with the words of the tables put in."""

from __future__ import annotations

import gc
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from lark import Lark
from lark.lexer import PatternRE

from policyc.language.clauses import GUARD_KEYS, PREPOSITIONS, TWO_WORD_KEYS, CLAUSES, Form, clause_keys
from policyc.language.kinds import KINDS
from policyc.language.words import EXPECTATIONS, MODALITIES, QUANTIFIERS
from policyc.resources import resource
from policyc.syntax.layout import Layout

if TYPE_CHECKING:
    from lark.lexer import TerminalDef

RESERVED: Final = frozenset({*PREPOSITIONS, *GUARD_KEYS, *MODALITIES, *EXPECTATIONS, *QUANTIFIERS, "and", "or", "only", "hole", "since"})
"""Words that no declared name may be, so that a name forgotten is noticed where it is missing."""

FLAGS: Final = tuple(row.key for row in CLAUSES if row.form is Form.FLAG)

WORDS: Final = tuple(key for key in clause_keys() if key not in {*PREPOSITIONS, *TWO_WORD_KEYS, *GUARD_KEYS, *FLAGS, "hole"})

_END_OF_WORD: Final = "(?![a-z0-9_])"


def _one_of(words: tuple[str, ...] | frozenset[str]) -> str:
    spaced = (re.escape(word).replace(r"\ ", "[ ]+") for word in sorted(words, key=lambda word: (-len(word), word)))
    return f"(?:{'|'.join(spaced)}){_END_OF_WORD}"


_PATTERNS: Final = {
    "KIND": _one_of(tuple(KINDS)),
    "WORD": _one_of(WORDS),
    "FLAG": _one_of(FLAGS),
    "PREPOSITION": _one_of((*PREPOSITIONS, *TWO_WORD_KEYS)),
    "NAME": f"(?!{_one_of(RESERVED)})[a-z][a-z0-9_]*",
}


def _fill(terminal: TerminalDef) -> None:
    if terminal.name in _PATTERNS:
        terminal.pattern = PatternRE(_PATTERNS[terminal.name])


@cache
def grammar_text() -> str:
    """The grammar as it stands in the file."""
    return (resource("grammar") / "policy.lark").read_text(encoding="utf-8")


STARTS: Final = ("document", "item")


def make_parser(**options: Any) -> Lark:  # noqa: ANN401 - Lark's own options
    """A parser of whole documents, and of one sentence (`item`)."""
    return Lark(
        grammar_text(),
        parser="lalr",
        start=list(STARTS),
        postlex=Layout(),
        propagate_positions=False,
        maybe_placeholders=True,
        edit_terminals=_fill,
        **options,
    )


class paused_gc:  # noqa: N801 - reads as a statement: `with paused_gc():`
    """Pauses the collector while a parser makes many objects and no cycles: it nearly halves the time."""

    def __enter__(self) -> None:
        """Pause it, and remember whether it ran."""
        self._was_on = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        """Let it go on if it did before."""
        if self._was_on:
            gc.enable()
