"""Reads texts by Lark: those in which something is wrong, or that only Lark can read. Lark's types end here."""

from __future__ import annotations

from typing import Any

from lark import Token, Tree
from lark.exceptions import UnexpectedInput

from policyc.syntax.engine import Engine
from policyc.syntax.from_tree import ToNodes
from policyc.syntax.layout import LayoutError
from policyc.syntax.tables import load_parser


class ByLark:
    """Lark's parser of the grammar, and nodes from its trees."""

    def __init__(self) -> None:
        """Load the tables of the grammar, or make them."""
        self._lark = load_parser()

    def engine(self) -> Engine:
        """The engine that runs the same tables."""
        from policyc.syntax.engine_tables import engine_tables  # noqa: PLC0415 - the wheel has them ready-made

        return Engine(engine_tables(self._lark))

    def document(self, text: str, to_nodes: ToNodes) -> Any:  # noqa: ANN401
        """The document of a sound text; None if it is not sound."""
        try:
            return _build(self._lark.parse(text, start="document"), to_nodes)
        except (UnexpectedInput, LayoutError):
            return None

    def sentence(self, text: str, to_nodes: ToNodes) -> Any:  # noqa: ANN401
        """The sentence or header of a group that a text is; raises Lark's UnexpectedInput, or LayoutError."""
        return _build(self._lark.parse(text, start="item"), to_nodes)


def _build(tree: Tree[Token], to_nodes: ToNodes) -> Any:  # noqa: ANN401 - each method says what its rule becomes
    """What a tree becomes. It is as deep as groups and parentheses are nested, which the layout limits."""
    parts = [_build(part, to_nodes) if isinstance(part, Tree) else part for part in tree.children]
    return getattr(to_nodes, tree.data)(parts)
