"""Data that is declared for less, from fewer or of fewer people than statements about it say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import evolve

from policyc.checks._view import SHOWN, View, counted, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Term, terms_of
from policyc.semantics.extents import DATA, Leaves
from policyc.semantics.norms import Index, Norm

_HEAD: Final = """\
language 1
party us "Us"
purpose accounts "manage your account"
purpose news "send you news"
policy notice "Notice"
    controller us
asked: will collect account_data for accounts
letters: will use account_data for news
"""

DECLARED_FOR_LESS: Final = Code(
    "PC321",
    "declared-for-less",
    what="Data is declared for some purposes, from some sources or of some people, and a statement goes beyond.",
    why="Readers take the declaration for all that is to be known of this data.",
    bad=_HEAD + 'data account_data "account data" for accounts\n',
    good=_HEAD + 'data account_data "account data" for accounts, news\n',
    level=Level.INFO,
)

_SAYS: Final = {"purposes": ("for", "purpose"), "sources": ("from", "source"), "subjects": ("of", "subject")}
"""Fields of declarations, with the word before them and the dimension of acts."""

_VERBS: Final = {
    "purposes": frozenset({"collect", "derive", "track", "use"}),
    "sources": frozenset({"collect", "track"}),
    "subjects": frozenset({"collect", "derive", "track", "use"}),
}

_NOT_SAID: Final = ("std.purpose.legal.", "std.purpose.security.", "std.purpose.safety.")
"""Modules of purposes that any data may serve, and that nobody expects where it is declared."""

_MOST_TRIED: Final = 400


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each declaration, and each clause of it that a statement leaves."""
    terms = [term for term in view.terms if term.kind == "data" and not _SAYS.keys().isdisjoint(term.fields)]
    for name in _SAYS:
        declared = [term for term in terms if name in term.fields]
        acting = [norm for norm in view.own_acts if _names(norm, name)] if declared else []
        index = Index([evolve(norm, boxes=({DATA: norm.boxes[0][DATA]},)) for norm in acting])
        several = _in_several(view, declared)
        for term in declared:
            below = view.overlaps.extents.below([term.id])
            acts = index.norms(index.naming(DATA, below), _MOST_TRIED)
            own = [norm for norm in acts if norm.boxes[0][DATA].certain & below & ~several]
            found = [norm for norm in own if _goes_beyond(view, term, name, norm)]
            if found:
                yield _finding(term, name, found)


def _in_several(view: View, terms: Sequence[Term]) -> Leaves:
    """Data that lies below several of the declarations: what one says of it, is not all."""
    once = twice = 0
    for term in terms:
        below = view.overlaps.extents.below([term.id])
        twice |= once & below
        once |= below
    return twice


def _names(norm: Norm, name: str) -> bool:
    return norm.verb in _VERBS[name] and name in norm.statement.fields


def _goes_beyond(view: View, term: Term, name: str, norm: Norm) -> bool:
    """Whether a statement names something that has nothing in common with what is declared."""
    extents = view.overlaps.extents
    people, declared = (extents.below(terms_of(term.fields, each)) for each in ("subjects", name))
    whose = terms_of(norm.statement.fields, "subjects")
    is_of_others = bool(whose) and "subjects" in term.fields and not extents.below(whose) & people
    if name != "subjects" and is_of_others:
        return False
    named = [view.policy.terms[one] for one in terms_of(norm.statement.fields, name)]
    return any(not extents.below([one.id]) & declared and not one.qualified.startswith(_NOT_SAID) for one in named)


def _finding(term: Term, name: str, found: Sequence[Norm]) -> Diagnostic:
    word, kind = _SAYS[name]
    said = counted(terms_of(term.fields, name))
    labels = counted(norm.id for norm in found)
    return finding(
        DECLARED_FOR_LESS,
        term,
        f"`{term.id}` is declared `{word}` {said}, and {labels} {'name' if found[1:] else 'names'} another {kind}",
        text="declared here",
        more=[(norm.statement, "more here") for norm in found[:SHOWN]],
        help=f"add to `{word}` what is missing in `{term.id}`, or leave `{word}` out there",
    )
