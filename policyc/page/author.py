"""The author's Markdown: which of it an output may use. There is no raw HTML, no image, no heading and no script."""

from __future__ import annotations

import re
from functools import cache
from typing import Final
from urllib.parse import quote

from markdown_it import MarkdownIt

_OPENS: Final = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_WEB: Final = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_BIDI: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SAFE: Final = "/?#[]@!$&()*+,;=:-._~%"


class _Restricted(MarkdownIt):
    """CommonMark without what could change the page around it."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  # the name is markdown-it's
        """Only addresses that open a page or a mail."""
        return _OPENS.match(url.strip()) is not None


@cache
def markdown() -> MarkdownIt:
    """The one reader of authors' texts."""
    return _Restricted("commonmark", {"html": False}).disable(
        ["image", "heading", "lheading", "html_block", "html_inline"]
    )


def clean(text: str) -> str:
    """The text without controls that change the direction of what follows it."""
    return _BIDI.sub("", text)


def one_line(text: str) -> str:
    """The text in one line, cleaned."""
    return " ".join(clean(text).split())


def address(text: str, scheme: str | None) -> str | None:
    """What opens an address of the author's; None if nothing should."""
    if scheme is None:
        return None
    plain = one_line(text)
    if scheme:
        return scheme + quote(plain.replace(" ", ""), safe="@+.-_")
    return quote(plain, safe=_SAFE) if _WEB.match(plain) else None
