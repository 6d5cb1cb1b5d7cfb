"""Which rules hold for a policy: those of the laws that it is under, of its project, and of its own file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from policyc.checks._view import View
from policyc.diagnostics.code import Code, Level
from policyc.model.graph import closure
from policyc.model.policy import Statement, Term, terms_of
from policyc.model.rules import Rule, Rules
from policyc.model.values import Terms
from policyc.record import ValueRecord
from policyc.resolve.library import LIBRARY, RULES
from policyc.resources import SUFFIX, resource
from policyc.rules.find import AS_OF, code_of, is_in_force
from policyc.rules.law import Law
from policyc.rules.reach import above
from policyc.rules.store import INDEX, encode, stored


@frozen(eq=False, repr=False)
class Applied(ValueRecord):
    """A law whose rules hold for a policy, and why; or one that was asked for and does not, and why not."""

    name: str
    label: str
    reason: str
    is_held: bool = True


def applied(facts: Facts, laws: Iterable[Law], wanted: Sequence[str] = ()) -> Iterator[Applied]:
    """The laws of which a policy speaks, or for which it is by its places; `wanted` adds some, and drops `no-NAME`.

    Laws that are not in force at the policy's date are left out, unless they are wanted: then that is said.
    """
    view = facts.view
    for law in laws:
        short = law.name.rpartition(".")[2]
        reason = None if f"no-{short}" in wanted else "you asked for it" if short in wanted else facts.reason(law)
        if reason is None:
            continue
        if is_in_force(law.fields, view.date):
            yield Applied(law.name, law.label, reason)
        elif short in wanted:
            yield not_in_force(law.name, law.label, view.date)


def not_in_force(name: str, label: str, day: date | None) -> Applied:
    """A law that was asked for, and does not hold on a day."""
    return Applied(name, label, f"it is not in force on {day or AS_OF}", is_held=False)


@frozen(slots=False, eq=False, repr=False)
class Facts:
    """What a policy says of its laws, places, people and surfaces."""

    view: View

    def reason(self, law: Law) -> str | None:
        """Why a law holds; None if it does not."""
        if law.name in self._followers:
            return self._followers[law.name]
        if not law.places and not law.subjects and not law.surfaces:
            return None
        found = [
            self._by_place(law) if law.places else "",
            self._by(law.subjects, self._people(), "the policy speaks of {}") if law.subjects else "",
            self._by(law.surfaces, self._surfaces(), "the policy is for {}") if law.surfaces else "",
        ]
        return None if None in found else ", and ".join(one for one in found if one)

    @cached_property
    def _followers(self) -> Mapping[str, str]:
        """Law → who says first that it is followed."""
        terms, found = self.view.policy.terms, dict[str, str]()
        said = [("the policy", self.view.policy.header.fields)]
        said += [(f"`{one.id}`", one.fields) for one in self.view.statements]
        for who, fields in said:
            for name in self._below(terms_of(fields, "laws")):
                found.setdefault(terms[name].qualified, f"{who} follows it")
        return found

    def _below(self, names: Sequence[str]) -> Iterable[str]:
        return self.view.graph.below(names) & self.view.policy.terms.keys() if names else ()

    def _by_place(self, law: Law) -> str | None:
        return next((why for why, places in self._placed if not law.places.isdisjoint(places)), None)

    @cached_property
    def _placed(self) -> Sequence[tuple[str, frozenset[str]]]:
        """Who is where: a reason for a law, and the places with all around them. The first that fits is given."""
        policy = self.view.policy
        controllers = (policy.terms[name] for name in terms_of(policy.header.fields, "controllers"))
        said = [(f"`{term.id}` is there", term.fields) for term in controllers]
        said += [(f"`{term.id}` are there", term.fields) for term in policy.of_kind("subject")]
        said += [(f"`{one.id}` is about people there", one.fields) for one in self.view.statements]
        named = ((why, terms_of(fields, "place")) for why, fields in said)
        return [(why, self._around(names)) for why, names in named if names]

    def _around(self, places: Iterable[str]) -> frozenset[str]:
        policy = self.view.policy
        return frozenset(one.qualified for name in places for one in above(policy, policy.terms[name]))

    def _by(self, wanted: frozenset[str], there: Iterable[Term], words: str) -> str | None:
        found = next((term.id for term in there if not wanted.isdisjoint(self._around([term.id]))), None)
        return words.format(f"`{found}`") if found else None

    def _people(self) -> Iterable[Term]:
        """The people that statements, data and the header speak of."""
        return self._spoken("subjects", "subject")

    def _surfaces(self) -> Iterable[Term]:
        return self._spoken("surfaces", "surface")

    def _spoken(self, name: str, kind: str) -> Iterable[Term]:
        terms = self.view.policy.terms
        holders: list[Term | Statement] = [
            self.view.policy.header,
            *self.view.policy.of_kind("data"),
            *self.view.statements,
        ]
        spoken = dict.fromkeys(one for holder in holders for one in terms_of(holder.fields, name))
        return [terms[one] for one in spoken if terms[one].kind == kind]


# --- the library ------------------------------------------------------------------------------


def modules() -> dict[str, Path]:
    """The library's modules of rules by name, sorted."""
    folder = resource("stdlib") / RULES
    return {f"{LIBRARY}.{RULES}.{path.stem}": path for path in sorted(folder.glob(f"*{SUFFIX}"))}


@cache
def library() -> Mapping[str, Sequence[Law]]:
    """Module → the laws of which it has rules. It is read from the wheel's copy if there is one."""
    known: Mapping[str, Sequence[Law]] | None = stored(INDEX)
    return {name: laws_of(rules_of(name)) for name in modules()} if known is None else known


def stored_rules() -> Mapping[str, str]:
    """The library's rules as they are stored: a JSON file's text by name; ValueError if a module has errors."""
    made = {name: rules_of(name) for name in modules()}
    index = {name: tuple(laws_of(rules)) for name, rules in made.items()}
    data = {INDEX: encode(index), **{name: encode(rules) for name, rules in made.items()}}
    return {name: json.dumps(one, ensure_ascii=False, separators=(",", ":")) for name, one in data.items()}


def laws_of(rules: Rules) -> Sequence[Law]:
    """The laws that rules are under, sorted."""
    named = sorted({name for rule in rules.rules for name in rule.laws})
    return [_law(name, rules) for name in named]


def _law(name: str, rules: Rules) -> Law:
    fields = rules.laws[name]
    named = (terms_of(fields, clause) for clause in ("place", "subjects", "surfaces"))
    sets = (frozenset(closure(names, lambda name: rules.below.get(name, ()))) for names in named)
    return Law(name, rules.labels[name], fields, *sets)


@cache
def rules_of(name: str) -> Rules:
    """The rules of a module of the library, from the wheel's copy if there is one; ValueError if it has errors."""
    known: Rules | None = stored(name)
    return written(name) if known is None else known


@cache
def written(name: str) -> Rules:
    """The rules of a module of the library as they are written, with their places; ValueError if it has errors."""
    from policyc.rules.read import read_rules  # noqa: PLC0415 - rules that are stored need no compiler

    rules, _, found = read_rules(modules()[name], resource("stdlib"), name)
    errors = [one for one in found if one.level is Level.ERROR]
    if errors:
        message = f"{name}: {errors[0].message}"
        raise ValueError(message)
    return rules


_RULE: Final = re.compile(r"^[ ]*rule ([a-z][a-z0-9_]*)", re.MULTILINE)


@cache
def rule_names() -> Mapping[str, str]:
    """The names of all rules of the library → their modules. They are read off the texts: only messages need them."""
    texts = ((module, path.read_text(encoding="utf-8")) for module, path in modules().items())
    return {name: module for module, text in texts for name in _RULE.findall(text)}


def every_rule() -> Iterator[Code]:
    """A code for each rule of the library, without what it says."""
    return (code_of(f"{module}.{name}", "", Level.WARNING) for name, module in rule_names().items())


# --- those that hold ---------------------------------------------------------------------------


def holding(rules: Rules, laws: Iterable[str]) -> Rules:
    """The rules of some laws, each for the places of those of its laws that hold."""
    held = frozenset(laws)
    found = (_for_places(rule, rules, held) for rule in rules.rules)
    return evolve(rules, rules=tuple(rule for rule in found if rule is not None))


def _for_places(rule: Rule, rules: Rules, held: frozenset[str]) -> Rule | None:
    mine = [name for name in rule.laws if name in held]
    if rule.laws and not mine:
        return None
    if "place" in rule.fields:
        return rule
    places = tuple(sorted({place for name in mine for place in terms_of(rules.laws[name], "place")}))
    return evolve(rule, fields={**rule.fields, "place": Terms(places)}) if places else rule
