"""The tree of a policy file, as written. Spans take no part in equality.

Everything is one of seven sentences; what they carry are clauses, and what clauses carry are values.
"""

from __future__ import annotations

from datetime import date

from attrs import field

from policyc.language.words import Bound, Comparison, Unit
from policyc.record import ValueRecord, unwritten
from policyc.source.text import Span

NOWHERE = Span(0, 0)


def _span() -> Span:
    return field(default=NOWHERE, eq=False, repr=False, kw_only=True)


class Node(ValueRecord):
    """What all nodes share: two are equal if they say the same, wherever they stand."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]


@unwritten(eq=False, repr=False)
class Word(Node):
    """A name, key or other word; `other` says that it was `other of NAME`."""

    text: str
    other: bool = False
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Translation(Node):
    """A text in another language, with the code of the language."""

    language: Word
    value: str
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Text(Node):
    """A text in quotes, unescaped, with its translations. Longer ones are Markdown."""

    value: str
    translations: tuple[Translation, ...] = ()
    span: Span = _span()


# --- values ----------------------------------------------------------------------------------


@unwritten(eq=False, repr=False)
class Names(Node):
    """One or more names, with `any`, `all` or `some of` before them."""

    words: tuple[Word, ...]
    quantifier: str | None = None
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Texts(Node):
    """One or more texts."""

    texts: tuple[Text, ...]
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Tag(Node):
    """A word and a text: `list "sub-processors"`."""

    word: Word
    text: Text
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Tagged(Node):
    """One or more tags."""

    tags: tuple[Tag, ...]
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Period(Node):
    """A length of time; a range has an upper number. `0 days` is "at once"."""

    number: int
    unit: Unit
    bound: Bound = Bound.EXACT
    upper: int | None = None
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Day(Node):
    """A calendar date."""

    value: date
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Nothing(Node):
    """The value of a flag."""

    span: Span = _span()


@unwritten(eq=False, repr=False)
class Fact(Node):
    """A guard that holds when the named fact does."""

    word: Word
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Compared(Node):
    """A guard that compares a variable (`since`: the time since an event) with a constant."""

    word: Word
    comparison: Comparison
    number: int
    unit: Unit | None = None
    since: bool = False
    span: Span = _span()


@unwritten(eq=False, repr=False)
class AllOf(Node):
    """A guard that holds when each part does."""

    parts: tuple[Condition, ...]
    span: Span = _span()


@unwritten(eq=False, repr=False)
class OneOf(Node):
    """A guard that holds when a part does."""

    parts: tuple[Condition, ...]
    span: Span = _span()


Condition = Fact | Compared | AllOf | OneOf
Value = Names | Texts | Tagged | Period | Day | Nothing | Fact | Compared | AllOf | OneOf


@unwritten(eq=False, repr=False)
class Clause(Node):
    """A key with its value; `key.text` is empty for a period that stands alone."""

    key: Word
    value: Value
    only: bool = False
    span: Span = _span()


# --- sentences -------------------------------------------------------------------------------


@unwritten(eq=False, repr=False)
class Version(Node):
    """`language 1`."""

    number: int
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Imported(Node):
    """One name of an import, and the name that it gets here."""

    name: Word
    alias: Word | None = None
    span: Span = _span()

    @property
    def local(self) -> Word:
        """The name by which this file knows it."""
        return self.alias or self.name


@unwritten(eq=False, repr=False)
class Import(Node):
    """`import a, b as c from path`."""

    names: tuple[Imported, ...]
    path: tuple[Word, ...]
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Declaration(Node):
    """`kind name "label" clause…`."""

    kind: Word
    name: Word
    label: Texts | None
    clauses: tuple[Clause, ...]
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Statement(Node):
    """`[label:] [mood] modality verb objects clause…`; in a test the modality is allow or deny."""

    label: Word | None
    mood: str | None
    modality: Word
    verb: Word
    objects: Names | Texts | None
    only: bool
    clauses: tuple[Clause, ...]
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Pattern(Node):
    """What a rule looks for: statements with a verb, declarations of a kind, or what the header names.

    `heads` are verbs, or else one kind, or the key of one of the header's clauses. `having` is what only some have.
    """

    mood: str | None
    modality: Word | None
    heads: tuple[Word, ...]
    objects: Names | None
    clauses: tuple[Clause, ...]
    having: Needs | None = None
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Noun(Node):
    """Something that has to be there, whatever it says: `basis`, `period`."""

    word: Word
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Counted(Node):
    """So many names that have to be there: `at least 2 channels`."""

    bound: Bound
    number: int
    word: Word
    span: Span = _span()


Need = Clause | Noun | Counted


@unwritten(eq=False, repr=False)
class Needs(Node):
    """What has to be there: all of it, or with `is_any` one of it. Or there are `others`: statements about the same."""

    needs: tuple[Need, ...]
    is_any: bool = False
    others: tuple[Pattern, ...] = ()
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Demand(Node):
    """`every PATTERN has …`, `no PATTERN`, `some PATTERN`; or one of several, the first and its `alternatives`."""

    quantifier: Word
    pattern: Pattern
    needs: Needs | None
    alternatives: tuple[Demand, ...] = ()
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Rule(Node):
    """`rule name "message" clause… if condition then demand…`."""

    name: Word
    label: Texts | None
    clauses: tuple[Clause, ...]
    conditions: tuple[Demand, ...]
    demands: tuple[Demand, ...]
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Prose(Node):
    """A sentence of clauses alone: `[label:] text "…"`."""

    label: Word | None
    clauses: tuple[Clause, ...]
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Group(Node):
    """Clauses before braces: they hold for every sentence inside. `broken`: its header could not be read."""

    label: Word | None
    clauses: tuple[Clause, ...]
    items: tuple[Item, ...]
    broken: bool = False
    span: Span = _span()


@unwritten(eq=False, repr=False)
class Broken(Node):
    """A sentence that could not be read, with the words that it may have declared."""

    words: tuple[str, ...]
    span: Span = _span()


Item = Version | Import | Declaration | Statement | Rule | Prose | Group | Broken


@unwritten(eq=False, repr=False)
class Document(Node):
    """All sentences of one file."""

    items: tuple[Item, ...]
    span: Span = _span()
