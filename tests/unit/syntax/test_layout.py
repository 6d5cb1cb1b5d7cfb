"""Where sentences and groups end; and reading by sentences agrees with reading at once."""

from __future__ import annotations

import pytest

from policyc.source.text import Source
from policyc.syntax import nodes
from policyc.syntax.layout import DEEPEST
from policyc.syntax.parser import parser
from policyc.syntax.printer import print_item

SOUND = {
    "one": ("a: text 'x'", ["a: text 'x'"]),
    "two": ("a: text 'x'\nb: text 'y'", ["a: text 'x'", "b: text 'y'"]),
    "a sentence goes on": ("may use a\n for b\n    after c\n  in d", ["may use a for b after c in d"]),
    "blank lines end nothing": ("may use a\n\n  \n for b", ["may use a for b"]),
    "comments end nothing": ("may use a\n# x\n for b # y\n# z\n after c", ["may use a for b after c"]),
    "a comment in a tab ends nothing": ("may use a\n\t# x\n for b", ["may use a for b"]),
    "a label on its own line": ("a:\n may use b", ["a: may use b"]),
    "a mood on its own line": ("a: law says\n must keep b", ["a: law says must keep b"]),
    "another mood on its own line": (
        "a: later on\n may keep b\nso far\n may use c",
        ["a: later on may keep b", "so far may use c"],
    ),
    "comments after a label and a mood": ("a: # x\n  # y\n  later on # z\n  may keep b", ["a: later on may keep b"]),
    "a list goes on": ("may use a,\n b,\n c", ["may use a, b, c"]),
    "a path goes on": ("import a\n from\n must.\n allow\n .deny", ["import a from must.allow.deny"]),
    "a list of words that start sentences elsewhere": (
        "may use a,\n import, party,\n language, data for b",
        ["may use a, import, party, language, data for b"],
    ),
    "sentences at different depths": (
        "in z {\n   a: text 'x'\n  b: text 'y'\n c: text 'z'\n}",
        ["in z {\n    a: text 'x'\n    b: text 'y'\n    c: text 'z'\n}"],
    ),
    "a group": ("in a {\n may use b\n}", ["in a {\n    may use b\n}"]),
    "an empty group": ("in a {\n}", ["in a {\n}"]),
    "a group in a group": ("in a {\n of b {\n  may use c\n }\n}", ["in a {\n    of b {\n        may use c\n    }\n}"]),
    "a header goes on": ("in a\n of b\n {\n may use c\n}", ["in a of b {\n    may use c\n}"]),
    "a header goes on deeper than its sentences": (
        "in a\n    of b {\n  may use c\n}",
        ["in a of b {\n    may use c\n}"],
    ),
    "a brace as deep as a sentence": ("in a {\n may use b\n }", ["in a {\n    may use b\n}"]),
    "a brace deeper than a sentence": (
        "in a {\n may use b\n   }\nmay use c",
        ["in a {\n    may use b\n}", "may use c"],
    ),
    "a comment after a brace": ("in a { # x\n may use b\n} # y", ["in a {\n    may use b\n}"]),
    "a brace in a text": ("in a {\n b: text '}'\n}", ["in a {\n    b: text '}'\n}"]),
    "no newline": ("may use a\n  for b", ["may use a for b"]),
    "a comment at the end": ("may use a\n  # x", ["may use a"]),
    "a long text": ('a: text """\n x\n\n y\n """', ['a: text """\n    x\n\n    y\n    """']),
    "a line like a sentence in a long text": (
        'a: text """\n b: will use c\n }\n """',
        ['a: text """\n    b: will use c\n    }\n    """'],
    ),
}


def test_the_first_line_may_be_indented() -> None:
    assert len(read("   language 1\n  may use a\n may use b\nmay use c").items) == 4


def read(text: str) -> nodes.Document:
    parsed = parser().parse(Source("a.policy", text))
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    return parsed.value


@pytest.mark.parametrize("name", SOUND)
def test_where_sentences_end(name: str) -> None:
    text, expected = SOUND[name]
    document = read(f"language 1\n{text}".replace("'", '"'))
    assert [print_item(item) for item in document.items[1:]] == [one.replace("'", '"') for one in expected]


@pytest.mark.parametrize("name", SOUND)
def test_a_mistake_elsewhere_changes_nothing(name: str) -> None:
    text = f"language 1\n{SOUND[name][0]}".replace("'", '"')
    parsed = parser().parse(Source("a.policy", f"{text}\n}}\nlost: wil use z"))
    assert parsed.value is not None
    assert parsed.value.items[:-1] == read(text).items
    assert [found.code.number for found in parsed.diagnostics] == ["PC104", "PC101"]


def nested(depth: int) -> str:
    opening = "".join(f"{'  ' * level}in a {{\n" for level in range(depth))
    closing = "".join(f"{'  ' * level}}}\n" for level in reversed(range(depth)))
    return f"language 1\n{opening}{'  ' * depth}may use b\n{closing}"


def in_parentheses(depth: int) -> str:
    return f"language 1\nmay use a when {'(' * depth}b{')' * depth}"


@pytest.mark.parametrize("nest", [nested, in_parentheses])
def test_how_deep_is_too_deep(nest: object) -> None:
    assert callable(nest)
    read(nest(DEEPEST))
    found = parser().parse(Source("a.policy", nest(DEEPEST + 1))).diagnostics
    assert [one.code.number for one in found] == ["PC111"]


def test_parentheses_are_counted_in_each_sentence() -> None:
    sentence = in_parentheses(DEEPEST).removeprefix("language 1\n")
    read(f"language 1\n{sentence}\n{sentence}")
