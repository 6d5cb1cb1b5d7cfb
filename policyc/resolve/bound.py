"""What a sentence came to while it is bound: clauses by field, with qualified names in the place of ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import define, field

from policyc.language.clauses import row_of
from policyc.model import values
from policyc.record import ValueRecord, unwritten
from policyc.resolve.scopes import Symbol
from policyc.source.text import Span
from policyc.syntax import nodes

OBJECTS: Final = ""
"""Stands for the objects where a field is asked for."""

UNTITLED: Final = values.Texts(("",))
"""The title of what has none."""


@define(eq=False, repr=False)
class Bound:
    """The clauses of one sentence, its groups' among them.

    `owner` names the sentence in messages, `allowed` are the fields that it may fill. `object_field` and
    `object_kinds` are the verb's, `own_kind` is a declaration's. `takes_only`: `only` means something here. Where
    `is_prose`, anything may be missing; where `is_pattern`, it is a rule that looks for sentences.
    `origin` says which fields came from which group, or from the sentence itself (None); `keys` where each stands,
    and `spans` where each name of each field does; `written` has the place of each text, tag and hole of a field, and
    of a value that is none of these. `last` is the list to which `excluding` would belong, and `is_list_lost` says
    that none of its names could be bound. `sound`: nothing in it is wrong so far.
    """

    owner: str
    allowed: frozenset[str]
    object_field: str | None = None
    object_kinds: tuple[str, ...] = ()
    own_kind: str | None = None
    takes_only: bool = False
    is_prohibition: bool = False
    is_prose: bool = False
    is_pattern: bool = False
    fields: dict[str, values.Value] = field(factory=dict)
    objects: values.Value | None = None
    only: list[str] = field(factory=list)
    holes: list[tuple[str, str]] = field(factory=list)
    origin: dict[str, object] = field(factory=dict)
    keys: dict[str, Span] = field(factory=dict)
    spans: dict[tuple[str, str], Span] = field(factory=dict)
    written: dict[str, list[Span]] = field(factory=dict)
    last: str | None = None
    is_list_lost: bool = False
    sound: bool = True

    @property
    def target(self) -> values.Terms | None:
        """The list of names to which `excluding` and `including` belong here; None if there is none."""
        found = self.objects if self.last == OBJECTS else self.fields.get(self.last or "?")
        return found if isinstance(found, values.Terms) else None

    @target.setter
    def target(self, changed: values.Terms) -> None:
        if self.last == OBJECTS:
            self.objects = changed
        else:
            self.fields[self.last or "?"] = changed

    @property
    def target_kinds(self) -> tuple[str, ...]:
        """The kinds of names in that list."""
        return self.object_kinds if self.last == OBJECTS else row_of(self.last or "?").kinds


@unwritten(eq=False, repr=False)
class BoundTerm(ValueRecord):
    """A declaration with its clauses bound."""

    symbol: Symbol
    label: values.Texts
    bound: Bound


@unwritten(eq=False, repr=False)
class BoundStatement(ValueRecord):
    """A statement with its own and its groups' clauses bound."""

    node: nodes.Statement
    bound: Bound


@unwritten(eq=False, repr=False)
class BoundProse(ValueRecord):
    """The author's own words, or the header of a section with its title."""

    node: nodes.Prose | nodes.Group
    bound: Bound
    title: values.Texts = UNTITLED


def names_in(bound: Iterable[values.Value]) -> list[str]:
    """The qualified names in values, in order, each as often as it stands there."""
    found: list[str] = []
    for value in bound:
        if isinstance(value, values.Terms):
            found += (*value.ids, *value.excluding, *value.including)
        elif isinstance(value, values.Holds | values.Compared | values.AllOf | values.OneOf):
            found += [one.fact if isinstance(one, values.Holds) else one.subject for one in values.atoms(value)]
    return found
