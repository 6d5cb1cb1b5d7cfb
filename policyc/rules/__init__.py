"""Rules: what laws, stores and companies ask of every policy. They are written in the language, and evaluated here."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen

from policyc.checks._view import View
from policyc.diagnostics.code import Code
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.rules import Rules
from policyc.record import ValueRecord
from policyc.rules.find import code_of_rule, find
from policyc.rules.packs import Applied, applied, holding, library, rule_names, rules_of
from policyc.rules.reach import Reaches

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
    laws: list[Applied] = []
    sets = [rules for rules in own if rules.rules]
    for module, known in library().items():
        here = list(applied(view, known, wanted))
        if here:
            laws += [one for one in here if one not in laws]
            sets.append(holding(rules_of(module), [one.name for one in here]))
    reaches = Reaches(view)
    findings = [found for rules in sets for found in find(view, rules, reaches)]
    codes = [code_of_rule(rule) for rules in sets for rule in rules.rules]
    return Judged(tuple(findings), tuple(laws), codes)


def law_names() -> tuple[str, ...]:
    """The names of all laws that have rules, sorted."""
    return tuple(sorted({law.name.rpartition(".")[2] for laws in library().values() for law in laws}))
