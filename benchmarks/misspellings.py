"""Misspells every word of a policy in every way that takes one edit, and counts what becomes of it.

usage: python -m benchmarks.misspellings POLICY [--all]

An edit deletes, inserts, replaces or swaps letters (a to z and `_`) of one word, at one place. It must be an error, or
leave every decision as it was; another declared name is counted apart. Texts, numbers, dates, comments and declaring
occurrences are not misspelt.

The misspelt sentence is read and bound alone, in the names that the policy has; what passes is put back, and the whole
policy is compiled and compared. Words that the language or the policy knows are tried one by one. Unknown words are
all alike to the grammar, to the tables and to the names, for none of these looks into a word that it does not know:
so of the unknown words that are one edit from an occurrence, one is tried, and one that starts with `_`. `--all` tries
every one of them, which takes about an hour.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import define, evolve, field, frozen

from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.clauses import CLAUSES, HOLES, clause_keys
from policyc.language.kinds import KINDS
from policyc.language.verbs import VERBS
from policyc.language.words import MODALITIES, QUANTIFIERS, UNITS
from policyc.model.digest import digest
from policyc.model.policy import Fields, Policy, Statement
from policyc.pipeline import Compilation, compile_path, parser
from policyc.resolve.build import Resolved
from policyc.resolve.loader import ENTRY, Module, load, project_root
from policyc.resolve.questions import QuestionBinder
from policyc.resolve.scopes import Scope, Symbol, in_test, is_section, is_test, make_scopes, walk
from policyc.resolve.sentences import Binder
from policyc.source.text import Source
from policyc.syntax import nodes

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz_"
_TOKEN: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*|(?P<word>[a-z][a-z0-9_]*)(?P<colon>:?)|\d\S*', re.DOTALL
)
_CLOSED: Final = {word for row in CLAUSES for word in row.words} | {
    word for row in VERBS.values() for word in row.words
}
_LINKS: Final = """
    language import as and or only other since above below about allow deny at most least once to subject law says
"""
KEYWORDS: Final = frozenset(
    {*" ".join(clause_keys()).split(), *KINDS, *VERBS, *MODALITIES, *QUANTIFIERS, *UNITS, *HOLES, *_CLOSED}
    | {*_LINKS.split()}
)
"""Words that the language knows by themselves."""

_DIMENSIONS: Final = frozenset(row.field for row in CLAUSES if row.dimension)
_DECIDING: Final = _DIMENSIONS | {
    *("when", "unless", "basis", "period", "deadline", "lag", "event", "until", "except", "despite"),
    *("implies", "per", "number", "controllers"),
}
"""Fields of statements and declarations that the reference reads."""


@frozen
class Sentence:
    """A sentence of the policy, or the header of a group, with what is around it."""

    item: nodes.Item
    groups: tuple[nodes.Group, ...]
    start: int
    end: int


@frozen
class Use:
    """An occurrence of a word, in its sentence, that does not declare it."""

    word: str
    start: int
    sentence: Sentence
    is_keyword: bool


@define
class Spelling:
    """Tries misspellings of one policy, and counts what came of each."""

    path: Path
    counts: Counter[str] = field(factory=Counter)
    bad: list[str] = field(factory=list)
    module: Module = field(init=False)
    scope: Scope = field(init=False)
    resolved: Resolved = field(init=False)
    policy: Policy = field(init=False)
    known: frozenset[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Compile the policy as it is; ValueError if it has errors."""
        compilation = compile_path(self.path)
        loaded = load(self.path, project_root(self.path), parser()).value
        if compilation.resolved is None or compilation.policy is None or loaded is None:
            message = f"{self.path} does not compile"
            raise ValueError(message)
        self.resolved, self.policy, self.module = compilation.resolved, compilation.policy, loaded.by_name[ENTRY]
        scopes = make_scopes(loaded, [])
        self.scope = scopes[ENTRY]
        elsewhere = {name for scope in scopes.values() for name in scope.names}
        self.known = frozenset({*KEYWORDS, *elsewhere, *(part for name in scopes for part in name.split("."))})

    @property
    def text(self) -> str:
        """The policy's own text."""
        return self.module.source.text

    # --- what is misspelt --------------------------------------------------------------------

    def uses(self) -> Iterator[Use]:
        """All words but texts, numbers, comments and declaring occurrences, which are counted."""
        spans = sorted(self._sentences(), key=lambda one: one.start)
        declaring = set(_declaring(self.module.document))
        at = 0
        for match in _TOKEN.finditer(self.text):
            word, start = match["word"], match.start()
            if word is None:
                what = {'"': "a text", "#": "a comment"}.get(match.group()[0], "a number or a date")
                self.counts[f"not misspelt: {what}"] += 1
            elif match["colon"] or start in declaring:
                self.counts["not misspelt: a declaring occurrence"] += 1
            else:
                while spans[at].end <= start:
                    at += 1
                yield Use(word, start, spans[at], word in KEYWORDS and word not in self.scope.names)

    def _sentences(self) -> Iterator[Sentence]:
        for item, groups in walk(self.module.document.items):
            end = item.clauses[-1].span.end if isinstance(item, nodes.Group) else item.span.end
            yield Sentence(item, groups, item.span.start, end)

    # --- trying ------------------------------------------------------------------------------

    def try_all_edits(self, use: Use, *, every: bool) -> None:
        """Every edit of one occurrence. Of unknown words two stand for all, unless `every` one is to be tried."""
        kind = "keyword" if use.is_keyword else "name"
        tried: dict[str, str] = {}
        for edited in sorted(edits(use.word)):
            known = edited in self.known
            shape = edited if known or every else edited[:1] if edited[:1] == "_" else "unknown"
            if shape not in tried:
                tried[shape] = self.outcome(use, edited)
                self.counts[f"{kind}: read and bound"] += 1
            self.counts[f"{kind}, to {'a known word' if known else 'an unknown word'}: {tried[shape]}"] += 1
            self.counts[f"{kind}: edits"] += 1

    def outcome(self, use: Use, edited: str) -> str:
        """What becomes of a policy with one word misspelt."""
        sentence = use.sentence
        text = self.text[sentence.start : use.start] + edited + self.text[use.start + len(use.word) : sentence.end]
        return "an error" if self._is_refused(sentence, text) else self._compiled(use, edited)

    def _is_refused(self, sentence: Sentence, text: str) -> bool:
        """Whether a sentence is an error already when it is read and bound alone."""
        if isinstance(sentence.item, nodes.Import):
            return _compile_alone(f"language 1\n{text}\n", self.path).has_errors
        tail = " {\n}\n" if isinstance(sentence.item, nodes.Group) else "\n"
        source = Source("misspelt", f"language 1\n{text}{tail}")
        parsed = parser().parse(source)
        if parsed.has_errors or parsed.value is None:
            return True
        node = parsed.value.items[-1]
        scope = Scope(Module(ENTRY, source, parsed.value), [], self.scope.names)
        self._bind(sentence, node, scope)
        return bool(scope.found)

    def _bind(self, sentence: Sentence, node: nodes.Item, scope: Scope) -> None:
        """Bind a misspelt sentence as what it is now; what is wrong goes to the scope."""
        binder = Binder(scope)
        if isinstance(node, nodes.Group) and isinstance(sentence.item, nodes.Group):
            _bind_group(sentence, evolve(node, items=sentence.item.items), binder)
        elif isinstance(node, nodes.Statement) and in_test(sentence.groups):
            found: list[Diagnostic] = scope.found
            QuestionBinder(self.resolved.names, scope.module.source, found).question(node)
        elif isinstance(node, nodes.Statement):
            binder.statement(node, sentence.groups)
        elif isinstance(node, nodes.Declaration):
            binder.term(_symbol(node, sentence.groups))
        elif isinstance(node, nodes.Prose):
            binder.prose(node)

    def _compiled(self, use: Use, edited: str) -> str:
        """What the whole policy comes to with a misspelling that its sentence does not show."""
        self.counts["compiled whole"] += 1
        text = self.text[: use.start] + edited + self.text[use.start + len(use.word) :]
        compilation = _compile_alone(text, self.path)
        if compilation.has_errors or compilation.policy is None:
            return "an error"
        if decisions(compilation.policy) == decisions(self.policy):
            return "every decision the same"
        if edited in self.scope.names:
            return "another declared name"
        place = self.module.source.position(use.start)
        self.bad.append(f"{place.line}:{place.column} {use.word} -> {edited}")
        return "ANOTHER DECISION"


def decisions(policy: Policy) -> str:
    """A digest of all that decisions depend on: policies with the same one decide everything alike."""
    terms = [
        [one.id, one.kind, one.qualified, one.parents, one.is_open, _deciding(one.fields)]
        for one in policy.terms.values()
    ]
    return digest([terms, sorted(_decides(one) for one in policy.statements), policy.header.id])


def _decides(one: Statement) -> str:
    holes = sorted({name for name, _ in one.holes} & (_DIMENSIONS | {one.row.object}))
    parts = [one.label, one.mood, one.modality, one.verb, one.objects, _deciding(one.fields), one.only, holes]
    return digest(parts)


def _deciding(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if name in _DECIDING}


def edits(word: str) -> set[str]:
    """Every other word that is one edit away."""
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {left + right[1:] for left, right in splits if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in splits if right for letter in LETTERS}
    found |= {left + letter + right for left, right in splits for letter in LETTERS}
    return found - {word, ""}


def _compile_alone(text: str, path: Path) -> Compilation:
    """Compile a text as if it stood at the policy's place."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        copy.write_text(text, encoding="utf-8")
        return compile_path(copy, root=project_root(path))


def _bind_group(sentence: Sentence, group: nodes.Group, binder: Binder) -> None:
    """Bind a misspelt header with all sentences inside. A test hands nothing down."""
    if is_test(group):
        return
    if is_section(group):
        binder.section(group)
    for item, groups in walk(group.items, (*sentence.groups, group)):
        if isinstance(item, nodes.Statement) and not in_test(groups):
            binder.statement(item, groups)
        elif isinstance(item, nodes.Declaration):
            binder.term(_symbol(item, groups))


def _symbol(node: nodes.Declaration, groups: tuple[nodes.Group, ...]) -> Symbol:
    return Symbol(node.kind.text, ENTRY, node.name.text, node, groups, node.name.span)


def _declaring(document: nodes.Document) -> Iterator[int]:
    for item, _ in walk(document.items):
        if isinstance(item, nodes.Declaration):
            yield item.name.span.start
        elif isinstance(item, nodes.Import):
            yield from (one.alias.span.start for one in item.names if one.alias)


def main() -> int:
    """1 if a misspelling changed a decision."""
    options = argparse.ArgumentParser(description="Misspell every word of a policy.")
    options.add_argument("policy", type=Path)
    options.add_argument("--all", action="store_true", help="try every unknown word at every occurrence")
    given = options.parse_args()
    spelling = Spelling(given.policy)
    for use in spelling.uses():
        spelling.try_all_edits(use, every=given.all)
    print(report(spelling.counts))
    print(*spelling.bad, sep="\n", end="\n" if spelling.bad else "")
    return 1 if spelling.bad else 0


def report(counts: Counter[str]) -> str:
    """How many of each, as a table."""
    return "\n".join(f"{name:60}{count:>10,}" for name, count in sorted(counts.items()))


if __name__ == "__main__":
    sys.exit(main())
