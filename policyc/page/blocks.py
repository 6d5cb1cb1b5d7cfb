"""What a page consists of. Every block is rendered once, in the order in which it stands."""

from __future__ import annotations

from attrs import frozen

from policyc.sentences.header import Fact
from policyc.sentences.parts import Phrase, Sentence


@frozen
class Entry:
    """A statement or prose; `id` is its anchor, and its key in the manifest and the guard."""

    id: str
    told: Sentence


@frozen
class Run:
    """Entries about the same people: `lead` says once whom they are about, and each goes on from there."""

    lead: Phrase
    entries: tuple[Entry, ...]


@frozen
class Remark:
    """Sentences without an anchor: what the header or a section says of itself."""

    told: Sentence


@frozen
class Definition:
    """What the policy says about a term."""

    id: str
    name: str
    told: Sentence


@frozen
class Definitions:
    """The definitions of one kind of term."""

    entries: tuple[Definition, ...]


@frozen
class Cell:
    """A cell of a table: lines, each with the id of the statement that says it ("" if none does)."""

    lines: tuple[tuple[Phrase, str], ...]


@frozen
class Table:
    """A table; the first cell of each row is the row's header."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@frozen
class Chapter:
    """A part of the page with a heading; chapters inside it have headings one level lower."""

    id: str
    title: str
    blocks: tuple[Block, ...]


Block = Entry | Run | Remark | Definitions | Table | Chapter


@frozen
class Page:
    """The whole page. `blocks` stand before the contents, `chapters` after them.

    `warning` stands above all else; it is empty for a policy that may be published.
    `defined` are the ids of terms that have a definition here, to which their labels may lead.
    """

    title: str
    hash: str
    warning: str
    facts: tuple[Fact, ...]
    blocks: tuple[Block, ...]
    chapters: tuple[Chapter, ...]
    defined: frozenset[str]
