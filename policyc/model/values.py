"""What the clauses of the model hold. Names are ids of terms; everything is frozen and ordered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import field

from policyc.language.words import ISO_UNITS, Bound, Comparison, Unit
from policyc.record import ValueRecord, unwritten
from policyc.source.text import Span

Translations = tuple[tuple[str, str], ...]
"""Pairs of a language's code and a text in it."""


@unwritten(eq=False, repr=False)
class Terms(ValueRecord):
    """Ids of terms, as the author listed them.

    `quantifier` is any, all, some or None. `excluding` are taken out of what the ids cover. `including` are
    members that the author names as examples: they lie below the ids and cover nothing more.
    """

    ids: tuple[str, ...]
    quantifier: str | None = None
    excluding: tuple[str, ...] = ()
    including: tuple[str, ...] = ()


@unwritten(eq=False, repr=False)
class Words(ValueRecord):
    """Closed words of the language."""

    words: tuple[str, ...]


@unwritten(eq=False, repr=False)
class Texts(ValueRecord):
    """Texts of the author, Markdown.

    `translations` has for each text its pairs of language and text, sorted; nothing if no text is translated.
    """

    texts: tuple[str, ...]
    translations: tuple[Translations, ...] = ()

    def joined(self, other: Texts) -> Texts:
        """Both as one."""
        translations = (*self.aligned, *other.aligned)
        return Texts(self.texts + other.texts, translations if any(translations) else ())

    @property
    def aligned(self) -> tuple[Translations, ...]:
        """The translations of each text."""
        return self.translations or ((),) * len(self.texts)


@unwritten(eq=False, repr=False)
class Tags(ValueRecord):
    """Pairs of a closed word and a text: `see list "sub-processors"`.

    `spans` are the places of the words, in the file of the sentence; a group's words have one place in all of its
    sentences.
    """

    tags: tuple[tuple[str, str], ...]
    spans: tuple[Span, ...] = field(default=(), eq=False, repr=False)


@unwritten(eq=False, repr=False)
class Period(ValueRecord):
    """A length of calendar time: `number` units, or from `number` to `upper`; 0 days is "at once"."""

    number: int
    unit: Unit
    bound: Bound = Bound.EXACT
    upper: int | None = None

    @property
    def iso(self) -> str:
        """The length as an ISO 8601 duration (the lower end of a range)."""
        return ISO_UNITS[self.unit].format(self.number)

    @property
    def iso_upper(self) -> str | None:
        """The upper end of a range as an ISO 8601 duration; None if it is no range."""
        return None if self.upper is None else ISO_UNITS[self.unit].format(self.upper)


@unwritten(eq=False, repr=False)
class Day(ValueRecord):
    """A calendar date."""

    value: date


@unwritten(eq=False, repr=False)
class Flag(ValueRecord):
    """A clause without a value, which is there."""


@unwritten(eq=False, repr=False)
class Holds(ValueRecord):
    """A guard that is true when the fact is."""

    fact: str


@unwritten(eq=False, repr=False)
class Compared(ValueRecord):
    """A guard over one number.

    `subject` is a fact that has a number (`age`), or with `since` an event: the time that has passed since it.
    """

    subject: str
    comparison: Comparison
    number: int
    unit: Unit | None = None
    since: bool = False


@unwritten(eq=False, repr=False)
class AllOf(ValueRecord):
    """A guard that is true when all parts are."""

    parts: tuple[Guard, ...]


@unwritten(eq=False, repr=False)
class OneOf(ValueRecord):
    """A guard that is true when a part is."""

    parts: tuple[Guard, ...]


Guard = Holds | Compared | AllOf | OneOf
Value = Terms | Words | Texts | Tags | Period | Day | Flag | Holds | Compared | AllOf | OneOf


def atoms(guard: Guard) -> tuple[Holds | Compared, ...]:
    """The facts and comparisons in a guard, in order, each as often as it stands there."""
    if isinstance(guard, AllOf | OneOf):
        return tuple(atom for part in guard.parts for atom in atoms(part))
    return (guard,)


def facts_in(value: Value | None) -> tuple[str, ...]:
    """The facts that hold or do not in a guard, in order; none in what is no guard."""
    if not isinstance(value, Holds | Compared | AllOf | OneOf):
        return ()
    return tuple(one.fact for one in atoms(value) if isinstance(one, Holds))


def names_in(value: Value) -> Iterator[str]:
    """The ids of terms and statements that a value names, in order."""
    if isinstance(value, Terms):
        yield from (*value.ids, *value.excluding, *value.including)
    elif isinstance(value, Holds | Compared | AllOf | OneOf):
        for atom in atoms(value):
            yield atom.fact if isinstance(atom, Holds) else atom.subject
