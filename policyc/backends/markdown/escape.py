"""Text as Markdown that shows just this text."""

from __future__ import annotations

import re
from typing import Final

from policyc.page.author import clean

_MARKUP: Final = re.compile(r"[\\`*_\[\]<>&|~#]|!$")
_STARTS: Final = re.compile(r"^(?:([+\-=])|(\d{1,9})([.)]))")
_SPACES: Final = re.compile(r"\s+")


def escape(text: str) -> str:
    """The text, with every character that could mean something to Markdown or HTML made plain."""
    return _MARKUP.sub(r"\\\g<0>", _SPACES.sub(" ", clean(text)))


def protect(line: str) -> str:
    """A line that starts a block: what would make it a heading, a list or a rule is made plain."""
    return _STARTS.sub(lambda match: f"{match[2]}\\{match[3]}" if match[2] else f"\\{match[1]}", line)


def link(text: str, target: str) -> str:
    """A link with plain text."""
    return link_around(escape(text), target)


def link_around(shown: str, target: str) -> str:
    """A link around Markdown; the target is one that a page may open."""
    return f"[{shown}](<{target}>)" if set("() ") & set(target) else f"[{shown}]({target})"
