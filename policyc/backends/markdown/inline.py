"""Parts of sentences as Markdown. All text is escaped here, so that it cannot make markup."""

from __future__ import annotations

from policyc.backends.markdown.author import inline
from policyc.backends.markdown.escape import escape, link
from policyc.page.author import address
from policyc.sentences.parts import Address, Link, Part, Phrase, Words


def phrase(told: Phrase) -> str:
    """A phrase as inline Markdown."""
    return "".join(_part(part) for part in told)


def _part(part: Part) -> str:
    match part:
        case Words():
            return inline(part.text)
        case Link():
            return link(part.text, "#" + part.target)
        case Address():
            target = address(part.text, part.scheme)
            return link(part.text, target) if target else escape(part.text)
        case _:
            return escape(part.text)
