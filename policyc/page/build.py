"""A policy → its page: the author's sections in the author's order, then what stands in none of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from attrs import evolve, field, frozen

from policyc.language.titles import OVERVIEW, STANDARD
from policyc.model.policy import Policy, Prose, Section
from policyc.page.author import one_line
from policyc.page.blocks import Block, Chapter, Definition, Definitions, Entry, Page, Remark, Run
from policyc.page.glossary import definitions, glossary
from policyc.page.order import items_of, loose_items
from policyc.page.overview import overview
from policyc.sentences import sentence
from policyc.sentences.declarations import remark
from policyc.sentences.header import facts, notes, opening

WARNING: Final = "This is a draft with known errors. Some of it is wrong. Do not publish it, and do not rely on it."
"""What a page says first of a policy that is built with errors."""

PREFIX: Final = "page-"
"""Starts the anchors that the page makes; no label has a hyphen."""


def page(policy: Policy) -> Page:
    """The page of a policy."""
    defined = definitions(policy)
    building = _Building(policy, defined)
    said = notes(policy)
    loose = loose_items(policy)
    table = overview(policy)
    chapters = [
        *(building.chapter(item) for item in policy.layout if isinstance(item, Section)),
        *building.standard(loose),
        *([Chapter(f"{PREFIX}overview", OVERVIEW, (table,))] if table else []),
    ]
    left = {name: made for name, made in defined.items() if name not in building.shown}
    return Page(
        title=one_line(policy.header.label),
        hash=policy.hash,
        warning=WARNING if policy.flaws else "",
        facts=facts(policy),
        blocks=(
            Remark(opening(policy)),
            *((Remark(said),) if said else ()),
            *(building.entry(name) for name in loose if name in building.prose),
        ),
        chapters=(*chapters, *glossary(policy, left)),
        defined=frozenset(defined),
    )


@frozen
class _Building:
    """`shown` gathers the terms whose definitions stand in the author's sections."""

    policy: Policy
    defined: Mapping[str, Definition]
    shown: set[str] = field(factory=set, init=False)
    prose: dict[str, Prose] = field(init=False)

    @prose.default
    def _by_id(self) -> dict[str, Prose]:
        return {prose.id: prose for prose in self.policy.prose}

    def entry(self, name: str) -> Entry:
        """A statement or prose as it stands on the page."""
        if name in self.prose:
            return Entry(name, remark(self.policy, self.prose[name].fields))
        return Entry(name, sentence(self.policy, self.policy.statement(name)))

    def chapter(self, section: Section) -> Chapter:
        """A section of the author's."""
        head = remark(self.policy, section.fields)
        blocks: list[Block] = [Remark(head)] if head.blocks else []
        made = [one for item in items_of(self.policy, section) if (one := self._block(item)) is not None]
        for kind, group in groupby(made, key=type):
            blocks += _gathered(kind, list(group))
        return Chapter(section.id, one_line(section.title), tuple(blocks))

    def _block(self, item: str | Section) -> Chapter | Definition | Entry | None:
        """What an item becomes; nothing for a term whose label says all."""
        if isinstance(item, Section):
            return self.chapter(item)
        if item not in self.policy.terms:
            return self.entry(item)
        made = self.defined.get(item)
        if made is not None:
            self.shown.add(item)
        return made

    def standard(self, loose: tuple[str, ...]) -> Iterator[Chapter]:
        """The statements that stand in no section, by verb."""
        statements = [self.policy.statement(name) for name in loose if name not in self.prose]
        for number, (title, verbs) in enumerate(STANDARD.items(), start=1):
            entries = [self.entry(statement.id) for statement in statements if statement.verb in verbs]
            if entries:
                yield Chapter(f"{PREFIX}part-{number}", title, tuple(in_runs(entries)))


def _gathered(kind: type, group: list[Chapter | Definition | Entry]) -> Iterable[Block]:
    """Neighbours of one kind as blocks: definitions as one list, entries in runs."""
    if kind is Definition:
        return [Definitions(tuple(one for one in group if isinstance(one, Definition)))]
    if kind is Entry:
        return in_runs(one for one in group if isinstance(one, Entry))
    return [one for one in group if isinstance(one, Chapter)]


def in_runs(entries: Iterable[Entry]) -> list[Block]:
    """The entries in their order; those that follow each other and are about the same people share their lead."""
    blocks: list[Block] = []
    for lead, group in groupby(entries, key=lambda entry: entry.told.lead):
        members = tuple(group)
        if lead and len(members) > 1:
            blocks.append(Run(lead, tuple(evolve(entry, told=evolve(entry.told, lead=())) for entry in members)))
        else:
            blocks += members
    return blocks
