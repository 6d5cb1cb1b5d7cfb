"""`policyc check`: which findings are shown, which are accepted or lowered, and what is remembered of that."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from policyc.checks import contradiction
from policyc.checks._view import View, finding
from policyc.cli import _jobs
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.pipeline import compile_path
from tests.unit.cli.disputed import ERROR, HINT, WARNING

ACCEPTED = ERROR.replace("may share logs with partners", 'may share logs with partners accept contradiction "we know"')


@pytest.fixture(name="write")
def _write(tmp_path: Path) -> Callable[..., Path]:
    """Writes the policy of a project, and its settings."""

    def write(text: str, settings: str = "") -> Path:
        (tmp_path / "pyproject.toml").write_text(f"[tool.policyc]\n{settings}\n", encoding="utf-8")
        (tmp_path / "notice.policy").write_text(text, encoding="utf-8")
        return tmp_path / "notice.policy"

    return write


def numbers(out: str) -> list[str]:
    return [one["code"] for one in json.loads(out)["findings"]]


# --- what is shown -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "shown", "counted"),
    [
        ([], ["PC302", "PC301"], "1 error, 1 warning; 1 hint not shown: --level info"),
        (["--level", "error"], ["PC301"], "1 error; 1 warning, 1 hint not shown: --level info"),
        (["--level", "warning"], ["PC302", "PC301"], "1 error, 1 warning; 1 hint not shown: --level info"),
        (["--level", "info"], ["PC303", "PC302", "PC301"], "1 error, 1 warning, 1 hint"),
    ],
)
def test_the_least_level_that_is_shown(
    options: list[str], shown: list[str], counted: str, write: Any, policyc: Any
) -> None:
    path = write(ERROR)
    ran = policyc("check", path, *options)
    assert (ran.code, ran.err) == (1, f"\n1 file checked: {counted}\n")
    assert [line[line.index("[") + 1 :][:5] for line in ran.out.splitlines() if "[PC" in line] == shown
    assert ran.out.count("explain:") == len(shown)
    ran = policyc("check", path, "--format", "json", *options)
    assert (ran.code, numbers(ran.out), ran.err) == (1, shown, "")
    ran = policyc("check", path, "--format", "github", *options)
    assert (ran.code, ran.err) == (1, f"\n1 file checked: {counted}\n")
    assert re.findall("title=(PC...)", ran.out) == shown
    ran = policyc("check", path, "--format", "sarif", *options)
    assert (ran.code, [one["ruleId"] for one in json.loads(ran.out)["runs"][0]["results"]]) == (1, shown)


@pytest.mark.parametrize(
    ("text", "level", "counted"),
    [
        (HINT, "warning", "no errors, no warnings; 1 hint not shown: --level info"),
        (HINT, "error", "no errors; 1 hint not shown: --level info"),
        (WARNING.replace("no_city: never", "no_city: may"), "error", "no errors; 1 warning not shown: --level warning"),
        (HINT.replace("never", "may"), "error", "no findings"),
    ],
)
def test_nothing_is_shown(text: str, level: str, counted: str, write: Any, policyc: Any) -> None:
    path = write(text)
    for _ in range(2):
        ran = policyc("check", "--level", level, path)
        assert (ran.code, ran.out, ran.err) == (0, "", f"1 file checked: {counted}\n")


def test_many_are_counted_with_commas(policyc: Any, tmp_path: Path) -> None:
    text = HINT + "".join(f"x{number}: never share city with partners\n" for number in range(999))
    path = tmp_path / "a.policy"
    path.write_text(text, encoding="utf-8")
    assert policyc("check", path).err.endswith("no errors, no warnings; 1,000 hints not shown: --level info\n")


# --- what is accepted, and lowered -----------------------------------------------------------------


def test_what_is_accepted_is_counted(write: Any, policyc: Any) -> None:
    path = write(ACCEPTED)
    ran = policyc("check", path)
    assert (ran.code, "PC301" in ran.out) == (0, False)
    assert ran.err == "\n1 file checked: 1 warning, 1 accepted; 1 hint not shown: --level info\n"
    path = write(ACCEPTED, 'levels = { PC302 = "off", PC303 = "off" }')
    ran = policyc("check", path)
    assert (ran.code, ran.out, ran.err) == (0, "", "1 file checked: no findings, 1 accepted\n")


def test_what_is_accepted_stands_in_a_list_of_its_own(write: Any, policyc: Any) -> None:
    path = write(ACCEPTED)
    for level in ("error", "info"):
        report = json.loads(policyc("check", "--format", "json", "--level", level, path).out)
        (one,) = report["accepted"]
        assert (one["code"], one["severity"], one["reason"]) == ("PC301", "error", "we know")
        assert one["start"] == {"line": 19, "column": 1}
    log = json.loads(policyc("check", "--format", "sarif", "--level", "error", path).out)
    (result,) = log["runs"][0]["results"]
    assert (result["ruleId"], result["suppressions"][0]["justification"]) == ("PC301", "we know")
    without = json.loads(policyc("check", "--format", "json", "--no-silence", path).out)
    assert without["accepted"] == []
    assert {**one, "reason": None} in [{**each, "reason": None} for each in without["findings"]]


def test_what_several_policies_accept_is_listed_in_order(policyc: Any, tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.policy").write_text(ACCEPTED.replace("we know", name), encoding="utf-8")
    ran = policyc("check", tmp_path / "b.policy", tmp_path / "a.policy", "--format", "json")
    assert [one["reason"] for one in json.loads(ran.out)["accepted"]] == ["a", "b"]
    assert "2 warnings, 2 accepted; 2 hints not shown" in policyc("check", tmp_path).err


@pytest.mark.parametrize(
    ("settings", "code", "counted"),
    [
        ('levels.contradiction = "warning"', 0, "2 warnings; 1 hint not shown: --level info"),
        ('levels.PC301 = "off"', 0, "1 warning; 1 hint not shown: --level info"),
        ('levels.PC303 = "error"', 1, "2 errors, 1 warning"),
        ('levels = { PC301 = "info", PC302 = "info" }', 0, "3 hints not shown: --level info"),
        ('level.PC301 = "off"', 1, "2 errors, 1 warning; 1 hint not shown: --level info"),
    ],
)
def test_levels_of_the_project(settings: str, code: int, counted: str, write: Any, policyc: Any) -> None:
    ran = policyc("check", write(ERROR, settings))
    assert ran.code == code
    assert ran.err.endswith(f"{counted}\n")


def test_without_silence(write: Any, policyc: Any) -> None:
    path = write(ACCEPTED, 'levels = { PC302 = "off", PC303 = "error" }')
    assert policyc("check", path).err == "\n1 file checked: 1 error, 1 accepted\n"
    ran = policyc("check", "--no-silence", path)
    assert (ran.code, ran.err) == (1, "\n1 file checked: 2 errors, 1 warning\n")


# --- what is remembered ------------------------------------------------------------------------------


def dated(view: View) -> Iterator[Diagnostic]:
    """Finds on which day it judges; without one, nothing."""
    if view.date:
        yield finding(contradiction.DOUBT, view.statements[0], f"judged as of {view.date}")


@pytest.fixture(name="agreed")
def _agreed(policyc: Any) -> Callable[..., str]:
    """What a command says with what is remembered, which has to be what it says without."""

    def agreed(*arguments: str | Path) -> str:
        ran = policyc(*arguments)
        assert ran == policyc(*arguments, "--no-cache")
        return f"{ran.out}{ran.err}"

    return agreed


@pytest.mark.parametrize(
    "order", list(permutations([(), ("--no-silence",), ("--at", "2026-01-31"), ("--at", "2027-01-31")]))
)
def test_other_options_find_anew(
    order: list[tuple[str, ...]], write: Any, agreed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contradiction, "check", dated)
    path = write(HINT.replace("controller us", "controller us\n    updated 2025-01-31"), 'levels.PC302 = "info"')
    for options in (*order, *order):
        said = agreed("check", *options, "--level", "info", path)
        day = options[1] if "--at" in options else "2025-01-31"
        level = "warning" if "--no-silence" in options else "info"
        assert said.startswith(f"{level}[PC302] unclear-priority: judged as of {day}\n")


def test_a_policy_without_a_day_is_judged_as_of_the_one_given(
    write: Any, agreed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contradiction, "check", dated)
    path = write(HINT)
    for options in ([], ["--at", "2026-01-31"], []):
        assert ("as of 2026-01-31" in agreed("check", path, *options)) is bool(options)


SETTINGS = ["", 'levels.PC302 = "off"', 'levels.PC302 = "error"', 'levels.PC302 = "info"', "levels.PC302 = 1"]


@pytest.mark.parametrize("order", list(permutations(SETTINGS, 2)))
@pytest.mark.parametrize("options", [[], ["--no-silence"], ["--format", "json", "--level", "info"]])
def test_other_settings_find_anew(order: list[str], options: list[str], write: Any, agreed: Any) -> None:
    before, after = (agreed("check", *options, write(WARNING, settings)) for settings in order)
    assert before == agreed("check", *options, write(WARNING, order[0]))
    silent = options == ["--no-silence"]
    hidden = {'levels.PC302 = "off"', 'levels.PC302 = "info"'}
    assert (before == after) is (silent and {*order} <= {"", *hidden})


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_is_accepted_and_what_is_not_shown_is_remembered(
    form: str, write: Any, policyc: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(ACCEPTED.replace("unless agreed", "").replace("never share names", "may share names"))
    runs = [("check", "--format", form, "--level", level, path) for level in ("error", "warning", "info")]
    first = [policyc(*run) for run in runs]
    monkeypatch.setattr(_jobs, "compile_path", None)
    assert [policyc(*run) for run in runs] == first
    assert ["1 accepted" in run.err for run in first] == [form == "text"] * 3


def test_what_an_accept_came_to_is_forgotten_with_it(write: Any, agreed: Any) -> None:
    assert "1 accepted" in agreed("check", write(ACCEPTED))
    assert "accepted" not in agreed("check", write(ERROR))
    assert "error[PC301]" in agreed("check", write(ACCEPTED.replace("accept contradiction", "accept unsaid_limit")))
    assert "1 accepted" in agreed("check", write(ACCEPTED))


def test_a_hint_in_a_module_is_counted_once(policyc: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where nothing is shown, and nothing has changed."""
    (tmp_path / "parties.policy").write_text('language 1\nparty us "us"\n', encoding="utf-8")
    for name in ("a", "b"):
        text = f'language 1\nimport us from parties\npolicy {name} "P"\n    controller us\n'
        (tmp_path / f"{name}.policy").write_text(text, encoding="utf-8")

    def in_module(view: View) -> Iterator[Diagnostic]:
        yield finding(contradiction.SPECIAL_CASE, view.policy.terms["us"], "it could be better")

    monkeypatch.setattr(contradiction, "check", in_module)
    for _ in range(2):
        ran = policyc("check", tmp_path / "a.policy", tmp_path / "b.policy")
        assert ran.err == "2 files checked: no errors, no warnings; 1 hint not shown: --level info\n"
    assert compile_path(tmp_path / "a.policy").policy is not None
