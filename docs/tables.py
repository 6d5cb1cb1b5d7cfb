"""Makes the parts of the documentation that the code knows: tables of the language, and a page for each code.

Run `make docs` after a change of the tables or the codes; a test says when it has been forgotten.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from policyc.diagnostics import codes
from policyc.diagnostics.code import Code
from policyc.language.clauses import CLAUSES, HOLES, Form
from policyc.language.kinds import KINDS
from policyc.language.verbs import VERBS
from policyc.language.words import MODALITIES, UNITS

HERE = Path(__file__).resolve().parent
REFERENCE = HERE / "language.md"
PAGES = HERE / "checks"
_MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _code(words: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def modalities() -> str:
    """What each modality means."""
    return _table(("word", "means"), [(f"`{row.word}`", row.means) for row in MODALITIES.values()])


def kinds() -> str:
    """The kinds, how their labels read, and the clauses that they take."""
    rows = [
        (f"`{row.name}`", f"“{row.reads}”", _code(_keys(row.fields)), _code(_keys(row.needs))) for row in KINDS.values()
    ]
    return _table(("kind", "its label completes", "takes", "needs"), rows)


def verbs() -> str:
    """The verbs, what they are about, and the clauses that they take beside those that all take."""
    rows = []
    for row in VERBS.values():
        about = _code(row.words) or " or ".join(KINDS[kind].plural for kind in row.kinds) or "a text in quotes"
        rows.append(
            (
                f"`{row.name}`",
                about,
                _code(_keys(row.takes)),
                "yes" if row.decided else "",
                ", ".join(row.essential),
                _code(row.entails),
            )
        )
    return _table(("verb", "about", "takes", "decided", "essential", "entails"), rows)


def clauses() -> str:
    """The clauses, what they take, and the noun that `hole` uses for each."""
    rows = []
    for row in CLAUSES:
        takes = f"{row.takes}: {_code(row.words)}" if row.words and row.form is Form.NAMES else row.takes
        rows.append(
            (f"`{row.key}`" if row.key else "(none)", takes, f"`{row.field}`", f"`{row.hole}`" if row.hole else "")
        )
    return _table(("key", "takes", "field in the manifest", "as a hole"), rows)


def holes() -> str:
    """Every noun that can stand after `hole`."""
    return _code(sorted(HOLES)) + "\n"


def units() -> str:
    """The units of time."""
    return _code(tuple(UNITS)) + "\n"


def _keys(fields: frozenset[str]) -> list[str]:
    return list(dict.fromkeys(row.key or "a period" for row in CLAUSES if row.field in fields))


TABLES = {make.__name__: make for make in (modalities, kinds, verbs, clauses, holes, units)}


def reference(text: str) -> str:
    """The language reference with its tables made anew; KeyError for a table that nobody makes."""
    return _MARKED.sub(lambda match: f"{match[1]}{TABLES[match[2]]()}{match[3]}", text)


def all_codes() -> list[Code]:
    """Every code, by number."""
    modules = [import_module(f"{codes.__name__}.{found.name}") for found in iter_modules(codes.__path__)]
    found = {value.number: value for module in modules for value in vars(module).values() if isinstance(value, Code)}
    return [found[number] for number in sorted(found)]


def page(code: Code) -> str:
    """The page of a code: what, why, and a failing and a mended policy."""
    parts = [f"# {code.number} {code.name}", code.what, code.why]
    if code.bad:
        parts += ["This is reported:", f"```policy-with-{code.number}\n{_shown(code.bad)}```"]
        parts += ["This is not:", f"```policy-fragment\n{code.good}```"]
    parts.append(f"The level is {code.level.value}. `policyc explain {code.number}` prints this page.")
    return "\n\n".join(parts) + "\n"


def _shown(text: str) -> str:
    """A policy as a page can show it: hidden characters and broken bytes by their names."""
    return "".join(letter if letter.isprintable() or letter in "\n\t" else f"<U+{ord(letter):04X}>" for letter in text)


def outputs() -> dict[Path, str]:
    """Each made file, and what must stand in it."""
    made = {PAGES / f"{code.number}.md": page(code) for code in all_codes()}
    return {REFERENCE: reference(REFERENCE.read_text(encoding="utf-8")), **made}


def main() -> int:
    """Write what is stale, and delete pages of codes that are gone."""
    made = outputs()
    PAGES.mkdir(exist_ok=True)
    for path in PAGES.glob("*.md"):
        if path not in made:
            path.unlink()
    for path, text in made.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
