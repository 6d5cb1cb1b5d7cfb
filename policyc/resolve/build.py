"""From bound sentences to the model: which terms there are, their ids, the statements' ids, the page's order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import define, evolve, field, frozen

from policyc.diagnostics.codes import names as codes
from policyc.diagnostics.codes import syntax as syntax_codes
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.diagnostics.outcome import Outcome
from policyc.model import values
from policyc.model.digest import digest
from policyc.model.policy import Fields, Place, Policy, Prose, Section, Statement, Term, Test
from policyc.resolve.check_model import check_model
from policyc.resolve.clauses import Bound
from policyc.resolve.loader import ENTRY, Modules
from policyc.resolve.questions import Names, bind_test
from policyc.resolve.scopes import STATEMENT, Scope, Symbol, in_test, is_test, make_scopes, walk
from policyc.resolve.sentences import Binder, BoundProse, BoundStatement, BoundTerm
from policyc.syntax import nodes

_ID_DIGITS: Final = 8


@frozen
class Resolved:
    """A policy (None for a module without one, or with errors) and the names by which questions may ask."""

    policy: Policy | None
    names: Names


def resolve(modules: Modules) -> Outcome[Resolved]:
    """The model of the entry module."""
    scopes, found = make_scopes(modules)
    building = _Building(scopes, found)
    building.bind_terms()
    building.bind_entry()
    names = building.names()
    found = building.found
    if any(one.level.value == "error" for one in found):
        return Outcome(Resolved(None, names), tuple(found))
    policy = building.policy(names)
    if policy is None:
        return Outcome(Resolved(None, names), tuple(found))
    problems = check_model(policy)
    return Outcome(Resolved(None if problems else policy, names), (*found, *problems))


def _entry_symbols(scope: Scope) -> list[Symbol]:
    return [symbol for symbol in scope.names.values() if isinstance(symbol.node, nodes.Declaration)]


@define
class _Building:
    scopes: Mapping[str, Scope]
    found: list[Diagnostic]
    binders: dict[str, Binder] = field(init=False)
    terms: dict[str, BoundTerm] = field(factory=dict)
    statements: list[BoundStatement] = field(factory=list)
    prose: list[BoundProse] = field(factory=list)
    sections: dict[int, BoundProse] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.binders = {name: Binder(scope, self.found) for name, scope in self.scopes.items()}

    @property
    def entry(self) -> Scope:
        return self.scopes[ENTRY]

    # --- binding -----------------------------------------------------------------------------

    def bind_terms(self) -> None:
        """The entry's declarations and imports, all of its own modules, and all that any of these refers to."""
        queue = _entry_symbols(self.entry)
        while queue:
            symbol = queue.pop(0)
            if symbol.qualified in self.terms:
                continue
            term = self.binders[symbol.module].term(symbol)
            self.terms[symbol.qualified] = term
            queue += self._referred(term)

    def _referred(self, term: BoundTerm) -> Iterator[Symbol]:
        """The symbols that a declaration names: parents, members, facts, channels …"""
        scope = self.scopes[term.symbol.module]
        by_qualified = {symbol.qualified: symbol for symbol in scope.names.values()}
        for name in _names_in(term.bound.fields):
            symbol = by_qualified.get(name)
            if symbol is not None and isinstance(symbol.node, nodes.Declaration):
                yield symbol

    def bind_entry(self) -> None:
        """The entry's statements and prose."""
        binder = self.binders[ENTRY]
        for item, groups in walk(self.entry.module.document.items):
            if in_test(groups):
                continue
            if isinstance(item, nodes.Statement):
                statement = binder.statement(item, groups)
                if statement is not None:
                    self.statements.append(statement)
            elif isinstance(item, nodes.Prose):
                prose = binder.prose(item, groups)
                if prose is not None:
                    self.prose.append(prose)
            elif isinstance(item, nodes.Group) and _title(item) is not None:
                self.sections[id(item)] = binder.section(item)
            elif isinstance(item, nodes.Import | nodes.Version) and groups:
                message = "this stands at the top of a file, not in a group"
                self.found.append(Diagnostic.at(syntax_codes.MISPLACED, self.entry.module.source, item.span, message, help="move it up"))

    # --- ids ---------------------------------------------------------------------------------

    def names(self) -> Names:
        """Qualified name → id: local and imported names as they are; others bare if nobody else claims the name."""
        ids: dict[str, str] = {}
        for local, symbol in self.entry.names.items():
            if isinstance(symbol.node, nodes.Declaration):
                ids.setdefault(symbol.qualified, local)
        taken = set(self.entry.names)
        others = [term.symbol for name, term in self.terms.items() if name not in ids]
        bare = [symbol.name for symbol in others]
        for symbol in others:
            clash = symbol.name in taken or bare.count(symbol.name) > 1
            ids[symbol.qualified] = symbol.qualified if clash else symbol.name
        return Names(self.entry, ids, {ids[name]: term.symbol.kind for name, term in self.terms.items()}, {ids[name]: term.bound.fields for name, term in self.terms.items()})

    # --- the model ---------------------------------------------------------------------------

    def policy(self, names: Names) -> Policy | None:
        """The policy, if the entry declares one; a second one is an error."""
        headers = [term for term in self.terms.values() if term.symbol.kind == "policy"]
        if len(headers) != 1:
            for extra in headers[1:]:
                message = f"a file declares one policy, and `{headers[0].symbol.name}` is one already"
                self.found.append(Diagnostic.at(codes.POLICY_COUNT, self.entry.module.source, extra.symbol.span, message, help="move it to a file of its own"))
            return None
        finish = _Finish(names.ids)
        terms = {term.id: term for term in sorted(self._terms(finish), key=lambda term: term.id)}
        statements = _with_ids([finish.statement(one, self.entry) for one in self.statements])
        prose = _with_prose_ids([finish.prose(one, self.entry) for one in self.prose])
        by_node = {id(one.node): made.id for one, made in zip(self.statements, statements, strict=True)}
        by_node |= {id(one.node): made.id for one, made in zip(self.prose, prose, strict=True)}
        policy = Policy(
            header=terms[names.ids[headers[0].symbol.qualified]],
            terms=terms,
            statements=tuple(sorted(statements, key=lambda one: one.id)),
            prose=tuple(sorted(prose, key=lambda one: one.id)),
            layout=self._layout(self.entry.module.document.items, by_node, finish),
            tests=self._tests(names),
        )
        return evolve(policy, hash=digest(policy))

    def _terms(self, finish: _Finish) -> Iterator[Term]:
        members: dict[str, list[str]] = {}
        for name, term in self.terms.items():
            for clause in ("including", "exactly"):
                value = term.bound.fields.get(clause)
                for member in value.ids if isinstance(value, values.Terms) else ():
                    members.setdefault(member, []).append(name)
        imported = {symbol.qualified for symbol in self.entry.names.values()}
        for name, term in self.terms.items():
            yield finish.term(term, members.get(name, []), self.scopes[term.symbol.module], imported=name in imported)

    def _tests(self, names: Names) -> tuple[Test, ...]:
        tests = []
        for item, groups in walk(self.entry.module.document.items):
            if isinstance(item, nodes.Group) and is_test(item) and not in_test(groups):
                tests.append(bind_test(item, names, self.found))
        return tuple(tests)

    def _layout(self, items: tuple[nodes.Item, ...], ids: Mapping[int, str], finish: _Finish) -> tuple[str | Section, ...]:
        layout: list[str | Section] = []
        for item in items:
            if id(item) in ids:
                layout.append(ids[id(item)])
            elif isinstance(item, nodes.Group) and not is_test(item):
                inside = self._layout(item.items, ids, finish)
                title = _title(item)
                if title is None:
                    layout += inside
                else:
                    header = self.sections[id(item)]
                    layout.append(finish.section(header, title, inside, self.entry))
        return tuple(layout)


def _title(group: nodes.Group) -> str | None:
    """The title of a section; None for other groups."""
    for clause in group.clauses:
        if clause.key.text == "section" and isinstance(clause.value, nodes.Texts):
            return clause.value.texts[0].value
    return None


def _names_in(fields: Mapping[str, values.Value]) -> Iterator[str]:
    for value in fields.values():
        if isinstance(value, values.Terms):
            yield from (*value.ids, *value.excluding, *value.including)
        elif isinstance(value, values.Holds | values.Compared | values.AllOf | values.OneOf):
            for atom in values.atoms(value):
                yield atom.fact if isinstance(atom, values.Holds) else atom.subject


@define
class _Finish:
    """Puts the policy's ids into bound sentences."""

    ids: Mapping[str, str]

    def _id(self, name: str) -> str:
        return self.ids.get(name, name)

    def value(self, value: values.Value) -> values.Value:
        match value:
            case values.Terms():
                return evolve(value, ids=self._all(value.ids), excluding=self._all(value.excluding), including=self._all(value.including))
            case values.Holds(fact):
                return values.Holds(self._id(fact))
            case values.Compared():
                return evolve(value, subject=self._id(value.subject))
            case values.AllOf(parts) | values.OneOf(parts):
                return type(value)(tuple(self.value(part) for part in parts))  # type: ignore[misc]
        return value

    def _all(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._id(name) for name in names)

    def fields(self, bound: Bound) -> dict[str, values.Value]:
        return {name: self.value(bound.fields[name]) for name in sorted(bound.fields)}

    def term(self, term: BoundTerm, above: list[str], scope: Scope, *, imported: bool) -> Term:
        fields = self.fields(term.bound)
        parents = fields.pop("parents", None)
        named = parents.ids if isinstance(parents, values.Terms) else ()
        if term.bound.holes:
            fields["holes"] = values.Tags(tuple(term.bound.holes))
        return Term(
            id=self._id(term.symbol.qualified),
            kind=term.symbol.kind,
            qualified=term.symbol.qualified,
            label=term.label,
            parents=tuple(sorted({*named, *self._all(tuple(above))})),
            is_open="including" in fields or fields.pop("open", None) is not None,
            fields=fields,
            imported=imported,
            place=Place(scope.module.source, term.symbol.span),
        )

    def statement(self, one: BoundStatement, scope: Scope) -> Statement:
        objects = self.value(one.bound.objects) if one.bound.objects is not None else None
        node = one.node
        return Statement(
            id=one.label or "",
            label=one.label,
            mood=node.mood,
            modality=node.modality.text,
            verb=node.verb.text,
            objects=objects if isinstance(objects, values.Terms | values.Words | values.Texts) else None,
            fields=self.fields(one.bound),
            only=tuple(sorted(one.bound.only)),
            holes=tuple(one.bound.holes),
            place=Place(scope.module.source, node.span),
        )

    def prose(self, one: BoundProse, scope: Scope) -> Prose:
        fields = self.fields(one.bound)
        if one.bound.holes:
            fields["holes"] = values.Tags(tuple(one.bound.holes))
        return Prose(one.label or "", fields, place=Place(scope.module.source, one.node.span))

    def section(self, header: BoundProse, title: str, items: tuple[str | Section, ...], scope: Scope) -> Section:
        slug = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in title.lower())
        slug = "-".join(part for part in slug.split("-") if part)
        identifier = header.label or f"section-{slug or digest(title)[:_ID_DIGITS]}"
        return Section(identifier, title, items, self.fields(header.bound), place=Place(scope.module.source, header.node.span))


def _with_ids(statements: list[Statement]) -> list[Statement]:
    """Give each statement without a label an id made of its verb, its first object and a digest of what it says.

    Statements that say the same to the letter are numbered.
    """
    seen: dict[str, int] = {}
    result = []
    for statement in statements:
        if statement.label is not None:
            result.append(statement)
            continue
        objects = statement.objects
        first = objects.ids[0] if isinstance(objects, values.Terms) else objects.words[0] if isinstance(objects, values.Words) else "text"
        content = evolve(statement, fields=_without_trace(statement.fields))
        identifier = f"{statement.verb}-{first.rpartition('.')[2]}-{digest(content)[:_ID_DIGITS]}"
        result.append(evolve(statement, id=_numbered(identifier, seen)))
    return result


def _with_prose_ids(prose: list[Prose]) -> list[Prose]:
    seen: dict[str, int] = {}
    return [one if one.id else evolve(one, id=_numbered(f"text-{digest(_without_trace(one.fields))[:_ID_DIGITS]}", seen)) for one in prose]


def _without_trace(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if name != "trace"}


def _numbered(identifier: str, seen: dict[str, int]) -> str:
    seen[identifier] = seen.get(identifier, 0) + 1
    return identifier if seen[identifier] == 1 else f"{identifier}-{seen[identifier]}"


__all__ = ["STATEMENT", "Resolved", "resolve"]
