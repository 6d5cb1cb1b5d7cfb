"""`policyc vocab`: looks for a term in the standard library."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import click

from policyc.backends.manifest.dpv import iri
from policyc.cli._say import FOUND, count, say
from policyc.diagnostics.near import near
from policyc.language.kinds import KINDS
from policyc.resolve.vocabulary import Entry, vocabulary

_WIDTH: Final = 100
_MOST: Final = 40
"""More matches than these are not listed."""


@click.command()
@click.argument("words", nargs=-1, metavar="[WORD]…")
@click.option("--kind", type=click.Choice(sorted(KINDS)), help="Only terms of this kind.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(words: tuple[str, ...], kind: str | None, form: str) -> int:
    """Look for WORD in the names, labels and aliases of the standard library, and in other vocabularies.

    The name of a term shows all of it: how to import it, what it belongs to, what belongs to it, and what other
    vocabularies call it. Without a word, all modules are listed. Exits 1 if nothing is found.
    """
    library = vocabulary()
    terms = {name: entry for name, entry in library.items() if kind in (None, entry.kind)}
    wanted = " ".join(words).casefold().strip()
    if not wanted:
        say(_as_json(terms.values()) if form == "json" else _overview(terms))
        return 0
    found = matches(terms.values(), wanted)
    if form == "json":
        say(_as_json(found))
    elif found:
        say(_told(found, wanted, library))
    else:
        known = sorted({word.casefold() for entry in terms.values() for word in _names(entry)})
        close = near(wanted, known)
        say(f"nothing like `{wanted}` is in the library{f'; did you mean `{close}`?' if close else ''}\n", err=True)
    return 0 if found else FOUND


def matches(terms: Iterable[Entry], wanted: str) -> list[Entry]:
    """The terms that are called so, then those that are called something with it, then those that mean like it."""
    ranked = ((rank, entry.name, entry) for entry in terms if (rank := _rank(entry, wanted)) is not None)
    return [entry for _, _, entry in sorted(ranked, key=lambda one: one[:2])]


def _rank(entry: Entry, wanted: str) -> int | None:
    """0: a name of it; 1: words of one; 2: those in any order, or a part; 3: another vocabulary's; None: not at all."""
    names, plain = [_plain(name) for name in _names(entry)], _plain(wanted)
    if plain in names:
        return 0
    if any(f" {plain} " in f" {name} " for name in names):
        return 1
    if any(set(plain.split()) <= set(name.split()) or f" {plain}" in f" {name}" for name in names):
        return 2
    others = (text.casefold() for one in entry.crosswalk for text in (one.code, one.label))
    return 3 if any(wanted in text for text in (*others, *(term.casefold() for term in entry.dpv))) else None


def _plain(name: str) -> str:
    """A name as its words, each without the ending of a plural: `cookies` is found by "cookie", and `email_address`."""
    words = name.casefold().replace("_", " ").replace(".", " ").split()
    return " ".join(word.removesuffix("s") for word in words)


def _names(entry: Entry) -> tuple[str, ...]:
    return (entry.short, entry.name, entry.label, *entry.aliases)


# --- text ------------------------------------------------------------------------------------


def _told(found: Sequence[Entry], wanted: str, terms: Mapping[str, Entry]) -> str:
    """All of the terms that are called so; a line for each of the others."""
    whole = [entry for entry in found if _rank(entry, wanted) == 0] or (found if len(found) == 1 else [])
    others = [entry for entry in found if entry not in whole]
    parts = [_page(entry, terms) for entry in whole]
    if others:
        more = [f"… and {len(others) - _MOST:,} more\n"] if len(others) > _MOST else []
        parts.append("".join([*map(_line, others[:_MOST]), *more]))
    return "\n".join(parts)


def _line(entry: Entry) -> str:
    return f"{entry.kind:11} {entry.short:32} “{entry.label}”  {entry.module}\n"


def _page(entry: Entry, terms: Mapping[str, Entry]) -> str:
    """All of a term: a line with its label, one to copy, and what is known of it."""
    known = {
        "counts": [_with_inherited(entry, terms)],
        "also": entry.aliases,
        "belongs to": [_shown(name) for name in entry.parents],
        "below it": [_shown(name) for name in entry.children],
        "DPV": [f"{term} <{iri(term)}>" for term in entry.dpv],
    }
    schemes = dict.fromkeys(one.scheme for one in entry.crosswalk)
    known |= {
        scheme: [f"{one.code} ({one.label})" for one in entry.crosswalk if one.scheme == scheme] for scheme in schemes
    }
    formatter = click.HelpFormatter(width=_WIDTH)
    formatter.write(f"{entry.kind} {entry.short} “{entry.label}”\n  import {entry.short} from {entry.module}\n")
    rows = [(title, ", ".join(values)) for title, values in known.items() if any(values)]
    if rows:
        with formatter.indentation():
            formatter.write_dl(rows)
    return formatter.getvalue()


def _with_inherited(entry: Entry, terms: Mapping[str, Entry]) -> str:
    """Its own conditions, and those of the legal bases that it lies below."""
    found, queue = [entry.conditions], list(entry.parents) if entry.kind == "legal_basis" else []
    while queue:
        above = terms[queue.pop()]
        found.append(f"{above.conditions} (from {above.short})" if above.conditions else "")
        queue += above.parents
    return "; ".join(one for one in found if one)


def _shown(name: str) -> str:
    return name.partition(".")[2]


def _overview(terms: Mapping[str, Entry]) -> str:
    modules = Counter(entry.module for entry in terms.values())
    lines = [f"{module:40} {count(number, 'term')}" for module, number in sorted(modules.items())]
    return "\n".join([*lines, "", f"{count(len(terms), 'term')}; `policyc vocab WORD` looks for one"]) + "\n"


def _as_json(found: Iterable[Entry]) -> str:
    data = [
        {
            "name": entry.name,
            "kind": entry.kind,
            "label": entry.label,
            "aliases": entry.aliases,
            "dpv": [iri(term) for term in entry.dpv],
            "parents": entry.parents,
            "children": entry.children,
            "conditions": entry.conditions,
            "crosswalk": [{"scheme": one.scheme, "code": one.code, "label": one.label} for one in entry.crosswalk],
        }
        for entry in found
    ]
    return json.dumps({"version": 1, "terms": data}, ensure_ascii=False, indent=2) + "\n"
