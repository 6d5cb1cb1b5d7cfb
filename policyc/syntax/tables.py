"""The grammar's LALR tables as JSON: loading them takes a sixth of the time that making them takes.

The wheel carries them (hatch_build.py writes them). They are used only if they were made of the same grammar
and words by the same version of Lark; otherwise the parser is made anew. JSON cannot run code, as Lark's own
pickled cache could.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final

import lark
from lark import Lark
from lark.grammar import Rule
from lark.lexer import TerminalDef

from policyc.resources import resource
from policyc.syntax.grammar import PATTERNS, grammar_text
from policyc.syntax.lark_parser import CALLBACKS, LarkLayout, make_parser

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
            return load(stored["data"], stored["memo"], postlex=LarkLayout(), lexer_callbacks=CALLBACKS)
    return None


def _numbered(value: dict[str, Json]) -> dict[Any, Json]:
    """An object of JSON with whole numbers as keys again, as Lark had them; its keys are of one sort."""
    return {int(key): part for key, part in value.items()} if next(iter(value), "").isdecimal() else value
