"""What a parser gives for a whole file."""

from __future__ import annotations

import gc

import pytest

from policyc.diagnostics.diagnostic import Diagnostic
from policyc.source.text import Source
from policyc.syntax import nodes
from policyc.syntax.decode import decode
from policyc.syntax.parser import MOST_BROKEN, parser, paused_gc


def read(text: str) -> tuple[nodes.Document, tuple[Diagnostic, ...]]:
    parsed = parser().parse(Source("a.policy", text))
    assert parsed.value is not None
    return parsed.value, parsed.diagnostics


def test_a_broken_sentence_holds_the_words_that_it_may_have_declared() -> None:
    document, _ = read('language 1\nprty us "We, the Contacto" is them, e_mail2 US, us\n')
    assert document.items[1] == nodes.Broken(("prty", "us", "the", "is", "them", "e_mail2"))


def test_a_broken_header_keeps_its_sentences() -> None:
    document, _ = read("language 1\nfro a {\n    may use b\n}\nmay use c\n")
    group = document.items[1]
    assert isinstance(group, nodes.Group)
    assert group.broken
    assert [type(item) for item in group.items] == [nodes.Broken, nodes.Statement]
    assert isinstance(document.items[2], nodes.Statement)


def test_a_sentence_before_a_brace_is_kept_in_its_group() -> None:
    document, _ = read("language 1\nparty us {\n    may use b\n}\n")
    group = document.items[1]
    assert isinstance(group, nodes.Group)
    assert (group.broken, group.clauses) == (True, ())
    assert [type(item) for item in group.items] == [nodes.Declaration, nodes.Statement]


def test_findings_stand_in_the_order_of_the_text() -> None:
    _, found = read("language 1\nin a {\n    wil use b\nmay use c\nwil use d\n    }\nwil use e\n")
    starts = [one.label.span.start for one in found]
    assert starts == sorted(starts)
    assert len(starts) > 2


@pytest.mark.parametrize("sentence", ["wil use b", 'a: text "\\q"'])
def test_more_errors_than_anyone_reads_are_left_out(sentence: str) -> None:
    lines = f"{sentence}\n"
    document, found = read(f"language 1\n{lines * MOST_BROKEN}")
    assert {one.code.number for one in found} <= {"PC101", "PC114"}
    assert len(found) == MOST_BROKEN
    document, found = read(f"language 1\n{lines * (MOST_BROKEN + 50)}party us\n")
    assert [one.code.number for one in found[MOST_BROKEN:]] == ["PC115"]
    assert "us" in str(document.items[-1])


def test_the_names_of_what_is_not_read_are_kept() -> None:
    document, _ = read("language 1\nin a {\n" + "wil use b\n" * (MOST_BROKEN + 1) + "party us\n}\nparty them\n")
    group = document.items[1]
    assert isinstance(group, nodes.Group)
    assert isinstance(group.items[-1], nodes.Broken)
    assert {"us", "them"} <= set(group.items[-1].words)


def test_another_version_of_the_language_is_not_judged() -> None:
    document, found = read("language 2\nwil use b\nparty us us\n}\n")
    assert [one.code.number for one in found] == ["PC116"]
    assert document.items[0] == nodes.Version(2)


@pytest.mark.parametrize(
    "word", ["lang\x00age 1\na: text 'x'", "language 1\na: te\u200bxt 'x'", "language 1\na:\x0ctext 'x'"]
)
def test_what_was_said_when_the_bytes_were_decoded_is_not_said_again(word: str) -> None:
    decoded = decode("a.policy", word.replace("'", '"').encode())
    assert decoded.value is not None
    assert [one.code.number for one in decoded.diagnostics] == ["PC109"]
    assert parser().parse(decoded.value).diagnostics == ()


def test_a_replacement_character_that_the_author_wrote_is_reported() -> None:
    _, found = read("language 1\na: te\ufffdxt 'x'")
    assert [one.code.number for one in found] == ["PC101"]


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_paused_and_goes_on_as_before(on: bool) -> None:
    was_on = gc.isenabled()
    (gc.enable if on else gc.disable)()
    try:
        with paused_gc():
            assert not gc.isenabled()
        assert gc.isenabled() == on
    finally:
        (gc.enable if was_on else gc.disable)()
