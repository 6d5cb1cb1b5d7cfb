"""Lark's tree to nodes, as a transformer that Lark runs while it parses. Lark's types end here.

Each method is named after a rule of the grammar or its alias, and gets what the rule's parts became.
What a pattern cannot exclude (a date that is none, a number too large) is reported in `found`.
"""

from __future__ import annotations

import re
from datetime import date
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, Final

from lark import Token, Transformer

from policyc.diagnostics.codes import syntax as codes
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import MOST_OF_A_UNIT, UNITS, Bound, Comparison, Unit
from policyc.source.text import Source, Span
from policyc.syntax import nodes

if TYPE_CHECKING:
    from policyc.diagnostics.code import Code

_ESCAPE: Final = re.compile(r"\\(.|\n|$)", re.DOTALL)
_ESCAPES: Final = {'"': '"', "\\": "\\", "n": "\n"}

Parts = list[Any]


def span_of(token: Token) -> Span:
    """Where a token stands."""
    return Span(token.start_pos or 0, token.end_pos or 0)


def _around(parts: Parts) -> Span:
    """From the first part to the last; parts that are left out are None."""
    there = [part for part in parts if part is not None]
    if not there:
        return nodes.NOWHERE
    first, last = there[0], there[-1]
    start = first.start_pos if isinstance(first, Token) else first.span.start
    end = last.end_pos if isinstance(last, Token) else last.span.end
    return Span(start or 0, end or 0)


def _word(token: Token) -> nodes.Word:
    return nodes.Word(" ".join(token.split()), span=span_of(token))


class ToNodes(Transformer[Token, nodes.Document]):
    """Builds the nodes of one source."""

    def __init__(self, source: Source) -> None:
        """For a source, whose places the diagnostics name."""
        super().__init__(visit_tokens=False)
        self.source = source
        self.found: list[Diagnostic] = []

    def _report(self, code: Code, span: Span, message: str, help_: str) -> None:
        self.found.append(Diagnostic.at(code, self.source, span, message, help=help_))

    # --- sentences ---------------------------------------------------------------------------

    def document(self, parts: Parts) -> nodes.Document:
        return nodes.Document(tuple(parts), span=Span(0, len(self.source.text)))

    def item(self, parts: Parts) -> nodes.Item:
        return parts[0]  # type: ignore[no-any-return]

    def version(self, parts: Parts) -> nodes.Version:
        return nodes.Version(self._number(parts[0]), span=span_of(parts[0]))

    def import_(self, parts: Parts) -> nodes.Import:
        return nodes.Import(tuple(parts[:-1]), parts[-1], span=Span(parts[0].span.start, parts[-1][-1].span.end))

    def imported(self, parts: Parts) -> nodes.Imported:
        alias = _word(parts[1]) if parts[1] else None
        return nodes.Imported(_word(parts[0]), alias, span=_around(parts))

    def path(self, parts: Parts) -> tuple[nodes.Word, ...]:
        return tuple(_word(part) for part in parts)

    def declaration(self, parts: Parts) -> nodes.Declaration:
        kind, name, label, *clauses = parts
        return nodes.Declaration(_word(kind), _word(name), label, tuple(clauses), span=_around(parts))

    def statement(self, parts: Parts) -> nodes.Statement:
        label, mood, modality, verb, objects, *clauses = parts
        only = isinstance(objects, tuple)
        if isinstance(objects, nodes.Clause):
            objects, clauses = None, [objects, *clauses]
        return nodes.Statement(
            _label(label) if label else None,
            " ".join(mood.split()) if mood else None,
            _word(modality),
            _word(verb),
            objects[0] if only else objects,
            only,
            tuple(clauses),
            span=_statement_span(parts),
        )

    def prose(self, parts: Parts) -> nodes.Prose:
        label, clauses = parts[0]
        return nodes.Prose(label, clauses, span=_around([label, *clauses]))

    def group(self, parts: Parts) -> nodes.Group:
        (label, clauses), *items = parts
        return nodes.Group(label, clauses, tuple(items), span=_around([label, *clauses, *items]))

    def header(self, parts: Parts) -> tuple[nodes.Word | None, tuple[nodes.Clause, ...]]:
        return parts[0]  # type: ignore[no-any-return]

    def clauses(self, parts: Parts) -> tuple[nodes.Word | None, tuple[nodes.Clause, ...]]:
        label, *clauses = parts
        return (_label(label) if label else None), tuple(clauses)

    def objects(self, parts: Parts) -> nodes.Names | nodes.Texts:
        return parts[0]  # type: ignore[no-any-return]

    def only_objects(self, parts: Parts) -> tuple[nodes.Names]:
        return (parts[1],)

    def no_objects(self, parts: Parts) -> nodes.Clause:
        hole, value = parts
        return nodes.Clause(_word(hole), value, span=_around(parts))

    # --- clauses -----------------------------------------------------------------------------

    def clause(self, parts: Parts) -> nodes.Clause:
        return parts[0]  # type: ignore[no-any-return]

    def only_clause(self, parts: Parts) -> nodes.Clause:
        only, clause = parts
        return nodes.Clause(clause.key, clause.value, only=True, span=Span(only.start_pos, clause.span.end))

    def names_clause(self, parts: Parts) -> nodes.Clause:
        key, value = parts
        return nodes.Clause(key, value, span=Span(key.span.start, value.span.end))

    texts_clause = tagged_clause = period_clause = names_clause

    def date_clause(self, parts: Parts) -> nodes.Clause:
        key, token = parts
        return nodes.Clause(key, self._day(token), span=_around(parts))

    def guard_clause(self, parts: Parts) -> nodes.Clause:
        guard, condition = parts
        return nodes.Clause(_word(guard), condition, span=_around(parts))

    def bare_period(self, parts: Parts) -> nodes.Clause:
        start = parts[0].span.start
        return nodes.Clause(nodes.Word("", span=Span(start, start)), parts[0], span=parts[0].span)

    def flag(self, parts: Parts) -> nodes.Clause:
        word = _word(parts[0])
        return nodes.Clause(word, nodes.Nothing(span=word.span), span=word.span)

    def key(self, parts: Parts) -> nodes.Word:
        return _word(parts[0])

    # --- values ------------------------------------------------------------------------------

    def names(self, parts: Parts) -> nodes.Names:
        quantifier, *words = parts
        return nodes.Names(tuple(words), str(quantifier) if quantifier else None, span=_around(parts))

    def name(self, parts: Parts) -> nodes.Word:
        return _word(parts[0])

    def other_of(self, parts: Parts) -> nodes.Word:
        return nodes.Word(str(parts[1]), other=True, span=_around(parts))

    def texts(self, parts: Parts) -> nodes.Texts:
        return nodes.Texts(tuple(parts), span=_around(parts))

    def text(self, parts: Parts) -> nodes.Text:
        token = parts[0]
        raw = _clean(token[3:-3]) if token.type == "LONG_STRING" else str(token[1:-1])
        return nodes.Text(_ESCAPE.sub(lambda match: self._escape(match, token), raw), span=span_of(token))

    def tagged(self, parts: Parts) -> nodes.Tagged:
        return nodes.Tagged(tuple(parts), span=_around(parts))

    def tag(self, parts: Parts) -> nodes.Tag:
        return nodes.Tag(_word(parts[0]), parts[1], span=_around(parts))

    def limited(self, parts: Parts) -> nodes.Period:
        bound, number, unit = parts
        found = Bound(" ".join(bound.split())) if bound else Bound.EXACT
        return nodes.Period(self._number(number), UNITS[unit], found, span=_around(parts))

    def ranged(self, parts: Parts) -> nodes.Period:
        lower, upper, unit = parts
        low, high = self._number(lower), self._number(upper)
        if low >= high:
            self._report(codes.BAD_NUMBER, _around([lower, upper]), f"a range goes up, and {low} to {high} does not", "write the smaller number first")
        return nodes.Period(low, UNITS[unit], upper=high, span=_around(parts))

    def at_once(self, parts: Parts) -> nodes.Period:
        return nodes.Period(0, Unit.DAY, span=span_of(parts[0]))

    def fact(self, parts: Parts) -> nodes.Fact:
        return nodes.Fact(_word(parts[0]), span=span_of(parts[0]))

    def compared(self, parts: Parts) -> nodes.Compared:
        return self._compared(parts, since=False)

    def since(self, parts: Parts) -> nodes.Compared:
        return self._compared(parts, since=True)

    def _compared(self, parts: Parts, *, since: bool) -> nodes.Compared:
        name, comparison, number, unit = parts
        found = UNITS[unit] if unit else None
        return nodes.Compared(_word(name), Comparison(comparison), self._number(number), found, since, span=_around(parts))

    def condition(self, parts: Parts) -> nodes.Condition:
        return parts[0]  # type: ignore[no-any-return]

    nested = condition

    def all_of(self, parts: Parts) -> nodes.AllOf:
        return nodes.AllOf(tuple(parts), span=_around(parts))

    def one_of(self, parts: Parts) -> nodes.OneOf:
        return nodes.OneOf(tuple(parts), span=_around(parts))

    # --- what a pattern cannot say -----------------------------------------------------------

    def _number(self, token: Token) -> int:
        if len(token) > len(str(MOST_OF_A_UNIT)):
            self._report(codes.BAD_NUMBER, span_of(token), "this number is too large", f"the largest is {MOST_OF_A_UNIT}")
            return MOST_OF_A_UNIT
        return int(token)

    def _day(self, token: Token) -> nodes.Day:
        try:
            value = date.fromisoformat(token)
        except ValueError:
            self._report(codes.NO_SUCH_DATE, span_of(token), f"there is no day `{token}`", f'if the original says so, write `hole date "{token}"`')
            value = date.min
        return nodes.Day(value, span=span_of(token))

    def _escape(self, match: re.Match[str], token: Token) -> str:
        known = _ESCAPES.get(match.group(1))
        if known is None:
            self._report(codes.BAD_ESCAPE, span_of(token), f"`{match.group()}` means nothing in a text", 'write `\\\\` for a backslash, `\\"` for a quote, `\\n` for a new line')
            return match.group()
        return known


def _label(token: Token) -> nodes.Word:
    return nodes.Word(str(token[:-1]), span=Span(token.start_pos or 0, (token.end_pos or 0) - 1))


def _statement_span(parts: Parts) -> Span:
    """Objects with `only` come as a tuple, to tell them from those without."""
    return _around([part[0] if isinstance(part, tuple) else part for part in parts])


def _clean(raw: str) -> str:
    """A long text without the indentation that its lines share, and without white space at its ends."""
    return "\n".join(line.rstrip() for line in cleandoc(raw).splitlines()).strip("\n")
