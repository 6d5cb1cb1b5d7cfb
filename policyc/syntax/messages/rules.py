"""Mistakes in `rule name "message" … if … then every … has …`."""

from __future__ import annotations

from typing import Final

from policyc.diagnostics.near import near
from policyc.syntax.messages.breaks import Break, Rule, Said

_STARTS: Final = ("every", "some", "no")
_FORM: Final = "write what it asks for: `every … has …`, `some …` or `no …`"


def _rule(where: Break) -> Said | None:
    if not where.before or where.before[0].text != "rule":
        return None
    return next((said for rule in _MISTAKES if (said := rule(where)) is not None), None)


def _misspelt(where: Break) -> Said | None:
    """A word between the parts of a rule, one edit away."""
    words = [word for word in (*_STARTS, "if", "then", "has", "that") if word.upper() in _plain(where)]
    close = near(where.word.text, words)
    return Said(f"{where.word.shown} cannot stand here", f"did you mean `{close}`?", fix=close) if close else None


def _plain(where: Break) -> set[str]:
    return {name.strip("_") for name in where.expected}


def _nothing_asked(where: Break) -> Said | None:
    """The rule ends, and asks for nothing."""
    if where.at_end and not {word.text for word in where.before} & set(_STARTS):
        return Said("this rule asks for nothing", _FORM, where.before[0].span)
    return None


def _no_has(where: Break) -> Said | None:
    """`every S T`: what it has to have does not follow `has`."""
    words = [word.text for word in where.before]
    if "every" not in words or "has" in words[_last(words, "every") :]:
        return None
    every = where.before[_last(words, "every")]
    if where.at_end or where.word.text in {*_STARTS, "if", "then"}:
        message = "`every` asks for nothing: no `has` follows it"
        return Said(message, "write `has` before what it has to have, as in `every use has basis`", every.span)
    return None


def _no_then(where: Break) -> Said | None:
    """`if A every B`."""
    words = {word.text for word in where.before}
    if "if" in words and "then" not in words and (where.word.text in _STARTS or where.at_end):
        help_ = "write `then` before what the rule asks for"
        place = where.before[0].span if where.at_end else None
        return Said("`if` is followed by no `then`", help_, place)
    return None


def _mixed(where: Break) -> Said | None:
    """`has A and B or C`."""
    words = [word.text for word in where.before]
    if where.word.text in {"and", "or"} and "has" in words:
        message = f"`and` and `or` are mixed: {where.word.shown} cannot stand here"
        return Said(message, "write two demands, one below the other")
    return None


def _hole(where: Break) -> Said | None:
    if where.word.text == "hole":
        return Said("a rule has no holes", "ask with `has` whether something is said")
    return None


def _quantified(where: Break) -> Said | None:
    """`some use for any help`."""
    if where.word.text in {"any", "all", "some"} and where.back(1) not in {"if", "then", "has"}:
        return Said(f"{where.word.shown} cannot stand here", "name the term: all that lies below it is meant")
    return None


def _own_clause(where: Break) -> Said | None:
    """A rule's own clauses stand before what it asks for."""
    if where.word.is_text and {word.text for word in where.before} & set(_STARTS):
        return Said("a rule cannot look into texts", "leave the text out; the rule's own clauses stand before `every`")
    return None


def _last(words: list[str], word: str) -> int:
    return len(words) - 1 - words[::-1].index(word)


_MISTAKES: Final[tuple[Rule, ...]] = (
    _misspelt,
    _hole,
    _nothing_asked,
    _no_then,
    _no_has,
    _mixed,
    _quantified,
    _own_clause,
)

RULES: Final[tuple[Rule, ...]] = (_rule,)
