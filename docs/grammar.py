"""The grammar for people: the rules of `grammar/policy.lark` without what only a parser needs.

Words of the language stand in quotes, rules in small letters, and what is spelt in capitals is told in `terminals`.
A part in brackets may be left out; `*` says any number of times, `+` at least once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policyc.language.clauses import PREPOSITIONS, TWO_WORD_KEYS
from policyc.language.kinds import KINDS
from policyc.language.words import MOODS
from policyc.syntax.grammar import FLAGS, WORDS, grammar_text

_RULE: Final = re.compile(r"^[?!]?([a-z_]+):(.*(?:\n[ ].*)*)", re.MULTILINE)
_TERMINAL: Final = re.compile(r"^([A-Z_]+)(?:\.-?\d+)?: *(.+)$", re.MULTILINE)
_ALTERNATIVE: Final = re.compile(r"(?:^|\n)\s*\|")
_ALIAS: Final = re.compile(r"\s*->\s*(\w+)\s*$")
_CAPITALS: Final = re.compile(r"\b_?[A-Z][A-Z_]+\b")
_CHOICE: Final = re.compile(r"\(\?:([^()]*)\)")
_END_OF_WORD: Final = "(?![a-z0-9_])"
TOLD: Final = {
    "END": "the end of a sentence: the next line is not indented deeper than its first",
    "NAME": "small letters, digits and `_`, starting with a letter; none of the reserved words",
    "LABEL": "a name with a colon after it: `kept:`",
    "MODULE": "the name of a folder or a file, without `.policy`",
    "NUMBER": "digits: `30`",
    "DATE": "a day as `2026-01-31`",
    "STRING": 'a text in straight quotes on one line: `"our app"`',
    "LONG_STRING": 'a text between `"""` and `"""`, on several lines',
    "PREPOSITION": "the key of a clause that is a reserved word, or two words",
    "WORD": "the key of any other clause",
    "FLAG": "a clause that takes nothing",
    "KIND": "the kind of a declaration",
    "MOOD": "words before a modality",
    "THEN": "`then`, where `every`, `some` or `no` follows",
}
"""Terminals that are no list of a few words."""

_LISTED: Final = {
    "KIND": tuple(KINDS),
    "MOOD": tuple(MOODS),
    "PREPOSITION": (*PREPOSITIONS, *TWO_WORD_KEYS),
    "WORD": WORDS,
    "FLAG": FLAGS,
}


def rules() -> dict[str, str]:
    """Each rule's name, and what it consists of; what the parser calls by another name is a rule of its own."""
    found: dict[str, list[str]] = {}
    for match in _RULE.finditer(_without_comments(grammar_text())):
        own = found.setdefault(match[1], [])
        for alternative in _ALTERNATIVE.split(match[2]):
            alias = _ALIAS.search(alternative)
            told = _told(_ALIAS.sub("", alternative))
            if alias is None:
                own.append(told)
                continue
            name = alias[1].strip("_")
            found.setdefault(name, []).append(told)
            if name not in own:
                own.append(name)
    return {name: _joined(parts) for name, parts in found.items()}


def _joined(parts: list[str]) -> str:
    return "\n  | ".join(parts)


def _without_comments(text: str) -> str:
    return re.sub(r"^//.*\n", "", text, flags=re.MULTILINE)


def _told(text: str) -> str:
    """An alternative with the words of single-word terminals in their place."""
    words = {name: spelt for name, spelt in _spellings().items() if len(spelt) == 1}

    def word(match: re.Match[str]) -> str:
        name = match[0].strip("_")
        return f'"{words[name][0]}"' if name in words else name

    return _CAPITALS.sub(word, " ".join(text.split()))


def _spellings() -> dict[str, tuple[str, ...]]:
    """The words of each terminal that is a list of words."""
    found = dict(_LISTED)
    for name, pattern in _terminals():
        plain = pattern.strip("/").replace(_END_OF_WORD, "").replace("[ ]+", " ")
        if pattern.startswith("/") and _END_OF_WORD in pattern and not set(plain) & set("[]{}\\*"):
            found[name] = tuple(_expanded(plain))
    return found


def _terminals() -> Iterator[tuple[str, str]]:
    for match in _TERMINAL.finditer(grammar_text()):
        yield match[1].strip("_"), match[2]


def _expanded(pattern: str) -> list[str]:
    """All spellings of a pattern that has only choices, and letters that may be left out."""
    choice = _CHOICE.search(pattern)
    if choice is not None:
        start, end = pattern[: choice.start()], pattern[choice.end() :]
        return [one for part in choice[1].split("|") for one in _expanded(start + part + end)]
    may = pattern.find("?")
    if may < 0:
        return [pattern]
    return _expanded(pattern[: may - 1] + pattern[may + 1 :]) + _expanded(pattern[:may] + pattern[may + 1 :])


def shown(names: list[str]) -> str:
    """Some rules, as a block; KeyError for a rule that the grammar does not have."""
    made = rules()
    width = max(len(name) for name in names)
    lines = [f"{name:<{width}} = {made[name]}".replace("\n  |", f"\n{' ' * width} |") for name in names]
    return "```text\n" + "\n".join(lines) + "\n```\n"


def terminals() -> list[tuple[str, str]]:
    """What the words in capitals stand for."""
    spelt = _spellings()
    used = {name for text in rules().values() for name in re.findall(r"\b[A-Z][A-Z_]+\b", re.sub(r'"[^"]*"', "", text))}
    rows = []
    for name in sorted(used):
        words = ", ".join(f"`{word}`" for word in spelt.get(name, ()))
        rows.append((name, ": ".join(part for part in (TOLD.get(name, ""), words) if part)))
    return rows
