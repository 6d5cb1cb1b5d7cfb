"""Cases of checks: `NAME.txt` or `NAME/*.txt` for the check NAME of policyc/checks.

A file starts with the sentences that all its cases have in common. Each case has a title, sentences, and what the
check says of them: nothing, in a case that comes near a finding. The level stands there if it is not the code's.
`python -m tests.checks.cases` writes what it says anew; read it before you commit it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from attrs import frozen

from policyc import checks
from policyc.checks._view import View
from policyc.diagnostics.codes.names import UNUSED_IMPORT
from policyc.diagnostics.diagnostic import Diagnostic
from tests.policies import compile_files, said

HERE: Final = Path(__file__).parent
TITLE: Final = "=== "
SAID: Final = "! "
AT: Final = "at "


@frozen
class Case:
    """A check, a title, the sentences of the file and of the case, and what is expected."""

    path: Path
    title: str
    head: str
    text: str
    expected: tuple[str, ...]

    @property
    def check(self) -> str:
        """The name of the check."""
        return self.path.relative_to(HERE).with_suffix("").parts[0]

    @property
    def at(self) -> date | None:
        """The day as of which laws are judged: `=== title at 2026-01-31`."""
        _, _, day = self.title.rpartition(f" {AT}")
        return date.fromisoformat(day) if day[:1].isdigit() and len(day) == len("2026-01-31") else None

    def found(self) -> tuple[str, ...]:
        """What the check says, a line each, sorted by place."""
        with TemporaryDirectory() as folder:
            compilation = compile_files(Path(folder), {"a.policy": self.head + self.text})
        problems = [said(one) for one in compilation.diagnostics if one.code is not UNUSED_IMPORT]
        assert problems == [], self.title
        assert compilation.policy is not None
        found = checks.load(self.check).check(View(compilation.policy, self.at))
        lines = self.head.count("\n")
        return tuple(_told(one, lines) for one in sorted(found, key=lambda one: one.order))


def _told(found: Diagnostic, before: int) -> str:
    witness = f" | {found.witness}" if found.witness else ""
    level = "" if found.level is found.code.level else f"{found.level.value} "
    return f"{SAID}{level}{said(found, before=before)}{witness}"


def cases() -> Iterator[Case]:
    """All cases, by file."""
    for path in sorted(HERE.rglob("*.txt")):
        head, *texts = f"\n{path.read_text(encoding='utf-8')}".split(f"\n{TITLE}")
        for text in texts:
            title, _, rest = text.partition("\n")
            lines = rest.splitlines()
            sentences = [line for line in lines if not line.startswith(SAID)]
            expected = tuple(line for line in lines if line.startswith(SAID))
            yield Case(path, title, head.lstrip("\n") + "\n", "\n".join(sentences).rstrip() + "\n", expected)


def write() -> None:
    """Write what the checks say into the files."""
    by_file: dict[Path, list[Case]] = {}
    for case in cases():
        by_file.setdefault(case.path, []).append(case)
    for path, found in by_file.items():
        parts = [found[0].head.rstrip("\n")]
        parts += ["\n".join([TITLE + case.title, case.text.rstrip("\n"), *case.found()]) for case in found]
        path.write_text("\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
