"""The author's Markdown, read with raw HTML off and written anew: what was no markup there is none here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from markdown_it.tree import SyntaxTreeNode

from policyc.backends.markdown.escape import escape, link_around, protect
from policyc.page.author import clean, markdown, one_line

_MARKS: Final = {"em": "*", "strong": "**"}


def inline(text: str) -> str:
    """A text in one line."""
    return _inline(SyntaxTreeNode(markdown().parseInline(one_line(text))).children)


def passage(text: str) -> str:
    """A text with blocks."""
    return _blocks(SyntaxTreeNode(markdown().parse(clean(text))).children)


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> str:
    return "\n\n".join(_BLOCKS.get(node.type, _paragraph)(node) for node in nodes)


def _paragraph(node: SyntaxTreeNode) -> str:
    return "\n".join(protect(line) for line in _inline(node.children).split("\n"))


def _bullets(node: SyntaxTreeNode) -> str:
    return "\n".join("- " + _blocks(item.children).replace("\n", "\n  ") for item in node.children)


def _numbers(node: SyntaxTreeNode) -> str:
    items = (_blocks(item.children).replace("\n", "\n    ") for item in node.children)
    start = int(node.attrs.get("start", 1))
    return "\n".join(f"{number}. ".ljust(4) + item for number, item in enumerate(items, start))


def _quotation(node: SyntaxTreeNode) -> str:
    return "\n".join(f"> {line}" for line in _blocks(node.children).split("\n"))


def _verbatim(node: SyntaxTreeNode) -> str:
    return "\n".join("    " + line for line in node.content.rstrip("\n").split("\n"))


_BLOCKS: Final[Mapping[str, Callable[[SyntaxTreeNode], str]]] = {
    "bullet_list": _bullets,
    "ordered_list": _numbers,
    "blockquote": _quotation,
    "code_block": _verbatim,
    "fence": _verbatim,
    "hr": lambda _: "---",
}


def _inline(nodes: Sequence[SyntaxTreeNode]) -> str:
    return "".join(_SPANS.get(node.type, _text)(node) for node in nodes)


def _text(node: SyntaxTreeNode) -> str:
    return _inline(node.children) if node.type == "inline" else escape(node.content)


def _marked(node: SyntaxTreeNode) -> str:
    return _MARKS[node.type] + _inline(node.children) + _MARKS[node.type]


def _link(node: SyntaxTreeNode) -> str:
    return link_around(_inline(node.children), str(node.attrs["href"]))


def _code(node: SyntaxTreeNode) -> str:
    """A code span, fenced by more backticks than stand in it."""
    fence = "`"
    while fence in node.content:
        fence += "`"
    space = " " if node.content.startswith("`") or node.content.endswith("`") else ""
    return fence + space + node.content + space + fence


_SPANS: Final[Mapping[str, Callable[[SyntaxTreeNode], str]]] = {
    "em": _marked,
    "strong": _marked,
    "link": _link,
    "code_inline": _code,
    "softbreak": lambda _: "\n",
    "hardbreak": lambda _: "\\\n",
}
