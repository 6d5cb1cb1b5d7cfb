"""Lark's parser of `grammar/policy.lark`, with the words of the tables put in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from lark import Lark, Token
from lark.lexer import PatternRE

from policyc.language.clauses import CLAUSES, GUARD_KEYS, PREPOSITIONS, TWO_WORD_KEYS, Form, clause_keys
from policyc.language.kinds import KINDS
from policyc.language.words import EXPECTATIONS, MODALITIES, MOODS, QUANTIFIERS
from policyc.resources import resource
from policyc.syntax.layout import Layout

if TYPE_CHECKING:
    from lark.lexer import TerminalDef

HOLE: Final = "hole"

_OTHERS: Final = ("and", "or", "not", "only", "since", "about", HOLE)

_SECOND_WORDS: Final = ("most", "least", "once", "other", "says", "to")
"""Words that are read together with a neighbour: `at most`, `at once`, `other of`, `law says`, `subject to`."""

RESERVED: Final = frozenset(
    {*PREPOSITIONS, *GUARD_KEYS, *MODALITIES, *EXPECTATIONS, *" ".join(QUANTIFIERS).split(), *_OTHERS, *_SECOND_WORDS}
)
"""Words that no declared name may be, so that a name forgotten is noticed where it is missing."""

FLAGS: Final = tuple(row.key for row in CLAUSES if row.form is Form.FLAG)

WORDS: Final = tuple(
    key for key in clause_keys() if key not in {*PREPOSITIONS, *TWO_WORD_KEYS, *GUARD_KEYS, *FLAGS, HOLE}
)

LONGEST_NAME: Final = 80

STARTS: Final = ("document", "item")

_END_OF_WORD: Final = "(?![a-z0-9_])"


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, as whole words; two words may stand apart by any spaces."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    patterns = ("[ ]+".join(map(re.escape, word.split())) for word in longest_first)
    return f"(?:{'|'.join(patterns)}){_END_OF_WORD}"


_NAME: Final = f"[a-z][a-z0-9_]{{0,{LONGEST_NAME - 1}}}"

PATTERNS: Final = {
    "KIND": one_of(KINDS),
    "MOOD": one_of(MOODS),
    "WORD": one_of(WORDS),
    "FLAG": one_of(FLAGS),
    "PREPOSITION": one_of((*PREPOSITIONS, *TWO_WORD_KEYS)),
    "NAME": _NAME + _END_OF_WORD,
    "LABEL": f"(?!{one_of(RESERVED)}){_NAME}:",
}


def _fill(terminal: TerminalDef) -> None:
    if terminal.name in PATTERNS:
        terminal.pattern = PatternRE(PATTERNS[terminal.name])


@cache
def grammar_text() -> str:
    """The grammar as it stands in the file."""
    return (resource("grammar") / "policy.lark").read_text(encoding="utf-8")


def _no_reserved_word(name: Token) -> Token:
    """A reserved word where a name should stand becomes a token that fits nowhere.

    The pattern of names could say so too, but is compiled anew for each context at every start.
    """
    return Token.new_borrow_pos("RESERVED", name, name) if name in RESERVED else name


CALLBACKS: Final = {"NAME": _no_reserved_word}
"""What is done with tokens of a terminal once they are read."""


def make_parser(**options: Any) -> Lark:  # noqa: ANN401 - Lark's own options
    """A parser of whole documents, and of one sentence (`item`)."""
    return Lark(
        grammar_text(),
        parser="lalr",
        start=list(STARTS),
        postlex=Layout(),
        maybe_placeholders=True,
        edit_terminals=_fill,
        lexer_callbacks=CALLBACKS,
        **{"propagate_positions": False, **options},
    )
