"""What the site adds to the pages, which are plain Markdown where they stand.

- The navigation: `CONTENTS` lists what follows what. Each page has to be in it.
- The contents of `CONTRIBUTING.md`, as a page of its own.
- Blocks of policies are coloured, whatever they are to the tests; what policies become is set as text.
- In the library, a module is a section and a name a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Final

from docs.blocks import FENCED, MADE, ROOT, WHOLE

CONTRIBUTING, LIBRARY = "contributing", "library/"
_COMMENT: Final = re.compile(r"^<!-- .*? -->\n", re.MULTILINE)
_MODULE: Final = re.compile(r"^\*\*(`std\..*?`)\*\* (.*)$", re.MULTILINE)

CONTENTS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "index": {
        "Start": ("tutorial",),
        "How to": tuple(
            f"how-to/{name}"
            for name in (
                "existing-policy",
                "cookies",
                "providers",
                "retention",
                "jurisdictions",
                "products",
                "translations",
                "settle-findings",
                "adopt",
                "house-rules",
                "pipelines",
            )
        ),
        "Reference": (
            "language",
            "semantics",
            "guards",
            "retention",
            "contradictions",
            "library/index",
            "laws/index",
            "checks/index",
        ),
        "Contributing": (
            CONTRIBUTING,
            "newcomers",
            *(f"how-to/add-{name}" for name in ("library-term", "verb", "check", "backend")),
            "decisions/index",
        ),
    },
    "language": {
        "": tuple(
            f"language/{name}"
            for name in (
                *("say-data", "say-rights", "statements", "acts", "duties", "clauses", "reasons", "time", "words"),
                *("declarations", "more-declarations", "header", "groups", "rules", "grammar", "tables", "index"),
            )
        )
    },
    "library/index": {"": ("*",)},
    "laws/index": {"": ("*",)},
    "checks/index": {"": ("PC*",)},
    "decisions/index": {"": ("0*",)},
}
"""For each page those that follow it in the navigation, in groups with titles."""


def page(name: str, text: str) -> str:
    """The text of a page as the site has it; `name` is its path without the ending."""
    if name == CONTRIBUTING:
        text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").replace("](docs/", "](")
    if name.startswith(LIBRARY):
        text = _MODULE.sub(_module, text)
    text = FENCED.sub(_fence, _COMMENT.sub("", text))
    return text + "".join(_toctree(title, pages) for title, pages in CONTENTS.get(name, {}).items())


def _toctree(title: str, pages: tuple[str, ...]) -> str:
    caption = f":caption: {title}\n" if title else ""
    # A page stands beside the folder of its name, and patterns are read from the page's folder.
    lines = "".join(f"{name}\n" if "*" in name else f"/{name}\n" for name in pages)
    return f"\n```{{toctree}}\n:hidden:\n:glob:\n{caption}\n{lines}```\n"


def _module(match: re.Match[str]) -> str:
    return f"## {match[1]}\n\n" + "".join(f"- {entry}\n" for entry in re.split("; (?=`)", match[2]))


def _made(kind: str, text: str) -> str:
    """What a policy becomes, in paragraphs that fit any width: lines go on where they are indented."""
    tag = "b" if kind == "header" else "code"
    entries = (entry.partition(": ") for entry in re.sub(r"\n +", " ", text).splitlines())
    lines = [f"<p><{tag}>{escape(name)}</{tag}> {escape(said)}</p>" for name, _, said in entries]
    return "\n".join(['<div class="becomes">', "<p>On the page</p>", *lines, "</div>"])


def _fence(match: re.Match[str]) -> str:
    """A block as a directive with the options that its language and words come to."""
    language, *words = match[1].split() or [MADE]
    if language == MADE and words:
        return _made(words[0], match[2])
    options = [f":caption: {words[0]}"] if words else []
    if language.startswith("policy-with-"):
        # It has mistakes, perhaps some that no lexer can colour.
        options += [":class: mistaken", ":force:"]
    if language.startswith(WHOLE):
        language = WHOLE
    return "\n".join([f"```{{code-block}} {language}", *options, "", match[2]]) + "```"
