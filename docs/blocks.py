"""The blocks of code on the pages of the documentation, and the policies that they show.

- `policy`: a whole policy.
- `policy-more`: goes on where the first `policy` of its page ends; each stands for itself, without the others.
- `policy-module PATH`: a file that the policies of its page may import.
- `policy-add PATH`: goes on at the end of the file PATH, as the blocks before it on its page have left it.

A path after the language of any other block (`policy shop.policy`, `toml pyproject.toml`) makes a file of it too. The
commands in the `console` blocks of a page find all files that stand above them.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from attrs import evolve, frozen

from policyc.diagnostics.codes.names import UNUSED_IMPORT
from policyc.pipeline import Compilation, compile_path

ROOT: Final = Path(__file__).resolve().parents[1]
FENCED: Final = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NAMED_CHARACTER: Final = re.compile(r"<U\+([0-9A-F]{4})>")

WHOLE, MORE, ADD, MODULE = "policy", "policy-more", "policy-add", "policy-module"
SHOWN: Final = (WHOLE, MORE, ADD)
"""Blocks that are policies which a page may show sentences of."""
MADE: Final = "text"
"""Blocks that say what a policy becomes, by the words after this one."""


@frozen
class Block:
    """One block: the word after the fence and those after it, and the text inside.

    `before` is what the block goes on from, `modules` are the files that it may import.
    """

    page: str
    line: int
    language: str
    words: tuple[str, ...]
    text: str
    before: str = ""
    modules: tuple[tuple[str, str], ...] = ()

    @property
    def path(self) -> str | None:
        """The file that the block is, or adds to; None if it is none."""
        return self.words[0] if self.words and self.language != MADE else None

    @property
    def source(self) -> bytes:
        """The block as a file: characters that a page can only name are themselves again."""
        text = _NAMED_CHARACTER.sub(lambda match: chr(int(match[1], 16)), self.before + self.text)
        return text.encode("utf-8", "surrogateescape")


def pages() -> list[Path]:
    """Every page of the documentation."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def blocks(page: str, text: str) -> list[Block]:
    """The blocks of a page in their order."""
    found = [_block(page, text, match) for match in FENCED.finditer(text)]
    modules = tuple((one.words[0], one.text) for one in found if one.language == MODULE)
    first = next((one.text for one in found if one.language == WHOLE), "")
    files: dict[str, str] = {}
    made = []
    for one in found:
        before = first if one.language == MORE else ""
        if one.path is not None:
            before = files.get(one.path, "") if one.language == ADD else ""
            files[one.path] = before + one.text
        made.append(evolve(one, before=before, modules=modules))
    return made


def _block(page: str, text: str, match: re.Match[str]) -> Block:
    language, *words = match[1].split() or [""]
    return Block(page, text.count("\n", 0, match.start()) + 1, language, tuple(words), match[2])


def compiled(block: Block) -> Compilation:
    """What the policy of a block comes to. It is compiled once, wherever it stands.

    The policies of a page go on from a common start, so that none of them uses all that this imports.
    """
    made = _compiled(block.source, block.modules)
    if block.language not in SHOWN:
        return made
    return evolve(made, diagnostics=tuple(one for one in made.diagnostics if one.code is not UNUSED_IMPORT))


@cache
def _compiled(source: bytes, modules: tuple[tuple[str, str], ...]) -> Compilation:
    with TemporaryDirectory() as folder:
        for name, text in modules:
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        path = Path(folder, "shown.policy")
        path.write_bytes(source)
        return compile_path(path, root=Path(folder))
