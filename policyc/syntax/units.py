"""Sentences as units: what stays together on a line, and where a unit may be wrapped if it is too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve, frozen

from policyc.language.clauses import rows_of
from policyc.language.words import Bound
from policyc.language.words import Unit as Time
from policyc.source.text import Span
from policyc.syntax import nodes
from policyc.syntax.texts import spell


@frozen
class Piece:
    """Words that are never parted, or a long text with its lines. `wraps`: it may start a new line."""

    lines: tuple[str, ...]
    wraps: bool = False

    def after(self, words: str) -> Piece:
        """The piece with words before it."""
        return evolve(self, lines=(f"{words} {self.lines[0]}", *self.lines[1:])) if words else self

    def followed_by(self, mark: str) -> Piece:
        """The piece with a mark at its end."""
        return evolve(self, lines=(*self.lines[:-1], self.lines[-1] + mark))


@frozen
class Unit:
    """The head of a sentence, or a clause and those that attach to it; and where it stands in the source."""

    pieces: tuple[Piece, ...]
    span: Span

    def joined(self, other: Unit) -> Unit:
        """Both as one unit; a new line may start before the other."""
        first, *others = other.pieces
        return Unit((*self.pieces, evolve(first, wraps=True), *others), Span(self.span.start, other.span.end))

    def after(self, words: str, start: int) -> Unit:
        """The unit with words before it, which start at an offset of the source."""
        return Unit((self.pieces[0].after(words), *self.pieces[1:]), Span(start, self.span.end))

    def followed_by(self, mark: str) -> Unit:
        """The unit with a mark at its end."""
        return Unit((*self.pieces[:-1], self.pieces[-1].followed_by(mark)), self.span)


# --- sentences -------------------------------------------------------------------------------


def sentence_units(
    item: nodes.Version | nodes.Import | nodes.Declaration | nodes.Statement | nodes.Rule | nodes.Prose,
) -> list[Unit]:
    """The units of a sentence, in its order; there is at least one."""
    if isinstance(item, nodes.Version):
        return [Unit((_words(f"language {item.number}"),), item.span)]
    if isinstance(item, nodes.Import):
        return _import(item)
    if isinstance(item, nodes.Declaration):
        return _declaration(item)
    if isinstance(item, nodes.Statement):
        return _statement(item)
    if isinstance(item, nodes.Rule):
        return list(_rule(item))
    return clauses_alone(item.label, item.clauses)


def clauses_alone(label: nodes.Word | None, clauses: tuple[nodes.Clause, ...]) -> list[Unit]:
    """The units of prose, or of the header of a group."""
    head = _clause(clauses[0])
    if label is not None:
        head = head.after(f"{label.text}:", label.span.start)
    return _with_clauses(head, clauses[1:])


def _import(item: nodes.Import) -> list[Unit]:
    names = [_words(f"{one.name.text} as {one.alias.text}" if one.alias else one.name.text) for one in item.names]
    path = _words("from " + ".".join(word.text for word in item.path))
    start = item.path[0].span.start
    head = Unit(_listed("import", names), Span(item.span.start, item.names[-1].span.end))
    return [head, Unit((path,), Span(start, item.span.end))]


def _declaration(item: nodes.Declaration) -> list[Unit]:
    """Here `including` and `exactly` are about what is declared, and attach to no list before them."""
    lead = f"{item.kind.text} {item.name.text}"
    end = item.label.span.end if item.label else item.name.span.end
    pieces = _texts(lead, item.label) if item.label else (_words(lead),)
    return [Unit(pieces, Span(item.span.start, end)), *map(_clause, item.clauses)]


def _statement(item: nodes.Statement) -> list[Unit]:
    label = f"{item.label.text}:" if item.label else ""
    lead = _spaced(label, item.mood, item.modality.text, item.verb.text)
    if item.objects is None:  # a hole stands for them
        head = _clause(item.clauses[0]).after(lead, item.span.start)
        return _with_clauses(head, item.clauses[1:])
    pieces = _value(_spaced(lead, "only" if item.only else None), item.objects)
    return _with_clauses(Unit(pieces, Span(item.span.start, item.objects.span.end)), item.clauses)


def _rule(item: nodes.Rule) -> Iterator[Unit]:
    lead = f"rule {item.name.text}"
    end = item.label.span.end if item.label else item.name.span.end
    yield Unit(_texts(lead, item.label) if item.label else (_words(lead),), Span(item.span.start, end))
    yield from map(_clause, item.clauses)
    for one in item.conditions:
        yield _demand("if", one)
    for one in item.demands:
        yield _demand("then" if item.conditions and one is item.demands[0] else "", one)


def _demand(lead: str, one: nodes.Demand) -> Unit:
    """A demand on a line; a new line may start before each clause, need and alternative."""
    pieces = list(_sought(lead, one))
    for other in one.alternatives:
        first, *others = _sought("or", other)
        pieces += [evolve(first, wraps=True), *others]
    return Unit(tuple(pieces), one.span)


def _sought(lead: str, one: nodes.Demand) -> Iterator[Piece]:
    yield from _pattern(_spaced(lead, one.quantifier.text), one.pattern)
    if one.needs:
        yield from _needs("has", one.needs)


def _needs(lead: str, one: nodes.Needs) -> Iterator[Piece]:
    parts = [_pattern("some", other) for other in one.others] or [_need("", need) for need in one.needs]
    for first, *others in parts:
        yield evolve(first.after(lead), wraps=True)
        yield from others
        lead = "or" if one.is_any or one.others else "and"


def _pattern(lead: str, one: nodes.Pattern) -> tuple[Piece, ...]:
    head = ", ".join(word.text for word in one.heads)
    lead = _spaced(lead, one.mood, one.modality.text if one.modality else None, head)
    pieces = list(_value(lead, one.objects) if one.objects else (_words(lead),))
    for clause in one.clauses:
        first, *others = _clause(clause).pieces
        pieces += [evolve(first, wraps=True), *others]
    return (*pieces, *(_needs("that has", one.having) if one.having else ()))


def _need(lead: str, need: nodes.Need) -> tuple[Piece, ...]:
    if isinstance(need, nodes.Counted):
        return (_words(_spaced(lead, need.bound.value, str(need.number), need.word.text)),)
    if isinstance(need, nodes.Noun):
        return (_words(_spaced(lead, need.word.text)),)
    first, *others = _clause(need).pieces
    return (first.after(lead), *others)


def _with_clauses(head: Unit, clauses: Iterable[nodes.Clause]) -> list[Unit]:
    units = [head]
    for clause in clauses:
        if any(row.attaches for row in rows_of(clause.key.text)):
            units[-1] = units[-1].joined(_clause(clause))
        else:
            units.append(_clause(clause))
    return units


def _clause(clause: nodes.Clause) -> Unit:
    lead = _spaced("only" if clause.only else None, clause.key.text)
    return Unit(_value(lead, clause.value), clause.span)


# --- values ----------------------------------------------------------------------------------


def _value(lead: str, value: nodes.Value) -> tuple[Piece, ...]:
    """A value with the words before it."""
    if isinstance(value, nodes.Names):
        return _listed(_spaced(lead, value.quantifier), [_words(_name(word)) for word in value.words])
    if isinstance(value, nodes.Texts):
        return _texts(lead, value)
    if isinstance(value, nodes.Tagged):
        return _listed(lead, [_text(tag.text).after(tag.word.text) for tag in value.tags])
    if isinstance(value, nodes.AllOf | nodes.OneOf):
        return _joined_by_word(lead, value)
    if isinstance(value, nodes.Nothing):
        return (_words(lead),)
    if isinstance(value, nodes.Day):
        return (_words(f"{lead} {value.value.isoformat()}"),)
    return (_words(_period(value) if isinstance(value, nodes.Period) else _condition(value)).after(lead),)


def _listed(lead: str, items: list[Piece]) -> tuple[Piece, ...]:
    """Items with commas between them; a new line may start after each comma."""
    return _following(lead, [*(item.followed_by(",") for item in items[:-1]), items[-1]])


def _following(lead: str, pieces: list[Piece]) -> tuple[Piece, ...]:
    first, *others = pieces
    return (first.after(lead), *(evolve(piece, wraps=True) for piece in others))


def _texts(lead: str, value: nodes.Texts) -> tuple[Piece, ...]:
    """Texts with commas between them; a new line may start after each comma, and before each translation."""
    pieces: list[Piece] = []
    for text in value.texts:
        if pieces:
            pieces[-1] = pieces[-1].followed_by(",")
        pieces.append(_text(text))
        pieces += [Piece(spell(other.value)).after(f"{other.language.text}:") for other in text.translations]
    return _following(lead, pieces)


def _joined_by_word(lead: str, value: nodes.AllOf | nodes.OneOf) -> tuple[Piece, ...]:
    """Parts of a condition; a new line may start before each `and` or `or`."""
    first, *others = (_words(_in_parentheses(part)) for part in value.parts)
    return (first.after(lead), *(evolve(part.after(_joint(value)), wraps=True) for part in others))


def _condition(value: nodes.Condition) -> str:
    if isinstance(value, nodes.Fact):
        return value.word.text
    if isinstance(value, nodes.Compared):
        since = "since" if value.since else None
        unit = _unit(value.number, value.unit) if value.unit else None
        return _spaced(since, value.word.text, value.comparison.value, str(value.number), unit)
    return f" {_joint(value)} ".join(_in_parentheses(part) for part in value.parts)


def _in_parentheses(part: nodes.Condition) -> str:
    return f"({_condition(part)})" if isinstance(part, nodes.AllOf | nodes.OneOf) else _condition(part)


def _joint(value: nodes.AllOf | nodes.OneOf) -> str:
    return "and" if isinstance(value, nodes.AllOf) else "or"


def _period(period: nodes.Period) -> str:
    if period.upper is not None:
        return f"{period.number} to {period.upper} {_unit(period.upper, period.unit)}"
    if period.number == 0 and period.bound is Bound.EXACT:
        return "at once"
    return _spaced(period.bound.value, str(period.number), _unit(period.number, period.unit))


def _unit(number: int, unit: Time) -> str:
    return unit.value if number == 1 else f"{unit.value}s"


def _name(word: nodes.Word) -> str:
    return f"other of {word.text}" if word.other else word.text


def _text(text: nodes.Text) -> Piece:
    return Piece(spell(text.value))


def _words(words: str) -> Piece:
    return Piece((words,))


def _spaced(*words: str | None) -> str:
    return " ".join(word for word in words if word)
