"""Classes of companies that get data, and of which none is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Fields, Term, tags_of, terms_of, words_of

_HEAD: Final = """\
language 1
party us "Us"
data orders "orders"
policy notice "Notice"
    controller us
hosted: may share orders with hosts
"""

NO_MEMBERS: Final = Code(
    "PC510",
    "no-members",
    what="Data goes to a class of companies of which none is named, and no list of them is referred to.",
    why="Readers cannot find out who has their data. Naming recipients is better than naming kinds of them.",
    bad=_HEAD + 'party hosts "our hosting companies"\n',
    good=_HEAD + 'party hosts "our hosting companies" including northcloud\nparty northcloud "Northcloud"\n',
    level=Level.INFO,
)

_SENDS: Final = frozenset({"share", "store", "transfer"})

_KNOWN: Final = frozenset({"you", "your", "the", "other", "whoever"})
"""How labels of those start whom the reader knows: "your bank", "the seller from whom you buy"."""

_FOLK: Final = frozenset({"people", "employees", "staff"})
"""Words in labels of people, of whom nobody expects names."""

_SINGLE: Final = frozenset({"legal_name", "registration", "url", "contact"})
"""What only one company has."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all classes."""
    named = _named(view)
    classes: dict[str, None] = {}
    statements = []
    for norm in view.acts:
        one = norm.statement
        if one.verb in _SENDS and not _lists(one.fields) and "publication" not in words_of(one.fields, "ways"):
            here = dict.fromkeys(
                name for name in terms_of(one.fields, "recipients") if view.graph.below([name]).isdisjoint(named)
            )
            if not here.keys() <= classes.keys():
                statements.append(one)
            classes |= here
    if statements:
        first, *rest = statements
        kind = next(iter(classes))
        yield finding(
            NO_MEMBERS,
            first,
            f"data goes to {counted(classes)}, and nobody learns who that is",
            more=[(one, "and here") for one in rest[: SHOWN - 1]],
            help=f'declare who it is, as in `party name "Name" is {kind}`; or refer to a list with `see list`',
        )


def _named(view: View) -> frozenset[str]:
    """The parties of whom readers know who they are, or cannot be told; and those about whom a hole speaks."""
    parties = list(view.policy.of_kind("party"))
    # A list of all companies of a class has those of its parts; and what is missing, is missing for them too.
    listed = view.graph.below(term.id for term in parties if _lists(term.fields))
    return view.self_evident | listed | {term.id for term in parties if _is_known(term)}


def _is_known(term: Term) -> bool:
    """A name starts with a capital letter, a kind of companies with a small one."""
    words = term.label.lower().split()
    is_named = not _SINGLE.isdisjoint(term.fields) or term.label[:1].isupper()
    return is_named or not _KNOWN.isdisjoint(words[:1]) or not _FOLK.isdisjoint(words)


def _lists(fields: Fields) -> bool:
    """Whether it refers to a list or a document, or says that its members are missing."""
    referred = {word for word, _ in tags_of(fields, "see")}
    return not referred.isdisjoint({"list", "document"}) or "members" in {name for name, _ in tags_of(fields, "holes")}
