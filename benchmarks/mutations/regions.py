"""Which sentence a mistake is in, and what is around one that is in two: cut out, so that it can be read alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Final

from attrs import Factory, define, field

from benchmarks.mutations.original import HEAD, Original, Sentence
from benchmarks.mutations.tokens import Edit, Token
from policyc.syntax import nodes

_HEADER: Final = 'text "" {'

Groups = tuple[nodes.Group, ...]


@define(eq=False)
class Regions:
    """Where the tokens of a file belong."""

    original: Original
    _sentences: Sequence[Sentence] = field(
        init=False, default=Factory(lambda self: self.original.sentences(), takes_self=True)
    )
    _starts: Sequence[int] = field(
        init=False, default=Factory(lambda self: [one.start for one in self._sentences], takes_self=True)
    )
    _closed: Mapping[int, Groups] = field(init=False)
    """Where a `}` stands: the groups around it, with the one that it closes."""

    def __attrs_post_init__(self) -> None:
        """Look where groups end."""
        groups = [(one.item, one.groups) for one in self._sentences if isinstance(one.item, nodes.Group)]
        self._closed = {item.span.end - 1: (*around, item) for item, around in groups}

    def sentence(self, edit: Edit) -> Sentence | None:
        """The sentence or header that a mistake is in; None if it is in two, or between them."""
        found = [self.sentence_of(token) for token in edit.lost]
        is_inside = all(token.end <= one.end for token, one in zip(edit.lost, found, strict=True))
        return found[0] if is_inside and all(one is found[0] for one in found) else None

    def region(self, edit: Edit) -> str:
        """A file of the sentences that a mistake is in, or between, with it, in groups as deep as those around."""
        text = self.original.text
        first, last = edit.lost[0], edit.lost[-1]
        head, tail = self.sentence_of(first), self.sentence_of(last)
        around, start = (
            (self._closed[first.start], first.start) if first.start in self._closed else (head.groups, head.start)
        )
        end, inside, brace = max(last.end, tail.end), tail.groups, ""
        if last.start in self._closed:
            end, inside = last.end, self._closed[last.start][:-1]
        elif isinstance(tail.item, nodes.Group):
            inside, brace = (*inside, tail.item), "" if last.text == "{" else " {"
        line = text.rfind("\n", 0, start) + 1
        lines = [f"{self._indent(group)}{_HEADER}" for group in around]
        lines.append(f"{text[line:start]}{edit.of(text, start, end)}{brace}")
        lines += [f"{self._indent(group)}}}" for group in reversed(inside)]
        before = HEAD if start else ""
        return before + "\n".join([*lines, ""])

    def _indent(self, group: nodes.Group) -> str:
        text = self.original.text
        return text[text.rfind("\n", 0, group.span.start) + 1 : group.span.start]

    def sentence_of(self, token: Token) -> Sentence:
        """The last sentence that starts at or before a token."""
        return self._sentences[bisect_right(self._starts, token.start) - 1]
