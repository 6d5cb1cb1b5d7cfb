"""SARIF logs that are valid: by the public schema, and by what the schema cannot say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMA = Path(__file__).parent / "sarif" / "sarif-2.1.0.json"

ADDRESS = re.compile(r"(?:file:///)?(?:[\w.~!$&'()*+,;=:@/-]|%[0-9A-F]{2})+", re.ASCII)
LINK = re.compile(r"(?<!\\)\[((?:[^\\\[\]]|\\.)*)\]\((.*?)\)")


def run(text: str) -> Any:
    """The one run of a log, once it is known to be valid."""
    assert text.isascii()
    log = json.loads(text)
    assert json.dumps(log, ensure_ascii=False).encode("utf-8"), "what no encoder takes is nowhere"
    assert [f"{list(error.path)}: {error.message}" for error in _validator().iter_errors(log)] == []
    (one,) = log["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert set(_links(result)) <= {place["id"] for place in result.get("relatedLocations", [])}
    assert [place for place in _all(one, "artifactLocation") if not _is_address(place)] == []
    assert [region for region in (*_all(one, "region"), *_all(one, "deletedRegion")) if not _is_region(region)] == []
    return one


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _links(result: Any) -> Iterator[int]:
    """Where the links of a message lead: to further places only, whatever a policy has written."""
    return (int(target) for _, target in LINK.findall(result["message"]["text"]))


def _all(data: Any, key: str) -> Iterator[Any]:
    """All values under a key, however deep."""
    parts = data if isinstance(data, list) else list(data.values()) if isinstance(data, dict) else []
    if isinstance(data, dict) and key in data:
        yield data[key]
    for part in parts:
        yield from _all(part, key)


def _is_address(place: Any) -> bool:
    """Whole, or relative to a named base and below it, as RFC 3986 spells it."""
    is_whole = place["uri"].startswith("file:///")
    steps = place["uri"].split("/")
    return bool(ADDRESS.fullmatch(place["uri"])) and is_whole is ("uriBaseId" not in place) and ".." not in steps


def _is_region(region: Any) -> bool:
    return (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
