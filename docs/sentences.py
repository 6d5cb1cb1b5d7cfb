"""What policies on a page become: made anew in the `text` blocks after them.

- `text sentences`: the sentences of the statements, as `policyc show --stage sentences` prints them.
- `text definitions`: what the page says about the names that the policy declares.
- `text header`: what stands at the top of the page.

Names after these words leave out all others: `text sentences kept`.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from docs.blocks import FENCED, MADE, SHOWN, Block, blocks, compiled
from policyc.model.policy import Place, Policy
from policyc.page.glossary import definitions
from policyc.sentences import sentence
from policyc.sentences.header import facts, notes
from policyc.sentences.parts import text_of

Line = tuple[str, str]

_WIDTH: Final = 112


def _sentences(policy: Policy, start: int) -> Iterator[Line]:
    """By id, in the order of the file."""
    for one in sorted(policy.statements, key=lambda one: one.place.span.start):
        if _is_shown(one.place, start):
            yield one.id, sentence(policy, one).text


def _definitions(policy: Policy, start: int) -> Iterator[Line]:
    """By the name of the term, in the order of the file."""
    found = definitions(policy)
    for term in sorted(policy.terms.values(), key=lambda term: term.place.span.start):
        if term.id in found and term.is_local and _is_shown(term.place, start):
            yield term.id, f"{found[term.id].name}. {found[term.id].told.text}"


def _header(policy: Policy, _: int) -> Iterator[Line]:
    for fact in facts(policy):
        yield fact.name, text_of(fact.told)
    if (more := notes(policy)) is not None:
        yield "And", more.text


def _is_shown(place: Place, start: int) -> bool:
    """Whether something stands in the block itself, and not in what it goes on from."""
    return place.span.start >= start


KINDS: Final[Mapping[str, Callable[[Policy, int], Iterator[Line]]]] = {
    "sentences": _sentences,
    "definitions": _definitions,
    "header": _header,
}


def made(shown: Block, words: tuple[str, ...]) -> str:
    """What the block says that `words` name, after the policy in `shown`; ValueError if it cannot."""
    kind, *names = words
    compilation = compiled(shown)
    if compilation.policy is None:
        message = f"{shown.page}:{shown.line} is no policy: {[one.message for one in compilation.diagnostics]}"
        raise ValueError(message)
    lines = list(KINDS[kind](compilation.policy, len(shown.before)))
    if unknown := set(names) - {name for name, _ in lines}:
        message = f"{shown.page}:{shown.line} says nothing of {', '.join(sorted(unknown))}"
        raise ValueError(message)
    return "".join(_wrapped(name, said) for name, said in lines if not names or name in names)


def _wrapped(name: str, said: str) -> str:
    text = f"{name}: {' '.join(said.split())}"
    broken = textwrap.wrap(text, _WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
    return "\n".join(broken) + "\n"


def is_made(block: Block) -> bool:
    """Whether a block says what a policy becomes."""
    return block.language == MADE and bool(block.words) and block.words[0] in KINDS


def pairs(page: str, text: str) -> list[tuple[Block, Block | None]]:
    """Each made block of a page with the policy before it (None: there is none)."""
    shown: Block | None = None
    found = []
    for block in blocks(page, text):
        if is_made(block):
            found.append((block, shown))
        elif block.language in SHOWN:
            shown = block
    return found


def remade(page: str, text: str) -> str:
    """The page with its made blocks made anew."""
    fresh = {block.line: made(shown, block.words) for block, shown in pairs(page, text) if shown is not None}

    def replaced(match: re.Match[str]) -> str:
        line = text.count("\n", 0, match.start()) + 1
        return f"```{match[1]}\n{fresh[line]}```" if line in fresh else match[0]

    return FENCED.sub(replaced, text)
