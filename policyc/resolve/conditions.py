"""Binds conditions: facts, numbers and times since events, joined by `and` and `or`."""

from __future__ import annotations

from attrs import define

from policyc.diagnostics.codes import names as codes
from policyc.model import values
from policyc.resolve.names import NameBinder
from policyc.resolve.scopes import BROKEN, Symbol
from policyc.resolve.wording import describe_kind
from policyc.syntax import nodes


def is_number(symbol: Symbol) -> bool:
    """Whether a fact is declared as a number."""
    return any(clause.key.text == "number" for clause in symbol.clauses)


@define(eq=False, repr=False)
class ConditionBinder:
    """Binds the conditions of one module's sentences."""

    names: NameBinder

    def condition(self, node: nodes.Value) -> values.Guard | None:
        """A bound guard; None (and a report) if a name in it does not fit."""
        match node:
            case nodes.Fact(word):
                symbol = self._fact(word, number=False)
                return values.Holds(symbol.qualified) if symbol else None
            case nodes.Compared():
                return self._time(node) if node.since else self._number(node)
            case nodes.AllOf(parts):
                found = self._parts(parts)
                return values.AllOf(found) if found else None
            case nodes.OneOf(parts):
                found = self._parts(parts)
                return values.OneOf(found) if found else None
        message = f"{node!r} is no condition"
        raise TypeError(message)

    def _parts(self, parts: tuple[nodes.Condition, ...]) -> tuple[values.Guard, ...]:
        """All parts; none if one of them does not fit."""
        found = [self.condition(part) for part in parts]
        kept = tuple(part for part in found if part is not None)
        return kept if len(kept) == len(found) else ()

    def _time(self, node: nodes.Compared) -> values.Guard | None:
        word = node.word
        symbol = self.names.lookup(word, ("event",))
        if symbol is None or symbol.kind == BROKEN:
            return None
        if symbol.kind != "event":
            message = f"`{word.text}` is {describe_kind(symbol.kind)}, and `since` takes an event"
            self.names.scope.report(codes.WRONG_KIND, word.span, message)
            return None
        return values.Compared(symbol.qualified, node.comparison, node.number, node.unit, since=True)

    def _number(self, node: nodes.Compared) -> values.Guard | None:
        symbol = self._fact(node.word, number=True)
        if symbol is None:
            return None
        if node.unit is not None:
            message = f"`{node.word.text}` is compared with a plain number"
            self.names.scope.report(codes.WRONG_FORM, node.span, message, "write no unit after the number")
            return None
        return values.Compared(symbol.qualified, node.comparison, node.number)

    def _fact(self, word: nodes.Word, *, number: bool) -> Symbol | None:
        report = self.names.scope.report
        symbol = self.names.lookup(word, ("fact",))
        if symbol is None or symbol.kind == BROKEN:
            return None
        if symbol.kind != "fact":
            since = f"write `since {word.text} above 30 days` for the time since it" if symbol.kind == "event" else None
            message = f"`{word.text}` is {describe_kind(symbol.kind)}, and a condition takes facts"
            report(codes.WRONG_KIND, word.span, message, since)
            return None
        if is_number(symbol) and not number:
            report(codes.WRONG_FORM, word.span, f"`{word.text}` is a number", "compare it: `below 16` or `above 15`")
            return None
        if number and not is_number(symbol):
            help_ = "write it alone: it holds or not"
            report(codes.WRONG_FORM, word.span, f"`{word.text}` is no number", help_)
            return None
        return symbol
