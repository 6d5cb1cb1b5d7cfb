"""The one layout: sources before and after, and what is refused."""

from __future__ import annotations

import pytest

from policyc.source.text import Source
from policyc.syntax import nodes
from policyc.syntax.parser import parser
from policyc.syntax.printer import WIDTH, format_source, print_document, print_item
from tests.unit.syntax.golden import FOLDER, cases

CASES = cases(FOLDER / "printed.txt")
SENTENCE = 'a: text "{}" trace "T-1"'


def formatted(text: str) -> str | None:
    return format_source(Source("a.policy", text), parser()).value


@pytest.mark.parametrize("title", CASES)
def test_a_source_is_laid_out(title: str) -> None:
    assert formatted(CASES[title].source) == CASES[title].outcome


@pytest.mark.parametrize("title", CASES)
def test_what_is_laid_out_stays_and_means_the_same(title: str) -> None:
    case = CASES[title]
    assert formatted(case.outcome) == case.outcome
    before, after = (parser().parse(Source("a.policy", text)).value for text in (case.source, case.outcome))
    assert before == after


@pytest.mark.parametrize(("columns", "lines"), [(WIDTH, 1), (WIDTH + 1, 2)])
def test_a_sentence_that_is_too_wide_is_broken_up(columns: int, lines: int) -> None:
    sentence = SENTENCE.format("x" * (columns - len(SENTENCE.format(""))))
    assert len(sentence) == columns
    made = formatted(f"language 1\n{sentence}\n")
    assert made is not None
    assert len(made.splitlines()) == 1 + lines


def test_the_indentation_of_a_group_counts() -> None:
    sentence = SENTENCE.format("x" * (WIDTH - 4 - len(SENTENCE.format(""))))
    fits = f'language 1\nsection "Us" {{\n    {sentence}\n}}\n'
    assert formatted(fits) == fits
    made = formatted(fits.replace('"x', '"xx'))
    assert made is not None
    assert len(made.splitlines()) == len(fits.splitlines()) + 1


@pytest.mark.parametrize("text", ["", 'language 1\na: txt "x"\n', 'language 1\na: text "x" # y\n}\n', 'a: text "x"\n'])
def test_a_source_with_errors_is_not_laid_out(text: str) -> None:
    made = format_source(Source("a.policy", text), parser())
    assert made.value is None
    assert made.has_errors


def test_a_parser_is_made_if_none_is_given() -> None:
    assert format_source(Source("a.policy", "language   1")).value == "language 1\n"


def test_nothing_is_printed_as_nothing() -> None:
    assert print_document(nodes.Document(())) == ""


def test_what_is_broken_cannot_be_printed() -> None:
    with pytest.raises(TypeError):
        print_item(nodes.Broken(("a",)))
