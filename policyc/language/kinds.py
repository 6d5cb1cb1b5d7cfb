"""The table of kinds: what may be declared, and the clauses that each declaration takes and needs."""

from __future__ import annotations

from typing import Final

from attrs import field as attribute
from attrs import frozen

from policyc.language.clauses import DECLARED
from policyc.record import ValueRecord


def _fields(words: str) -> frozenset[str]:
    return frozenset(words.split())


@frozen(eq=False, repr=False)
class Kind(ValueRecord):
    """One row: `plural` for messages and headings; `reads` completes a sentence with a label of this kind."""

    name: str
    plural: str
    reads: str
    takes: frozenset[str] = attribute(default="", converter=_fields)
    needs: frozenset[str] = attribute(default="", converter=_fields)

    @property
    def fields(self) -> frozenset[str]:
        """All fields that a declaration of this kind may fill by clauses."""
        return self.takes | DECLARED


_GRAPH: Final = "parents including exactly "

KINDS: Final = {
    row.name: row
    for row in (
        Kind("policy", "policies", "This is the …", "controllers surfaces outside laws updated effective version validity event contact subjects representatives officers languages prevailing part_of yields_to prevails_over replaces summary", "controllers"),
        Kind("party", "parties", "We share it with …", _GRAPH + "legal_name registration contact laws safeguards copy_channels place url on_behalf_of purposes representatives officers"),
        Kind("subject", "people", "We collect data of …", _GRAPH + "place when"),
        Kind("data", "data", "We collect your …", _GRAPH + "subjects sources surfaces purposes state data_form location special tracker event"),
        Kind("purpose", "purposes", "We use it to …", _GRAPH + "compatible_with"),
        Kind("surface", "surfaces", "This holds for …", _GRAPH + "url actor"),
        Kind("event", "events", "This starts when …", _GRAPH + "subjects event"),
        Kind("fact", "facts", "We do this if …", _GRAPH + "subjects implies per laws number"),
        Kind("place", "places", "This holds if you are in …", _GRAPH),
        Kind("law", "laws", "We follow …", _GRAPH + "place subjects surfaces effective repealed url"),
        Kind("legal_basis", "legal bases", "The legal basis is …", _GRAPH + "when unless laws"),
        Kind("right", "rights", "You have the right to …", _GRAPH + "laws"),
        Kind("term", "terms", "We call it …", _GRAPH + "regarding subjects laws"),
        Kind("channel", "channels", "Reach us through …", _GRAPH + "email url postal phone menu actor"),
        Kind("measure", "measures", "We protect it by …", _GRAPH + "laws actor rules_out regarding"),
        Kind("message", "messages", "We may send you …", _GRAPH + "purposes channels actor regarding"),
        Kind("system", "systems", "The data is on …", _GRAPH + "place actor url holds columns"),
        Kind("document", "documents", "You find more in …", _GRAPH + "url actor effective version"),
    )
}  # fmt: skip
