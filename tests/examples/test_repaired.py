"""The mended policies have no errors and can be built; the published ones have, and cannot; and the accounts hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policyc.cli import run
from policyc.diagnostics.code import Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, Term
from policyc.pipeline import Compilation
from tests.examples.accounts import END, START, checked, counted
from tests.policies import EXAMPLES, SEEDS

REPAIRED = [path.with_name("repaired.policy") for path in SEEDS]
ROW = re.compile(r"^\| *\d+[a-z]? *\|", re.MULTILINE)
FOUND = re.compile(r"(PC\d{3})(?:, PC\d{3})*(?: at| of|,|:)* ((?:`\w+`(?:, | against | and )?)+)")


def company(path: Path) -> str:
    return path.parent.name


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
    """`python -m tests.examples.accounts` writes them."""
    _, _, rest = path.with_name("findings.md").read_text("utf-8").partition(START)
    assert rest.partition(END)[0] == counted(path)


@pytest.mark.parametrize("path", SEEDS, ids=company)
def test_what_an_account_says_is_found_is_found(path: Path) -> None:
    """The code at one of the sentences that a row names after it."""
    found = checked(path)
    rows = [line for line in path.with_name("findings.md").read_text("utf-8").splitlines() if ROW.match(line)]
    assert len(rows) > 50
    told = [match for line in rows for match in FOUND.finditer(line)]
    assert len(told) > 10
    wrong = [match[0] for match in told if not any(_is_about(found, one, match) for one in found.diagnostics)]
    assert wrong == []


def _is_about(compilation: Compilation, found: Diagnostic, told: re.Match[str]) -> bool:
    """Whether a finding has the code, and one of its places, or its message, is about one of the names."""
    policy = compilation.policy
    if policy is None or found.code.number != told[1]:
        return False
    names = set(re.findall(r"`(\w+)`", told[2]))
    if names & set(found.statements) or any(f"`{name}`" in found.message for name in names):
        return True
    sentences: list[Statement | Term] = [one for one in policy.statements if one.id in names]
    sentences += [policy.terms[name] for name in names if name in policy.terms]
    labels = (found.label, *found.more)
    places = [(one.place.span, [span for part in one.written.values() for span in part]) for one in sentences]
    return any(
        own.start <= label.span.start < own.end or any(part.start <= label.span.start < part.end for part in parts)
        for own, parts in places
        for label in labels
    )
