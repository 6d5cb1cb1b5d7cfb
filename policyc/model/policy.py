"""The resolved policy. Nothing in it changes; equal policies are equal values.

Order is the author's where the page shows it, and sorted everywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import evolve, field

from policyc.language.verbs import VERBS, Verb
from policyc.language.words import MODALITIES, Force
from policyc.model.digest import digest
from policyc.model.values import Tags, Terms, Texts, Translations, Value, Words
from policyc.record import ValueRecord, unwritten
from policyc.source.text import Source, Span

Fields = Mapping[str, Value]


@unwritten(eq=False, repr=False)
class Place(ValueRecord):
    """Where something is written; it takes no part in equality."""

    source: Source
    span: Span


def _place() -> Place:
    return field(eq=False, repr=False, kw_only=True)  # type: ignore[no-any-return]


Written = Mapping[str, Sequence[Span]]
"""Where the parts of a field stand: each text, tag and hole, or else all of its value. "" is what a verb is about."""


def _written() -> Written:
    return field(eq=False, repr=False, kw_only=True, factory=dict)


@unwritten(eq=False, repr=False)
class Term(ValueRecord):
    """A declared or imported name.

    `id` is its name in this policy; `qualified` the module and name that declare it. `label` is what readers see.
    `parents` are ids; `is_open`: it has members that nobody listed. `fields` are its other clauses.
    `translations` are those of the label.
    `imported`: the policy's author named it in an import; a term that is neither imported nor declared here
    is there because an imported one lies below it or refers to it.
    """

    id: str
    kind: str
    qualified: str
    label: str
    parents: tuple[str, ...]
    is_open: bool
    fields: Fields
    imported: bool
    translations: Translations = ()
    place: Place = _place()
    written: Written = _written()

    @property
    def is_local(self) -> bool:
        """Whether the policy itself declares it."""
        return self.qualified == self.id


@unwritten(eq=False, repr=False)
class Statement(ValueRecord):
    """One norm of the policy, with the clauses of its groups merged in.

    `id` is the author's label, or derived from the content. `objects` are what the verb is about: `Terms`,
    `Words`, or for claims and duties `Texts`; None where a hole says that they are missing.
    `fields` maps the fields of the clause table to values. `only` holds the fields under an `only`
    ("data" for the objects). `holes` are pairs of the missing field and the original words ("" if none).
    """

    id: str
    label: str | None
    mood: str | None
    modality: str
    verb: str
    objects: Terms | Words | Texts | None
    fields: Fields
    only: tuple[str, ...]
    holes: tuple[tuple[str, str], ...]
    place: Place = _place()
    written: Written = _written()

    @property
    def row(self) -> Verb:
        """The verb's row in the table."""
        return VERBS[self.verb]

    @property
    def force(self) -> Force:
        """What the statement does to decisions: nothing for what a law says and for verbs nobody asks for."""
        return MODALITIES[self.modality].force if self.mood is None and self.row.decided else Force.NONE

    @property
    def refs(self) -> tuple[str, ...]:
        """The unpublished sources that the author traced it to."""
        return texts_of(self.fields, "trace")


@unwritten(eq=False, repr=False)
class Prose(ValueRecord):
    """The author's own words on the page, with no force."""

    id: str
    fields: Fields
    place: Place = _place()
    written: Written = _written()

    @property
    def refs(self) -> tuple[str, ...]:
        """The unpublished sources that the author traced it to."""
        return texts_of(self.fields, "trace")


@unwritten(eq=False, repr=False)
class Section(ValueRecord):
    """A titled part of the page. `items` are ids of statements and prose, and sections, in the author's order.

    `translations` are those of the title.
    """

    id: str
    title: str
    items: tuple[str | Section, ...]
    fields: Fields
    translations: Translations = ()
    place: Place = _place()
    written: Written = _written()

    @property
    def refs(self) -> tuple[str, ...]:
        """The unpublished sources that the author traced it to."""
        return texts_of(self.fields, "trace")


@unwritten(eq=False, repr=False)
class Question(ValueRecord):
    """What a test or `policyc ask` asks: a verb, terms by dimension, and what is known.

    `terms` maps a dimension to the ids asked about (`way`, `state`: closed words); `other:ID` asks about the
    unlisted members of an open term. `facts` maps fact ids to what is known of them. `to_come` are events that have
    not happened, `happened` those that have, nobody says when.
    """

    verb: str
    terms: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, bool]
    to_come: tuple[str, ...] = ()
    happened: tuple[str, ...] = ()


@unwritten(eq=False, repr=False)
class Expectation(ValueRecord):
    """One line of a test: the question, and whether it must be allowed."""

    allowed: bool
    question: Question
    text: str
    place: Place = _place()


@unwritten(eq=False, repr=False)
class Test(ValueRecord):
    """A titled list of expectations."""

    __test__ = False  # pytest collects classes of this name

    title: str
    expectations: tuple[Expectation, ...]


@unwritten(eq=False, repr=False)
class Policy(ValueRecord):
    """A whole policy. `layout` is the page's order.

    `flaws` are the codes of errors with which it is built all the same: its outputs say so. They are no part of what
    the policy says, and of its hash.
    """

    header: Term
    terms: Mapping[str, Term]
    statements: tuple[Statement, ...]
    prose: tuple[Prose, ...]
    layout: tuple[str | Section, ...]
    tests: tuple[Test, ...]
    flaws: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The policy's declared name."""
        return self.header.id

    @cached_property
    def hash(self) -> str:
        """A digest of what the policy says, which all its outputs carry.

        Places in files, tests, and the order of the page take no part; the titles and texts of sections do.
        """
        sections = [evolve(section, items=()) for section in _sections(self.layout)]
        return digest((self.header, self.terms, self.statements, self.prose, sections))

    def statement(self, identifier: str) -> Statement:
        """The statement with an id; KeyError if there is none."""
        return self._by_id[identifier]

    _by_id: Mapping[str, Statement] = field(init=False, repr=False, eq=False)

    @_by_id.default
    def _index(self) -> Mapping[str, Statement]:
        return {statement.id: statement for statement in self.statements}

    def of_kind(self, kind: str) -> tuple[Term, ...]:
        """All terms of a kind, sorted by id."""
        return tuple(term for term in self.terms.values() if term.kind == kind)


def _sections(layout: tuple[str | Section, ...]) -> list[Section]:
    """All sections, inner ones too, by id."""
    found = [item for item in layout if isinstance(item, Section)]
    for section in tuple(found):
        found += _sections(section.items)
    return sorted(found, key=lambda section: section.id)


def texts_of(fields: Fields, name: str) -> tuple[str, ...]:
    """The texts of a field; empty if it is not there."""
    value = fields.get(name)
    return value.texts if isinstance(value, Texts) else ()


def terms_of(fields: Fields, name: str) -> tuple[str, ...]:
    """The ids of a field; empty if it is not there."""
    value = fields.get(name)
    return value.ids if isinstance(value, Terms) else ()


def words_of(fields: Fields, name: str) -> tuple[str, ...]:
    """The closed words of a field; empty if it is not there."""
    value = fields.get(name)
    return value.words if isinstance(value, Words) else ()


def tags_of(fields: Fields, name: str) -> tuple[tuple[str, str], ...]:
    """The pairs of a field; empty if it is not there."""
    value = fields.get(name)
    return value.tags if isinstance(value, Tags) else ()
