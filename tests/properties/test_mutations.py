"""No mistake of a token passes: each is an error, allows nothing newly, or is in one of five classes.

`python -m benchmarks.mutations` says how it is done; this is the same, and checks what it rests on.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from benchmarks.mutations import compare
from benchmarks.mutations.__main__ import EXAMPLES, Result, table
from benchmarks.mutations.compare import allows_nothing_newly
from benchmarks.mutations.original import Original, originals
from benchmarks.mutations.tokens import Edit, deletions, swaps, tokens
from benchmarks.mutations.trial import ERROR, LABEL, NOTHING, ONLY, OUTSIDE, STRING, Trial
from policyc.model.policy import Policy
from policyc.semantics.reference import Reference
from tests.drawn import Case, cases, with_statements
from tests.policies import ROOT, policy_of

FILES = [pair for path in sorted(EXAMPLES.rglob("*.policy")) for pair in originals(path)]


def title(value: Any) -> str:
    return value.parent.name + "/" + value.stem if isinstance(value, Path) else value


@pytest.mark.long
@pytest.mark.parametrize(("path", "name"), FILES, ids=title)
def test_no_mistake_of_a_token_in_an_example_passes(path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    trial = Trial(Original(path, name))
    edits = list(trial.edits())
    for edit in edits:
        trial.make(edit)
    with capsys.disabled():
        sys.stdout.write(f"\n{table([Result(trial.original.title, trial.counts, trial.harmless)])}\n")
    assert trial.outside == []
    assert trial.counts.total() == len(edits) > 1.9 * len(tokens(trial.original.text))
    errors = sum(count for (_, outcome), count in trial.counts.items() if outcome == ERROR)
    assert errors > 0.9 * len(edits)


# --- tokens ----------------------------------------------------------------------------------

LINE = 'a: may use b, c  # d, "e"\n    text "f g" 30 days\n'


def test_tokens_are_what_stands_alone() -> None:
    found = [(token.kind, token.text) for token in tokens(LINE)]
    assert found == [
        *[("label", "a:"), ("word", "may"), ("word", "use"), ("word", "b"), ("mark", ","), ("word", "c")],
        *[("word", "text"), ("text", '"f g"'), ("number", "30"), ("word", "days")],
    ]


def applied(text: str, edit: Edit) -> str:
    return edit.of(text, 0, len(text))


def test_a_deletion_takes_the_blanks_that_only_parted_its_token() -> None:
    found = [applied("    a: b, (c)\n", edit) for edit in deletions("    a: b, (c)\n", tokens("    a: b, (c)\n"))]
    assert found == [
        "    b, (c)\n",
        "    a: , (c)\n",
        "    a: b (c)\n",
        "    a: b, c)\n",
        "    a: b, ()\n",
        "    a: b, (c\n",
    ]


def test_a_swap_keeps_what_is_between() -> None:
    found = [applied("a b,\n  c b b", edit) for edit in swaps("a b,\n  c b b", tokens("a b,\n  c b b"))]
    assert found == ["b a,\n  c b b", "a ,b\n  c b b", "a bc\n  , b b", "a b,\n  b c b"]


# --- what becomes of a mistake ---------------------------------------------------------------

TEXT = """\
language 1
party us "Us"
party friend
party friends open
party host
data logs
data mails
purpose safety
event visit
event leaving
fact agreed
policy notice
    controller us
section "Sharing" {
    given: may share logs only with friends when agreed
    kept: will keep logs only for safety hole period "odd"
    never share any mails, logs with friend, host except given
    stages: will keep mails 30 days after any visit, leaving
    will delete logs within 2 weeks after visit
}
test "t" {
    deny use logs for safety
}
"""


def trial_of(text: str, tmp_path: Path) -> Trial:
    path = tmp_path / "a.policy"
    path.write_text(text, encoding="utf-8")
    return Trial(Original(path))


def test_every_mistake_of_a_small_policy(tmp_path: Path) -> None:
    trial = trial_of(TEXT, tmp_path)
    passed: dict[str, list[str]] = {}
    for edit in trial.edits():
        before = trial.counts.copy()
        trial.make(edit)
        (_, outcome) = next(iter(trial.counts - before))
        if outcome != ERROR:
            passed.setdefault(outcome, []).append(str(edit))
    assert {outcome: sorted(edits) for outcome, edits in passed.items()} == {
        ONLY: ["deletion: only", "deletion: only", "swap: logs only", "swap: logs only"],
        STRING: ['deletion: "Us"', 'deletion: "odd"'],
        LABEL: ["deletion: kept:", "deletion: stages:"],
        NOTHING: ["deletion: any", "deletion: open", "deletion: within"],
    }
    assert trial.harmless == {ONLY: 0, STRING: 2, LABEL: 2, NOTHING: 3, ERROR: 0}
    assert trial.outside == []


def mistake(trial: Trial, text: str, *, without: str) -> None:
    """Leave out more than one token at once."""
    found = [token for token in tokens(text) if token.text in without.split()]
    start = text.index(without)
    lost = tuple(token for token in found if start <= token.start < start + len(without))
    trial.make(Edit("deletion", lost, start, start + len(without), ""))


@pytest.mark.parametrize(
    ("without", "outcome"),
    [
        (" when agreed", OUTSIDE),
        ("never share any mails, logs with friend, host except given", OUTSIDE),
        (", logs", OUTSIDE),
        (" except given", NOTHING),
        (" within 2 weeks", OUTSIDE),
        (' hole period "odd"', NOTHING),
        (" after visit", OUTSIDE),
    ],
)
def test_what_allows_more_is_seen(without: str, outcome: str, tmp_path: Path) -> None:
    trial = trial_of(TEXT, tmp_path)
    mistake(trial, TEXT, without=without)
    assert trial.counts == {("deletion", outcome): 1}
    assert len(trial.outside) == (outcome == OUTSIDE)


OPEN = """\
language 1
party us
data logs
place anywhere open
policy notice
    controller us
may store logs at anywhere
"""


@pytest.mark.parametrize(("other", "outside"), [("", 1), ("place mars open\n", 0)])
def test_a_lost_open_is_seen_if_no_other_term_is_open(other: str, outside: int, tmp_path: Path) -> None:
    """A question that names no place asks about all that are listed, and about the unlisted ones of open terms."""
    text = OPEN + other
    trial = trial_of(text, tmp_path)
    for edit in deletions(text, tokens(text)):
        if edit.lost[0].text == "open":
            trial.make(edit)
    assert len(trial.outside) == outside


@pytest.mark.slow
def test_a_sentence_alone_shows_what_the_whole_does() -> None:
    """What is an error alone, or in two sentences alone, is one in the whole, and nothing else is."""
    trial = Trial(Original(ROOT / "examples" / "contacto" / "published.policy"))
    text = trial.original.text
    draw = Random(1)  # noqa: S311 - the same mistakes every time
    edits = list(trial.edits())
    passing = [edit for edit in edits if edit.lost[0].kind in {"text", "label"} and edit.kind == "deletion"]
    across = [edit for edit in edits if edit.kind == "swap" and "}" in applied(edit.text, evolve(edit, start=0, end=0))]
    for edit in (*draw.sample(edits, 60), *draw.sample(passing, 30), *draw.sample(across, 30)):
        after = trial.original.whole(applied(text, edit))
        assert (after is None) is (trial.is_wider(edit) is None), edit


# --- what allows nothing newly ---------------------------------------------------------------

SETTINGS = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
PARTS = ("mood", "modality", "objects", "only", "holes")


@st.composite
def mutants(draw: st.DrawFn) -> tuple[Case, Policy]:
    """A policy, and the same with a statement in which some parts are another one's, or are not there."""
    case = draw(cases())
    place = draw(st.integers(0, len(case.policy.statements) - 1))
    one = case.policy.statements[place]
    other = draw(st.sampled_from([case.added, evolve(one, only=(), holes=(), mood=None)]))
    changes: dict[str, Any] = {part: getattr(other, part) for part in draw(st.sets(st.sampled_from(PARTS), max_size=1))}
    gone = draw(st.sets(st.sampled_from(sorted(one.fields) or ["when"]), max_size=1))
    taken = draw(st.sets(st.sampled_from(sorted(set(other.fields) & one.row.fields) or ["when"]), max_size=1))
    fields = {name: value for name, value in one.fields.items() if name not in gone}
    fields |= {name: other.fields[name] for name in taken if name in other.fields}
    after = evolve(one, **{**changes, "fields": fields})
    only = tuple(name for name in after.only if name in {*fields, "data"} and (name != "data" or after.objects))
    made = [*case.policy.statements]
    made[place] = evolve(after, only=only)
    assume(made[place] != one)
    return case, with_statements(made)


def allowed(policy: Policy, case: Case) -> list[bool]:
    return [Reference(policy).decide(request).allowed for request in case.world.requests]


def is_sound(drawn: tuple[Case, Policy]) -> bool:
    """What is said to allow nothing newly allows none of the requests that were denied."""
    case, after = drawn
    if not allows_nothing_newly(case.policy, after):
        return True
    return all(was or not now for was, now in zip(allowed(case.policy, case), allowed(after, case), strict=True))


@given(mutants())
@SETTINGS
def test_what_allows_nothing_newly_is_told_so_rightly(drawn: tuple[Case, Policy]) -> None:
    assert is_sound(drawn)


@pytest.mark.slow
def test_the_drawn_mutants_are_of_all_sorts() -> None:
    """Some allow nothing newly, some seem to; some of those do."""
    seen: Counter[str] = Counter()

    @given(mutants())
    @settings(SETTINGS, max_examples=1000, derandomize=True)
    def count(drawn: tuple[Case, Policy]) -> None:
        case, after = drawn
        wider = any(now and not was for was, now in zip(allowed(case.policy, case), allowed(after, case), strict=True))
        seen["narrow" if allows_nothing_newly(case.policy, after) else "wider" if wider else "unknown"] += 1

    count()
    assert min(seen[name] for name in ("narrow", "wider", "unknown")) > 4, seen


# --- each rule by an example -----------------------------------------------------------------

HEAD = TEXT[: TEXT.index("section")]
NARROWER = {
    "less data": ("may use logs, mails for safety", "may use logs for safety"),
    "a hole": ("may share logs with friend", "may share logs hole recipient"),
    "some of it": ("may share logs with friend", "may share some of logs with friend"),
    "a condition": ("may share logs with friend", "may share logs with friend when agreed"),
    "an exception": ("may share logs with friend", "may share logs with friend unless agreed"),
    "an event": ("may share logs with friend", "may share logs with friend after visit"),
    "all events": ("may store logs after any visit, leaving", "may store logs after all visit, leaving"),
    "the first end": ("may store logs until all visit, leaving", "may store logs until any visit, leaving"),
    "no exception": ("never share logs with friend unless agreed", "never share logs with friend"),
    "more is forbidden": ("never share logs with friend when agreed", "never share logs, mails when agreed"),
    "only": ("may share logs with friend", "may share logs only with friend"),
    "a clock": ("will delete logs", "will delete logs 1 day after visit"),
    "a clock for more": ("will delete logs 1 day after visit when agreed", "will delete logs, mails 1 day after visit"),
    "a deadline": ("will delete logs within 1 day after visit lag 1 day", "will delete logs 1 day after visit"),
    "no plan": ("may share logs with friend", "later on may share logs with friend"),
}  # fmt: skip
WIDER = {
    "_permits_no_more": ("may use logs for safety", "may use logs, mails for safety"),
    "_forbids_no_less": ("never share logs, mails with friend", "never share logs with friend"),
    "_closes_no_less": ("may share logs only with friend", "may share logs with friend"),
    "_expires_no_later": ("will delete logs 1 day after visit", "will delete logs 1 day after visit when agreed"),
    "_ends_no_later": ("will delete logs 1 day after visit", "will delete logs 2 days after visit"),
}


def compared(before: str, after: str) -> bool:
    return allows_nothing_newly(policy_of(f"{HEAD}{before}\n"), policy_of(f"{HEAD}{after}\n"))


@pytest.mark.parametrize("what", NARROWER)
def test_what_says_less_allows_nothing_newly(what: str) -> None:
    before, after = NARROWER[what]
    assert compared(before, after)
    assert not compared(after, before)


@pytest.mark.parametrize("rule", WIDER)
def test_each_rule_decides_by_itself(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert compared(*reversed(WIDER[rule])) or rule == "_ends_no_later"
    assert not compared(*WIDER[rule])
    monkeypatch.setattr(compare if rule == "_ends_no_later" else compare._Comparison, rule, lambda *_: True)
    assert compared(*WIDER[rule])
