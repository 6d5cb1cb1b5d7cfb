"""Rules: what laws, stores and companies ask of every policy. They are written in the language, and evaluated here."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen

from policyc.checks._view import View
from policyc.diagnostics.code import Code
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.rules import Rules
from policyc.record import ValueRecord
from policyc.rules.find import code_of_rule, find, is_in_force
from policyc.rules.packs import Applied, Facts, applied, holding, library, not_in_force, rule_names, rules_of

__all__ = ["Applied", "Judged", "judge", "law_names", "rule_names"]


@frozen(eq=False, repr=False)
class Judged(ValueRecord):
    """What rules find in a policy, the laws that hold for it, and the codes of all rules that were asked."""

    findings: tuple[Diagnostic, ...] = ()
    laws: tuple[Applied, ...] = ()
    codes: Sequence[Code] = field(default=(), repr=False)


def judge(view: View, own: Sequence[Rules], wanted: Sequence[str] = ()) -> Judged:
    """Ask the rules of the laws that a policy is under, and those that its project or itself has.

    `wanted` are names of laws to add, and with `no-` before them to leave out.
    """
    laws: list[Applied | None] = []
    sets = [rules for rules in own if rules.rules]
    facts = Facts(view)
    for module, known in library().items():
        here = list(applied(facts, known, wanted))
        if here:
            rules = holding(rules_of(module), [one.name for one in here if one.is_held])
            sets.append(rules)
            laws += [_by_rules(one, rules, view, wanted) for one in here]
    asked = _together(sets)
    codes = [code_of_rule(rule) for rule in asked.rules]
    return Judged(tuple(find(view, asked)), tuple(_once(laws)), codes)


def _together(sets: Sequence[Rules]) -> Rules:
    """Several sets of rules as one: what one rule has looked for, another one need not look for again."""
    below: dict[str, dict[str, None]] = {}
    for rules in sets:
        for name, members in rules.below.items():
            below.setdefault(name, {}).update(dict.fromkeys(members))
    return Rules(
        tuple(rule for rules in sets for rule in rules.rules),
        {name: tuple(members) for name, members in below.items()},
        guards={name: facts for rules in sets for name, facts in rules.guards.items()},
    )


def _by_rules(one: Applied, rules: Rules, view: View, wanted: Sequence[str]) -> Applied | None:
    """A law of which no rule is in force yet, or any longer, does not hold, whatever its own days are."""
    mine = (rule for rule in rules.rules if one.name in rule.laws)
    if not one.is_held or any(is_in_force(rule.fields, view.date) for rule in mine):
        return one
    is_wanted = one.name.rpartition(".")[2] in wanted
    return not_in_force(one.name, one.label, view.date) if is_wanted else None


def _once(laws: Sequence[Applied | None]) -> list[Applied]:
    """Each law once, though several modules have rules of it: held, if any of its rules is in force."""
    found: dict[str, Applied] = {}
    for one in laws:
        if one is not None and (one.name not in found or one.is_held):
            found[one.name] = one
    return list(found.values())


def law_names() -> tuple[str, ...]:
    """The names of all laws that have rules, sorted."""
    return tuple(sorted({law.name.rpartition(".")[2] for laws in library().values() for law in laws}))
