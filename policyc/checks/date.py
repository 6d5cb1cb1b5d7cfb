"""The policy's dates and version: missing, none, or not in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from policyc.checks._view import Said, View, finding, part, shown
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.values import Day

_HEAD: Final = """\
language 1
party us "Us Ltd"
channel desk "our desk" email "desk@us.example"
policy notice "Notice"
    controller us
    contact desk
"""
_OLD: Final = 'document old "our notice of 2024" url "https://us.example/old"\n'

NO_DATE: Final = Code(
    "PC604",
    "no-date",
    what="The policy does not say when it was last changed.",
    why="Readers cannot tell whether they have read it before, and nobody can tell which laws it has to follow.",
    bad=_HEAD,
    good=_HEAD + "    updated 2026-11-01\n",
    level=Level.WARNING,
)
UNVERSIONED: Final = Code(
    "PC605",
    "unversioned",
    what="The policy replaces another one, or says that it may change, and neither version nor date tells it apart.",
    why="Nobody can say to which text somebody has agreed.",
    bad=_HEAD + "    replaces old\n" + _OLD,
    good=_HEAD + '    replaces old\n    version "2"\n' + _OLD,
    level=Level.INFO,
)
BROKEN_DATE: Final = Code(
    "PC608",
    "broken-date",
    what="What stands as the date of the policy looks like one, and is none.",
    why="Two years, or a day that no calendar has, leave open which text was in force when.",
    bad=_HEAD + '    hole date "31 June 2024"\n',
    good=_HEAD + "    updated 2024-06-30\n",
)
EARLY_EFFECT: Final = Code(
    "PC609",
    "early-effect",
    what="The policy applies from a day before it was last changed.",
    why="A change cannot bind people before it is made. Readers cannot tell what was in force between the two days.",
    bad=_HEAD + "    updated 2026-11-01\n    effective 2026-01-01\n",
    good=_HEAD + "    updated 2026-11-01\n    effective 2026-12-01\n",
    level=Level.WARNING,
)

_HELP: Final = "write `updated` and the day of the last change, such as `updated 2026-01-31`"
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_DATES: Final = (
    r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b",
    r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})\b",
    rf"(?i)\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.? (?:of )?{_MONTH},? (?P<year>\d{{4}})\b",
    rf"(?i)\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b",
)
_YEAR: Final = r"\b(?:19|20)\d\d\b"
_PATTERN: Final = r"(?i)\b(?:dd|mm|yyyy|yy)\b|\d:\d\d|[+-]\d{4}\b"
"""What programs write, and what stands in forms."""


def check(view: View) -> Iterator[Diagnostic]:
    """What is wrong with the dates of the header."""
    header = view.policy.header
    updated, effective = (header.fields.get(field) for field in ("updated", "effective"))
    holes = [said for said in view.said("holes") if said.tag == "updated"]
    is_dated = isinstance(updated, Day) or isinstance(effective, Day)
    if holes:
        yield _of_hole(holes[0], is_dated=is_dated)
    elif updated is None:
        message = "this policy does not say when it was last changed"
        yield finding(NO_DATE, header, message, help=_HELP, level=Level.INFO if is_dated else None)
    if isinstance(updated, Day) and isinstance(effective, Day) and effective.value < updated.value:
        message = f"this applies from {effective.value}, and was changed on {updated.value}"
        help_ = "write from when this version applies; leave `effective` out if that is the day of the change"
        yield finding(EARLY_EFFECT, header, message, place=part(header, "effective"), help=help_)
    yield from _version(view, is_dated=is_dated)


def _of_hole(said: Said, *, is_dated: bool) -> Diagnostic:
    if said.words and _is_broken(said.words):
        message = f"{shown(said.words)} is no date"
        return finding(BROKEN_DATE, said, message, help=_HELP)
    only = f", only {shown(said.words)}" if said.words else ""
    message = f"this policy does not say when it was last changed{only}"
    return finding(NO_DATE, said, message, help=_HELP, level=Level.INFO if is_dated else None)


def _is_broken(words: str) -> bool:
    """Whether words were meant as a date, and name no day, or several."""
    found = [match for pattern in _DATES for match in re.finditer(pattern, words)]
    if any(not _is_day(match) for match in found):
        return True
    return len(set(re.findall(_YEAR, words))) > 1 or re.search(_PATTERN, words) is not None


def _is_day(match: re.Match[str]) -> bool:
    year, month, day = match["year"], match["month"].lower(), match["day"]
    number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
    try:
        date(int(year), number, int(day))
    except ValueError:
        return False
    return True


def _version(view: View, *, is_dated: bool) -> Iterator[Diagnostic]:
    header = view.policy.header
    if is_dated or "version" in header.fields or any(said.tag == "version" for said in view.said("holes")):
        return
    if "replaces" in header.fields or any(one.verb == "amend" for one in view.statements):
        message = "neither a version nor a date tells this policy from others of it"
        yield finding(UNVERSIONED, header, message, help='write `version "…"`')
