"""A prohibition, or an `only`, forbids what another statement allows or promises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from policyc.checks._view import SHOWN, View, finding, names
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic, Fix
from policyc.language.words import Force
from policyc.model.policy import Statement
from policyc.semantics import witness
from policyc.semantics.conditions import FALSE, told
from policyc.semantics.norms import Norm
from policyc.semantics.overlap import Conflict, Weight
from policyc.source.text import Span

_HEAD: Final = """\
language 1
party us "Us"
party ads "advertisers"
data profile "your profile"
data photo "your photo" is profile
data name "your name" is profile
fact agreed "you agree"
policy notice "Notice"
    controller us
"""

CONTRADICTION: Final = Code(
    "PC301",
    "contradiction",
    what="A statement forbids, or by `only` rules out, what another one allows or promises.",
    why="One of the two is false, and readers and regulators hold you to the stricter one.",
    bad=_HEAD + "no_ads: never share profile with ads\npartners: may share photo with ads\n",
    good=_HEAD + "no_ads: never share profile with ads except partners\npartners: may share photo with ads\n",
)
DOUBT: Final = Code(
    "PC302",
    "unclear-priority",
    what="Two statements meet, and nothing says which one wins; or one asks for a condition that the other leaves out.",
    why="Programs take the stricter one. A reader may take the other.",
    bad=_HEAD + "no_ads: never share profile with ads unless agreed\npartners: may share photo with ads\n",
    good=_HEAD + "no_ads: never share profile with ads unless agreed\npartners: may share photo with ads when agreed\n",
    level=Level.WARNING,
)
SPECIAL_CASE: Final = Code(
    "PC303",
    "unsaid-limit",
    what="A prohibition takes a special case out of what another statement allows, and that one does not say so.",
    why="Readers find the permission first. With `subject to` they, and programs, know that it is limited.",
    bad=_HEAD + "no_photo: never share photo with ads\npartners: may share profile with ads\n",
    good=_HEAD + "no_photo: never share photo with ads\npartners: may share profile with ads subject to no_photo\n",
    level=Level.INFO,
)

_CODES: Final = {Weight.BROKEN: CONTRADICTION, Weight.DOUBTFUL: DOUBT, Weight.NARROWED: SPECIAL_CASE}


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each prohibition, of the gravest kind that it has; what is less grave is told in it."""
    overlaps = view.overlaps
    for conflict in overlaps.conflicts([*overlaps.prohibitions, *overlaps.closed]):
        yield _finding(view, conflict)


def _finding(view: View, conflict: Conflict) -> Diagnostic:
    prohibition, others = conflict.prohibition, conflict.permissions
    more = [(norm.statement, _allowed(norm)) for norm in others]
    more += [(norm.statement, "less plainly here") for norm in conflict.lighter[: max(1, SHOWN - len(more))]]
    return finding(
        _CODES[conflict.weight],
        prohibition.statement,
        _message(view, conflict) + _lighter(conflict),
        text="only this" if _is_only(prohibition) else "forbidden here" if _is_act(prohibition) else "denied here",
        more=more,
        help=_help(prohibition, others, conflict),
        witness=witness.words(view.overlaps.extents, conflict.first),
        fixes=_fixes(prohibition.statement, others, conflict),
    )


def _message(view: View, conflict: Conflict) -> str:
    prohibition = conflict.prohibition
    this, others = f"`{prohibition.statement.id}`", _counted(conflict)
    verb = "allow" if _is_act(prohibition) else "promise"
    allows = f"{others} {verb}{'' if conflict.count > 1 else 's'}"
    if conflict.weight is Weight.NARROWED:
        return f"{this} takes a special case out of what {allows}"
    if conflict.weight is Weight.DOUBTFUL and _is_exception_open(view, conflict):
        condition = told(prohibition.unless)
        return f"{this} asks for {condition}, and {others} {'do' if conflict.count > 1 else 'does'} not"
    if _is_only(prohibition):
        return f"{this} says `only`, and {allows} something else"
    if conflict.weight is Weight.DOUBTFUL:
        return f"{this} forbids a part of what {allows}, and nothing says which one wins"
    return f"{this} {'forbids' if _is_act(prohibition) else 'denies'} what {allows}"


def _lighter(conflict: Conflict) -> str:
    """What is also met, and would come up once the rest is mended."""
    if not conflict.lighter:
        return ""
    shown = [norm.id for norm in conflict.lighter]
    if conflict.lighter_count > len(shown):
        return f"; less plainly, it meets `{shown[0]}` and {conflict.lighter_count - 1} others"
    return f"; less plainly, it meets {names(shown)}"


def _counted(conflict: Conflict) -> str:
    first, *rest = [norm.id for norm in conflict.permissions]
    if not rest:
        return f"`{first}`"
    if conflict.count <= len(conflict.permissions):
        return names([first, *rest])
    return f"`{first}` and {conflict.count - 1} others"


def _is_exception_open(view: View, conflict: Conflict) -> bool:
    """Whether the permission leaves open what the prohibition makes its exception."""
    unless = conflict.prohibition.unless
    return unless != FALSE and not view.overlaps.conditions.implies(conflict.permissions[0].when, unless)


def _allowed(norm: Norm) -> str:
    return "allowed here" if norm.statement.force is Force.PERMIT else "promised here"


def _is_act(norm: Norm) -> bool:
    return norm.statement.row.decided


def _is_only(norm: Norm) -> bool:
    return norm.id != norm.statement.id


def _help(prohibition: Norm, others: Sequence[Norm], conflict: Conflict) -> str:
    """The narrowest repair first."""
    this, other = prohibition.statement.id, others[0].id
    if not _is_act(prohibition):
        return f"change one of the two, or say when, where or for whom `{this}` holds"
    if _is_only(prohibition):
        return (
            f"add what is missing to the list of `{this}`; or write `despite {this}` in `{other}` if it is an exception"
        )
    if conflict.weight is Weight.BROKEN:
        named = ", ".join(norm.id for norm in others)
        meant = "these are exceptions" if len(others) > 1 else "that is an exception"
        return f"write `except {named}` in `{this}` if {meant}; or say in one of them less than now"
    return f"write `subject to {this}` in `{other}` if `{this}` wins, or `except {other}` in `{this}` if not"


def _fixes(this: Statement, others: Sequence[Norm], conflict: Conflict) -> tuple[Fix, ...]:
    """The relation as a clause at the statement's end, where that is all it takes."""
    named = [norm.statement.label for norm in others]
    is_whole = conflict.count == len(named) and all(named)
    if not is_whole or this.force is not Force.FORBID or "except" in this.fields or conflict.weight is Weight.NARROWED:
        return ()
    end = this.place.span.end
    return (Fix(Span(end, end), f"\n    except {', '.join(name for name in named if name)}"),)
