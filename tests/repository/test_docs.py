"""What the documentation shows is so: policies compile or fail as it says, commands print what it prints."""

import os
import re
import runpy
import shlex
import shutil
from pathlib import Path

import pytest
from attrs import frozen

from policyc.cli import run
from policyc.pipeline import compile_path
from policyc.semantics.reference import Reference

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED_CHARACTER = re.compile(r"<U\+([0-9A-F]{4})>")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")

WHOLE, FRAGMENT, FAILING = "policy", "policy-fragment", "policy-with-"
COMMANDS = "console"
NOT_RUN = {"sh", "text", "json", "html", "toml", "python"}


@frozen
class Block:
    page: str
    line: int
    language: str
    text: str

    @property
    def source(self) -> bytes:
        """A policy as a file: characters that a page can only name are themselves again."""
        text = NAMED_CHARACTER.sub(lambda match: chr(int(match[1], 16)), self.text)
        return text.encode("utf-8", "surrogateescape")


def blocks() -> list[Block]:
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in BLOCK.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(Block(str(page.relative_to(ROOT)), line, match[1], match[2]))
    return found


BLOCKS = blocks()


def of(*languages: str) -> list[Block]:
    return [block for block in BLOCKS if block.language in languages]


def place(block: Block) -> str:
    return f"{block.page}:{block.line}"


def test_every_block_says_what_it_is() -> None:
    known = {WHOLE, FRAGMENT, COMMANDS, *NOT_RUN}
    unknown = [place(one) for one in BLOCKS if one.language not in known and not one.language.startswith(FAILING)]
    assert unknown == []
    assert len(of(WHOLE)) > 5


@pytest.mark.parametrize("block", of(WHOLE, FRAGMENT), ids=place)
def test_a_policy_compiles_and_its_tests_hold(block: Block, tmp_path: Path) -> None:
    path = tmp_path / "shown.policy"
    path.write_bytes(block.source)
    compilation = compile_path(path)
    assert [one.message for one in compilation.diagnostics] == []
    if block.language == WHOLE:
        assert compilation.policy is not None
        reference = Reference(compilation.policy)
        lines = [line for test in compilation.policy.tests for line in test.expectations]
        assert [one.text for one in lines if reference.answer(one.question).allowed is not one.allowed] == []


@pytest.mark.parametrize("block", [one for one in BLOCKS if one.language.startswith(FAILING)], ids=place)
def test_a_failing_policy_fails_as_it_says(block: Block, tmp_path: Path) -> None:
    path = tmp_path / "shown.policy"
    path.write_bytes(block.source)
    found = {one.code.number for one in compile_path(path).diagnostics}
    assert found == {block.language.removeprefix(FAILING)}


def test_commands_print_what_the_documentation_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Blocks of commands are run in a folder with the examples. `$` starts a command; its output follows it."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    for block in of(COMMANDS):
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            command, _, expected = part.partition("\n")
            program, *arguments = shlex.split(command)
            assert program == "policyc", place(block)
            run(arguments)
            captured = capsys.readouterr()
            assert captured.out + captured.err == expected.rstrip("\n") + "\n", f"{place(block)}: {command}"


def test_links_lead_somewhere() -> None:
    links = [
        (page, match[1])
        for page in PAGES
        for match in LINK.finditer(BLOCK.sub("", page.read_text(encoding="utf-8")))
        if "://" not in match[1] and not match[1].startswith("mailto:")
    ]
    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []


def test_the_parts_that_the_code_knows_are_fresh() -> None:
    made: dict[Path, str] = runpy.run_path(os.fspath(ROOT / "docs" / "tables.py"))["outputs"]()
    there = {path: path.read_text(encoding="utf-8") for path in made if path.is_file()}
    stale = [str(path.relative_to(ROOT)) for path, text in made.items() if there.get(path) != text]
    assert stale == [], "run `make docs`"
