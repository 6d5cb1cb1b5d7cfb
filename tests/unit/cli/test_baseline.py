"""Baselines in commands: what they leave out, what they are written with, and what is never known."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from policyc.backends import names
from policyc.checks import contradiction
from policyc.checks._view import View, finding
from policyc.cli import _baseline, _files, _jobs
from policyc.diagnostics.diagnostic import Diagnostic
from tests.unit.cli.disputed import ERROR, HINT, WARNING

NEW = "no_address: never share names with us\naddress_shared_too: may share names with us\n"
MISSPELT = ERROR.replace("may share logs", "may share lugs")

Write = Callable[..., Path]


@pytest.fixture(name="write")
def _write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a file of a project, which is the working folder."""
    project = tmp_path / "project"
    project.mkdir()
    monkeypatch.chdir(project)

    def write(name: str, text: str) -> Path:
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture(name="old")
def _old(write: Write, policyc: Any) -> Path:
    """A policy with a hint, a warning and an error, and its baseline."""
    write("pyproject.toml", '[tool.policyc]\nbaseline = "baseline.json"\n')
    path = write("notice.policy", ERROR)
    assert policyc("check", "--write-baseline", ".").code == 0
    return path


def known(path: str = "baseline.json") -> list[tuple[str, str]]:
    """The file and the code of each entry."""
    return [(one["file"], one["code"]) for one in json.loads(Path(path).read_text("utf-8"))["findings"]]


# --- what is left out ----------------------------------------------------------------------------


def test_what_is_known_is_left_out_and_counted(old: Path, policyc: Any) -> None:
    for _ in range(2):
        ran = policyc("check", old)
        assert (ran.code, ran.out) == (0, "")
        assert ran.err == "1 file checked: no errors, no warnings, 2 known; 1 hint not shown: --level info\n"


def test_what_is_new_is_reported_though_lines_have_moved(old: Path, policyc: Any) -> None:
    old.write_text(ERROR.replace("\nno_city", "\n\n# moved\nno_city") + NEW, encoding="utf-8")
    ran = policyc("check", ".")
    assert ran.code == 1
    assert [line for line in ran.out.splitlines() if "[PC" in line] == [
        "error[PC301] contradiction: `no_address` forbids what `address_shared_too` allows"
    ]
    assert ran.err.endswith(": 1 error, 2 known; 1 hint not shown: --level info\n")


def test_programs_are_told_what_is_known(old: Path, policyc: Any) -> None:
    report = json.loads(policyc("check", "--format", "json", old).out)
    assert (report["findings"], sorted(one["code"] for one in report["known"])) == ([], ["PC301", "PC302"])
    results = json.loads(policyc("check", "--format", "sarif", "--level", "info", old).out)["runs"][0]["results"]
    assert [(one["ruleId"], one["suppressions"]) for one in results] == [
        ("PC303", []),
        ("PC302", [{"kind": "external"}]),
        ("PC301", [{"kind": "external"}]),
    ]
    marks = {line["fingerprint"] for line in json.loads(Path("baseline.json").read_text("utf-8"))["findings"]}
    assert {one["partialFingerprints"]["policycFinding/v1"] for one in results[1:]} == marks
    out = policyc("check", "--format", "junit", old).out
    assert 'name="notice.policy" tests="2" failures="0" errors="0" skipped="2"' in out
    assert policyc("check", "--format", "github", old).out == ""


def test_a_clean_file_is_a_case_that_passes(write: Write, policyc: Any) -> None:
    write("notice.policy", HINT.replace("never", "may"))
    ran = policyc("check", "--format", "junit", ".")
    assert (ran.code, ran.err) == (0, "")
    assert '<testcase classname="notice" name="nothing to report" />' in ran.out


def test_without_silence_nothing_is_known(old: Path, policyc: Any) -> None:
    for options in ([], ["--baseline", "gone.json"]):
        ran = policyc("check", "--no-silence", "--level", "error", old, *options)
        assert (ran.code, ran.out.count("error[PC301]")) == (1, 1)
        assert ran.err.endswith("1 error; 1 warning, 1 hint not shown: --level info\n")
    ran = policyc("check", "--no-silence", "--write-baseline", old)
    assert ran.code == 2
    assert "with --no-silence nothing is known" in ran.err


def test_the_one_that_is_named_counts(old: Path, write: Write, policyc: Any) -> None:
    write("other.json", '{"version": 1, "findings": []}')
    ran = policyc("check", "--baseline", "other.json", old)
    assert (ran.code, ran.err) == (1, "\n1 file checked: 1 error, 1 warning; 1 hint not shown: --level info\n")


def test_each_project_has_its_own(write: Write, policyc: Any, tmp_path: Path) -> None:
    """And what one knows is not known to another, whatever paths it names."""
    for name in ("a", "b"):
        write(f"{name}/pyproject.toml", f'[tool.policyc]\nbaseline = "{name}.json"\n')
        write(f"{name}/notice.policy", ERROR)
    assert policyc("check", ".", "--write-baseline").out == "a/a.json\nb/b.json\n"
    assert known("a/a.json") == known("b/b.json") == [("notice.policy", "PC301"), ("notice.policy", "PC302")]
    assert policyc("check", ".").err.startswith("2 files checked: no errors, no warnings, 4 known; ")
    write("b/b.json", Path("a/a.json").read_text("utf-8").replace("notice", "../a/notice"))
    write("a/a.json", '{"version": 1, "findings": []}')
    ran = policyc("check", ".")
    assert ran.code == 1
    assert "2 errors, 3 warnings" in ran.err, "the entries of b are found no more there"
    assert tmp_path.is_dir()


@pytest.fixture(name="in_module")
def _in_module(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module in which a finding is found by the policies that import it, while it is old."""

    def find(view: View) -> Iterator[Diagnostic]:
        if view.policy.terms["us"].label == "old":
            yield finding(contradiction.DOUBT, view.policy.terms["us"], "this is old")

    monkeypatch.setattr(contradiction, "check", find)
    write("pyproject.toml", '[tool.policyc]\nbaseline = "baseline.json"\n')
    for name in ("a", "b"):
        text = f'language 1\nimport us from parts.parties\npolicy {name} "P"\n    controller us\n'
        write(f"{name}.policy", text)
    return write("parts/parties.policy", 'language 1\nparty us "old"\n')


def test_a_finding_in_a_module_is_known_once(in_module: Path, policyc: Any) -> None:
    assert policyc("check", "--write-baseline", ".").err == "1 finding known, 1 new\n"
    assert known() == [("parts/parties.policy", "PC302")]
    for paths in (["."], ["a.policy"], ["b.policy", "a.policy"]):
        assert policyc("check", *paths).err.endswith(" checked: no findings, 1 known\n")
    assert policyc("check", "--write-baseline", in_module).err == "1 finding known\n", "nothing looks for it there"


# --- what is found no more -------------------------------------------------------------------------


def test_what_is_found_no_more_is_a_warning(old: Path, policyc: Any) -> None:
    old.write_text(WARNING, encoding="utf-8")
    for _ in range(2):
        ran = policyc("check", ".")
        assert ran.code == 0
        assert ran.out.startswith(
            "warning[PC008] stale-baseline: a finding in `notice.policy` that this file knows is found no more\n"
            " --> baseline.json:4:5\n"
        )
        assert ran.err == "\n1 file checked: 1 warning, 1 known; 1 hint not shown: --level info\n"
    ran = policyc("check", "--write-baseline", ".")
    assert (ran.out, ran.err) == ("baseline.json\n", "1 finding known, 1 gone\n")
    assert policyc("check", ".").out == ""
    old.unlink()
    Path("other.policy").write_text(HINT, encoding="utf-8")
    assert "stale-baseline" in policyc("check", ".").out


def test_what_is_accepted_is_not_known_too(old: Path, policyc: Any) -> None:
    accepted = ERROR.replace("may share logs with partners", 'may share logs with partners accept contradiction "why"')
    old.write_text(accepted, encoding="utf-8")
    assert policyc("check", ".").err.startswith("\n1 file checked: 1 warning, 1 accepted, 1 known; 1 hint")


def test_of_files_that_were_not_looked_at_nothing_is_said(old: Path, write: Write, policyc: Any) -> None:
    other = write("other.policy", ERROR)
    policyc("check", "--write-baseline", ".")
    assert known() == [(name, code) for name in ("notice.policy", "other.policy") for code in ("PC301", "PC302")]
    assert policyc("check", other).err.startswith("1 file checked: no errors, no warnings, 2 known;")
    old.write_text(HINT, encoding="utf-8")
    assert policyc("check", other).out == ""
    assert policyc("check", "--write-baseline", other).err == "4 findings known\n"
    old.write_text(MISSPELT, encoding="utf-8")
    assert "stale-baseline" not in policyc("check", ".").out
    old.write_text(HINT, encoding="utf-8")
    assert policyc("check", "--write-baseline", ".").err == "2 findings known, 2 gone\n"


@pytest.mark.parametrize(
    ("paths", "is_said"),
    [(["."], True), (["parts"], False), (["a.policy"], False), (["a.policy", "parts/parties.policy"], False)],
)
def test_of_a_module_it_is_said_where_a_folder_is_checked(
    paths: list[str], is_said: bool, in_module: Path, policyc: Any
) -> None:
    """A finding in a module depends on the policies that import it."""
    policyc("check", "--write-baseline", ".")
    in_module.write_text('language 1\nparty us "new"\n', encoding="utf-8")
    assert ("stale-baseline" in policyc("check", *paths).out) is is_said
    Path("b.policy").write_text("nonsense\n", encoding="utf-8")
    assert "stale-baseline" not in policyc("check", *paths).out


# --- writing -------------------------------------------------------------------------------------


def test_what_is_written_is_what_is_shown(write: Write, policyc: Any) -> None:
    path = write("legal/notice.policy", ERROR)
    for level, codes in (("error", ["PC301"]), ("warning", ["PC301", "PC302"]), ("info", ["PC301", "PC302", "PC303"])):
        ran = policyc("check", path, "--level", level, "--baseline", "sub/known.json", "--write-baseline")
        assert (ran.code, ran.out) == (0, "sub/known.json\n")
        assert known("sub/known.json") == [("../legal/notice.policy", code) for code in codes]
        text = Path("sub/known.json").read_bytes()
        policyc("check", path, "--level", level, "--baseline", "sub/known.json", "--write-baseline")
        assert Path("sub/known.json").read_bytes() == text
    assert policyc("check", path, "--baseline", "sub/known.json").err == "1 file checked: no findings, 3 known\n"


def test_there_has_to_be_a_file_to_write(write: Write, policyc: Any) -> None:
    ran = policyc("check", write("notice.policy", ERROR), "--write-baseline")
    assert (ran.code, ran.out) == (2, "")
    assert 'say where: `--baseline FILE`, or `baseline = "FILE"` in `[tool.policyc]`' in ran.err


def test_what_keeps_the_checks_from_looking_is_never_written(old: Path, policyc: Any) -> None:
    before = Path("baseline.json").read_bytes()
    old.write_text(MISSPELT, encoding="utf-8")
    ran = policyc("check", "--write-baseline", ".")
    assert (ran.code, ran.out) == (1, "")
    assert "error[PC201]" in ran.err
    assert ran.err.endswith("\nnothing written: 1 error\n")
    os.mkfifo("pipe.policy")
    assert policyc("check", "--write-baseline", ".").code == 2
    assert Path("baseline.json").read_bytes() == before


@pytest.mark.parametrize("content", [b"language 1\n", b'{"version": 2}', b"\xff"])
def test_what_is_no_baseline_is_not_replaced(content: bytes, write: Write, policyc: Any) -> None:
    path = write("notice.policy", ERROR)
    Path("known.json").write_bytes(content)
    ran = policyc("check", path, "--baseline", "known.json", "--write-baseline")
    assert (ran.code, ran.out, Path("known.json").read_bytes()) == (1, "", content)
    assert "error[PC009]" in ran.err
    assert ran.err.endswith("\nnothing written: 1 error\n")


def test_a_file_that_cannot_be_written(write: Write, policyc: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "known.json")

    path = write("notice.policy", ERROR)
    monkeypatch.setattr(_files, "_swap", refuse)
    ran = policyc("check", path, "--baseline", "known.json", "--write-baseline")
    assert (ran.code, ran.out, ran.err) == (2, "", "Error: nothing written: known.json: permission denied\n")


# --- what cannot be read ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"{", 1, "error[PC009] bad-baseline: the file is no JSON here: expecting property name"),
        (b"\xff", 1, "error[PC009] bad-baseline: the file is not UTF-8\n"),
        (b'{"version": 9}', 1, "error[PC009] bad-baseline: this policyc reads baselines of version 1, and this is of "),
        (None, 2, "error[PC001] unreadable-file: the baseline cannot be read: no such file or directory\n"),
    ],
)
def test_what_cannot_be_read_is_an_error_and_nothing_is_known(
    content: bytes | None, code: int, said: str, old: Path, policyc: Any, tmp_path: Path
) -> None:
    Path("baseline.json").unlink()
    if content is not None:
        Path("baseline.json").write_bytes(content)
    for command in (["check", old], ["build", old, "-o", tmp_path / "out"]):
        ran = policyc(*command)
        assert ran.code == code
        assert said in ran.out + ran.err
        assert "--> baseline.json" in ran.out + ran.err
        assert "2 errors, 1 warning" in ran.err
    old.write_text(HINT.replace("never", "may"), encoding="utf-8")
    assert policyc("check", old).code == policyc("check", old).code == code


def test_a_baseline_that_is_no_file(write: Write, policyc: Any, tmp_path: Path) -> None:
    path = write("notice.policy", ERROR)
    os.mkfifo("pipe.json")
    ran = policyc("check", path, "--baseline", "pipe.json")
    assert (ran.code, "the baseline cannot be read: not a regular file\n" in ran.out) == (2, True)
    assert policyc("check", path, "--baseline", "pipe.json", "--write-baseline").code == 2
    assert policyc("check", path, "--baseline", tmp_path).code == 2


def test_windows_lines_are_lines(old: Path, policyc: Any) -> None:
    path = Path("baseline.json")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert policyc("check", old).code == 0


def test_a_removed_working_folder_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def removed() -> Path:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "cwd", removed)
    assert _baseline._shown("/a/baseline.json") == "/a/baseline.json"


# --- what is remembered ------------------------------------------------------------------------------


def test_what_is_remembered_is_held_against_the_baseline_as_it_is_now(
    old: Path, policyc: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    old.write_text(WARNING, encoding="utf-8")
    policyc("check", "--write-baseline", ".")
    whole = Path("baseline.json").read_bytes()
    monkeypatch.setattr(_jobs, "compile_path", None)
    for _ in range(2):
        assert policyc("check", ".").err.startswith("1 file checked: no errors, no warnings, 1 known; 1 hint")
        assert policyc("check", ".", "--no-silence", "--level", "error").code == 2, "other options find anew"
        Path("baseline.json").write_text('{"version": 1, "findings": []}', encoding="utf-8")
        assert policyc("check", ".").err.endswith(" 1 warning; 1 hint not shown: --level info\n")
        Path("baseline.json").write_bytes(whole)


# --- build ---------------------------------------------------------------------------------------


def test_a_build_refuses_errors_though_they_are_known(old: Path, policyc: Any, tmp_path: Path) -> None:
    ran = policyc("build", old, "-o", tmp_path / "out")
    assert (ran.code, ran.out) == (1, "")
    assert ("error[PC301]" in ran.err, "PC302" in ran.err) == (True, False)
    assert ran.err.endswith("\nnothing written: 1 error\n")
    ran = policyc("build", old, "-o", tmp_path / "out", "--keep-going")
    assert (ran.code, ran.out.count("\n")) == (1, len(names()))
    assert ran.err.endswith("\n1 policy built with errors: not to be published\n1 finding known\n")


def test_a_build_leaves_out_warnings_that_are_known(old: Path, policyc: Any, tmp_path: Path) -> None:
    """And says nothing of what is found no more: that is for those who check."""
    old.write_text(WARNING, encoding="utf-8")
    ran = policyc("build", old, "-o", tmp_path / "out")
    assert (ran.code, ran.err) == (0, "1 finding known\n")
    ran = policyc("build", old, "-o", tmp_path / "out")
    assert (ran.code, ran.err) == (0, "1 policy unchanged\n1 finding known\n")
