"""Data and purposes that do not meet: acts without a purpose, data without a use, purposes without data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding, holes, says
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.clauses import row_of
from policyc.model.policy import Statement, Term, terms_of
from policyc.model.values import Terms, Words
from policyc.semantics.extents import DATA, Leaves
from policyc.semantics.norms import Norm

_HEAD: Final = """\
language 1
party us "Us"
party host "Northcloud"
data email "email address"
data phone "phone number"
purpose help "help you"
purpose news "send you news"
policy notice "Notice"
    controller us
"""

ENFORCES_NOTHING: Final = Code(
    "PC501",
    "enforces-nothing",
    what="A permission leaves out what it must name to allow a program anything: for most acts, the purpose.",
    why="Readers do not learn what the data is for, and the guard denies what the sentence seems to allow.",
    bad=_HEAD + "asked: will collect email\nanswers: will use email for help\n",
    good=_HEAD + "asked: will collect email for help\nanswers: will use email for help\n",
    level=Level.WARNING,
)
UNUSED_DATA: Final = Code(
    "PC502",
    "unused-data",
    what="Data is collected, and nothing says what it is for.",
    why="Who collects data has to say why. What has no purpose need not be collected.",
    bad=_HEAD + "asked: will collect email for help\nalso: will collect phone\n",
    good=_HEAD + "asked: will collect email for help\nalso: will collect phone for help\n",
    level=Level.WARNING,
)
UNUSED_PURPOSE: Final = Code(
    "PC512",
    "unused-purpose",
    what="The policy speaks of a purpose, and no statement uses data for it.",
    why="Readers are told of a use, or may opt out of it, and cannot learn which data it takes.",
    bad=_HEAD + "asked: will collect email for help\nstop: will offer opt_out for news\n",
    good=_HEAD + "asked: will collect email for help, news\nstop: will offer opt_out for news\n",
    level=Level.WARNING,
)

_GOT: Final = frozenset({"collect", "track"})
"""Verbs by which data is got from outside."""

_CHOICES: Final = frozenset({"opt_in", "opt_out", "settings", "withdrawal"})
"""Choices about a use that goes on; consent can be asked for what is still to come."""


def check(view: View) -> Iterator[Diagnostic]:
    """Statements in their order, then purposes."""
    used = _used(view)
    for norm in view.acts:
        unused = _unused(view, norm, used)
        if unused:
            yield _without_use(norm.statement, unused)
        else:
            yield from _without_essentials(norm)
    yield from _without_data(view)


def _used(view: View) -> Leaves:
    """The data of which it is said what is done with it, or that this is not said."""
    found = 0
    for norm in view.acts:
        one = norm.statement
        if one.verb not in {"keep", "store"} and (one.verb not in _GOT or says(one, "purposes")):
            found |= norm.boxes[0][DATA].possible
        found |= view.overlaps.extents.below(terms_of(one.fields, "derived_from"))
    return found


def _unused(view: View, norm: Norm, used: Leaves) -> list[str]:
    """The data that a statement gets without a purpose, and that nothing uses."""
    one = norm.statement
    if one.verb not in _GOT or says(one, "purposes") or not isinstance(one.objects, Terms):
        return []
    return [name for name in one.objects.ids if not view.overlaps.extents.below([name]) & used]


def _without_use(one: Statement, unused: list[str]) -> Diagnostic:
    return finding(
        UNUSED_DATA,
        one,
        f"{counted(unused)} {'is' if len(unused) == 1 else 'are'} collected, and nothing says what for",
        help="add `for` and the purpose, write what is done with the data, or do not collect it",
    )


def _without_essentials(norm: Norm) -> Iterator[Diagnostic]:
    """What a hole stands for, and what an `only` is about, is no gap: the one is reported, the other only limits."""
    one = norm.statement
    missing = [name for name in one.row.essential if name not in _named(one)]
    if missing and not one.only:
        yield finding(
            ENFORCES_NOTHING,
            one,
            f"`{one.id}` names no {' and no '.join(missing)}, and so allows a program nothing",
            help=f"add the {' and the '.join(missing)}; if the text does not say it, write `hole {missing[0]}`",
        )


def _named(one: Statement) -> frozenset[str]:
    """The dimensions in which a statement names something, or says that it is missing."""
    fields = (name for name in (*one.fields, *holes(one)) if name in one.row.takes)
    return frozenset({DATA, *(found for name in fields if (found := row_of(name).dimension))})


def _without_data(view: View) -> Iterator[Diagnostic]:
    """The purposes of choices and of declarations for which no data is used."""
    extents = view.overlaps.extents
    served = extents.below(_served(view))
    spoken: dict[str, list[Statement | Term]] = {}
    speaking: list[Statement | Term] = [*filter(_is_choice, view.statements), *view.terms]
    for one in speaking:
        for name in terms_of(one.fields, "purposes"):
            spoken.setdefault(name, []).append(one)
    for name, (first, *rest) in spoken.items():
        if not extents.below([name]) & served:
            yield finding(
                UNUSED_PURPOSE,
                first,
                f"`{first.id}` is for `{name}`, and no statement uses data for it",
                more=[(one, "and here") for one in rest[: SHOWN - 1]],
                help=f"write which data is used for `{name}`, or leave the purpose out",
            )


def _is_choice(one: Statement) -> bool:
    is_offered = one.verb == "offer" and one.modality != "never"
    return is_offered and isinstance(one.objects, Words) and not _CHOICES.isdisjoint(one.objects.words)


def _served(view: View) -> Iterator[str]:
    """The purposes of all that is done with data, was or will be."""
    for one in view.policy.statements:
        if one.modality != "never" and one.row.decided:
            yield from terms_of(one.fields, "purposes")
