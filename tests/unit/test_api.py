"""What `import policyc` offers."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import policyc
from policyc import Reading, Request
from policyc.semantics.retention import Status

TEXT = """\
language 1
party us "Us"
data logs "logs"
purpose safety "keep you safe"
event visit "you visit us"
policy notice "Notice" controller us
use_logs: may use logs for safety
kept: will keep logs 1 month after visit
test "asked" {
    allow use logs for safety unless visit
}
"""
VISITED = {"visit": datetime(2026, 1, 31, tzinfo=UTC)}


@pytest.fixture(name="made")
def _made(tmp_path: Path) -> policyc.Compilation:
    path = tmp_path / "a.policy"
    path.write_text(TEXT, encoding="utf-8")
    return policyc.compile(path)


def test_the_checks_are_run(tmp_path: Path) -> None:
    text = TEXT + 'party ads "ads"\nno: never share logs with ads\nyes: may share logs with ads\n'
    path = tmp_path / "a.policy"
    path.write_text(text, encoding="utf-8")
    made = policyc.compile(path)
    assert made.has_errors
    assert "PC301" in {one.code.number for one in made.diagnostics}
    assert made.accepted == ()
    assert not made.decide(Request("share", {"data": "logs", "recipient": "ads"})).allowed, "it decides all the same"
    path.write_text(text.replace("with ads\n", 'with ads accept contradiction "we know"\n', 1), encoding="utf-8")
    made = policyc.compile(path)
    assert [(found.code.number, reason) for found, reason in made.accepted] == [("PC301", "we know")]
    assert "PC301" not in {one.code.number for one in made.diagnostics}
    assert made.root == tmp_path.resolve()


def test_a_question_and_a_request_are_decided(made: policyc.Compilation) -> None:
    assert made.policy is not None
    question = made.policy.tests[0].expectations[0].question
    assert made.decide(question).statements == ("use_logs",)
    request = Request("use", {"data": "logs", "purpose": "safety"}, {}, VISITED, datetime(2026, 2, 1, tzinfo=UTC))
    assert made.decide(request).allowed
    assert not made.decide(Request("use", {"data": "logs", "purpose": "safety"})).allowed
    assert made.decide(Request("use", {"data": "logs", "purpose": "safety"}), Reading.DISCLOSED).allowed


def test_ends_are_told(made: policyc.Compilation) -> None:
    end = datetime(2026, 2, 28, tzinfo=UTC)
    record = Request("keep", {"data": "logs"}, {}, VISITED)
    assert made.must_be_gone_by(record).moment == end
    assert made.expires_at(Request("keep", {"data": "logs", "purpose": "safety"}, {}, VISITED)).moment == end
    assert made.must_be_gone_by(Request("keep", {"data": "logs"})).status is Status.UNKNOWN


def test_what_has_errors_decides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "b.policy"
    path.write_text("language 1\nmay use lgs for safety\n", encoding="utf-8")
    made = policyc.compile(path)
    assert made.diagnostics
    with pytest.raises(ValueError, match="has errors or declares no policy"):
        made.decide(Request("use", {"data": "logs"}))


def test_other_names_are_none_of_it() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = policyc.nothing
