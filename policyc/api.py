"""What `import policyc` offers: compile a policy, and ask what it allows."""

from __future__ import annotations

from pathlib import Path

from policyc.model.policy import Question
from policyc.pipeline import Compilation as _Compilation
from policyc.pipeline import compile_path
from policyc.semantics.reference import Reference
from policyc.semantics.request import Decision, Reading, Request


class Compilation(_Compilation):
    """A compilation that decides."""

    def decide(self, asked: Question | Request, reading: Reading = Reading.ENFORCED) -> Decision:
        """What the policy says of a question or a request; ValueError if there is no policy to ask."""
        if self.policy is None:
            message = f"{self.path} has errors or declares no policy, and decides nothing"
            raise ValueError(message)
        reference = Reference(self.policy, reading)
        return reference.answer(asked) if isinstance(asked, Question) else reference.decide(asked)


def compile(path: Path | str, root: Path | None = None) -> Compilation:  # noqa: A001 - the name that users expect
    """Compile the policy at `path`; see policyc.pipeline.compile_path."""
    made = compile_path(path, root)
    return Compilation(made.path, made.diagnostics, made.resolved)
