"""Parts of sentences as HTML. All text is escaped here or by the template; nothing else makes markup."""

from __future__ import annotations

from attrs import frozen
from markupsafe import Markup, escape

from policyc.page import Block
from policyc.page.author import address, clean, markdown, one_line
from policyc.page.glossary import ANCHOR
from policyc.sentences.parts import (
    Address,
    Label,
    Link,
    Paragraph,
    Part,
    Passage,
    Phrase,
    Quote,
    Sentence,
    Words,
    text_of,
)


@frozen
class Renderer:
    """Renders phrases; labels of terms in `defined` lead to their definitions."""

    defined: frozenset[str]

    def kind(self, block: Block) -> str:
        """The name of a block's class, by which the template chooses."""
        return type(block).__name__

    def is_line(self, told: Sentence) -> bool:
        """Whether the sentences are one paragraph and no more."""
        return len(told.blocks) == 1 and isinstance(told.blocks[0], Paragraph)

    def told(self, told: Sentence) -> Markup:
        """Sentences: one paragraph as inline HTML, more as blocks."""
        lead = Markup('<span class="who">{}</span> ').format(self.phrase(told.lead)) if told.lead else Markup("")
        if self.is_line(told):
            return lead + self._block(told.blocks[0])
        blocks = [Markup("<p>{}</p>").format(lead)] if lead and not isinstance(told.blocks[0], Paragraph) else []
        for number, block in enumerate(told.blocks):
            if isinstance(block, Paragraph):
                blocks.append(Markup("<p>{}{}</p>").format("" if number or not lead else lead, self._block(block)))
            else:
                blocks.append(self._block(block))
        return Markup("\n").join(blocks)

    def phrase(self, phrase: Phrase) -> Markup:
        """A phrase as inline HTML."""
        return Markup("").join(self._part(part) for part in phrase)

    def text(self, phrase: Phrase) -> str:
        """A phrase as text, where links may not stand."""
        return clean(text_of(phrase))

    def _block(self, block: Paragraph | Passage) -> Markup:
        if isinstance(block, Paragraph):
            return self.phrase(block.parts)
        return Markup(markdown().render(clean(block.text)).rstrip())  # noqa: S704  # markdown-it escapes; HTML is off

    def _part(self, part: Part) -> Markup:
        match part:
            case Words():
                return Markup(markdown().renderInline(one_line(part.text)))  # noqa: S704  # as above
            case Quote():
                return Markup("<q>{}</q>").format(one_line(part.text))
            case Link():
                return _link("#" + part.target, one_line(part.text))
            case Address():
                target = address(part.text, part.scheme)
                return _link(target, one_line(part.text)) if target else escape(one_line(part.text))
            case Label(text, term) if term in self.defined:
                return Markup('<a class="term" href="#{}">{}</a>').format(ANCHOR + term, clean(text))
            case _:
                return escape(clean(part.text))


def _link(target: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(target, text)
