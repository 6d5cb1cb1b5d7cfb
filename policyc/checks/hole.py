"""A `hole`: what the author marked as missing, or as words that make no sense."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import Said, View, finding, shown
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.clauses import MORE_HOLES, OBJECT_HOLE, row_of
from policyc.language.gaps import GARBLED, unsaid
from policyc.model.policy import Statement

_HEAD: Final = """\
language 1
party us "Us Ltd"
channel desk "our desk" email "desk@us.example"
data name "your name"
purpose sell "sell you things"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
asked: will collect name for sell
"""

HOLE: Final = Code(
    "PC703",
    "unfilled-hole",
    what="Something is missing here, and a `hole` says so.",
    why="The page tells readers that you do not say it. Where a program would have to know it, it can allow nothing.",
    bad=_HEAD + 'buying: may use name hole purpose "our business"\n',
    good=_HEAD + "buying: may use name for sell\n",
    level=Level.INFO,
)

_SLIGHT: Final = frozenset(
    {
        *(
            "because",
            "consequence",
            "definition",
            "delegates",
            "depends_on",
            "effective",
            "evidence",
            "extension",
            "fee",
        ),
        *("identity_check", "lag", "laws", "legal_name", "limits", "lookback", "measures", "outside", "patterns"),
        *("refusal", "registration", "then", "validity", "version", "wording"),
    }
)
"""What readers can do without. Other gaps leave open what happens, or what people can do."""

_ELSEWHERE: Final = frozenset({"updated", "controllers"})
"""Gaps that the checks of the date and of the controller tell of."""

_HELP: Final = {
    GARBLED: "write what is meant in clauses",
    "definition": "say what it means with `text`",
    "members": "list them with `including`, or with `exactly` if these are all",
    "address": "write `email`, `url`, `postal`, `phone` or `menu`",
    "period": "write a period such as `30 days`",
}


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each hole; one before a group is one."""
    for said in view.said("holes"):
        if said.tag not in _ELSEWHERE:
            level = Level.INFO if said.tag in _SLIGHT else Level.WARNING
            yield finding(HOLE, said, _message(said), help=_help(said), level=level)


def _message(said: Said) -> str:
    words = shown(said.words) if said.words else ""
    if said.tag == GARBLED:
        return f"the wording is unclear{': ' if words else ''}{words}"
    if said.tag == "definition" and words:
        return f"this does not say what {words} means"
    if said.tag == "see" and words:
        return f"it is unclear what {words} refers to"
    one = said.owners[0]
    verb = one.verb if isinstance(one, Statement) else ""
    is_object = isinstance(one, Statement) and said.tag == one.row.object
    named = isinstance(one, Statement) and one.objects is not None if is_object else said.tag in one.fields
    missing = unsaid(said.tag, partly=named, verb=verb)
    return f"this does not say {missing}{', only ' if words else ''}{words}"


def _help(said: Said) -> str:
    one = said.owners[0]
    if said.tag == OBJECT_HOLE or (isinstance(one, Statement) and said.tag == one.row.object):
        return "name it after the verb"
    if said.tag in _HELP or said.tag in MORE_HOLES:
        return _HELP[said.tag]
    row = row_of(said.tag)
    return f"write `{row.key}`, which takes {row.takes}"
