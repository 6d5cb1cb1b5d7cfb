"""What the documentation shows is so: policies compile or fail as it says, commands print what it prints."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docs import grammar, sentences, tables
from docs.blocks import ADD, FENCED, MODULE, MORE, ROOT, SHOWN, WHOLE, Block, blocks, compiled, pages
from policyc.cli import run
from policyc.diagnostics.code import Level
from policyc.diagnostics.codes.names import UNKNOWN_FINDING, UNUSED_ACCEPT
from policyc.pipeline import check
from policyc.semantics.reference import Reference
from policyc.syntax.grammar import grammar_text

PAGES = pages()
REFERENCE = sorted((ROOT / "docs" / "language").glob("*.md"))

LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)]*))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
TABLE = re.compile(r"^<!-- table: (?:verb|kind|clause) (\w+) -->$", re.MULTILINE)
QUOTED = re.compile(r'"[^"\n]*"')
RULES = re.compile(r"^<!-- table: rules (.*) -->$", re.MULTILINE)

FILE = re.compile(r"`((?:policyc|tests|docs|grammar|stdlib|examples|benchmarks)/[\w./-]+)`")
MADE_BY_GUIDES = {
    "docs/checks/PC299.md",
    "policyc/backends/statements.py",
    "tests/conformance/decision/good/combining.policy",
    "tests/conformance/terms/bad/ends_first.policy",
}

FRAGMENT, FAILING = "policy-fragment", "policy-with-"
COMMANDS = "console"
NOT_RUN = {"sh", "text", "json", "html", "toml", "yaml", "python"}


def all_blocks() -> list[Block]:
    return [one for page in PAGES for one in blocks(str(page.relative_to(ROOT)), page.read_text(encoding="utf-8"))]


BLOCKS = all_blocks()
PAIRS = [
    pair for page in PAGES for pair in sentences.pairs(str(page.relative_to(ROOT)), page.read_text(encoding="utf-8"))
]


def of(*languages: str) -> list[Block]:
    return [block for block in BLOCKS if block.language in languages]


def place(block: object) -> str:
    return f"{block.page}:{block.line}" if isinstance(block, Block) else "before"


def test_every_block_says_what_it_is() -> None:
    known = {WHOLE, MORE, ADD, MODULE, FRAGMENT, COMMANDS, *NOT_RUN}
    unknown = [place(one) for one in BLOCKS if one.language not in known and not one.language.startswith(FAILING)]
    assert unknown == []
    assert len(of(WHOLE, MORE)) > 150
    named = [one for one in BLOCKS if one.words and not sentences.is_made(one)]
    assert [place(one) for one in named if one.path is None or len(one.words) > 1 or not Path(one.path).suffix] == []
    assert [place(one) for one in of(ADD) if not one.before] == []


@pytest.mark.parametrize("block", of(*SHOWN, MODULE, FRAGMENT), ids=place)
def test_a_policy_compiles_and_its_tests_hold(block: Block) -> None:
    compilation = compiled(block)
    assert [one.message for one in compilation.diagnostics] == []
    if block.language in SHOWN:
        assert compilation.policy is not None
        reference = Reference(compilation.policy)
        lines = [line for test in compilation.policy.tests for line in test.expectations]
        assert [one.text for one in lines if reference.answer(one.question).allowed is not one.allowed] == []


@pytest.mark.parametrize("block", [one for one in BLOCKS if one.language.startswith(FAILING)], ids=place)
def test_a_failing_policy_fails_as_it_says(block: Block) -> None:
    """What only checks see may stand beside something else that they see; no error of another code does."""
    number = block.language.removeprefix(FAILING)
    compilation = compiled(block)
    found = check(compilation).diagnostics
    assert number in {one.code.number for one in found}
    assert {one.code.number for one in found if one.level is Level.ERROR} <= {number}
    is_seen_by_checks = number >= "PC3" or number in {UNKNOWN_FINDING.number, UNUSED_ACCEPT.number}
    assert {one.code.number for one in compilation.diagnostics} == (set() if is_seen_by_checks else {number})


@pytest.mark.parametrize(("block", "shown"), PAIRS, ids=place)
def test_a_policy_becomes_what_the_page_says(block: Block, shown: Block | None) -> None:
    """To write the sentences anew: `make docs`."""
    assert shown is not None
    assert block.text == sentences.made(shown, block.words)
    assert block.text


def test_the_reference_shows_what_every_policy_becomes() -> None:
    told = {place(shown) for _, shown in PAIRS}
    pages = {str(page.relative_to(ROOT)) for page in REFERENCE}
    silent = []
    for one in of(*SHOWN):
        policy = compiled(one).policy
        assert policy is not None
        if one.page in pages and place(one) not in told and policy.statements:
            silent.append(place(one))
    assert silent == []


def test_the_reference_tells_of_every_word() -> None:
    assert sorted(set(tables.vocabulary()) - set(tables.headings())) == []


def test_every_word_has_an_example() -> None:
    """Below its heading, or elsewhere on its page."""
    bare = []
    for page in REFERENCE:
        text = page.read_text(encoding="utf-8")
        examples = QUOTED.sub("", " ".join(one.text for one in blocks("", text) if one.language in SHOWN))
        words = [word.replace("subject_to", "subject to") for word in TABLE.findall(text) if word != "period"]
        bare += [f"{page.name}: {word}" for word in words if not re.search(rf"\b{word}\b", examples)]
    assert bare == []


def test_the_grammar_tells_of_every_rule_once() -> None:
    text = (ROOT / "docs" / "language" / "grammar.md").read_text(encoding="utf-8")
    shown = [name for names in RULES.findall(text) for name in names.split()]
    assert sorted(shown) == sorted(grammar.rules())
    own = re.findall(r"^[?!]?([a-z_]+):", grammar_text(), re.MULTILINE)
    assert set(own) <= set(shown)
    assert [name for name, told in grammar.terminals() if not told] == []


@pytest.mark.parametrize("page", sorted({one.page for one in of(COMMANDS)}))
def test_commands_print_what_the_page_prints(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The commands of a page are run in a folder with the examples and with the files that the page has shown so far.

    `$` starts a command of policyc, or a program that the page has shown; its output follows it.
    """
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    for block in (one for one in BLOCKS if one.page == page):
        if block.path is not None:
            Path(block.path).parent.mkdir(parents=True, exist_ok=True)
            Path(block.path).write_bytes(block.source)
        elif block.language == COMMANDS:
            run_commands(block, capsys)


def run_commands(block: Block, capsys: pytest.CaptureFixture[str]) -> None:
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        program, *arguments = shlex.split(command)
        if program == "python3":
            found = subprocess.run([sys.executable, *arguments], check=False, capture_output=True, text=True)
            printed = found.stdout + found.stderr
        else:
            assert program == "policyc", place(block)
            run(arguments)
            captured = capsys.readouterr()
            printed = captured.out + captured.err
        assert printed == expected.rstrip("\n") + "\n", f"{place(block)}: {command}"


def test_links_lead_somewhere() -> None:
    anchors = {page: {tables.anchor(one) for one in HEADING.findall(shown_text(page))} for page in PAGES}
    wrong = []
    for page in PAGES:
        for name, anchor in LINK.findall(shown_text(page)):
            target = (page.parent / name).resolve() if name else page
            if "://" in name or name.startswith("mailto:"):
                continue
            if not target.exists() or (anchor and anchor not in anchors[target]):
                wrong.append(f"{page.name}: {name}#{anchor}")
    assert wrong == []


def test_files_that_pages_name_are_there() -> None:
    """Paths in backticks; those with capitals for a name, and those that a guide makes, are not there yet."""
    named = [(page, path) for page in PAGES for path in FILE.findall(shown_text(page))]
    assert len(named) > 50
    assert [
        f"{page.name}: {path}" for page, path in named if path not in MADE_BY_GUIDES and not (ROOT / path).exists()
    ] == []
    assert {path for path in MADE_BY_GUIDES if (ROOT / path).exists()} == set()


def shown_text(page: Path) -> str:
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def test_the_parts_that_the_code_knows_are_fresh() -> None:
    made = tables.outputs()
    there = {path: path.read_text(encoding="utf-8") for path in made if path.is_file()}
    stale = [str(path.relative_to(ROOT)) for path, text in made.items() if there.get(path) != text]
    assert stale == [], "run `make docs`"
