"""A statement says which legal bases alone there are, and another one rests on a further one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of
from policyc.model.values import names_in
from policyc.semantics.extents import DATA
from policyc.semantics.norms import Index

_HEAD: Final = """\
language 1
import consent, contract, legal_obligation from std.basis.gdpr
party us "Us"
data email "your email address"
purpose news "send you news"
purpose taxes "pay our taxes"
policy notice "Notice"
    controller us
two: will collect email only basis consent, contract
books: will use email for news basis legal_obligation
"""

FURTHER_BASIS: Final = Code(
    "PC323",
    "basis-outside-only",
    what="A statement names the only legal bases for using data, and another one rests on a further one.",
    why="The list is not complete. Readers take it that no law makes you use or keep their data.",
    bad=_HEAD,
    good=_HEAD.replace("consent, contract\n", "consent, contract, legal_obligation\n"),
    level=Level.INFO,
)

_VERBS: Final = frozenset({"collect", "derive", "use", "track", "keep", "store"})
"""Sharing and transfers have grounds of their own."""

_DUTY: Final = frozenset({"std.purpose.legal.comply_with_law"})
_DUTIES: Final = frozenset(
    {"std.fact.law.law_requires", "std.fact.law.law_requires_keeping", "std.fact.law.authority_orders"}
)
_OBLIGATIONS: Final = frozenset(
    {
        "std.basis.gdpr.legal_obligation",
        "std.basis.brazil.lgpd_legal_obligation",
        "std.basis.india.dpdp_disclosure_duty",
    }
)
_ABOUT: Final = (DATA, "purpose", "subject", "place")

_MOST_TRIED: Final = 50
"""So many acts are held against each list."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each `only basis`."""
    acts = [norm for norm in view.own_acts if norm.verb in _VERBS]
    closing = [norm for norm in acts if "basis" in norm.statement.only]
    duties = view.graph.below(term.id for term in view.policy.of_kind("purpose") if term.qualified in _DUTY)
    others = [norm for norm in acts if "basis" not in norm.statement.only and _rests(view, norm.statement, duties)]
    if not closing or not others:
        return
    index = Index(others)
    for norm in closing:
        listed = view.graph.below(terms_of(norm.statement.fields, "basis"))
        met = index.norms(
            index.sharing({axis: norm.boxes[0][axis] for axis in _ABOUT if axis in norm.boxes[0]}), _MOST_TRIED
        )
        found = [other.statement for other in met if _is_further(view, other.statement, listed)]
        if found:
            yield finding(
                FURTHER_BASIS,
                norm.statement,
                f"`{norm.id}` names the only legal bases, and {counted(one.id for one in found)}"
                f" {'rest' if found[1:] else 'rests'} on another one",
                text="only these",
                more=[(one, "another one here") for one in found[:SHOWN]],
                help=f"add it to the list of `{norm.id}`, or say there which data or purposes the list is about",
            )


def _rests(view: View, one: Statement, duties: frozenset[str]) -> bool:
    """Whether it names a basis, or happens because a law asks for it: that is its purpose, or its condition."""
    terms = view.policy.terms
    facts = names_in(one.fields["when"]) if "when" in one.fields else ()
    is_required = any(terms[name].qualified in _DUTIES for name in facts if name in terms)
    return "basis" in one.fields or is_required or not duties.isdisjoint(terms_of(one.fields, "purposes"))


def _is_further(view: View, one: Statement, listed: frozenset[str]) -> bool:
    named = terms_of(one.fields, "basis")
    if named:
        return all(name not in listed and listed.isdisjoint(view.graph.below([name])) for name in named)
    return all(view.policy.terms[name].qualified not in _OBLIGATIONS for name in listed if name in view.policy.terms)
