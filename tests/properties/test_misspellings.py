"""No misspelling passes: each is an error, allows nothing newly, or is another declared name or number.

`python -m benchmarks.misspellings` says how it is done; this is the same, and checks what it rests on.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest

from benchmarks.misspellings import ERROR, KEYWORDS, LETTERS, NOTHING, NUMBER, OTHER, SAME, Spelling, edits, report
from benchmarks.mutations.__main__ import EXAMPLES
from benchmarks.mutations.meaning import decisions
from benchmarks.mutations.original import Original, originals
from policyc.language.clauses import CLAUSES, TWO_WORD_KEYS
from policyc.pipeline import compile_path
from tests.policies import SEEDS, policy_of

EXAMPLE = EXAMPLES / "contacto" / "published.policy"
FILES = [pair for path in SEEDS for pair in originals(path)]
"""Five of the examples: `make misspellings` and `make mutations` try the others, which would take minutes here."""


def title(value: Path | str) -> str:
    return f"{value.parent.name}/{value.stem}" if isinstance(value, Path) else value


TEXT = """\
language 1
party us "Us"
party friend "friend"
party friends "friends"
data logs "logs"
data log "log"
purpose safety "keep you safe"
event visit "you visit us"
fact agreed "you agreed" trace "T-1"
policy notice "Notice" controller us
first: may use logs for safety when agreed
second: never share logs with friends
third: will keep logs 30 days after visit hole law "which"
test "t" {
    deny use logs for safety
}
"""


def spelling_of(text: str, tmp_path: Path) -> Spelling:
    path = tmp_path / "a.policy"
    path.write_text(text, encoding="utf-8")
    return Spelling(Original(path))


@pytest.mark.long
@pytest.mark.parametrize(("path", "name"), FILES, ids=title)
def test_no_misspelling_of_an_example_passes(path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    spelling = Spelling(Original(path, name))
    uses = list(spelling.uses())
    for use in uses:
        spelling.try_all_edits(use, every=False)
    with capsys.disabled():
        sys.stdout.write(f"\n{spelling.original.title}\n{report(spelling.counts)}\n")
    assert spelling.bad == []
    for kind in ("name", "keyword", "declaration"):
        assert spelling.counts[f"{kind}: edits"] > 200 * sum(use.kind == kind for use in uses) > 0
    shortest = path.parent.name == "clutto"
    assert spelling.counts["name: edits"] > (390_000 if shortest else 400_000)
    assert spelling.counts["keyword: edits"] > 200_000
    assert sum(use.kind == "declaration" for use in uses) > 100
    assert spelling.counts["not misspelt: a text"] > 250


def test_unknown_words_are_all_alike() -> None:
    """What the counts rest on: here unknown words are drawn one by one, and all of the smallest policy are tried."""
    spelling = Spelling(Original(EXAMPLE))
    uses = [use for use in spelling.uses() if use.kind in {"name", "keyword"}]
    draw = Random(1)  # noqa: S311 - the same words every time
    for use in draw.sample(uses, 400):
        unknown = sorted(edits(use.word) - spelling.known)
        assert spelling.outcome(use, draw.choice(unknown)) == "an error", use


def test_every_edit_of_a_small_policy(tmp_path: Path) -> None:
    spelling, sampled = spelling_of(TEXT, tmp_path), spelling_of(TEXT, tmp_path)
    for use in spelling.uses():
        spelling.try_all_edits(use, every=True)
    for use in sampled.uses():
        sampled.try_all_edits(use, every=False)
    outcomes = {name: count for name, count in spelling.counts.items() if ": read" not in name and "whole" not in name}
    assert outcomes == {name: sampled.counts[name] for name in outcomes}
    assert spelling.bad == []
    # `logs` is one edit from `log` and `friends` from `friend`; lines of tests decide nothing.
    assert spelling.counts["name, to a known word: another declared name"] == 4
    assert spelling.counts["name, to a known word: every decision the same"] == 1
    # `day` for `days`, and `lag` for `law` after `hole`.
    assert spelling.counts["keyword, to a known word: every decision the same"] == 2
    assert spelling.counts["not misspelt: a text"] == TEXT.count('"') // 2


def test_a_name_that_is_declared_otherwise_is_an_error_where_something_speaks_of_it(tmp_path: Path) -> None:
    spelling = spelling_of(TEXT, tmp_path)
    declared = {use.word: use for use in spelling.uses() if use.kind == "declaration"}
    spoken = {"us", "friends", "logs", "safety", "visit", "agreed"}
    assert declared.keys() - spoken == {"friend", "log", "notice", "first", "second", "third"}
    for word, use in declared.items():
        unknown = sorted(one for one in edits(word) - spelling.known if not one.startswith("_"))
        assert {spelling.outcome(use, one) for one in unknown[::9]} == {ERROR if word in spoken else SAME}
    assert spelling.outcome(declared["friend"], "friends") == ERROR
    assert spelling.outcome(declared["first"], "_first") == ERROR


def test_another_number_is_counted_apart(tmp_path: Path) -> None:
    spelling = spelling_of(TEXT, tmp_path)
    days = next(use for use in spelling.uses() if use.word == "30")
    found = {one: spelling.outcome(days, one) for one in ("3", "300", "030", "30000")}
    assert found == {"3": NUMBER, "300": NUMBER, "030": SAME, "30000": ERROR}


def test_a_misspelling_that_passes_is_seen(tmp_path: Path) -> None:
    spelling = spelling_of(TEXT, tmp_path)
    uses = {use.word: use for use in spelling.uses()}
    assert spelling.outcome(uses["may"], "never") == NOTHING
    assert spelling.outcome(uses["never"], "may") == OTHER
    assert spelling.bad == ["12:9 never -> may"]


def test_decisions_tell_apart_what_decides_from_what_is_published() -> None:
    base = decisions(policy_of(TEXT))
    for old, new in (('"which"', '"what"'), ("T-1", "T-2"), ('"Us"', '"We"'), ("hole law", "hole wording")):
        assert decisions(policy_of(TEXT.replace(old, new))) == base
    changes = [
        ("30 days", "31 days"),
        ("30 days", "30 weeks"),
        (" when agreed", ""),
        ("with friends", "with friend"),
        ("for safety when", "hole purpose when"),
        ("never share", "may share"),
        ("first: may", "first: law says may"),
        ("for safety when", "only for safety when"),
        ('"log"', '"log" is logs'),
        ('"friends"', '"friends" open'),
        ("after visit", "until visit"),
        ("may use logs for safety", "may derive logs for safety"),
    ]
    seen = {decisions(policy_of(TEXT.replace(old, new))) for old, new in changes}
    assert len(seen | {base}) == len(changes) + 1


@pytest.mark.parametrize("word", ["a", "ab", "aa", "law", "as_is"])
def test_edits_are_all_words_of_distance_one(word: str) -> None:
    places = range(len(word))
    deleted = {word[:place] + word[place + 1 :] for place in places}
    swapped = {word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in places[:-1]}
    replaced = {word[:place] + letter + word[place + 1 :] for place in places for letter in LETTERS}
    inserted = {word[:place] + letter + word[place:] for place in range(len(word) + 1) for letter in LETTERS}
    assert edits(word) == (deleted | swapped | replaced | inserted) - {word, ""}
    assert len(LETTERS) == 27


def test_every_word_of_the_tables_is_known() -> None:
    words = {part for row in CLAUSES for part in row.key.split()}
    assert words <= KEYWORDS
    assert {part for key in TWO_WORD_KEYS for part in key.split()} <= KEYWORDS
    assert compile_path(EXAMPLE).policy is not None
