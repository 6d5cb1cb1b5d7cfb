"""Parties whose role does not fit with what is said of them: processors, third parties, sub-processors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, finding, holes, named
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of
from policyc.model.values import Words

_HEAD: Final = """\
language 1
party us "Us"
data email "email address"
policy notice "Notice"
    controller us
sent: may share email with mailer
"""

ROLE_CLASH: Final = Code(
    "PC315",
    "role-clash",
    what="A party is a third party and processes data for us, or our sub-processor while we are nobody's processor.",
    why="A third party is one that does not process data for us (GDPR Art. 4(10)). Readers cannot tell for whom it "
    "acts, and who answers for it.",
    bad=_HEAD
    + "import processors, third_parties from std.party.roles\n"
    + 'party mailer "Mailer Ltd" is processors, third_parties\n',
    good=_HEAD + 'import processors from std.party.roles\nparty mailer "Mailer Ltd" is processors\n',
    level=Level.INFO,
)

_ROLES: Final = "std.party.roles."
_SENT: Final = frozenset({"share", "store", "transfer"})


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each party of two roles, for each that acts for us, and one for sub-processors."""
    processors = _class(view, "processors")
    yield from _of_two(view, processors, _class(view, "third_parties"))
    yield from _acting(view, processors)
    yield from _sub_processors(view)


def _class(view: View, name: str) -> frozenset[str]:
    """All at or below a class of the library."""
    return view.graph.below(term.id for term in view.policy.of_kind("party") if term.qualified == _ROLES + name)


def _of_two(view: View, processors: frozenset[str], others: frozenset[str]) -> Iterator[Diagnostic]:
    """Parties at or below both classes, the highest of them."""
    both = processors & others
    for term in view.terms:
        if term.id in both and both.isdisjoint(term.parents):
            yield finding(
                ROLE_CLASH,
                term,
                f"`{term.id}` is a third party, and processes data for us",
                help="name one of the two classes after its `is`: a third party does not act on our behalf",
            )


def _acting(view: View, processors: frozenset[str]) -> Iterator[Diagnostic]:
    """Parties that act on our behalf, and are neither our processors nor people of ours."""
    header = view.policy.header.fields
    ours = view.graph.below(terms_of(header, "controllers"))
    close = {*terms_of(header, "representatives"), *terms_of(header, "officers")}
    known = processors | ours | view.self_evident | view.graph.below(sorted(close))
    found: dict[str, list[Statement]] = {}
    for one in view.statements:
        principals = terms_of(one.fields, "on_behalf_of")
        if one.modality != "never" and principals and ours.issuperset(principals):
            for name in terms_of(one.fields, "actor"):
                is_party = view.policy.terms[name].kind == "party"
                if is_party and name not in known and processors.isdisjoint(view.graph.below([name])):
                    found.setdefault(name, []).append(one)
    for name, statements in found.items():
        first, *rest = statements
        yield finding(
            ROLE_CLASH,
            first,
            f"`{name}` acts for us, and is none of our processors",
            place=named(first, "actor", name),
            more=[(one, "and here") for one in rest[:SHOWN]],
            help=f"declare `{name}` as one of the `processors` of `std.party.roles`, or say that it acts for itself",
        )


def _sub_processors(view: View) -> Iterator[Diagnostic]:
    """That we speak of ours, where nothing says for whom we are a processor; those of our processors are another's."""
    ours = {term.id for term in view.policy.of_kind("party") if term.qualified == f"{_ROLES}subprocessors"}
    found = [one for one in view.statements if _sends(one) and ours & {*terms_of(one.fields, "recipients")}]
    if found and not any(_is_processor(view, one) for one in view.policy.statements):
        first, *rest = found
        (name,) = ours
        yield finding(
            ROLE_CLASH,
            first,
            f"`{name}` work for a processor, and nothing says for whom we are one",
            place=named(first, "recipients", name),
            more=[(one, "and here") for one in rest[:SHOWN]],
            help="name `processors`, or say with `act_as processor` or `on_behalf_of` for whom we process data",
        )


def _sends(one: Statement) -> bool:
    """Whether we send data ourselves; what our processors do with theirs is another matter."""
    return one.verb in _SENT and one.modality != "never" and "actor" not in one.fields


def _is_processor(view: View, one: Statement) -> bool:
    """Whether it makes us a processor for somebody."""
    ours = {*terms_of(view.policy.header.fields, "controllers")}
    if not ours.issuperset(terms_of(one.fields, "actor")):
        return False
    roles = one.objects.words if isinstance(one.objects, Words) else ()
    if one.verb == "act_as" and {"processor", "joint_controller"} & {*roles}:
        return True
    return "on_behalf_of" in holes(one) or bool({*terms_of(one.fields, "on_behalf_of")} - ours)
