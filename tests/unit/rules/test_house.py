"""Rules of a project and of a policy's own file; levels, `accept`, and what is wrong with the settings."""

from pathlib import Path

import pytest

from policyc.cli import run
from policyc.pipeline import check, compile_path
from tests.policies import said

NOTICE = """\
language 1
import email_address from std.data.contact
import customer_support from std.purpose.service
party us "Us" contact desk
channel desk "our desk" email "desk@us.example"
policy notice "Notice" controller us updated 2026-11-01
asked: will collect email_address for customer_support{}
"""
HOUSE = """\
language 1
rule house_basis "no basis" level error every use has basis
"""
SETTINGS = '[tool.policyc]\nrules = ["rules/house.policy"]\n'


def project(folder: Path, settings: str = SETTINGS, house: str = HOUSE, notice: str = NOTICE.format("")) -> Path:
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "pyproject.toml").write_text(settings, "utf-8")
    (folder / "rules" / "house.policy").write_text(house, "utf-8")
    (folder / "notice.policy").write_text(notice, "utf-8")
    return folder / "notice.policy"


def found(path: Path) -> list[str]:
    """Level, name and message of what rules and settings come to."""
    checked = check(compile_path(path))
    told = [one for one in checked.diagnostics if one.code.number[:3] in {"PC0", "PC2", "PC8"}]
    return [f"{one.level.value} {one.code.name}: {one.message}" for one in told]


def test_rules_of_the_project_hold_for_its_policies(tmp_path: Path) -> None:
    assert found(project(tmp_path)) == ["error rules.house.house_basis: no basis"]


def test_rules_of_the_file_hold_for_its_policy(tmp_path: Path) -> None:
    notice = NOTICE.format("") + 'rule told "no right" some grant\n'
    assert found(project(tmp_path, settings="[tool.policyc]\n", notice=notice)) == ["warning told: no right"]


@pytest.mark.parametrize("key", ["house_basis", "house-basis", "'rules.house.house_basis'", "PC800"])
def test_a_project_sets_the_level_of_a_rule(tmp_path: Path, key: str) -> None:
    assert found(project(tmp_path, SETTINGS + f"levels = {{ {key} = 'info' }}\n")) == [
        "info rules.house.house_basis: no basis"
    ]


def test_the_level_of_one_rule_counts_before_that_of_all(tmp_path: Path) -> None:
    settings = SETTINGS + "levels = { PC800 = 'info', house_basis = 'off' }\n"
    assert found(project(tmp_path, settings)) == []


def test_a_rule_of_a_law_that_does_not_hold_has_a_level_too(tmp_path: Path) -> None:
    assert found(project(tmp_path, SETTINGS + "levels = { gdpr_legal_basis = 'off', house_basis = 'off' }\n")) == []


def test_a_finding_of_a_rule_is_accepted_where_it_stands(tmp_path: Path) -> None:
    path = project(tmp_path, notice=NOTICE.format(' accept house_basis "we are asked"'))
    assert found(path) == []
    (one,) = check(compile_path(path)).accepted
    assert (one.finding.code.name, one.reason) == ("rules.house.house_basis", "we are asked")


def test_what_a_law_would_find_can_be_accepted_ahead(tmp_path: Path) -> None:
    notice = (
        NOTICE.format(' basis contract accept gdpr_legal_basis "not yet"') + "import contract from std.basis.gdpr\n"
    )
    assert found(project(tmp_path, notice=notice)) == []


def test_a_rule_that_nobody_has_cannot_be_accepted(tmp_path: Path) -> None:
    path = project(tmp_path, notice=NOTICE.format(' accept house_bases "we are asked"'))
    assert "error unknown-finding: no check finds `house_bases`" in found(path)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("rules = 'rules/house.policy'", "`rules` is no list of files"),
        ("rules = [1]", "`rules` is no list of files"),
        ("rules = ['rules/none.policy']", "`rules/none.policy` cannot be read: no such file or directory"),
        ("rules = ['rules/house.txt']", "`rules/house.txt` is no file of rules below the project"),
        ("rules = ['rules/House Rules.policy']", "`rules/House Rules.policy` is no file of rules below the project"),
        ("rules = ['rules/house.policy', './rules/house.policy']", "`./rules/house.policy` is named twice in `rules`"),
        ("rules = ['rules']", "`rules` is no file of rules below the project"),
        ("rules = ['../house.policy']", "`../house.policy` is no file of rules below the project"),
        ("levels = { house_base = 'off' }", "there is no check or rule `house_base` whose level could be set"),
    ],
)
def test_what_is_wrong_with_the_settings(tmp_path: Path, settings: str, message: str) -> None:
    told = found(project(tmp_path, f"[tool.policyc]\n{settings}\n"))
    assert f"error bad-setting: {message}" in told


def test_what_is_wrong_with_the_rules_is_told_with_each_policy(tmp_path: Path) -> None:
    told = found(project(tmp_path, house=HOUSE.replace("has basis", "has bases")))
    assert told == ["error unknown-word: `use` cannot have `bases`"]


def test_a_change_of_the_rules_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICYC_CACHE_DIR", str(tmp_path / "cache"))
    path = project(tmp_path, house=HOUSE.replace("level error ", ""))
    for _ in range(2):
        assert run(["check", str(path)]) == 0
        assert "warning[PC800] rules.house.house_basis: no basis" in capsys.readouterr().out
    project(tmp_path)
    assert run(["check", str(path)]) == 1


def test_why_a_law_holds_is_told_and_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICYC_CACHE_DIR", str(tmp_path / "cache"))
    path = project(tmp_path, settings="")
    for _ in range(2):
        run(["check", str(path), "--law", "caloppa"])
        told = [line for line in capsys.readouterr().err.splitlines() if "held against" in line]
        assert told == ["held against the California Online Privacy Protection Act: you asked for it"]
    run(["check", str(path)])
    assert "held against" not in capsys.readouterr().err


def test_a_law_without_rules_cannot_be_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(project(tmp_path)), "--law", "lgpd"]) == 2
    assert "there are no rules of a law 'lgpd'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("GDPR",), "there are no rules of a law 'GDPR'; did you mean gdpr?"),
        (("gdpr", "no-gdpr"), "gdpr cannot be asked and left out"),
    ],
)
def test_what_is_wrong_with_a_law_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], names: tuple[str, ...], message: str
) -> None:
    assert run(["check", str(project(tmp_path)), *(f"--law={name}" for name in names)]) == 2
    assert message in capsys.readouterr().err


def test_laws_of_several_policies_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project(tmp_path, settings="")
    (tmp_path / "other.policy").write_text(path.read_text("utf-8"), "utf-8")
    run(["check", "--no-cache", str(tmp_path), "--law", "caloppa"])
    assert "held against the California Online Privacy Protection Act: 2 policies" in capsys.readouterr().err


def test_the_page_of_a_rule(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("gdpr_legal_basis", "std.rule.gdpr_information.gdpr_legal_basis"):
        assert run(["explain", name]) == 0
        page = capsys.readouterr().out
        assert page.startswith("std.rule.gdpr_information.gdpr_legal_basis (error)\n")
        assert "Laid down in GDPR Art. 13(1)(c)" in page
        assert "    rule gdpr_legal_basis " in page
    assert run(["explain", "gdpr_legal_bases"]) == 2


def test_tests_of_rules_fail_with_their_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "house.policy"
    path.write_text(
        HOUSE + 'test "wrong" passes house_basis {\n    may use hole object for help\n    purpose help "help"\n}\n'
    )
    assert run(["test", str(path)]) == 1
    told = capsys.readouterr()
    assert "in “wrong”, the policy breaks `house_basis`" in told.out
    assert told.err.endswith("1 expectation: 1 failed\n")


def test_tests_that_cannot_be_read_are_not_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "house.policy"
    path.write_text(HOUSE + 'test "wrong" passes house_basis {\n    may use nothing for help\n}\n')
    assert run(["test", str(path)]) == 1
    assert capsys.readouterr().err.endswith("1 expectation: 0 failed, 1 test not run\n")


def test_findings_of_rules_stand_in_the_policy(tmp_path: Path) -> None:
    """And not in the library, where a person is declared that lacks something."""
    text = NOTICE.format("").replace("controller us", "controller us dpo data_protection_officer")
    text += "import data_protection_officer from std.party.inside\n"
    house = 'language 1\nrule officer "nobody reaches the officer" every dpo has contact\n'
    checked = check(compile_path(project(tmp_path, house=house, notice=text)))
    named = [one for one in checked.diagnostics if one.code.number == "PC800"]
    assert [said(one).split(" ")[0] for one in named] == ["6:8-14"]


def test_the_page_of_a_house_rule_is_that_of_all_rules(tmp_path: Path) -> None:
    (found,) = (one for one in check(compile_path(project(tmp_path))).diagnostics if one.code.is_rule)
    assert (found.code.name, found.code.page) == ("rules.house.house_basis", "PC800")
