"""Bound sentences to the model's classes, with the policy's ids in the place of qualified names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import define, evolve

from policyc.model import values
from policyc.model.digest import digest
from policyc.model.policy import Place, Prose, Section, Statement, Term
from policyc.resolve.bound import Bound, BoundProse, BoundStatement, BoundTerm
from policyc.resolve.ids import SHORT
from policyc.resolve.library import LIBRARY
from policyc.resolve.scopes import Scope

_KNOWN_BY_ALIASES: Final = frozenset({"law"})
"""Kinds whose aliases in the library are names that readers know; others are there for authors who search."""

Places = Mapping[tuple[str, str], Place]
"""Where a sentence has a name: by field and id (`FIELD.excluding` for what belongs to a list)."""


@define(eq=False, repr=False)
class Finisher:
    """Makes the model's objects. `ids` maps qualified names to ids."""

    ids: Mapping[str, str]

    def term(self, one: BoundTerm, above: tuple[str, ...], scope: Scope, *, is_imported: bool) -> Term:
        """A declared term; `above` are the qualified names of terms that list it as a member."""
        symbol, fields = one.symbol, self._fields(one.bound)
        if symbol.module.startswith(f"{LIBRARY}.") and symbol.kind not in _KNOWN_BY_ALIASES:
            fields.pop("aliases", None)
        parents = fields.pop("parents", None)
        named = parents.ids if isinstance(parents, values.Terms) else ()
        is_said_open = fields.pop("open", None) is not None
        return Term(
            id=self._id(symbol.qualified),
            kind=symbol.kind,
            qualified=symbol.qualified,
            label=one.label.texts[0],
            parents=tuple(sorted({*named, *self._all(above)})),
            is_open=is_said_open or "including" in fields,
            fields=_with_holes(fields, one.bound),
            imported=is_imported,
            translations=one.label.aligned[0],
            place=Place(scope.module.source, symbol.span),
            written=one.bound.written,
        )

    def statement(self, one: BoundStatement, scope: Scope) -> Statement:
        """A statement; its id is its label, or still empty."""
        node = one.node
        label = node.label.text if node.label else None
        objects = self._value(one.bound.objects) if one.bound.objects is not None else None
        return Statement(
            id=label or "",
            label=label,
            mood=node.mood,
            modality=node.modality.text,
            verb=node.verb.text,
            objects=objects if isinstance(objects, values.Terms | values.Words | values.Texts) else None,
            fields=self._fields(one.bound),
            only=tuple(sorted(one.bound.only)),
            holes=tuple(one.bound.holes),
            place=Place(scope.module.source, node.span),
            written=one.bound.written,
        )

    def prose(self, one: BoundProse, scope: Scope) -> Prose:
        """The author's own words; the id is the label, or still empty."""
        label = one.node.label.text if one.node.label else ""
        fields = _with_holes(self._fields(one.bound), one.bound)
        place = Place(scope.module.source, one.node.span)
        return Prose(label, fields, place=place, written=one.bound.written)

    def section(self, one: BoundProse, items: tuple[str | Section, ...], scope: Scope) -> Section:
        """A section; without a label its id is made of the title."""
        title, place = one.title.texts[0], Place(scope.module.source, one.node.span)
        label = one.node.label.text if one.node.label else _section_id(title)
        fields, translations = self._fields(one.bound), one.title.aligned[0]
        return Section(label, title, items, fields, translations, place=place, written=one.bound.written)

    def places(self, bound: Bound, scope: Scope) -> Places:
        """Where the names of a sentence stand."""
        source = scope.module.source
        return {(field, self._id(name)): Place(source, span) for (field, name), span in bound.spans.items()}

    # --- names to ids ------------------------------------------------------------------------

    def _id(self, name: str) -> str:
        """The id of a qualified name; labels and closed words are their own."""
        return self.ids.get(name, name)

    def _all(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._id(name) for name in names)

    def _fields(self, bound: Bound) -> dict[str, values.Value]:
        return {name: self._value(bound.fields[name]) for name in sorted(bound.fields)}

    def _value(self, value: values.Value) -> values.Value:
        if isinstance(value, values.Terms):
            ids, excluding, including = (self._all(part) for part in (value.ids, value.excluding, value.including))
            return values.Terms(ids, value.quantifier, excluding, including)
        if isinstance(value, values.Holds | values.Compared | values.AllOf | values.OneOf):
            return self._guard(value)
        return value

    def _guard(self, guard: values.Guard) -> values.Guard:
        match guard:
            case values.Holds(fact):
                return values.Holds(self._id(fact))
            case values.Compared():
                return evolve(guard, subject=self._id(guard.subject))
            case values.AllOf(parts):
                return values.AllOf(tuple(self._guard(part) for part in parts))
            case values.OneOf(parts):
                return values.OneOf(tuple(self._guard(part) for part in parts))


def _with_holes(fields: dict[str, values.Value], bound: Bound) -> dict[str, values.Value]:
    return fields | {"holes": values.Tags(tuple(bound.holes))} if bound.holes else fields


def _section_id(title: str) -> str:
    """The title's ASCII letters and digits, with hyphens; a digest if there are none."""
    letters = "".join(one if one.isalnum() and one.isascii() else " " for one in title.lower())
    return f"section-{'-'.join(letters.split()) or digest(title)[:SHORT]}"
