"""The graphs of terms: what lies below what, and the leaves that questions are asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from attrs import define

from policyc.model.policy import Term

OTHER = "other:"
"""`other:T` is the leaf for the unlisted members of an open term T."""


def closure(names: Iterable[str], further: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """Names and all that is reached from them step by step, nearest first, each once."""
    found = dict.fromkeys(names)
    queue = list(found)
    for name in queue:  # it grows while it is gone through
        new = [one for one in further(name) if one not in found]
        found.update(dict.fromkeys(new))
        queue += new
    return tuple(found)


@define(slots=False, eq=False, repr=False)
class Graph:
    """The terms of a policy with their open leaves. Every answer is a set or tuple of ids."""

    terms: Mapping[str, Term]

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """The ids right below each id; an open term has its `other:` leaf as one of them."""
        below: dict[str, list[str]] = {name: [] for name in self.terms}
        for term in self.terms.values():
            for parent in term.parents:
                below[parent].append(term.id)
        for term in self.terms.values():
            if term.is_open:
                below[term.id].append(OTHER + term.id)
        return {name: tuple(sorted(found)) for name, found in below.items()}

    def below(self, identifiers: Iterable[str]) -> frozenset[str]:
        """The ids and all that lies below them."""
        key = tuple(identifiers)
        if key not in self._known_below:
            self._known_below[key] = self._below(key)
        return self._known_below[key]

    @cached_property
    def _known_below(self) -> dict[tuple[str, ...], frozenset[str]]:
        """What was found before: who decides asks for the same again and again."""
        return {}

    def _below(self, identifiers: Iterable[str]) -> frozenset[str]:
        return frozenset(closure(identifiers, lambda name: self.children.get(name, ())))

    def listed_leaves(self, identifier: str) -> tuple[str, ...]:
        """The declared leaves at or below an id, sorted; the id itself if nothing is declared below it."""
        names = self.below([identifier])
        leaves = sorted(name for name in names if not name.startswith(OTHER) and not self._declared_below(name))
        return tuple(leaves)

    def leaves(self, kinds: Iterable[str]) -> tuple[str, ...]:
        """Every leaf of the kinds, with the `other:` leaves, sorted."""
        key = tuple(kinds)
        if key not in self._known_leaves:
            self._known_leaves[key] = self._leaves(frozenset(key))
        return self._known_leaves[key]

    @cached_property
    def _known_leaves(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        return {}

    def _leaves(self, wanted: frozenset[str]) -> tuple[str, ...]:
        declared = [
            term.id for term in self.terms.values() if term.kind in wanted and not self._declared_below(term.id)
        ]
        others = [OTHER + term.id for term in self.terms.values() if term.kind in wanted and term.is_open]
        return tuple(sorted(declared) + sorted(others))

    def _declared_below(self, identifier: str) -> bool:
        return any(not child.startswith(OTHER) for child in self.children.get(identifier, ()))
