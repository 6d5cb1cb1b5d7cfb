"""policy.html: one safe file with everything in it."""

import html
import os
import re
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from attrs import define, evolve, field

from policyc.backends.html import TARGET, build
from policyc.model.policy import Policy
from policyc.pipeline import compile_path
from policyc.sentences import sentence
from tests.backends.hostile import HOSTILE, hostile
from tests.policies import ROOT, policy_of

HEAD = """\
language 1
party us "Contacto"
subject customers "customers"
data mail "email address"
data account "account data" including mail
purpose run "run your account"
event closed "you close your account"
fact agreed "you have agreed"
legal_basis contract "our contract with you"
channel desk "our privacy desk" email "privacy@contacto.com"
policy p "Privacy Policy" controller us contact desk
"""

VOID = {"meta", "br", "hr"}


@define
class Reader(HTMLParser):
    """Reads HTML strictly: every tag closed in order; keeps tags, ids, links and the text of each id."""

    stack: list[tuple[str, str | None]] = field(factory=list)
    tags: Counter[str] = field(factory=Counter)
    ids: list[str] = field(factory=list)
    links: list[str] = field(factory=list)
    headings: list[int] = field(factory=list)
    texts: dict[str, str] = field(factory=dict)
    attributes: set[str] = field(factory=set)

    def __attrs_pre_init__(self) -> None:
        """Prepare the parser."""
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        assert len(values) == len(attrs), (tag, attrs)
        self.tags[tag] += 1
        self.attributes |= set(values)
        if (name := values.get("id")) is not None:
            self.ids.append(name)
            self.texts[name] = ""
        if tag == "a":
            self.links.append(values["href"] or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.stack.append((tag, values.get("id")))

    def handle_endtag(self, tag: str) -> None:
        assert tag in VOID or self.stack.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, name in self.stack:
            if name is not None:
                self.texts[name] += data


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.stack == []
    return reader


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def contacto() -> Policy:
    policy = compile_path(ROOT / "examples" / "contacto" / "published.policy").policy
    assert policy is not None
    return policy


def body(statements: str, head: str = HEAD) -> str:
    """The rendered chapters of a policy, without the overview and the glossary."""
    made = build(policy_of(head + statements))
    return made[made.index("<main") : made.index('<section aria-labelledby="page-overview">')]


# --- the whole file --------------------------------------------------------------------------


def test_the_example_is_sound_html(contacto: Policy) -> None:
    made = read(build(contacto))
    assert Counter(made.ids).most_common(1)[0][1] == 1
    assert {target[1:] for target in made.links if target.startswith("#")} <= set(made.ids)
    assert made.headings[0] == 1
    assert made.headings.count(1) == 1
    assert all(below <= above + 1 for above, below in zip(made.headings, made.headings[1:], strict=False))


def test_every_statement_of_the_example_stands_once_under_its_id(contacto: Policy) -> None:
    made = read(build(contacto))
    for statement in contacto.statements:
        told = sentence(contacto, statement)
        whole = flat(made.texts[statement.id])
        assert whole in (told.text, evolve(told, lead=()).text), statement.id


def test_nothing_is_loaded_and_nothing_runs(contacto: Policy) -> None:
    text = build(contacto)
    made = read(text)
    assert not {"script", "link", "img", "iframe", "form", "object", "embed", "base"} & set(made.tags)
    assert not [name for name in made.attributes if name.startswith("on") or name in {"src", "style"}]
    assert not re.search(r"url\(|@import|https?://", re.sub(r'href="[^"]*"|>[^<]*<', "", text))
    schemes = {target.partition(":")[0] for target in made.links if not target.startswith("#")}
    assert schemes <= {"http", "https", "mailto", "tel"}


def test_the_security_policy_names_the_style_sheet(contacto: Policy) -> None:
    text = build(contacto)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in html.unescape(text)
    assert "default-src 'none'" in html.unescape(text)


def test_the_file_says_what_it_is_made_of(contacto: Policy) -> None:
    text = build(contacto)
    assert TARGET == "policy.html"
    assert text.startswith('<!doctype html>\n<html lang="en">')
    assert f'<meta name="policy-hash" content="{contacto.hash}">' in text
    assert re.search(r'<meta name="generator" content="policyc \d+\.\d+\.\d+">', text)
    assert '<a class="skip" href="#page-text">' in text
    assert "What this policy does not allow, we do not do." in text
    assert not re.search(r"[ \t]+$", text, re.MULTILINE)


def test_a_policy_with_errors_says_so_first(contacto: Policy) -> None:
    text = build(evolve(contacto, flaws=("PC301",)))
    read(text)
    said = "This is a draft with known errors. Some of it is wrong. Do not publish it, and do not rely on it."
    assert f'<header>\n<p class="warning" role="note">{said}</p>\n<h1>' in text
    assert text.replace(f'<p class="warning" role="note">{said}</p>\n', "") == build(contacto)


def test_tables_have_headers_with_scope(contacto: Policy) -> None:
    text = build(contacto)
    assert re.findall(r"<th (?!scope=)", text) == []
    assert read(text).tags["table"] == 1


# --- parts -----------------------------------------------------------------------------------


def test_a_section_with_a_run_a_definition_and_prose() -> None:
    made = body("""\
section "Your account" {
    term word "word" text "What *it* means."
    one: may use mail of customers for run basis contract
    two: never use mail of customers for run hedge "try"
    note: text "A [link](https://contacto.example)."
}
""")
    assert (
        made[made.index("<section") :].strip()
        == """\
<section aria-labelledby="section-your-account">
<h2 id="section-your-account">Your account</h2>
<dl>
<div id="def-word"><dt>Word</dt><dd>What <em>it</em> means.</dd></div>
</dl>
<p class="who">For customers:</p>
<ul>
<li id="one">We may use your email address to run your account. The legal basis is our contract with you.</li>
<li id="two">We never use your email address to run your account. In our words: <q>“try”</q>.</li>
</ul>
<div id="note"><p>A <a href="https://contacto.example">link</a>.</p></div>
</section>"""
    )


def test_a_reference_leads_to_the_statement() -> None:
    made = body("no: never share mail with us\nyes: may share mail with us despite no\n")
    assert 'what we say about <a href="#no">not sharing your email address with us</a>.' in made


def test_addresses_open() -> None:
    made = body('ask: will advise "Write" through desk\nuse: may use mail for run\n')
    assert 'our privacy desk</a> at <a href="mailto:privacy@contacto.com">privacy@contacto.com</a>.' in made


def test_long_texts_keep_their_blocks() -> None:
    made = body('use: may use mail for run text """\n    First:\n\n    - one\n    - two\n    """\n')
    assert '<div id="use"><p>We may use your email address to run your account.</p>\n<p>First:</p>\n<ul>' in made


def test_labels_with_a_definition_lead_to_it() -> None:
    made = body("use: may use account for run\n")
    assert 'your <a class="term" href="#def-account">account data</a> to run' in made


# --- hostile text ----------------------------------------------------------------------------


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_of_an_author_makes_markup(words: str) -> None:
    made = read(build(hostile(words)))
    calm = read(build(hostile("calm")))
    assert set(made.tags) <= set(calm.tags) | {"em", "code", "pre", "hr", "ol", "ul"}
    assert made.attributes <= calm.attributes
    assert made.ids == calm.ids
    for target in made.links:
        assert re.match(r"#|mailto:|tel:|https?://", target), target
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", build(hostile(words)))


def test_hostile_text_is_still_told() -> None:
    made = read(build(hostile("<script>alert(1)</script>")))
    assert "<script>alert(1)</script>" in made.texts["two"]
    assert "{{ 7 * 7 }}" in read(build(hostile("{{ 7 * 7 }}"))).texts["two"]


def test_web_addresses_open_and_others_do_not() -> None:
    head = HEAD.replace('email "privacy@contacto.com"', 'url "ADDRESS"')
    statement = 'ask: will advise "Write" through desk\nuse: may use mail for run\n'
    assert '<a href="https://c.example/a?b=c&amp;d">' in body(
        statement, head.replace("ADDRESS", "https://c.example/a?b=c&d")
    )
    assert 'href="javascript' not in body(statement, head.replace("ADDRESS", "javascript:alert(1)"))


# --- style and repeatability -----------------------------------------------------------------


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    digits = colour.lstrip("#")
    full = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(full[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_text_has_enough_contrast_in_both_schemes(contacto: Policy) -> None:
    text = build(contacto)
    schemes = re.findall(r":root \{(.*?)\}", text, re.DOTALL)
    colours = [dict(re.findall(r"--(\w+): (#[0-9a-f]+)", scheme)) for scheme in schemes]
    assert len(colours) == 3
    for scheme in colours:
        for front in ("text", "soft", "link"):
            for back in ("back", "box"):
                assert contrast(scheme[front], scheme[back]) >= 4.5, (front, back, scheme)


PROGRAM = """\
import sys
from hashlib import sha256
from policyc.backends import html, markdown
from policyc.pipeline import compile_path
policy = compile_path(sys.argv[1]).policy
print(sha256((html.build(policy) + markdown.build(policy)).encode()).hexdigest())
"""


def test_two_processes_make_the_same_files() -> None:
    path = ROOT / "examples" / "contacto" / "published.policy"
    runs = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(path)],
            check=True,
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].strip()) == 64
