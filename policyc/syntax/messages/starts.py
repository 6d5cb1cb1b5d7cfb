"""Mistakes at the start of a sentence: its label, its modality, its verb, what is declared."""

from __future__ import annotations

import re
from typing import Final

from policyc.diagnostics.near import near
from policyc.language.kinds import KINDS
from policyc.language.verbs import VERBS
from policyc.language.words import EXPECTATIONS, MODALITIES, MOODS
from policyc.source.text import Span
from policyc.syntax.grammar import RESERVED
from policyc.syntax.messages.breaks import Break, Rule, Said

_ANY_MODALITY: Final = "`may`, `will`, `must` or `never`"
_AFTER_LABEL: Final = (*MODALITIES, *MOODS, "text")
_SOME_VERBS: Final = ", ".join(f"`{verb}`" for verb in tuple(VERBS)[:4])
_STARTERS: Final = (*_AFTER_LABEL, *EXPECTATIONS, *KINDS, "import", "language", "section", "test")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_OTHER_MODALITIES: Final = {
    "can": "may",
    "could": "may",
    "might": "may",
    "shall": "must",
    "should": "will",
    "would": "will",
    "cannot": "never",
    "not": "never",
    "no": "never",
}
"""What authors say, and the modality that is nearest to it."""


_HALVES: Final = {half: mood for mood in MOODS for half in mood.split() if half not in {*KINDS, *RESERVED}}
"""The words of moods that are nothing by themselves."""


def _started(where: Break) -> bool:
    """Whether there is more before the break than a label."""
    return len(where.before) > 1 or (len(where.before) == 1 and not where.back(1).endswith(":"))


def _colon(where: Break) -> Said | None:
    """A colon that ends no label, or a second label."""
    word = where.word.text
    if not word.endswith(":"):
        return None
    name, last = word[:-1], where.word.span.end - 1
    colon = Span(last, last + 1)
    if not where.before and name in RESERVED:
        return Said(f"`{name}` is a word of the language and cannot be a label", "choose another label")
    if where.back(1) in KINDS:
        return Said("a declaration has no colon after its name", "delete it", colon, fix="")
    if not _started(where) and _NAME.fullmatch(name) and name not in RESERVED:
        return Said("a statement has one label", f"delete `{word}`", fix="")
    if where.after.startswith(_AFTER_LABEL):
        return Said("another sentence starts here", "write it on a line of its own")
    return Said("this colon does not end a label", "delete it", colon, fix="")


def _label_without_colon(where: Break) -> Said | None:
    """`no_sale never share …`, or with a space before the colon."""
    label = where.before[0] if where.before else where.word
    if where.before[1:] or not _NAME.fullmatch(label.text) or label.text in RESERVED:
        return None
    following = where.word.text if where.before else where.after.split(" ")[0]
    if label.text == "we":
        help_ = "delete it: a statement is about us where it names nobody else"
        return Said("`we` stands in no sentence", help_, label.span, fix="")
    if following.startswith(":"):
        return Said(f"there is a space before the colon of {label.shown}", f"write `{label.text}:`", label.span)
    if following not in {*MODALITIES, "text", "law"} or near(label.text, MODALITIES):
        return None
    return Said(
        f"`:` is missing after the label {label.shown}", f"write `{label.text}:`", label.span, fix=f"{label.text}:"
    )


def _half_mood(where: Break) -> Said | None:
    """`later may share …`: one word of a mood of two."""
    word = where.word.text
    if _started(where) or word not in _HALVES or not where.after.startswith(tuple(MODALITIES)):
        return None
    mood = _HALVES[word]
    return Said(f"{where.word.shown} cannot start a sentence", f"did you mean `{mood}`?", fix=mood)


def _labelled(where: Break) -> Said | None:
    """A label before what has none."""
    if _started(where) or not where.before or where.word.text not in {*KINDS, "import", "language"}:
        return None
    if where.word.text == "law" and where.after.startswith("say"):
        return Said("a statement does not start with `law`", "did you mean `law says`?")
    what = {"import": "an import", "language": "the version of the language"}.get(where.word.text, "a declaration")
    return Said(f"{what} has no label", f"delete `{where.back(1)}`", where.before[0].span, fix="")


def _modality(where: Break) -> Said | None:
    """A verb without modality."""
    if "MODALITY" not in where.expected or where.word.text not in VERBS:
        return None
    return Said(f"{_ANY_MODALITY} is missing before {where.word.shown}", "write one of them before the verb")


def _first_word(where: Break) -> Said | None:
    if _started(where):
        return None
    word, labelled = where.word.text, bool(where.before)
    if where.at_end:
        return Said("this label stands alone", f"write its statement after it: {_ANY_MODALITY}, and a verb")
    if where.word.is_text:
        return Said("a text alone is not a sentence", "write `text` before it")
    if word in _OTHER_MODALITIES:
        return Said(
            f"{where.word.shown} is not a modality",
            f"write {_ANY_MODALITY}; the nearest is `{_OTHER_MODALITIES[word]}`",
        )
    close = near(word.rstrip(":"), _AFTER_LABEL if labelled else _STARTERS)
    if close:
        return Said(f"{where.word.shown} cannot start a sentence", f"did you mean `{close}`?", fix=close)
    after_label = f"write {_ANY_MODALITY}, or `text`"
    help_ = after_label if labelled else f"start it with a label, with {_ANY_MODALITY}, or with a kind such as `party`"
    return Said(f"{where.word.shown} cannot start a sentence", help_)


def _verb(where: Break) -> Said | None:
    """No verb after a modality."""
    modality = where.back(1)
    if modality not in {*MODALITIES, *EXPECTATIONS} or "NAME" not in where.expected:
        return None
    place = where.before[-1].span
    if where.word.text == "not":
        place = Span(place.start, where.word.span.end)
        return Said(f"`{modality} not` is not a modality", "write `never`", place, fix="never")
    if where.word.text == "only":
        return Said("`only` cannot stand before a verb", "write it after the verb, before what alone is meant")
    return Said(f"a verb is missing after `{modality}`", f"write what is done: {_SOME_VERBS} …", place)


def _word_before_verb(where: Break) -> Said | None:
    """`never ever share logs`: what stands before the verb was read as the verb."""
    if where.back(3) not in MODALITIES or where.back(2) in VERBS or where.back(1) not in VERBS:
        return None
    word = where.before[-2]
    return Said(f"{word.shown} is not a verb, and cannot stand before one", "delete it", word.span)


def _declared_name(where: Break) -> Said | None:
    """No name after a kind."""
    kind = where.back(1)
    if len(where.before) != 1 or kind not in KINDS or where.expected & {"PREPOSITION"}:
        return None
    if where.word.text in RESERVED:
        return _reserved(where)
    help_ = f"write a name after `{kind}`, by which other sentences can call it"
    return Said(f"`{kind}` is followed by no name", help_, where.before[0].span)


def _reserved(where: Break) -> Said:
    return Said(f"{where.word.shown} is a word of the language and cannot be a name", "choose another name")


def _version(where: Break) -> Said | None:
    if not where.before or where.before[0].text != "language":
        return None
    what = (
        f"{where.word.shown} is not a version of the language"
        if where.word.text
        else "the version of the language is missing"
    )
    return Said(what, "write `language 1`")


FIRST: Final[tuple[Rule, ...]] = (_version,)
RULES: Final[tuple[Rule, ...]] = (
    _colon,
    _half_mood,
    _label_without_colon,
    _labelled,
    _modality,
    _first_word,
    _verb,
    _word_before_verb,
    _declared_name,
)
