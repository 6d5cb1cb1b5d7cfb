"""The tables of policyc's own engine, made of Lark's: what a parser state accepts, and what a rule's parts become.

Lark picks the first terminal, in its own order, that the parser's state accepts and whose pattern fits. Here that
order is worked out beforehand for each word that a terminal names. What Lark would choose differently is left out: the
engine then finds no terminal, gives up, and Lark reads the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Sequence
from string import ascii_lowercase
from typing import Any, Final, NamedTuple

from lark import Lark, Token
from lark.grammar import Rule
from lark.lexer import TerminalDef
from lark.parsers.lalr_analysis import Shift

from policyc.syntax.engine import fingerprint
from policyc.syntax.grammar import ANY_WORD, RESERVED, one_of
from policyc.syntax.lark_parser import CALLBACKS, make_parser
from policyc.syntax.spellings import firsts, looks_ahead, spellings

Json = Any

_UNKNOWN: Final = "x"
"""A word that no terminal names."""

_LETTERS: Final = frozenset(ascii_lowercase)


def stored_text() -> str:
    """The engine's tables as the text of a JSON file."""
    tables = engine_tables(make_parser())
    return json.dumps({"fingerprint": fingerprint(), **tables}, sort_keys=True, separators=(",", ":"))


def engine_tables(lark: Lark) -> dict[str, Json]:
    """The engine's tables of a parser; engine.py says what they hold. ValueError for a grammar that it cannot run."""
    table = lark.parser.parser._parse_table  # noqa: SLF001 - Lark shows it nowhere else
    actions = [action for row in table.states.values() for action in row.values()]
    rules = sorted({rule for action, rule in actions if action is not Shift}, key=str)
    numbers = {rule: -1 - number for number, rule in enumerate(rules)}
    states = [
        {str(name): arg if action is Shift else numbers[arg] for name, (action, arg) in table.states[state].items()}
        for state in range(len(table.states))
    ]
    terminals = [_terminal(one) for one in sorted(lark.terminals, key=_precedence)]
    read = [one for one in terminals if one.name not in lark.lexer_conf.ignore]
    kept = {str(one.name) for rule in rules for one in rule.expansion if one.is_term and _is_kept(rule, one)}
    return {
        "starts": {name: [state, table.end_states[name]] for name, state in table.start_states.items()},
        "states": states,
        "rules": [_rule(rule) for rule in rules],
        "kept": sorted(kept),
        **_lexing(read, [one for one in terminals if one not in read], states),
    }


# --- rules -----------------------------------------------------------------------------------


def _rule(rule: Rule) -> Json:
    """What the rule makes, the number of its symbols, the method for its parts, and which become parts.

    The last is None if all do as they are; else [place, whether it is a list of parts, Nones before it] for each, and
    the number of Nones after them. The method is None where the parts stay a list, and "" where one part stays itself.
    """
    expansion, gaps = rule.expansion, _gaps(rule)
    plan: list[Json] = []
    nones = 0
    for place, symbol in enumerate(expansion):
        nones += gaps[place]
        if _is_kept(rule, symbol):
            plan.append([place, _is_list(symbol), nones])
            nones = 0
    nones += gaps[-1]
    is_plain = not nones and plan == [[place, False, 0] for place in range(len(expansion))]
    return [str(rule.origin.name), len(expansion), _method(rule, plan, nones), None if is_plain else [plan, nones]]


def _method(rule: Rule, plan: list[Json], nones: int) -> str | None:
    if _is_list(rule.origin):
        return None
    if rule.options.expand1 and not rule.alias:
        if any(is_list for _, is_list, _ in plan):
            message = f"how many parts a rule with `?` has must be known from the rule: {rule}"
            raise ValueError(message)
        if len(plan) + nones + sum(before for _, _, before in plan) == 1:
            return ""
    return str(rule.alias or rule.options.template_source or rule.origin.name)


def _gaps(rule: Rule) -> list[int]:
    """How many parts that are left out stand before each symbol, and after the last."""
    said = "".join("1" if is_gap else "0" for is_gap in rule.options.empty_indices)
    return [len(ones) for ones in said.split("0")] if said else [0] * (len(rule.expansion) + 1)


def _is_kept(rule: Rule, symbol: Any) -> bool:  # noqa: ANN401 - Lark's symbols
    return rule.options.keep_all_tokens or not (symbol.is_term and symbol.filter_out)


def _is_list(symbol: Any) -> bool:  # noqa: ANN401 - Lark's symbols
    """Whether Lark puts the parts of a rule into the rule around it."""
    return not symbol.is_term and symbol.name.startswith("_")


# --- terminals -------------------------------------------------------------------------------


class _Terminal(NamedTuple):
    """A terminal, and what its pattern says."""

    name: str
    pattern: str
    spellings: frozenset[str]
    """All that it matches; empty if there is no end to it."""
    firsts: frozenset[str]
    looks_ahead: bool


def _terminal(definition: TerminalDef) -> _Terminal:
    pattern = definition.pattern.to_regexp()
    spelt = spellings(pattern) or frozenset[str]()
    return _Terminal(definition.name, pattern, spelt, firsts(pattern), looks_ahead(pattern))


def _lexing(
    terminals: Sequence[_Terminal], ignored: Sequence[_Terminal], accepted: Sequence[Container[str]]
) -> dict[str, Json]:
    """How tokens are found: `terminals` in Lark's order, and what each state accepts."""
    words = [one for one in terminals if one.firsts <= _LETTERS]
    signs = [one for one in terminals if one not in words]
    _check(words, signs, ignored)
    known = RESERVED.union(*(one.spellings for one in words))
    pairs = [spelling for spelling in known if " " in spelling]
    labels = [f"{spelling}:" for spelling in known if spelling not in pairs]
    unknown = {ending: _fitting(f"{_UNKNOWN}{ending}", words, accepted) for ending in ("", ":")}
    fitting = {one: _fitting(one, words, accepted) for one in (*known, *labels)}
    skipped = "|".join(one.pattern for one in ignored)
    groups = (one_of(pairs), f"{ANY_WORD}:?", *(one.pattern for one in signs), r"\Z", r"(?s:.)")
    return {
        "pattern": f"(?:{skipped})*+(?:{'|'.join(f'({group})' for group in groups)})",
        "groups": [one.name for one in signs],
        "words": {one: names for one, names in fitting.items() if names != unknown[":" if ":" in one else ""]},
        "unknown": [unknown[""], unknown[":"]],
        "looking": {one.name: one.pattern for one in words if one.looks_ahead},
    }


def _fitting(spelling: str, terminals: Iterable[_Terminal], accepted: Sequence[Container[str]]) -> list[str]:
    """The terminals that fit a whole spelling, in Lark's order.

    One that fits a part of it, or becomes something else once it is read, would be Lark's choice before those that
    follow, so that none follows that is accepted together with it.
    """
    names: list[str] = []
    barred: list[str] = []
    for one in terminals:
        if one.looks_ahead:  # the engine looks whether what it wants follows
            names += [one.name] if spelling in one.spellings else []
        elif fits := re.match(one.pattern, f"{spelling}\n"):
            if fits.group() != spelling or _is_changed(one.name, spelling):
                barred.append(one.name)
            elif not any(one.name in state and other in state for state in accepted for other in barred):
                names.append(one.name)
            else:
                break
    return names


def _is_changed(name: str, spelling: str) -> bool:
    """Whether a token becomes one of another terminal once it is read."""
    return name in CALLBACKS and CALLBACKS[name](Token(name, spelling)).type != name


def _check(words: Sequence[_Terminal], signs: Sequence[_Terminal], ignored: Sequence[_Terminal]) -> None:
    """ValueError if one character does not tell words, signs and what is ignored apart, or words end within words."""
    starts = [frozenset[str]().union(*(one.firsts for one in some)) for some in (words, signs, ignored)]
    if sum(map(len, starts)) != len(frozenset[str]().union(*starts)):
        message = "words, signs and what is ignored must not start alike"
        raise ValueError(message)
    for one in words:
        if any(re.match(one.pattern, f"{spelling}{_UNKNOWN}") for spelling in one.spellings):
            message = f"{one.name} ends within a word"
            raise ValueError(message)


def _precedence(terminal: TerminalDef) -> tuple[int, int, int, str]:
    """Lark's own order: which of several patterns that fit is tried first."""
    pattern = terminal.pattern
    return -terminal.priority, -pattern.max_width, -len(pattern.value), terminal.name
