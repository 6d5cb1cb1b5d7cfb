"""`policyc fmt`: what is written, and what is left alone."""

import io
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from policyc.cli import fmt
from policyc.diagnostics.outcome import Outcome
from policyc.pipeline import compile_path
from policyc.source.text import Source


@pytest.fixture
def untidy(policy: Path) -> Path:
    """A policy with the layout of nobody, with Windows newlines, and with a comment."""
    text = (
        policy.read_text(encoding="utf-8").replace("party us", "party    us # it is us").replace("may use", "may  use")
    )
    policy.write_bytes(text.replace("\n", "\r\n").encode())
    return policy


def test_a_file_is_laid_out_and_says_the_same(policyc: Any, untidy: Path) -> None:
    before = compile_path(untidy).policy
    ran = policyc("fmt", untidy)
    assert (ran.code, ran.out, ran.err) == (0, "", "1 file formatted, 0 left as they are\n")
    text = untidy.read_bytes().decode()
    assert "party us" in text
    assert "# it is us" in text
    assert "\r" not in text
    assert compile_path(untidy).policy == before


def test_a_second_time_changes_nothing(policyc: Any, untidy: Path) -> None:
    policyc("fmt", untidy)
    before = untidy.stat()
    ran = policyc("fmt", untidy)
    assert (ran.code, ran.err) == (0, "0 files formatted, 1 left as they are\n")
    assert untidy.stat().st_ino == before.st_ino
    assert untidy.stat().st_mtime_ns == before.st_mtime_ns


def test_a_folder_stands_for_all_files_below_it_with_or_without_a_policy(policyc: Any, untidy: Path) -> None:
    module = untidy.parent / "deeper" / "parties.policy"
    module.parent.mkdir()
    module.write_text('language 1\nparty   friends "our friends"\n', encoding="utf-8")
    assert policyc("fmt", untidy.parent).err == "2 files formatted, 0 left as they are\n"
    assert "party friends" in module.read_text(encoding="utf-8")


def test_check_writes_nothing_and_names_the_files(policyc: Any, untidy: Path) -> None:
    before = untidy.read_bytes()
    ran = policyc("fmt", "--check", untidy)
    assert ran.code == 1
    assert ran.out.startswith(f"error[PC005] unformatted-file: `policyc fmt` would change this file\n --> {untidy}\n")
    assert ran.err == "\n1 file would change, 0 left as they are\n"
    assert untidy.read_bytes() == before
    policyc("fmt", untidy)
    assert policyc("fmt", "--check", untidy).code == 0


def test_a_file_that_is_no_policy_stays_as_it_is_and_others_are_laid_out(policyc: Any, untidy: Path) -> None:
    bad = untidy.parent / "bad.policy"
    bad.write_text("language 1\nparty   us us us\n", encoding="utf-8")
    ran = policyc("fmt", untidy.parent)
    assert ran.code == 1
    assert "error[PC101]" in ran.err
    assert ran.err.endswith("1 file formatted, 1 left as they are\n")
    assert bad.read_text(encoding="utf-8") == "language 1\nparty   us us us\n"


@pytest.mark.parametrize("raw", [b"\xff\xfe", b'language 1\nnote: text "\xe2\x80\xae"\n'])
def test_a_file_that_no_policy_may_be_stays_as_it_is(raw: bytes, policyc: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.policy"
    path.write_bytes(raw)
    assert policyc("fmt", path).code == 1
    assert path.read_bytes() == raw


def test_names_need_not_be_known(policyc: Any, broken: Path) -> None:
    assert policyc("fmt", broken).code == 0


def test_permissions_stay(policyc: Any, untidy: Path) -> None:
    untidy.chmod(0o640)
    policyc("fmt", untidy)
    assert stat.S_IMODE(untidy.stat().st_mode) == 0o640


def test_a_symbolic_link_stays_one(policyc: Any, untidy: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.policy"
    link.symlink_to(untidy)
    assert policyc("fmt", link).code == 0
    assert link.is_symlink()
    assert b"\r" not in untidy.read_bytes()


def test_a_file_that_cannot_be_written_stays_as_it_is(
    policyc: Any, untidy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(fmt, "replace_all", refuse)
    ran = policyc("fmt", untidy)
    assert ran.code == 2
    assert ran.err == f"Error: {untidy} stays as it is: permission denied\n"


def test_a_layout_that_would_change_the_meaning_is_not_written(
    policyc: Any, untidy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forget(source: Source, _: object) -> Outcome[str]:
        return Outcome(source.text.replace("never", "may"))

    monkeypatch.setattr(fmt, "format_source", forget)
    before = untidy.read_bytes()
    ran = policyc("fmt", untidy)
    assert ran.code == 2
    assert f"another layout would change the meaning of {untidy}; it stays as it is\n" in ran.err
    assert untidy.read_bytes() == before


def test_a_file_that_cannot_be_read(policyc: Any, untidy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(fmt, "read_limited", refuse)
    ran = policyc("fmt", untidy)
    assert ran.code == 2
    assert "error[PC001] unreadable-file: the file cannot be read: permission denied\n" in ran.err


def feed(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))


def test_standard_input_goes_to_standard_output(policyc: Any, untidy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, untidy.read_bytes())
    ran = policyc("fmt", "-")
    assert (ran.code, ran.err) == (0, "")
    policyc("fmt", untidy)
    assert ran.out == untidy.read_text(encoding="utf-8")


def test_standard_input_can_be_checked(policyc: Any, untidy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, untidy.read_bytes())
    ran = policyc("fmt", "--check", "-")
    assert (ran.code, ran.out) == (1, "")
    policyc("fmt", untidy)
    feed(monkeypatch, untidy.read_bytes())
    assert policyc("fmt", "--check", "-").code == 0


def test_standard_input_that_is_no_policy(policyc: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, b"language 1\nparty us us us\n")
    ran = policyc("fmt", "-")
    assert (ran.code, ran.out) == (1, "")
    assert " --> standard input:2:10\n" in ran.err


def test_standard_input_stands_alone(policyc: Any, policy: Path) -> None:
    ran = policyc("fmt", "-", policy)
    assert ran.code == 2
    assert "`-` stands alone" in ran.err
