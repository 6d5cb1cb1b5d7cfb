"""A policy that names no legal basis at all, though a law that it follows asks for one, or but consent by use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from policyc.checks._view import SHOWN, View, finding, says
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of
from policyc.model.values import Terms, Words
from policyc.semantics.conditions import facts_in

_HEAD: Final = """\
language 1
import lgpd from std.law.latin_america
party us "Us"
data email "email address"
purpose help "help you"
right see_data "see your data"
policy notice "Notice"
    controller us
rights: will grant see_data under lgpd
"""

NO_BASIS: Final = Code(
    "PC526",
    "no-legal-basis",
    what="No statement names a legal basis, though a law that the policy follows asks for one; or only use is one.",
    why="Each use needs a ground (such as by LGPD Art. 7), and readers have to learn it (GDPR Art. 13(1)(c)). "
    "Silence is no consent (GDPR recital 32).",
    bad=_HEAD + "asked: will collect email for help\n",
    good=_HEAD + 'legal_basis deal "our contract with you"\nasked: will collect email for help basis deal\n',
    level=Level.WARNING,
)

_ASKING: Final = frozenset(
    {"std.law.europe.gdpr", "std.law.europe.uk_gdpr", "std.law.latin_america.lgpd", "std.law.india.dpdp_act"}
)
"""Laws by which each use of data needs a ground that the law lists."""

_VERBS: Final = frozenset({"collect", "derive", "use", "track"})
_GROUND: Final = r"(?i)\b(?:consent\w*|agreed?|permission|contract|legitimate)\b"
"""How conditions read that tell a ground."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for the policy; a hint, where no law that asks for a basis is named."""
    acts = [norm.statement for norm in view.own_acts if norm.verb in _VERBS]
    is_part = "part_of" in view.policy.header.fields
    if is_part or any(_names_basis(one) for one in view.statements) or all(_asks(view, one) for one in acts):
        return
    followed = [one for one in view.statements if _laws(view, one)]
    by_use = [one for one in view.statements if _is_by_use(one)]
    if followed:
        law = _laws(view, followed[0])[0]
        yield _finding(acts, f"no statement names a legal basis, and `{law}` asks for one", followed, "follows it here")
    elif by_use:
        message = f"no statement names a legal basis, and `{by_use[0].id}` takes use for consent"
        yield _finding(acts, message, by_use, "agreed by use", level=Level.INFO)


def _finding(
    acts: Sequence[Statement], message: str, others: Sequence[Statement], text: str, level: Level | None = None
) -> Diagnostic:
    return finding(
        NO_BASIS,
        acts[0],
        message,
        text="no basis here",
        more=[(one, text) for one in others[:SHOWN]],
        help="add `basis` to each act, such as `contract` of `std.basis.gdpr`",
        level=level,
    )


def _names_basis(one: Statement) -> bool:
    """Whether an act names a basis, or says that it is missing."""
    return one.row.decided and one.modality != "never" and says(one, "basis", "special_basis")


def _asks(view: View, one: Statement) -> bool:
    """Whether an act depends on a consent or a contract by its conditions."""
    facts = facts_in(view.overlaps.conditions.of_fields(one.fields))
    return any(re.search(_GROUND, view.policy.terms[name].label) for name in facts)


def _laws(view: View, one: Statement) -> list[str]:
    """The laws that ask for a basis and that a statement, or a right that it grants, stands under."""
    terms = view.policy.terms
    named = list(terms_of(one.fields, "laws"))
    if one.verb == "grant" and isinstance(one.objects, Terms):
        named += [law for name in one.objects.ids for law in terms_of(terms[name].fields, "laws")]
    return [name for name in named if terms[name].qualified in _ASKING]


def _is_by_use(one: Statement) -> bool:
    is_offer = one.verb == "offer" and one.modality != "never" and isinstance(one.objects, Words)
    return is_offer and isinstance(one.objects, Words) and "consent_by_use" in one.objects.words
