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
from policyc.deciding import decider
from policyc.model.policy import Policy, Question, Statement
from policyc.reports import visible
from policyc.semantics.hints import hints
from policyc.semantics.reference import Reference
from policyc.semantics.request import Decision, Reading, Reason, requests
from policyc.sentences import sentence

_WHY: Final = {
    Reason.PERMITTED: "allowed by",
    Reason.FORBIDDEN: "denied, forbidden by",
    Reason.EXPIRED: "denied, the data may be gone by",
    Reason.SILENCE: "denied, no statement allows it",
}


_MOST: Final = 3
"""How many statements are shown that could allow it."""


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
    decision = decider(policy, Reading(reading)).answer(asked.value)
    say(_told(policy, decision))
    if decision.reason in {Reason.SILENCE, Reason.EXPIRED}:
        say(_more(policy, asked.value, decision))
    return 0 if decision.allowed else FOUND


def _told(policy: Policy, decision: Decision) -> str:
    """The decision, and the sentences that made it."""
    named = [(name, policy.statement(name.partition("#")[0])) for name in decision.statements]
    lines = [_WHY[decision.reason], *(f"  {name}: {_sentence(policy, statement)}" for name, statement in named)]
    return "".join(f"{line}\n" for line in lines)


def _more(policy: Policy, asked: Question, decision: Decision) -> str:
    """Which statements would allow it if more were known; or why none ever does."""
    reference = Reference(policy)
    if not all(reference.actors(name, permits=True) for name in asked.terms.get("actor", ())):
        return "only acts of the controller and of its processors are decided\n"
    known = hints(policy, asked)[:_MOST]
    if known:
        lines = [
            f"  {one.id}: {_sentence(policy, one.statement)}\n"
            f"    {'ask with' if one.is_askable else 'it takes, and a question cannot say,'} `{one.words}`"
            for one in known
        ]
        return "\n".join(["if more were known, it could be allowed by", *lines, ""])
    is_allowed = any(reference.permits(one, each) for one in policy.statements for each in requests(policy, asked))
    return "no statement allows it anyway\n" if decision.reason is Reason.EXPIRED and not is_allowed else ""


def _sentence(policy: Policy, statement: Statement) -> str:
    return visible(" ".join(sentence(policy, statement).text.split()))
