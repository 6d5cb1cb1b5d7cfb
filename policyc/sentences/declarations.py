"""What a page says about a declaration: what a word covers, who somebody is, what is left open.

`FOLLOWED` has a row for each clause that declarations take and statements do not, or that reads differently there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from policyc.model.graph import Graph
from policyc.model.policy import Fields, Policy, Term
from policyc.model.values import Day
from policyc.sentences import names
from policyc.sentences.addresses import addresses
from policyc.sentences.case import Case
from policyc.sentences.clauses import RULES
from policyc.sentences.english import listed, long_date
from policyc.sentences.parts import Passage, Phrase, Quote, Sentence, Words, say
from policyc.sentences.statements import paragraphs

Tell = Callable[[Case], Phrase]

UNPUBLISHED: Final = frozenset({"trace", "accept", "dpv", "including", "exactly", "text", "number", "columns"})
"""Clauses for machines, and those that have sentences of their own."""


def _names(field: str, lead: str) -> Tell:
    return lambda case: say(lead, names.nouns(case, field, "and"))


def _flag(text: str) -> Tell:
    return lambda _: say(text)


def _aliases(case: Case) -> Phrase:
    quotes: list[Phrase] = [(Quote(text),) for text in case.texts("aliases")]
    return say("this is also called", listed(quotes, "or"))


def _legal_name(case: Case) -> Phrase:
    return say("the registered name is", *((Words(text),) for text in case.texts("legal_name")))


def _address(case: Case) -> Phrase:
    return say("the address:", listed([(address,) for address in addresses(case.fields)], "or"))


def _day(field: str, lead: str) -> Tell:
    def tell(case: Case) -> Phrase:
        value = case.fields[field]
        return say(lead, long_date(value.value)) if isinstance(value, Day) else ()

    return tell


def _quoted(field: str, lead: str) -> Tell:
    """Texts that are names, in quotation marks."""
    return lambda case: say(lead, listed([(Quote(text),) for text in case.texts(field)], "and"))


def _rules_out(case: Case) -> Phrase:
    """The acts that a measure makes impossible."""
    return say("with this, nobody can", listed([say(word) for word in case.words("rules_out")], "or"), "the data")


def _per(case: Case) -> Phrase:
    return say("this is decided for each", listed([say(word) for word in case.words("per")], "and each"))


def _located(lead: str) -> Tell:
    return lambda case: say(lead, names.located(case, "place", "in", "or"))


def _rule(field: str, lead: str) -> Tell:
    """The phrase of the clause table, with another opening."""
    return lambda case: say(lead, RULES[field].inline(case))


FOLLOWED: Final[Mapping[str, Tell]] = {
    "aliases": _aliases,
    "legal_name": _legal_name,
    "subjects": _names("subjects", "this is about"),
    "data.purposes": _rule("purposes", "we use it"),
    "data.event": _rule("event", "we get it"),
    "term.regarding": lambda case: say("for example,", names.matters(case)),
    "law.place": _located("this is the law"),
    "subject.place": _located("these people are"),
    "place": _located("this is"),
    "legal_basis.when": _rule("when", "we rely on it only"),
    "legal_basis.unless": _rule("unless", "we rely on it"),
    "safeguards": _names("safeguards", "the safeguard is"),
    "contact": _names("contact", "you can reach them through"),
    "channel.actor": _names("actor", "this reaches"),
    "actor": _names("actor", "this is run by"),
    "email": _address,
    "effective": _day("effective", "this applies from"),
    "registration": _quoted("registration", "the registration is"),
    "representatives": _names("representatives", "the representative is"),
    "officers": _names("officers", "the data protection officer is"),
    "copy_channels": _rule("copy_channels", "you can get a copy of the agreement"),
    "compatible_with": lambda case: say("this goes together with this aim: to", names.nouns(case, "compatible_with")),
    "holds": lambda case: say("this holds", names.data(case, "holds")),
    "menu": _quoted("menu", "you find it under"),
    "rules_out": _rules_out,
    "measure.regarding": lambda case: say("this is about", names.matters(case)),
    "message.regarding": lambda case: say("this is about", names.matters(case)),
    "repealed": _day("repealed", "this applies until"),
    "document.version": _quoted("version", "this is version"),
    "implies": _names("implies", "this also means that"),
    "per": _per,
    "special": _flag("the law gives this data more protection than other data"),
    "tracker": _flag("this is a means of recognising you or your device"),
}
"""Rows for all kinds, or for one: "KIND.FIELD"."""

_ADDRESSES: Final = frozenset({"url", "postal", "phone"})
"""Told with the first address."""


def is_known(term: Term) -> bool:
    """Whether the author declared or imported it; others are only there because these refer to them."""
    return term.is_local or term.imported


def definition(policy: Policy, graph: Graph, term: Term) -> Sentence | None:
    """What the policy says about a term; None if it has a label and no more."""
    case = Case.of_term(policy, term)
    named = members(policy, graph, term)
    told = [RULES["text"].inline(case), named, *_clauses(case, term.kind)]
    if term.is_open and not named:
        told.append(RULES["open"].inline(case))
    blocks = paragraphs(told, case.texts("text"))
    return Sentence(blocks) if blocks else None


def _clauses(case: Case, kind: str) -> Iterator[Phrase]:
    """The clauses of a declaration in the order of the tables."""
    fields = set(case.fields) - UNPUBLISHED
    if fields & {"email", *_ADDRESSES}:
        fields = fields - _ADDRESSES | {"email"}
    for key, tell in FOLLOWED.items():
        of_kind, _, field = key.rpartition(".")
        if field in fields and of_kind in ("", kind):
            fields.remove(field)
            yield tell(case)
    for field in RULES:
        if field in fields:
            yield RULES[field].sentence(case)


def members(policy: Policy, graph: Graph, term: Term) -> Phrase:
    """The members that a reader should know, and whether there may be others; nothing if none is known."""
    case = Case.of_term(policy, term)
    named = shown_members(policy, graph, term)
    if not named:
        return ()
    only, more = "exactly" in term.fields, term.is_open
    if term.kind in _CLAUSES:
        lead = "this means only" if only else "this includes, among others" if more else "this includes"
        return say(lead, ":", _listing(policy, named))
    listing = names.owned(case, named, "and") if term.kind == "data" else _listing(policy, named)
    return say("this means only" if only else "this includes", listing, ", among others" if more and not only else "")


_CLAUSES: Final = frozenset({"purpose", "right", "event", "fact"})
"""Kinds whose labels are no nouns, so that a colon goes before them."""


def _listing(policy: Policy, named: tuple[str, ...]) -> Phrase:
    return listed([names.label(policy, name) for name in named], "and")


def shown_members(policy: Policy, graph: Graph, term: Term) -> tuple[str, ...]:
    """The author's own list; without one, the nearest members that the author declared or imported."""
    case = Case.of_term(policy, term)
    own = tuple(name for clause in ("including", "exactly") for name in case.terms(clause).ids if name in policy.terms)
    return own or _nearest(policy, graph, term)


def _nearest(policy: Policy, graph: Graph, term: Term) -> tuple[str, ...]:
    """The known terms right below; through terms that nobody knows; none that lies below another."""
    found: dict[str, None] = {}
    seen = {term.id}
    queue = list(graph.children.get(term.id, ()))
    while queue:
        name = queue.pop(0)
        if name in seen or name not in policy.terms:
            continue
        seen.add(name)
        if is_known(policy.terms[name]):
            found[name] = None
        else:
            queue = [*graph.children.get(name, ()), *queue]
    inside = {low for name in found for low in graph.below([name]) if low != name}
    return tuple(name for name in found if name not in inside)


def remark(policy: Policy, fields: Fields) -> Sentence:
    """The author's own words, as prose or at the head of a section, and what stands with them."""
    case = Case(policy, fields)
    passages = tuple(Passage(text) for text in case.texts("text"))
    told = [RULES[field].inline(case) for field in RULES if field in fields and field != "text"]
    return Sentence((*passages, *paragraphs(told, ())))
