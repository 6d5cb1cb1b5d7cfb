"""What README shows beside its policy is what its policy comes to."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from policyc import backends
from policyc.model.policy import Policy
from policyc.pipeline import check, compile_path
from policyc.reports import load as load_report
from policyc.sentences import sentence

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _block(language: str, number: int = 0) -> str:
    found: list[str] = re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    return found[number]


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    path = tmp_path / "acme.policy"
    path.write_text(_block("policy"), encoding="utf-8")
    found = compile_path(path).policy
    assert found is not None
    return found


def test_its_sentences_are_those_of_the_page(policy: Policy) -> None:
    by_line = sorted(policy.statements, key=lambda one: one.place.span.start)
    assert _block("text").split() == " ".join(sentence(policy, one).text for one in by_line).split()


def test_its_program_runs(policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "enforce.py").write_text(backends.load("enforce").build(policy), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "enforce", raising=False)
    names: dict[str, object] = {}
    exec(compile(_block("python"), "README.md", "exec"), names)  # noqa: S102 - README's own program
    answer = names["answer"]
    assert answer.allowed is False  # type: ignore[attr-defined]
    assert "False" in _block("python").splitlines()[-1]


def test_its_message_is_what_check_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = _block("policy").replace("basis consent\n", "basis consnt\n")
    (tmp_path / "acme.policy").write_text(broken, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = compile_path(Path("acme.policy")).diagnostics
    assert load_report("text").render(found, color=False).rstrip() == _block("text", 1).rstrip()


@pytest.mark.parametrize(("block", "count", "code"), [(2, 3, "error[PC"), (3, 2, "warning[PC800]")])
def test_its_findings_are_those_of_the_published_policy(
    block: int, count: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    found = check(compile_path(Path("examples/contacto/published.policy"))).diagnostics
    said = load_report("text").render(found, color=False)
    shown = _block("text", block).strip("\n").split("\n\n")
    assert len(shown) == count
    assert [one for one in shown if not one.startswith(code) or one not in said] == []


def test_it_names_laws_that_the_published_policy_is_held_against() -> None:
    laws = check(compile_path(ROOT / "examples/contacto/published.policy")).laws
    assert {one.name.rpartition(".")[2] for one in laws} == {"gdpr", "ccpa"}
    assert "follows the GDPR and the CCPA" in README
