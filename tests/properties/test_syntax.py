"""What holds for every document and every text: printing and reading are inverse, and nothing breaks the parser."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.clauses import clause_keys
from policyc.language.kinds import KINDS
from policyc.language.verbs import VERBS
from policyc.source.text import Source, Span
from policyc.syntax import nodes
from policyc.syntax.decode import decode
from policyc.syntax.grammar import RESERVED
from policyc.syntax.parser import Parser
from policyc.syntax.printer import WIDTH, format_source, print_document, print_item
from policyc.syntax.recovery import recover
from policyc.syntax.trivia import find_trivia
from tests import strategies

MANY = settings(max_examples=100, deadline=None)


@cache
def parser() -> Parser:
    return Parser()


def read(text: str) -> tuple[nodes.Document, tuple[Diagnostic, ...]]:
    parsed = parser().parse(Source("a.policy", text))
    assert parsed.value is not None
    return parsed.value, parsed.diagnostics


def formatted(text: str) -> str:
    made = format_source(Source("a.policy", text), parser())
    assert made.diagnostics == ()
    assert made.value is not None
    return made.value


# --- printing --------------------------------------------------------------------------------


@MANY
@given(strategies.documents)
def test_what_is_printed_reads_as_it_was(document: nodes.Document) -> None:
    assert read(print_document(document)) == (document, ())


@MANY
@given(strategies.items)
def test_an_item_is_printed_as_in_a_document(item: nodes.Item) -> None:
    assert print_document(nodes.Document((nodes.Version(1), item))) == f"language 1\n{print_item(item)}\n"


@MANY
@given(strategies.documents)
def test_only_what_cannot_be_parted_is_too_wide(document: nodes.Document) -> None:
    for line in print_document(document).splitlines():
        if len(line) > WIDTH:
            assert '"' in line or ", " not in line


@MANY
@given(strategies.documents.map(print_document))
def test_what_is_printed_is_laid_out(text: str) -> None:
    assert formatted(text) == text


@MANY
@given(strategies.documents.map(print_document).flatmap(strategies.commented))
def test_layout_keeps_comments_and_meaning(drawn: tuple[str, list[str]]) -> None:
    text, comments = drawn
    note(text)
    document, found = read(text)
    assert found == ()
    made = formatted(text)
    assert read(made) == (document, ())
    assert Counter(comment.text for comment in find_trivia(made) if comment.text) == Counter(comments)
    assert formatted(made) == made
    assert "\n\n\n" not in re.sub(r'"""(?s:.)*?"""', "", made)


# --- whatever the bytes ----------------------------------------------------------------------

_SIGNS = (
    *'"{}()#,.:;\\\t“-',
    '"""',
    "\n",
    "\n    ",
    "\n        ",
    " ",
    "1",
    "30 days",
    "2026-01-31",
    '"text"',
    "Name",
    "é",
)
tokens = st.lists(
    st.sampled_from(
        sorted({*RESERVED, *KINDS, *VERBS, *clause_keys(), "import", "language 1\n", "law says", "name", "a:"})
    )
    | st.sampled_from(_SIGNS),
    max_size=40,
).map(" ".join)


def check(source: Source) -> None:
    """Reading says where and what is wrong, and gives a document in any case."""
    parsed = parser().parse(source)
    assert parsed.value is not None
    for found in parsed.diagnostics:
        assert 0 <= found.label.span.start <= found.label.span.end <= len(source.text)
        assert found.message
        assert found.message[0] == "`" or not found.message[0].isupper()
        assert not found.message.endswith(".")
    broken = any(isinstance(item, nodes.Broken) or getattr(item, "broken", False) for item in flat(parsed.value.items))
    assert parsed.diagnostics or source.damaged or not broken
    if not parsed.diagnostics and not broken:
        formatted(source.text)
        assert "\t" in source.text or parser()._whole(source, []) == parsed.value


def flat(items: tuple[nodes.Item, ...]) -> list[nodes.Item]:
    """All items, those of groups too."""
    return [one for item in items for one in (item, *flat(getattr(item, "items", ())))]


@MANY
@given(st.text() | tokens)
def test_any_text_is_read(text: str) -> None:
    check(Source("a.policy", text))


@MANY
@given(st.binary() | tokens.map(str.encode) | st.tuples(tokens.map(str.encode), st.binary()).map(b"".join))
def test_any_bytes_are_read(raw: bytes) -> None:
    decoded = decode("a.policy", raw)
    assert decoded.value is not None or decoded.has_errors
    if decoded.value is not None:
        assert decoded.value.damaged == decoded.has_errors
        check(decoded.value)


@MANY
@given(strategies.documents.map(print_document), st.data())
def test_any_text_like_a_document_is_read(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        end = min(end, start + 8)
        text = text[:start] + data.draw(st.sampled_from(("", *_SIGNS)) | st.just(text[start:end] * 2)) + text[end:]
    check(Source("a.policy", text))


# --- recovery --------------------------------------------------------------------------------


@MANY
@given(strategies.documents.map(print_document).flatmap(strategies.commented))
def test_reading_by_sentences_finds_the_same_as_reading_at_once(drawn: tuple[str, list[str]]) -> None:
    source = Source("a.policy", drawn[0])
    document, _ = read(source.text)
    found: list[Diagnostic] = []

    def read_sentence(span: Span) -> nodes.Item:
        return parser()._sentence(source, span, found)

    note(source.text)
    assert (recover(source, read_sentence, found, 0), found) == (document, [])


@MANY
@given(st.data(), strategies.documents)
def test_a_broken_sentence_takes_no_other_with_it(data: st.DataObject, document: nodes.Document) -> None:
    text = print_document(document)
    whole, _ = read(text)
    inner = [item for item in flat(whole.items)[1:] if not isinstance(item, nodes.Group)]
    assume(inner)
    lost = data.draw(st.sampled_from(inner))
    start, end = lost.span.start, lost.span.end
    assume("{" not in text[start:end] and "}" not in text[start:end])  # a lost quote would make them braces
    cut = data.draw(st.sampled_from([place for place in range(start, end) if not text[place].isspace()]))
    what = data.draw(st.sampled_from(("", "@", ",", '"', "(", ")", " x ", "  ", "“", ".", "-")))
    broken = text[:cut] + what + text[cut + 1 :]
    assume(not broken.startswith(" ", start))  # its line would belong to the sentence before it
    note(broken)
    after, _ = read(broken)
    assert outside(after.items, start, end + len(what) - 1) == outside(whole.items, start, end)


def outside(items: tuple[nodes.Item, ...], start: int, end: int) -> list[object]:
    """The items but for those that start in a part of the text."""
    found: list[object] = []
    for item in items:
        if isinstance(item, nodes.Group):
            found.append((item.label, item.clauses, outside(item.items, start, end)))
        elif not start <= item.span.start < end:
            found.append(item)
    return found
