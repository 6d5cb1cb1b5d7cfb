"""Makes the parts of the documentation that the code knows.

These are tables of the language, the rules of the grammar, the sentences that examples become, the pages of the
library and of each code. Run `make docs` after a change of any of them; a test says when it has been forgotten.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from docs import codes, grammar, library, sentences
from docs.blocks import FENCED, ROOT, pages
from policyc.language.clauses import CLAUSES, COMMON, DECLARED, HOLES, Clause, Form, rows_of
from policyc.language.kinds import KINDS
from policyc.language.tongues import LANGUAGES
from policyc.language.verbs import VERBS, Verb
from policyc.language.words import MODALITIES, MOODS, QUANTIFIERS, UNITS
from policyc.syntax.grammar import RESERVED

HERE: Final = ROOT / "docs"
REFERENCE: Final = HERE / "language"
CODES: Final = HERE / "checks"
LIBRARY: Final = HERE / "library"
_MARKED: Final = re.compile(r"(<!-- table: (\w+)((?: \w+)*) -->\n).*?(<!-- end -->)", re.DOTALL)
_HEADING: Final = re.compile(r"^#+ (.*`.*)$", re.MULTILINE)
_CODED: Final = re.compile(r"`([a-z_ ]+)`")
_LONG: Final = 20
"""More words than this are listed in a place of their own."""
_FEW: Final = 4
"""Fewer than this are told as exceptions."""


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _code(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _keys(fields: frozenset[str]) -> list[str]:
    return list(dict.fromkeys(row.key or "a period" for row in CLAUSES if row.field in fields))


def _list(fields: frozenset[str]) -> str:
    return ", ".join("a period" if key == "a period" else f"`{key}`" for key in _keys(fields))


# --- words -----------------------------------------------------------------------------------


def modalities() -> str:
    """What each modality means."""
    return _table(("word", "means"), [(f"`{row.word}`", row.means) for row in MODALITIES.values()])


def moods() -> str:
    """What each mood means."""
    return _table(("words", "tell"), [(f"`{word}`", means) for word, means in MOODS.items()])


def holes() -> str:
    """Every noun that can stand after `hole`."""
    return _code(sorted(HOLES)) + "\n"


def units() -> str:
    """The units of time."""
    return _code(UNITS) + "\n"


def reserved() -> str:
    """The words that no name may be."""
    return _code(sorted(RESERVED)) + "\n"


def languages() -> str:
    """The codes of languages."""
    return ", ".join(f"`{code}` {name}" for code, name in LANGUAGES.items()) + "\n"


# --- verbs, kinds, clauses -------------------------------------------------------------------

_DECIDED: Final = [row for row in VERBS.values() if row.decided]
_SHARED: Final = frozenset.intersection(*(row.takes for row in _DECIDED))


def _about(row: Verb) -> str:
    return _code(row.words) or " or ".join(KINDS[kind].plural for kind in row.kinds) or "a text in quotes"


def verbs() -> str:
    """The verbs, what they are about, and what they decide."""
    rows = [
        (
            f"[`{row.name}`]({_page_of(row.name)})",
            _about(row),
            "yes" if row.decided else "",
            ", ".join(row.essential),
            _code(row.entails),
        )
        for row in VERBS.values()
    ]
    return _table(("verb", "about", "decided", "essential", "entails"), rows)


def shared() -> str:
    """What all decided verbs take."""
    return _list(_SHARED) + "\n"


def common() -> str:
    """What all statements take."""
    return _list(COMMON) + "\n"


def declared() -> str:
    """What all declarations take."""
    return _list(DECLARED) + "\n"


def graph() -> str:
    """What all declarations but the policy's take besides."""
    return _list(_SHARED_BY_TERMS) + "\n"


def verb(name: str) -> str:
    """What one verb is about, and the clauses that it takes beside those that others take too."""
    row = VERBS[name]
    told = [f"**About** {_about(row)}."]
    if row.takes > _SHARED:
        told.append(f"**Takes** what [all acts take](acts.md#what-all-acts-take), {_list(row.takes - _SHARED)}.")
    elif row.takes == _SHARED:
        told.append("**Takes** what [all acts take](acts.md#what-all-acts-take).")
    else:
        told.append(f"**Takes** {_list(row.takes)}.")
    if row.needs:
        told.append(f"**Needs** {_list(row.needs)}, or a hole in its place.")
    if row.decided:
        told.append(f"**Enforced** if a permission names {' and '.join(row.essential)}.")
    if row.entails:
        told.append(f"**Entails** {_code(row.entails)}.")
    return " ".join(told) + "\n"


_SHARED_BY_TERMS: Final = frozenset.intersection(*(row.takes for row in KINDS.values() if row.name != "policy"))


def kinds() -> str:
    """The kinds, and how their labels read."""
    rows = [(f"[`{row.name}`]({_page_of(row.name)})", row.plural, f"“{row.reads}”") for row in KINDS.values()]
    return _table(("kind", "declares", "its label completes"), rows)


def kind(name: str) -> str:
    """How the label of one kind reads, and the clauses that it takes beside those that all take."""
    row = KINDS[name]
    own = row.takes - _SHARED_BY_TERMS
    told = [f"**Label** “{row.reads}”"]
    if own:
        told.append(f"**Takes** {_list(own)}.")
    if row.needs:
        told.append(f"**Needs** {_list(row.needs)}, or a hole in its place.")
    return " ".join(told) + "\n"


def clause(key: str) -> str:
    """What a key takes, and where it stands; for a key with several meanings, each of them."""
    rows = rows_of("" if key == "period" else key.replace("subject_to", "subject to"))
    if not rows:
        raise KeyError(key)
    return "".join(f"- {_meaning(row)}\n" for row in rows)


def _meaning(row: Clause) -> str:
    told = [f"Takes {_takes(row)}."]
    if row.attaches:
        told.append("Stands after a list of names, in statements and declarations.")
        return " ".join(told)
    with_verbs = [one.name for one in VERBS.values() if row.field in one.fields]
    with_kinds = [one.name for one in KINDS.values() if row.field in one.fields]
    if with_verbs:
        told.append(f"With {_some(with_verbs, VERBS, 'verbs')}.")
    if with_kinds:
        told.append(f"In declarations of {_some(with_kinds, KINDS, 'kinds')}.")
    if row.hole:
        told.append(f"Missing: `hole {row.hole}`.")
    return " ".join(told)


def _some(names: list[str], everything: Iterable[str], plural: str) -> str:
    """The names in words: "all verbs", "all kinds but `policy`"."""
    others = [name for name in everything if name not in names]
    if len(others) < _FEW:
        return f"all {plural}" + (f" but {' and '.join(f'`{name}`' for name in others)}" if others else "")
    acts = [row.name for row in _DECIDED]
    if set(acts) <= set(names):
        more = [name for name in names if name not in acts]
        return "all acts" + (f", {_code(more)}" if more else "")
    return _code(names)


def _takes(row: Clause) -> str:
    if row.form is not Form.NAMES or not row.words or len(row.words) > _LONG:
        return row.takes
    return f"{row.takes}: {_code(row.words)}"


def clauses() -> str:
    """The clauses, what they take, and the noun that `hole` uses for each."""
    rows = [
        (f"`{row.key}`" if row.key else "(none)", _takes(row), f"`{row.field}`", f"`{row.hole}`" if row.hole else "")
        for row in CLAUSES
    ]
    return _table(("key", "takes", "field in the manifest", "as a hole"), rows)


# --- the grammar, and where things stand --------------------------------------------------------


def rules(*names: str) -> str:
    """Some rules of the grammar."""
    return grammar.shown(list(names))


def terminals() -> str:
    """What the capitals in the rules stand for."""
    return _table(("in the rules", "stands for"), [(f"`{name}`", told) for name, told in grammar.terminals()])


def vocabulary() -> dict[str, str]:
    """Each word of the language, and what it is."""
    found = {
        **dict.fromkeys((row.key for row in CLAUSES if row.key), "clause"),
        **dict.fromkeys(VERBS, "verb"),
        **dict.fromkeys(KINDS, "kind"),
        **dict.fromkeys(MODALITIES, "modality"),
        **dict.fromkeys(MOODS, "mood"),
        **dict.fromkeys(QUANTIFIERS, "quantifier"),
    }
    more = {word: "kind, clause" for word in KINDS if rows_of(word)}
    return {**found, **more}


def headings() -> dict[str, list[tuple[str, str]]]:
    """Each word that stands in a heading of the reference: the pages with their anchors, and the heading."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(REFERENCE.glob("*.md")):
        for match in _HEADING.finditer(FENCED.sub("", path.read_text(encoding="utf-8"))):
            for word in dict.fromkeys(_CODED.findall(match[1])):
                found.setdefault(word, []).append((f"{path.name}#{anchor(match[1])}", match[1]))
    return found


def anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.replace(" ", "-")


def _page_of(word: str) -> str:
    found = headings().get(word, [])
    return found[0][0] if found else ""


def index() -> str:
    """Where the reference tells of each word."""
    places = headings()
    rows = [
        (f"`{word}`", what, ", ".join(f"[{heading}]({page})" for page, heading in places.get(word, ())))
        for word, what in sorted(vocabulary().items())
    ]
    return _table(("word", "is a", "told in"), rows)


TABLES: Final[Mapping[str, Callable[..., str]]] = {
    make.__name__: make
    for make in (
        *(modalities, moods, holes, units, reserved, languages),
        *(verbs, shared, common, declared, graph, verb, kinds, kind, clause, clauses),
        *(rules, terminals, index),
    )
}


def with_tables(text: str) -> str:
    """A page with its tables made anew; KeyError for a table that nobody makes."""
    return _MARKED.sub(lambda match: f"{match[1]}{TABLES[match[2]](*match[3].split())}{match[4]}", text)


# --- pages -----------------------------------------------------------------------------------


def outputs() -> dict[Path, str]:
    """Each page of which the code knows a part, and what must stand in it."""
    made = {CODES / name: text for name, text in codes.pages().items()}
    made |= {LIBRARY / name: text for name, text in library.pages().items()}
    for path in pages():
        if path not in made:
            there = path.read_text(encoding="utf-8")
            text = sentences.remade(str(path.relative_to(ROOT)), with_tables(there))
            if text != there or _MARKED.search(text):
                made[path] = text
    return made


def main() -> int:
    """Write what is stale, and delete pages of what is gone."""
    made = outputs()
    for folder in (CODES, LIBRARY):
        folder.mkdir(exist_ok=True)
        for path in folder.glob("*.md"):
            if path not in made:
                path.unlink()
    for path, text in made.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
