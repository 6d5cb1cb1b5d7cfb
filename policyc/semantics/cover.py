"""Which permissions cover others: all that the one allows, the other allows too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from policyc.language.verbs import entailed
from policyc.model.policy import Statement
from policyc.model.values import Terms
from policyc.semantics.conditions import Formula, every, no
from policyc.semantics.norms import Norm, Numbers
from policyc.semantics.overlap import Meeting, Overlaps, judged

_MOST_TRIED: Final = 5
"""So many wider permissions are looked at for each permission."""

_MOST_TAKEN: Final = 10
"""Where more prohibitions than these take something out of a permission, nothing is said of it."""

_HOLDING: Final = frozenset({"store", "keep"})
"""Verbs that are one for the decision, and not for readers: the one says where, the other how long."""


class Covers:
    """Who covers whom, among some permissions of acts that are decided."""

    def __init__(self, overlaps: Overlaps, permissions: Sequence[Norm]) -> None:
        """Nothing is looked up before it is asked for."""
        self.overlaps = overlaps
        self.permissions = permissions

    def wider(self, norm: Norm) -> Sequence[Norm]:
        """The first permissions that certainly allow what another one may allow, or an act that entails it."""
        index = self.overlaps.index
        found = index.covering(norm) & self._firm & self._entailing.get(norm.verb, 0) & ~index.numbers([norm])
        return [wider for wider in index.norms(found, _MOST_TRIED) if self.is_below(norm.statement, wider.statement)]

    @cached_property
    def _firm(self) -> Numbers:
        """Those that leave nothing open, and name what a permission has to."""
        firm = (norm for norm in self.permissions if set(norm.statement.row.essential) <= norm.boxes[0].keys())
        return self.overlaps.index.numbers(
            norm for norm in firm if all(extent.certain == extent.possible != 0 for extent in norm.boxes[0].values())
        )

    @cached_property
    def _entailing(self) -> Mapping[str, Numbers]:
        """Verb → the permissions of verbs that entail it."""
        found: dict[str, Numbers] = {}
        for verb, numbers in self.overlaps.index.by_verb.items():
            for name in {verb} if verb in _HOLDING else entailed(verb):
                found[name] = found.get(name, 0) | numbers
        return found

    def is_below(self, one: Statement, wider: Statement) -> bool:
        """Whether it names the same terms or lower ones: for readers, a group is more than its only known member."""
        named = [(one.objects, wider.objects), *((one.fields.get(name), value) for name, value in wider.fields.items())]
        pairs = ((mine, theirs) for mine, theirs in named if isinstance(mine, Terms) and isinstance(theirs, Terms))
        return all(self.overlaps.extents.graph.below(theirs.ids).issuperset(mine.ids) for mine, theirs in pairs)

    def free(self, norm: Norm, wider: Norm, *formulas: Formula) -> Meeting | None:
        """Where formulas hold, and nothing forbids the wider permission what the other one allows; None if nowhere."""
        overlaps = self.overlaps
        found = overlaps.forbidding(norm, all_of_it=False)
        others = [each for each in found if wider not in overlaps.exceptions(each)]
        taken = [(box, every(each.when, no(each.unless))) for each in others for box in judged(each, norm.verb)]
        universe = overlaps.extents.universe
        region = {axis: universe(axis) & extent.possible for axis, extent in norm.boxes[0].items()}
        if 0 in region.values() or len(taken) > _MOST_TAKEN:
            return None
        left = overlaps.left(region, list(formulas), taken)
        return None if left is None else Meeting(norm, wider, *left)
