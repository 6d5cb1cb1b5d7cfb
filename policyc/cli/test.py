"""`policyc test`: runs the tests that stand in policies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from policyc.cli._compile import compile_paths
from policyc.cli._output import exit_code, report
from policyc.cli._paths import PATHS, READING
from policyc.cli._say import count, say
from policyc.deciding import decider
from policyc.diagnostics.codes import tool
from policyc.diagnostics.diagnostic import Diagnostic, Label
from policyc.model.policy import Expectation, Policy
from policyc.semantics.request import Decision, Reading

_PLACES: Final = 5
"""How many of the statements that decided are shown."""


@click.command()
@PATHS
@READING
def command(paths: tuple[Path, ...], reading: str) -> int:
    """Run the tests of the policies and rules at PATH…, files or folders.

    Exits 1 if an expectation does not hold.
    """
    batch = compile_paths(paths)
    policies = [one.compilation.policy for one in batch.compiled if one.compilation.policy is not None]
    failed = [found for policy in policies for found in _failures(policy, Reading(reading))]
    tested = [rules for one in batch.compiled if (rules := one.compilation.rules).tests]
    if tested:
        from policyc.rules import tests  # noqa: PLC0415 - few files have rules

        failed += [found for rules in tested for found in tests.failures(rules)]
    found = (*batch.diagnostics, *failed)
    report(found)
    expectations = sum(len(test.expectations) for policy in policies for test in policy.tests)
    expectations += sum(len(test.rules) for rules in tested for test in rules.tests)
    unread = sum(test.policy is None for rules in tested for test in rules.tests)
    before = "\n" if found else ""
    not_run = f", {count(unread, 'test')} not run" if unread else ""
    say(f"{before}{count(expectations, 'expectation')}: {len(failed)} failed{not_run}\n", err=True)
    return exit_code(found)


def _failures(policy: Policy, reading: Reading) -> Iterator[Diagnostic]:
    if not policy.tests:
        return
    asked = decider(policy, reading)
    for test in policy.tests:
        for expectation in test.expectations:
            decision = asked.answer(expectation.question)
            if decision.allowed is not expectation.allowed:
                yield _failure(policy, test.title, expectation, decision)


def _failure(policy: Policy, title: str, expectation: Expectation, decision: Decision) -> Diagnostic:
    """What was expected, what is decided, and the statements that decide it."""
    answer = "allowed" if decision.allowed else "denied"
    answer += "" if decision.statements else ", for no statement allows it"
    deciding = [policy.statement(name.partition("#")[0]) for name in decision.statements]
    verb = "allows it" if decision.allowed else "denies it"
    place = expectation.place
    return Diagnostic(
        tool.FAILED_TEST,
        tool.FAILED_TEST.level,
        f"in “{title}”, this is {answer}",
        Label(place.source, place.span, f"it is {answer}"),
        tuple(Label(one.place.source, one.place.span, f"`{one.id}` {verb}") for one in deciding[:_PLACES]),
        statements=decision.statements,
        refs=tuple(ref for one in deciding for ref in one.refs),
    )
