"""What has not changed is not compiled again; whatever changes is."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from policyc.backends import names
from policyc.cli import _jobs, _kept
from policyc.cli._kept import FOLDER
from policyc.diagnostics.codes import names as codes
from policyc.diagnostics.diagnostic import Diagnostic, Fix, Label
from policyc.pipeline import Compilation, compile_path
from policyc.source.text import Span

MAIN = """\
language 1
import us, friends from parts.parties
data logs "logs"
purpose safety "keep you safe"
policy {name} "A policy"
    controller us
may use logs for safety
may share logs with friends for safety
"""
PARTIES = 'language 1\nparty us "us"\nparty friends "The Friends"\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Three policies that share a module."""
    folder = tmp_path / "project"
    (folder / "parts").mkdir(parents=True)
    (folder / "pyproject.toml").write_text("[tool.policyc]\n", encoding="utf-8")
    (folder / "parts" / "parties.policy").write_text(PARTIES, encoding="utf-8")
    for name in ("a", "b", "c"):
        (folder / f"{name}.policy").write_text(MAIN.format(name=name), encoding="utf-8")
    return folder


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """The names of the files that were compiled since it was asked last."""
    done: list[str] = []

    def noted(path: Path) -> Compilation:
        done.append(path.name)
        return compile_path(path)

    def told() -> list[str]:
        names = sorted(done)
        done.clear()
        return names

    monkeypatch.setattr(_jobs, "compile_path", noted)
    return told


ALL = ["a.policy", "b.policy", "c.policy", "parties.policy"]


def test_what_has_not_changed_is_not_compiled(policyc: Any, project: Path, compiled: Any) -> None:
    first = policyc("check", project)
    assert (first.code, compiled()) == (0, ALL)
    assert policyc("check", project) == first
    assert compiled() == []
    assert policyc("check", "--no-cache", project) == first
    assert compiled() == ALL


def test_after_an_edit_only_that_policy_is_compiled(policyc: Any, project: Path, compiled: Any) -> None:
    policyc("check", project)
    compiled()
    with (project / "b.policy").open("a", encoding="utf-8") as file:
        file.write("never share any logs by sale\n")
    assert policyc("check", project).code == 0
    assert compiled() == ["b.policy"]


def _module(project: Path) -> None:
    (project / "parts" / "parties.policy").write_text(PARTIES + "# more\n", encoding="utf-8")


def _same_size(project: Path) -> None:
    path = project / "parts" / "parties.policy"
    before = path.stat()
    path.write_text(PARTIES.replace("The Friends", "The Fiends "), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _root(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.policyc]\n# another root may be named\n", encoding="utf-8")


def _nearer_root(project: Path) -> None:
    (project.parent / "pyproject.toml").write_text("[tool.other]\n", encoding="utf-8")


def _link(project: Path) -> None:
    parts = project / "parts"
    parts.rename(project / "elsewhere")
    parts.symlink_to(project / "elsewhere")


@pytest.mark.parametrize("change", [_module, _same_size, _root, _nearer_root, _link])
def test_all_that_a_policy_reads_counts(
    change: Callable[[Path], None], policyc: Any, project: Path, compiled: Any
) -> None:
    policyc("check", project)
    compiled()
    change(project)
    policyc("check", project)
    assert set(compiled()) >= {"a.policy", "b.policy", "c.policy"}


def test_a_new_policyc_compiles_anew(
    policyc: Any, project: Path, compiled: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    policyc("check", project)
    compiled()
    monkeypatch.setattr(_kept, "_made_by", lambda: "another")
    policyc("check", project)
    assert compiled() == ALL


def test_policyc_is_known_by_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_kept, "resource", lambda _: tmp_path)
    before = _kept._made_by()
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "x.pyc").write_bytes(b"")
    assert _kept._made_by() == before
    (tmp_path / "x.policy").write_text("language 1\n", encoding="utf-8")
    assert _kept._made_by() != before


def files(folder: Path) -> Iterator[Path]:
    return folder.glob("*.json")


@pytest.mark.parametrize("text", ["", "no digest\n{}", "\n", None])
def test_what_was_damaged_counts_as_nothing(
    text: str | None, policyc: Any, project: Path, compiled: Any, memory_folder: Path
) -> None:
    policyc("check", project)
    compiled()
    for path in files(memory_folder):
        whole = path.read_text(encoding="utf-8")
        path.write_text(whole.replace('"is_policy": true', '"is_policy": 1') if text is None else text, "utf-8")
    assert policyc("check", project).code == 0
    assert set(compiled()) >= {"a.policy", "b.policy", "c.policy"}


def test_errors_are_not_kept(policyc: Any, broken: Path, compiled: Any, memory_folder: Path) -> None:
    assert policyc("check", broken).code == policyc("check", broken).code == 1
    assert compiled() == ["notice.policy"] * 2
    assert list(files(memory_folder)) == []


def test_findings_that_are_no_errors_are_told_again(
    policyc: Any, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_hint(path: Path) -> Compilation:
        made = compile_path(path)
        assert made.policy is not None
        sources = {one.name: one for one in (statement.place.source for statement in made.policy.statements)}
        source = sources[str(path)]
        hint = Diagnostic.at(codes.UNKNOWN_NAME, source, Span(0, 8), "this is a hint", help="mend it", witness="this")
        more = (Label(made.policy.terms["friends"].place.source, Span(11, 16), "see here"),)
        return evolve(made, diagnostics=(evolve(hint, level=hint.level.WARNING, more=more, fixes=(FIX,)),))

    monkeypatch.setattr(_jobs, "compile_path", with_hint)
    for form in ("text", "json", "sarif", "github"):
        first = policyc("check", "--no-cache", "--format", form, project / "a.policy")
        policyc("check", project / "a.policy")
        with monkeypatch.context() as patched:
            patched.setattr(_jobs, "compile_path", None)
            assert policyc("check", "--format", form, project / "a.policy") == first
        assert "this is a hint" in first.out


FIX = Fix(Span(0, 8), "LANGUAGE")


def test_a_cache_that_cannot_be_written_harms_nothing(
    policyc: Any, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, str(project / "a.policy"))
    assert policyc("check", project).code == policyc("check", project).code == 0


def test_the_folder_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER)
    monkeypatch.setenv("XDG_CACHE_HOME", "mine")
    assert _kept._folder() == Path("mine/policyc")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", lambda: Path("home"))
    assert _kept._folder() == Path("home/.cache/policyc")

    def nobody() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", nobody)
    assert _kept._folder() is None
    assert _kept.memory().recall(Path("a.policy")) is None
    _kept.memory().keep(Path("a.policy"), {}, _kept.Kept(is_policy=True, findings=(), accepted=(), written={}))


# --- build -----------------------------------------------------------------------------------


def test_what_has_not_changed_is_not_built(policyc: Any, project: Path, compiled: Any, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert policyc("build", project, "-o", out).err == ""
    assert compiled() == ALL
    times = {path: path.stat().st_mtime_ns for path in out.rglob("*.*")}
    assert len(times) == 3 * len(names())
    ran = policyc("build", project, "-o", out)
    assert (ran.code, ran.out, ran.err) == (0, "", "3 policies unchanged\n")
    assert compiled() == []
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.*")} == times
    assert policyc("build", "--check", project, "-o", out).err == "12 outputs compared: 0 stale\n"
    assert compiled() == []


def test_an_output_that_was_changed_is_made_again(policyc: Any, project: Path, compiled: Any, tmp_path: Path) -> None:
    out = tmp_path / "out"
    policyc("build", project, "-o", out)
    made = (out / "b" / "policy.md").read_bytes()
    (out / "b" / "policy.md").write_text("mine", encoding="utf-8")
    (out / "c" / "manifest.json").unlink()
    compiled()
    ran = policyc("build", "--check", project, "-o", out)
    assert ran.code == 1
    assert ran.err == "\n12 outputs compared: 2 stale\n"
    assert compiled() == ["b.policy", "c.policy"]
    assert policyc("build", project, "-o", out).err == "1 policy unchanged\n"
    assert (out / "b" / "policy.md").read_bytes() == made
    assert json.loads((out / "c" / "manifest.json").read_text(encoding="utf-8"))


def test_other_targets_and_folders_are_built(policyc: Any, project: Path, compiled: Any, tmp_path: Path) -> None:
    policyc("build", project / "a.policy", "-o", tmp_path / "one", "--target", "markdown")
    compiled()
    policyc("build", project / "a.policy", "-o", tmp_path / "two", "--target", "markdown")
    assert compiled() == ["a.policy"]
    policyc("build", project / "a.policy", "-o", tmp_path / "two")
    assert compiled() == ["a.policy"]
    policyc("build", project / "a.policy", "-o", tmp_path / "two", "--target", "html")
    assert compiled() == []
    policyc("check", project / "a.policy")
    assert compiled() == []


# --- side by side ----------------------------------------------------------------------------


def test_many_files_are_compiled_side_by_side(
    policyc: Any, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        (project / f"p{number:02}.policy").write_text(MAIN.format(name="p"), encoding="utf-8")
    (project / "p07.policy").write_text(MAIN.format(name="p").replace("for safety", "for savety"), encoding="utf-8")
    runs = []
    for processes in (1, 2):
        monkeypatch.setattr(os, "cpu_count", lambda processes=processes: processes)
        runs.append(policyc("check", "--no-cache", project))
    assert runs[0] == runs[1]
    assert runs[0].err == "\n16 files checked: 2 errors\n"
    (project / "p07.policy").write_text(MAIN.format(name="p"), encoding="utf-8")
    for processes in (1, 2):
        monkeypatch.setattr(os, "cpu_count", lambda processes=processes: processes)
        assert policyc("build", "--no-cache", project, "-o", tmp_path / str(processes)).code == 0
    one, two = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")}
        for folder in (tmp_path / "1", tmp_path / "2")
    )
    assert one == two
    assert len(one) == 15 * len(names())
