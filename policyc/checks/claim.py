"""A claim that nothing shows to be true, and one that goes further than anybody can be sure of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from policyc.checks._view import LABEL, OBJECTS, Said, View, absolutes, finding, named, part, shown, within
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, Term, terms_of
from policyc.model.values import Texts

_HEAD: Final = """\
language 1
party us "Us Ltd"
channel desk "our desk" email "desk@us.example"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
"""

CLAIM_WITHOUT_EVIDENCE: Final = Code(
    "PC704",
    "claim-without-evidence",
    what="A claim is about security or about keeping to a law or a standard, and nothing shows that it is true.",
    why="Such claims have to be proved when an authority asks. Readers believe what they can look up.",
    bad=_HEAD + 'certified: will claim "We are certified under ISO 27001"\n',
    good=_HEAD + 'certified: will claim "We are certified under ISO 27001" evidence "certificate 4711 of 2026-03-01"\n',
    level=Level.INFO,
)
ABSOLUTE_CLAIM: Final = Code(
    "PC707",
    "absolute-claim",
    what="A text says of security, or of keeping to a law, that it is so always, completely or for sure.",
    why="Nobody can know that. One incident makes the text false, and authorities have fined such texts as misleading.",
    bad=_HEAD + 'safe: will claim "Your data is always safe with us" evidence "report of 2026-03-01"\n',
    good=_HEAD + 'safe: will claim "Auditors test our systems every year" evidence "report of 2026-03-01"\n',
    level=Level.WARNING,
)

_CHECKABLE: Final = (
    r"(?i)\b(?:certif\w+|complian\w+|compl(?:y|ies|ied)\b|conform\w*|audit\w*|accredit\w*|(?:in)?secur\w+|safe(?:ly)?\b|"
    r"encrypt\w+|anonymi[sz]\w+|anonymous\w*|"
    r"state[- ]of[- ]the[- ]art|industry[- ]standard|best practices?|ISO\b|SOC ?2|PCI\b|HIPAA)"
)
"""What an authority, or a reader, can ask to see proved."""

_AT_RISK: Final = r"(?i)\b(?:protect|identif|breach|leak|lost\b|loss)"
"""What nobody can be sure of, besides what can be proved."""

_STANDARD: Final = r"(?i)\b(?:certif\w+|audit\w*|accredit\w*|ISO\b|SOC ?2|PCI\b)"


_HELP: Final = "say with `evidence` what shows it: a report, a certificate, a page"


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each claim or measure without evidence, and one for each absolute sentence."""
    unproved = [one for one in view.statements if one.verb in {"claim", "protect"} and not _has_evidence(one)]
    for one in unproved:
        yield from _unproved(one)
    yield from _untested(view, unproved)
    for said in view.said(OBJECTS, LABEL, "text", "hedge", "summary"):
        if not all(map(_is_other, said.owners)):
            yield from _absolute(said)


def _has_evidence(one: Statement) -> bool:
    return "evidence" in one.fields or any(missing == "evidence" for missing, _ in one.holes)


def _unproved(one: Statement) -> Iterator[Diagnostic]:
    if one.verb == "claim" and isinstance(one.objects, Texts):
        for number, words in enumerate(one.objects.texts):
            if re.search(_CHECKABLE, words):
                place = part(one, OBJECTS, number)
                yield finding(CLAIM_WITHOUT_EVIDENCE, one, "nothing shows that this is so", place=place, help=_HELP)
    elif one.verb == "protect":
        measures, laws = terms_of(one.fields, "measures"), terms_of(one.fields, "laws")
        if laws and one.modality != "never":
            message = f"this says that `{laws[0]}` is kept to, and nothing shows it"
            yield finding(CLAIM_WITHOUT_EVIDENCE, one, message, place=named(one, "laws", laws[0]), help=_HELP)
        if not measures and one.objects is not None and all(missing != "measures" for missing, _ in one.holes):
            message = "this says that data is protected, and not by what"
            yield finding(CLAIM_WITHOUT_EVIDENCE, one, message, help="name the measures with `by`")


def _untested(view: View, unproved: Sequence[Statement]) -> Iterator[Diagnostic]:
    """One finding for each measure that keeps to a standard, wherever it is taken."""
    taken: dict[str, list[Statement]] = {}
    for one in unproved:
        if one.verb == "protect":
            for name in terms_of(one.fields, "measures"):
                taken.setdefault(name, []).append(one)
    for name, (first, *rest) in taken.items():
        if re.search(_STANDARD, view.policy.terms[name].label):
            yield finding(
                CLAIM_WITHOUT_EVIDENCE,
                first,
                f"nothing shows that `{name}` is there",
                place=named(first, "measures", name),
                more=[(named(one, "measures", name), "and here") for one in rest],
                help=_HELP,
            )


def _is_other(one: object) -> bool:
    """Whether it tells readers what to do, what we do not answer for, or what somebody else says."""
    if isinstance(one, Statement):
        return one.mood is not None or one.verb in {"advise", "disclaim", "require"}
    return isinstance(one, Term) and one.kind == "term"


def _is_firm(one: object) -> bool:
    """Whether words about how surely something is so count: it is about protection, or a prohibition."""
    return isinstance(one, Statement) and (one.verb in {"claim", "protect"} or one.modality == "never")


def _absolute(said: Said) -> Iterator[Diagnostic]:
    for found, sentence in absolutes(said.words):
        if any(map(_is_firm, said.owners)) if said.field == "hedge" else _is_about_security(sentence):
            message = f"{shown(found)} promises more than anybody can be sure of"
            help_ = "say what you do, and leave out how surely it works"
            yield finding(ABSOLUTE_CLAIM, said, message, place=within(said, found), help=help_)


def _is_about_security(sentence: str) -> bool:
    return any(re.search(pattern, sentence) for pattern in (_CHECKABLE, _AT_RISK))
