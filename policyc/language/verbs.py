"""The table of verbs: what each is about, the clauses that it takes and needs, and what it decides."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Final

from attrs import field as attribute
from attrs import frozen

from policyc.language.clauses import COMMON, row_of
from policyc.record import ValueRecord


def _fields(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _words(words: str) -> tuple[str, ...]:
    return tuple(words.split())


@frozen(eq=False, repr=False)
class Verb(ValueRecord):
    """One row of the table.

    `object` is the field that holds the objects; they are names of `kinds`, closed `words`, or (neither) text.
    `takes` and `needs` are fields of clauses; what a verb needs, a hole may stand for.
    `essential` are the dimensions that a permission must name to enforce anything.
    `entails` are verbs without which the act cannot happen: who tracks, collects.
    `decided`: a request may ask for it.
    """

    name: str
    object: str
    kinds: tuple[str, ...] = attribute(default="", converter=_words)
    words: tuple[str, ...] = attribute(default="", converter=_words)
    takes: frozenset[str] = attribute(default="", converter=_fields)
    needs: frozenset[str] = attribute(default="", converter=_fields)
    essential: tuple[str, ...] = attribute(default="", converter=_words)
    entails: tuple[str, ...] = attribute(default="", converter=_words)
    decided: bool = False

    @property
    def fields(self) -> frozenset[str]:
        """All fields that a statement with this verb may fill by clauses."""
        return self.takes | COMMON

    @cached_property
    def dimensions(self) -> frozenset[str]:
        """The dimensions that a request with this verb has."""
        found = (row_of(field).dimension for field in self.takes)
        return frozenset(name for name in found if name) | ({"data"} if self.kinds == ("data",) else frozenset())


_WHO: Final = "subjects actor on_behalf_of"
_WHERE: Final = "surfaces place location"
_WHY: Final = "basis special_basis interest laws"
_RANK: Final = "except despite subject_to"
_FLOW: Final = f"{_WHO} {_WHERE} {_WHY} {_RANK} state event until channels consequence lookback "
_DEED: Final = "mandatory optional means logic effects "
"""How data is got and used, and what that means for the person."""

VERBS: Final = {
    row.name: row
    for row in (
        # Acts with data: requests ask for these.
        Verb("collect", "data", "data", takes=_FLOW + _DEED + "sources purposes", essential="data purpose", entails="use", decided=True),
        Verb("derive", "data", "data", takes=_FLOW + _DEED + "derived_from purposes", essential="data purpose", entails="use", decided=True),
        Verb("use", "data", "data", takes=_FLOW + _DEED + "purposes", essential="data purpose", decided=True),
        Verb("share", "data", "data", takes=_FLOW + "recipients purposes ways safeguards copy_channels data_form", needs="recipients", essential="data recipient", decided=True),
        Verb("store", "data", "data", takes=_FLOW + "recipients purposes safeguards copy_channels data_form", essential="data", entails="keep", decided=True),
        Verb("transfer", "data", "data", takes=_FLOW + "recipients purposes safeguards copy_channels data_form", needs="location", essential="data location", decided=True),
        Verb("keep", "data", "data", takes=_FLOW + "recipients purposes period stage lag depends_on then data_form", essential="data", entails="store", decided=True),
        Verb("track", "data", "data", takes=_FLOW + "sources purposes means period patterns", essential="data purpose", entails="collect", decided=True),
        # Duties and facts: published, checked, never asked for.
        Verb("delete", "data", "data", takes=_FLOW + "purposes period stage lag deadline depends_on data_form"),
        Verb("protect", "data", "data", takes=_WHO + " surfaces place location measures against data_form laws evidence event recipients"),
        Verb("grant", "rights", "right", takes=_WHO + " surfaces place basis laws regarding recipients deadline extension fee identity_check refusal delegates appeal limits channels event consequence"),
        Verb("offer", "choices", words="consent opt_in opt_out permission settings withdrawal consent_by_use incentive", takes=_WHO + " period before  surfaces place basis laws regarding purposes recipients deadline delegates identity_check limits channels event consequence"),
        Verb("notify", "recipients", "subject party", takes="period before actor on_behalf_of surfaces place laws regarding purposes deadline channels event"),
        Verb("honour", "signals", words="do_not_track global_privacy_control other_signals", takes=_WHO + " surfaces place laws purposes"),
        Verb("act_as", "roles", words="controller processor joint_controller", takes=_WHO + " surfaces place laws regarding purposes recipients safeguards"),
        Verb("amend", "policies", "policy", takes="period before actor laws event deadline channels"),
        Verb("require", "duties", takes=_WHO + " surfaces place laws regarding purposes recipients channels event deadline identity_check consequence"),
        Verb("advise", "duties", takes=_WHO + " surfaces place laws regarding purposes recipients channels event deadline consequence"),
        Verb("claim", "claims", takes=_WHO + " surfaces place laws regarding purposes recipients safeguards evidence event"),
        Verb("disclaim", "claims", takes=_WHO + " surfaces place laws basis regarding purposes recipients event"),
    )
}  # fmt: skip

UNCOVERED: Final = {
    "way": frozenset({"sale", "rent", "trade", "publication"}),
    "means": frozenset({"decision", "profiling"}),
}
"""Words of a dimension that a permission covers only where it names them; `access` is plain sharing."""

UNSAID: Final = {"means": ("automatic", "manual")}
"""What a dimension may be that a request leaves out, where that is not everything: the rest has to be asked for."""


@cache
def entailed(verb: str) -> frozenset[str]:
    """The verb and all that it entails, at any remove."""
    found = {verb}
    queue = [verb]
    while queue:
        for name in VERBS[queue.pop()].entails:
            if name not in found:
                found.add(name)
                queue.append(name)
    return frozenset(found)
