"""The table of clauses: what each takes, what it is called in the manifest, and what it decides.

One key may stand in several rows (`by` names an actor, a way, a measure or a means): each name goes to
the row whose kinds or words it fits. Verbs and kinds list the rows that they take by field.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from attrs import field as attribute
from attrs import frozen

from policyc.language.tongues import LANGUAGES
from policyc.record import ValueRecord


class Form(Enum):
    """The shape of what follows a clause's key."""

    NAMES = "names"
    TEXTS = "text in quotes"
    TAGGED = "a word, and text in quotes"
    PERIOD = "a period"
    GUARD = "a condition"
    DATE = "a date"
    FLAG = "nothing"


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


@frozen(eq=False, repr=False)
class Clause(ValueRecord):
    """One row of the table.

    `key` is the word as written and `field` the name under which nodes, model and manifest hold the clause.
    `takes` completes "`KEY` takes …" in messages; `kinds` and `words` say which names fit.
    `dimension` is the dimension of a request that the clause restricts (None: it is published only).
    `hole` is the noun that stands after `hole` when the clause is missing.
    `joins`: a statement adds to the clause of its group instead of clashing with it.
    `attaches`: the clause belongs to the list of names before it.
    """

    key: str
    field: str
    form: Form
    takes: str
    kinds: tuple[str, ...] = attribute(default="", converter=_split)
    words: tuple[str, ...] = attribute(default="", converter=_split)
    dimension: str | None = None
    hole: str | None = None
    joins: bool = False
    attaches: bool = False


STATES: Final = ("identifiable", "pseudonymous", "aggregated", "anonymous")
"""How far data still points at a person, from most to least."""

DEFAULT_STATES: Final = STATES[:2]
"""What a statement that names no state is about."""

ANY_STATE: Final = "any_state"

PERIOD_KEY: Final = ""
"""A period stands without a key: `keep logs 30 days`."""

ANY_KIND: Final = "*"

_N, _T, _P = Form.NAMES, Form.TEXTS, Form.PERIOD
_ADDRESS: Final = "an address in quotes"
_LABELS: Final = "labels of statements"

CLAUSES: Final = (
    # Who, what, whose, where: the dimensions of a request.
    Clause("of", "subjects", _N, "people", kinds="subject", dimension="subject", hole="subject"),
    Clause("from", "sources", _N, "sources (people, parties, systems, surfaces)", kinds="subject party system surface", dimension="source", hole="source"),
    Clause("from", "derived_from", _N, "data", kinds="data"),
    Clause("for", "purposes", _N, "purposes", kinds="purpose", dimension="purpose", hole="purpose"),
    Clause("with", "recipients", _N, "recipients (parties)", kinds="party", dimension="recipient", hole="recipient"),
    Clause("by", "actor", _N, "who acts (parties, people)", kinds="party subject", dimension="actor", hole="actor"),
    Clause("by", "ways", _N, "ways of sharing", words="sale rent trade publication access", dimension="way", hole="way"),
    Clause("by", "measures", _N, "measures", kinds="measure", hole="measure"),
    Clause("by", "means", _N, "means", words="automatic manual decision profiling", dimension="means", hole="means"),
    Clause("on", "surfaces", _N, "surfaces (sites, apps, features)", kinds="surface", dimension="surface", hole="surface"),
    Clause("in", "place", _N, "places where the person is", kinds="place", dimension="place", hole="place"),
    Clause("at", "location", _N, "where the data is (systems, places)", kinds="system place", dimension="location", hole="location"),
    Clause("as", "state", _N, "states of the data", words=" ".join((*STATES, ANY_STATE)), dimension="state", hole="state"),
    Clause("as", "data_form", _N, "forms of the data", words="encrypted permanent on_device end_to_end ephemeral", hole="form"),
    Clause("on_behalf_of", "on_behalf_of", _N, "the party or people we act for", kinds="party subject", dimension="role", hole="principal"),
    # Why it is lawful.
    Clause("basis", "basis", _N, "legal bases", kinds="legal_basis", hole="basis"),
    Clause("special_basis", "special_basis", _N, "legal bases for specially protected data", kinds="legal_basis", hole="special_basis"),
    Clause("interest", "interest", _T, "the legitimate interest in quotes", hole="interest"),
    Clause("under", "laws", _N, "laws", kinds="law", hole="law"),
    Clause("under", "safeguards", _N, "contracts and safeguards (measures)", kinds="measure", hole="safeguard"),
    Clause("copy_through", "copy_channels", _N, "channels through which one gets a copy", kinds="channel", hole="copy"),
    # When, and for how long.
    Clause("when", "when", Form.GUARD, "a condition", hole="condition"),
    Clause("unless", "unless", Form.GUARD, "a condition", hole="exception"),
    Clause(PERIOD_KEY, "period", _P, "a period such as `30 days`", hole="period"),
    Clause("after", "event", _N, "events", kinds="event", hole="event"),
    Clause("after", "stage", _N, "the label of a statement that keeps data", kinds="statement"),
    Clause("before", "before", _N, "events", kinds="event", hole="start"),
    Clause("until", "until", _N, "events", kinds="event", hole="end"),
    Clause("within", "deadline", _P, "a period such as `30 days`", hole="deadline"),
    Clause("lag", "lag", _P, "a period such as `2 weeks`", hole="lag"),
    Clause("depending_on", "depends_on", _T, "what decides, in quotes", hole="criteria"),
    Clause("then", "then", _N, "what happens then", words="delete anonymise archive", hole="disposal"),
    Clause("last", "lookback", _P, "a period such as `12 months`", hole="lookback"),
    # How it is done, and what it means for the person.
    Clause("mandatory", "mandatory", Form.FLAG, "nothing"),
    Clause("optional", "optional", Form.FLAG, "nothing"),
    Clause("logic", "logic", _T, "how decisions are made, in quotes", hole="logic"),
    Clause("effects", "effects", _T, "what it means for the person, in quotes", hole="effects"),
    Clause("named", "patterns", _T, "names in quotes, with * for any letters", hole="name"),
    # Which other statements win over it.
    Clause("except", "except", _N, _LABELS, kinds="statement", hole="exceptions"),
    Clause("despite", "despite", _N, _LABELS, kinds="statement"),
    Clause("subject to", "subject_to", _N, _LABELS, kinds="statement"),
    # Rights, choices, notices, duties, claims.
    Clause("regarding", "regarding", _N, "what it is about", kinds="data purpose right event message law measure surface party", hole="matter"),
    Clause("through", "channels", _N, "channels", kinds="channel", hole="channel"),
    Clause("against", "against", _N, "parties or people", kinds="party subject"),
    Clause("extension", "extension", _P, "a period such as `60 days`", hole="extension"),
    Clause("fee", "fee", _T, "the fee in quotes", hole="fee"),
    Clause("check", "identity_check", _T, "how you check who somebody is, in quotes", hole="check"),
    Clause("refusal", "refusal", _T, "when and how you refuse, in quotes", hole="refusal"),
    Clause("delegate", "delegates", _N, "who may act for the person (parties, people)", kinds="party subject", hole="delegate"),
    Clause("appeal", "appeal", _N, "channels for an appeal", kinds="channel", hole="appeal"),
    Clause("limits", "limits", _T, "the limits in quotes", hole="limits"),
    Clause("otherwise", "consequence", _T, "what follows if not, in quotes", hole="consequence"),
    Clause("evidence", "evidence", _T, "the evidence in quotes", hole="evidence"),
    # Declarations.
    Clause("is", "parents", _N, "terms of the same kind", kinds=ANY_KIND),
    Clause("controller", "controllers", _N, "parties", kinds="party", hole="controller"),
    Clause("contact", "contact", _N, "channels", kinds="channel", hole="contact"),
    Clause("representative", "representatives", _N, "parties", kinds="party", hole="representative"),
    Clause("dpo", "officers", _N, "the data protection officer (a party)", kinds="party", hole="dpo"),
    Clause("outside", "outside", _N, "what the policy does not cover (surfaces, parties, people)", kinds="surface party subject", hole="boundary"),
    Clause("part_of", "part_of", _N, "documents", kinds="document"),
    Clause("yields_to", "yields_to", _N, "documents that come first", kinds="document"),
    Clause("prevails_over", "prevails_over", _N, "documents that come second", kinds="document"),
    Clause("replaces", "replaces", _N, "earlier documents", kinds="document"),
    Clause("languages", "languages", _N, "codes of languages such as `de`", words=" ".join(LANGUAGES)),
    Clause("prevailing", "prevailing", _N, "the code of the language that counts", words=" ".join(LANGUAGES)),
    Clause("rules_out", "rules_out", _N, "verbs", words="collect derive use share store transfer keep track"),
    Clause("compatible_with", "compatible_with", _N, "purposes", kinds="purpose"),
    Clause("holds", "holds", _N, "data", kinds="data"),
    Clause("implies", "implies", _N, "facts", kinds="fact"),
    Clause("per", "per", _N, "`purpose` and `recipient`", words="purpose recipient"),
    Clause("updated", "updated", Form.DATE, "a date such as 2026-01-31", hole="date"),
    Clause("effective", "effective", Form.DATE, "a date such as 2026-01-31", hole="effective_date"),
    Clause("repealed", "repealed", Form.DATE, "a date such as 2026-01-31"),
    Clause("version", "version", _T, "the version in quotes", hole="version"),
    Clause("valid", "validity", _P, "a period such as `90 days`", hole="validity"),
    Clause("email", "email", _T, _ADDRESS),
    Clause("url", "url", _T, _ADDRESS),
    Clause("postal", "postal", _T, _ADDRESS),
    Clause("phone", "phone", _T, "a number in quotes"),
    Clause("menu", "menu", _T, "the way through the menus in quotes"),
    Clause("column", "columns", _T, "tables and columns in quotes"),
    Clause("registration", "registration", _T, "a register and a number in quotes", hole="registration"),
    Clause("summary", "summary", _T, "the policy in a few words, in quotes"),
    Clause("legal_name", "legal_name", _T, "the registered name in quotes", hole="legal_name"),
    Clause("alias", "aliases", _T, "other names in quotes"),
    Clause("dpv", "dpv", _T, "a term of DPV in quotes"),
    Clause("special", "special", Form.FLAG, "nothing"),
    Clause("tracker", "tracker", Form.FLAG, "nothing"),
    Clause("number", "number", Form.FLAG, "nothing"),
    # The author's own words, and where they come from.
    Clause("hedge", "hedge", _T, "the words that weaken it, in quotes"),
    Clause("because", "because", _T, "the reason in quotes", hole="reason"),
    Clause("text", "text", _T, "text in quotes", joins=True),
    Clause("cite", "cite", _T, "published authorities in quotes", joins=True),
    Clause("trace", "trace", _T, "sources in quotes", joins=True),
    Clause("see", "see", Form.TAGGED, "`section`, `list` or `document`, and its name in quotes", words="section list document", hole="reference", joins=True),
    Clause("hole", "holes", Form.TAGGED, "what is missing, and perhaps the original words in quotes", joins=True),
    Clause("open", "open", Form.FLAG, "nothing"),
    Clause("accept", "accept", Form.TAGGED, "the name of a finding, and the reason in quotes", joins=True),
    # These belong to the list of names before them.
    Clause("excluding", "excluding", _N, "names of the same kind", kinds=ANY_KIND, attaches=True),
    Clause("including", "including", _N, "names of the same kind", kinds=ANY_KIND, attaches=True),
    Clause("exactly", "exactly", _N, "names of the same kind", kinds=ANY_KIND, attaches=True),
    # Rules.
    Clause("level", "level", _N, "`error`, `warning` or `info`", words="error warning info"),
    Clause("help", "help", _T, "what to do, in quotes"),
    # Headers of groups.
    Clause("breaks", "breaks", _N, "rules", kinds="rule"),
    Clause("passes", "passes", _N, "rules", kinds="rule"),
    Clause("section", "section", _T, "the section's title in quotes"),
    Clause("test", "test", _T, "the test's title in quotes"),
)  # fmt: skip

GUARD_KEYS: Final = ("when", "unless")

RULE_FIELDS: Final = frozenset(_split("laws place level help cite effective repealed because trace"))
"""What a rule says of itself."""

OUTCOMES: Final = ("breaks", "passes")
"""What the policy in a test does to the rules that the test names."""

ONLY_GROUPS: Final = frozenset({"section", "test"})
"""Fields that stand in the header of a group, and nowhere else."""

PREPOSITIONS: Final = _split(
    "of from for with by on in at as under after before until within except despite regarding through is excluding including exactly"
)
"""One-word keys that no declared name may be."""

TWO_WORD_KEYS: Final = ("subject to",)

COMMON: Final = frozenset(_split("when unless hedge because text cite trace see holes open accept"))
"""Fields that every statement takes."""

DECLARED: Final = COMMON - {"when", "unless"} | {"dpv", "aliases"}
"""Fields that every declaration takes."""

OBJECT_HOLE: Final = "object"

MORE_HOLES: Final = ("wording", "members", "definition", "address", OBJECT_HOLE)
"""What can be missing that is no clause: garbled words, members of a class, a meaning, an address, the objects."""

HOLES: Final = {row.hole: row.field for row in CLAUSES if row.hole} | {word: word for word in MORE_HOLES}
"""The noun after `hole` → the field that is missing."""

DIMENSIONS: Final = tuple(row.dimension for row in CLAUSES if row.dimension)

_BY_FIELD: Final = {row.field: row for row in CLAUSES}
_BY_KEY: Final = {
    key: tuple(row for row in CLAUSES if row.key == key) for key in dict.fromkeys(row.key for row in CLAUSES)
}


def clause_keys() -> tuple[str, ...]:
    """Every key that an author may write."""
    return tuple(key for key in _BY_KEY if key)


def rows_of(key: str) -> tuple[Clause, ...]:
    """The rows of a key, in the order of the table; empty for a word that is no key."""
    return _BY_KEY.get(key, ())


def row_of(field: str) -> Clause:
    """The row that fills `field`; KeyError for a field that the table does not have."""
    return _BY_FIELD[field]
