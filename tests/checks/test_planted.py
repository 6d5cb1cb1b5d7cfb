"""Contradictions that somebody planted who had not seen the checks are found, and their near misses silent."""

from pathlib import Path

import pytest

from policyc.pipeline import check, compile_path

PLANTED = sorted(path for path in (Path(__file__).parent / "planted").iterdir() if path.is_dir())


def contradictions(path: Path) -> list[frozenset[str]]:
    """The statements of each finding that two statements contradict each other."""
    found = check(compile_path(path)).diagnostics
    return [frozenset(one.statements) for one in found if one.code.number.startswith("PC3")]


@pytest.mark.parametrize("folder", PLANTED, ids=lambda folder: folder.name)
def test_the_contradiction_is_found_and_nothing_else(folder: Path) -> None:
    labels = folder.joinpath("expect.txt").read_text("utf-8").splitlines()[:2]
    assert contradictions(folder / "bad.policy") == [frozenset(labels)]


@pytest.mark.parametrize("folder", PLANTED, ids=lambda folder: folder.name)
def test_the_near_miss_is_silent(folder: Path) -> None:
    assert contradictions(folder / "good.policy") == []


def test_there_are_ten_kinds() -> None:
    assert len(PLANTED) == len({folder.name.split("-")[1] for folder in PLANTED}) == 10
