"""`policyc show`: every form of a policy can be printed."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policyc.cli._tree import as_tree
from policyc.language.words import Bound, Unit
from policyc.model.values import Period, Terms

FIRST_LINES = {
    "tree": ["document", "  version"],
    "nodes": ["Document", "  items:", "    Version", "      number: 1"],
    "model": ["Policy", "  header: Term", '    id: "p"', '    kind: "policy"'],
}


@pytest.mark.parametrize("stage", FIRST_LINES)
def test_a_stage(stage: str, policyc: Any, policy: Path) -> None:
    ran = policyc("show", policy, "--stage", stage)
    assert (ran.code, ran.err) == (0, "")
    wanted = FIRST_LINES[stage]
    assert ran.out.splitlines()[: len(wanted)] == wanted


def test_sentences_stand_behind_their_ids(policyc: Any, policy: Path) -> None:
    ran = policyc("show", policy, "--stage", "sentences")
    assert ran.code == 0
    assert [line.partition(": ")[0] for line in ran.out.splitlines()] == ["safe", "ads_if_agreed", "no_sale"]
    assert "keep you safe" in ran.out


@pytest.mark.parametrize("stage", ["model", "sentences"])
def test_a_broken_policy_has_no_later_stages(stage: str, policyc: Any, broken: Path) -> None:
    ran = policyc("show", broken, "--stage", stage)
    assert (ran.code, ran.out) == (1, "")
    assert "error[PC201]" in ran.err


def test_what_can_be_read_of_a_broken_file_is_shown(policyc: Any, policy: Path) -> None:
    policy.write_text(policy.read_text(encoding="utf-8").replace("may use names", "my use names"), encoding="utf-8")
    nodes = policyc("show", policy, "--stage", "nodes")
    assert nodes.code == 1
    assert "    Broken\n" in nodes.out
    assert "error[PC101]" in nodes.err
    tree = policyc("show", policy, "--stage", "tree")
    assert (tree.code, tree.out) == (1, "")


def test_a_file_that_cannot_be_read(policyc: Any, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.policy")
    ran = policyc("show", tmp_path / "pipe.policy", "--stage", "nodes")
    assert ran.code == 2
    assert "error[PC001]" in ran.err


def test_a_stage_is_needed(policyc: Any, policy: Path) -> None:
    assert policyc("show", policy).code == 2


def test_a_tree_leaves_out_what_says_nothing() -> None:
    value = {
        "period": Period(30, Unit.DAY, Bound.AT_MOST),
        "terms": Terms(("a",)),
        "known": {"b": None},
        "day": date(2026, 1, 31),
    }
    assert as_tree(value).splitlines() == [
        "-",
        "  period: Period",
        "    number: 30",
        "    unit: day",
        "    bound: at most",
        "  terms: Terms",
        "    ids:",
        '      "a"',
        "  known:",
        "    b: None",
        "  day: 2026-01-31",
    ]


def test_what_has_no_tree_is_a_fault_of_policyc() -> None:
    with pytest.raises(TypeError, match="set has no tree"):
        as_tree({1, 2})
