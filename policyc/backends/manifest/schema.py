"""The manifest's JSON Schema (draft 2020-12), made from the tables of the language and kept in schema.json."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from policyc.backends.manifest import LANGUAGE, SCHEMA, SECTION, TEXT
from policyc.backends.manifest.values import ELSEWHERE, EXACT, RANGE, Json
from policyc.language.clauses import CLAUSES, GUARD_KEYS, HOLES, ONLY_GROUPS, Clause, Form, row_of
from policyc.language.kinds import KINDS, Kind
from policyc.language.tongues import LANGUAGES
from policyc.language.verbs import VERBS, Verb
from policyc.language.words import MODALITIES, MOODS, QUANTIFIERS, Bound, Comparison, Unit

_STRING: Final = {"type": "string"}
_ID: Final = {"type": "string", "minLength": 1}
_IDS: Final = {"type": "array", "items": _ID}
_TEXTS: Final = {"type": "array", "items": _STRING, "minItems": 1}
_YES: Final = {"const": True}


def stored() -> Path:
    """Where the schema is kept, in a checkout and in the wheel."""
    return Path(__file__).with_name("schema.json")


def text() -> str:
    """The schema as it is kept."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema() -> Json:
    """The schema of a whole manifest. No object takes a field that is not in the tables."""
    verbs = [f"verb_{name}" for name in VERBS]
    kinds = [f"kind_{name}" for name in KINDS if name != "policy"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "Manifest of a privacy policy",
        **_object(
            {
                "$schema": {"const": SCHEMA},
                "language": {"const": LANGUAGE},
                "policy": _ref("kind_policy"),
                "hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                "declarations": {"type": "array", "items": {"oneOf": [_ref(name) for name in kinds]}},
                "statements": {"type": "array", "items": {"oneOf": [_ref(name) for name in (*verbs, TEXT, SECTION)]}},
            },
            {
                "errors": {
                    **_list({"type": "string", "pattern": "^PC[0-9]{3}(/[a-z][a-z0-9_.]*)?$"}),
                    "uniqueItems": True,
                }
            },
        ),
        "$defs": {**_values(), **_kinds(), **_verbs(), **_page()},
    }


def _object(needed: Mapping[str, Json], optional: Mapping[str, Json] | None = None) -> dict[str, Json]:
    return {
        "type": "object",
        "properties": {**needed, **(optional or {})},
        "required": list(needed),
        "additionalProperties": False,
    }


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _enum(words: Iterable[str]) -> Json:
    return {"enum": list(words)}


def _list(item: Json) -> Json:
    return {"type": "array", "items": item, "minItems": 1}


# --- what clauses hold ----------------------------------------------------------------------------


def _values() -> dict[str, Json]:
    duration = {"type": "string", "pattern": "^P(?:T?[0-9]{1,4}[MH]|[0-9]{1,4}[DWY])$"}
    bounds = [EXACT if bound is Bound.EXACT else bound.value for bound in Bound]
    parts = {"type": "array", "items": _ref("guard"), "minItems": 2}
    compared = {"comparison": _enum(one.value for one in Comparison), "number": {"type": "integer", "minimum": 0}}
    unit = {"unit": _enum(unit.value for unit in Unit)}
    more = {"quantifier": _enum(QUANTIFIERS.values()), "excluding": _list(_ID), "including": _list(_ID), "open": _YES}
    return {
        "terms": _object({"ids": _list(_ID)}, more),
        "period": {
            "oneOf": [
                _object({"duration": duration, "bound": _enum(bounds)}),
                _object({"duration": duration, "bound": {"const": RANGE}, "upper": duration}),
            ]
        },
        "guard": {
            "oneOf": [
                _object({"fact": _ID}),
                _object({"variable": _ID, **compared}, unit),
                _object({"since": _ID, **compared}, unit),
                _object({"all_of": parts}),
                _object({"one_of": parts}),
            ]
        },
        "holes": _list(_object({"kind": _enum(_missing()), "words": _STRING})),
        "translations": {
            "type": "object",
            "additionalProperties": _list(
                {"type": "object", "propertyNames": _enum(LANGUAGES), "additionalProperties": _STRING}
            ),
        },
    }


def _missing() -> list[str]:
    """What a hole can stand for: fields of clauses, objects of verbs, and the further words of the table."""
    return sorted({*HOLES.values(), *(verb.object for verb in VERBS.values())})


def _clause(row: Clause) -> Json:
    if row.form is Form.NAMES:
        return _list(_enum(row.words)) if row.words and not row.kinds else _ref("terms")
    if row.form is Form.TAGGED:
        return _list(_object({"kind": _enum(row.words) if row.words else _STRING, "name": _STRING}))
    return {
        Form.TEXTS: _TEXTS,
        Form.PERIOD: _ref("period"),
        Form.GUARD: _ref("guard"),
        Form.DATE: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        Form.FLAG: _YES,
    }[row.form]


def _clauses(fields: Iterable[str]) -> dict[str, Json]:
    """The clauses of the fields in the order of the table, then those with a place of their own."""
    wanted = set(fields)
    found = {row.field: _clause(row) for row in CLAUSES if row.field in wanted - ELSEWHERE - ONLY_GROUPS}
    found |= {"open": _YES} if "open" in wanted else {}
    return found | ({"holes": _ref("holes")} if "holes" in wanted else {})


# --- declarations, statements, the page -----------------------------------------------------------


def _kinds() -> dict[str, Json]:
    return {f"kind_{kind.name}": _kind(kind) for kind in KINDS.values()}


def _kind(kind: Kind) -> Json:
    common: dict[str, Json] = {"kind": {"const": kind.name}, "id": _ID, "refs": _IDS}
    more = {**_clauses(kind.fields), "translations": _ref("translations")}
    if kind.name == "policy":
        return _object({**common, "title": _STRING, "items": _IDS}, more)
    return _object({**common, "label": _STRING, "from": _ID, "parents": _IDS}, more)


def _verbs() -> dict[str, Json]:
    return {f"verb_{verb.name}": _verb(verb) for verb in VERBS.values()}


def _verb(verb: Verb) -> Json:
    objects = _ref("terms") if verb.kinds else _list(_enum(verb.words)) if verb.words else _TEXTS
    restricted = (verb.object, *(row.field for row in map(row_of, sorted(verb.fields)) if row.form is Form.NAMES))
    needed: dict[str, Json] = {
        "kind": {"const": verb.name},
        "id": _ID,
        "sentence": _ID,
        "refs": _IDS,
        "modality": _enum(MODALITIES),
    }
    optional = {
        "mood": _enum(MOODS),
        verb.object: objects,
        **_clauses(verb.fields),
        "translations": _ref("translations"),
        "only": _list(_enum(sorted({*restricted, *(verb.fields & set(GUARD_KEYS))}))),
    }
    return _object(needed, optional)


def _page() -> dict[str, Json]:
    """The author's own words, and the titled parts of the page."""
    text: dict[str, Json] = {"kind": {"const": TEXT}, "id": _ID, "refs": _IDS, "text": _TEXTS}
    translations = {"translations": _ref("translations")}
    section: dict[str, Json] = {"kind": {"const": SECTION}, "id": _ID, "refs": _IDS, "title": _STRING, "items": _IDS}
    return {
        TEXT: _object(text, {**_clauses(("hedge", "because", "cite", "see", "holes")), **translations}),
        SECTION: _object(section, {**_clauses(("text", "cite", "see")), **translations}),
    }
