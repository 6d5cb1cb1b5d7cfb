"""Hypothesis strategies that draw nodes, as the parser could have made them, and source texts with comments.

What no parser makes is not drawn: a reserved name, a statement without objects and without a hole for them, a
period of no time that is not `at once`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from hypothesis import strategies as st

from policyc.language.clauses import CLAUSES, Form, clause_keys
from policyc.language.kinds import KINDS
from policyc.language.verbs import VERBS
from policyc.language.words import EXPECTATIONS, MODALITIES, MOODS, MOST_OF_A_UNIT, QUANTIFIERS, Bound, Comparison, Unit
from policyc.syntax import nodes
from policyc.syntax.grammar import HOLE, LONGEST_NAME, RESERVED

NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
DEEPER: Final = "\n" + " " * 60
"""A new line within whatever sentence is open."""

# --- words -----------------------------------------------------------------------------------

_TAKEN: Final = sorted({*KINDS, *VERBS, *clause_keys(), *(unit.value for unit in Unit), "below", "import", "language"})
names: Final = st.one_of(
    st.sampled_from([word for word in _TAKEN if NAME.fullmatch(word) and word not in RESERVED]),
    st.from_regex(r"\A[a-z][a-z0-9_]{0,12}\Z").filter(lambda name: name not in RESERVED),
    st.just("x" * LONGEST_NAME),
)
modules: Final = st.from_regex(r"\A[a-z][a-z0-9_]{0,8}\Z") | st.sampled_from(sorted(RESERVED))
words: Final = st.builds(nodes.Word, names)
_quoted: Final = (
    st.text() | st.text(st.sampled_from("ab \t\n\"\\#{}()'n“”:;")) | st.lists(st.text("ab ", max_size=6)).map("\n".join)
)
_untranslated: Final = st.builds(nodes.Text, _quoted)
texts: Final = _untranslated | st.builds(
    nodes.Text, _quoted, st.lists(st.builds(nodes.Translation, words, _quoted), min_size=1, max_size=2).map(tuple)
)

# --- values ----------------------------------------------------------------------------------

name_lists: Final = st.builds(
    nodes.Names,
    st.lists(st.builds(nodes.Word, names, other=st.booleans()), min_size=1, max_size=4).map(tuple),
    st.none() | st.sampled_from(tuple(QUANTIFIERS)),
)
text_lists: Final = st.builds(nodes.Texts, st.lists(texts, min_size=1, max_size=3).map(tuple))
_tags: Final = st.builds(nodes.Tag, words, _untranslated)
tagged: Final = st.builds(nodes.Tagged, st.lists(_tags, min_size=1, max_size=3).map(tuple))
numbers: Final = st.integers(0, MOST_OF_A_UNIT)
units: Final = st.sampled_from(Unit)


@st.composite
def periods(draw: st.DrawFn) -> nodes.Period:
    """A length of time or a range; exactly none is `at once`."""
    low, high = sorted(draw(st.tuples(numbers, numbers)))
    if low < high and draw(st.booleans()):
        return nodes.Period(low, draw(units), upper=high)
    bound = draw(st.sampled_from(Bound))
    return nodes.Period(low, Unit.DAY if not low and bound is Bound.EXACT else draw(units), bound)


facts: Final = st.builds(nodes.Fact, words)


@st.composite
def comparisons(draw: st.DrawFn) -> nodes.Compared:
    """A comparison; one of the time since an event has a unit."""
    since = draw(st.booleans())
    unit = draw(units if since else st.none() | units)
    return nodes.Compared(draw(words), draw(st.sampled_from(Comparison)), draw(numbers), unit, since)


def _joined(parts: st.SearchStrategy[nodes.Condition]) -> st.SearchStrategy[nodes.Condition]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.builds(nodes.AllOf, several) | st.builds(nodes.OneOf, several)


conditions: Final[st.SearchStrategy[nodes.Condition]] = st.recursive(facts | comparisons(), _joined, max_leaves=6)

_FORMS: Final[dict[Form, st.SearchStrategy[nodes.Value]]] = {
    Form.NAMES: name_lists,
    Form.TEXTS: text_lists,
    Form.TAGGED: tagged,
    Form.PERIOD: periods(),
    Form.DATE: st.builds(nodes.Day, st.dates(date.min, date.max)),
}

# --- clauses ---------------------------------------------------------------------------------


@st.composite
def clauses(draw: st.DrawFn) -> nodes.Clause:
    """A clause of the table with a value of its form."""
    row = draw(st.sampled_from(CLAUSES))
    only = draw(st.sampled_from((False, False, False, True)))
    if row.form is Form.GUARD:
        return nodes.Clause(nodes.Word(row.key), draw(conditions), only)
    if row.form is Form.FLAG:
        return nodes.Clause(nodes.Word(row.key), nodes.Nothing(), only)
    if row.key == HOLE:
        return nodes.Clause(nodes.Word(HOLE), draw(name_lists | tagged), only)
    return nodes.Clause(nodes.Word(row.key), draw(_FORMS[row.form]), only)


def _some_clauses(least: int = 0) -> st.SearchStrategy[tuple[nodes.Clause, ...]]:
    return st.lists(clauses(), min_size=least, max_size=4).map(tuple)


holes: Final = st.builds(nodes.Clause, st.just(nodes.Word(HOLE)), name_lists | tagged)

# --- sentences -------------------------------------------------------------------------------

labels: Final = st.none() | words
imports: Final = st.builds(
    nodes.Import,
    st.lists(st.builds(nodes.Imported, words, st.none() | words), min_size=1, max_size=5).map(tuple),
    st.lists(st.builds(nodes.Word, modules), min_size=1, max_size=3).map(tuple),
)
declarations: Final = st.builds(
    nodes.Declaration,
    st.sampled_from(sorted(KINDS)).map(nodes.Word),
    words,
    st.none() | text_lists,
    _some_clauses(),
)


@st.composite
def statements(draw: st.DrawFn) -> nodes.Statement:
    """A statement, or an expectation of a test; without objects its first clause is a hole."""
    objects = draw(st.none() | name_lists | text_lists)
    following = draw(_some_clauses())
    return nodes.Statement(
        draw(labels),
        draw(st.none() | st.sampled_from(sorted(MOODS))),
        nodes.Word(draw(st.sampled_from((*MODALITIES, *EXPECTATIONS)))),
        nodes.Word(draw(st.sampled_from(sorted(VERBS)) | names)),
        objects,
        isinstance(objects, nodes.Names) and draw(st.booleans()),
        following if objects is not None else (draw(holes), *following),
    )


prose: Final = st.builds(nodes.Prose, labels, _some_clauses(1))
sentences: Final = imports | declarations | statements() | prose


def _group(items: st.SearchStrategy[nodes.Item]) -> st.SearchStrategy[nodes.Item]:
    return st.builds(nodes.Group, labels, _some_clauses(1), st.lists(items, max_size=3).map(tuple))


items: Final[st.SearchStrategy[nodes.Item]] = st.recursive(sentences, _group, max_leaves=6)
documents: Final = st.builds(nodes.Document, st.lists(items, max_size=5).map(lambda found: (nodes.Version(1), *found)))

# --- source texts ----------------------------------------------------------------------------

_GAP: Final = re.compile(
    r'"""[^"\\]*(?:(?:\\(?:.|\n)|"(?!""))[^"\\]*)*"""|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|(?P<gap>[ ]+|\n)'
)
_TWO_WORDS: Final = re.compile(
    rf"(?:at (?:most|least|once)|other of|some of|subject to|{'|'.join(MOODS)})(?![a-z0-9_])"
)
comments: Final = st.text(st.characters(exclude_characters="\n"), max_size=10).map(lambda text: f"# {text}".strip())


def gaps(text: str) -> list[re.Match[str]]:
    """The places between words of a printed text where a comment may stand."""
    found = [match for match in _GAP.finditer(text) if match.group("gap")]
    pairs = [match.span() for match in _TWO_WORDS.finditer(text)]
    inside = [gap for gap in found if not text.endswith("\n", 0, gap.start()) or gap.group() == "\n"]
    return [gap for gap in inside if not any(start < gap.start() < end for start, end in pairs)]


@st.composite
def commented(draw: st.DrawFn, text: str) -> tuple[str, list[str]]:
    """A printed text with comments, blank lines and new lines between its words; and the comments."""
    made, added, position = [], [], 0
    for gap in gaps(text):
        made.append(text[position : gap.start()])
        position = gap.end()
        comment = draw(st.none() | st.none() | comments)
        if comment is None:
            made.append(gap.group())
            continue
        added.append(comment)
        ends_line = gap.group() == "\n"
        before = draw(st.sampled_from((" ", "\n" if ends_line else DEEPER, "\n\n" if ends_line else " ")))
        made += [before, comment, "\n" if ends_line else DEEPER]
    return "".join(made) + text[position:], added
