"""The grammar's text, and the words of the tables that are put into it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from policyc.language.clauses import CLAUSES, GUARD_KEYS, PREPOSITIONS, TWO_WORD_KEYS, Form, clause_keys
from policyc.language.kinds import KINDS
from policyc.language.words import EXPECTATIONS, MODALITIES, MOODS, QUANTIFIERS
from policyc.resources import resource

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

_IN_WORD: Final = "[a-z0-9_]"
_END_OF_WORD: Final = f"(?!{_IN_WORD})"

ANY_WORD: Final = f"[a-z]{_IN_WORD}*+"
"""A pattern for a whole word, whichever it is."""


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, as whole words; two words may stand apart by any spaces."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    patterns = ("[ ]+".join(map(re.escape, word.split())) for word in longest_first)
    return f"(?:{'|'.join(patterns)}){_END_OF_WORD}"


_NAME: Final = f"[a-z]{_IN_WORD}{{0,{LONGEST_NAME - 1}}}"

PATTERNS: Final = {
    "KIND": one_of(KINDS),
    "MOOD": one_of(MOODS),
    "WORD": one_of(WORDS),
    "FLAG": one_of(FLAGS),
    "PREPOSITION": one_of((*PREPOSITIONS, *TWO_WORD_KEYS)),
    "NAME": _NAME + _END_OF_WORD,
    "LABEL": f"(?!{one_of(RESERVED)}){_NAME}:",
}


@cache
def grammar_text() -> str:
    """The grammar as it stands in the file."""
    return (resource("grammar") / "policy.lark").read_text(encoding="utf-8")
