"""What checks look at: the policy with its indexes, each made when the first check asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from attrs import define

from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic, Fix, Label
from policyc.language.clauses import DEFAULT_STATES
from policyc.model.graph import Graph, closure
from policyc.model.policy import Place, Policy, Prose, Section, Statement, Term, tags_of, terms_of, texts_of
from policyc.model.values import Day, Tags, Texts, Value
from policyc.semantics import overlap
from policyc.semantics.extents import EVERYTHING, Leaves
from policyc.semantics.norms import Norm
from policyc.semantics.overlap import Overlaps
from policyc.source.text import Span

Sentence = Statement | Term | Prose | Section
"""What a finding can be about."""


SHOWN: Final = overlap.SHOWN
"""How many names a message lists, and how many places it marks; the others are counted."""

OBJECTS: Final = ""
"""The field of what a verb is about."""

LABEL: Final = "label"
"""The field of the words in quotes after a declared name."""

_REACHED: Final = frozenset({"channel", "document", "party"})
"""Kinds of what readers look for."""

ADDRESSES: Final = frozenset({"email", "menu", "phone", "postal", "url"})
"""Fields that say where something is."""

# Patterns that few policies need are compiled when the first does.
_ADDRESS: Final = (
    r"\w@\w|\bwww\.|://|\+?\d(?:[ ()/-]{0,2}\d){6}|\w > \w|\b\w[\w-]{1,62}\.(?:com|org|net|eu|io|example)\b"
)
"""An address in a text."""

_LONGEST: Final = 60
"""So many letters of the author's words stand in a message."""

_UNPUBLISHED: Final = frozenset({"accept", "dpv", "trace"})
"""Fields that no reader sees."""


class Said(NamedTuple):
    """Words of the author: a text, or the words of a tag, and where they stand.

    `field` is the clause, and `tag` the closed word before the words: what is missing for a `hole`, the kind of target
    for a `see`. `owners` are the sentences that say it: several if the clause stands before a group.
    """

    field: str
    tag: str
    words: str
    place: Place
    owners: tuple[Sentence, ...]


@define(slots=False, eq=False, repr=False)
class View:
    """A policy as checks see it."""

    policy: Policy
    at: date | None = None

    @cached_property
    def date(self) -> date | None:
        """The day as of which laws are judged: the one that was asked for, else that of the policy."""
        days = [self.policy.header.fields.get(field) for field in ("updated", "effective")]
        return self.at or max((day.value for day in days if isinstance(day, Day)), default=None)

    @cached_property
    def overlaps(self) -> Overlaps:
        """What statements have in common."""
        return Overlaps(self.policy)

    @property
    def graph(self) -> Graph:
        """What lies below what."""
        return self.overlaps.extents.graph

    @property
    def statements(self) -> Sequence[Statement]:
        """Statements that say what is, and not what the law says, was, or is planned; in the order of the file."""
        return self.overlaps.statements

    @cached_property
    def acts(self) -> Sequence[Norm]:
        """What we, or those who act for us, do with data or may do; in the order of the file."""
        found = (norm for norm in self.overlaps.permissions if norm.statement.row.decided)
        acting = (norm for norm in found if (actor := norm.boxes[0].get("actor")) is None or actor.possible)
        return [norm for norm in acting if "data" in norm.boxes[0]]

    @cached_property
    def own_acts(self) -> Sequence[Norm]:
        """What we do with data that points at people, for nobody but ourselves."""
        states = self.overlaps.extents.words(DEFAULT_STATES)
        own = (norm for norm in self.acts if "on_behalf_of" not in norm.statement.fields)
        return [norm for norm in own if norm.boxes[0]["state"].possible & states]

    @cached_property
    def trackers(self) -> Leaves:
        """Cookies, and other data that recognises people or their devices."""
        data = self.policy.of_kind("data")
        return self.overlaps.extents.below(term.id for term in data if "tracker" in term.fields)

    def served(self, people: Leaves) -> Leaves:
        """Whom it serves what some people have: parents act for children, and nobody declares for which."""
        return EVERYTHING if people & self._guardians else people

    @cached_property
    def _guardians(self) -> Leaves:
        subjects = self.policy.of_kind("subject")
        return self.overlaps.extents.below(term.id for term in subjects if term.qualified == _GUARDIANS)

    @cached_property
    def self_evident(self) -> frozenset[str]:
        """Recipients of whom nobody expects a name or a reason: people, authorities, and who may buy the business."""
        parties = self.policy.of_kind("party")
        return self.graph.below(term.id for term in parties if _is_person(term) or term.qualified in _OFFICIAL)

    @cached_property
    def terms(self) -> Sequence[Term]:
        """What the policy itself declares, in the order of the file."""
        own = (term for term in self.policy.terms.values() if term.is_local)
        return sorted(own, key=lambda term: term.place.span.start)

    @cached_property
    def sections(self) -> Sequence[Section]:
        """The author's sections, outer ones first."""
        found: list[Section] = [item for item in self.policy.layout if isinstance(item, Section)]
        for section in found:  # it grows while they are gone through
            found += [item for item in section.items if isinstance(item, Section)]
        return found

    @cached_property
    def sentences(self) -> Sequence[Sentence]:
        """All that the file says, in its order: declarations, statements of every mood, texts and sections."""
        found: list[Sentence] = [*self.terms, *self.policy.statements, *self.policy.prose, *self.sections]
        return sorted(found, key=lambda one: one.place.span.start)

    @cached_property
    def _said(self) -> Mapping[str, Sequence[Said]]:
        """All words of the author by field, each once, in the order of the file."""
        found: dict[str, dict[int, Said]] = {}
        for one in self.sentences:
            for field, tag, words, place in _parts(one):
                known = found.setdefault(field, {})
                before = known.get(place.span.start)
                owners = (*before.owners, one) if before else (one,)
                known[place.span.start] = Said(field, tag, words, place, owners)
        return {field: sorted(known.values(), key=lambda one: one.place.span.start) for field, known in found.items()}

    def is_found(self, *names: str) -> bool:
        """Whether readers can find one of these: it, or what lies above or below it, or who runs it, has an address.

        A hole that stands for the address counts, for it tells of the gap itself.
        """
        return not self._found.isdisjoint(names)

    @cached_property
    def _found(self) -> frozenset[str]:
        """What has an address, or leads to something that has one."""
        terms = [term for term in self.policy.terms.values() if term.kind in _REACHED]
        leading: dict[str, list[str]] = {}
        for term in terms:
            for name in (*term.parents, *terms_of(term.fields, "contact"), *terms_of(term.fields, "actor")):
                leading.setdefault(name, []).append(term.id)
        found = closure((term.id for term in terms if _has_address(term)), lambda name: leading.get(name, ()))
        return frozenset(closure(found, lambda name: self.policy.terms[name].parents))

    def said(self, *fields: str) -> Iterator[Said]:
        """The words that stand in some fields."""
        for field in fields:
            yield from self._said.get(field, ())


def _parts(one: Sentence) -> Iterator[tuple[str, str, str, Place]]:
    """The texts and tags of a sentence, with their places."""
    values: Iterable[tuple[str, Value | None]] = one.fields.items()
    if isinstance(one, Statement):
        values = [(OBJECTS, one.objects), *values, ("holes", Tags(one.holes))]
    elif isinstance(one, Term) and LABEL in one.written:
        values = [(LABEL, Texts((one.label,))), *values]
    elif isinstance(one, Section):
        values = [("title", Texts((one.title,))), *values]
    for field, value in values:
        if field in _UNPUBLISHED:
            continue
        if isinstance(value, Texts):
            for number, words in enumerate(value.texts):
                yield field, "", words, part(one, field, number)
        elif isinstance(value, Tags):
            for number, (tag, words) in enumerate(value.tags):
                yield field, tag, words, part(one, field, number)


def _has_address(term: Term) -> bool:
    if not term.fields.keys().isdisjoint(ADDRESSES) or any(
        tag == "address" for tag, _ in tags_of(term.fields, "holes")
    ):
        return True
    return any(re.search(_ADDRESS, text) for text in (term.label, *texts_of(term.fields, "text")))


def named(one: Sentence, field: str, name: str) -> Place:
    """Where a name stands in a clause; all of the clause, if it is not to be seen there."""
    place = part(one, field)
    start, end = place.span.start, place.span.end
    found = re.search(rf"\b{re.escape(name)}\b", place.source.text[start:end])
    return Place(source=place.source, span=Span(start + found.start(), start + found.end())) if found else place


def part(one: Sentence, field: str, number: int = 0) -> Place:
    """Where a part of a clause stands; where the sentence is named, if that is not known."""
    spans = one.written.get(field, ())
    return Place(source=one.place.source, span=spans[number]) if number < len(spans) else mark(one)


_GUARDIANS: Final = "std.subject.minors.guardians"

_PERSON: Final = "dpv:NaturalPerson"
_PEOPLE: Final = ("std.party.people.", "std.party.inside.")
"""Modules of the library with parties that are people."""

_OFFICIAL: Final = frozenset(
    (
        *("std.party.authorities.authorities", "std.party.authorities.courts"),
        *("std.party.group.acquirers", "std.party.group.potential_acquirers", "std.party.group.merger_partners"),
    )
)


def _is_person(term: Term) -> bool:
    return _PERSON in texts_of(term.fields, "dpv") or term.qualified.startswith(_PEOPLE)


def finding(  # noqa: PLR0913 - keyword arguments, one for each part of a message
    code: Code,
    about: Sentence | Said,
    message: str,
    *,
    text: str = "",
    place: Place | None = None,
    more: Iterable[tuple[Sentence | Said | Place, str]] = (),
    help: str | None = None,  # noqa: A002 - the word that users see
    witness: str | None = None,
    fixes: tuple[Fix, ...] = (),
    level: Level | None = None,
) -> Diagnostic:
    """A finding about a sentence, marked at its name or at `place`, or about words, marked where they stand.

    `more` are further places, each with what is to be said of it. Its level is the code's, unless another one is given.
    """
    further = list(more)
    statements = [one for said in (about, *(one for one, _ in further)) for one in _statements(said)]
    return Diagnostic(
        code,
        level or code.level,
        message,
        _label(place or about, text),
        tuple(_label(one, said) for one, said in further),
        help,
        fixes,
        tuple(dict.fromkeys(one.id for one in statements)),
        tuple(dict.fromkeys(ref for one in statements for ref in one.refs)),
        witness,
    )


def _statements(said: Sentence | Said | Place) -> Iterable[Statement]:
    owners: tuple[Sentence | Said | Place, ...] = said.owners if isinstance(said, Said) else (said,)
    return [one for one in owners if isinstance(one, Statement)]


def _label(one: Sentence | Said | Place, text: str) -> Label:
    place = one if isinstance(one, Place) else mark(one)
    return Label(place.source, place.span, text)


def mark(one: Sentence | Said) -> Place:
    """Where a sentence is named, by its label, its title or what it declares; else all of it. Words: themselves."""
    place = one.place
    if isinstance(one, Statement) and one.label:
        return Place(source=place.source, span=Span(place.span.start, place.span.start + len(one.label)))
    if isinstance(one, Section) and one.written.get("title"):
        return part(one, "title")
    return place


def shown(words: str) -> str:
    """The author's words in a message, in one line and not too long."""
    line = " ".join(words.split())
    return f"`{line if len(line) <= _LONGEST else line[:_LONGEST].rsplit(' ', 1)[0] + ' …'}`"


_ABSOLUTE: Final = (
    r"(?i)\b(?:always|never|fully|completely|entirely|totally|absolutely|perfect(?:ly)?|guarantee[sd]?|"
    r"at all times|under no circumstances|in (?:every|all|any) cases?|impossible|no(?:body| one) can|ensures? that|"
    r"100 ?(?:%|per ?cent))(?!\w)"
)
_STEMS: Final = (
    *("always", "never", "fully", "completely", "entirely", "totally", "absolutely", "perfect", "guarantee"),
    *("at all times", "circumstances", " case", "impossible", "body can", "one can", "ensure", "100"),
)
"""Without one of these, it is not worth to look closer."""

_SENTENCE: Final = r"[^.!?\n]+"
_DENIED: Final = r"(?i)\b(?:not|cannot|no|nor|neither|nobody|none|nothing|without|unable|\w+n['’]t)\b"


def absolutes(text: str) -> Iterator[tuple[str, str]]:
    """The words that say that something is so without exception, each with its sentence, if that denies nothing."""
    lower = text.lower()
    if any(stem in lower for stem in _STEMS):
        for sentence in re.findall(_SENTENCE, text):
            found = re.search(_ABSOLUTE, sentence)
            if found and not re.search(_DENIED, sentence[: found.start()]):
                yield found.group(), sentence


Matter = Mapping[str, Leaves]
"""What something is about, by dimension; what it does not speak of is left out."""

_MATTERS: Final = {
    "data": "data",
    "purpose": "purpose",
    "subjects": "subject",
    "place": "place",
    "surfaces": "surface",
    "purposes": "purpose",
}
"""Kinds of what a statement is `regarding`, and clauses, by which it says what it is about; with the dimension."""


def matter(view: View, one: Statement) -> Matter:
    """The data, purposes, people, places and surfaces that a right, a choice or a role is about."""
    named = [(view.policy.terms[name].kind, name) for name in terms_of(one.fields, "regarding")]
    named += [(clause, name) for clause in _MATTERS for name in terms_of(one.fields, clause)]
    found: dict[str, Leaves] = {}
    for key, name in named:
        if key in _MATTERS:
            found[_MATTERS[key]] = found.get(_MATTERS[key], 0) | view.overlaps.extents.below([name])
    return found


def within(said: Said, words: str) -> Place:
    """Where some of the author's words stand in the file; all of them, where they are written in another way."""
    place = said.place
    start = place.source.text.find(words, place.span.start, place.span.end)
    return place if start < 0 else Place(source=place.source, span=Span(start, start + len(words)))


def names(ids: Iterable[str]) -> str:
    """Names in a message: "`a`, `b` and `c`"."""
    *others, last = [f"`{name}`" for name in ids]
    return f"{', '.join(others)} and {last}" if others else last


def counted(ids: Iterable[str]) -> str:
    """Names in a message, no more than are shown: "`a`, `b`, `c`, `d` and 12 others"."""
    found = list(dict.fromkeys(ids))
    if len(found) <= SHOWN:
        return names(found)
    shown = ", ".join(f"`{name}`" for name in found[: SHOWN - 1])
    return f"{shown} and {len(found) - SHOWN + 1} others"


def holes(one: Statement) -> frozenset[str]:
    """The fields of which a statement says that they are missing."""
    return frozenset(name for name, _ in one.holes)


def says(one: Statement, *fields: str) -> bool:
    """Whether a statement has one of the fields, or says that it is missing: the check of holes reports that."""
    return any(name in one.fields for name in fields) or not holes(one).isdisjoint(fields)
