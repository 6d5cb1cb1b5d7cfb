"""How messages name kinds, clauses and verbs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from policyc.diagnostics.near import near
from policyc.language.clauses import CLAUSES, ONLY_GROUPS, OUTCOMES, RULE_FIELDS, Clause, rows_of
from policyc.language.kinds import KINDS
from policyc.language.verbs import VERBS, Verb

STATEMENT: Final = "statement"
"""The kind of a label."""

_SHOWN: Final = 6
"""How many verbs or kinds a help lists."""


def a(word: str) -> str:
    """The word with its article."""
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def in_words(kind: str) -> str:
    """A kind as a word of a sentence: "legal basis"."""
    return kind.replace("_", " ")


def describe_kind(kind: str) -> str:
    """What a name of a kind is: "a legal basis", "people", "the label of a statement"."""
    if kind == "rule":
        return "a rule"
    if kind == STATEMENT:
        return "the label of a statement"
    return {"subject": "people", "data": "data"}.get(kind) or a(in_words(kind))


def quoted(words: Iterable[str]) -> str:
    """Words of the language in a list: "`sale`, `rent`"."""
    return ", ".join(f"`{word}`" for word in words)


def shown_key(key: str) -> str:
    """A clause's key; a period has none."""
    return f"`{key}`" if key else "a period"


def no_key(key: str) -> str:
    """A clause's key after "no"."""
    return f"`{key}`" if key else "period"


def takes(rows: Sequence[Clause]) -> str:
    """What rows of one key take: "purposes", "laws or contracts and safeguards (measures)"."""
    return " or ".join(dict.fromkeys(row.takes for row in rows))


def objects_of(verb: Verb) -> str:
    """What a verb is about: "data", "rights", "text in quotes"."""
    if verb.words:
        return quoted(verb.words)
    return " or ".join(KINDS[kind].plural for kind in verb.kinds) or "text in quotes"


def where_taken(key: str) -> str | None:
    """Where a clause can stand instead; None for one that stands nowhere else."""
    fields = {row.field for row in rows_of(key)}
    verbs = [verb.name for verb in VERBS.values() if verb.fields & fields]
    kinds = [kind.name for kind in KINDS.values() if kind.fields & fields]
    known = verbs or kinds
    if fields <= ONLY_GROUPS:
        return f'it opens a group: `{key} "…" {{`'
    if fields <= RULE_FIELDS:
        return "it goes with a `rule`"
    if fields <= set(OUTCOMES):
        return "it goes with the `test` of a rule"
    more = " …" if len(known) > _SHOWN else ""
    return f"it goes with {quoted(known[:_SHOWN])}{more}" if known else None


def other_key(kind: str, allowed: frozenset[str], key: str) -> str | None:
    """The clause that would take a name of this kind here."""
    keys = [row.key for row in CLAUSES if kind in row.kinds and row.field in allowed and row.key != key]
    return f"did you mean {' or '.join(f'`{one}`' for one in dict.fromkeys(keys))}?" if keys else None


def meant(word: str, known: Iterable[str], otherwise: str | None = None) -> str | None:
    """A help with the near known word; `otherwise` if none is near."""
    close = near(word, known)
    return f"did you mean `{close}`?" if close else otherwise
