"""Text to nodes. A sound file is read in one go; one with errors is read again, sentence by sentence."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Final

from policyc.diagnostics.codes import syntax as codes
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.diagnostics.near import near
from policyc.diagnostics.outcome import Outcome
from policyc.source.text import Source, Span
from policyc.syntax import nodes
from policyc.syntax.decode import REPLACEMENT
from policyc.syntax.engine import stored_engine
from policyc.syntax.from_tree import ToNodes

if TYPE_CHECKING:
    from policyc.syntax.by_lark import ByLark

LANGUAGE: Final = 1
MOST_BROKEN: Final = 100
"""With more errors than these the rest of a file is left unread."""

_TAB: Final = re.compile(r"^ *\t", re.MULTILINE)
_FIRST_WORD: Final = re.compile(r"\w*")


class Parser:
    """A parser for any number of sources. Making one takes longer than using it on a page of text."""

    def __init__(self) -> None:
        """Load the tables of the grammar, or make them."""
        self._engine = stored_engine() or self._by_lark.engine()

    @cached_property
    def _by_lark(self) -> ByLark:
        """Lark's own parser; loading it, and what else files with errors need, shows at every start."""
        by_lark: ByLark = import_module("policyc.syntax.by_lark").ByLark()
        return by_lark

    def parse(self, source: Source) -> Outcome[nodes.Document]:
        """The document of a source. There always is one; what could not be read stands in it as Broken."""
        found: list[Diagnostic] = []
        with paused_gc():
            document = self._whole(source, found)
            if document is None:
                recover = import_module("policyc.syntax.recovery").recover
                document = recover(source, lambda span: self._sentence(source, span, found), found, MOST_BROKEN)
        versions = [item for item in document.items if isinstance(item, nodes.Version)]
        problem = _version_problem(source, document, versions)
        if any(version.number != LANGUAGE for version in versions):
            found = []  # what is right in another version of the language is not known
        return Outcome(document, _first_errors([*found, problem] if problem else found))

    def _whole(self, source: Source, found: list[Diagnostic]) -> nodes.Document | None:
        """The document of a source in which every sentence can be read, else None; tabs are looked at one by one."""
        if _TAB.search(source.text):
            return None
        to_nodes = ToNodes(source)
        document: nodes.Document | None = self._engine.read(source.text, "document", to_nodes)
        if document is None:
            to_nodes = ToNodes(source)
            document = self._by_lark.document(source.text, to_nodes)
        found += to_nodes.found if document else ()
        return document

    def _sentence(self, source: Source, span: Span, found: list[Diagnostic]) -> nodes.Item:
        """One sentence of a source, which is known to be one by its layout. Raises what ByLark raises."""
        to_nodes = ToNodes(source, span.start)
        item: nodes.Item = self._by_lark.sentence(source.text[span.start : span.end], to_nodes)
        found += to_nodes.found
        return item


@cache
def parser() -> Parser:
    """The one parser of this process."""
    return Parser()


@contextmanager
def paused_gc() -> Iterator[None]:
    """Pause the collector while many objects and no cycles are made: it nearly halves the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _first_errors(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """In the order of the text, and not more than anyone would read."""
    ordered = sorted(found, key=lambda problem: problem.order)
    if len(ordered) <= MOST_BROKEN:
        return tuple(ordered)
    place = ordered[MOST_BROKEN].label
    message = f"there are more than {MOST_BROKEN} errors; the others are left out"
    help_ = "mend the errors above first"
    return (*ordered[:MOST_BROKEN], Diagnostic.at(codes.TOO_MANY, place.source, place.span, message, help=help_))


def _version_problem(source: Source, document: nodes.Document, versions: list[nodes.Version]) -> Diagnostic | None:
    """A document starts with `language 1`, once."""
    if not versions:
        if _is_broken_version(source, document):
            return None
        place, message = Span(0, min(len(source.text), 1)), "the file does not start with the version of its language"
        help_ = f"write `language {LANGUAGE}` on the first line"
    elif versions[0] is not next(item for item in document.items if not isinstance(item, nodes.Broken)):
        place, message = versions[0].span, "the version of the language does not stand first"
        help_ = "move it to the first line"
    elif versions[0].number != LANGUAGE:
        place, message = versions[0].span, f"this policyc does not read language {versions[0].number}"
        help_ = f"write `language {LANGUAGE}`, or use another version of policyc"
    elif len(versions) > 1:
        place, message, help_ = versions[1].span, "the version of the language stands here again", "delete this line"
    else:
        return None
    return Diagnostic.at(codes.NO_VERSION, source, place, message, help=help_)


def _is_broken_version(source: Source, document: nodes.Document) -> bool:
    """Whether the first sentence was to be the version, but could not be read, which has been reported."""
    first = document.items[0] if document.items else None
    if not isinstance(first, nodes.Broken):
        return False
    if source.damaged and REPLACEMENT in source.text[first.span.start : first.span.end]:
        return True
    word = _FIRST_WORD.match(source.text, first.span.start)
    return word is not None and near(word.group().lower(), ("language",)) is not None
