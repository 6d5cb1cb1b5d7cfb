"""What the rules of the grammar become: nodes, from the engine or from Lark's tree.

Each method is named after a rule of the grammar or its alias, and gets what the rule's parts became.
What a pattern cannot exclude (a date that is none, a number too large) is reported in `found`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from attrs import define, evolve, field

from policyc.diagnostics.codes import syntax as codes
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import MOST_OF_A_UNIT, UNITS, Bound, Comparison, Unit
from policyc.source.text import Source, Span
from policyc.syntax import nodes
from policyc.syntax.texts import bad_escape, meaning
from policyc.syntax.tokens import Token

if TYPE_CHECKING:
    from policyc.diagnostics.code import Code

_ESCAPES_HELP: Final = 'write `\\\\` for a backslash, `\\"` for a quote, `\\n` for a new line'

Parts = list[Any]


@define(eq=False, repr=False)
class ToNodes:
    """Builds the nodes of a source, or of a part of it that starts at an offset."""

    source: Source
    offset: int = 0
    found: list[Diagnostic] = field(factory=list)

    # --- sentences ---------------------------------------------------------------------------

    def document(self, parts: Parts) -> nodes.Document:
        return nodes.Document(tuple(parts), span=Span(0, len(self.source.text)))

    def version(self, parts: Parts) -> nodes.Version:
        return nodes.Version(self._number(parts[1]), span=self._across(parts))

    def import_(self, parts: Parts) -> nodes.Import:
        _, *names, path = parts
        return nodes.Import(tuple(names), path, span=self._across([parts[0], path[-1]]))

    def imported(self, parts: Parts) -> nodes.Imported:
        name, alias = parts
        return nodes.Imported(self._word(name), self._word(alias) if alias else None, span=self._across(parts))

    def path(self, parts: Parts) -> tuple[nodes.Word, ...]:
        return tuple(self._word(part) for part in parts)

    def declaration(self, parts: Parts) -> nodes.Declaration:
        kind, name, label, *clauses = parts
        return nodes.Declaration(self._word(kind), self._word(name), label, tuple(clauses), span=self._across(parts))

    def statement(self, parts: Parts) -> nodes.Statement:
        label, mood, modality, verb, (only, objects), *clauses = parts
        span = self._across([label, mood, modality, verb, objects, *clauses])
        if isinstance(objects, nodes.Clause):  # a hole stands for them
            objects, clauses = None, [objects, *clauses]
        return nodes.Statement(
            self._label(label),
            _spaced_once(mood) if mood else None,
            self._word(modality),
            self._word(verb),
            objects,
            only is not None,
            tuple(clauses),
            span=span,
        )

    # --- rules -------------------------------------------------------------------------------

    def rule(self, parts: Parts) -> nodes.Rule:
        _, name, label, *rest = parts
        clauses = tuple(part for part in rest if isinstance(part, nodes.Clause))
        demands = tuple(part for part in rest if isinstance(part, nodes.Demand))
        conditions = next((part for part in rest if isinstance(part, tuple)), ())
        return nodes.Rule(self._word(name), label, clauses, conditions, demands, span=self._across(parts))

    def conditions(self, parts: Parts) -> tuple[nodes.Demand, ...]:
        return tuple(parts)

    def demand(self, parts: Parts) -> nodes.Demand:
        quantifier, pattern, needs = parts
        return nodes.Demand(self._word(quantifier), pattern, needs, span=self._across(parts))

    def either(self, parts: Parts) -> nodes.Demand:
        first: nodes.Demand = parts[0]
        others = parts[1:]
        return evolve(first, alternatives=tuple(others), span=self._across(parts))

    def seek(self, parts: Parts) -> nodes.Demand:
        quantifier, pattern = parts
        return nodes.Demand(self._word(quantifier), pattern, None, span=self._across(parts))

    def pattern(self, parts: Parts) -> nodes.Pattern:
        pattern: nodes.Pattern = parts[0]
        having = parts[1]
        return evolve(pattern, having=having, span=self._across(parts)) if having else pattern

    def plain_pattern(self, parts: Parts) -> nodes.Pattern:
        mood, modality, heads, objects, *clauses = parts
        return nodes.Pattern(
            _spaced_once(mood) if mood else None,
            self._word(modality) if modality else None,
            heads.words,
            objects,
            tuple(clauses),
            span=self._across(parts),
        )

    def heads(self, parts: Parts) -> nodes.Names:
        return self.sought(parts)

    def sought(self, parts: Parts) -> nodes.Names:
        return nodes.Names(tuple(self._word(part) for part in parts), span=self._across(parts))

    def all_needs(self, parts: Parts) -> nodes.Needs:
        return nodes.Needs(tuple(parts), span=self._across(parts))

    def one_need(self, parts: Parts) -> nodes.Needs:
        return nodes.Needs(tuple(parts), is_any=True, span=self._across(parts))

    def another(self, parts: Parts) -> nodes.Needs:
        patterns = tuple(part for part in parts if isinstance(part, nodes.Pattern))
        return nodes.Needs((), others=patterns, span=self._across(parts))

    def noun(self, parts: Parts) -> nodes.Noun:
        return nodes.Noun(self._word(parts[0]), span=self._across(parts))

    def counted(self, parts: Parts) -> nodes.Counted:
        bound, number, word = parts
        limit = Bound(_spaced_once(bound))
        return nodes.Counted(limit, self._number(number), self._word(word), span=self._across(parts))

    # --- the author's own words, and groups ----------------------------------------------------

    def prose(self, parts: Parts) -> nodes.Prose:
        label, clauses = parts[0]
        return nodes.Prose(label, clauses, span=self._across([label, *clauses]))

    def group(self, parts: Parts) -> nodes.Group:
        (label, clauses), _, *items, brace = parts
        return nodes.Group(label, clauses, tuple(items), span=self._across([label, *clauses, brace]))

    def header(self, parts: Parts) -> tuple[nodes.Word | None, tuple[nodes.Clause, ...]]:
        return parts[0]  # type: ignore[no-any-return]

    def clauses(self, parts: Parts) -> tuple[nodes.Word | None, tuple[nodes.Clause, ...]]:
        label, *clauses = parts
        return self._label(label), tuple(clauses)

    def objects(self, parts: Parts) -> tuple[Token | None, nodes.Names | nodes.Texts | nodes.Clause]:
        *only, found = parts
        return (only[0] if only else None), found

    # --- clauses -----------------------------------------------------------------------------

    def clause(self, parts: Parts) -> nodes.Clause:
        only, clause = parts
        return nodes.Clause(clause.key, clause.value, only=True, span=self._across(parts)) if only else clause

    def keyed(self, parts: Parts) -> nodes.Clause:
        key, value = parts
        return nodes.Clause(self._word(key), value, span=self._across(parts))

    hole = keyed

    def bare_period(self, parts: Parts) -> nodes.Clause:
        period = parts[0]
        return nodes.Clause(nodes.Word("", span=Span(period.span.start, period.span.start)), period, span=period.span)

    def flag(self, parts: Parts) -> nodes.Clause:
        word = self._word(parts[0])
        return nodes.Clause(word, nodes.Nothing(span=word.span), span=word.span)

    # --- values ------------------------------------------------------------------------------

    def names(self, parts: Parts) -> nodes.Names:
        quantifier, *words = parts
        return nodes.Names(tuple(words), _spaced_once(quantifier) if quantifier else None, span=self._across(parts))

    def name(self, parts: Parts) -> nodes.Word:
        return self._word(parts[0])

    def other_of(self, parts: Parts) -> nodes.Word:
        return nodes.Word(str(parts[1]), other=True, span=self._across(parts))

    def texts(self, parts: Parts) -> nodes.Texts:
        return nodes.Texts(tuple(parts), span=self._across(parts))

    def text(self, parts: Parts) -> nodes.Text:
        quoted, *translations = parts
        return nodes.Text(self._meaning(quoted), tuple(translations), span=self._across(parts))

    def translation(self, parts: Parts) -> nodes.Translation:
        label, quoted = parts
        place = self._place(label)
        language = nodes.Word(str(label[:-1]), span=Span(place.start, place.end - 1))
        return nodes.Translation(language, self._meaning(quoted), span=self._across(parts))

    def _meaning(self, quoted: Token) -> str:
        span = self._place(quoted)
        bad = bad_escape(quoted)
        if bad is not None:
            place = Span(span.start + bad.start(), span.start + bad.end())
            what = "a backslash at the end of a line" if bad.group(1) == "\n" else f"`{bad.group()}`"
            self._report(codes.BAD_ESCAPE, place, f"{what} means nothing in a text", _ESCAPES_HELP)
        return meaning(quoted)

    def tagged(self, parts: Parts) -> nodes.Tagged:
        return nodes.Tagged(tuple(parts), span=self._across(parts))

    def tag(self, parts: Parts) -> nodes.Tag:
        word, quoted = parts
        text = nodes.Text(self._meaning(quoted), span=self._place(quoted))
        return nodes.Tag(self._word(word), text, span=self._across(parts))

    def day(self, parts: Parts) -> nodes.Day:
        token, span = parts[0], self._across(parts)
        try:
            return nodes.Day(date.fromisoformat(token), span=span)
        except ValueError:
            help_ = f'write a day of the calendar; if the original says so, `hole date "{token}"`'
            self._report(codes.NO_SUCH_DATE, span, f"there is no day `{token}`", help_)
            return nodes.Day(date.min, span=span)

    def limited(self, parts: Parts) -> nodes.Period:
        bound, number, unit = parts
        count, span = self._number(number), self._across(parts)
        if count == 0 and not bound:
            return nodes.Period(0, Unit.DAY, span=span)
        limit = Bound(_spaced_once(bound)) if bound else Bound.EXACT
        return nodes.Period(count, UNITS[unit], limit, span=span)

    def ranged(self, parts: Parts) -> nodes.Period:
        lower, upper, unit = parts
        low, high = self._number(lower), self._number(upper)
        if low >= high:
            message = f"a range goes up, and {low} to {high} does not"
            self._report(codes.BAD_NUMBER, self._across([lower, upper]), message, "write the smaller number first")
        return nodes.Period(low, UNITS[unit], upper=high, span=self._across(parts))

    def at_once(self, parts: Parts) -> nodes.Period:
        return nodes.Period(0, Unit.DAY, span=self._across(parts))

    # --- conditions --------------------------------------------------------------------------

    def fact(self, parts: Parts) -> nodes.Fact:
        return nodes.Fact(self._word(parts[0]), span=self._across(parts))

    def compared(self, parts: Parts) -> nodes.Compared:
        return self._compared(parts, self._across(parts), since=False)

    def since(self, parts: Parts) -> nodes.Compared:
        return self._compared(parts[1:], self._across(parts), since=True)

    def _compared(self, parts: Parts, span: Span, *, since: bool) -> nodes.Compared:
        name, comparison, number, unit = parts
        length = UNITS[unit] if unit else None
        return nodes.Compared(self._word(name), Comparison(comparison), self._number(number), length, since, span=span)

    def all_of(self, parts: Parts) -> nodes.AllOf:
        return nodes.AllOf(tuple(parts), span=self._across(parts))

    def one_of(self, parts: Parts) -> nodes.OneOf:
        return nodes.OneOf(tuple(parts), span=self._across(parts))

    # --- tokens ------------------------------------------------------------------------------

    def _word(self, token: Token) -> nodes.Word:
        return nodes.Word(_spaced_once(token), span=self._place(token))

    def _label(self, token: Token | None) -> nodes.Word | None:
        if token is None:
            return None
        place = self._place(token)
        return nodes.Word(str(token[:-1]), span=Span(place.start, place.end - 1))

    def _number(self, token: Token) -> int:
        digits = token.lstrip("0")
        if len(digits) > len(str(MOST_OF_A_UNIT)):
            help_ = f"the largest number is {MOST_OF_A_UNIT}"
            self._report(codes.BAD_NUMBER, self._place(token), "this number is too large", help_)
            return MOST_OF_A_UNIT
        return int(digits or "0")

    def _place(self, token: Token) -> Span:
        return Span(self.offset + token.start_pos, self.offset + token.end_pos)

    def _across(self, parts: Parts) -> Span:
        """From the first part to the last; a part that the author left out is None."""
        first: Any = parts[0]
        last: Any = parts[-1]
        if first is None or last is None:
            there = [part for part in parts if part is not None]
            first, last = there[0], there[-1]
        # What is no node is a token, the engine's or Lark's.
        start = self.offset + first.start_pos if isinstance(first, str) else first.span.start  # type: ignore[attr-defined]
        end = self.offset + last.end_pos if isinstance(last, str) else last.span.end  # type: ignore[attr-defined]
        return Span(start, end)

    def _report(self, code: Code, span: Span, message: str, help_: str) -> None:
        self.found.append(Diagnostic.at(code, self.source, span, message, help=help_))


def _spaced_once(token: Token) -> str:
    return " ".join(token.split()) if " " in token else str(token)
