"""Which names a module knows: its declarations, its labels, and what it imports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from attrs import define, field

from policyc.diagnostics.code import Code
from policyc.diagnostics.codes import names as codes
from policyc.diagnostics.diagnostic import Diagnostic, Label
from policyc.diagnostics.near import near
from policyc.language.clauses import CLAUSES, ONLY_GROUPS, OUTCOMES
from policyc.language.kinds import KINDS
from policyc.record import ValueRecord, unwritten
from policyc.resolve.library import LIBRARY, in_library
from policyc.resolve.loader import Module, Modules, imports, module_name
from policyc.resolve.wording import STATEMENT, a, in_words, meant
from policyc.source.text import Span
from policyc.syntax import nodes

RULE: Final = "rule"
"""The kind of a rule's name."""

BROKEN: Final = "broken"
"""The kind of a name that a broken sentence may have declared: it fits everywhere, so that nothing more is said."""


@unwritten(eq=False, repr=False)
class Symbol(ValueRecord):
    """A name that something was declared by. `node` is None for a broken one."""

    kind: str
    module: str
    name: str
    node: nodes.Declaration | nodes.Statement | nodes.Rule | nodes.Prose | nodes.Group | None = field(
        eq=False, repr=False
    )
    groups: tuple[nodes.Group, ...] = field(eq=False, repr=False)
    span: Span = field(eq=False, repr=False)

    @property
    def qualified(self) -> str:
        """The name as all modules know it."""
        return f"{self.module}.{self.name}" if self.module else self.name

    @property
    def clauses(self) -> Iterator[nodes.Clause]:
        """The clauses of a declaration, with those of its groups."""
        if isinstance(self.node, nodes.Declaration):
            for group in self.groups:
                yield from group.clauses
            yield from self.node.clauses


@define(eq=False, repr=False)
class Scope:
    """The names that a module knows, by the name that they have there, and what is wrong in it.

    `sound`: every sentence could be read, so that a name that is not here was never declared.
    """

    module: Module
    found: list[Diagnostic]
    names: dict[str, Symbol] = field(factory=dict)
    imported: dict[str, str] = field(factory=dict)
    """Qualified name → the name that an import gave it here."""
    used: set[str] = field(factory=set)
    """Names that something in the module has been found to speak of."""
    sound: bool = True
    _reported: set[tuple[str, Span, str]] = field(factory=set, init=False)

    def report(
        self, code: Code, span: Span, message: str, help_: str | None = None, more: tuple[Label, ...] = ()
    ) -> None:
        """Add a diagnostic, once: a group's clause is bound anew for every sentence inside."""
        key = (code.number, span, message)
        if key not in self._reported:
            self._reported.add(key)
            self.found.append(Diagnostic.at(code, self.module.source, span, message, help=help_, more=more))

    def near(self, name: str, kinds: tuple[str, ...]) -> str | None:
        """The known name that is like `name`; one of these kinds if there is one."""
        fitting = [known for known, symbol in self.names.items() if symbol.kind in kinds]
        others = [] if kinds == (STATEMENT,) else [known for known, one in self.names.items() if one.kind != BROKEN]
        return near(name, fitting) or near(name, others)


Walked = tuple[nodes.Item, tuple[nodes.Group, ...]]


def walk(items: tuple[nodes.Item, ...], groups: tuple[nodes.Group, ...] = ()) -> Iterator[Walked]:
    """Every sentence with the groups around it, outermost first; groups come before what is in them."""
    for item in items:
        yield item, groups
        if isinstance(item, nodes.Group):
            yield from walk(item.items, (*groups, item))


def is_test(group: nodes.Group) -> bool:
    """Whether a group is a test."""
    return _is_titled(group, "test")


def is_section(group: nodes.Group) -> bool:
    """Whether a group is a section."""
    return _is_titled(group, "section")


def is_rule_test(group: nodes.Group) -> bool:
    """Whether a group is a test of rules: a policy of its own."""
    return is_test(group) and any(clause.key.text in OUTCOMES for clause in group.clauses)


def _is_titled(group: nodes.Group, key: str) -> bool:
    """By the first of the clauses that only groups have; the others are reported."""
    return next((clause.key.text == key for clause in group.clauses if clause.key.text in ONLY_GROUPS), False)


def in_test(groups: tuple[nodes.Group, ...]) -> bool:
    """Whether a sentence stands in a test."""
    return any(is_test(group) for group in groups)


def make_scopes(modules: Modules, found: list[Diagnostic]) -> Mapping[str, Scope]:
    """The scope of every module. What is wrong with names that are declared or imported goes to `found`."""
    scopes = {name: Scope(module, found) for name, module in modules.by_name.items()}
    for scope in scopes.values():
        _declare_own(scope)
    for scope in scopes.values():
        for item in imports(scope.module.document):
            _import(scope, item, scopes.get(module_name(item)))
    for scope in scopes.values():
        _add_broken(scope)
    return scopes


def _declare_own(scope: Scope) -> None:
    for item, groups in walk(scope.module.document.items):
        if any(is_rule_test(group) for group in groups):
            continue
        if isinstance(item, nodes.Rule):
            _declare(scope, item.name, Symbol(RULE, scope.module.name, item.name.text, item, groups, item.name.span))
        elif isinstance(item, nodes.Declaration):
            _declare(
                scope,
                item.name,
                Symbol(item.kind.text, scope.module.name, item.name.text, item, groups, item.name.span),
            )
        elif isinstance(item, nodes.Statement | nodes.Prose | nodes.Group) and item.label is not None:
            _declare(
                scope, item.label, Symbol(STATEMENT, scope.module.name, item.label.text, item, groups, item.label.span)
            )
        elif isinstance(item, nodes.Broken):
            scope.sound = False


def _add_broken(scope: Scope) -> None:
    """What a broken sentence, or an import at a wrong place, may have declared is known, but not as what."""
    for item, groups in walk(scope.module.document.items):
        words: tuple[str, ...] = ()
        if isinstance(item, nodes.Broken):
            words = item.words
        elif isinstance(item, nodes.Import) and groups:
            words = tuple(one.local.text for one in item.names)
        for word in words:
            scope.names.setdefault(word, _broken(scope, word, item.span))


def _broken(scope: Scope, name: str, span: Span) -> Symbol:
    return Symbol(BROKEN, scope.module.name, name, None, (), span)


def _declare(scope: Scope, word: nodes.Word, symbol: Symbol) -> None:
    """Make a symbol known by a word of this module."""
    first = scope.names.setdefault(word.text, symbol)
    if first is not symbol:
        more = (Label(scope.module.source, first.span, "first here"),) if first.module == scope.module.name else ()
        help_ = "give one of them another name"
        scope.report(codes.DUPLICATE_NAME, word.span, f"`{word.text}` is declared twice", help_, more)
    elif word.text in _closed_words(symbol.kind):
        message = f"`{word.text}` is a word of the language where {a(in_words(symbol.kind))} can stand"
        scope.report(codes.CLOSED_WORD, word.span, message, "choose another name")


@cache
def _closed_words(kind: str) -> frozenset[str]:
    """The words of the language that stand in the clauses where names of a kind do."""
    keys = {row.key for row in CLAUSES if kind in row.kinds}
    return frozenset(word for row in CLAUSES if row.key in keys for word in row.words)


def _import(scope: Scope, item: nodes.Import, source: Scope | None) -> None:
    """Make imported names known; those that cannot be had are known as broken."""
    for one in item.names:
        symbol = source.names.get(one.name.text) if source is not None else None
        if symbol is not None and _is_exported(symbol, item):
            already = scope.imported.get(symbol.qualified)
            if already:
                message = f"`{one.name.text}` is imported twice: it is `{already}` already"
                scope.report(codes.DUPLICATE_NAME, one.span, message, "keep one of them")
            _declare(scope, one.local, symbol)
            if scope.names[one.local.text] is symbol:
                scope.imported.setdefault(symbol.qualified, one.local.text)
            continue
        scope.names.setdefault(one.local.text, _broken(scope, one.local.text, one.span))
        # If the module is missing or broken, that has been said.
        if source is not None and source.sound:
            known = [name for name, other in source.names.items() if _is_exported(other, item)]
            message = f"`{module_name(item)}` declares no `{one.name.text}`"
            elsewhere = "`policyc vocab` looks for it" if item.path[0].text == LIBRARY else None
            help_ = in_library(one.name.text) or meant(one.name.text, known, elsewhere)
            scope.report(codes.NOT_EXPORTED, one.name.span, message, help_)


def _is_exported(symbol: Symbol, item: nodes.Import) -> bool:
    """A module gives what it declares itself, and no policy."""
    return symbol.kind in KINDS and symbol.kind != "policy" and symbol.module == module_name(item)
