"""A measure that is only a word: nothing says what is done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding, named
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of

_HEAD: Final = """\
language 1
party us "Us"
data email "email address"
policy notice "Notice"
    controller us
"""

ONLY_A_WORD: Final = Code(
    "PC708",
    "measure-without-content",
    what="Data is protected by a measure such as “strict practices”, and nothing says what is done.",
    why="Everybody can say so. Readers and authorities cannot tell whether it is true, or enough.",
    bad=_HEAD + 'measure care "strict practices"\nguarded: will protect email by care\n',
    good=_HEAD + 'measure care "strict practices" including locks\nmeasure locks "locked rooms"\n'
    "guarded: will protect email by care\n",
    level=Level.INFO,
)

_GENERAL: Final = frozenset(
    f"std.measure.security.{name}"
    for name in (
        *("security_measures", "technical_measures", "organisational_measures", "administrative_measures"),
        *("physical_measures", "industry_standard_technologies"),
    )
)
"""The library's classes of measures, which name none."""

_VAGUE: Final = (
    r"(?i)(?<![-\w])(?:measures?|practices?|steps?|safeguards?|technolog\w+|procedures?|processes|policies|care|efforts?|"
    r"protections?|precautions?|standards?|controls?|controlled|manner|way|ways|means|security)(?![-\w])"
)
"""How labels read that may name no measure."""

_TELLING: Final = ("including", "exactly", "text", "url", "evidence", "see", "cite", "holes")


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all measures that somewhere stand without evidence."""
    taken: dict[str, list[Statement]] = {}
    for one in view.statements:
        if one.verb == "protect" and one.modality != "never" and not _is_shown(one):
            measures = terms_of(one.fields, "measures")
            empty = [name for name in measures if _is_empty(view, name)]
            # A class beside a measure tells where that one belongs.
            is_alone = len(empty) == len(measures)
            for name in empty if is_alone else [name for name in empty if view.policy.terms[name].is_local]:
                taken.setdefault(name, []).append(one)
    if taken:
        (about, first), *rest = [(one, named(one, "measures", name)) for name, found in taken.items() for one in found]
        yield finding(
            ONLY_A_WORD,
            about,
            f"nothing says what is done by {counted(taken)}",
            place=first,
            more=[(place, "nor by this") for _, place in rest[: SHOWN - 1]],
            help="name what you do, such as `encryption_at_rest` of `std.measure.security`; or say it with `including`",
        )


def _is_shown(one: Statement) -> bool:
    return "evidence" in one.fields or any(missing == "evidence" for missing, _ in one.holes)


def _is_empty(view: View, name: str) -> bool:
    """Whether a measure is a class of the library, or a vague word that the policy declares without content."""
    term = view.policy.terms[name]
    if not term.is_local:
        return term.qualified in _GENERAL
    above = (view.policy.terms[parent].qualified for parent in term.parents)
    is_told = any(field in term.fields for field in _TELLING) or bool(view.graph.children.get(name))
    return not is_told and all(one in _GENERAL for one in above) and re.search(_VAGUE, term.label) is not None
