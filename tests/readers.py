"""A text as policyc's own engine reads it, and as Lark does: nodes with their spans, and what is found on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from attrs import astuple

from policyc.source.text import Source
from policyc.syntax import nodes
from policyc.syntax.by_lark import ByLark
from policyc.syntax.engine import Engine
from policyc.syntax.engine_tables import stored_text
from policyc.syntax.from_tree import ToNodes
from tests.policies import said

Reading = tuple[nodes.Document, Any, list[str]] | None
"""The document, the same with spans, which take no part in its equality, and findings; None for what is not read."""


@cache
def by_lark() -> ByLark:
    return ByLark()


@cache
def engine() -> Engine:
    return Engine(tables())


def tables() -> dict[str, Any]:
    """The engine's tables, anew and as they are stored."""
    made: dict[str, Any] = json.loads(_stored())
    return made


@cache
def _stored() -> str:
    return stored_text()


def by_engine(text: str, reader: Engine | None = None) -> Reading:
    return _read(text, lambda to_nodes: (reader or engine()).read(text, "document", to_nodes))


def as_lark_reads(text: str) -> Reading:
    return _read(text, lambda to_nodes: by_lark().document(text, to_nodes))


def _read(text: str, read: Callable[[ToNodes], nodes.Document | None]) -> Reading:
    to_nodes = ToNodes(Source("a.policy", text))
    document = read(to_nodes)
    return None if document is None else (document, astuple(document), [said(one) for one in to_nodes.found])
