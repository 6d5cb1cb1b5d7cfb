"""Runs commands as a shell would: arguments in; exit code and both streams out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen

from policyc import checks
from policyc.cli import run

POLICY = """\
language 1

party us "us"
party partners "our partners"
data logs "logs"
data names "names"
purpose safety "keep you safe"
purpose ads "show you ads"
fact agreed "you have agreed"

policy p "A policy"
    controller us

safe: may use logs for safety
    trace "T-1"
ads_if_agreed: may use names for ads when agreed
no_sale: never share any logs with partners by sale
"""


@pytest.fixture(autouse=True)
def one_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands are tested with one check: what others find is no matter of theirs."""
    monkeypatch.setattr(checks, "names", lambda: ("contradiction",))


@frozen
class Ran:
    code: int
    out: str
    err: str


Policyc = Callable[..., Ran]


@pytest.fixture
def policyc(capsys: pytest.CaptureFixture[str]) -> Policyc:
    def start(*arguments: str | Path) -> Ran:
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return start


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A sound policy, alone in its folder."""
    path = tmp_path / "project" / "notice.policy"
    path.parent.mkdir()
    path.write_text(POLICY, encoding="utf-8")
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A policy with a misspelt name."""
    path = tmp_path / "broken" / "notice.policy"
    path.parent.mkdir()
    path.write_text(POLICY.replace("for safety", "for savety"), encoding="utf-8")
    return path
