"""PC8: a rule of a law, a store or a company that the policy breaks."""

from __future__ import annotations

from typing import Final

from policyc.diagnostics.code import ANY_RULE, RULES, Code, Level

BROKEN_RULE: Final = Code(
    RULES,
    ANY_RULE,
    what="The policy breaks a rule: of a law that it is under, of a store, or of your own.",
    why="Who is under a rule can be held to it. The finding has the name of the rule, and says where it is laid down.",
    bad="",
    good="",
    level=Level.WARNING,
)
