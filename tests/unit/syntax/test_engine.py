"""The engine reads as Lark does, and a fault in its tables shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from docs.blocks import blocks, pages
from policyc.syntax import engine as module
from policyc.syntax import engine_tables, lark_parser
from policyc.syntax.engine import Engine
from policyc.syntax.grammar import LONGEST_NAME, PATTERNS
from policyc.syntax.parser import Parser
from tests.policies import ROOT, SEEDS
from tests.readers import Reading, as_lark_reads, by_engine, tables

FILES = sorted(path for folder in ("examples", "stdlib", "tests") for path in (ROOT / folder).rglob("*.policy"))

SOUND = [
    "",
    "\n\n  # nothing\n",
    'language 1 # a comment\n\n  # one more\nsee section "s" hole period, x hole list "s", t "u"',
    "a: law  says must share only some  of d excluding f with other  of q by sale when g and since e above 2 days\n",
    "may keep d subject  to r at  most 030 days 1 to 2 weeks at  once open  # a comment\n",
    "deny keep d, other of e unless (g or (h below 16 and i above 2 hours))\n",
    "later: never use then, law, so, d2_ except x\n",
    f"may use {'x' * LONGEST_NAME}\n",
    "import then as law, so from std.at.then.may\nimport a from may\n",
    'rule r "R" if some collect of children or no collect then every collect of a has basis and at least 2 purpose\n',
    "rule s no use has for x or through y\nrule t if some use then x\n  then no use\n",
    "rule v no purpose\nrule w every page has tracker and contains and at most 3 days\n",
    "rule x no use tracker\nrule y no use text x\n",
    "rule t every law says must share that has with q has some keep of d\n",
    "rule u every use has 3 days or for x\n",
    'policy p updated 2026-01-31 valid 3 to 2 days\n    text """a\n    b \\q""" de: "c", "é" updated 2026-02-30\n',
    '  x: text "t" {\n    in a {\n\n    }  # a comment\n  }\n  may use a 99999999999999999999 days\n',
]
"""What is spelt as few policies are."""

REFUSED = [
    "may use for",
    "may use a:",
    "for: may use a",
    f"may use x{'x' * LONGEST_NAME}",
    "may use aB",
    "may use é",
    "may use a  at\n  most 3 days",
    "may use a 3days",
    "may use a }",
    "in a {",
    "in a {\n",
    "in a {\nmay use b\n}",
    'text """\nb"""',
    "may use a # é\n  \x0b",
    f"may use a when {'(' * 41}b{')' * 41}",
    "rule r then some use",
    "rule r no purpose, a",
]


def texts_of_pages() -> Iterator[str]:
    for page in pages():
        for block in blocks(str(page.relative_to(ROOT)), page.read_text(encoding="utf-8")):
            if block.language.startswith("policy"):
                yield block.source.decode(errors="replace")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_read_as_lark_reads_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="replace")
    assert by_engine(text) == as_lark_reads(text)


def test_what_the_documentation_shows_is_read_as_lark_reads_it() -> None:
    found = [(by_engine(text), as_lark_reads(text)) for text in texts_of_pages()]
    assert sum(lark is not None for _, lark in found) > 150
    assert [ours for ours, _ in found] == [lark for _, lark in found]


@pytest.mark.parametrize("text", SOUND)
def test_what_is_spelt_unusually_is_read_as_lark_reads_it(text: str) -> None:
    assert by_engine(text) == as_lark_reads(text) is not None


@pytest.mark.parametrize("text", REFUSED)
def test_what_lark_refuses_is_refused(text: str) -> None:
    assert by_engine(text) is as_lark_reads(text) is None


def test_two_words_that_are_no_pair_here_are_left_to_lark() -> None:
    text = "may use later on web\n"
    assert by_engine(text) is None
    assert as_lark_reads(text) is not None


# --- faults ----------------------------------------------------------------------------------

Fault = Callable[[dict[str, Any], Random], None]


@cache
def corpus() -> list[tuple[str, Reading]]:
    """Texts in which all that the grammar has occurs, and how Lark reads them; the short ones first."""
    files = [*SEEDS, *(ROOT / "tests" / "conformance").glob("*/good/*.policy")]
    texts = [*SOUND, *REFUSED, *(path.read_text(encoding="utf-8") for path in files)]
    return [(text, as_lark_reads(text)) for text in sorted(texts, key=len)]


def is_noticed(made: dict[str, Any]) -> bool:
    """Whether some text is read otherwise by these tables, or makes the engine fail."""
    try:
        reader = Engine(made)
        return any(by_engine(text, reader) != reading for text, reading in corpus())
    except Exception:  # noqa: BLE001 - whatever it is, it is noticed
        return True


def change_a_sort(made: dict[str, Any], random: Random) -> None:
    """The other order of what words of a sort may be."""
    sort = random.choice(["KIND", "FLAG", "WORD"])
    for names in made["words"].values():
        if names and names[0] == sort:
            names.reverse()


def forget_a_word(made: dict[str, Any], random: Random) -> None:
    """A word that is a name like any other."""
    known = [word for word, names in made["words"].items() if names and names[0] in {"MODALITY", "GUARD", "_AND"}]
    del made["words"][random.choice(known)]


def allow_a_word(made: dict[str, Any], random: Random) -> None:
    """A reserved word that may be called for."""
    word = random.choice(["for", "for:"])
    made["words"][word] = [*made["words"][word], "LABEL" if ":" in word else "NAME"]


def exchange_what_is_unknown(made: dict[str, Any], random: Random) -> None:
    """Names and labels in each other's place."""
    del random
    made["unknown"].reverse()


def not_look_ahead(made: dict[str, Any], random: Random) -> None:
    """`then` whatever follows."""
    del random
    made["looking"] = {}


def keep_no_tokens(made: dict[str, Any], random: Random) -> None:
    """The tokens of a terminal as if nobody needed them."""
    made["kept"].remove(random.choice(["NAME", "STRING", "KIND", "MODALITY", "RBRACE", "LABEL", "NUMBER"]))


def exchange_signs(made: dict[str, Any], random: Random) -> None:
    """Two neighbouring terminals in each other's place."""
    names = made["groups"]
    place = random.randrange(len(names) - 1)
    names[place : place + 2] = reversed(names[place : place + 2])


def lose_a_gap(made: dict[str, Any], random: Random) -> None:
    """A part that is left out and leaves no None."""
    with_gaps = [rule for rule in made["rules"] if rule[3] and rule[0] == "names" and any(one[2] for one in rule[3][0])]
    for one in random.choice(with_gaps)[3][0]:
        one[2] = 0


def keep_a_list(made: dict[str, Any], random: Random) -> None:
    """A list of parts as one part."""
    with_lists = [
        rule for rule in made["rules"] if rule[2] == "statement" and rule[3] and any(one[1] for one in rule[3][0])
    ]
    for one in random.choice(with_lists)[3][0]:
        one[1] = False


def lose_an_alias(made: dict[str, Any], random: Random) -> None:
    """A rule that is made as its neighbour is."""
    named = [rule for rule in made["rules"] if rule[2] in {"day", "flag", "fact", "since", "at_once", "hole"}]
    random.choice(named)[2] = "text"


def miscount(made: dict[str, Any], random: Random) -> None:
    """A rule that takes a symbol less."""
    random.choice([rule for rule in made["rules"] if rule[2] in {"name", "keyed", "texts", "names"}])[1] -= 1


def go_astray(made: dict[str, Any], random: Random) -> None:
    """States that lead on to another one after a modality."""
    astray = random.randrange(len(made["states"]))
    for row in made["states"]:
        if row.get("MODALITY", -1) >= 0:
            row["MODALITY"] = astray


def refuse(made: dict[str, Any], random: Random) -> None:
    """A word that cannot start what it starts."""
    for row in made["states"]:
        if random.choice(["KIND", "RULE"]) in row and "$END" in row:
            row.pop("KIND", None)
            row.pop("RULE", None)


FAULTS = [
    change_a_sort,
    forget_a_word,
    allow_a_word,
    exchange_what_is_unknown,
    not_look_ahead,
    keep_no_tokens,
    exchange_signs,
    lose_a_gap,
    keep_a_list,
    lose_an_alias,
    miscount,
    go_astray,
    refuse,
]


def test_tables_without_a_fault_read_all() -> None:
    assert not is_noticed(tables())


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_noticed(fault: Fault, seed: int) -> None:
    made = tables()
    fault(made, Random(seed))  # noqa: S311 - it draws faults
    assert made != tables()
    assert is_noticed(made)


# --- grammars and wheels -----------------------------------------------------------------------


def test_another_grammar_is_not_run_by_the_stored_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "resource", lambda _: tmp_path)
    assert module.stored_engine() is None
    (tmp_path / module.STORED).write_text(engine_tables.stored_text(), encoding="utf-8")
    assert module.stored_engine() is not None
    assert "_by_lark" not in vars(Parser())
    monkeypatch.setattr(module, "PATTERNS", {**PATTERNS, "KIND": "kind"})
    assert module.stored_engine() is None
    assert "_by_lark" in vars(Parser())


@pytest.mark.parametrize(
    ("terminal", "pattern", "message"),
    [
        ("KIND", "(?:party|law)", "KIND ends within a word"),
        ("MOOD", "(?:[a-z]|[0-9])x", "must not start alike"),
        ("KIND", "[ ]*x", "must not start alike"),
    ],
)
def test_a_grammar_that_the_engine_cannot_run_is_refused(
    terminal: str, pattern: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PATTERNS, terminal, pattern)
    with pytest.raises(ValueError, match=message):
        engine_tables.engine_tables(lark_parser.make_parser())
