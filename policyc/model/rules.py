"""Rules: what a policy must contain, or must not. Names in them are qualified, for a rule is about many policies."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from attrs import field

from policyc.model.policy import Fields, Place, Policy, terms_of, texts_of, words_of
from policyc.model.values import Terms, Value, Words
from policyc.record import ValueRecord, unwritten


class Sort(Enum):
    """What the head of a pattern is: a verb, a kind, or the field of a clause of the policy's header."""

    VERB = "verb"
    KIND = "kind"
    HEADER = "header"


@unwritten(eq=False, repr=False)
class Pattern(ValueRecord):
    """What a rule looks for: statements with a verb, declarations of a kind, or what the header names.

    `heads` are one or several verbs, one kind, or one field. `objects` are the names after them. `fields` are pairs of
    a field and what it has to meet. `having` is what only those have that are looked for.
    """

    sort: Sort
    heads: tuple[str, ...]
    mood: str | None = None
    modality: str | None = None
    objects: Terms | Words | None = None
    fields: tuple[tuple[str, Value], ...] = ()
    having: Needs | None = None


@unwritten(eq=False, repr=False)
class Need(ValueRecord):
    """A clause that has to be there, by the fields that can hold it: any, one that meets `value`, or so many names."""

    fields: tuple[str, ...]
    value: Value | None = None
    least: int = 0
    most: int | None = None


@unwritten(eq=False, repr=False)
class Needs(ValueRecord):
    """What has to be there: all of it, or with `is_any` one of it. Or there are `others`: statements about the same."""

    needs: tuple[Need, ...]
    is_any: bool = False
    others: tuple[Pattern, ...] = ()


EVERY, SOME, NO = "every", "some", "no"

FLAGS: Final = ("special", "tracker")
"""What declarations of data say, and a pattern about data may ask for."""


@unwritten(eq=False, repr=False)
class Demand(ValueRecord):
    """`every PATTERN has NEEDS`, `some PATTERN`, `no PATTERN`; it is enough if one of its `alternatives` holds."""

    quantifier: str
    pattern: Pattern
    needs: Needs | None = None
    alternatives: tuple[Demand, ...] = ()


@unwritten(eq=False, repr=False)
class Rule(ValueRecord):
    """One rule. `name` is its own name and `qualified` that with its module; `message` says what is wrong.

    Where all `conditions` hold, all `demands` have to.
    """

    name: str
    qualified: str
    message: str
    fields: Fields
    conditions: tuple[Demand, ...]
    demands: tuple[Demand, ...]
    place: Place = field(eq=False, repr=False, kw_only=True)

    @property
    def level(self) -> str:
        """How bad it is to break it."""
        return next(iter(words_of(self.fields, "level")), "warning")

    @property
    def laws(self) -> tuple[str, ...]:
        """The laws that it is of, by qualified name."""
        return terms_of(self.fields, "laws")

    @property
    def cites(self) -> tuple[str, ...]:
        """Where it is laid down."""
        return texts_of(self.fields, "cite")


@unwritten(eq=False, repr=False)
class RuleTest(ValueRecord):
    """A policy that breaks rules, or passes them; `policy` is None if it has errors."""

    title: str
    rules: tuple[str, ...]
    breaks: bool
    policy: Policy | None
    place: Place = field(eq=False, repr=False, kw_only=True)


@unwritten(eq=False, repr=False)
class Rules(ValueRecord):
    """The rules of a module. `below` has for each term that they may speak of those right below it.

    `laws` are the declarations of laws by qualified name, and names in their fields are qualified too.
    """

    rules: tuple[Rule, ...] = ()
    below: Mapping[str, tuple[str, ...]] = field(factory=dict)
    laws: Mapping[str, Fields] = field(factory=dict)
    labels: Mapping[str, str] = field(factory=dict)
    """Of laws, as readers see them."""
    guards: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """Legal basis → the facts that it depends on."""
    tests: tuple[RuleTest, ...] = ()
