"""What is to be known of a law with rules."""

from __future__ import annotations

from policyc.model.policy import Fields
from policyc.record import ValueRecord, unwritten


@unwritten(eq=False, repr=False)
class Law(ValueRecord):
    """A law with rules. It is for whoever is in its `places`; if it says so, for its `subjects` and `surfaces` only.

    All names are qualified; the sets have the names below them, too.
    """

    name: str
    label: str
    fields: Fields
    places: frozenset[str]
    subjects: frozenset[str]
    surfaces: frozenset[str]
