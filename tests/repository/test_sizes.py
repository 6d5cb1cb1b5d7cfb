"""Files and functions stay small enough to be read in one sitting."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
"""In lines; nine of ten functions are no longer."""

CODE = ("policyc", "tests", "benchmarks")


def python_files(folders: tuple[str, ...]) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def sources() -> list[Path]:
    """What people write and read: code, grammar, library, scripts. Examples and expected outputs are data."""
    texts = [*(ROOT / "grammar").glob("*.lark"), *(ROOT / "stdlib").rglob("*.policy")]
    docs = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    scripts = [ROOT / "Makefile", ROOT / "pyproject.toml", *(ROOT / ".ci").iterdir()]
    return python_files(CODE) + sorted([*texts, *docs, *scripts])


def test_no_file_is_longer_than_one_sitting() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert len(lengths) > 50
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


@pytest.mark.parametrize("folder", CODE)
def test_nine_of_ten_functions_are_short(folder: str) -> None:
    lengths = sorted(length for path in python_files((folder,)) for length in function_lengths(path))
    assert lengths[int(len(lengths) * 0.9)] <= LONGEST_FUNCTION


def function_lengths(path: Path) -> Iterator[int]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_test_is_left_out() -> None:
    words = ("skip", "skipif", "xfail")
    marks = [f"{path}: {mark}" for path in python_files(("tests",)) for mark in attributes(path) if mark in words]
    assert marks == []


def attributes(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            yield node.attr
