"""The guard: a policy as a Python module that programs import. It needs nothing but Python 3.9.

It is made of tables and of code that is the same for every policy (`template`). The tables hold for each value of
each dimension which rules cover it, as the bits of a number; a request meets the rules whose bit is in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from policyc.backends.enforce.assembly import assemble
from policyc.backends.enforce.ends import clocks
from policyc.backends.enforce.extents import CLAUSE, Space
from policyc.backends.enforce.names import docstring, literal, members
from policyc.backends.enforce.rules import ASKED, rules
from policyc.backends.enforce.tables import tables
from policyc.language.clauses import STATES
from policyc.model.graph import OTHER
from policyc.model.policy import Policy

TARGET: Final = "enforce.py"

UNSAFE: Final = "POLICYC_UNSAFE"
"""The environment's variable without which a guard with errors does not load."""

_ENUMS: Final = {
    "Data": ("data", "Data."),
    "Purpose": ("purpose", "What data is used for."),
    "Party": ("party", "Who acts, and who receives data."),
    "Subject": ("subject", "People that data is about."),
    "Place": ("place", "Where people or data are."),
    "System": ("system", "Where data is stored."),
    "Surface": ("surface", "Sites, apps and features."),
    "Fact": ("fact", "What may be known to hold."),
    "Event": ("event", "What may have happened."),
}
"""The enumerations of terms: their kind, and what they say of themselves."""


def build(policy: Policy) -> str:
    """The text of `enforce.py`. One that is made of a policy with errors refuses to be loaded."""
    made = parts(policy)
    if not policy.flaws:
        return assemble(opening(policy), made)
    return assemble(opening(policy), made | {"names": _refusal(policy.flaws) + made["names"]}, [("os", "environ")])


def opening(policy: Policy) -> str:
    """What a guard says of itself."""
    label = policy.header.label or policy.id
    return docstring(f"The guard of “{label}”. Made by policyc; do not change it by hand.")


def parts(policy: Policy) -> dict[str, str]:
    """The parts of a guard that differ from policy to policy."""
    space = Space(policy)
    found = rules(policy, space)
    return {"names": _names(policy), "tables": tables(policy, space, found, clocks(policy, space))}


def _refusal(flaws: Sequence[str]) -> str:
    """What keeps a program from starting with a guard that may be wrong."""
    message = (
        f"this guard is made of a policy with errors ({', '.join(flaws)}) and may allow what the policy forbids; "
        f"mend the policy and build it again, or set {UNSAFE}=1 to load it all the same"
    )
    return f"""\
if environ.get({literal(UNSAFE)}) != "1":
    _message = {literal(message)}
    raise ImportError(_message)

"""


def _names(policy: Policy) -> str:
    """Constants and enumerations."""
    constants = [
        f"POLICY = {literal(policy.id)}",
        docstring("The policy's name."),
        f"POLICY_HASH = {literal(policy.hash)}",
        docstring("A hash of all that the policy says; every output of the policy carries it."),
    ]
    enums = [
        _enum("Verb", "What may be asked for.", [(verb, "") for verb in ASKED]),
        _enum("Way", "Ways of sharing; None is plain sharing.", [(word, "") for word in CLAUSE["way"].words]),
        _enum(
            "Means",
            "How data is used; None is by machines or by people.",
            [(word, "") for word in CLAUSE["means"].words],
        ),
        _enum("State", "How far data still points at a person.", [(word, "") for word in STATES]),
        *(_enum(name, doc, _terms(policy, kind)) for name, (kind, doc) in _ENUMS.items()),
    ]
    return "\n\n\n".join(["\n".join(constants), *enums]) + "\n"


def _terms(policy: Policy, kind: str) -> list[tuple[str, str]]:
    """The terms of a kind with their labels; an open one is followed by its unlisted members."""
    found = []
    for term in policy.of_kind(kind):
        found.append((term.id, term.label))
        if term.is_open and kind not in ("fact", "event"):
            found.append((OTHER + term.id, f"other {term.label}"))
    return found


def _enum(name: str, doc: str, rows: Iterable[tuple[str, str]]) -> str:
    labels = dict(rows)
    lines = [f"class {name}(str, Enum):", f"    {docstring(doc)}", ""]
    for identifier, member in members(labels).items():
        lines.append(f"    {member} = {literal(identifier)}")
        if labels[identifier]:
            lines.append(f"    {docstring(labels[identifier])}")
    return "\n".join(lines).rstrip()
