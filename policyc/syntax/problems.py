"""What can be wrong with the layout of a file, and what is to be done."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from policyc.diagnostics.code import Code
from policyc.diagnostics.codes import syntax as codes
from policyc.diagnostics.diagnostic import Diagnostic, Label
from policyc.source.text import Source, Span
from policyc.syntax.layout import DEEPEST
from policyc.syntax.texts import LONG_QUOTE, QUOTE


@frozen
class Problem:
    """A message with its code, and its help."""

    code: Code
    message: str
    help: str

    def at(self, source: Source, start: int, end: int, *more: Label) -> Diagnostic:
        """The problem at a place."""
        return Diagnostic.at(self.code, source, Span(start, end), self.message, help=self.help, more=more)


# --- lines -----------------------------------------------------------------------------------

TAB: Final = Problem(codes.TAB, "this line is indented with a tab", "indent with spaces, here and below")
TOO_DEEP: Final = Problem(
    codes.INDENTATION,
    "this sentence is indented deeper than the one before it",
    "indent both alike; only after `{` are sentences indented deeper",
)
NOT_INDENTED: Final = Problem(
    codes.INDENTATION,
    "this sentence is not indented in its group",
    "indent what stands between `{` and `}` by four spaces",
)
SHARES_LINE: Final = Problem(
    codes.INDENTATION, "this sentence shares its line with a brace", "write it on a line of its own"
)

# --- braces ----------------------------------------------------------------------------------

UNOPENED: Final = Problem(
    codes.UNOPENED_GROUP,
    "`{` is missing at the end of this line",
    "write ` {` here: it makes the clauses hold for the sentences below",
)
OPENED_ALONE: Final = Problem(
    codes.INDENTATION, "`{` stands on a line of its own", "write it at the end of the line before"
)
NO_HEADER: Final = Problem(
    codes.UNEXPECTED,
    "this `{` has no clauses before it",
    "write before it what holds for its sentences, or delete both braces",
)
SENTENCE_AS_HEADER: Final = Problem(
    codes.UNEXPECTED, "a sentence cannot open a group", "write only clauses before `{`, as in `basis contract {`"
)
UNCLOSED: Final = Problem(
    codes.UNCLOSED_GROUP,
    "this group is not closed",
    "write `}` on a line of its own after the group's last sentence",
)
CLOSES_NOTHING: Final = Problem(
    codes.STRAY_BRACE,
    "this `}` closes nothing",
    "delete it, or write `{` at the end of the header that it belongs to",
)
CLOSED_IN_LINE: Final = Problem(codes.STRAY_BRACE, "this `}` shares its line", "write it on a line of its own")

# --- texts -----------------------------------------------------------------------------------

_NOT_CLOSED: Final = "this text is not closed"
_NOT_OPENED: Final = "a text ends here that did not start with a quote"

TEXT_NOT_CLOSED: Final = Problem(
    codes.UNCLOSED_TEXT, _NOT_CLOSED, f"end it with `{QUOTE}`; a text of several lines stands between `{LONG_QUOTE}`"
)
TEXT_NOT_OPENED: Final = Problem(codes.UNCLOSED_TEXT, _NOT_OPENED, f"write `{QUOTE}` before the text")
TEXT_CLOSED_BY_CURL: Final = Problem(
    codes.UNCLOSED_TEXT, _NOT_CLOSED, f"end it with a straight quote, `{QUOTE}`, in place of the curly one"
)
LONE_QUOTE: Final = Problem(
    codes.UNCLOSED_TEXT,
    "this quote belongs to no other",
    f"write `{QUOTE}` on both sides of each text, and `\\{QUOTE}` for a quote inside one",
)
LONG_TEXT_NOT_CLOSED: Final = Problem(codes.UNCLOSED_TEXT, _NOT_CLOSED, f"end it with `{LONG_QUOTE}`")
LONG_TEXT_NOT_OPENED: Final = Problem(codes.UNCLOSED_TEXT, _NOT_OPENED, f"write `{LONG_QUOTE}` before the text")
LONG_TEXT_NOT_INDENTED: Final = Problem(
    codes.INDENTATION,
    "this line of a text is not indented deeper than its sentence",
    "indent all lines of the text by four spaces, and its last quotes too",
)

# --- depth -----------------------------------------------------------------------------------

GROUPS_TOO_DEEP: Final = Problem(
    codes.NESTED_TOO_DEEP, f"groups are nested more than {DEEPEST} deep", "put groups side by side"
)
TOO_MANY_PARENTHESES: Final = Problem(
    codes.NESTED_TOO_DEEP,
    f"there are more than {DEEPEST} parentheses in one sentence",
    "declare facts for parts of the condition",
)
