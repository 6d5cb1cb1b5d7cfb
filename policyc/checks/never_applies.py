"""Statements that can never count: conditions that exclude each other, and reaches that are empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from policyc.checks._view import View, counted, finding, names
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.graph import OTHER
from policyc.model.policy import Statement, Term, terms_of
from policyc.model.values import Terms
from policyc.semantics.clocks import is_clock
from policyc.semantics.conditions import TRUE, Atom, Every, Formula, every, facts_in, named, no, some
from policyc.semantics.extents import DATA
from policyc.semantics.norms import Norm

_HEAD: Final = """\
language 1
party us "Us"
subject visitors "visitors"
subject customers "customers"
data email "email address"
purpose news "send you news"
fact agreed "you agree"
legal_basis consent "your consent" when agreed
policy notice "Notice"
    controller us
"""

NEVER_APPLIES: Final = Code(
    "PC401",
    "never-applies",
    what="A statement can never count: its conditions exclude each other, nothing is left of what it names, or what"
    " it waits for cannot happen.",
    why="Readers take it for a rule. It decides nothing, and what it was meant to allow or forbid is not said.",
    bad=_HEAD + "letters: may use email for news unless agreed basis consent\n",
    good=_HEAD + "letters: may use email for news when agreed basis consent\n",
    level=Level.WARNING,
)


def check(view: View) -> Iterator[Diagnostic]:
    """At most one finding for each statement; then what prohibitions allow in vain."""
    cases = _Cases(view)
    norms = [(norm, [norm.when]) for norm in view.overlaps.permissions]
    norms += [(norm, [norm.when, no(norm.unless)]) for norm in view.overlaps.prohibitions]
    for norm, formulas in norms:
        found = cases.impossible(norm.statement, formulas) or _emptied(view, norm.statement)
        if found is not None:
            yield found
    yield from _forbidden_halves(view)


# --- conditions --------------------------------------------------------------------------------


class _Cases:
    """Whether the conditions of statements can hold, for the people that they name."""

    def __init__(self, view: View) -> None:
        self.view = view

    def impossible(self, one: Statement, formulas: Sequence[Formula]) -> Diagnostic | None:
        """A finding if the conditions of a statement never hold."""
        people = terms_of(one.fields, "subjects")
        who = self._who(people)
        if who != TRUE and self._is_apart(who, formulas):
            who = TRUE
        if not self.view.overlaps.can_hold(*formulas, who):
            return _excluded(one, self._core(self._parts(one, who)))
        return self._about_others(one, people, formulas) if people and self._limited else None

    def _is_apart(self, who: Formula, formulas: Sequence[Formula]) -> bool:
        """Whether the conditions say nothing of what the people are known by."""
        return facts_in(who).isdisjoint(facts_in(Every(tuple(formulas))))

    def _parts(self, one: Statement, who: Formula) -> Mapping[str, Formula]:
        parts = dict(self.view.overlaps.conditions.parts(one))
        if one.modality == "never":
            parts = {name: part for name, part in parts.items() if name not in {"basis", "special_basis"}}
        return parts if who == TRUE else {**parts, "of": who}

    def _core(self, parts: Mapping[str, Formula]) -> list[str]:
        """The clauses that together never hold; without any of them, the others could."""
        core = dict(parts)
        for name in parts:
            rest = [part for other, part in core.items() if other != name]
            if not self.view.overlaps.can_hold(*rest):
                del core[name]
        return list(core)

    def _who(self, people: Sequence[str]) -> Formula:
        """What holds of each of the people: some are declared by their age."""
        return some(*(self._known.get(name, TRUE) for name in people)) if people and self._known else TRUE

    @cached_property
    def _known(self) -> Mapping[str, Formula]:
        """The people who are declared by a condition, and those below them, each with all that holds of them."""
        terms = self.view.policy.of_kind("subject")
        found = {term.id: [self.view.overlaps.conditions.of_fields(term.fields)] for term in terms}
        declared = [term for term in terms if "when" in term.fields]
        for term in declared:
            for name in (self.view.graph.below([term.id]) - {term.id}) & found.keys():
                found[name].append(found[term.id][0])
        return {name: every(*parts) for name, parts in found.items()} if declared else {}

    # What happens to others.

    @cached_property
    def _limited(self) -> Mapping[str, tuple[Term, int]]:
        """The events and facts that are about some people only, and the leaves of these."""
        extents = self.view.overlaps.extents
        terms = (term for kind in ("event", "fact") for term in self.view.policy.of_kind(kind))
        limited = ((term, terms_of(term.fields, "subjects")) for term in terms)
        return {term.id: (term, extents.below(people)) for term, people in limited if people}

    def _about_others(self, one: Statement, whose: Sequence[str], parts: Sequence[Formula]) -> Diagnostic | None:
        """A finding if a statement needs an event or a fact that is about other people than its own."""
        people = self.view.overlaps.extents.below(whose)
        others = [term for term, about in self._limited.values() if not about & people]
        never = [Atom(term.id, wanted=False, is_event=term.kind == "event") for term in others]
        starts = one.fields.get("event")
        if is_clock(one) and isinstance(starts, Terms):
            happened = [Atom(name, wanted=True, is_event=True) for name in starts.ids]
            parts = [*parts, some(*happened) if starts.quantifier == "any" else every(*happened)]
        if not never or self.view.overlaps.can_hold(*parts, *never):
            return None
        needed = named(parts)
        return _of_others(one, whose, [term for term in others if term.id in needed])


def _excluded(one: Statement, clauses: Sequence[str]) -> Diagnostic:
    said = names(name.replace("_", " ") for name in clauses)
    return finding(
        NEVER_APPLIES,
        one,
        f"{said} of `{one.id}` {'can never hold' if len(clauses) == 1 else 'exclude each other'}",
        help="change or delete one of the conditions",
    )


def _of_others(one: Statement, people: Sequence[str], others: Sequence[Term]) -> Diagnostic:
    whose = dict.fromkeys(name for term in others for name in terms_of(term.fields, "subjects"))
    said = names(term.id for term in others)
    return finding(
        NEVER_APPLIES,
        one,
        f"`{one.id}` is about {counted(people)}, and needs {said}, which concerns {counted(whose)} only",
        more=[(term, "declared here") for term in others if term.is_local],
        help=f"name {counted(whose)} in `{one.id}`, or others in the `of` of {said}",
    )


# --- reaches -----------------------------------------------------------------------------------


def _emptied(view: View, one: Statement) -> Diagnostic | None:
    """A finding if an `excluding` takes out all that is known of what it stands with.

    "Never with others than these" is a good promise, though no program can ask about the others.
    """
    for value in (one.objects, *(one.fields.values() if one.modality != "never" else ())):
        if isinstance(value, Terms) and value.excluding and _is_emptied(view, value):
            return finding(
                NEVER_APPLIES,
                one,
                f"`excluding` leaves nothing of {counted(value.ids)} in `{one.id}`",
                help=f"leave `excluding` out, or declare what remains of {counted(value.ids)}",
            )
    return None


def _is_emptied(view: View, value: Terms) -> bool:
    """Members of which nobody knows remain of a term that is open."""
    if view.overlaps.extents.below(value.ids) & ~view.overlaps.extents.below(value.excluding):
        return False
    return not any(name.startswith(OTHER) for name in view.graph.below(value.ids) - view.graph.below(value.excluding))


# --- what prohibitions allow -------------------------------------------------------------------


def _forbidden_halves(view: View) -> Iterator[Diagnostic]:
    """What a prohibition allows by its `unless`, and another one always forbids."""
    halves = [half for half in view.overlaps.halves if {DATA, *half.statement.row.essential} <= half.boxes[0].keys()]
    for half in halves:
        for prohibition in view.overlaps.forbidding(half, all_of_it=True):
            if prohibition.statement.id != half.id and _always_forbids(view, prohibition, half):
                yield _in_vain(half, prohibition)
                break


def _always_forbids(view: View, prohibition: Norm, half: Norm) -> bool:
    holds = every(prohibition.when, no(prohibition.unless))
    wins = any(norm.id == half.id for norm in view.overlaps.exceptions(prohibition))
    return not wins and view.overlaps.conditions.implies(half.when, holds)


def _in_vain(half: Norm, prohibition: Norm) -> Diagnostic:
    other = prohibition.statement
    is_only = other.modality != "never"
    what = f"the `only` of `{other.id}`" if is_only else f"`{other.id}`"
    if is_only:
        repair = f"add what is missing to the list of `{other.id}` if it may happen"
    else:
        repair = f"write `except {half.id}` in `{other.id}` if it may happen"
    return finding(
        NEVER_APPLIES,
        half.statement,
        f"what `{half.id}` allows by its `unless`, {what} always forbids",
        text="allowed by `unless` here",
        more=[(other, "forbidden here")],
        help=f"{repair}, or write `never` without `unless` if not",
    )
