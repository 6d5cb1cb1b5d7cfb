"""The mended policies have no errors and can be built; the published ones have, and cannot; and the accounts hold."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from policyc.cli import run
from policyc.diagnostics.code import Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.pipeline import Compilation, check, compile_path
from tests.policies import EXAMPLES, SEEDS

REPAIRED = [path.with_name("repaired.policy") for path in SEEDS]
COUNTS = re.compile(
    r"`published\.policy` has ([\d,]+) errors?, ([\d,]+) warnings? and ([\d,]+) hints?"
    r"[;,.]\s+`repaired\.policy` has (no|[\d,]+) errors?, (no|[\d,]+) warnings? and (no|[\d,]+) hints?"
)
ROW = re.compile(r"^\| *\d+[a-z]? *\|", re.MULTILINE)
FOUND = re.compile(r"(PC\d{3})((?:, PC\d{3})*)(?: \(.*?\))?: ((?:`\w+`(?: against )?(?:, | and )?)+)")


def company(path: Path) -> str:
    return path.parent.name


@cache
def checked(path: Path) -> Compilation:
    return check(compile_path(path))


def count(path: Path) -> tuple[int, ...]:
    levels = Counter(one.level for one in checked(path).diagnostics)
    return tuple(levels[level] for level in Level)


@pytest.mark.parametrize(
    "path", [path for path in EXAMPLES if path not in SEEDS], ids=lambda path: f"{company(path)}/{path.stem}"
)
def test_an_example_has_no_errors(path: Path) -> None:
    assert [(one.code.number, one.message) for one in checked(path).diagnostics if one.level is Level.ERROR] == []


@pytest.mark.parametrize("path", SEEDS, ids=company)
def test_a_published_policy_is_not_built_and_the_mended_one_is(path: Path, tmp_path: Path) -> None:
    assert run(["build", "--no-cache", str(path), "-o", str(tmp_path / "published")]) == 1
    assert not (tmp_path / "published").exists()
    assert run(["build", "--no-cache", str(path.with_name("repaired.policy")), "-o", str(tmp_path)]) == 0
    assert {one.name for one in tmp_path.iterdir()} == {"policy.html", "policy.md", "manifest.json", "enforce.py"}


@pytest.mark.parametrize("path", SEEDS, ids=company)
def test_the_counts_of_an_account_hold(path: Path) -> None:
    text = path.with_name("findings.md").read_text("utf-8")
    told = COUNTS.search(text)
    assert told is not None
    numbers = tuple(0 if number == "no" else int(number.replace(",", "")) for number in told.groups())
    assert numbers == (*count(path), *count(path.with_name("repaired.policy")))


@pytest.mark.parametrize("path", SEEDS, ids=company)
def test_what_an_account_says_is_found_is_found(path: Path) -> None:
    """The first code of each row, at the first statement that it names."""
    found = checked(path).diagnostics
    rows = [line for line in path.with_name("findings.md").read_text("utf-8").splitlines() if ROW.match(line)]
    assert len(rows) > 50
    told = [match for line in rows for match in FOUND.finditer(line)]
    assert len(told) > 10
    wrong = [match[0] for match in told if not any(_is_about(one, match[1], match[3]) for one in found)]
    assert wrong == []


def _is_about(found: Diagnostic, number: str, labels: str) -> bool:
    """Whether a finding has the code, and one of its places is in a sentence of one of the names."""
    names = set(re.findall(r"`(\w+)`", labels))
    if found.code.number != number:
        return False
    places = (found.label, *found.more)
    words = {word for one in places for word in re.findall(r"\w+", one.source.text[one.span.start : one.span.end])}
    return bool(names & {*found.statements, *words}) or any(f"`{name}`" in found.message for name in names)
