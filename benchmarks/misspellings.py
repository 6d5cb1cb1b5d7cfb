"""Misspells every word of a policy in every way that takes one edit, and counts what becomes of it.

usage: python -m benchmarks.misspellings POLICY [--every N]

An edit deletes, inserts, replaces or swaps letters of one word. It must be an error, or leave the policy as it was;
another declared name is counted apart. A sentence that no longer parses alone is an error; whatever else is left is
compiled in its place. Of unknown words only every Nth is compiled (1: all, which takes an hour or two); words that
the language or the policy knows are compiled always. Texts, numbers and declaring occurrences are not misspelt.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import define, field, frozen

from policyc.diagnostics.outcome import Outcome
from policyc.language.clauses import CLAUSES, HOLES, clause_keys
from policyc.language.kinds import KINDS
from policyc.language.verbs import VERBS
from policyc.language.words import MODALITIES, QUANTIFIERS, UNITS
from policyc.pipeline import parser
from policyc.resolve.build import Resolved, resolve
from policyc.resolve.loader import ENTRY, Module, Modules, load, project_root
from policyc.resolve.scopes import walk
from policyc.source.text import Source
from policyc.syntax import nodes
from policyc.syntax.grammar import RESERVED

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz_"
_TOKEN: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*|(?P<word>[a-z][a-z0-9_]*:?)', re.DOTALL
)
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_CLOSED: Final = {word for row in CLAUSES for word in row.words} | {
    word for row in VERBS.values() for word in row.words
}
KEYWORDS: Final = frozenset(
    {*clause_keys(), *KINDS, *VERBS, *MODALITIES, *QUANTIFIERS, *UNITS, *HOLES, *_CLOSED}
    | {"language", "import", "as", "and", "or", "only", "other", "since", "above", "below", "about", "allow", "deny"}
    | {"at", "most", "least", "once", "to", "subject", "law", "says"}
)
"""Words that the language knows by themselves."""


@frozen
class Use:
    """A word of the policy that is no declaration of its own name, in its sentence."""

    word: str
    start: int
    sentence: tuple[int, int]
    is_keyword: bool


@define
class Spelling:
    """Tries misspellings of one policy, and remembers what came of each."""

    path: Path
    counts: Counter[str] = field(factory=Counter)
    bad: list[str] = field(factory=list)
    modules: Modules = field(init=False)
    names: frozenset[str] = field(init=False)
    hash: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Load the policy as it is."""
        loaded = load(self.path, project_root(self.path), parser())
        made = resolve(loaded.value) if loaded.value else None
        if loaded.value is None or made is None or made.value is None or made.value.policy is None:
            message = f"{self.path} does not compile"
            raise ValueError(message)
        self.modules = loaded.value
        self.names = frozenset(made.value.names.scope.names)
        self.hash = made.value.policy.hash

    @property
    def text(self) -> str:
        """The policy's own text."""
        return self.modules.entry.source.text

    def uses(self) -> Iterator[Use]:
        """All words but texts, numbers, comments and declaring occurrences."""
        spans = sorted(_sentences(self.modules.entry.document))
        declaring = set(_declaring(self.modules.entry.document))
        for match in _TOKEN.finditer(self.text):
            word, start = match["word"], match.start()
            if word is None or word.endswith(":") or start in declaring:
                self.counts["left alone: texts, comments, declaring occurrences"] += 1
                continue
            around = [span for span in spans if span[0] <= start < span[1]]
            if around:
                yield Use(word, start, around[-1], word in KEYWORDS and word not in self.names)

    def try_word(self, use: Use, every: int) -> None:
        """All edits of one use; of unknown words that still parse, every nth is compiled."""
        kind = "keyword" if use.is_keyword else "name"
        for edited in sorted(edits(use.word)):
            self.counts[f"{kind}: tried"] += 1
            if not self._parses(use, edited):
                self.counts[f"{kind}: error"] += 1
            elif edited in KEYWORDS or edited in self.names or self.counts[f"{kind}: tried"] % every == 0:
                self.counts[f"{kind}: {self._outcome(use, edited)}"] += 1
            else:
                self.counts[f"{kind}: unknown word, not compiled in this run"] += 1

    def _parses(self, use: Use, edited: str) -> bool:
        """Whether the sentence does, alone. A name for a name is the same to the parser, unless it is reserved."""
        if not use.is_keyword and _NAME.fullmatch(edited) and edited not in RESERVED:
            return True
        start, end = use.sentence
        sentence = self.text[start : use.start] + edited + self.text[use.start + len(use.word) : end]
        braces = "\n}\n" if sentence.rstrip().endswith("{") else "\n"
        return not parser().parse(Source("a.policy", f"language 1\n{sentence}{braces}")).has_errors

    def _outcome(self, use: Use, edited: str) -> str:
        text = self.text[: use.start] + edited + self.text[use.start + len(use.word) :]
        made = self._compile(text)
        if made.has_errors or made.value is None or made.value.policy is None:
            return "error"
        if made.value.policy.hash == self.hash:
            return "same policy"
        if edited in self.names:
            return "another declared name"
        self.bad.append(f"{use.word} -> {edited} at {self.modules.entry.source.position(use.start)}")
        return "CHANGED"

    def _compile(self, text: str) -> Outcome[Resolved]:
        source = Source(str(self.path), text)
        parsed = parser().parse(source)
        if parsed.has_errors or parsed.value is None or _imports(parsed.value) != _imports(self.modules.entry.document):
            return self._compile_file(text) if not parsed.has_errors else Outcome(None)
        return resolve(Modules({**self.modules.by_name, ENTRY: Module(ENTRY, source, parsed.value)}))

    def _compile_file(self, text: str) -> Outcome[Resolved]:
        """An import was changed: load again, from a file beside the policy's own."""
        copy = self.path.with_name(f".misspelt-{self.path.name}")
        copy.write_text(text, encoding="utf-8")
        try:
            loaded = load(copy, project_root(self.path), parser())
            return Outcome(None) if loaded.has_errors or loaded.value is None else resolve(loaded.value)
        finally:
            copy.unlink()


def edits(word: str) -> set[str]:
    """Every other word that is one edit away."""
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {left + right[1:] for left, right in splits if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in splits if right for letter in LETTERS}
    found |= {left + letter + right for left, right in splits for letter in LETTERS}
    return found - {word, ""}


def _imports(document: nodes.Document) -> list[nodes.Item]:
    return [item for item in document.items if isinstance(item, nodes.Import)]


def _sentences(document: nodes.Document) -> Iterator[tuple[int, int]]:
    for item, _ in walk(document.items):
        if isinstance(item, nodes.Group):
            last = item.clauses[-1].span.end
            yield item.span.start, last + 2
        else:
            yield item.span.start, item.span.end


def _declaring(document: nodes.Document) -> Iterator[int]:
    for item, _ in walk(document.items):
        if isinstance(item, nodes.Declaration):
            yield item.name.span.start
        elif isinstance(item, nodes.Import):
            yield from (one.alias.span.start for one in item.names if one.alias)


def main() -> int:
    """1 if a misspelling changed the policy."""
    options = argparse.ArgumentParser(description="Misspell every word of a policy.")
    options.add_argument("policy", type=Path)
    options.add_argument("--every", type=int, default=1, help="compile every Nth unknown word (default: all)")
    given = options.parse_args()
    spelling = Spelling(given.policy)
    for use in list(spelling.uses()):
        spelling.try_word(use, given.every)
    for name, count in sorted(spelling.counts.items()):
        print(f"{name:60}{count:>10,}")
    print(*spelling.bad, sep="\n")
    return 1 if spelling.bad else 0


if __name__ == "__main__":
    sys.exit(main())
