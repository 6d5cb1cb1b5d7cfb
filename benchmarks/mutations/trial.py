"""Makes all mistakes of a token in a file, and tells what becomes of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from attrs import Factory, define, field

from benchmarks.mutations.compare import allows_nothing_newly
from benchmarks.mutations.meaning import decisions
from benchmarks.mutations.original import Original, Sentence
from benchmarks.mutations.regions import Regions
from benchmarks.mutations.tokens import Edit, deletions, swaps, tokens
from policyc.language.words import MODALITIES, Force
from policyc.source.text import Source
from policyc.syntax import nodes
from policyc.syntax.parser import parser

ERROR: Final = "an error"
NOTHING: Final = "allows nothing newly"
OTHER: Final = "another valid name or number"
ONLY: Final = "a removed `only`"
SHORTER: Final = "a shorter list in a prohibition"
STRING: Final = "a removed string"
LABEL: Final = "a removed label that nothing names"
OUTSIDE: Final = "outside"

CLASSES: Final = (OTHER, ONLY, SHORTER, STRING, LABEL)
"""What a mistake may be that is no error and may allow something newly."""

OUTCOMES: Final = (ERROR, NOTHING, *CLASSES, OUTSIDE)


@define(eq=False)
class Trial:
    """One file, and what its mutants came to.

    `counts` are by kind of mistake and outcome; `harmless` those of each class that allow nothing newly all the same.
    """

    original: Original
    counts: Counter[tuple[str, str]] = field(factory=Counter)
    harmless: Counter[str] = field(factory=Counter)
    outside: list[str] = field(factory=list)
    _regions: Regions = field(init=False, default=Factory(lambda self: Regions(self.original), takes_self=True))

    def edits(self) -> Iterator[Edit]:
        """Every deletion of a token, then every swap of two."""
        found = tokens(self.original.text)
        yield from deletions(self.original.text, found)
        yield from swaps(self.original.text, found)

    def make(self, edit: Edit) -> None:
        """Make a mistake, and count what becomes of it."""
        outcome, wider = ERROR, self.is_wider(edit)
        if wider is not None:
            outcome = _class(edit, self._regions.sentence(edit)) or (OUTSIDE if wider else NOTHING)
        self.counts[edit.kind, outcome] += 1
        self.harmless[outcome] += wider is False
        if outcome == OUTSIDE:
            place = self.original.module.source.position(edit.start)
            self.outside.append(f"{place.line}:{place.column} {edit}")

    def is_wider(self, edit: Edit) -> bool | None:
        """Whether a file with a mistake allows something newly, as far as can be told; None if it is an error."""
        if edit.kind == "deletion" and edit.lost[0].text in {"{", "}"}:
            return None  # the braces no longer pair, wherever the other one stands
        sentence = self._regions.sentence(edit)
        return self._across(edit) if sentence is None else self._within(sentence, edit)

    def _within(self, sentence: Sentence, edit: Edit) -> bool | None:
        """The same of a mistake in one sentence: it is read and bound alone, and mostly that shows it."""
        try:
            found = self.original.alone(sentence, edit.of(self.original.text, sentence.start, sentence.end))
        except ValueError:
            return self._whole(edit)
        if found is None:
            return None
        was = self.original.meaning(sentence)
        if [one.digest for one in found] != [one.digest for one in was]:
            return self._whole(edit)
        lost = {one.label for one in was} - {one.label for one in found}
        return None if lost & self.original.named else False

    def _across(self, edit: Edit) -> bool | None:
        """The same of a mistake in two sentences: where they cannot be read, the whole cannot be either."""
        parsed = parser().parse(Source("mutant", self._regions.region(edit)))
        return None if parsed.has_errors else self._whole(edit)

    def _whole(self, edit: Edit) -> bool | None:
        """The same, told of the whole policy."""
        before, text = self.original.policy, self.original.text
        after = self.original.whole(edit.of(text, 0, len(text)))
        if after is None:
            return None
        return decisions(before) != decisions(after) and not allows_nothing_newly(before, after)


def _class(edit: Edit, sentence: Sentence | None) -> str | None:
    """The class of a mistake, by what it takes away or moves; None if it is in none."""
    if any(token.text == "only" for token in edit.lost):
        return ONLY
    if edit.kind != "deletion":
        return None
    token = edit.lost[0]
    if token.kind == "word" and edit.in_list and sentence is not None and _forbids(sentence.item):
        return SHORTER
    return {"text": STRING, "label": LABEL}.get(token.kind)


def _forbids(item: nodes.Item) -> bool:
    modality = MODALITIES.get(item.modality.text) if isinstance(item, nodes.Statement) else None
    return modality is not None and modality.force is Force.FORBID
