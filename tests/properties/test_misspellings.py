"""No misspelling passes: each is an error, leaves the policy as it was, or is another declared name.

`python -m benchmarks.misspellings` tries every occurrence and compiles every edit; here each word is misspelt once,
and of the edits that make an unknown word only some are compiled.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.misspellings import Spelling, Use, edits

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "contacto" / "published.policy"
EVERY = 1500


def _once(spelling: Spelling) -> list[Use]:
    first: dict[str, Use] = {}
    for use in spelling.uses():
        first.setdefault(use.word, use)
    return list(first.values())


def test_no_misspelling_changes_the_policy(capsys: pytest.CaptureFixture[str]) -> None:
    spelling = Spelling(EXAMPLE)
    for use in _once(spelling):
        spelling.try_word(use, EVERY)
    with capsys.disabled():
        lines = [f"  {name:55}{count:>9,}\n" for name, count in sorted(spelling.counts.items())]
        sys.stdout.write("\n" + "".join(lines))
    assert spelling.bad == []
    assert spelling.counts["name: tried"] > 50_000
    assert spelling.counts["keyword: tried"] > 10_000
    assert spelling.counts["name: error"] > 50


def test_a_misspelling_that_passed_would_be_seen() -> None:
    spelling = Spelling(EXAMPLE)
    use = next(use for use in spelling.uses() if use.word == "customers")
    spelling.hash = "of another policy"
    assert spelling._outcome(use, "customers") == "another declared name"
    keyword = next(use for use in spelling.uses() if use.word == "will" and use.is_keyword)
    assert spelling._outcome(keyword, "must") == "CHANGED"
    assert spelling.bad


def test_edits_are_all_of_distance_one() -> None:
    assert edits("ab") >= {"a", "b", "ba", "aab", "abc", "cb", "a_"}
    assert "ab" not in edits("ab")
    assert len(edits("ab")) == 2 + 1 + 2 * 26 + 3 * 27 - 2 - 1 - 1 + 2
