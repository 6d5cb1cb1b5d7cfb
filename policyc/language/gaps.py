"""The table of gaps: for each thing that can be missing, the words after "does not say"."""

from __future__ import annotations

from typing import Final

from policyc.language.clauses import OBJECT_HOLE

UNSAID: Final = {
    # The objects of verbs.
    "data": "which data",
    "rights": "which rights",
    "choices": "which choices",
    "signals": "which signals",
    "roles": "in which role we act",
    "policies": "which policy",
    "duties": "what this asks of you",
    "claims": "what this is about",
    OBJECT_HOLE: "what this is about",
    # Who, what, where.
    "subjects": "whose data this is about",
    "sources": "where this data comes from",
    "purposes": "for which purpose",
    "recipients": "who receives it",
    "actor": "who does this",
    "ways": "in which way we share it",
    "measures": "with which measures",
    "means": "by which means",
    "surfaces": "on which site, app or feature",
    "place": "in which place this applies",
    "location": "where the data is",
    "state": "whether the data still points to you",
    "data_form": "in which form we keep the data",
    "on_behalf_of": "on whose behalf this is",
    # Why it is lawful.
    "basis": "on which legal basis",
    "special_basis": "why the law allows this for specially protected data",
    "interest": "which interest we have in this",
    "laws": "which law",
    "safeguards": "under which safeguard",
    "copy_channels": "how to get a copy",
    # When, and for how long.
    "when": "under which condition",
    "unless": "what the exceptions are",
    "period": "how long",
    "event": "from when this counts",
    "before": "before what this is done",
    "until": "until when",
    "deadline": "how soon",
    "lag": "how long it takes to have effect",
    "depends_on": "what this depends on",
    "then": "what happens to the data then",
    "lookback": "how far back this goes",
    "except": "which rules are exceptions",
    # How it is done, and what it means for the reader.
    "logic": "how this is decided",
    "effects": "what this means for you",
    "patterns": "under which names",
    # Rights, choices, notices, duties, claims.
    "regarding": "what exactly this is about",
    "channels": "how to do this",
    "extension": "how much longer it can take",
    "fee": "what it costs",
    "identity_check": "how we check who you are",
    "refusal": "when we say no",
    "delegates": "who can do this for you",
    "appeal": "how to appeal",
    "limits": "which limits there are",
    "consequence": "what follows if not",
    "evidence": "what the evidence is",
    "because": "why",
    "see": "where to read more",
    # Declarations and the header.
    "members": "what exactly this includes",
    "definition": "what this means",
    "controllers": "who is responsible for your data",
    "contact": "how to reach us",
    "representatives": "who represents us",
    "officers": "who our data protection officer is",
    "outside": "what it does not cover",
    "registration": "under which number the company is registered",
    "updated": "when it was last updated",
    "effective": "from when it applies",
    "version": "which version this is",
    "validity": "how long it is valid",
    "address": "at which address",
    "legal_name": "under which name the company is registered",
}

ELSE: Final = {
    "data": "which other data",
    "subjects": "whose data this is about besides",
    "sources": "from where else this data comes",
    "purposes": "for which other purpose",
    "recipients": "who else receives it",
    "actor": "who else does this",
    "measures": "with which other measures",
    "surfaces": "on which other site, app or feature",
    "location": "where else the data is",
    "laws": "which other law",
    "channels": "how else to do this",
    "basis": "on which other legal basis",
}
"""What is missing of what a clause names in part."""

GARBLED: Final = "wording"
"""The hole of a sentence whose original wording is broken."""


def unsaid(field: str, *, partly: bool = False, verb: str = "") -> str:
    """What is missing, as a clause; `partly`: something of it is said."""
    if field == "recipients" and verb == "notify":
        return "whom we notify"
    return ELSE[field] if partly and field in ELSE else UNSAID[field]
