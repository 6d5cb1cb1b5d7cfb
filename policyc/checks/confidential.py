"""Data that is called confidential, and that people read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of, texts_of, words_of
from policyc.model.values import Terms, Texts
from policyc.semantics.extents import DATA, Leaves
from policyc.semantics.norms import Norm

_HEAD: Final = """\
language 1
party us "Us"
data messages "your messages"
purpose no_spam "keep out spam"
channel desk "our desk" email "desk@us.example"
policy notice "Notice"
    controller us
    contact desk
read: may use messages by manual for no_spam
"""

READ: Final = Code(
    "PC709",
    "confidential-and-read",
    what="The policy calls data confidential, and says elsewhere that people look at it.",
    why="Who reads that messages are confidential does not expect that your staff reads them.",
    bad=_HEAD + 'quiet: will claim "We respect the confidentiality of your messages" regarding messages\n',
    good=_HEAD + 'quiet: will claim "We value your messages" regarding messages\n',
    level=Level.INFO,
)

_CONFIDENTIAL: Final = (
    r"(?i)\b(?:confidential(?:ity|ly)?|secrecy|(?:strictly|completely|stays?|remains?|kept) private)\b"
)
_SAID: Final = r"(?i)\b(?:staff|employees?|moderators?|reviewers?|agents?|people who work for us)\b"
"""Words by which a statement itself says who reads the data."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each statement that calls data confidential."""
    reading = [norm for norm in view.own_acts if words_of(norm.statement.fields, "means") == ("manual",)]
    for one in view.statements if reading else ():
        about = _about(view, one)
        met = [norm for norm in reading if about & norm.boxes[0][DATA].possible] if about else []
        found = [norm.statement for norm in met if _same_people(view, one, norm)]
        if found:
            yield finding(
                READ,
                one,
                f"`{one.id}` calls data confidential, and people look at it by {counted(other.id for other in found)}",
                text="confidential here",
                more=[(other, "people here") for other in found[:SHOWN]],
                help="say here who may look at the data, and when",
            )


def _about(view: View, one: Statement) -> Leaves:
    """The data that a statement calls confidential, and of which it does not say who reads it."""
    if one.verb not in {"claim", "protect"} or one.modality == "never":
        return 0
    said = [*(one.objects.texts if isinstance(one.objects, Texts) else ()), *texts_of(one.fields, "text")]
    said += [view.policy.terms[name].label for name in terms_of(one.fields, "measures")]
    if not any(re.search(_CONFIDENTIAL, text) for text in said) or any(re.search(_SAID, text) for text in said):
        return 0
    named = one.objects.ids if isinstance(one.objects, Terms) else terms_of(one.fields, "regarding")
    return view.overlaps.extents.below(name for name in named if view.policy.terms[name].kind == "data")


def _same_people(view: View, one: Statement, norm: Norm) -> bool:
    people = view.overlaps.extents.below(terms_of(one.fields, "subjects"))
    return not people or not (mine := norm.boxes[0].get("subject")) or bool(people & mine.possible)
