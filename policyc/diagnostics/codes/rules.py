"""PC8: a rule of a law, a store or a company that the policy breaks."""

from __future__ import annotations

from typing import Final

from policyc.diagnostics.code import ANY_RULE, RULES, Code, Level

_HEAD: Final = """\
language 1
data email "your email address"
purpose help "help you"
event closed "you close your account"
right see_data "see your data"
party us "Us" contact desk
channel desk "our desk" email "desk@us.example"
rule one_year "data is kept for longer than a year"
    help "delete it within a year, or ask those who wrote the rule"
    every keep has at most 1 year
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
    version "1"
    effective 2026-11-01
rights: will grant see_data
asked: will collect email for help
"""

BROKEN_RULE: Final = Code(
    RULES,
    ANY_RULE,
    what="The policy breaks a rule: of a law that it is under, of a store, or of your own.",
    why="Who is under a rule can be held to it. The finding has the name of the rule, and says where it is laid down.",
    bad=_HEAD + "kept: will keep email at most 3 years after closed\n",
    good=_HEAD + "kept: will keep email at most 1 year after closed\n",
    level=Level.WARNING,
)
