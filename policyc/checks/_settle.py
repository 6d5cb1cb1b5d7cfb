"""What becomes of findings: the project's levels, and what the author accepts where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from attrs import define, evolve, frozen

from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.codes import names as codes
from policyc.diagnostics.diagnostic import Diagnostic, Label
from policyc.diagnostics.near import near
from policyc.model.policy import Place, Policy, Statement, Term, tags_of


class Accepted(NamedTuple):
    """A finding that the author accepts, and why."""

    finding: Diagnostic
    reason: str


@frozen
class Settled:
    """Findings that count, and those that are accepted."""

    counting: tuple[Diagnostic, ...]
    accepted: tuple[Accepted, ...]


@define(eq=False)
class _Acceptance:
    """One `accept` of a sentence: the code, the reason, the place of the sentence, and whether it was needed."""

    code: Code
    reason: str
    sentence: Statement | Term
    is_used: bool = False

    def fits(self, label: Label) -> bool:
        """Whether a place is in the sentence, or in a clause that its group says for it."""
        if label.source is not self.sentence.place.source:
            return False
        spans = (self.sentence.place.span, *(span for part in self.sentence.written.values() for span in part))
        return any(span.start <= label.span.start and label.span.end <= span.end for span in spans)


def settle(
    policy: Policy,
    found: Iterable[Diagnostic],
    levels: Mapping[str, Level | None],
    known: Sequence[Code],
    *,
    hides: bool = True,
) -> Settled:
    """Findings as the project and the author want them; with `hides` false, none is accepted and none lowered.

    A statement or declaration accepts what is found in itself, wherever the other places are.
    """
    problems: list[Diagnostic] = []
    acceptances = list(_acceptances(policy, known, problems))
    counting: list[Diagnostic] = []
    accepted: list[Accepted] = []
    for one in found:
        fitting = _fitting(one, acceptances)
        level = levels.get(one.code.number, one.level) if hides else one.level
        for acceptance in fitting:
            acceptance.is_used = True
        if fitting and hides:
            accepted.append(Accepted(one, fitting[0].reason))
        elif level is not None:
            counting.append(one if level is one.level else evolve(one, level=level))
    problems += [_unused(one) for one in acceptances if not one.is_used]
    return Settled((*counting, *problems), tuple(accepted))


def _fitting(found: Diagnostic, acceptances: Iterable[_Acceptance]) -> Sequence[_Acceptance]:
    """All that fit: what stands before a group is accepted by every statement in it."""
    labels = (found.label, *found.more)
    return [one for one in acceptances if one.code is found.code and any(map(one.fits, labels))]


def _acceptances(policy: Policy, known: Sequence[Code], problems: list[Diagnostic]) -> Iterator[_Acceptance]:
    """What is accepted; a name that no code has is an error."""
    by_name = {word(code): code for code in known}
    sentences: list[Statement | Term] = [*policy.statements, *(term for term in policy.terms.values() if term.is_local)]
    for sentence in sentences:
        for name, reason in tags_of(sentence.fields, "accept"):
            if name in by_name:
                yield _Acceptance(by_name[name], reason, sentence)
            else:
                close = near(name, by_name)
                help_ = f"write `{close}`" if close else "write the name of a finding, such as `contradiction`"
                problems.append(_at(codes.UNKNOWN_FINDING, sentence.place, f"no check finds `{name}`", help_))


def word(code: Code) -> str:
    """The name of a code as `accept` takes it."""
    return code.name.replace("-", "_")


def _unused(one: _Acceptance) -> Diagnostic:
    message = f"`{word(one.code)}` is accepted here, and not found"
    return _at(codes.UNUSED_ACCEPT, one.sentence.place, message, "delete the `accept`")


def _at(code: Code, place: Place, message: str, help_: str) -> Diagnostic:
    return Diagnostic.at(code, place.source, place.span, message, help=help_)
