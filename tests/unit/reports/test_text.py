"""The text report: layout, alignment, colours, and what a terminal must not obey."""

from textwrap import dedent
from typing import Any

import pytest

from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic, Label
from policyc.reports.text import render
from policyc.source.text import Source, Span

CONTRADICTION = Code("PC301", "contradiction", what="", why="", bad="", good="")

POLICY = Source(
    "contacto.policy",
    "language 1\n"
    + "\n" * 39
    + "no_sale: never share any personal_data by sale\n"
    + "\n" * 16
    + "partners: may share usage_data with advertisers by sale\n",
)


def span_of(source: Source, word: str) -> Span:
    start = source.text.index(word)
    return Span(start, start + len(word))


def finding(source: Source, word: str, message: str = "something is wrong", text: str = "", **more: Any) -> Diagnostic:
    return Diagnostic.at(CONTRADICTION, source, span_of(source, word), message, text=text, **more)


def shown(*found: Diagnostic) -> str:
    return render(found, color=False)


def test_a_finding_with_two_places_and_help() -> None:
    found = finding(
        POLICY,
        "no_sale",
        "`no_sale` forbids what `partners` allows",
        "forbidden here",
        more=(Label(POLICY, span_of(POLICY, "partners"), "allowed here"),),
        help="add `unless consent` to `no_sale`, or `despite no_sale` to `partners`",
    )
    assert shown(found) == dedent(
        """\
        error[PC301] contradiction: `no_sale` forbids what `partners` allows
          --> contacto.policy:41:1
           |
        41 | no_sale: never share any personal_data by sale
           | ^^^^^^^ forbidden here
           :
        58 | partners: may share usage_data with advertisers by sale
           | -------- allowed here
           = help: add `unless consent` to `no_sale`, or `despite no_sale` to `partners`
           = explain: policyc explain PC301
        """
    )


def test_a_witness_stands_before_the_help() -> None:
    found = finding(POLICY, "no_sale", witness="share `clicks` by sale\x1b", help="add `unless consent`")
    assert shown(found).splitlines()[-3:] == [
        "   = witness: share `clicks` by sale\\x1b",
        "   = help: add `unless consent`",
        "   = explain: policyc explain PC301",
    ]


def test_findings_are_kept_apart_by_a_blank_line() -> None:
    found = finding(POLICY, "no_sale")
    assert shown(found, found) == shown(found) + "\n" + shown(found)


def test_no_findings_say_nothing() -> None:
    assert shown() == ""


def test_places_in_other_files_follow_with_their_own_arrow() -> None:
    other = Source("terms.policy", "data logs\n")
    found = finding(POLICY, "no_sale", more=(Label(other, Span(5, 9), "declared here"),))
    assert shown(found).splitlines()[1:8] == [
        "  --> contacto.policy:41:1",
        "   |",
        "41 | no_sale: never share any personal_data by sale",
        "   | ^^^^^^^",
        "  ::: terms.policy:1:6",
        "   |",
        " 1 | data logs",
    ]


def test_an_earlier_place_of_the_same_file_stands_first() -> None:
    found = finding(POLICY, "partners", more=(Label(POLICY, span_of(POLICY, "no_sale"), "first here"),))
    lines = shown(found).splitlines()
    assert lines[1] == "  --> contacto.policy:58:1"
    assert lines.index("   | ------- first here") < lines.index("   | ^^^^^^^^")


def test_neighbouring_lines_have_no_gap_between_them() -> None:
    source = Source("a.policy", "one\ntwo\n")
    found = finding(source, "one", more=(Label(source, Span(4, 7)),))
    assert shown(found).splitlines()[2:7] == ["  |", "1 | one", "  | ^^^", "2 | two", "  | ---"]


def test_two_places_of_one_line_stand_below_each_other() -> None:
    source = Source("a.policy", "one two\n")
    found = finding(source, "two", text="this", more=(Label(source, Span(0, 3), "that"),))
    assert shown(found).splitlines()[2:6] == ["  |", "1 | one two", "  |     ^^^ this", "  | --- that"]


def test_a_finding_about_a_whole_file_shows_no_line() -> None:
    found = Diagnostic.at(CONTRADICTION, Source("gone.policy", ""), Span(0, 0), "the file cannot be read")
    assert shown(found).splitlines()[1:] == [" --> gone.policy", "  = explain: policyc explain PC301"]


def test_an_empty_span_is_marked_by_one_caret_even_at_the_end_of_the_file() -> None:
    source = Source("a.policy", "data logs")
    found = Diagnostic.at(CONTRADICTION, source, Span(9, 9), "it ends here")
    assert "  |          ^" in shown(found).splitlines()


def test_a_span_over_several_lines_is_marked_on_its_first() -> None:
    source = Source("a.policy", "one two\nthree\n")
    found = Diagnostic.at(CONTRADICTION, source, Span(4, 13), "too long")
    assert shown(found).splitlines()[3:5] == ["1 | one two", "  |     ^^^"]


@pytest.mark.parametrize(
    ("before", "shown_before", "width"),
    [
        ("\t", "    ", 4),
        ("日本", "日本", 4),
        ("e\u0301", "e\u0301", 1),
        ("\N{FULLWIDTH LATIN SMALL LETTER A}", "\N{FULLWIDTH LATIN SMALL LETTER A}", 2),
        ("\u202e", "\\u202e", 6),
    ],
)
def test_marks_stand_below_their_word_after_characters_of_any_width(before: str, shown_before: str, width: int) -> None:
    source = Source("a.policy", f"{before}word\n")
    lines = shown(finding(source, "word")).splitlines()
    assert lines[3:5] == [f"1 | {shown_before}word", f"  | {' ' * width}^^^^"]


def test_a_long_line_is_cut_behind_the_mark() -> None:
    source = Source("a.policy", "word " + "x" * 500 + "\n")
    lines = shown(finding(source, "word")).splitlines()
    assert lines[3] == "1 | word " + "x" * 115 + "…"
    assert lines[4] == "  | ^^^^"


def test_a_long_line_is_cut_before_and_behind_the_mark() -> None:
    source = Source("a.policy", "x" * 500 + "word" + "y" * 500 + "\n")
    lines = shown(finding(source, "word")).splitlines()
    assert lines[3] == "1 | …" + "x" * 20 + "word" + "y" * 96 + "…"
    assert lines[4] == "  | " + " " * 21 + "^^^^"


def test_a_cut_never_splits_a_wide_character() -> None:
    source = Source("a.policy", "a" + "日" * 200 + "word" + "本" * 200 + "\n")
    line, mark = shown(finding(source, "word")).splitlines()[3:5]
    left = line.index("word")
    assert line[:left] == "1 | …" + "日" * 10
    assert mark == "  | " + " " * 21 + "^^^^"


def test_a_mark_out_of_sight_stands_at_the_edge() -> None:
    source = Source("a.policy", "word" + "x" * 500 + "last\n")
    found = finding(source, "word", more=(Label(source, span_of(source, "last"), "there"),))
    assert shown(found).splitlines()[5] == "  | " + " " * 120 + "- there"


def test_names_and_messages_cannot_control_the_terminal() -> None:
    source = Source("a\x1b[2J\n.policy", "word\n")
    text = shown(finding(source, "word", "bad \x1b]0;title\x07", help="a\nb"))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert " --> a\\x1b[2J\\x0a.policy:1:1\n" in text
    assert "bad \\x1b]0;title\\x07\n" in text
    assert "= help: a\\x0ab\n" in text


def test_a_file_name_that_is_not_utf8_is_shown_by_its_bytes() -> None:
    text = shown(finding(Source("a\udce4.policy", "word\n"), "word"))
    assert " --> a\\xe4.policy:1:1\n" in text
    assert text.encode("utf-8")


@pytest.mark.parametrize(("level", "code"), [(Level.ERROR, "1;31"), (Level.WARNING, "1;33"), (Level.INFO, "1;36")])
def test_colours_follow_the_level_and_change_nothing_else(level: Level, code: str) -> None:
    found = Diagnostic(CONTRADICTION, level, "message", Label(POLICY, span_of(POLICY, "no_sale"), "here"))
    colored = render([found], color=True)
    assert colored.startswith(f"\x1b[{code}m{level.value}[PC301]\x1b[0m ")
    plain = colored
    for escape in ("0", "1", "1;31", "1;33", "1;34", "1;36"):
        plain = plain.replace(f"\x1b[{escape}m", "")
    assert plain == shown(found)
