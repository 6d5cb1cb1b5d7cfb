"""What to say where a sentence breaks: in the author's words, from the tables, not a list of tokens.

Each rule knows one mistake, and says nothing of all others; the first that speaks is heard.
"""

from __future__ import annotations

from typing import Final

from policyc.diagnostics.codes import syntax as codes
from policyc.diagnostics.diagnostic import Diagnostic, Fix
from policyc.source.text import Source, Span
from policyc.syntax.decode import REPLACEMENT
from policyc.syntax.messages import conditions, imports, lists, numbers, rules, spelling, starts
from policyc.syntax.messages.breaks import Break, Said, make_break

RULES: Final = (
    *starts.FIRST,
    *rules.RULES,
    *spelling.SIGNS,
    *imports.RULES,
    *conditions.RULES,
    *numbers.RULES,
    *lists.EARLY,
    *spelling.NAMES,
    *starts.RULES,
    *conditions.AFTER_NAMES,
    *lists.RULES,
    *spelling.OTHER_SIGNS,
)


def describe(source: Source, sentence: Span, offset: int, expected: frozenset[str]) -> Diagnostic | None:
    """What to say of a sentence that breaks at an offset, where the grammar would take one of some terminals.

    Nothing, if what stands there has been reported when the file was decoded.
    """
    where = make_break(source, sentence, offset, expected)
    if source.damaged and REPLACEMENT in where.word.text:
        return None
    said = next((said for rule in RULES if (said := rule(where)) is not None), None) or _anything(where)
    place = said.place or where.place
    fixes = (Fix(place, said.fix),) if said.fix is not None else ()
    return Diagnostic.at(codes.UNEXPECTED, source, place, said.message, help=said.help, fixes=fixes)


_PHRASES: Final = {
    "NAME": "a name",
    "STRING": "a text in quotes",
    "NUMBER": "a number",
    "COMMA": "a comma",
    "PREPOSITION": "a clause",
}
"""What could stand at a break, as authors call it; the rest has a rule."""


def _anything(where: Break) -> Said:
    expected = " or ".join(phrase for name, phrase in _PHRASES.items() if name in where.expected)
    message = f"{where.word.shown} cannot stand here" if where.word.text else "the sentence ends too early"
    return Said(message, f"write {expected}" if expected else None)
