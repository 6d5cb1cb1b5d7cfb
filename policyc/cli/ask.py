"""`policyc ask`: whether a policy allows an act, and which statements decide it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from policyc.cli import FAILURE
from policyc.cli._compile import compile_policy
from policyc.cli._output import report
from policyc.cli._paths import PATH, READING
from policyc.cli._say import FOUND, say
from policyc.model.policy import Policy
from policyc.reports import visible
from policyc.semantics.reference import Reference
from policyc.semantics.request import Decision, Reading, Reason
from policyc.sentences import sentence

_WHY: Final = {
    Reason.PERMITTED: "allowed by",
    Reason.FORBIDDEN: "denied, forbidden by",
    Reason.EXPIRED: "denied, the data may be gone by",
    Reason.SILENCE: "denied, no statement allows it",
}


@click.command()
@PATH
@click.argument("question")
@READING
def command(path: Path, question: str, reading: str) -> int:
    """Ask the policy at PATH a QUESTION: 'share email_address with advertisers for marketing'.

    `when F` says that the fact F is known to be true, `unless F` that it is known to be false; all else is
    unknown. Exits 0 if it is allowed, 1 if it is denied.
    """
    compilation, policy = compile_policy(path, broken=FAILURE)
    asked = compilation.question(question)
    if asked.value is None:
        report(asked.diagnostics, err=True)
        return FAILURE
    decision = Reference(policy, Reading(reading)).answer(asked.value)
    say(_told(policy, decision))
    return 0 if decision.allowed else FOUND


def _told(policy: Policy, decision: Decision) -> str:
    """The decision, and the sentences that made it."""
    lines = [_WHY[decision.reason]]
    for name in decision.statements:
        statement = policy.statement(name.partition("#")[0])
        lines.append(f"  {name}: {visible(' '.join(sentence(policy, statement).text.split()))}")
    return "".join(f"{line}\n" for line in lines)
