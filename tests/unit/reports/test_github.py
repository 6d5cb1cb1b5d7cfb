"""The report for GitHub: one workflow command a finding, and nothing in it that ends the command early."""

import re
from typing import Any

import pytest

from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic, Label
from policyc.reports.github import render
from policyc.source.text import Source, Span

CONTRADICTION = Code("PC999", "contradiction", what="", why="", bad="", good="")
POLICY = Source("notice.policy", "language 1\nno_sale: never share clicks by sale\nads: may share clicks\n")
LABEL = Span(11, 18)
TITLE = "title=PC999 contradiction"
COMMAND = re.compile(r"::(error|warning|notice) ([^:\r\n]*)::([^\r\n]*)\n")
ESCAPED = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}


def finding(source: Source = POLICY, span: Span = LABEL, message: str = "said", **more: Any) -> Diagnostic:
    return Diagnostic.at(CONTRADICTION, source, span, message, **more)


def read(text: str) -> tuple[str, dict[str, str], str]:
    """A command as GitHub reads it: its name, its properties and the message."""
    found = COMMAND.fullmatch(text)
    assert found, text
    properties = dict(one.partition("=")[::2] for one in found[2].split(","))
    return found[1], {name: unescaped(value) for name, value in properties.items()}, unescaped(found[3])


def unescaped(text: str) -> str:
    for escape, character in ESCAPED.items():
        text = text.replace(escape, character)
    return text


def test_all_of_a_finding() -> None:
    found = finding(
        message="`no_sale` forbids what `ads` allows",
        text="forbidden here",
        more=(Label(POLICY, Span(47, 50), "allowed here"), Label(Source("b.policy", "x"), Span(0, 1))),
        help="add `unless consent`",
        witness="share `clicks` by sale",
    )
    assert render([found], color=True) == (
        "::error file=notice.policy,line=2,endLine=2,col=1,endColumn=7,title=PC999 contradiction::"
        "`no_sale` forbids what `ads` allows%0Aallowed here: notice.policy:3%0Asee: b.policy:1"
        "%0Awitness: share `clicks` by sale%0Ahelp: add `unless consent`\n"
    )


@pytest.mark.parametrize(
    ("level", "said"), [(Level.ERROR, "error"), (Level.WARNING, "warning"), (Level.INFO, "notice")]
)
def test_levels(level: Level, said: str) -> None:
    assert read(render([finding(level=level)], color=False))[0] == said


def test_each_finding_is_a_line_and_no_findings_are_none() -> None:
    assert render([], color=False) == ""
    assert render([finding(), finding()], color=False) == render([finding()], color=False) * 2


@pytest.mark.parametrize(
    ("span", "place"),
    [
        (Span(11, 18), "line=2,endLine=2,col=1,endColumn=7"),
        (Span(11, 12), "line=2,endLine=2,col=1,endColumn=1"),
        (Span(11, 11), "line=2,endLine=2,col=1,endColumn=1"),
        (Span(11, 46), "line=2,endLine=2,col=1,endColumn=35"),
        (Span(11, 50), "line=2,endLine=3"),
        (Span(69, 99), "line=4,endLine=4,col=1,endColumn=1"),
    ],
)
def test_an_end_is_the_last_character_and_columns_are_for_one_line(span: Span, place: str) -> None:
    assert render([finding(span=span)], color=False) == f"::error file=notice.policy,{place},{TITLE}::said\n"


def test_a_finding_about_a_whole_file_has_no_line_and_one_without_a_file_no_place() -> None:
    whole = finding(Source("gone.policy", ""), Span(0, 0))
    assert render([whole], color=False) == f"::error file=gone.policy,{TITLE}::said\n"
    assert render([finding(Source("", ""), Span(0, 0))], color=False) == f"::error {TITLE}::said\n"


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/repo/legal/notice.policy", "legal/notice.policy"),
        ("/other/notice.policy", "/other/notice.policy"),
        ("", "notice.policy"),
    ],
)
def test_files_are_named_by_paths_below_the_root_or_whole(path: str, file: str) -> None:
    source = Source("notice.policy", "one\n", path=path)
    found = finding(source, Span(0, 3), more=(Label(source, Span(0, 1), "and here"),))
    _, properties, message = read(render([found], color=False, root="/repo"))
    assert (properties["file"], message) == (file, f"said\nand here: {file}:1")


HOSTILE = "50%0A, a:b::error file=x::y\r\n::error::z \x1b[2J\u202e\ud800\udce4"
SHOWN = "50%0A, a:b::error file=x::y\r\n::error::z \\x1b[2J\\u202e\\ud800\\xe4"


def test_nothing_that_a_policy_says_ends_a_command_or_controls_the_log() -> None:
    source = Source(HOSTILE, "one")
    found = finding(source, Span(0, 1), HOSTILE, more=(Label(source, Span(0, 1), HOSTILE),), help=HOSTILE)
    text = render([found], color=False)
    name, properties, message = read(text)
    assert (name, properties["file"], properties["title"]) == ("error", SHOWN, "PC999 contradiction")
    assert message == f"{SHOWN}\n{SHOWN}: {SHOWN}:1\nhelp: {SHOWN}"
    assert text.encode("utf-8")
