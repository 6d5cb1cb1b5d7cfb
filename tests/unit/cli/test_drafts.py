"""`policyc build` and errors of checks: what is built all the same says so."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policyc.checks import contradiction
from policyc.checks._view import View, finding
from policyc.diagnostics.diagnostic import Diagnostic
from tests.unit.cli.disputed import ERROR, HINT, WARNING

FLAWED = "1 policy built with errors: not to be published\n"


@pytest.fixture(name="disputed")
def _disputed(tmp_path: Path) -> Path:
    """A policy that the checks find an error in."""
    path = tmp_path / "project" / "notice.policy"
    path.parent.mkdir()
    path.write_text(ERROR, encoding="utf-8")
    return path


def load(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start a program that imports the guard."""
    environment = {"PYTHONPATH": str(folder), "PATH": os.environ["PATH"], **environment}
    program = [sys.executable, "-c", "import enforce; print(enforce.POLICY)"]
    return subprocess.run(program, env=environment, capture_output=True, text=True, check=False)


def says_so(folder: Path) -> list[bool]:
    """Whether the outputs in a folder say that they are made of a policy with errors."""
    page, text, manifest = (
        (folder / name).read_text(encoding="utf-8") for name in ("policy.html", "policy.md", "manifest.json")
    )
    return [
        '<p class="warning"' in page,
        "> **This is a draft with known errors." in text,
        json.loads(manifest).get("errors") == ["PC301"],
        load(folder).returncode != 0,
    ]


def test_errors_of_checks_refuse_a_policy(policyc: Any, disputed: Path, tmp_path: Path) -> None:
    ran = policyc("build", disputed, "-o", tmp_path / "out")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("warning[PC302] ")
    assert "\n\nerror[PC301] contradiction: `no_logs` forbids what `logs_shared` allows\n" in ran.err
    assert ran.err.endswith("\n\nnothing written: 1 error, 1 warning\n")
    assert not (tmp_path / "out").exists()


def test_what_is_built_with_errors_says_so(policyc: Any, disputed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = policyc("build", "--keep-going", disputed, "-o", out)
    assert ran.code == 1
    assert ran.err.endswith(f"policyc explain PC301\n\n{FLAWED}")
    assert len(ran.out.splitlines()) == 4
    assert says_so(out) == [True] * 4
    assert "ImportError: this guard is made of a policy with errors (PC301) and may allow" in load(out).stderr
    assert load(out, POLICYC_UNSAFE="1").stdout == "p\n"


def test_a_draft_is_never_taken_for_what_was_built_before(policyc: Any, disputed: Path, tmp_path: Path) -> None:
    """In any order, with what is remembered of each run."""
    out = tmp_path / "out"
    mended = ERROR.replace("logs_shared: may", "logs_shared: never")
    for text in (mended, ERROR, mended):
        disputed.write_text(text, encoding="utf-8")
        flawed = text == ERROR
        for options in ([], ["--keep-going"], [], ["--check"], ["--check", "--keep-going"]):
            ran = policyc("build", disputed, "-o", out, *options)
            assert ran.code == (1 if flawed else 0)
            assert ("nothing " in ran.err) is (flawed and "--keep-going" not in options)
            assert ("0 stale" in ran.err) is ("--check" in options and "nothing" not in ran.err)
        assert says_so(out) == [flawed] * 4
        assert policyc("check", disputed).code == (1 if flawed else 0)


def test_only_the_policy_with_errors_is_a_draft(policyc: Any, disputed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (disputed.parent / "sound.policy").write_text(HINT, encoding="utf-8")
    ran = policyc("build", "--keep-going", disputed.parent, "-o", out)
    assert ran.err.endswith(FLAWED)
    assert says_so(out / "notice") == [True] * 4
    assert says_so(out / "sound") == [False] * 4
    ran = policyc("build", "--keep-going", disputed.parent, "-o", out)
    assert ran.err.endswith(f"\n1 policy unchanged\n{FLAWED}")


@pytest.mark.parametrize(
    "text",
    [
        ERROR + 'x: may share logs with partners accept contradictoin "misspelt"\n',
        ERROR + "x: may share logz with partners\n",
        ERROR + "x: maj share logs with partners\n",
    ],
)
def test_keep_going_passes_over_nothing_else(text: str, policyc: Any, disputed: Path, tmp_path: Path) -> None:
    disputed.write_text(text, encoding="utf-8")
    ran = policyc("build", "--keep-going", disputed, "-o", tmp_path / "out")
    assert (ran.code, ran.out) == (1, "")
    assert "\n\nnothing written: " in ran.err
    assert not (tmp_path / "out").exists()


def test_keep_going_passes_over_no_wrong_setting(policyc: Any, disputed: Path, tmp_path: Path) -> None:
    (disputed.parent / "pyproject.toml").write_text("[tool.policyc]\nlevel = 1\n", encoding="utf-8")
    ran = policyc("build", "--keep-going", disputed, "-o", tmp_path / "out")
    assert ran.code == 1
    assert "error[PC007] bad-setting: " in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("how", ["accept", "levels"])
def test_what_is_accepted_or_lowered_is_no_error(how: str, policyc: Any, disputed: Path, tmp_path: Path) -> None:
    if how == "accept":
        text = ERROR.replace("share logs with partners\n", 'share logs with partners accept contradiction "why"\n', 1)
        disputed.write_text(text, encoding="utf-8")
    else:
        settings = '[tool.policyc]\nlevels.contradiction = "info"\n'
        (disputed.parent / "pyproject.toml").write_text(settings, encoding="utf-8")
    ran = policyc("build", disputed, "-o", tmp_path / "out")
    assert (ran.code, "PC301" in ran.err, len(ran.out.splitlines())) == (0, False, 4)
    assert says_so(tmp_path / "out") == [False] * 4


def test_a_warning_is_shown_and_a_hint_is_not(policyc: Any, disputed: Path, tmp_path: Path) -> None:
    disputed.write_text(HINT, encoding="utf-8")
    ran = policyc("build", disputed, "-o", tmp_path / "out")
    assert (ran.code, ran.err) == (0, "")
    disputed.write_text(WARNING, encoding="utf-8")
    ran = policyc("build", disputed, "-o", tmp_path / "out")
    assert (ran.code, "PC303" in ran.err) == (0, False)
    assert ran.err.startswith("warning[PC302] ")
    assert ran.err.endswith("policyc explain PC302\n\n"), "a line between the findings and the files"


def repealed(view: View) -> Iterator[Diagnostic]:
    """Finds an error from 2027 on."""
    if view.date and view.date.year > 2026:
        yield finding(contradiction.CONTRADICTION, view.statements[0], "the law is gone")


def test_laws_are_judged_as_of_the_day_that_is_asked_for(
    policyc: Any, disputed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contradiction, "check", repealed)
    out = tmp_path / "out"
    for day, code in (("2026-12-31", 0), ("2027-01-01", 1), ("2026-01-31", 0)):
        assert policyc("build", "--at", day, disputed, "-o", out).code == code
    assert policyc("build", disputed, "-o", out).code == 0
    assert policyc("build", "--at", "2027-02-29", disputed, "-o", out).code == 2
    assert policyc("build", "--keep-going", "--at", "2027-01-01", disputed, "-o", out).code == 1
    assert says_so(out) == [True] * 4
