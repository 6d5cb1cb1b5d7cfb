"""Reads sound texts: runs the tables that Lark made of the grammar, and builds nodes without a tree between.

Lark does the same in four times the time, and takes long to load. What the engine cannot read it leaves to Lark, which
says what is wrong. So it may give up where Lark would go on, and must never go on where Lark would not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any, Final

from policyc.resources import resource
from policyc.syntax.from_tree import Parts, ToNodes
from policyc.syntax.grammar import LONGEST_NAME, PATTERNS, grammar_text
from policyc.syntax.layout import CLOSE, END, NEWLINE, Layout, LayoutError
from policyc.syntax.tokens import Token

STORED: Final = "engine.json"

_END_OF_TEXT: Final = "$END"
_LAID_OUT: Final = (NEWLINE, CLOSE, _END_OF_TEXT)
"""What is no part of a sentence."""

_NOTHING: Final = "?"
"""A terminal that fits nowhere, for what is no token."""

_WORD: Final = 2
"""Group of the pattern of tokens for words. That before it is for two words read as one, those after it for signs."""

Json = Any
_Make = Callable[[Parts], Any]


class _Unread(Exception):  # noqa: N818 - no error: Lark goes on
    """Nothing fits here."""


def fingerprint() -> str:
    """What the tables depend on: the grammar, and the words put into it."""
    parts = [grammar_text(), json.dumps(PATTERNS, sort_keys=True)]
    return sha256("\0".join(parts).encode()).hexdigest()


def stored_engine() -> Engine | None:
    """The engine of the tables in the wheel; None if there are none, or they are of another grammar."""
    path = resource("built") / STORED
    if path.is_file():
        tables = json.loads(path.read_text(encoding="utf-8"))
        if tables.get("fingerprint") == fingerprint():
            return Engine(tables)
    return None


class Engine:
    """Reads any number of texts by tables from engine_tables.py."""

    def __init__(self, tables: dict[str, Json]) -> None:
        """Take the tables as they are stored."""
        self._starts: dict[str, list[int]] = tables["starts"]
        self._states: list[dict[str, int]] = tables["states"]
        """For each state, what follows a symbol: the next state, or -1 - N for "rule N ends here"."""
        self._rules: list[list[Json]] = tables["rules"]
        self._kept = frozenset(tables["kept"])
        """The terminals whose tokens become parts of nodes."""
        self._pattern = re.compile(tables["pattern"])
        self._signs = [None, None, None, *tables["groups"], _END_OF_TEXT, _NOTHING]
        """For each group of the pattern its terminal; words and pairs of words choose one."""
        self._words = _Words(tables["words"], *tables["unknown"])
        self._looking = {name: re.compile(pattern).match for name, pattern in tables["looking"].items()}
        """The terminals that want something to follow."""

    def read(self, text: str, start: str, to_nodes: ToNodes) -> Any:  # noqa: ANN401 - the node of the rule `start`
        """What a text becomes; None if it is not sound, or spelt so that only Lark can tell."""
        try:
            return self._run(text, self._starts[start], to_nodes)
        except (_Unread, LayoutError):
            return None

    def _run(self, text: str, ends: list[int], to_nodes: ToNodes) -> Any:  # noqa: ANN401
        first, last = ends
        table, rules = self._states, [_made(rule, to_nodes) for rule in self._rules]
        states, values = [first], list[Any]()
        for name, token in self._tokens(text, states):
            action = table[states[-1]].get(name)
            while action is not None and action < 0:
                size, origin, make = rules[~action]
                if make is None:  # its one part stays itself
                    states.pop()
                elif size == 1:
                    states.pop()
                    values[-1] = make(values[-1:])
                elif size:
                    value = make(values[-size:])
                    del states[-size:], values[-size:]
                    values.append(value)
                else:
                    values.append(make([]))
                states.append(table[states[-1]][origin])
                if states[-1] == last and name == _END_OF_TEXT:
                    return values[-1]
                action = table[states[-1]].get(name)
            if action is None:
                raise _Unread
            states.append(action)
            values.append(token)
        raise _Unread

    def _tokens(self, text: str, states: list[int]) -> Iterator[tuple[str, Token | None]]:
        """The terminals in order, with tokens for those that are kept. The last of `states` chooses among words."""
        table, signs, words, looking, kept = self._states, self._signs, self._words, self._looking, self._kept
        layout = Layout(_first_column(self._pattern.match(text)))
        for found in self._pattern.finditer(text):
            group = found.lastindex or 0
            spelling, start = found[group], found.start(group)
            name = signs[group]
            if name is None:
                accepted = table[states[-1]]
                for name in words[spelling if group == _WORD else " ".join(spelling.split())]:
                    if name in accepted and (name not in looking or looking[name](text, start)):
                        break
                else:
                    raise _Unread
            if name in _LAID_OUT:
                if _ends_sentence(layout, name, spelling, start):
                    yield END, None
                if name == NEWLINE:
                    continue
            else:
                layout.go_on(name, spelling, start)
            token = None
            if name in kept:
                token = Token(spelling)
                token.start_pos, token.end_pos = start, found.end()
            yield name, token


class _Words(dict[str, list[str]]):
    """The terminals that a word may be, in the order in which they are tried."""

    def __init__(self, known: dict[str, list[str]], named: list[str], labelled: list[str]) -> None:
        super().__init__(known)
        self._named, self._labelled = named, labelled

    def __missing__(self, word: str) -> list[str]:
        fitting = self._labelled if word.endswith(":") else self._named
        return fitting if len(word.removesuffix(":")) <= LONGEST_NAME else []


def _first_column(found: re.Match[str] | None) -> int:
    """Where the first token starts. It stands on the first line, or is a new line, which says where the next starts."""
    return found.start(found.lastindex or 0) if found else 0


def _ends_sentence(layout: Layout, name: str, spelling: str, start: int) -> bool:
    """Whether a sentence ends before what is no part of one. Raises LayoutError."""
    if name == NEWLINE:
        return layout.newline(spelling)
    if name == CLOSE:
        return layout.close(start)
    layout.finish(start)
    return layout.end()


def _made(rule: Json, to_nodes: ToNodes) -> tuple[int, str, _Make | None]:
    """The number of a rule's symbols, what it is a case of, and how its value is made of theirs."""
    origin, size, name, plan = rule
    make: _Make | None = _itself if name is None else getattr(to_nodes, name) if name else None
    return size, origin, make if plan is None else _planned(make or _only, *plan)


def _planned(make: _Make, places: list[list[int]], nones_after: int) -> _Make:
    """As `make`, of those values that become parts, some of which are lists of parts; what is left out is None.

    Most rules have one part, or make a list longer; these take a shorter way.
    """
    if len(places) == 1 and not places[0][1]:
        only, _, nones = places[0]
        before, after = [None] * nones, [None] * nones_after
        return lambda values: make([*before, values[only], *after])
    if make is _itself and not nones_after and [one[1:] for one in places] == [[True, 0], [False, 0]]:
        first, last = (one[0] for one in places)
        return lambda values: _longer(values[first], values[last])

    def made(values: Parts) -> Any:  # noqa: ANN401
        parts: Parts = []
        for place, is_list, nones in places:
            parts += [None] * nones
            parts += values[place] if is_list else (values[place],)
        return make(parts + [None] * nones_after)

    return made


def _longer(parts: Parts, part: Any) -> Parts:  # noqa: ANN401
    """The same list, which nobody else has."""
    parts.append(part)
    return parts


def _itself(parts: Parts) -> Parts:
    return parts


def _only(parts: Parts) -> Any:  # noqa: ANN401
    return parts[0]
