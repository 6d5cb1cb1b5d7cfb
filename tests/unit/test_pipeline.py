"""The passes together, and questions in the words of the language."""

from pathlib import Path

import pytest

from policyc.pipeline import Compilation, compile_path, in_order
from policyc.semantics.reference import Reference
from policyc.syntax.parser import parser
from tests.policies import compile_files, said, write

TEXT = """\
language 1
party us "Us"
party friend "a friend"
data logs "logs"
purpose safety "keep you safe"
fact agreed "you agreed"
policy notice "Notice" controller us
x: may use logs for safety when agreed
"""


ASK = "ask with names, one clause for each dimension"


def compiled(tmp_path: Path, text: str = TEXT) -> Compilation:
    return compile_files(tmp_path, {"main.policy": text})


def test_a_sound_policy_has_a_model(tmp_path: Path) -> None:
    compilation = compiled(tmp_path)
    assert not compilation.has_errors
    assert compilation.policy is not None
    assert compilation.policy.id == "notice"
    assert compilation.path == tmp_path / "main.policy"


def test_a_path_may_be_a_text(tmp_path: Path) -> None:
    path = write(tmp_path, {"main.policy": TEXT})
    assert compile_path(str(path)).policy == compile_path(path).policy


def test_errors_of_all_passes_come_in_the_order_of_the_text(tmp_path: Path) -> None:
    text = f"{TEXT}y: may use logz for safety\nz: maj use logs\nimport a from nowhere\nw: may use logs for logs\n"
    compilation = compiled(tmp_path, text)
    assert compilation.policy is None
    assert compilation.has_errors
    assert [one.code.number for one in compilation.diagnostics] == ["PC201", "PC101", "PC210", "PC202"]
    assert in_order(tuple(reversed(compilation.diagnostics))) == compilation.diagnostics


def test_a_file_that_is_too_large_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "main.policy"
    path.write_bytes(b"#" * 4_000_001)
    compilation = compile_path(path)
    assert [one.code.number for one in compilation.diagnostics] == ["PC110"]
    assert compilation.policy is None


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        ("use logs for safety when agreed", True),
        ("  use   logs\nfor safety\n when agreed  ", True),
        ("use logs for safety", False),
        ("share logs with friend", False),
        ("use logs for safety when agreed # really", True),
    ],
)
def test_questions(asked: str, tmp_path: Path, *, allowed: bool) -> None:
    compilation = compiled(tmp_path)
    question = compilation.question(asked)
    assert question.diagnostics == ()
    assert question.value is not None
    assert compilation.policy is not None
    assert Reference(compilation.policy).answer(question.value).allowed is allowed


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("use logz for safety", "1:5-9 PC201 there is no name `logz` | did you mean `logs`?"),
        ("usee logs", "1:1-5 PC204 nobody can ask whether `usee` is allowed | did you mean `use`?"),
        ("use logs with friend", ("1:10-21 PC205 a question with `use` takes no `with` | "
         "ask with names, one clause for each dimension")),
        ("use logs for", None),
        ("", None),
        ("use", None),
        ("use logs {", None),
        ("use logs }", None),
        ("use logs }\nallow use logs", None),
        ('use logs "x', None),
        ("use logs for safety; drop", None),
        ("\x00", None),
        ("é", None),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_asked_says_why(asked: str, found: str | None, tmp_path: Path) -> None:
    question = compiled(tmp_path).question(asked)
    assert question.value is None
    assert question.has_errors
    for one in question.diagnostics:
        assert one.label.source.name == "question"
        assert 0 <= one.label.span.start < max(one.label.span.end, 1) <= len(" ".join(asked.split())) + 1
    if found is not None:
        assert [said(one) for one in question.diagnostics] == [found]


def test_no_question_can_be_asked_of_a_file_with_errors(tmp_path: Path) -> None:
    compilation = compiled(tmp_path, TEXT + "import a from nowhere\n")
    assert compilation.question("use logs for safety").value is None


def test_there_is_one_parser() -> None:
    assert parser() is parser()
