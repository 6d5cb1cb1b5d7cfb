"""What checks look at: the policy with its indexes, each made when the first check asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from attrs import define

from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic, Fix, Label
from policyc.language.clauses import DEFAULT_STATES
from policyc.model.graph import Graph
from policyc.model.policy import Place, Policy, Statement, Term, texts_of
from policyc.model.values import Day
from policyc.semantics.extents import EVERYTHING, Leaves
from policyc.semantics.norms import Norm
from policyc.semantics.overlap import Overlaps
from policyc.source.text import Span

Sentence = Statement | Term
"""What a finding can be about."""

SHOWN: Final = 5
"""How many names a message lists, and how many places it marks; the others are counted."""


@define(slots=False, eq=False)
class View:
    """A policy as checks see it."""

    policy: Policy
    at: date | None = None

    @cached_property
    def date(self) -> date | None:
        """The day as of which laws are judged: the one that was asked for, else that of the policy."""
        updated = self.policy.header.fields.get("updated")
        return self.at or (updated.value if isinstance(updated, Day) else None)

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
    about: Sentence,
    message: str,
    *,
    text: str = "",
    more: Iterable[tuple[Sentence, str]] = (),
    help: str | None = None,  # noqa: A002 - the word that users see
    witness: str | None = None,
    fixes: tuple[Fix, ...] = (),
    level: Level | None = None,
) -> Diagnostic:
    """A finding about a sentence, marked at its name; `more` are further ones, each with what is to be said of it.

    Its level is the code's, unless another one is given.
    """
    further = list(more)
    sentences = [about, *(one for one, _ in further)]
    statements = [one for one in sentences if isinstance(one, Statement)]
    return Diagnostic(
        code,
        level or code.level,
        message,
        _label(about, text),
        tuple(_label(one, said) for one, said in further),
        help,
        fixes,
        tuple(dict.fromkeys(one.id for one in statements)),
        tuple(dict.fromkeys(ref for one in statements for ref in one.refs)),
        witness,
    )


def _label(one: Sentence, text: str) -> Label:
    place = mark(one)
    return Label(place.source, place.span, text)


def mark(one: Sentence) -> Place:
    """Where a sentence is named: its label, or the name that it declares; without a label, all of it."""
    place = one.place
    if isinstance(one, Statement) and one.label:
        return Place(source=place.source, span=Span(place.span.start, place.span.start + len(one.label)))
    return place


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
