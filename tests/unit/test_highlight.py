"""What Pygments' lexer makes of policies: the kinds of words that the parser sees, and all of the text."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.token import Error, Name, Operator, _TokenType

from policyc.highlight import PolicyLexer
from policyc.syntax.lark_parser import make_parser

ROOT: Final = Path(__file__).resolve().parents[2]
POLICIES: Final = sorted(
    path for folder in ("examples", "stdlib", "tests") for path in (ROOT / folder).rglob("*.policy")
)
SOUND: Final = [path for path in POLICIES if "bad" not in path.parts]

SHOWN: Final = '''\
language 1
import phone, email as address from std.data.contact # where it is
party shop "The Shop" de: "Der Laden"
calls: never share any phone with shop, email by sale when paid and (age below 18 or asked)
so far may keep only other of phone at most 30 days
    hole recipient "friends", reason "none" text """Two
    lines."""
    see section "Us", document "You" basis sale
'''
MADE: Final = '''\
Keyword.Namespace language
Number.Integer 1
Keyword.Namespace import
Name phone
Punctuation ,
Name email
Keyword.Namespace as
Name address
Keyword.Namespace from
Name.Namespace std.data.contact
Comment.Single # where it is
Keyword.Declaration party
Name.Class shop
String "The Shop"
Name.Attribute de:
String "Der Laden"
Name.Label calls:
Keyword never
Name.Function share
Keyword.Pseudo any
Name phone
Operator.Word with
Name shop
Punctuation ,
Name email
Operator.Word by
Name.Constant sale
Operator.Word when
Name paid
Operator.Word and
Punctuation (
Name age
Keyword.Type below
Number.Integer 18
Operator.Word or
Name asked
Punctuation )
Keyword.Pseudo so far
Keyword may
Name.Function keep
Keyword.Pseudo only
Keyword.Pseudo other of
Name phone
Keyword.Type at most
Number.Integer 30
Keyword.Type days
Keyword.Pseudo hole
Name.Constant recipient
String "friends"
Punctuation ,
Name.Constant reason
String "none"
Operator.Word text
String """Two
    lines."""
Operator.Word see
Name.Constant section
String "Us"
Punctuation ,
Name.Constant document
String "You"
Operator.Word basis
Name sale
'''


def lexed(text: str) -> list[tuple[int, _TokenType, str]]:
    return list(PolicyLexer().get_tokens_unprocessed(text))


def test_it_colours_a_policy() -> None:
    kinds = [(str(kind).removeprefix("Token.").removeprefix("Literal."), text) for _, kind, text in lexed(SHOWN)]
    assert "".join(f"{kind} {text}\n" for kind, text in kinds if text.strip()) == MADE


@pytest.mark.parametrize("path", SOUND, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_policy_has_no_errors(path: Path) -> None:
    assert [text for _, kind, text in lexed(path.read_text(encoding="utf-8")) if kind is Error] == []


def test_it_sees_the_words_that_the_parser_sees() -> None:
    """Each terminal of the grammar has one colour in all policies, but for those that tables tell apart later."""
    parser = make_parser()
    kinds: defaultdict[str, set[_TokenType]] = defaultdict(set)
    for path in SOUND:
        text = path.read_text(encoding="utf-8")
        at = {start + offset: kind for start, kind, part in lexed(text) for offset in range(len(part))}
        for token in parser.parse_interactive(text, start="document").exhaust_lexer():
            assert token.start_pos is not None
            kinds[token.type] |= {at[token.start_pos + offset] for offset in range(len(token.strip()))}
    assert len(kinds) > 30
    assert kinds.pop("NAME") == {Name, Name.Class, Name.Constant, Name.Function}
    # Right after a verb of a rule, a key that no name follows is a name.
    assert kinds.pop("WORD") == {Operator.Word, Name}
    assert kinds.pop("LABEL") == {Name.Label, Name.Attribute}
    assert {terminal: found for terminal, found in kinds.items() if len(found) > 1} == {}
    assert [kinds[terminal] for terminal in ("PREPOSITION", "FLAG", "GUARD")] == [{Operator.Word}] * 3


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: str(path.relative_to(ROOT)))
def test_it_loses_no_character(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    assert "".join(part for _, _, part in lexed(text)) == text


@given(st.lists(st.sampled_from([*SHOWN.split(), '"', '"""', "{", "\n", " ", "\\", "§"])).map(" ".join) | st.text())
def test_it_loses_no_character_of_nonsense(text: str) -> None:
    assert "".join(part for _, _, part in lexed(text)) == text


def test_pygments_finds_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ((name, value),) = project["entry-points"]["pygments.lexers"].items()
    assert EntryPoint(name, value, "pygments.lexers").load() is PolicyLexer
    assert not any("pygments" in one.lower() for one in project["dependencies"])
