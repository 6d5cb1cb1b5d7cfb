"""What an author accepts where it stands: in a sentence, in a declaration's clause, before a group."""

from pathlib import Path

from policyc.checks._settle import word
from policyc.codes import codes_of_checks
from policyc.pipeline import check
from tests.policies import compile_files

HEAD = """\
language 1
party us "Us Ltd"
channel desk "our desk" email "desk@us.example"
data name "your name"
data photo "your photo"
purpose sell "sell you things"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
"""


def outcome(folder: Path, text: str) -> tuple[list[str], list[str]]:
    """The codes of what counts, and of what is accepted: of vague words, and of an `accept` itself."""
    checked = check(compile_files(folder, {"a.policy": HEAD + text}))
    counting = [one.code.number for one in checked.diagnostics if one.code.number.startswith(("PC2", "PC7"))]
    return counting, [one.finding.code.number for one in checked.accepted]


def test_in_a_sentence(tmp_path: Path) -> None:
    text = 'one: may use name for sell hedge "sometimes" accept hedge "our lawyers"\ntwo: may use photo hole purpose\n'
    assert outcome(tmp_path, text) == (["PC703"], ["PC701"])


def test_in_the_clause_of_a_declaration(tmp_path: Path) -> None:
    text = 'party helpers "our helpers" hole members accept unfilled_hole "the list follows"\n'
    assert outcome(tmp_path, text) == ([], ["PC703"])


def test_before_a_group_for_a_clause_that_stands_there_too(tmp_path: Path) -> None:
    text = 'hedge "sometimes" accept hedge "our lawyers" {\n    may use name for sell\n    may use photo for sell\n}\n'
    assert outcome(tmp_path, text) == ([], ["PC701"])


def test_every_finding_of_a_check_can_be_named(tmp_path: Path) -> None:
    """No word of the language stands in the way."""
    codes = enumerate(codes_of_checks())
    texts = "".join(f'data d{n} "d"\nmay use d{n} for sell accept {word(code)} "meant"\n' for n, code in codes)
    assert outcome(tmp_path, texts) == (["PC222"] * len(codes_of_checks()), [])


def test_not_in_another_sentence(tmp_path: Path) -> None:
    text = 'may use name for sell hedge "sometimes"\nmay use photo for sell accept hedge "our lawyers"\n'
    assert outcome(tmp_path, text) == (["PC701", "PC222"], [])
