"""From modules to the model: binds what the entry declares, says and refers to, and puts it together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from attrs import define, evolve, field, frozen

from policyc.diagnostics.code import Level
from policyc.diagnostics.codes import names as codes
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.diagnostics.outcome import Outcome
from policyc.language.clauses import OUTCOMES
from policyc.model import values
from policyc.model.graph import closure
from policyc.model.policy import Place, Policy, Prose, Section, Term, Test
from policyc.model.rules import Rules, RuleTest
from policyc.record import ValueRecord
from policyc.resolve.bound import Bound, BoundProse, BoundStatement, BoundTerm, names_in
from policyc.resolve.check_model import Whole, check_model
from policyc.resolve.clauses import ClauseBinder
from policyc.resolve.finish import Finisher
from policyc.resolve.headers import check_places, title, title_span
from policyc.resolve.ids import term_ids, with_prose_ids, with_statement_ids
from policyc.resolve.loader import Modules, imports
from policyc.resolve.questions import Names, bind_test
from policyc.resolve.rules import RuleBinder
from policyc.resolve.scopes import RULE, Scope, Symbol, in_test, is_rule_test, is_section, is_test, make_scopes, walk
from policyc.resolve.sentences import Binder
from policyc.syntax import nodes


@frozen(eq=False, repr=False)
class Resolved(ValueRecord):
    """A policy (None for a module without one, or with errors) and the names by which questions may ask."""

    policy: Policy | None
    names: Names
    rules: Rules = field(factory=Rules)


def resolve(modules: Modules, *, is_complete: bool = True, with_tests: bool = True) -> Outcome[Resolved]:
    """The model of the entry module. Without `is_complete` something could not be read, and no model is made.

    Without `with_tests` its tests of rules are left out: each is a policy of its own.
    """
    found: list[Diagnostic] = []
    scopes = make_scopes(modules, found)
    entry = scopes[modules.entry]
    for scope in scopes.values():
        check_places(scope)
    sentences = _Sentences(scopes, entry)
    sentences.bind()
    names = _names(entry, sentences)
    tests = tuple(bind_test(group, names, found) for group in _tests(entry) if not is_rule_test(group))
    rules = _rules(entry, sentences)
    tried = tuple(_rule_tests(modules, entry, found)) if with_tests else ()
    header = _header(entry, sentences)
    policy = None
    if is_complete and not _has_errors(found):
        finisher = Finisher(names.ids)
        whole, prose = _whole(entry, scopes, sentences, finisher)
        found += check_model(whole)
        if header is not None:
            _report_unused(entry)
        if header is not None and not _has_errors(found):
            policy = _policy(whole, prose, names.ids[header.symbol.qualified], tests)
    return Outcome(Resolved(policy, names, evolve(rules, tests=tried)), tuple(found))


def _report_unused(entry: Scope) -> None:
    """The imported names that nothing speaks of."""
    for item in imports(entry.module.document):
        for one in item.names:
            if one.local.text not in entry.used:
                message = f"`{one.local.text}` is imported, and nothing speaks of it"
                entry.report(codes.UNUSED_IMPORT, one.span, message, "delete it from the import")


def _has_errors(found: list[Diagnostic]) -> bool:
    return any(one.level is Level.ERROR for one in found)


# --- rules -----------------------------------------------------------------------------------


def _rules(entry: Scope, sentences: _Sentences) -> Rules:
    """The rules of a module, with what they have to know of the terms that it knows."""
    symbols = [symbol for symbol in entry.names.values() if symbol.kind == RULE]
    if not symbols:
        return Rules()
    binder = RuleBinder(entry)
    rules = [binder.rule(symbol) for symbol in symbols]
    below: dict[str, list[str]] = {}
    for name, term in sentences.terms.items():
        for parent in _names_of(term, "parents"):
            below.setdefault(parent, []).append(name)
        for member in (*_names_of(term, "including"), *_names_of(term, "exactly")):
            below.setdefault(name, []).append(member)
    laws = {name: term for name, term in sentences.terms.items() if term.symbol.kind == "law"}
    bases = {name: term.bound for name, term in sentences.terms.items() if term.symbol.kind == "legal_basis"}
    return Rules(
        tuple(rule for rule in rules if rule is not None),
        {name: tuple(sorted(found)) for name, found in below.items()},
        {name: term.bound.fields for name, term in laws.items()},
        {name: term.label.texts[0] for name, term in laws.items()},
        {name: facts for name, bound in bases.items() if (facts := values.facts_in(bound.fields.get("when")))},
    )


def _names_of(term: BoundTerm, field_name: str) -> tuple[str, ...]:
    value = term.bound.fields.get(field_name)
    return value.ids if isinstance(value, values.Terms) else ()


def _rule_tests(modules: Modules, entry: Scope, found: list[Diagnostic]) -> Iterator[RuleTest]:
    """The policies in tests of rules: what stands in the test, and what that names of the file."""
    shared = [item for item, groups in walk(entry.module.document.items) if not in_test(groups)]
    for group in (group for group in _tests(entry) if is_rule_test(group)):
        bound = Bound("a test", frozenset(OUTCOMES))
        clauses = [clause for clause in group.clauses if clause.key.text in OUTCOMES]
        ClauseBinder(entry).bind(bound, clauses, group)
        own = (item for item in group.items if not _is_misplaced(item))
        items = (*_needed(entry, shared, group), *own)
        items += () if any(map(_is_policy, group.items)) else _UNNAMED
        module = evolve(entry.module, document=nodes.Document(items, span=entry.module.document.span))
        tried = resolve(evolve(modules, by_name={**modules.by_name, modules.entry: module}))
        found += [one for one in tried.diagnostics if one.code is not codes.UNUSED_IMPORT and one not in found]
        policy = tried.value.policy if tried.value else None
        if tried.value is not None:
            entry.used |= tried.value.names.scope.used
        for outcome in OUTCOMES:
            names = bound.fields.get(outcome)
            if isinstance(names, values.Terms):
                place = Place(entry.module.source, title_span(group))
                yield RuleTest(title(group).texts[0].value, names.ids, outcome == OUTCOMES[0], policy, place=place)


def _is_misplaced(item: nodes.Item) -> bool:
    """What cannot stand in a test has been reported."""
    is_inner_test = isinstance(item, nodes.Group) and is_test(item)
    return is_inner_test or isinstance(item, nodes.Import | nodes.Version | nodes.Rule)


def _needed(entry: Scope, shared: list[nodes.Item], group: nodes.Group) -> Iterator[nodes.Item]:
    """What a test names of its file, at any remove: what only rules name is not there in its policy."""
    declared = {one.name.text: one for one in shared if isinstance(one, nodes.Declaration) and not _is_policy(one)}
    text = entry.module.source.text
    words: dict[str, set[str]] = {
        name: set(_WORDS.findall(_TEXTS.sub("", text[one.span.start : one.span.end]))) for name, one in declared.items()
    }
    inside = _WORDS.findall(_TEXTS.sub("", text[group.span.start : group.span.end]))
    named = set(closure(inside, lambda word: words.get(word, ())))
    for item in shared:
        if isinstance(item, nodes.Import):
            names = tuple(one for one in item.names if one.local.text in named)
            yield from [evolve(item, names=names)] if names else []
        elif isinstance(item, nodes.Version) or (isinstance(item, nodes.Declaration) and item.name.text in named):
            yield item


_TEXTS: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
_WORDS: Final = re.compile(r"[a-z][a-z0-9_]*")


def _is_policy(item: nodes.Item) -> bool:
    return isinstance(item, nodes.Declaration) and item.kind.text == "policy"


def _word(text: str) -> nodes.Word:
    return nodes.Word(text)


_UNNAMED: Final = (
    nodes.Declaration(_word("party"), _word("tested_controller"), None, ()),
    nodes.Declaration(
        _word("policy"),
        _word("tested_policy"),
        None,
        (nodes.Clause(_word("controller"), nodes.Names((_word("tested_controller"),))),),
    ),
)
"""The policy of a test that declares none."""


# --- binding ---------------------------------------------------------------------------------


@define(eq=False, repr=False)
class _Sentences:
    """All sentences of the entry, and all declarations that they refer to, bound. Sections are by their node."""

    scopes: Mapping[str, Scope]
    entry: Scope
    terms: dict[str, BoundTerm] = field(factory=dict)
    statements: list[BoundStatement] = field(factory=list)
    prose: list[BoundProse] = field(factory=list)
    sections: dict[int, BoundProse] = field(factory=dict)
    known: dict[str, dict[str, Symbol]] = field(factory=dict)
    """Module → its names by their qualified names."""

    def bind(self) -> None:
        """First declarations, then the rest."""
        binders = {name: Binder(scope) for name, scope in self.scopes.items()}
        self._bind_terms(binders)
        for item, groups in walk(self.entry.module.document.items):
            if not in_test(groups):
                self._bind_item(binders[self.entry.module.name], item, groups)

    def _bind_terms(self, binders: Mapping[str, Binder]) -> None:
        """What the entry declares and imports, and all that any of these refers to."""
        queue = [symbol for symbol in self.entry.names.values() if isinstance(symbol.node, nodes.Declaration)]
        while queue:
            symbol = queue.pop()
            if symbol.qualified not in self.terms:
                term = binders[symbol.module].term(symbol)
                self.terms[symbol.qualified] = term
                queue += self._referred(term)

    def _referred(self, term: BoundTerm) -> Iterator[Symbol]:
        """The declarations that a declaration names, such as parents, members, facts and channels."""
        module = term.symbol.module
        if module not in self.known:
            self.known[module] = {symbol.qualified: symbol for symbol in self.scopes[module].names.values()}
        known = self.known[module]
        return (known[name] for name in names_in(term.bound.fields.values()) if name in known)

    def _bind_item(self, binder: Binder, item: nodes.Item, groups: tuple[nodes.Group, ...]) -> None:
        if isinstance(item, nodes.Statement):
            statement = binder.statement(item, groups)
            if statement is not None:
                self.statements.append(statement)
        elif isinstance(item, nodes.Prose):
            prose = binder.prose(item)
            if prose is not None:
                self.prose.append(prose)
        elif isinstance(item, nodes.Group) and is_section(item):
            self.sections[id(item)] = binder.section(item)


def _names(entry: Scope, sentences: _Sentences) -> Names:
    terms = sentences.terms
    ids = term_ids(entry, [term.symbol for term in terms.values()])
    kinds = {ids[name]: term.symbol.kind for name, term in terms.items()}
    return Names(entry, ids, kinds, {ids[name]: term.bound.fields for name, term in terms.items()})


def _tests(entry: Scope) -> Iterator[nodes.Group]:
    for item, groups in walk(entry.module.document.items):
        if isinstance(item, nodes.Group) and is_test(item) and not in_test(groups):
            yield item


def _header(entry: Scope, sentences: _Sentences) -> BoundTerm | None:
    """The policy that the entry declares, if it declares one; a second one is an error."""
    policies = [term for term in sentences.terms.values() if term.symbol.kind == "policy"]
    policies.sort(key=lambda term: term.symbol.span.start)
    for extra in policies[1:]:
        message = f"a file declares one policy, and `{policies[0].symbol.name}` is one already"
        entry.report(codes.POLICY_COUNT, extra.symbol.span, message, "move it to a file of its own")
    return policies[0] if policies else None


# --- the model -------------------------------------------------------------------------------


def _whole(
    entry: Scope, scopes: Mapping[str, Scope], sentences: _Sentences, finisher: Finisher
) -> tuple[Whole, tuple[Prose, ...]]:
    """All that the entry says, in the model's classes: terms by id, statements, the page's order; and its prose."""
    statements = with_statement_ids([finisher.statement(one, entry) for one in sentences.statements])
    prose = with_prose_ids([finisher.prose(one, entry) for one in sentences.prose])
    items: dict[int, str] = {id(one.node): made.id for one, made in zip(sentences.statements, statements, strict=True)}
    items |= {id(one.node): made.id for one, made in zip(sentences.prose, prose, strict=True)}
    places = [finisher.places(one.bound, entry) for one in sentences.statements]
    layout = _Layout(entry, sentences.sections, items, finisher)
    whole = Whole(
        terms={term.id: term for term in sorted(_terms(scopes, sentences, finisher), key=lambda term: term.id)},
        term_places={
            finisher.ids[name]: finisher.places(term.bound, scopes[term.symbol.module])
            for name, term in sentences.terms.items()
        },
        statements=sorted(zip(statements, places, strict=True), key=lambda pair: pair[0].id),
        layout=layout.of(entry.module.document.items),
        titles=layout.titles,
    )
    return whole, tuple(sorted(prose, key=lambda one: one.id))


def _terms(scopes: Mapping[str, Scope], sentences: _Sentences, finisher: Finisher) -> Iterator[Term]:
    """Every term; those that another one lists as members lie below it."""
    above: dict[str, list[str]] = {}
    for name, term in sentences.terms.items():
        for clause in ("including", "exactly"):
            value = term.bound.fields.get(clause)
            for member in value.ids if isinstance(value, values.Terms) else ():
                above.setdefault(member, []).append(name)
    imported = {symbol.qualified for symbol in sentences.entry.names.values()}
    for name, term in sentences.terms.items():
        scope = scopes[term.symbol.module]
        yield finisher.term(term, tuple(above.get(name, ())), scope, is_imported=name in imported)


@define(eq=False, repr=False)
class _Layout:
    """The page's order: ids of statements and prose, and sections. `items` maps nodes to ids."""

    entry: Scope
    sections: Mapping[int, BoundProse]
    items: Mapping[int, str]
    finisher: Finisher
    titles: list[tuple[Section, Place]] = field(factory=list, init=False)

    def of(self, items: tuple[nodes.Item, ...]) -> tuple[str | Section, ...]:
        """What some sentences come to; groups without a title leave no trace."""
        layout: list[str | Section] = []
        for item in items:
            if id(item) in self.items:
                layout.append(self.items[id(item)])
            elif isinstance(item, nodes.Group) and not is_test(item):
                inside = self.of(item.items)
                header = self.sections.get(id(item))
                layout += inside if header is None else [self._section(header, item, inside)]
        return tuple(layout)

    def _section(self, header: BoundProse, group: nodes.Group, inside: tuple[str | Section, ...]) -> Section:
        section = self.finisher.section(header, inside, self.entry)
        self.titles.append((section, Place(self.entry.module.source, title_span(group))))
        return section


def _policy(whole: Whole, prose: tuple[Prose, ...], header: str, tests: tuple[Test, ...]) -> Policy:
    return Policy(
        header=whole.terms[header],
        terms=whole.terms,
        statements=tuple(statement for statement, _ in whole.statements),
        prose=prose,
        layout=tuple(whole.layout),
        tests=tests,
    )
