"""policy.md: the page of policy.html as Markdown (CommonMark and tables)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.backends.markdown.author import passage
from policyc.backends.markdown.escape import escape, link, protect
from policyc.backends.markdown.inline import phrase
from policyc.model.policy import Policy
from policyc.page import Block, Page, page
from policyc.page.blocks import Cell, Chapter, Definition, Definitions, Entry, Remark, Run, Table
from policyc.sentences.parts import Paragraph, Sentence, text_of
from policyc.version import __version__

TARGET: Final = "policy.md"

_DEEPEST: Final = 6


def build(policy: Policy) -> str:
    """The text of policy.md."""
    made = page(policy)
    lines = [line.rstrip() for part in _page(made) for line in part.split("\n")]
    return "\n".join(lines).strip("\n") + "\n"


def _page(made: Page) -> Iterator[str]:
    """The blocks of the page, each followed by an empty line."""
    yield f"<!-- policyc {__version__}; policy hash {escape(made.hash)} -->\n"
    if made.warning:
        yield f"> **{escape(made.warning)}**\n"
    yield f"# {escape(made.title)}\n"
    yield "\n".join(f"- **{fact.name}:** {phrase(fact.told)}" for fact in made.facts) + "\n"
    yield "## Contents\n"
    titles = enumerate(made.chapters, start=1)
    yield "\n".join(f"{number}. {link(chapter.title, '#' + chapter.id)}" for number, chapter in titles) + "\n"
    for block in (*made.blocks, *made.chapters):
        yield from _block(block, 2)


def _block(block: Block, level: int) -> Iterator[str]:
    match block:
        case Chapter():
            yield f"{_anchor(block.id)}\n\n{'#' * min(level, _DEEPEST)} {escape(block.title)}\n"
            for inner in block.blocks:
                yield from _block(inner, level + 1)
        case Run():
            yield f"**{phrase(block.lead)}**\n"
            yield "\n".join(_item(_anchor(one.id), one.told) for one in block.entries) + "\n"
        case Definitions():
            yield "\n".join(_definition(one) for one in block.entries) + "\n"
        case Entry():
            yield _told(_anchor(block.id), block.told) + "\n"
        case Remark():
            yield _told("", block.told) + "\n"
        case _:
            yield _table(block) + "\n"


def _anchor(name: str) -> str:
    return f'<a id="{name}"></a>'


def _definition(one: Definition) -> str:
    stop = "" if one.name.endswith(".") else "."
    return _item(f"{_anchor(one.id)}**{escape(one.name)}{stop}** ", one.told)


def _item(start: str, told: Sentence) -> str:
    """A list item; what follows its first line is indented under it."""
    return "- " + _told(start, told).replace("\n", "\n  ")


def _told(start: str, told: Sentence) -> str:
    """Sentences as blocks; `start` opens the first, which is a paragraph then."""
    lead = f"**{phrase(told.lead)}** " if told.lead else ""
    parts = [phrase(block.parts) if isinstance(block, Paragraph) else passage(block.text) for block in told.blocks]
    if parts and isinstance(told.blocks[0], Paragraph):
        parts[0] = start + lead + (parts[0] if start + lead else protect(parts[0]))
    elif start + lead:
        parts.insert(0, start + lead)
    return "\n\n".join(parts)


def _table(table: Table) -> str:
    head = f"| {' | '.join(table.columns)} |"
    rule = f"|{' --- |' * len(table.columns)}"
    rows = [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in table.rows]
    return "\n".join((f"{table.caption}.\n", head, rule, *rows))


def _cell(cell: Cell) -> str:
    return "<br>".join(link(text_of(told), "#" + name) if name else phrase(told) for told, name in cell.lines)


__all__ = ["TARGET", "build"]
