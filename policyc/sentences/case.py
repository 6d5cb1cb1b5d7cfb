"""What the rules are given: the clauses of one statement or declaration, in their policy."""

from __future__ import annotations

from functools import cached_property

from attrs import define

from policyc.language.words import LAW_SAYS, MODALITIES, Force
from policyc.model.policy import Fields, Policy, Statement, Term, tags_of, terms_of
from policyc.model.values import AllOf, Compared, Guard, Holds, OneOf, Terms, Texts, Words
from policyc.sentences.english import names_reader


@define(slots=False)
class Case:
    """The clauses to be told. `statement` is None for a declaration."""

    policy: Policy
    fields: Fields
    statement: Statement | None = None

    @classmethod
    def of_statement(cls, policy: Policy, statement: Statement) -> Case:
        """A statement: its objects stand among its clauses, under "objects"."""
        objects = {} if statement.objects is None else {OBJECTS: statement.objects}
        return cls(policy, {**statement.fields, **objects}, statement)

    @classmethod
    def of_term(cls, policy: Policy, term: Term) -> Case:
        """A declaration."""
        return cls(policy, term.fields)

    @cached_property
    def negative(self) -> bool:
        """Whether it says that something does not happen."""
        return self.statement is not None and MODALITIES[self.statement.modality].force is Force.FORBID

    @property
    def forbids(self) -> bool:
        """Whether it forbids something: all of it, or what lies outside of an `only`."""
        return self.negative or (self.statement is not None and bool(self.statement.only))

    @cached_property
    def list_word(self) -> str:
        """The word between the last two items of a list: "never a or b"."""
        return "or" if self.negative else "and"

    @property
    def modality(self) -> str:
        """The modality; "will" for a declaration."""
        return self.statement.modality if self.statement else "will"

    @property
    def mood(self) -> str | None:
        """The words before the modality."""
        return self.statement.mood if self.statement else None

    @property
    def by_law(self) -> bool:
        """Whether it tells what the law says."""
        return self.mood == LAW_SAYS

    @property
    def in_time(self) -> bool:
        """Whether it tells of what has been done, or is planned."""
        return self.mood not in {None, LAW_SAYS}

    @property
    def holes(self) -> tuple[tuple[str, str], ...]:
        """What is missing, with the original words."""
        return self.statement.holes if self.statement else tags_of(self.fields, "holes")

    @property
    def verb(self) -> str:
        """The verb; "" for a declaration."""
        return self.statement.verb if self.statement else ""

    def above(self, name: str) -> frozenset[str]:
        """A term with all that it lies below."""
        found, queue = {name}, [name]
        while queue:
            new = set(self.policy.terms[queue.pop()].parents) - found
            found |= new
            queue += new
        return frozenset(found)

    def has(self, field: str) -> bool:
        """Whether a clause is there."""
        return field in self.fields

    def only(self, field: str) -> str:
        """The word "only" for a field that the author limited by it."""
        key = "data" if field == OBJECTS else field
        return "only" if self.statement is not None and key in self.statement.only else ""

    def terms(self, field: str) -> Terms:
        """The terms of a field; none if it is not there."""
        value = self.fields.get(field)
        return value if isinstance(value, Terms) else Terms(())

    def words(self, field: str) -> tuple[str, ...]:
        """The closed words of a field."""
        value = self.fields.get(field)
        return value.words if isinstance(value, Words) else ()

    def texts(self, field: str) -> tuple[str, ...]:
        """The texts of a field."""
        value = self.fields.get(field)
        return value.texts if isinstance(value, Texts) else ()

    def guard(self, field: str) -> Guard:
        """The condition of a field that is there."""
        value = self.fields[field]
        if isinstance(value, Holds | Compared | AllOf | OneOf):
            return value
        message = f"{field} holds {value!r}, which is no condition"
        raise TypeError(message)

    @property
    def has_data(self) -> bool:
        """Whether its verb is about data."""
        return self.statement is not None and self.statement.row.object == "data"

    @property
    def controllers(self) -> tuple[str, ...]:
        """Who speaks."""
        return terms_of(self.policy.header.fields, "controllers")

    @cached_property
    def actor_is_us(self) -> bool:
        """Whether the controller acts, named or not."""
        actors = self.terms("actor").ids
        return actors == self.controllers or (not actors and not self.actor_is_unsaid)

    @cached_property
    def actor_is_unsaid(self) -> bool:
        """Whether the author says that nobody is named who acts."""
        return "actor" in dict(self.holes) and not self.terms("actor").ids

    @cached_property
    def actor_is_reader(self) -> bool:
        """Whether those act to whom the sentence speaks."""
        actors = self.terms("actor")
        alone = self.terms("subjects") in (Terms(()), actors)
        return alone and bool(actors.ids) and all(self._is_reader(name) for name in actors.ids)

    @cached_property
    def notifies_reader(self) -> bool:
        """Whether the sentence says that those are notified to whom it speaks."""
        people = self.terms(OBJECTS).ids
        return (
            self.verb == "notify"
            and not self.actor_is_reader
            and bool(people)
            and all(self._is_reader(name) for name in people)
        )

    def _is_reader(self, name: str) -> bool:
        term = self.policy.terms[name]
        return term.kind == "subject" and not names_reader(term.label)

    @cached_property
    def speaks_to_reader(self) -> bool:
        """Whether "you" is right for the people it names; "people in your address book" are others."""
        return all(self._is_reader(name) for name in self.terms("subjects").ids)


OBJECTS = "objects"
"""The field under which a case holds what its verb is about."""
