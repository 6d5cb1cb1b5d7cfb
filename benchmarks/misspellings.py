"""Misspells every word of a policy in every way that takes one edit, and counts what becomes of it.

usage: python -m benchmarks.misspellings POLICY [--all]

An edit deletes, inserts, replaces or swaps letters (a to z and `_`) of one word, or digits of one number, at one place.
It must be an error, or allow nothing newly; another declared name, and another number, are counted apart. Texts and
comments are not misspelt.

The misspelt sentence is read and bound alone, in the names that the policy has; what passes is put back, and the whole
policy is compiled and compared. Words that the language or the policy knows are tried one by one. Unknown words are
all alike to the grammar, to the tables and to the names, for none of these looks into a word that it does not know:
so of the unknown words that are one edit from an occurrence, one is tried, and one that starts with `_`. `--all` tries
every one of them, which takes about an hour.

Where a word declares a name, all that speaks of it goes on by the old spelling. That is an error; if nothing speaks of
it, the new spelling changes nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from attrs import Factory, define, field, frozen

from benchmarks.mutations.compare import allows_nothing_newly
from benchmarks.mutations.meaning import decisions
from benchmarks.mutations.original import Original, Sentence
from benchmarks.mutations.regions import Regions
from benchmarks.mutations.tokens import Token, tokens
from policyc.language.clauses import CLAUSES, HOLES, clause_keys
from policyc.language.kinds import KINDS
from policyc.language.verbs import VERBS
from policyc.language.words import MODALITIES, MOODS, QUANTIFIERS, UNITS
from policyc.syntax import nodes

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz_"
DIGITS: Final = "0123456789"

ERROR: Final = "an error"
SAME: Final = "every decision the same"
NOTHING: Final = "nothing allowed newly"
NAME: Final = "another declared name"
NUMBER: Final = "another number"
OTHER: Final = "ANOTHER DECISION"

_CLOSED: Final = {word for row in CLAUSES for word in row.words} | {
    word for row in VERBS.values() for word in row.words
}
_LINKS: Final = """
    language import as and or only other since above below about allow deny at most least once to subject
"""
KEYWORDS: Final = frozenset(
    {*" ".join((*clause_keys(), *MOODS, *QUANTIFIERS)).split(), *KINDS, *VERBS, *MODALITIES, *UNITS, *HOLES, *_CLOSED}
    | {*_LINKS.split()}
)
"""Words that the language knows by themselves."""


@frozen
class Use:
    """An occurrence of a word or a number in its sentence. `kind` is keyword, name, declaration or number."""

    kind: str
    word: str
    start: int
    sentence: Sentence

    @property
    def letters(self) -> str:
        """What it may be misspelt with."""
        return DIGITS if self.kind == "number" else LETTERS


@define(eq=False)
class Spelling:
    """Tries misspellings of one file, and counts what came of each."""

    original: Original
    counts: Counter[str] = field(factory=Counter)
    bad: list[str] = field(factory=list)
    _regions: Regions = field(init=False, default=Factory(lambda self: Regions(self.original), takes_self=True))

    @property
    def known(self) -> frozenset[str]:
        """The words that are not alike to what reads them."""
        return KEYWORDS | self.original.known

    # --- what is misspelt --------------------------------------------------------------------

    def uses(self) -> Iterator[Use]:
        """All words and numbers; texts are counted."""
        declaring = set(_declaring(self.original))
        for token in tokens(self.original.text):
            if token.kind == "text":
                self.counts["not misspelt: a text"] += 1
            elif token.kind != "mark":
                word, sentence = token.text.removesuffix(":"), self._regions.sentence_of(token)
                yield Use(self._kind(token, word, declaring), word, token.start, sentence)

    def _kind(self, token: Token, word: str, declaring: set[int]) -> str:
        if token.kind == "number":
            return "number"
        if token.start in declaring:
            return "declaration"
        return "keyword" if word in KEYWORDS and word not in self.original.scope.names else "name"

    # --- trying ------------------------------------------------------------------------------

    def try_all_edits(self, use: Use, *, every: bool) -> None:
        """Every edit of one occurrence. Of unknown words two stand for all, unless `every` one is to be tried."""
        tried: dict[str, str] = {}
        for edited in sorted(edits(use.word, use.letters)):
            known = use.kind == "number" or edited in self.known
            shape = edited if known or every else edited[:1] if edited[:1] == "_" else "unknown"
            if shape not in tried:
                tried[shape] = self.outcome(use, edited)
                self.counts[f"{use.kind}: read and bound"] += 1
            what = "" if use.kind == "number" else f", to {'a known word' if known else 'an unknown word'}"
            self.counts[f"{use.kind}{what}: {tried[shape]}"] += 1
            self.counts[f"{use.kind}: edits"] += 1

    def outcome(self, use: Use, edited: str) -> str:
        """What becomes of a policy with one word misspelt."""
        sentence = use.sentence
        text = self.original.text
        after = use.start + len(use.word)
        mutant = text[sentence.start : use.start] + edited + text[after : sentence.end]
        try:
            found = self.original.alone(sentence, mutant)
        except ValueError:
            return self._compiled(use, edited)
        if found is None:
            return ERROR
        if use.kind == "declaration":
            return self._renamed(use, edited)
        if found == self.original.meaning(sentence):
            return SAME
        return NUMBER if use.kind == "number" else self._compiled(use, edited)

    def _renamed(self, use: Use, edited: str) -> str:
        """What becomes of a name that is declared by another spelling, and that other sentences use by the old one."""
        return ERROR if use.word in self.original.used or edited in self.original.scope.names else SAME

    def _compiled(self, use: Use, edited: str) -> str:
        """What the whole policy comes to with a misspelling that its sentence does not show."""
        self.counts["compiled whole"] += 1
        before, text = self.original.policy, self.original.text
        after = self.original.whole(text[: use.start] + edited + text[use.start + len(use.word) :])
        if after is None:
            return ERROR
        if decisions(after) == decisions(before):
            return SAME
        if edited in self.original.scope.names:
            return NAME
        if allows_nothing_newly(before, after):
            return NOTHING
        place = self.original.module.source.position(use.start)
        self.bad.append(f"{place.line}:{place.column} {use.word} -> {edited}")
        return OTHER


def edits(word: str, letters: str = LETTERS) -> set[str]:
    """Every other word that is one edit away."""
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {left + right[1:] for left, right in splits if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in splits if right for letter in letters}
    found |= {left + letter + right for left, right in splits for letter in letters}
    return found - {word, ""}


def _declaring(original: Original) -> Iterator[int]:
    """Where names and labels are declared."""
    for sentence in original.sentences():
        item = sentence.item
        if isinstance(item, nodes.Declaration):
            yield item.name.span.start
        elif isinstance(item, nodes.Import):
            yield from (one.alias.span.start for one in item.names if one.alias)
        elif isinstance(item, nodes.Statement | nodes.Prose | nodes.Group) and item.label is not None:
            yield item.label.span.start


def main() -> int:
    """1 if a misspelling changed a decision."""
    options = argparse.ArgumentParser(description="Misspell every word of a policy.")
    options.add_argument("policy", type=Path)
    options.add_argument("--all", action="store_true", help="try every unknown word at every occurrence")
    given = options.parse_args()
    spelling = Spelling(Original(given.policy))
    for use in spelling.uses():
        spelling.try_all_edits(use, every=given.all)
    print(report(spelling.counts))
    print(*spelling.bad, sep="\n", end="\n" if spelling.bad else "")
    return 1 if spelling.bad else 0


def report(counts: Mapping[str, int]) -> str:
    """How many of each, as a table."""
    return "\n".join(f"{name:60}{count:>10,}" for name, count in sorted(counts.items()))


if __name__ == "__main__":
    sys.exit(main())
