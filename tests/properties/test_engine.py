"""The engine reads every document as Lark does, and never what Lark refuses."""

from __future__ import annotations

import sys
from collections import Counter
from random import Random

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from benchmarks.mutations.tokens import deletions, swaps, tokens
from policyc.source.text import Source
from policyc.syntax import nodes
from policyc.syntax.parser import parser
from policyc.syntax.printer import print_document
from tests import strategies
from tests.policies import EXAMPLES
from tests.readers import as_lark_reads, by_engine

MANY = settings(max_examples=100, deadline=None)
OFTEN = 4
"""Mistakes of each sort in each example."""

SIGNS = [*'"{}(),.:#-\n\t 1aA_é', '"""', "\n ", "  ", "at most ", "then ", "some ", "of ", "# "]


@MANY
@given(strategies.documents.map(print_document).flatmap(strategies.commented))
def test_a_document_is_read_as_lark_reads_it(drawn: tuple[str, list[str]]) -> None:
    text, _ = drawn
    note(text)
    assert by_engine(text) == as_lark_reads(text) is not None


@MANY
@given(strategies.documents.map(print_document), st.data())
def test_a_text_like_a_document_is_read_as_lark_reads_it(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        end = min(end, start + 8)
        text = text[:start] + data.draw(st.sampled_from(("", *SIGNS)) | st.just(text[start:end] * 2)) + text[end:]
    note(text)
    ours = by_engine(text)
    assert ours is None or ours == as_lark_reads(text)


def sentences(text: str) -> list[str]:
    """The sentences of a file outside its groups, and each group as a whole."""
    document = parser().parse(Source("a.policy", text)).value
    items: tuple[nodes.Item, ...] = document.items if document else ()
    return [text[item.span.start : item.span.end] for item in items]


def mistakes(text: str, random: Random) -> list[tuple[str, str]]:
    """A text with one mistake of each sort, by the sort: of a token, of a character."""
    found = tokens(text)
    edits = [*deletions(text, found), *swaps(text, found)]
    place, other = random.randrange(len(text)), random.randrange(len(text))
    first, second = sorted((place, other))
    exchanged = text[:first] + text[second] + text[first + 1 : second] + text[first] + text[second + 1 :]
    made = [(edit.kind, edit.of(text, 0, len(text))) for edit in random.sample(edits, min(len(edits), 2))]
    return [
        *made,
        ("character left out", text[:place] + text[place + 1 :]),
        ("character put in", text[:place] + random.choice(SIGNS) + text[place:]),
        ("characters exchanged", exchanged if first < second else text),
    ]


@pytest.mark.parametrize("seed", range(OFTEN))
def test_nothing_is_read_that_lark_refuses(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    random = Random(seed)  # noqa: S311 - it draws mistakes
    counts: Counter[tuple[str, str]] = Counter()
    for path in EXAMPLES:
        some = sentences(path.read_text(encoding="utf-8"))
        for sentence in random.sample(some, min(len(some), 25)):
            for sort, text in mistakes(f"{sentence}\n", random):
                ours, lark = by_engine(text), as_lark_reads(text)
                assert ours is None or ours == lark, text
                counts[sort, "refused" if lark is None else "read" if ours else "left to Lark"] += 1
    with capsys.disabled():
        sys.stdout.write(f"\n{dict(counts)}\n")
    assert counts.total() > 1000
    assert sum(count for (_, outcome), count in counts.items() if outcome == "left to Lark") < counts.total() / 1000
