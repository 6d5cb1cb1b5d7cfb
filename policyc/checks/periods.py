"""How long data is kept: data without a period, periods without a start, keeping without an end."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from attrs import define, field

from policyc.checks._view import SHOWN, View, counted, finding, says
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import MODALITIES, Bound
from policyc.model.policy import Statement, terms_of
from policyc.model.values import AllOf, Compared, Holds, OneOf, Period, Terms, atoms
from policyc.semantics.extents import DATA, EVERYTHING, Leaves
from policyc.semantics.norms import Norm

_HEAD: Final = """\
language 1
party us "Us"
data email "email address"
purpose help "help you"
event closed "you close your account"
policy notice "Notice"
    controller us
asked: will collect email for help
stopped: never use email for help after closed
"""

NO_PERIOD: Final = Code(
    "PC504",
    "no-period",
    what="Data is collected, worked out or stored, and no statement says for how long, or none does for some people.",
    why="Readers may ask how long, and laws want it said: a period, or at least what decides about it.",
    bad=_HEAD,
    good=_HEAD + "kept: will keep email until closed\n",
    level=Level.WARNING,
)
NO_START: Final = Code(
    "PC505",
    "no-start",
    what="A period has no event from which it counts.",
    why="Thirty days from when? No program can delete in time, and no reader can tell when the data is gone.",
    bad=_HEAD + "kept: will keep email 30 days\n",
    good=_HEAD + "kept: will keep email 30 days after closed\n",
    level=Level.WARNING,
)
NO_END: Final = Code(
    "PC506",
    "no-end",
    what="A statement keeps data and sets no end, and no other statement does.",
    why="What has no end is kept for ever. A minimum such as `at least 7 years` is no end either.",
    bad=_HEAD + "kept: will keep email after closed\n",
    good=_HEAD + "kept: will keep email 1 year after closed\n",
    level=Level.WARNING,
)

NO_DEADLINE: Final = Code(
    "PC515",
    "no-deadline",
    what="A statement promises to delete data and does not say by when.",
    why="Without a deadline nobody can hold you to the promise, and no program can keep it in time.",
    bad=_HEAD + "gone: will delete email after closed\n",
    good=_HEAD + "gone: will delete email within 30 days after closed\n",
    level=Level.WARNING,
)

_HELD: Final = frozenset({"collect", "derive", "track", "store"})
"""Verbs after which we have the data."""

_ENDS: Final = ("period", "until", "depends_on")
_DELETES: Final = (*_ENDS, "deadline", "event", "stage")

_WITH_START: Final = {
    "keep": ("period",),
    "delete": ("period", "deadline"),
    **dict.fromkeys(("notify", "amend", "require", "advise"), ("deadline",)),
}
"""Verb → clauses that count from an event. Those of rights count from the request, those of cookies from their use."""

_LIMITS: Final = ("when", "unless", "until", "event", "stage", "except")
"""Clauses with which a prohibition is no flat denial."""

_WHOLE: Final = frozenset({DATA, "subject", "state"})
"""Axes on which a prohibition may say something, and still be about all of the data."""

_MOST: Final = 2 / 3
"""A statement about so great a part of the data is about everything."""


@define(eq=False, repr=False)
class _Told:
    """What is said of the data of people: people → data, as statements say it."""

    data: Mapping[Leaves, Leaves]
    _known: dict[Leaves, Leaves] = field(init=False, factory=dict)

    def of(self, mine: Leaves) -> Leaves:
        """The data of some of these people of which something is said."""
        if mine not in self._known:
            found = 0
            for people, data in self.data.items():
                found |= data if people & mine else 0
            self._known[mine] = found
        return self._known[mine]


def check(view: View) -> Iterator[Diagnostic]:
    """Data without a period first; then statements in their order."""
    telling = [norm for norm in view.overlaps.permissions if _tells(norm.statement)]
    never = (norm for norm in view.overlaps.prohibitions if norm.verb in {"store", "keep"})
    silent = [norm for norm in never if _WHOLE.issuperset(norm.boxes[0])]
    yield from _without_period(view, _by_people([*telling, *silent]))
    ended = _by_people([norm for norm in telling if _ends(norm.statement)])
    for one in view.statements:
        if _is_without_start(one):
            yield _without_start(one)
        if _is_without_deadline(one):
            yield _without_deadline(one)
    for norm in view.own_acts:
        keeps = norm.verb == "keep" and not _ends(norm.statement)
        if keeps and norm.boxes[0][DATA].possible & ~ended.of(_people(norm)):
            yield _without_end(norm.statement)


def _tells(one: Statement) -> bool:
    """Whether a statement says how long data stays, well or badly. A duty for special cases does not."""
    is_hold = one.verb == "keep" and one.modality == "must" and "when" in one.fields
    return (one.verb == "keep" or _ends(one)) and not is_hold


def _ends(one: Statement) -> bool:
    """Whether it sets an end, or says that the end is missing. Who may delete, promises nothing."""
    match one.verb:
        case "keep":
            return says(one, "until", "depends_on") or (says(one, "period") and not _is_minimum(one))
        case "delete":
            return MODALITIES[one.modality].promises and (says(one, *_DELETES) or _counts_time(one))
        case "track":
            return says(one, "period", "until")
    return one.verb == "store" and says(one, "until")


def _is_minimum(one: Statement) -> bool:
    period = one.fields.get("period")
    return isinstance(period, Period) and period.bound is Bound.AT_LEAST


def _counts_time(one: Statement) -> bool:
    """Whether a condition says how long ago something must be."""
    found = [one.fields.get(name) for name in ("when", "unless")]
    guards = (guard for guard in found if isinstance(guard, Holds | Compared | AllOf | OneOf))
    return any(isinstance(atom, Compared) and atom.since for guard in guards for atom in atoms(guard))


# --- data without a period ---------------------------------------------------------------------


def _by_people(norms: Sequence[Norm]) -> _Told:
    found: dict[Leaves, Leaves] = {}
    for norm in norms:
        people, data = _people(norm), norm.boxes[0].get(DATA)
        found[people] = found.get(people, 0) | (data.possible if data else 0)
    return _Told(found)


def _people(norm: Norm) -> Leaves:
    """Whose data it is; an act that is decided has that as a dimension, another one as a clause."""
    box = norm.boxes[0]
    found = box.get("subject") or box.get("subjects")
    return found.possible if found else EVERYTHING


def _held(view: View) -> Iterator[tuple[Norm, Leaves]]:
    """What we get or store, with the data; how long a cookie works is a question of its own."""
    for norm in view.own_acts:
        if norm.verb in _HELD:
            yield norm, norm.boxes[0][DATA].possible & (~view.trackers if norm.verb == "track" else EVERYTHING)


def _without_period(view: View, told: _Told) -> Iterator[Diagnostic]:
    """Data of which nothing is said; then data of which something is said for other people only, as a hint."""
    missing: dict[str, None] = {}
    statements: list[Statement] = []
    listed = never = _never_held(view)
    for norm, data in _held(view):
        reached = data & ~told.of(_people(norm)) & ~listed
        here = list(_names(view, norm, reached)) if reached > 0 else []
        if here:
            missing |= dict.fromkeys(here)
            statements.append(norm.statement)
            listed |= reached
    if statements:
        yield _unsaid(statements, missing, "")
    yield from _for_some(view, told, never)


def _for_some(view: View, told: _Told, never: Leaves) -> Iterator[Diagnostic]:
    """Something is said of some of the people whom a statement names, and nothing of others."""
    others: dict[str, None] = {}
    missing: dict[str, None] = {}
    statements: dict[str, Statement] = {}
    known = 0
    for _, data in _held(view):
        known |= max(0, data)
    for norm, data in _held(view):
        # Who speaks of everything, does not mean that all people give all of it.
        is_all = data < 0 or data.bit_count() > _MOST * known.bit_count()
        said = 0 if is_all else data & told.of(_people(norm)) & ~never
        for name in terms_of(norm.statement.fields, "subjects") if said else ():
            left = said & ~_told_of(view, name, told)
            if left:
                others[name] = None
                missing |= dict.fromkeys(_names(view, norm, left))
                statements[norm.id] = norm.statement
    if statements:
        yield _unsaid(list(statements.values()), missing, f" for {counted(others)}", Level.INFO)


def _told_of(view: View, name: str, told: _Told) -> Leaves:
    """The data of some people of which something is said; of those who act for others, all."""
    people = view.overlaps.extents.below([name])
    return told.of(people) if view.served(people) == people else EVERYTHING


def _unsaid(
    statements: Sequence[Statement], data: Collection[str], whose: str, level: Level | None = None
) -> Diagnostic:
    first, *rest = statements
    return finding(
        NO_PERIOD,
        first,
        f"nothing says{whose} how long {counted(data)} {'is' if len(data) == 1 else 'are'} kept",
        more=[(one, "and here") for one in rest[: SHOWN - 1]],
        help="say it with `keep` or `delete` and a period after an event; or with `depending_on`, what decides",
        level=level,
    )


def _never_held(view: View) -> Leaves:
    """Data that is named only where it is said not to be collected, or to explain a word.

    A statement about everything above it holds none of it.
    """
    acted = {name for norm in view.acts for name in _objects(norm.statement)}
    named = [name for norm in view.overlaps.prohibitions if _is_flat_denial(norm) for name in _objects(norm.statement)]
    named += [name for term in view.terms if term.kind == "term" for name in terms_of(term.fields, "regarding")]
    return view.overlaps.extents.below(name for name in named if acted.isdisjoint(view.graph.below([name])))


def _is_flat_denial(norm: Norm) -> bool:
    one = norm.statement
    return norm.verb in _HELD and one.modality == "never" and not says(one, *_LIMITS)


def _objects(one: Statement) -> Sequence[str]:
    return one.objects.ids if isinstance(one.objects, Terms) else ()


def _names(view: View, norm: Norm, reached: Leaves) -> Iterator[str]:
    """The names that a statement has for some of its data; the leaves, where it is only a part of what is named."""
    extents, objects = view.overlaps.extents, norm.statement.objects
    for name in objects.ids if isinstance(objects, Terms) else ():
        below = extents.below([name])
        yield from [name] if not below & ~reached else extents.names(below & reached)


# --- periods and statements that keep ----------------------------------------------------------


def _is_without_start(one: Statement) -> bool:
    periods = [one.fields.get(name) for name in _WITH_START.get(one.verb, ())]
    counts = any(isinstance(period, Period) and period.number for period in periods)
    return counts and one.modality != "never" and not says(one, "event", "stage", "before") and not _counts_time(one)


def _without_start(one: Statement) -> Diagnostic:
    return finding(
        NO_START,
        one,
        f"the period of `{one.id}` starts nowhere",
        help="add `after` and the event from which it counts; if the text does not say it, `hole event`",
    )


def _is_without_deadline(one: Statement) -> bool:
    """Whether it promises to delete at no certain time; what is told of another stage, or of how long ago, is one."""
    is_promised = one.verb == "delete" and MODALITIES[one.modality].promises and one.modality != "never"
    return is_promised and not says(one, *_ENDS, "deadline", "stage", "lag") and not _counts_time(one)


def _without_deadline(one: Statement) -> Diagnostic:
    return finding(
        NO_DEADLINE,
        one,
        f"`{one.id}` does not say by when",
        help="add `at once`, or `within` and a period; if the text does not say it, write `hole deadline`",
    )


def _without_end(one: Statement) -> Diagnostic:
    says_least = f"`{one.id}` says how long at least, and not how long at most"
    return finding(
        NO_END,
        one,
        says_least if _is_minimum(one) else f"`{one.id}` keeps data and sets no end",
        help="add a period, `until` and an event, or `depending_on` and what decides",
    )
