"""The grammar's LALR tables as JSON: loading them takes a sixth of the time that making them takes.

The wheel carries them (hatch_build.py writes them). They are used only if they were made of the same grammar
and words by the same version of Lark; otherwise the parser is made anew. JSON cannot run code, as Lark's own
pickled cache could.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import copy
from hashlib import sha256
from typing import Any, Final

import lark
from lark import Lark
from lark.grammar import Rule
from lark.lexer import TerminalDef

from policyc.resources import resource
from policyc.syntax.grammar import CALLBACKS, PATTERNS, grammar_text, make_parser
from policyc.syntax.layout import Layout

STORED: Final = "grammar.json"
_OURS: Final = ("postlex", "edit_terminals", "lexer_callbacks", "tree_class", "transformer", "_plugins")
"""Options that are objects of this process; they are given anew."""

Json = Any


def fingerprint() -> str:
    """What the tables depend on: Lark's version, the grammar, and the words put into it."""
    parts = [lark.__version__, grammar_text(), json.dumps(PATTERNS, sort_keys=True)]
    return sha256("\0".join(parts).encode()).hexdigest()


def stored_tables() -> str:
    """The tables as the text of a JSON file."""
    data, memo = make_parser().memo_serialize([TerminalDef, Rule])
    data["options"] = {name: value for name, value in data["options"].items() if name not in _OURS}
    return json.dumps({"fingerprint": fingerprint(), "data": data, "memo": memo}, sort_keys=True, separators=(",", ":"))


def load_parser() -> Lark:
    """A parser from stored tables if they fit, else one made of the grammar."""
    return _stored_parser() or make_parser()


def _stored_parser() -> Lark | None:
    path = resource("built") / STORED
    if path.is_file():
        stored = json.loads(path.read_text(encoding="utf-8"), object_hook=_numbered)
        if stored.get("fingerprint") == fingerprint():
            # The parsers that Lark generates load their tables in this way.
            load: Callable[..., Lark] = Lark._load_from_dict  # noqa: SLF001
            return load(stored["data"], stored["memo"], postlex=Layout(), lexer_callbacks=CALLBACKS)
    return None


class SharedLexer:
    """One lexer for all contexts in which clauses may follow, as the patterns of each are compiled at every start.

    These contexts differ in what may stand before the clauses go on (a comma, a unit, `and`), and none of that starts a
    clause, so that a sound sentence has the same tokens. Where a sentence is not sound, `leave` gives each context
    its own lexer again, which knows exactly what could have stood there.
    """

    def __init__(self, parser: Lark) -> None:
        """Share from now on."""
        # Lark's types do not say that a parser has one; this one has, with Layout around it.
        self._contextual: Any = parser.parser.lexer.lexer
        self._own: dict[int, Any] = self._contextual.lexers
        alike = {state: lexer for state, lexer in self._own.items() if _is_amid_clauses(lexer)}
        lexers = list(dict.fromkeys(alike.values()))
        shared = copy(lexers[0])
        terminals = {one.name: one for lexer in lexers for one in lexer.terminals}
        shared.terminals = sorted(terminals.values(), key=_precedence)
        shared.newline_types = frozenset[str]().union(*(lexer.newline_types for lexer in lexers))
        self._contextual.lexers = self._own | dict.fromkeys(alike, shared)

    def leave(self) -> None:
        """Share no longer."""
        self._contextual.lexers = self._own


def _is_amid_clauses(lexer: Any) -> bool:  # noqa: ANN401 - one of Lark's lexers
    names = {one.name for one in lexer.terminals}
    return "WORD" in names and names.isdisjoint({"KIND", "MOOD", "NAME"})


def _precedence(terminal: TerminalDef) -> tuple[int, int, int, str]:
    """Lark's own order: which of several patterns that fit is tried first."""
    pattern = terminal.pattern
    return -terminal.priority, -pattern.max_width, -len(pattern.value), terminal.name


def _numbered(value: dict[str, Json]) -> dict[Any, Json]:
    """An object of JSON with whole numbers as keys again, as Lark had them; its keys are of one sort."""
    return {int(key): part for key, part in value.items()} if next(iter(value), "").isdecimal() else value
