"""The tokens of a text as nodes are made of them. Lark's own tokens have these fields too, and more."""

from __future__ import annotations


class Token(str):
    """How a token is spelt, and where: the offsets of its first code point and of the one after its last."""

    __slots__ = ("end_pos", "start_pos")

    start_pos: int
    end_pos: int
