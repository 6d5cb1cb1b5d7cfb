"""Splits a file that does not parse into sentences, by layout alone, and mends the layout where it is broken.

Used only after an error: it need not be fast, but it must never fail and must lose nothing.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import define, field

from policyc.diagnostics.codes import syntax as codes
from policyc.diagnostics.diagnostic import Diagnostic, Label
from policyc.language.kinds import KINDS
from policyc.language.words import EXPECTATIONS, MODALITIES
from policyc.source.text import Source, Span
from policyc.syntax.layout import DEEPEST

_PIECE: Final = re.compile(
    r'(?P<long>"""(?:[^"\\]|\\(?:.|\n)|"(?!""))*""")|(?P<openlong>""")|(?P<text>"(?:[^"\\\n]|\\.)*")|(?P<opentext>"[^\n]*)'
    r"|(?P<comment>#[^\n]*)|(?P<newline>\n[ \t]*)|(?P<open>\{)|(?P<close>\})|(?P<paren>\()|(?P<white>[ \t]+)|(?P<word>[^\s\"#{}(]+)"
)
_STARTS: Final = re.compile(
    rf"(?:[a-z][a-z0-9_]*:|(?:{'|'.join((*MODALITIES, *EXPECTATIONS))}|import|language|law[ ]+says)(?![a-z0-9_])"
    rf"|(?:{'|'.join(KINDS)})[ ]+[a-z][a-z0-9_]*[ ]*(?:\"|\n|$)|(?:section|test)[ ]+\")"
)


@define
class Chunk:
    """A sentence (`children` is None) or a group: the span of its words, and where its `{` stands."""

    start: int
    end: int
    indent: int
    children: list[Chunk] | None = None
    brace: int = 0
    sound: bool = True


@define
class _Split:
    source: Source
    found: list[Diagnostic] = field(factory=list)
    top: list[Chunk] = field(factory=list)
    groups: list[Chunk] = field(factory=list)
    open: Chunk | None = None

    def report(self, code: codes.Code, span: Span, message: str, help_: str, more: tuple[Label, ...] = ()) -> None:
        self.found.append(Diagnostic.at(code, self.source, span, message, help=help_, more=more))

    @property
    def siblings(self) -> list[Chunk]:
        children = self.groups[-1].children if self.groups else None
        return self.top if children is None else children

    def finish(self) -> None:
        """End the open sentence."""
        if self.open is not None:
            self.siblings.append(self.open)
            self.open = None

    def start(self, at: int, indent: int) -> None:
        """Start a sentence; groups whose sentences must be deeper than this line are not closed."""
        while self.groups and indent <= self.groups[-1].indent:
            self.unclosed(at)
        self.open = Chunk(at, at, indent)

    def unclosed(self, at: int) -> None:
        group = self.groups.pop()
        where = Label(self.source, Span(at, at + 1), "it should be closed before this")
        self.report(codes.UNCLOSED_GROUP, Span(group.brace, group.brace + 1), "this group is not closed", "put `}` on a line of its own after its last sentence", (where,))

    def brace(self, at: int) -> None:
        """`{` ends a header and opens its group."""
        header = self.open or Chunk(at, at, 0, sound=False)
        self.open = None
        header.children, header.brace = [], at
        self.siblings.append(header)
        if len(self.groups) == DEEPEST:
            self.report(codes.NESTED_TOO_DEEP, Span(at, at + 1), f"groups are nested more than {DEEPEST} deep", "put groups side by side")
        self.groups.append(header)

    def close(self, at: int, indent: int, *, fresh: bool) -> None:
        """`}` closes the innermost group that its line is not indented less than."""
        self.finish()
        while fresh and self.groups and indent < self.groups[-1].indent:
            self.unclosed(at)
        if not self.groups:
            self.report(codes.STRAY_BRACE, Span(at, at + 1), "this `}` closes nothing", "delete it, or open the group with `{` at the end of its header")
            return
        if not fresh:
            self.report(codes.STRAY_BRACE, Span(at, at + 1), "this `}` shares its line", "put `}` on a line of its own")
        self.groups.pop()

    def unopened(self, at: int, indent: int) -> None:
        """A sentence starts deeper than the open one: a `{` or the right indentation is missing."""
        header = self.open
        if header is None:
            return
        self.open = None
        if _STARTS.match(self.source.text, header.start):
            self.siblings.append(header)
            self.report(codes.INDENTATION, Span(at, at + 1), "this sentence is indented deeper than the one before it", "indent both alike; only `{` makes room for deeper sentences")
            self.open = Chunk(at, at, header.indent)
            return
        place = Span(header.end - 1, header.end)
        self.report(codes.UNOPENED_GROUP, place, "`{` is missing at the end of this line", "clauses before `{` hold for every sentence up to `}`")
        header.children, header.brace = [], header.end
        self.siblings.append(header)
        self.groups.append(header)
        self.open = Chunk(at, at, indent)


def split(source: Source) -> tuple[list[Chunk], list[Diagnostic]]:
    """The sentences and groups of a source, in order, and what is wrong with its layout."""
    state = _Split(source)
    indent, fresh, position, text = 0, True, 0, source.text
    parentheses = 0
    while position < len(text):
        match = _PIECE.match(text, position)
        kind, at, position = (match.lastgroup, match.start(), match.end()) if match else ("word", position, position + 1)
        if kind == "newline" and match:
            white = match.group()[1:]
            indent, fresh = len(white), True
            if "\t" in white and text[position : position + 1] not in ("", "\n", "#"):
                state.report(codes.TAB, Span(at + 1, position), "this line is indented with a tab", "indent with spaces")
                indent = len(white.expandtabs(4))
            continue
        if kind in ("white", "comment"):
            if at == 0:
                indent = position
            continue
        if fresh and state.open is not None and indent <= state.open.indent:
            state.finish()
            parentheses = 0
        if kind == "open":
            state.brace(at)
        elif kind == "close":
            state.close(at, indent, fresh=fresh)
        else:
            if state.open is None:
                parentheses = 0
                if not fresh:
                    state.report(codes.INDENTATION, Span(at, at + 1), "this sentence shares its line", "start it on a line of its own")
                state.start(at, indent)
            elif fresh and _STARTS.match(text, at):
                state.unopened(at, indent)
            parentheses += kind == "paren"
            if kind in ("openlong", "opentext"):
                position = _unclosed_text(state, at, position, kind)
            if state.open is not None:
                state.open.end = position
                state.open.sound &= kind not in ("openlong", "opentext")
                if parentheses == DEEPEST + 1:
                    state.report(codes.NESTED_TOO_DEEP, Span(at, at + 1), f"more than {DEEPEST} parentheses in one sentence", "declare facts for parts of the condition")
                state.open.sound &= parentheses <= DEEPEST
        fresh = False
    state.finish()
    while state.groups:
        state.unclosed(len(text))
    return state.top, state.found


def _unclosed_text(state: _Split, at: int, end: int, kind: str) -> int:
    """Report a text that does not end; it is taken to end with its line."""
    if kind == "openlong":
        line_end = state.source.text.find("\n", end)
        end = len(state.source.text) if line_end < 0 else line_end
    quote = '"""' if kind == "openlong" else '"'
    state.report(codes.UNCLOSED_TEXT, Span(at, at + len(quote)), "this text is not closed", f"end it with `{quote}`" + ("" if kind == "openlong" else '; a text of several lines stands between `"""`'))
    return end
