"""Texts in quotes: what their spelling means, and how a text is spelt."""

from __future__ import annotations

import re
from typing import Final

QUOTE: Final = '"'
LONG_QUOTE: Final = '"""'

_WHITE: Final = " \t"
_ESCAPE: Final = re.compile(r"\\(.|\n)")
_MEANINGS: Final = {'"': '"', "\\": "\\", "n": "\n"}
_SPELLINGS: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})
_QUOTE_OF_THREE: Final = re.compile(r'"(?="")')


def meaning(spelling: str) -> str:
    """The text that is spelt so, quotes included. Escapes that mean nothing stay as they are.

    A long text loses the indentation that its lines share, and the white space at the end of its lines and at
    both its ends.
    """
    long = spelling.startswith(LONG_QUOTE)
    raw = _without_indentation(spelling[3:-3]) if long else spelling[1:-1]
    return _ESCAPE.sub(lambda escape: _MEANINGS.get(escape.group(1), escape.group()), raw)


def bad_escape(spelling: str) -> re.Match[str] | None:
    """The first escape that means nothing, if there is one; its group 1 is what is escaped."""
    escapes = _ESCAPE.finditer(spelling)
    return next((escape for escape in escapes if escape.group(1) not in _MEANINGS), None)


def _without_indentation(raw: str) -> str:
    first, *others = raw.split("\n")
    margin = min((_depth(line) for line in others if line.strip(_WHITE)), default=0)
    lines = [first.lstrip(_WHITE), *(line[margin:] for line in others)]
    return "\n".join(line.rstrip(_WHITE) for line in lines).strip("\n")


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(_WHITE))


def spell(text: str) -> tuple[str, ...]:
    """The lines of a text's spelling: one, or the lines of a long text without indentation of their own."""
    if _keeps_as_long(text):
        escaped = _QUOTE_OF_THREE.sub(r"\"", text.replace("\\", r"\\"))
        return (LONG_QUOTE, *escaped.split("\n"), LONG_QUOTE)
    return (f'"{text.translate(_SPELLINGS)}"',)


def _keeps_as_long(text: str) -> bool:
    """Whether a text has several lines, and `meaning` gives back what `spell` makes a long text of."""
    lines = text.split("\n")
    return (
        len(lines) > 1
        and bool(lines[0])
        and bool(lines[-1])
        and all(line == line.rstrip(_WHITE) for line in lines)
        and min(_depth(line) for line in lines if line) == 0
    )
