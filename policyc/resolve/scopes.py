"""Which names a module knows: its declarations, its labels, and what it imports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import define, field, frozen

from policyc.diagnostics.codes import names as codes
from policyc.diagnostics.diagnostic import Diagnostic, Label
from policyc.diagnostics.near import near
from policyc.language.clauses import CLAUSES
from policyc.language.kinds import KINDS
from policyc.resolve.loader import Module, Modules, imports, module_name
from policyc.source.text import Span
from policyc.syntax import nodes

STATEMENT: Final = "statement"
BROKEN: Final = "broken"
"""The kind of a name that a broken sentence may have declared: it fits everywhere, so that nothing more is said."""


@frozen
class Symbol:
    """A name that something was declared by. `node` is None for a broken one."""

    kind: str
    module: str
    name: str
    node: nodes.Declaration | nodes.Statement | nodes.Prose | nodes.Group | None = field(eq=False, repr=False)
    groups: tuple[nodes.Group, ...] = field(eq=False, repr=False)
    span: Span = field(eq=False, repr=False)

    @property
    def qualified(self) -> str:
        """The name as all modules know it."""
        return f"{self.module}.{self.name}" if self.module else self.name


@define
class Scope:
    """The names that a module knows, by the name that they have there."""

    module: Module
    names: dict[str, Symbol] = field(factory=dict)
    sound: bool = True

    def near(self, name: str, kinds: tuple[str, ...] = ()) -> str | None:
        """The known name that is like `name`; one of the kinds if there is one."""
        fitting = near(name, [known for known, symbol in self.names.items() if symbol.kind in kinds]) if kinds else None
        return fitting or near(name, self.names)


Walked = tuple[nodes.Item, tuple[nodes.Group, ...]]


def walk(items: tuple[nodes.Item, ...], groups: tuple[nodes.Group, ...] = ()) -> Iterator[Walked]:
    """Every sentence with the groups around it, outermost first; groups come before what is in them."""
    for item in items:
        yield item, groups
        if isinstance(item, nodes.Group):
            yield from walk(item.items, (*groups, item))


def in_test(groups: tuple[nodes.Group, ...]) -> bool:
    """Whether a sentence stands in a test."""
    return any(is_test(group) for group in groups)


def is_test(group: nodes.Group) -> bool:
    """Whether a group is a test."""
    return any(clause.key.text == "test" for clause in group.clauses)


def make_scopes(modules: Modules) -> tuple[Mapping[str, Scope], list[Diagnostic]]:
    """The scope of every module, and what is wrong with names that are declared or imported."""
    found: list[Diagnostic] = []
    scopes = {name: _own_names(module, found) for name, module in modules.by_name.items()}
    for scope in scopes.values():
        for item in imports(scope.module.document):
            _import(scope, item, scopes.get(module_name(item)), found)
    for scope in scopes.values():
        for item, _ in walk(scope.module.document.items):
            if isinstance(item, nodes.Broken):
                for word in item.words:
                    scope.names.setdefault(word, Symbol(BROKEN, scope.module.name, word, None, (), item.span))
    return scopes, found


def _own_names(module: Module, found: list[Diagnostic]) -> Scope:
    scope = Scope(module)
    for item, groups in walk(module.document.items):
        if isinstance(item, nodes.Declaration):
            _declare(scope, Symbol(item.kind.text, module.name, item.name.text, item, groups, item.name.span), found)
            _check_closed_word(scope, item, found)
        elif isinstance(item, nodes.Statement | nodes.Prose | nodes.Group) and item.label is not None:
            _declare(scope, Symbol(STATEMENT, module.name, item.label.text, item, groups, item.label.span), found)
        elif isinstance(item, nodes.Broken):
            scope.sound = False
    return scope


def _declare(scope: Scope, symbol: Symbol, found: list[Diagnostic], local: str | None = None) -> None:
    name = local or symbol.name
    first = scope.names.setdefault(name, symbol)
    if first is symbol:
        return
    source = scope.module.source
    span = symbol.span if local is None else found_span(scope, local, symbol)
    more = (Label(source, first.span, "first here"),) if first.module == scope.module.name else ()
    found.append(Diagnostic.at(codes.DUPLICATE_NAME, source, span, f"`{name}` is declared twice", more=more, help="give one of them another name"))


def found_span(scope: Scope, local: str, symbol: Symbol) -> Span:
    """Where a module imports a symbol under a name."""
    for item in imports(scope.module.document):
        for one in item.names:
            if one.local.text == local and one.name.text == symbol.name:
                return one.span
    return symbol.span


def _check_closed_word(scope: Scope, item: nodes.Declaration, found: list[Diagnostic]) -> None:
    if item.name.text in _closed_words(item.kind.text):
        message = f"`{item.name.text}` is a word of the language where a {item.kind.text} can stand"
        found.append(Diagnostic.at(codes.CLOSED_WORD, scope.module.source, item.name.span, message, help="choose another name"))


def _closed_words(kind: str) -> frozenset[str]:
    keys = {row.key for row in CLAUSES if kind in row.kinds}
    return frozenset(word for row in CLAUSES if row.key in keys for word in row.words)


def _import(scope: Scope, item: nodes.Import, source: Scope | None, found: list[Diagnostic]) -> None:
    for one in item.names:
        name, local = one.name.text, one.local.text
        symbol = source.names.get(name) if source is not None else None
        if symbol is not None and symbol.kind in KINDS and symbol.kind != "policy" and symbol.module == module_name(item):
            imported = Symbol(symbol.kind, symbol.module, symbol.name, symbol.node, symbol.groups, symbol.span)
            _declare(scope, imported, found, local)
            continue
        scope.names.setdefault(local, Symbol(BROKEN, scope.module.name, local, None, (), one.span))
        if source is None or not source.sound:
            continue  # the module is missing or broken, and that has been said
        close = near(name, [known for known, other in source.names.items() if other.kind in KINDS and other.module == source.module.name])
        help_ = f"did you mean `{close}`?" if close else None
        found.append(Diagnostic.at(codes.NOT_EXPORTED, scope.module.source, one.name.span, f"`{module_name(item)}` declares no `{name}`", help=help_))
