"""Runs the language-neutral cases of this folder; README.md says what they promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policyc.diagnostics.code import Code
from policyc.diagnostics.codes import names
from policyc.pipeline import Compilation, check, compile_path
from policyc.semantics.reference import Reference

_HERE = Path(__file__).parent
_EXPECT = re.compile(r"^# expect: (PC\d{3}) (\d+):(\d+)(?: in (\S+))?$", re.MULTILINE)

_SILENT = re.compile(r"^# silent: (.*)$", re.MULTILINE)

_GOOD = sorted(_HERE.glob("*/good/*.policy"))
_BAD = sorted(_HERE.glob("*/bad/*.policy"))


def _name(path: Path) -> str:
    return path.relative_to(_HERE).as_posix()


def _findings(compilation: Compilation) -> list[tuple[str, int, int, str]]:
    """Code, line, column and file of every finding; no file where it is the case itself."""
    found = []
    for one in compilation.diagnostics:
        source = one.label.source
        position = source.position(one.label.span.start)
        file = "" if source.name == str(compilation.path) else source.name
        found.append((one.code.number, position.line, position.column, file))
    return sorted(found)


@pytest.mark.parametrize("path", _GOOD, ids=_name)
def test_good_case_compiles_and_decides_as_it_says(path: Path) -> None:
    compilation = compile_path(path, root=path.parent)
    assert [one.message for one in compilation.diagnostics] == []
    assert compilation.policy is not None
    reference = Reference(compilation.policy)
    wrong = []
    for test in compilation.policy.tests:
        for line in test.expectations:
            decision = reference.answer(line.question)
            if decision.allowed is not line.allowed:
                wrong.append((line.text, decision))
    assert wrong == []


@pytest.mark.parametrize("path", sorted(_HERE.glob("checks/good/*.policy")), ids=_name)
def test_good_case_of_checks_has_none_of_the_findings_that_it_names(path: Path) -> None:
    silent = set(re.findall(r"PC\d{3}", _SILENT.findall(path.read_text(encoding="utf-8"))[0]))
    assert silent & {one.code.number for one in check(compile_path(path, root=path.parent)).diagnostics} == set()


@pytest.mark.parametrize("path", _BAD, ids=_name)
def test_bad_case_has_the_findings_that_it_announces(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    expected = sorted((code, int(line), int(column), file) for code, line, column, file in _EXPECT.findall(text))
    assert expected, "a bad case announces at least one finding"
    compilation = compile_path(path, root=path.parent)
    if path.parent.parent.name == "checks":
        found = [one for one in _findings(check(compilation)) if one[0] in {code for code, *_ in expected}]
    else:
        found = _findings(compilation)
    assert found == expected


def test_every_code_of_names_has_a_case() -> None:
    announced = {code for path in _BAD for code, *_ in _EXPECT.findall(path.read_text(encoding="utf-8"))}
    codes = {value.number for value in vars(names).values() if isinstance(value, Code)}
    assert codes - announced == set()


def test_there_are_good_cases() -> None:
    assert len(_GOOD) >= 14
