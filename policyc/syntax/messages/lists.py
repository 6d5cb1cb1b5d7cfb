"""Mistakes in objects and clauses: lost commas, keys without what they take, words that are no clause."""

from __future__ import annotations

import re
from typing import Final

from policyc.diagnostics.near import near
from policyc.language.clauses import Form, clause_keys, rows_of
from policyc.language.kinds import KINDS
from policyc.language.verbs import VERBS
from policyc.language.words import MODALITIES, QUANTIFIERS
from policyc.source.text import Span
from policyc.syntax.grammar import HOLE, RESERVED, WORDS
from policyc.syntax.messages.breaks import Break, Rule, Said, Word
from policyc.syntax.pieces import starts_sentence

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_QUANTIFIERS: Final = tuple(word.split()[0] for word in QUANTIFIERS)
_BEFORE_NAMES: Final = (*_QUANTIFIERS, "only")
_OTHER_WORDS: Final = {
    "if": "`when`",
    "via": "`through`",
    "subject": "`subject to` before labels",
    "to": "`with` before recipients, `for` before purposes",
    "up": "`at most`",
    "like": "`including`",
    "such": "`including`",
    "during": "`while` as a fact: `when …`",
    "not": "`unless` before a condition, `excluding` before names",
}
"""What authors say, and how the language says it."""


# --- objects ---------------------------------------------------------------------------------


def _objects(where: Break) -> Said | None:
    """Nothing that a verb could be about stands after it."""
    if where.back(2) not in MODALITIES or "HOLE" not in where.expected:
        return None
    verb = where.before[-1]
    if verb.text not in VERBS and not near(verb.text, VERBS):
        return Said(
            f"a verb is missing before {verb.shown}", "write what is done: `collect`, `use`, `share` …", verb.span
        )
    return Said(f"{verb.shown} has no objects", _objects_help(verb.text), verb.span)


def _objects_help(verb: str) -> str:
    what = "a text in quotes" if _is_about_text(verb) else "what it is about"
    return f'write {what} after it; if the original does not say, `hole object "…"`'


def _clause_as_object(where: Break) -> Said | None:
    """`will collect basis contract`: the key was read as a name."""
    if where.back(1) not in WORDS or where.back(3) not in MODALITIES or not _is_value(where):
        return None
    verb, key = where.before[-2:]
    return Said(f"{verb.shown} has no objects before {key.shown}", _objects_help(verb.text), key.span)


# --- what a key takes ------------------------------------------------------------------------


def takes(key: str) -> str:
    """What a key takes, in words: "purposes"."""
    return " or ".join(dict.fromkeys(row.takes for row in rows_of(key)))


def _unquoted(where: Break) -> Said | None:
    """A key or a verb of texts, with words that have no quotes."""
    words = (*where.before, where.word)
    for steps in (1, 2):
        key = where.back(steps)
        if _form(key) is not Form.TEXTS and not (_is_about_text(key) and where.back(steps + 1) in MODALITIES):
            continue
        following = words[-steps]
        if following.text[:1].isalnum() and following.text not in {*RESERVED, *WORDS}:
            return Said(f"{following.shown} is not in quotes", f'write `{key} "…"`', following.span)
    return None


def _is_about_text(verb: str) -> bool:
    row = VERBS.get(verb)
    return row is not None and not row.kinds and not row.words


def _form(key: str) -> Form | None:
    rows = rows_of(key)
    return rows[0].form if key and rows else None


def _after_key(where: Break) -> Said | None:
    """A key with nothing after it, or with what it cannot take."""
    key = _key(where)
    if key is None or "COMMA" in where.expected:
        return None
    help_ = f"{key.shown} takes {takes(key.text)}"
    if where.word.text == "only":
        return Said(f"`only` cannot follow {key.shown}", f"write `only {key.text}`")
    if where.word.text == HOLE:
        return Said(f"{key.shown} is followed by a hole", f"write the hole in place of {key.shown}", key.span)
    if where.at_end or where.word.text in {*RESERVED, ","}:
        return Said(f"{key.shown} is followed by nothing", help_, key.span)
    return Said(f"{where.word.shown} cannot follow {key.shown}", help_)


def _key(where: Break) -> Word | None:
    """The key before the break, if there is nothing between them but a quantifier."""
    words = where.before[:-1] if where.back(1) in _BEFORE_NAMES else where.before
    words = words[:-2] if (where.back(2), where.back(1)) == ("some", "of") else words
    if [word.text for word in words[-2:]] == ["subject", "to"]:
        return Word("subject to", Span(words[-2].span.start, words[-1].span.end))
    return words[-1] if words and _form(words[-1].text) not in {None, Form.FLAG} else None


def _key_after_key(where: Break) -> Said | None:
    """`for basis contract`: the second key was read as what the first one takes."""
    first, second = where.back(2), where.back(1)
    if _form(first) is None or second not in WORDS or not _is_value(where):
        return None
    return Said(f"`{first}` is followed by nothing", f"`{first}` takes {takes(first)}", where.before[-2].span)


def _is_value(where: Break) -> bool:
    """Whether a clause could take the word at the break."""
    return where.word.is_text or _NAME.fullmatch(where.word.text) is not None


# --- lists -----------------------------------------------------------------------------------


def _comma(where: Break) -> Said | None:
    """A comma that joins nothing."""
    word = where.word.text
    if word == ",":
        return Said("this comma joins nothing", "delete it; commas stand between names, and between texts", fix="")
    if where.back(1) != "," or (word[:1].isalnum() and word not in RESERVED) or where.word.is_text:
        return None
    if word in {"and", "or"}:
        return Said(f"{where.word.shown} has no place after a comma", "delete it: the comma is enough", fix="")
    if word in _QUANTIFIERS:
        help_ = "write it before the first name: it is about all of them"
        return Said(f"{where.word.shown} cannot stand inside a list", help_)
    what = "name" if "NAME" in where.expected else "text"
    return Said("this comma joins nothing", f"delete it, or write another {what} after it", where.before[-1].span)


def _comma_before_clause(where: Break) -> Said | None:
    """`for support, basis contract`: the key was read as a name."""
    if where.back(2) != "," or where.back(1) not in WORDS or not _is_value(where):
        return None
    return Said("this comma joins nothing", "delete it, or write another name after it", where.before[-2].span)


def _mixed_holes(where: Break) -> Said | None:
    """`hole purpose "…", period`, or the other way round: some have words, and some have none."""
    found: list[Word] = []
    for word in reversed(where.before):
        if word.text == HOLE:
            break
        if not (word.is_text or word.text == "," or _NAME.fullmatch(word.text)):
            return None
        found.append(word)
    else:
        return None
    texts = [word for word in found if word.is_text]
    if "," not in {word.text for word in found} or not (where.word.is_text or texts) or found[0].is_text:
        return None
    if where.word.is_text and texts:
        return None
    silent = found[0] if texts else found[-1]
    message = f"{silent.shown} has no words, and another gap in this list does"
    return Said(message, f"write a `hole` of its own: `hole {silent.text}`", silent.span)


def _and(where: Break) -> Said | None:
    if where.word.text not in {"and", "or"} or "COMMA" not in where.expected:
        return None
    what = "texts" if where.before[-1].is_text else "names"
    return Said(f"{where.word.shown} does not join {what}", "write a comma", fix=",")


def _quantifier(where: Break) -> Said | None:
    """`share ny logs`: a misspelt quantifier was read as a name."""
    close = near(where.back(1), _BEFORE_NAMES)
    if not close or not _NAME.fullmatch(where.word.text) or where.back(1) in RESERVED:
        return None
    if not (where.back(3) in MODALITIES or rows_of(where.back(2))):
        return None
    word = where.before[-1]
    return Said(f"{word.shown} cannot stand before {where.word.shown}", f"did you mean `{close}`?", word.span, close)


def _some(where: Break) -> Said | None:
    """`share some logs`: half of `some of`."""
    if where.word.text != "some" or "QUANTIFIER" not in where.expected:
        return None
    return Said("`some` cannot stand before names", "write `some of`", fix="some of")


def _no_clause(where: Break) -> Said | None:
    """A word where only a clause could go on."""
    word = where.word.text
    if "PREPOSITION" not in where.expected or where.at_end:
        return None
    if word in _OTHER_WORDS:
        return Said(f"{where.word.shown} is not a clause", f"write {_OTHER_WORDS[word]}")
    if starts_sentence(where.source.text, where.word.span.start):
        return Said("another sentence starts here", "write it on a line of its own, indented like the one before it")
    if where.word.is_text:
        return _text(where)
    if not _NAME.fullmatch(word):
        return None
    close = near(word, clause_keys())
    if close and _goes_on(where):
        return Said(f"{where.word.shown} is not a clause", f"did you mean `{close}`?", fix=close)
    if where.before and where.before[-1].is_text:
        return Said(f"{where.word.shown} cannot follow a text", 'write `\\"` for a quote inside a text')
    return Said(f"{where.word.shown} is not a clause", _if_no_clause(where))


def _if_no_clause(where: Break) -> str:
    """What to do if the word was not to be a clause."""
    if {"_AND", "_OR"} & where.expected:
        return "write `and` or `or` before it if it is another condition"
    if "STRING" in where.expected and where.back(2) in KINDS:
        return 'write `"` on both sides of it if it is what readers call it'
    return 'write a comma before it if it is another name; what no clause says goes into `text "…"`'


def _text(where: Break) -> Said:
    if where.before and where.before[-1].is_text:
        return Said("a text cannot follow a text", "write a comma between them")
    return Said("this text belongs to no clause", 'write before it what it is, as in `because "…"`')


def _goes_on(where: Break) -> bool:
    """Whether something follows that a clause could take."""
    following = where.after.split(",")[0].split()[:1]
    return bool(following) and (following[0] in _QUANTIFIERS or following[0] not in RESERVED)


RULES: Final[tuple[Rule, ...]] = (
    _comma,
    _comma_before_clause,
    _mixed_holes,
    _clause_as_object,
    _key_after_key,
    _some,
    _objects,
    _after_key,
    _and,
    _quantifier,
    _no_clause,
)
EARLY: Final[tuple[Rule, ...]] = (_unquoted,)
"""Before the spelling of names is looked at."""
