"""What the resolver says, whole: every finding with its place, code, message and help.

Each file of `golden` holds cases: `=== title`, what stands after the head of cases.py, `---`, and what is said.
Lines are counted from the head's end.
"""

import re
from pathlib import Path

import pytest

from policyc.diagnostics.code import Code
from policyc.diagnostics.codes import names as codes
from tests.unit.resolve.cases import told

GOLDEN = Path(__file__).parent / "golden"
LOADED = {"PC210", "PC211", "PC212", "PC214", "PC220", "PC221", "PC222"}
"""Codes of imports; test_loader.py and test_scopes.py emit them."""


def cases(path: Path) -> list[tuple[str, str, str]]:
    """The title, the body and what is said, of each case of a file."""
    found = []
    for case in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, _, rest = case.partition("\n")
        body, _, said = rest.partition("---\n")
        found.append((title, body, said))
    return found


CASES = {
    f"{path.stem}: {title}": (body, said) for path in sorted(GOLDEN.glob("*.txt")) for title, body, said in cases(path)
}


@pytest.mark.parametrize("name", CASES)
def test_exactly_this_is_said(name: str) -> None:
    body, expected = CASES[name]
    assert "".join(f"{line}\n" for line in told(body)) == expected.strip("\n") + "\n" * bool(expected.strip("\n"))


def test_cases_are_told_apart_by_their_titles() -> None:
    assert len(CASES) == sum(len(cases(path)) for path in GOLDEN.glob("*.txt"))


def test_every_code_of_names_and_clauses_is_there() -> None:
    told_codes = set(re.findall(r"\bPC2[0-9]{2}\b", "".join(said for _, said in CASES.values())))
    known = {code.number for code in vars(codes).values() if isinstance(code, Code)}
    assert told_codes | LOADED == known
