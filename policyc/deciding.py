"""Who decides: in the enforced reading the guard that programs run, for readers the reference."""

from __future__ import annotations

from policyc.backends.enforce.guard import Guard
from policyc.model.policy import Policy
from policyc.semantics.reference import Reference
from policyc.semantics.request import Reading


def decider(policy: Policy, reading: Reading) -> Guard | Reference:
    """What answers questions about a policy in a reading."""
    return Guard(policy) if reading is Reading.ENFORCED else Reference(policy, reading)
