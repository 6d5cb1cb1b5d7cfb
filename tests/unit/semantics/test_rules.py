"""Every rule of docs/semantics.md, in both readings.

Each file of `rules` holds cases: `=== title`, what stands after the head of asking.py, and questions. Before a question
stands what the enforced and what the disclosed reading say (`-+`: denied as enforced, allowed as disclosed); after `=`
may stand why the enforced reading answers so, and the statements that made the answer.
"""

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from policyc.pipeline import compile_path
from policyc.semantics.reference import Reference
from policyc.semantics.request import Decision
from tests.policies import compile_files, said, write
from tests.unit.semantics.asking import DISCLOSED, ENFORCED, HEAD

RULES = Path(__file__).parent / "rules"
LINE = re.compile(r"^([+-])([+-]) (.*?)(?: = (.*))?$", re.MULTILINE)


def cases() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(RULES.glob("*.txt")):
        for case in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            title, _, text = case.partition("\n")
            name = f"{path.stem}: {title}"
            assert name not in found
            found[name] = text
    return found


CASES = cases()


def reason(decision: Decision) -> str:
    return f"{decision.reason.value} {', '.join(decision.statements)}".strip()


def sources(body: str) -> str:
    """A whole file: imports of the body come first."""
    lines = body.splitlines(keepends=True)
    imports = [line for line in lines if line.startswith("import ")]
    version, head = HEAD.split("\n", 1)
    return "".join([version, "\n", *imports, head, *(line for line in lines if line not in imports)])


@pytest.mark.parametrize("name", CASES)
def test_rule(name: str, tmp_path: Path) -> None:
    body = LINE.sub("", CASES[name])
    compilation = compile_files(tmp_path, {"main.policy": sources(body)})
    assert [said(one) for one in compilation.diagnostics] == []
    assert compilation.policy is not None
    enforced, disclosed = (Reference(compilation.policy, reading) for reading in (ENFORCED, DISCLOSED))
    expected, found = [], []
    for enforcing, disclosing, asked, why in LINE.findall(CASES[name]):
        question = compilation.question(asked)
        assert [said(one) for one in question.diagnostics] == []
        assert question.value is not None
        answers = enforced.answer(question.value), disclosed.answer(question.value)
        told = "".join("+" if answer.allowed else "-" for answer in answers) + f" {asked}"
        expected.append(f"{enforcing}{disclosing} {asked}" + (f" = {why}" if why else ""))
        because = reason(answers[0])
        found.append(told + (f" = {why if fnmatch(because, why) else because}" if why else ""))
    assert expected
    assert found == expected


def test_no_rule_enforces_more_than_it_discloses() -> None:
    assert not [line for text in CASES.values() for line in LINE.findall(text) if line[:2] == ("+", "-")]


def test_the_head_is_sound(tmp_path: Path) -> None:
    assert compile_path(write(tmp_path, {"a.policy": HEAD})).diagnostics == ()
