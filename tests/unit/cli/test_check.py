"""`policyc check`: which files, which findings, which exit code."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from policyc.cli._output import CHECKOUT

MODULE = 'language 1\nparty friends "our friends"\n'


def test_a_sound_policy(policyc: Any, policy: Path) -> None:
    ran = policyc("check", policy)
    assert (ran.code, ran.out, ran.err) == (0, "", "1 file checked: no findings\n")


def test_findings_go_to_standard_output(policyc: Any, broken: Path) -> None:
    ran = policyc("check", broken)
    assert ran.code == 1
    assert ran.out.startswith("error[PC201] unknown-name: ")
    assert f" --> {broken}:14:24\n" in ran.out
    assert ran.err == "\n1 file checked: 1 error\n"


def test_json_has_nothing_around_it(policyc: Any, broken: Path, policy: Path) -> None:
    ran = policyc("check", "--format", "json", broken)
    assert (ran.code, ran.err) == (1, "")
    (found,) = json.loads(ran.out)["findings"]
    assert (found["file"], found["start"]) == (str(broken), {"line": 14, "column": 24})
    assert json.loads(policyc("check", "--format", "json", policy).out) == {
        "version": 1,
        "findings": [],
        "accepted": [],
        "known": [],
    }


def addresses(out: str) -> list[dict[str, str]]:
    """Where the results of a SARIF log are."""
    (run,) = json.loads(out)["runs"]
    return [one["locations"][0]["physicalLocation"]["artifactLocation"] for one in run["results"]]


def test_programs_find_files_from_the_working_folder(
    policyc: Any, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However they are named; what stands elsewhere is named whole."""
    monkeypatch.delenv(CHECKOUT, raising=False)
    (broken.parent / "inside").mkdir()
    for folder, path, base in (
        (broken.parent.parent, broken, {"uri": "broken/notice.policy", "uriBaseId": "%SRCROOT%"}),
        (broken.parent, "notice.policy", {"uri": "notice.policy", "uriBaseId": "%SRCROOT%"}),
        (broken.parent / "inside", "../notice.policy", {"uri": broken.resolve().as_uri()}),
    ):
        monkeypatch.chdir(folder)
        ran = policyc("check", "--format", "sarif", path)
        assert (ran.code, ran.err, addresses(ran.out)) == (1, "", [base])


def test_programs_on_github_find_files_from_the_checkout(
    policyc: Any, broken: Path, policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(broken.parent)
    monkeypatch.setenv(CHECKOUT, str(broken.parent.parent))
    ran = policyc("check", "--format", "github", "notice.policy")
    assert ran.code == 1
    assert ran.out.startswith("::error file=broken/notice.policy,line=14,endLine=14,col=24,endColumn=29,title=PC201 ")
    assert ran.err == "\n1 file checked: 1 error\n"
    monkeypatch.setenv(CHECKOUT, str(policy.parent))
    assert policyc("check", "--format", "github", "notice.policy").out.startswith("::error file=notice.policy,line=14")
    for _ in range(2):  # the second time, nothing has changed
        ran = policyc("check", "--format", "github", policy)
        assert (ran.code, ran.out, ran.err) == (0, "", "1 file checked: no findings\n")


@pytest.mark.parametrize("form", ["sarif", "github"])
def test_a_module_is_found_where_it_is_and_not_where_it_is_imported_from(
    form: str, policyc: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    legal = tmp_path / "legal"
    legal.mkdir()
    (legal / "parties.policy").write_text(MODULE + "party\n", encoding="utf-8")
    text = 'language 1\nimport friends from parties\npolicy a "P"\n    controller friends\n'
    (legal / "a.policy").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(CHECKOUT, raising=False)
    out = policyc("check", "--format", form, "legal/a.policy").out
    assert ("file=legal/parties.policy,line=3" if form == "github" else '"uri": "legal/parties.policy"') in out
    assert "--> parties.policy:3:" in policyc("check", "legal/a.policy").out


def test_folders_and_what_cannot_be_read_have_addresses(
    policyc: Any, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(broken.parent)
    monkeypatch.delenv(CHECKOUT, raising=False)
    (broken.parent / "none").mkdir()
    os.mkfifo(broken.parent / "pipe.policy")
    named = os.fsdecode(b"b\xe4d, 1:%.policy")
    broken.rename(broken.parent / named)
    ran = policyc("check", "--format", "sarif", ".", "none")
    assert ran.code == 2
    assert [one["uri"] for one in addresses(ran.out)] == ["b%E4d%2C%201%3A%25.policy", "none", "pipe.policy"]
    out = policyc("check", "--format", "github", named).out
    assert out.startswith("::error file=b\\xe4d%2C 1%3A%25.policy,line=14,")


def test_a_removed_working_folder_is_none(policyc: Any, broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def removed() -> Path:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "cwd", removed)
    assert addresses(policyc("check", "--format", "sarif", broken).out) == [{"uri": broken.resolve().as_uri()}]


def test_a_module_without_a_policy_can_be_checked(policyc: Any, tmp_path: Path) -> None:
    path = tmp_path / "parties.policy"
    path.write_text(MODULE, encoding="utf-8")
    assert policyc("check", path).code == 0


def test_a_folder_stands_for_all_files_below_it(policyc: Any, policy: Path, broken: Path, tmp_path: Path) -> None:
    (tmp_path / "parties.policy").write_text(MODULE, encoding="utf-8")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "broken.policy").write_text("nonsense", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("nonsense", encoding="utf-8")
    ran = policyc("check", tmp_path)
    assert ran.code == 1
    assert [line for line in ran.out.splitlines() if "-->" in line] == [f"  --> {broken}:14:24"]
    assert ran.err.endswith("3 files checked: 1 error\n")
    assert policyc("check", policy.parent).code == 0


def test_a_file_named_twice_is_checked_once(policyc: Any, broken: Path) -> None:
    ran = policyc("check", broken, broken, broken.parent)
    assert ran.err.endswith("1 file checked: 1 error\n")


def test_a_finding_in_a_module_is_reported_once(policyc: Any, tmp_path: Path) -> None:
    (tmp_path / "parties.policy").write_text(MODULE + "party\n", encoding="utf-8")
    for name in ("a", "b"):
        text = f'language 1\nimport friends from parties\npolicy {name} "P"\n    controller friends\n'
        (tmp_path / f"{name}.policy").write_text(text, encoding="utf-8")
    ran = policyc("check", tmp_path / "a.policy", tmp_path / "b.policy")
    assert ran.err.endswith("2 files checked: 1 error\n")
    assert " --> parties.policy:3:" in ran.out
    ran = policyc("check", tmp_path)
    assert ran.err.endswith("3 files checked: 1 error\n")
    assert f" --> {tmp_path / 'parties.policy'}:3:" in ran.out


def test_the_same_finding_in_two_files_is_two(policyc: Any, broken: Path) -> None:
    copy = broken.parent / "a_copy.policy"
    copy.write_bytes(broken.read_bytes())
    ran = policyc("check", broken, copy)
    assert [line for line in ran.out.splitlines() if "-->" in line] == [f"  --> {copy}:14:24", f"  --> {broken}:14:24"]


@pytest.mark.parametrize("content", [{}, {"parties.policy": MODULE}])
def test_a_folder_without_a_policy_is_wrong_usage(content: dict[str, str], policyc: Any, tmp_path: Path) -> None:
    for name, text in content.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran = policyc("check", tmp_path)
    assert ran.code == 2
    assert "error[PC002] no-policy: no file below that ends in `.policy` declares a policy\n" in ran.out


def test_a_folder_with_a_broken_file_is_no_folder_without_a_policy(policyc: Any, tmp_path: Path) -> None:
    (tmp_path / "a.policy").write_text("language 1\npolcy a\n", encoding="utf-8")
    ran = policyc("check", tmp_path)
    assert ran.code == 1
    assert "PC002" not in ran.out


def test_a_file_that_cannot_be_read_exits_2_and_the_others_are_checked(
    policyc: Any, broken: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.policy")
    ran = policyc("check", tmp_path)
    assert ran.code == 2
    assert "error[PC001] unreadable-file: the file cannot be read: not a regular file\n" in ran.out
    assert "error[PC201]" in ran.out
    assert broken.is_file()


def test_a_folder_that_cannot_be_read_exits_2(policyc: Any, policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(top: Path, onerror: Any) -> list[tuple[str, list[str], list[str]]]:
        onerror(PermissionError(13, "Permission denied", str(top / "secret")))
        return [(str(top), [], [policy.name])]

    monkeypatch.setattr(os, "walk", walk)
    ran = policyc("check", policy.parent)
    assert ran.code == 2
    assert "the file cannot be read: permission denied\n" in ran.out
    assert f"--> {policy.parent / 'secret'}\n" in ran.out


def test_a_file_name_that_is_not_utf8(policyc: Any, broken: Path) -> None:
    path = broken.parent / os.fsdecode(b"b\xe4d.policy")
    broken.rename(path)
    ran = policyc("check", path)
    assert ran.code == 1
    assert f"--> {broken.parent}/b\\xe4d.policy:14:24\n" in ran.out
    assert policyc("check", "--format", "json", path).code == 1


def test_a_date(policyc: Any, policy: Path) -> None:
    assert policyc("check", "--at", "2026-01-31", policy).code == 0
    assert policyc("check", "--at", "2026-02-31", policy).code == 2


def test_colours_are_for_terminals(policyc: Any, broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in policyc("check", broken).out
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    # click takes colours out of what goes to no terminal; its own test for that reads the same method.
    assert "\x1b[1;31merror[PC201]" in policyc("check", broken).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in policyc("check", broken).out


def test_progress_is_for_terminals_and_many_files(
    policyc: Any, policy: Path, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        (policy.parent / f"copy{number}.policy").write_bytes(policy.read_bytes())
    assert "compiling" not in policyc("check", "--no-cache", policy.parent).err
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _: True)
    assert "compiling" in policyc("check", "--no-cache", policy.parent).err
    assert "compiling" not in policyc("check", "--no-cache", broken).err
