"""What checks look at: the policy with its indexes, each made when the first check asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from attrs import define

from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic, Fix, Label
from policyc.model.graph import Graph
from policyc.model.policy import Place, Policy, Statement, Term
from policyc.model.values import Day
from policyc.semantics.overlap import Overlaps
from policyc.source.text import Span

Sentence = Statement | Term
"""What a finding can be about."""


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
    def terms(self) -> Sequence[Term]:
        """What the policy itself declares, in the order of the file."""
        own = (term for term in self.policy.terms.values() if term.is_local)
        return sorted(own, key=lambda term: term.place.span.start)


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
