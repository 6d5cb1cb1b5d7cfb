"""Texts that try to become markup, at every place where an author may write."""

from policyc.model.policy import Policy
from tests.policies import policy_of

HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    '"><b onclick="x">',
    "![x](https://evil.example/x.png)",
    "\\![x](https://evil.example/x.png)",
    "<javascript:alert(1)>",
    "[x](data:text/html,1)",
    "[x]( JAVASCRIPT:alert(1) )",
    "&lt;script&gt;",
    "{{ 7 * 7 }}",
    "# heading\nline | pipe `tick",
    "- item\n- item\n\n1. one\n\n---\n\n===",
    "```\nfence <b>\n```",
    "ends with ! # and `",
    "\u202eevil\u2066",
]

PLACES = """\
language 1
party us "T" alias "T" legal_name "T"
subject customers "T"
data mail "T" including named
data named "T"
purpose run "T"
fact agreed "T"
legal_basis contract "T"
channel desk "T" email "T" url "T" phone "T" postal "T"
policy p "T" controller us contact desk version "T" text "T"
part: section "T" text "T" {
    term word "T" text "T" hedge "T" hole members "T"
    one: may use mail of customers for run when agreed basis contract
        hedge "T" because "T" interest "T" text "T" see document "T" cite "T" hole law "T"
    two: will claim "T"
    note: text "T"
    ask: will advise "T" through desk
    no: never share mail with us
    yes: may share mail with us despite no
}
"""


def hostile(words: str) -> Policy:
    """A policy with the words at every place where an author may write."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return policy_of(PLACES.replace('"T"', f'"{escaped}"'))
