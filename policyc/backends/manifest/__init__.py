"""The manifest: everything that a policy says, as JSON for machines, with the ids of the page and the guard."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from policyc.backends.manifest.values import Json, fields_to_json, holes_to_json, to_json
from policyc.language.kinds import KINDS
from policyc.model.policy import Fields, Policy, Prose, Section, Statement, Term, tags_of, texts_of
from policyc.model.values import Texts, Translations
from policyc.sentences import sentence

TARGET: Final = "manifest.json"

SCHEMA: Final = "urn:policyc:manifest:1"
"""The `$id` of the JSON Schema that stands beside this module."""

LANGUAGE: Final = 1

TEXT: Final = "text"
SECTION: Final = "section"
"""Kinds of the objects among the statements that are none."""


def build(policy: Policy) -> str:
    """The manifest's text: two spaces of indentation, keys in the order of the tables, a newline at the end."""
    return json.dumps(manifest(policy), ensure_ascii=False, indent=2) + "\n"


def manifest(policy: Policy) -> Json:
    """The manifest as JSON data. Its lists are sorted by id; `items` hold the page's order.

    `errors` are there if the policy was built with them: the codes of what is wrong with it.
    """
    return {
        "$schema": SCHEMA,
        "language": LANGUAGE,
        "policy": _header(policy),
        "hash": policy.hash,
        **({"errors": list(policy.flaws)} if policy.flaws else {}),
        "declarations": [_declaration(term) for term in _sorted(policy) if term.id != policy.id],
        "statements": [
            *(_statement(policy, statement) for statement in sorted(policy.statements, key=lambda one: one.id)),
            *(_prose(prose) for prose in sorted(policy.prose, key=lambda one: one.id)),
            *(_section(section) for section in sorted(_sections(policy.layout), key=lambda one: one.id)),
        ],
    }


def _sorted(policy: Policy) -> list[Term]:
    """By kind as the table has them, then by id."""
    kinds = list(KINDS)
    return sorted(policy.terms.values(), key=lambda term: (kinds.index(term.kind), term.id))


def _header(policy: Policy) -> Json:
    header = policy.header
    return {
        "kind": header.kind,
        "id": header.id,
        "refs": _refs(header.fields),
        "title": header.label,
        **_declared(header),
        **_translated(header.fields, {"title": header.translations}),
        "items": _items(policy.layout),
    }


def _declaration(term: Term) -> Json:
    return {
        "kind": term.kind,
        "id": term.id,
        "refs": _refs(term.fields),
        "label": term.label,
        "from": term.qualified,
        "parents": list(term.parents),
        **_declared(term),
        **_translated(term.fields, {"label": term.translations}),
    }


def _declared(term: Term) -> Json:
    return _clauses(term.fields) | ({"open": True} if term.is_open else {})


def _statement(policy: Policy, statement: Statement) -> Json:
    found: Json = {
        "kind": statement.verb,
        "id": statement.id,
        "sentence": sentence(policy, statement).text,
        "refs": list(statement.refs),
        "modality": statement.modality,
    }
    if statement.mood is not None:
        found["mood"] = statement.mood
    if statement.objects is not None:
        found[statement.row.object] = to_json(statement.objects)
    found |= _clauses(statement.fields)
    if statement.only:
        found["only"] = list(statement.only)
    if statement.holes:
        found["holes"] = holes_to_json(statement.holes)
    objects = {statement.row.object: statement.objects} if isinstance(statement.objects, Texts) else {}
    return found | _translated({**objects, **statement.fields})


def _prose(prose: Prose) -> Json:
    return {
        "kind": TEXT,
        "id": prose.id,
        "refs": list(prose.refs),
        **_clauses(prose.fields),
        **_translated(prose.fields),
    }


def _section(section: Section) -> Json:
    return {
        "kind": SECTION,
        "id": section.id,
        "refs": list(section.refs),
        "title": section.title,
        **_clauses(section.fields),
        "items": _items(section.items),
        **_translated(section.fields, {"title": section.translations}),
    }


def _clauses(fields: Fields) -> dict[str, Json]:
    """The clauses, with `open` and `holes` where the fields hold them."""
    found = fields_to_json(fields)
    if "open" in fields:
        found["open"] = True
    holes = tags_of(fields, "holes")
    return found | ({"holes": holes_to_json(holes)} if holes else {})


def _translated(fields: Fields, single: Mapping[str, Translations] | None = None) -> dict[str, Json]:
    """For each field with translated texts, in the texts' order, the texts by language."""
    found = {name: [dict(pairs)] for name, pairs in (single or {}).items() if pairs}
    for name, value in fields.items():
        if isinstance(value, Texts) and value.translations:
            found[name] = [dict(pairs) for pairs in value.translations]
    return {"translations": found} if found else {}


def _refs(fields: Fields) -> list[str]:
    return list(texts_of(fields, "trace"))


def _items(items: tuple[str | Section, ...]) -> list[str]:
    return [item.id if isinstance(item, Section) else item for item in items]


def _sections(items: tuple[str | Section, ...]) -> Iterator[Section]:
    """Every section, at any depth."""
    for item in items:
        if isinstance(item, Section):
            yield item
            yield from _sections(item.items)
