"""Data that is used, shared or kept, and that nothing collects."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of
from policyc.model.values import Terms
from policyc.semantics.extents import DATA, Leaves
from policyc.semantics.norms import Norm

_HEAD: Final = """\
language 1
party us "Us"
data email "email address"
data phone "phone number"
purpose help "help you"
policy notice "Notice"
    controller us
"""

NEVER_COLLECTED: Final = Code(
    "PC513",
    "never-collected",
    what="Data is used, shared or kept, or a right or choice is about it, and nothing says that it is collected.",
    why="Readers do not learn that you have this data, nor from whom; the list of what is collected is not complete.",
    bad=_HEAD + "asked: will collect email for help\ncalls: will use email, phone for help\n",
    good=_HEAD + "asked: will collect email, phone for help\ncalls: will use email, phone for help\n",
    level=Level.INFO,
)

_ROOT: Final = "std.data.base.personal_data"
"""The library's name for all data."""
_RELATIVE: Final = r"(?i)\b(?:that|which|who|you|we|us)\b"
"""Labels with these tell of data by what happens to it, such as “data that you give us”, and name no kind of it."""
_GIVES: Final = frozenset({"share", "transfer"})
_SPEAKING: Final = frozenset({"act_as", "grant", "notify", "offer", "protect"})

_GETS: Final = frozenset({"collect", "derive", "track"})


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all data; none for a policy that never says what it collects."""
    extents = view.overlaps.extents
    got = 0
    for norm in view.acts:
        got |= norm.boxes[0][DATA].possible if norm.verb in _GETS else 0
    got |= extents.below(term.id for term in view.policy.of_kind("data") if "sources" in term.fields)
    missing: dict[str, None] = {}
    statements: list[Statement] = []
    for norm in view.acts if got else ():
        here = [name for name in _named(norm) if not extents.below([name]) & got]
        if not missing.keys() >= set(here):
            statements.append(norm.statement)
        missing |= dict.fromkeys(here)
    if statements:
        yield _finding(statements, missing)
    if got:
        yield from _spoken_of(view, got, missing)


def _spoken_of(view: View, got: Leaves, known: Container[str]) -> Iterator[Diagnostic]:
    """One finding for data that only a right, a choice, a role, a notice or a measure is about.

    Who collects "all data" collects what the author puts below it. Of the library's kinds nobody knows that.
    """
    extents = view.overlaps.extents
    roots = frozenset(term.id for term in view.policy.of_kind("data") if term.qualified == _ROOT)
    personal = view.graph.below(roots)
    wide = _above(view, roots)
    acted = extents.below(
        name for norm in view.acts if norm.verb not in _GIVES for name in _objects(norm.statement) if name not in wide
    )
    acted |= extents.below(term.id for term in view.policy.of_kind("data") if "sources" in term.fields)
    acted |= extents.below(term.id for term in view.terms if term.kind == "data" and term.id not in wide) & got
    missing: dict[str, None] = {}
    statements = []
    for one in view.statements:
        here = [
            name
            for name in _about(view, one)
            if (name in personal or not roots) and name not in wide and not extents.below([name]) & acted
        ]
        here = [name for name in here if name not in known and not re.search(_RELATIVE, view.policy.terms[name].label)]
        if here:
            statements.append(one)
        missing |= dict.fromkeys(here)
    if statements:
        yield _finding(statements, missing)


def _above(view: View, roots: Iterable[str]) -> frozenset[str]:
    """Some terms, and all that they lie below."""
    found = dict.fromkeys(roots)
    queue = list(found)
    for name in queue:  # it grows while it is gone through
        new = [parent for parent in view.policy.terms[name].parents if parent not in found]
        found |= dict.fromkeys(new)
        queue += new
    return frozenset(found)


def _about(view: View, one: Statement) -> list[str]:
    """The data that a statement is about that is no act."""
    if one.verb not in _SPEAKING or one.modality == "never" or ("on_behalf_of" in one.fields and one.verb != "act_as"):
        return []
    names = [*terms_of(one.fields, "regarding"), *(_objects(one) if one.verb == "protect" else ())]
    return [name for name in names if view.policy.terms[name].kind == "data"]


def _objects(one: Statement) -> tuple[str, ...]:
    return one.objects.ids if isinstance(one.objects, Terms) else ()


def _named(norm: Norm) -> tuple[str, ...]:
    one = norm.statement
    is_own = norm.verb not in _GETS and "on_behalf_of" not in one.fields
    return one.objects.ids if is_own and isinstance(one.objects, Terms) else ()


def _finding(statements: list[Statement], missing: dict[str, None]) -> Diagnostic:
    first, *rest = statements
    return finding(
        NEVER_COLLECTED,
        first,
        f"nothing says that {counted(missing)} {'is' if len(missing) == 1 else 'are'} collected",
        text="spoken of here",
        more=[(one, "and here") for one in rest[: SHOWN - 1]],
        help="say with `collect` or `derive` how you get it, or with `from` in its declaration whom you get it from",
    )
