"""policy.md: the same page as policy.html, and nothing in it but what the author wrote and the compiler said."""

import re
from collections.abc import Iterator

import pytest
from attrs import evolve
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from policyc.backends import html, markdown
from policyc.backends.markdown import TARGET
from policyc.backends.markdown.author import passage
from policyc.model.policy import Policy
from policyc.pipeline import compile_path
from tests.backends.hostile import HOSTILE, hostile
from tests.policies import ROOT, policy_of

HTML_ONLY = {"page-contents", "page-text"}
ANCHOR = re.compile(r'<a id="([^"<>]*)">')
COMMENT = re.compile(r"<!-- policyc [0-9.]+; policy hash [0-9a-f]* -->\n?")

POLICY = """\
language 1
party us "Contacto"
party partners "our partners"
subject customers "customers"
data mail "email address"
data account "account data" including mail
purpose run "run your account"
event closed "you close your account"
channel desk "our privacy desk" email "privacy@contacto.com"
policy p "Privacy Policy" controller us contact desk updated 2026-01-31
section "Your account" {
    one: may use mail of customers for run
    two: will keep mail of customers 30 days after closed
    three: never share account with partners unless agreed
    three_b: may share mail with partners despite three
    note: text \"\"\"
        Some *words*:

        - a [link](https://contacto.example)
        - `code`
        \"\"\"
    use: may use mail for run text "One\\n\\nTwo"
}
fact agreed "you have agreed"
"""

EXPECTED = """\
# Privacy Policy

- **Responsible:** Contacto
- **Contact:** our privacy desk: [privacy@contacto.com](mailto:privacy@contacto.com)
- **Last updated:** 31 January 2026

## Contents

1. [Your account](#section-your-account)
2. [Your data at a glance](#page-overview)
3. [What our words mean](#page-words)

This policy tells you what Contacto may do with personal data, and what not. “We”, “us” and “our” mean Contacto. \
“You” and “your” mean the person whom a sentence is about. What this policy does not allow, we do not do.

<a id="section-your-account"></a>

## Your account

**For customers:**

- <a id="one"></a>We may use your email address to run your account.
- <a id="two"></a>We keep your email address for 30 days after you close your account.

<a id="three"></a>We never share your account data with our partners unless you have agreed.

<a id="three_b"></a>We may share your email address with our partners. This applies in spite of what we say about \
[not sharing your account data with our partners](#three).

<a id="note"></a>

Some *words*:

- a [link](https://contacto.example)
- `code`

<a id="use"></a>We may use your email address to run your account.

One

Two

<a id="page-overview"></a>

## Your data at a glance

Which data we use, what for, on which legal basis, and how long we keep it.

| Data | What for | Legal basis | How long |
| --- | --- | --- | --- |
| Email address | [Run your account](#one)<br>[Shared with our partners](#three_b) \
| Not stated | [For customers: for 30 days after you close your account](#two) |

<a id="page-words"></a>

## What our words mean

<a id="page-words-data"></a>

### Data

- <a id="def-account"></a>**Account data.** This includes your email address, among others.

<a id="page-words-channel"></a>

### Ways to reach us and you

- <a id="def-desk"></a>**Our privacy desk.** The address: [privacy@contacto.com](mailto:privacy@contacto.com).
"""


@pytest.fixture(scope="module")
def contacto() -> Policy:
    policy = compile_path(ROOT / "examples" / "contacto" / "published.policy").policy
    assert policy is not None
    return policy


def tree(text: str) -> SyntaxTreeNode:
    """What a reader of CommonMark with tables and raw HTML makes of a text."""
    return SyntaxTreeNode(MarkdownIt("commonmark", {"html": True}).enable("table").parse(text))


def nodes(root: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    yield root
    for child in root.children:
        yield from nodes(child)


def test_a_policy_in_markdown() -> None:
    assert TARGET == "policy.md"
    assert COMMENT.sub("", markdown.build(policy_of(POLICY))).lstrip("\n") == EXPECTED


def test_a_policy_with_errors_says_so_first() -> None:
    made = COMMENT.sub("", markdown.build(evolve(policy_of(POLICY), flaws=("PC301",)))).lstrip("\n")
    said = "This is a draft with known errors. Some of it is wrong. Do not publish it, and do not rely on it."
    assert made == f"> **{said}**\n\n{EXPECTED}"


def test_the_example_has_the_anchors_and_headings_of_the_html_page(contacto: Policy) -> None:
    made, page = markdown.build(contacto), html.build(contacto)
    anchors = ANCHOR.findall(made)
    assert anchors == [
        name for name in re.findall(r' id="([^"]*)"', page) if name not in {"page-contents", "page-text"}
    ]
    assert {statement.id for statement in contacto.statements} <= set(anchors)
    levels = [len(marks) for marks in re.findall(r"^(#+) ", made, re.MULTILINE)]
    assert levels == [int(level) for level in re.findall(r"<h([1-6])", page)]


def test_links_inside_the_page_lead_somewhere(contacto: Policy) -> None:
    made = markdown.build(contacto)
    assert set(re.findall(r"\]\(#([^)]*)\)", made)) <= set(ANCHOR.findall(made))


def test_no_line_ends_in_white_space_and_the_file_ends_in_one_line_break(contacto: Policy) -> None:
    made = markdown.build(contacto)
    assert not re.search(r"[ \t]+$", made, re.MULTILINE)
    assert made.endswith(".\n")
    assert "\n\n\n" not in made


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_of_an_author_makes_markup(words: str) -> None:
    found = list(nodes(tree(COMMENT.sub("", markdown.build(hostile(words))))))
    raw = [node.content for node in found if node.type in {"html_inline", "html_block"}]
    assert [content for content in raw if not re.fullmatch(r'<a id="[a-z0-9_-]+">|</a>|<br>', content.strip())] == []
    assert "image" not in {node.type for node in found}
    for node in found:
        if node.type == "link":
            assert re.match(r"#|mailto:|tel:|https?://", str(node.attrs["href"]))
    calm = list(nodes(tree(COMMENT.sub("", markdown.build(hostile("calm"))))))
    for kind in ("heading", "table", "tr", "td", "th"):
        assert count(found, kind) == count(calm, kind), kind


def count(found: list[SyntaxTreeNode], kind: str) -> int:
    return sum(node.type == kind for node in found)


@pytest.mark.parametrize(
    "words", ["a * b", "_x_ [y] `z` <b> & ~ | #", "1. one", "- two", "+ three", "= four", "\\", "!", "a\nb"]
)
def test_a_text_reads_as_it_was_written(words: str) -> None:
    """Labels are no Markdown: a reader sees the characters themselves."""
    made = markdown.build(
        policy_of(POLICY.replace('"our partners"', '"' + words.replace("\\", "\\\\").replace("\n", "\\n") + '"'))
    )
    shown = [node.content for node in nodes(tree(made)) if node.type == "text"]
    assert " ".join(words.split()) in "".join(shown)


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "*a* **b** `c` [d](https://e.example/f_g(h))",
        "one\\\ntwo\nthree",
        "- a\n- b\n\n  more\n- c",
        "3. a\n4. b",
        "> quote\n>\n> > inner",
        "    code <b> *x*",
        "```\n# fenced\n```",
        "a\n\n---\n\nb",
        "`` a`b ``",
        "<https://a.example>",
        "1\\. no list\n\\# no heading",
    ],
)
def test_an_authors_markdown_keeps_its_meaning(text: str) -> None:
    """What is written anew reads as what the author wrote."""
    reader = MarkdownIt("commonmark", {"html": False})
    assert reader.render(passage(text)).replace('<pre><code class="">', "<pre><code>") == reader.render(text)
