"""Finds the sentences of a file that does not parse, by layout alone, and says where the layout is broken.

Goes through the file once, line by line. A mistake is reported once: a line has at most one problem, and what
was repaired is not reported again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import define, field, frozen

from policyc.diagnostics.diagnostic import Diagnostic, Label
from policyc.language.clauses import GUARD_KEYS, PREPOSITIONS, TWO_WORD_KEYS
from policyc.language.words import MOODS
from policyc.source.text import Source, Span
from policyc.syntax import problems
from policyc.syntax.grammar import WORDS, one_of
from policyc.syntax.layout import DEEPEST, width
from policyc.syntax.pieces import Pieces, line_end, starts_sentence
from policyc.syntax.problems import Problem

_WHITE: Final = re.compile(r"[ \t]*")
_WORD: Final = re.compile(r'"|[^\s"#{}]+')
_BRACE_LINE: Final = re.compile(r"^([ \t]*+)(?:\}|[^\n]*(\{)[ \t]*+(?:#[^\n]*+)?$)", re.MULTILINE)
_MOOD: Final = re.compile(rf"(?:[a-z][a-z0-9_]*+:(?:\s|#[^\n]*+)*+)?{one_of(MOODS)}")
_UNFINISHED: Final = re.compile(r"(?:[:,.]|\b(?:from|as))\Z")
"""How no sentence ends, so that what follows belongs to it: a label, a list, the path of an import."""

_CLAUSE: Final = one_of({*PREPOSITIONS, *TWO_WORD_KEYS, *GUARD_KEYS, *WORDS} - {"text"})
_HEADER: Final = re.compile(rf"(?:[a-z][a-z0-9_]*:[ ]*)?{_CLAUSE}")
"""How the header of a group starts; what starts with `text` is prose."""

_CLAUSES_ALONE: Final = re.compile(rf"{_CLAUSE}(?![^\n]*\{{[ \t]*+(?:#[^\n]*+)?$)", re.MULTILINE)
"""A line of clauses that opens no group."""


@frozen
class Chunk:
    """A sentence, or the header of a group, which then has its `{` at `brace`. `reported`: it is known to be broken."""

    span: Span
    brace: int | None = None
    reported: bool = False


@frozen
class Close:
    """The innermost group ends before an offset."""

    offset: int


@frozen
class Stop:
    """From an offset on nothing is read."""

    offset: int


Event = Chunk | Close | Stop | Diagnostic


def scan(source: Source) -> Iterator[Event]:
    """The chunks of a source and the ends of its groups, in order, and what is wrong with its layout."""
    state = _State(source, Pieces(source), _closed_braces(source.text))
    position = 0
    while position < len(source.text) and not state.stopped:
        position = state.read_line(position)
        yield from state.take_events()
    state.finish()
    yield from state.take_events()


def _closed_braces(text: str) -> frozenset[int]:
    """The offset of every `{` that is closed, as far as the indentation of `}` can tell."""
    unclosed: list[tuple[int, int]] = []
    closed = set()
    for line in _BRACE_LINE.finditer(text):
        indent = width(line.group(1))
        if line.group(2):
            unclosed.append((indent, line.start(2)))
            continue
        while unclosed and unclosed[-1][0] > indent:
            unclosed.pop()
        if unclosed:
            closed.add(unclosed.pop()[1])
    return frozenset(closed)


@define
class _Sentence:
    """The open sentence. `reported`: something in it was.

    `shallow`: it is not indented in its group, `deep`: it is indented deeper than its neighbours. Both were reported.
    """

    start: int
    end: int
    indent: int
    reported: bool
    shallow: bool = False
    deep: bool = False


@define
class _Group:
    """An open group. `inserted`: its `{` was missing; `shallow`: its sentences are not indented. Both were reported."""

    indent: int
    brace: int
    inserted: bool = False
    shallow: bool = False


@define
class _State:
    """What is open at a place of the file, and what was found up to it."""

    source: Source
    pieces: Pieces
    closed: frozenset[int]
    events: list[Event] = field(factory=list)
    groups: list[_Group] = field(factory=list)
    sentence: _Sentence | None = None
    indent: int = 0
    fresh: bool = True
    """Whether nothing stands before this on its line."""
    reported: bool = False
    """Whether this line has its problem."""
    deep: bool = False
    """Whether the next sentence is known to be indented too deep."""
    tabs: bool = False
    """Whether a tab was reported, which is enough for a file."""
    stopped: bool = False
    """Whether the rest is not read."""

    def take_events(self) -> list[Event]:
        events, self.events = self.events, []
        return events

    # --- problems ----------------------------------------------------------------------------

    def report(self, problem: Problem, start: int, end: int) -> None:
        self.add_problem(problem.at(self.source, start, end))

    def report_word(self, problem: Problem, at: int) -> None:
        match = _WORD.match(self.source.text, at)
        self.report(problem, at, match.end() if match else at + 1)

    def add_problem(self, problem: Diagnostic) -> None:
        if not self.reported:
            self.events.append(problem)
        self.reported = True

    # --- lines -------------------------------------------------------------------------------

    def read_line(self, start: int) -> int:
        """Read the line that starts here, with all lines of a text that starts on it; where the next line starts."""
        text = self.source.text
        white = _WHITE.match(text, start)
        at = white.end() if white else start
        if not text.startswith(("\n", "#"), at) and at < len(text):
            self.begin_line(start, at)
            while at < len(text) and text[at] != "\n" and not self.stopped:
                at = self.read_piece(at)
        return line_end(text, at) + 1

    def begin_line(self, start: int, at: int) -> None:
        """Go on with the open sentence or end it; end the groups that this line cannot be in."""
        white, first = self.source.text[start:at], self.source.text[at]
        self.indent, self.fresh, self.reported = width(white), True, False
        if "\t" in white and not self.tabs:
            self.tabs = True
            self.report(problems.TAB, start, at)
        sentence = self.sentence
        if first == "{" and sentence is not None and self.indent == sentence.indent and self.is_header(sentence):
            self.report(problems.OPENED_ALONE, at, at + 1)
            return
        if sentence is not None and sentence.deep and self.indent == sentence.indent and self.is_clause(at):
            return
        if first == "}" or sentence is None or self.indent <= sentence.indent:
            self.end_sentence()
        elif starts_sentence(self.source.text, at) and not self.is_unfinished(sentence):
            self.start_deeper(at, sentence)
        if first != "}" and self.sentence is None:
            self.leave_groups(at)

    def is_header(self, sentence: _Sentence) -> bool:
        """Whether it starts as the header of a group does."""
        return _HEADER.match(self.source.text, sentence.start) is not None

    def is_clause(self, at: int) -> bool:
        """Whether clauses start here that belong to the sentence before, if only that one is indented wrongly."""
        return _CLAUSES_ALONE.match(self.source.text, at) is not None

    def is_unfinished(self, sentence: _Sentence) -> bool:
        """Whether it cannot end here."""
        text, tail = self.source.text, max(sentence.start, sentence.end - len(" from"))
        is_mood = _MOOD.fullmatch(text, sentence.start, sentence.end) is not None
        return is_mood or _UNFINISHED.search(text, tail, sentence.end) is not None

    def start_deeper(self, at: int, sentence: _Sentence) -> None:
        """A sentence starts deeper than the open one: that one has lost its `{`, or this one is indented too deep."""
        if self.is_header(sentence):
            if not sentence.reported:
                self.report(problems.UNOPENED, sentence.end - 1, sentence.end)
            self.open_group(sentence, sentence.end, inserted=True)
            return
        if not sentence.reported and not sentence.shallow:
            self.report_word(problems.TOO_DEEP, at)
            self.deep = True
        self.end_sentence()

    def leave_groups(self, at: int) -> None:
        """End the groups whose sentences are deeper than this line, but for one whose `}` is still to come."""
        while self.groups and self.indent <= self.groups[-1].indent:
            group = self.groups[-1]
            if group.brace in self.closed:
                if not group.shallow:
                    self.report_word(problems.NOT_INDENTED, at)
                group.shallow = True
                break
            self.close_unclosed(at)

    def finish(self) -> None:
        """The file ends."""
        self.end_sentence()
        while self.groups:
            self.close_unclosed(len(self.source.text))

    # --- pieces ------------------------------------------------------------------------------

    def read_piece(self, at: int) -> int:
        """Read a piece of a line; where the next starts."""
        piece = self.pieces.read(at, self.sentence.indent if self.sentence else self.indent)
        if piece.kind == "open":
            self.open_brace(at)
        elif piece.kind == "close":
            self.close_brace(at)
        elif piece.kind != "comment" and not piece.blank:
            self.add_words(piece.span)
        if piece.problem and self.sentence:
            if not self.sentence.reported:
                self.add_problem(piece.problem)
            self.sentence.reported = True
        self.fresh &= piece.blank
        return piece.end

    def add_words(self, span: Span) -> None:
        """Words of the open sentence, or the first of the next."""
        if self.sentence is None:
            if not self.fresh:
                self.report_word(problems.SHARES_LINE, span.start)
            shallow = bool(self.groups) and self.indent <= self.groups[-1].indent
            reported, deep, self.deep = not self.fresh, self.deep, False
            self.sentence = _Sentence(span.start, span.end, self.indent, reported, shallow, deep)
        self.sentence.end = span.end

    def end_sentence(self) -> None:
        sentence, self.sentence = self.sentence, None
        if sentence is not None:
            self.events.append(Chunk(Span(sentence.start, sentence.end), reported=sentence.reported))

    def open_brace(self, at: int) -> None:
        """`{` ends a header and opens its group."""
        header = self.sentence
        if header is None:
            self.report(problems.NO_HEADER, at, at + 1)
            header = _Sentence(at, at, self.indent, reported=True)
        self.open_group(header, at)

    def open_group(self, header: _Sentence, brace: int, *, inserted: bool = False) -> None:
        self.sentence = None
        self.events.append(Chunk(Span(header.start, header.end), brace, header.reported))
        self.groups.append(_Group(header.indent, brace, inserted))
        if len(self.groups) > DEEPEST:
            self.events += [problems.GROUPS_TOO_DEEP.at(self.source, brace, brace + 1), Stop(brace)]
            self.stopped = True

    def close_brace(self, at: int) -> None:
        """`}` closes the innermost group that its line is not indented less than; one of several closes any."""
        self.end_sentence()
        alone = self.fresh and not self.source.text.startswith("}", at + 1)
        while alone and self.groups and self.indent < self.groups[-1].indent:
            self.close_unclosed(at)
        if not self.groups:
            self.report(problems.CLOSES_NOTHING, at, at + 1)
            return
        if not self.fresh:
            self.report(problems.CLOSED_IN_LINE, at, at + 1)
        self.groups.pop()
        self.events.append(Close(at + 1))

    def close_unclosed(self, at: int) -> None:
        """The innermost group ends without a `}`."""
        group = self.groups.pop()
        self.events.append(Close(at))
        if not group.inserted:
            where = Label(self.source, Span(at, at + 1), "`}` is missing before this")
            self.events.append(problems.UNCLOSED.at(self.source, group.brace, group.brace + 1, where))
