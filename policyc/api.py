"""What `import policyc` offers: compile a policy, and ask what it allows."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from policyc.backends.enforce.guard import Guard
from policyc.deciding import decider
from policyc.model.policy import Policy, Question
from policyc.pipeline import Compilation as _Compilation
from policyc.pipeline import check, compile_path
from policyc.semantics.reference import Reference
from policyc.semantics.request import Decision, Reading, Request
from policyc.semantics.retention import Deadline, Retention


class Compilation(_Compilation):
    """A compilation that decides."""

    def decide(self, asked: Question | Request, reading: Reading = Reading.ENFORCED) -> Decision:
        """What the policy says of a question or a request; ValueError if there is no policy to ask.

        As enforced, it is the guard's answer: a request has to name data, and a name that the policy does not have
        is a ValueError too.
        """
        engine = self._guard if reading is Reading.ENFORCED else decider(self._decided(), reading)
        return engine.answer(asked) if isinstance(asked, Question) else engine.decide(asked)

    @cached_property
    def _guard(self) -> Guard | Reference:
        """The guard, made when it is first asked."""
        return decider(self._decided(), Reading.ENFORCED)

    def expires_at(self, record: Request) -> Deadline:
        """From when a record may not be used for the request's purpose; ValueError if there is no policy to ask.

        The request has the verb `keep`, and a leaf in each dimension that is known. Moments are in UTC.
        """
        return Retention(Reference(self._decided())).expires_at(record)

    def must_be_gone_by(self, record: Request) -> Deadline:
        """When a record must be gone, whatever it was used for; otherwise as `expires_at`."""
        return Retention(Reference(self._decided())).must_be_gone_by(record)

    def _decided(self) -> Policy:
        if self.policy is None:
            message = f"{self.path} has errors or declares no policy, and decides nothing"
            raise ValueError(message)
        return self.policy


def compile(path: Path | str, root: Path | None = None) -> Compilation:  # noqa: A001 - the name that users expect
    """Compile the policy at `path`, and check it; see policyc.pipeline."""
    made = check(compile_path(path, root))
    return Compilation(made.path, made.diagnostics, made.resolved, made.read, made.root, made.accepted)
