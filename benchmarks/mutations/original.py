"""A sound policy, and what becomes of it when a sentence in it, or in a module of its own, is written otherwise."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from attrs import define, evolve, field, frozen

from benchmarks.mutations.meaning import Meaning, labels_named, of_bound
from policyc.diagnostics.code import Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Policy
from policyc.pipeline import Compilation, compile_path
from policyc.resolve.bound import BoundStatement, BoundTerm
from policyc.resolve.build import Resolved, resolve
from policyc.resolve.library import LIBRARY
from policyc.resolve.loader import ENTRY, Module, Modules, imports, load, module_name, project_root
from policyc.resolve.questions import QuestionBinder
from policyc.resolve.scopes import Scope, Symbol, in_test, is_section, is_test, make_scopes, walk
from policyc.resolve.sentences import Binder
from policyc.resources import SUFFIX
from policyc.source.text import Source
from policyc.syntax import nodes
from policyc.syntax.parser import parser

HEAD: Final = "language 1\n"


@frozen(eq=False)
class Sentence:
    """A sentence, or the header of a group, with the groups around it."""

    item: nodes.Item
    groups: tuple[nodes.Group, ...]

    @property
    def start(self) -> int:
        """Where it starts."""
        return self.item.span.start

    @property
    def end(self) -> int:
        """Where it ends; a header before its brace."""
        return self.item.clauses[-1].span.end if isinstance(self.item, nodes.Group) else self.item.span.end


@define(eq=False)
class Original:
    """A policy as it is, and the file of it that is written otherwise: its own, or a module that it imports.

    ValueError if the policy has errors.
    """

    path: Path
    name: str = ENTRY
    modules: Modules = field(init=False)
    scope: Scope = field(init=False)
    """The names that the file knows."""
    resolved: Resolved = field(init=False)
    policy: Policy = field(init=False)
    known: frozenset[str] = field(init=False)
    """All names of the policy and of what it imports, and the parts of the names of modules."""
    named: frozenset[str] = field(init=False)
    """The labels that statements name."""
    used: frozenset[str] = field(init=False)
    """The names of the file of which something speaks."""
    _meanings: dict[int, tuple[Meaning, ...]] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        """Compile the policy."""
        loaded = load(self.path, self.root, parser())
        resolved = resolve(loaded.value) if loaded.value and not loaded.has_errors else None
        if loaded.value is None or resolved is None or resolved.value is None or resolved.value.policy is None:
            message = f"{self.path} is no sound policy"
            raise ValueError(message)
        self.modules, self.resolved, self.policy = loaded.value, resolved.value, resolved.value.policy
        self.named = labels_named(self.policy)
        scopes = make_scopes(loaded.value, [])
        self.scope = scopes[self.name]
        self.used = frozenset(self.resolved.names.scope.used if self.name == ENTRY else self._used())
        elsewhere = {name for scope in scopes.values() for name in scope.names}
        self.known = frozenset(elsewhere | {part for name in scopes for part in name.split(".")})

    def _used(self) -> Iterator[str]:
        """What a module itself, and those that import it, speak of."""
        for item, groups in walk(self.module.document.items):
            list(_bind_plain(item, groups, Binder(self.scope)))
        yield from self.scope.used
        for module in self.modules.by_name.values():
            for item in imports(module.document):
                if module_name(item) == self.name:
                    yield from (one.name.text for one in item.names)

    @property
    def title(self) -> str:
        """What to call it."""
        path = "/".join(self.path.parts[-2:])
        return f"{self.name} in {path}" if self.name else path

    @property
    def root(self) -> Path:
        """Where the policy's own imports are read."""
        return project_root(self.path)

    @property
    def module(self) -> Module:
        """The file."""
        return self.modules.by_name[self.name]

    @property
    def text(self) -> str:
        """The text of the file."""
        return self.module.source.text

    def sentences(self) -> list[Sentence]:
        """All sentences and headers, in the order of the text."""
        found = [Sentence(item, groups) for item, groups in walk(self.module.document.items)]
        return sorted(found, key=lambda one: one.start)

    # --- one sentence written otherwise --------------------------------------------------------

    def alone(self, sentence: Sentence, text: str) -> tuple[Meaning, ...] | None:
        """What a sentence means that reads otherwise now, read and bound alone; None if it is an error already.

        ValueError if the sentence alone does not show it.
        """
        tail = " {\n}\n" if isinstance(sentence.item, nodes.Group) else "\n"
        source = Source("mutant", f"{HEAD}{text}{tail}")
        parsed = parser().parse(source)
        if parsed.has_errors or parsed.value is None:
            return None
        items = parsed.value.items[1:]
        if isinstance(sentence.item, nodes.Import) and self._from_files(source.text).has_errors:
            return None
        if len(items) != 1 or type(items[0]) is not type(sentence.item) or isinstance(items[0], nodes.Import):
            message = "it is another sentence, or one that is not bound alone"
            raise ValueError(message)
        scope = Scope(Module(self.name, source, parsed.value), [], self.scope.names)
        meanings = tuple(of_bound(one) for one in self._bind(sentence, items[0], scope))
        return None if _has_errors(scope.found) else meanings

    def meaning(self, sentence: Sentence) -> tuple[Meaning, ...]:
        """What a sentence means as it is; it is one that can be read alone."""
        key = id(sentence.item)
        if key not in self._meanings:
            self._meanings[key] = self.alone(sentence, self.text[sentence.start : sentence.end]) or ()
        return self._meanings[key]

    def _bind(self, sentence: Sentence, node: nodes.Item, scope: Scope) -> Iterator[BoundStatement | BoundTerm]:
        """Bind a sentence as what it is now; what is wrong goes to the scope."""
        binder = Binder(scope)
        if isinstance(node, nodes.Group) and isinstance(sentence.item, nodes.Group):
            yield from _bind_group(sentence, evolve(node, items=sentence.item.items), binder)
        elif isinstance(node, nodes.Statement) and in_test(sentence.groups):
            found: list[Diagnostic] = scope.found
            QuestionBinder(self.resolved.names, scope.module.source, found).question(node)
        elif isinstance(node, nodes.Prose):
            binder.prose(node)
        else:
            yield from _bind_plain(node, sentence.groups, binder)

    # --- the whole written otherwise -----------------------------------------------------------

    def whole(self, text: str) -> Policy | None:
        """What the policy comes to with a text in the place of its file; None if there are errors."""
        source = Source(self.module.source.name, text)
        parsed = parser().parse(source)
        if parsed.has_errors or parsed.value is None:
            return None
        if imports(parsed.value) != imports(self.module.document):
            return self._from_files(text).policy
        modules = Modules({**self.modules.by_name, self.name: Module(self.name, source, parsed.value)})
        resolved = resolve(modules)
        return resolved.value.policy if resolved.value and not _has_errors(resolved.diagnostics) else None

    def _from_files(self, text: str) -> Compilation:
        """The same where other modules may have to be read."""
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder)
            for name, module in self.modules.by_name.items():
                if not name.startswith(f"{LIBRARY}."):
                    path = here.joinpath(*name.split(".")).with_suffix(SUFFIX) if name else here / self.path.name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(text if name == self.name else module.source.text, encoding="utf-8")
            return compile_path(here / self.path.name, root=here)


def originals(path: Path) -> Iterator[tuple[Path, str]]:
    """The policy of a file and the name of the file in it; for a module, each policy beside it that imports it."""
    loaded = load(path, project_root(path), parser()).value
    if loaded is not None and any(_is_policy(item) for item in loaded.by_name[ENTRY].document.items):
        yield path, ENTRY
        return
    name = path.stem
    for other in sorted(path.parent.glob(f"*{SUFFIX}")):
        beside = load(other, project_root(other), parser()).value
        if beside is not None and name in beside.by_name:
            yield other, name


def _is_policy(item: nodes.Item) -> bool:
    return isinstance(item, nodes.Declaration) and item.kind.text == "policy"


def _has_errors(found: Iterable[Diagnostic]) -> bool:
    return any(one.level is Level.ERROR for one in found)


def _bind_group(sentence: Sentence, group: nodes.Group, binder: Binder) -> Iterator[BoundStatement | BoundTerm]:
    """Bind a header with all sentences inside. A test hands nothing down."""
    if is_test(group):
        return
    if is_section(group):
        binder.section(group)
    for item, groups in walk(group.items, (*sentence.groups, group)):
        if not in_test(groups):
            yield from _bind_plain(item, groups, binder)


def _bind_plain(
    item: nodes.Item, groups: tuple[nodes.Group, ...], binder: Binder
) -> Iterator[BoundStatement | BoundTerm]:
    """Bind a statement or a declaration; others decide nothing."""
    if isinstance(item, nodes.Statement):
        statement = binder.statement(item, groups)
        if statement is not None:
            yield statement
    elif isinstance(item, nodes.Declaration):
        name = binder.scope.module.name
        yield binder.term(Symbol(item.kind.text, name, item.name.text, item, groups, item.name.span))
