"""What to say where a sentence breaks: in the author's words, from the tables, not a list of tokens."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from policyc.diagnostics.codes import syntax as codes
from policyc.diagnostics.diagnostic import Diagnostic, Fix
from policyc.diagnostics.near import near
from policyc.language.clauses import Form, clause_keys, rows_of
from policyc.language.kinds import KINDS
from policyc.language.verbs import VERBS
from policyc.language.words import MODALITIES, UNITS
from policyc.source.text import Source, Span
from policyc.syntax.grammar import RESERVED

_WORD: Final = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|[A-Za-z0-9_]+:?|\S")
_LABEL_WITHOUT_COLON: Final = re.compile(rf"[a-z][a-z0-9_]*(?=[ ]+(?:{'|'.join(MODALITIES)}|text|law[ ]+says)(?![a-z0-9_]))")
_STARTERS: Final = (*MODALITIES, *KINDS, "import", "language", "section", "test", "text")
_MODALITIES: Final = "`may`, `will`, `must` or `never`"
_NAME_SHAPE: Final = re.compile(r"[a-z][a-z0-9_]*")


@frozen
class Break:
    """Where reading stopped: the sentence's first offset, the offset, and what the grammar would take there."""

    source: Source
    start: int
    offset: int
    at_end: bool
    expected: frozenset[str]

    @property
    def before(self) -> list[str]:
        """The words of the sentence before the break."""
        return _WORD.findall(self.source.text[self.start : self.offset])

    @property
    def word(self) -> str:
        """The word at the break; empty at the sentence's end."""
        match = None if self.at_end else _WORD.match(self.source.text, self.offset)
        return match.group() if match else ""


def describe(where: Break) -> Diagnostic:
    """The diagnostic for a break. Its span is the offending word, or the last word of a sentence that ends early."""
    for rule in (_lost_colon, _capital, _reserved, _first_word, _after_key, _after_number, _after_modality, _after_comma, _in_list):
        found = rule(where)
        if found is not None:
            message, help_, fixes = found
            break
    else:
        message, help_, fixes = _anything(where)
    return Diagnostic.at(codes.UNEXPECTED, where.source, _span(where), message, help=help_, fixes=fixes)


Said = tuple[str, str | None, tuple[Fix, ...]]


def _span(where: Break) -> Span:
    if where.word:
        return Span(where.offset, where.offset + len(where.word))
    last = max(where.source.text[: where.offset].rstrip().__len__(), where.start + 1)
    words = where.before
    length = len(words[-1]) if words else 1
    return Span(last - min(length, last), last)


def _meant(word: str, known: tuple[str, ...], otherwise: str) -> tuple[str, tuple[str, ...]]:
    close = near(word, known)
    return (f"did you mean `{close}`?", (close,)) if close else (otherwise, ())


def _fix(where: Break, words: tuple[str, ...]) -> tuple[Fix, ...]:
    return tuple(Fix(_span(where), word) for word in words)


def _lost_colon(where: Break) -> Said | None:
    match = _LABEL_WITHOUT_COLON.match(where.source.text, where.start)
    if match is None or match.group() in RESERVED or near(match.group(), tuple(MODALITIES)) or not where.start <= where.offset <= match.end() + 1:
        return None
    message = f"`{match.group()}` is followed by a statement, but is no label"
    return message, f"write `{match.group()}:` if it is the statement's label", (Fix(Span(match.end(), match.end()), ":"),)


def _capital(where: Break) -> Said | None:
    if not where.word[:1].isalpha() or not where.word.lower() != where.word:
        return None
    return f"`{where.word}` is no name: names are written in small letters", f"write `{where.word.lower()}`", ()


def _reserved(where: Break) -> Said | None:
    if where.expected - {"_NL"} != {"NAME"} or where.word not in RESERVED or not where.before:
        return None
    if where.before[-1] in KINDS or where.before[-1] == ",":
        return f"`{where.word}` is a word of the language and cannot be a name", "choose another name", ()
    return None


def _first_word(where: Break) -> Said | None:
    before = where.before
    if before and not (len(before) == 1 and before[0].endswith(":")):
        return None
    if not where.word:
        return "a label stands alone", f"write the statement after it: {_MODALITIES}, and a verb", ()
    if where.word in VERBS:
        return f"the statement has no modality before `{where.word}`", f"write {_MODALITIES} before it", ()
    known = tuple(word for word in _STARTERS if not before or word in MODALITIES or word == "text")
    start = f"write {_MODALITIES}" if before else f"a sentence starts with a label, with {_MODALITIES}, or with a kind such as `party`"
    help_, words = _meant(where.word.rstrip(":"), known, start)
    return f"`{where.word}` cannot start a sentence", help_, _fix(where, words)


def _key_before(where: Break) -> str | None:
    before = where.before
    if before[-2:] == ["subject", "to"]:
        return "subject to"
    if before and before[-1] in {"any", "all", "some", "only"}:
        before = before[:-1]
    return before[-1] if before and rows_of(before[-1]) else None


def takes(key: str) -> str:
    """What a key takes, in words: "purposes"."""
    return " or ".join(dict.fromkeys(row.takes for row in rows_of(key)))


def _after_key(where: Break) -> Said | None:
    key = _key_before(where)
    if key is None or not where.expected & {"NAME", "STRING", "NUMBER"} or "COMMA" in where.expected:
        return None
    forms = {row.form for row in rows_of(key)}
    if Form.FLAG in forms:
        return None
    if where.word in RESERVED or not where.word:
        return f"`{key}` is followed by nothing", f"`{key}` takes {takes(key)}", ()
    return f"`{key}` cannot be followed by `{where.word}`", f"`{key}` takes {takes(key)}", ()


def _after_number(where: Break) -> Said | None:
    if "UNIT" not in where.expected:
        return None
    help_, words = _meant(where.word, tuple(UNITS), "write minutes, hours, days, weeks, months or years")
    what = f"`{where.word}` is no unit of time" if where.word else "the number has no unit of time"
    return what, help_, _fix(where, words)


def _after_modality(where: Break) -> Said | None:
    before = where.before
    if not before or before[-1] not in MODALITIES or "NAME" not in where.expected:
        return None
    return f"a verb is missing after `{before[-1]}`", "write what is done: " + ", ".join(f"`{name}`" for name in tuple(VERBS)[:4]) + " …", ()


def _after_comma(where: Break) -> Said | None:
    if where.before[-1:] != [","]:
        return None
    return "a comma is followed by nothing that it could join", "write another one after the comma, or delete it", ()


def _in_list(where: Break) -> Said | None:
    if not where.expected & {"PREPOSITION", "WORD"}:
        return None
    if not where.word:
        return None
    if where.word in KINDS or where.word in MODALITIES or where.word == "{":
        return f"`{where.word}` cannot stand inside a sentence", "start a new sentence on a line of its own", ()
    close = near(where.word, clause_keys())
    if close:
        return f"`{where.word}` is no clause", f"did you mean `{close}`?", _fix(where, (close,))
    if where.word.startswith('"'):
        return "a text cannot stand here", "put a comma between texts, or the clause that it belongs to before it", ()
    if _NAME_SHAPE.fullmatch(where.word):
        return f"`{where.word}` is no clause", "put a comma before it if it is another name", ()
    return None


_PHRASES: Final = {
    "NAME": "a name", "STRING": "a text in quotes", "NUMBER": "a number", "LPAR": "`(`", "RPAR": "`)`", "_END": "the end of the sentence",
    "_FROM": "`from`", "_AND": "`and`", "_OR": "`or`", "COMPARISON": "`below` or `above`", "MODALITY": _MODALITIES, "COMMA": "a comma",
    "DATE": "a date", "LBRACE": "`{`",
}  # fmt: skip


def _anything(where: Break) -> Said:
    expected = [phrase for name, phrase in _PHRASES.items() if name in where.expected]
    what = f"`{where.word}` cannot stand here" if where.word else "the sentence ends too early"
    return what, f"expected {' or '.join(expected)}" if expected else None, ()
