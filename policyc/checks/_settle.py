"""What becomes of findings: the project's levels, and what the author accepts where it stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import define, evolve, field, frozen

from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.codes import names as codes
from policyc.diagnostics.diagnostic import Accepted, Diagnostic, Label
from policyc.diagnostics.near import near
from policyc.model.policy import Place, Policy, Statement, Term
from policyc.model.values import Tags
from policyc.record import ValueRecord

_GRAVITY: Final[Sequence[Level | None]] = (None, Level.INFO, Level.WARNING, Level.ERROR)


@frozen(eq=False, repr=False)
class Settled(ValueRecord):
    """Findings that count, and those that are accepted."""

    counting: tuple[Diagnostic, ...]
    accepted: tuple[Accepted, ...]


@frozen(eq=False, repr=False)
class Known:
    """The codes of findings that were looked for, and the names of others, such as those of laws that do not hold."""

    codes: Sequence[Code]
    unasked: Callable[[], Collection[str]] = tuple


@define(eq=False, repr=False)
class _Acceptance:
    """One `accept`: what it names, where and why, the sentences that it holds for, and whether it was needed."""

    name: str
    reason: str
    place: Place
    sentences: list[Place] = field(factory=list)
    is_used: bool = False

    def fits(self, found: Diagnostic) -> bool:
        """Whether the finding is named, and one of its places is in one of the sentences."""
        labels = (found.label, *found.more)
        return word(found.code) == self.name and any(_holds(one, label) for one in self.sentences for label in labels)


def settle(
    policy: Policy,
    found: Iterable[Diagnostic],
    levels: Mapping[str, Level | None],
    known: Known,
    *,
    hides: bool = True,
) -> Settled:
    """Findings as the project and the author want them; with `hides` false, none is accepted and none lowered.

    A statement or declaration accepts what is found in itself, wherever the other places are.
    """
    acceptances = _acceptances(policy)
    counting: list[Diagnostic] = []
    accepted: list[Accepted] = []
    for one in found:
        fitting = [each for each in acceptances if each.fits(one)]
        for each in fitting:
            each.is_used = True
        level = _level(one, levels, hides=hides)
        if fitting and hides:
            accepted.append(Accepted(one, fitting[0].reason))
        elif level is not None:
            counting.append(one if level is one.level else evolve(one, level=level))
    return Settled((*counting, *_problems(acceptances, known)), tuple(accepted))


def word(code: Code) -> str:
    """The name of a code as `accept` takes it."""
    return code.name.rpartition(".")[2].replace("-", "_")


def _level(found: Diagnostic, levels: Mapping[str, Level | None], *, hides: bool) -> Level | None:
    """The level of a finding in this project; None if it is switched off."""
    level = levels.get(found.code.key, levels.get(found.code.number, found.level))
    return level if hides else max(level, found.level, key=_GRAVITY.index)


def _holds(sentence: Place, label: Label) -> bool:
    inside = sentence.span.start <= label.span.start and label.span.end <= sentence.span.end
    return inside and label.source is sentence.source


def _acceptances(policy: Policy) -> Sequence[_Acceptance]:
    """What is accepted, in the order of the file. An `accept` before a group is one, for all sentences in it."""
    found: dict[int, _Acceptance] = {}
    own = (term for term in policy.terms.values() if term.is_local)
    sentences: Iterable[Statement | Term] = (*policy.statements, *own)
    for sentence in sentences:
        tags = sentence.fields.get("accept")
        if isinstance(tags, Tags):
            for (name, reason), span in zip(tags.tags, tags.spans, strict=True):
                place = Place(source=sentence.place.source, span=span)
                found.setdefault(span.start, _Acceptance(name, reason, place)).sentences.extend(_places(sentence))
    return [found[start] for start in sorted(found)]


def _places(sentence: Statement | Term) -> Iterator[Place]:
    """A sentence, and the clauses that its groups say for it."""
    yield sentence.place
    for spans in sentence.written.values():
        for span in spans:
            yield Place(source=sentence.place.source, span=span)


def _problems(acceptances: Iterable[_Acceptance], known: Known) -> Iterator[Diagnostic]:
    """What is accepted in vain: names that no code has, and findings that are not there."""
    numbers = {code.key: word(code) for code in known.codes}
    names = frozenset(numbers.values())
    for one in acceptances:
        if one.name not in names and one.name in known.unasked():
            continue
        if one.name not in names:
            close = numbers.get(one.name.upper()) or near(one.name, names)
            help_ = f"write `{close}`" if close else "write the name of a finding, such as `contradiction`"
            yield _at(codes.UNKNOWN_FINDING, one.place, f"no check finds `{one.name}`", help_)
        elif not one.is_used:
            message = f"`{one.name}` is accepted here, and not found"
            yield _at(codes.UNUSED_ACCEPT, one.place, message, "delete the `accept`")


def _at(code: Code, place: Place, message: str, help_: str) -> Diagnostic:
    return Diagnostic.at(code, place.source, place.span, message, help=help_)
