"""The accounts of what is found in real policies: `examples/*/findings.md`. Their counts are made of their rows.

`python -m tests.examples.accounts` writes the counts anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from attrs import frozen

from policyc.diagnostics.code import Level
from policyc.pipeline import Compilation, check, compile_path
from tests.policies import SEEDS

START: Final = "<!-- counted -->\n"
END: Final = "<!-- /counted -->\n"

_ROW: Final = re.compile(r"^\| *\d+[a-z]? *\|")
_CODE: Final = re.compile(r"PC\d{3}")
_SIGNS: Final = frozenset({"PC701", "PC702", "PC703", "PC705"})
"""Codes that list what the file marks as weak, open, missing or in part."""

_KINDS: Final = {
    "in part": ("in part",),
    "not found, but could be": ("none", "not yet"),
    "no check can find": ("no ", "no:", "no."),
}
"""What a row says in its last column, by how that starts; all else is found."""

_COLUMNS: Final = ("found", *_KINDS)


@frozen
class Row:
    """A defect: the heading that it stands below, and by what it is found."""

    section: str
    by: str

    @property
    def kind(self) -> str:
        """How much of it is found."""
        said = self.by.lower() + " "
        return next((kind for kind, starts in _KINDS.items() if said.startswith(starts)), "found")


def rows(text: str) -> Sequence[Row]:
    """All defects of an account."""
    found: list[Row] = []
    section = ""
    for line in text.splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ")
        elif _ROW.match(line):
            found.append(Row(section, line.rstrip().removesuffix("|").rpartition("|")[2].strip()))
    return found


def counted(path: Path) -> str:
    """The counts of an account, as Markdown: of findings, and of defects by kind and heading."""
    found = rows(path.with_name("findings.md").read_text("utf-8"))
    kinds = Counter(row.kind for row in found)
    sections = list(dict.fromkeys(row.section for row in found))
    marked = sum(row.kind == "found" and set(_CODE.findall(row.by)) <= _SIGNS for row in found)
    table = [("kind", "defects", *_COLUMNS), ("---",) * (2 + len(_COLUMNS))]
    for section in sections:
        here = Counter(row.kind for row in found if row.section == section)
        table.append((section, str(here.total()), *(str(here[kind]) for kind in _COLUMNS)))
    table.append(("all", str(kinds.total()), *(str(kinds[kind]) for kind in _COLUMNS)))
    lines = [
        f"`published.policy` has {_findings(path)}.",
        f"`repaired.policy` has {_findings(path.with_name('repaired.policy'))}.",
        "",
        f"Of {kinds.total()} defects, {kinds['found']} are found: {marked} because the file marks what the text leaves",
        "out, garbles or weakens (`hole`, `hedge`, `some`, an open list), and a check lists what is marked; the other",
        f"{kinds['found'] - marked} because a check compares statements, or knows what a policy needs.",
        "",
        *(f"| {' | '.join(cells)} |" for cells in table),
    ]
    return "\n".join(lines) + "\n"


def _findings(path: Path) -> str:
    compilation = checked(path)
    levels = Counter(one.level for one in compilation.diagnostics)
    nouns = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "hint"}
    said = [f"{levels[level] or 'no'} {noun}{'' if levels[level] == 1 else 's'}" for level, noun in nouns.items()]
    accepted = f", and accepts {len(compilation.accepted)}" if compilation.accepted else ""
    return f"{said[0]}, {said[1]} and {said[2]}{accepted}"


@cache
def checked(path: Path) -> Compilation:
    """What a policy came to."""
    return check(compile_path(path))


def main() -> None:
    """Write all counts anew."""
    for path in SEEDS:
        account = path.with_name("findings.md")
        before, _, rest = account.read_text("utf-8").partition(START)
        account.write_text(f"{before}{START}{counted(path)}{END}{rest.partition(END)[2]}", "utf-8")


if __name__ == "__main__":
    main()
