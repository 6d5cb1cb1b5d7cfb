"""Binds names: each to what it names, and to the row of the clause table that it fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import define

from policyc.diagnostics.codes import names as codes
from policyc.diagnostics.near import near
from policyc.language.clauses import ANY_KIND, Clause, rows_of
from policyc.language.kinds import KINDS
from policyc.language.words import QUANTIFIERS
from policyc.model import values
from policyc.resolve.bound import Bound
from policyc.resolve.library import in_library, library_names
from policyc.resolve.scopes import BROKEN, Scope, Symbol
from policyc.resolve.wording import STATEMENT, describe_kind, meant, other_key, quoted, takes
from policyc.source.text import Span
from policyc.syntax import nodes

_LISTED: Final = 20
"""How many closed words a help lists."""

_ORDERED: Final = ("event", "until")
"""Of these `any` is the first and `all` the last; a statement with several has to say which."""

_WHICH: Final = "write `any` for the first of them, `all` for the last"

LISTS: Final = frozenset(
    {"parents", "including", "excluding", "exactly", "implies", "controllers", "except", "despite", "subject_to"}
)
"""Fields whose names mean themselves and not what lies below them: neither `any` nor `excluding` fits them."""


def quantifier_span(value: nodes.Names) -> Span:
    """Where the quantifier of a list stands."""
    return Span(value.span.start, value.span.start + len(value.quantifier or ""))


def _words_of(key: str) -> frozenset[str]:
    """All closed words that can stand after a key, whatever the verb."""
    return frozenset(word for row in rows_of(key) for word in row.words)


@define(eq=False, repr=False)
class NameBinder:
    """Binds the names of one module's sentences."""

    scope: Scope

    def names(self, bound: Bound, rows: Sequence[Clause], value: nodes.Names) -> list[tuple[Clause, values.Value]]:
        """Each name goes to the first row that takes its word or its kind."""
        found: dict[str, list[str]] = {}
        for word in value.words:
            hit = self.route(bound, rows, word)
            if hit is None:
                bound.sound = False
            else:
                row, name = hit
                found.setdefault(row.field, []).append(name)
                bound.spans.setdefault((row.field, name), word.span)
        result: list[tuple[Clause, values.Value]] = []
        for row in rows:
            names = tuple(found.get(row.field, ()))
            if names:
                self._check_quantifier(row, value)
                if (
                    row.field in _ORDERED
                    and len(names) > 1
                    and value.quantifier is None
                    and not (bound.own_kind or bound.is_pattern)
                ):
                    message = f"`{row.key}` names several events, and not which of them counts"
                    self.scope.report(codes.WRONG_FORM, value.span, message, _WHICH)
                is_closed = row.words and not row.kinds
                quantifier = QUANTIFIERS[value.quantifier] if value.quantifier else None
                result.append((row, values.Words(names) if is_closed else values.Terms(names, quantifier)))
        return result

    def _check_quantifier(self, row: Clause, value: nodes.Names) -> None:
        quantifier = value.quantifier
        if quantifier is None:
            return
        help_ = "delete it"
        if row.field in _ORDERED and quantifier == "some of":
            help_ = _WHICH
        elif row.field not in LISTS and not (row.words and not row.kinds):
            return
        message = f"`{quantifier}` cannot stand before {row.takes}"
        self.scope.report(codes.WRONG_FORM, quantifier_span(value), message, help_)

    def route(self, bound: Bound, rows: Sequence[Clause], word: nodes.Word) -> tuple[Clause, str] | None:
        """The row that a name belongs to, with the closed word or qualified name; None (and a report) if none fits."""
        if word.other:
            self.scope.report(
                codes.WRONG_FORM, word.span, "`other of` stands in questions only", "name the term itself"
            )
            return None
        words = tuple(known for row in rows for known in row.words)
        if word.text in words:
            return next(row for row in rows if word.text in row.words), word.text
        kinds = self._kinds(bound, rows)
        if not kinds:
            self.unknown_word(word, rows)
            return None
        if word.text not in self.scope.names and word.text in _words_of(rows[0].key):
            message = f"`{word.text}` is not a word that can stand here"
            self.scope.report(codes.UNKNOWN_WORD, word.span, message, f"`{rows[0].key}` takes {takes(rows)} here")
            return None
        return self._declared(bound, rows, kinds, word)

    def _declared(
        self, bound: Bound, rows: Sequence[Clause], kinds: tuple[str, ...], word: nodes.Word
    ) -> tuple[Clause, str] | None:
        """The row that takes the kind of a declared name, with the qualified name."""
        symbol = self.lookup(word, kinds, tuple(known for row in rows for known in row.words))
        if symbol is None or symbol.kind == BROKEN:
            return None
        for row in rows:
            if symbol.kind in row.kinds or (ANY_KIND in row.kinds and symbol.kind in kinds):
                return row, symbol.qualified
        self._wrong_kind(bound, rows, kinds, word, symbol.kind)
        return None

    def _kinds(self, bound: Bound, rows: Sequence[Clause]) -> tuple[str, ...]:
        """The kinds of names that rows take; in declarations “of the same kind” is a kind."""
        kinds = tuple(kind for row in rows for kind in row.kinds)
        if ANY_KIND not in kinds:
            return kinds
        return (bound.own_kind,) if bound.own_kind else tuple(KINDS)

    def _wrong_kind(
        self, bound: Bound, rows: Sequence[Clause], kinds: tuple[str, ...], word: nodes.Word, kind: str
    ) -> None:
        said = describe_kind(kinds[0]) if ANY_KIND in rows[0].kinds else takes(rows)
        message = f"`{word.text}` is {describe_kind(kind)}, and `{rows[0].key}` takes {said}"
        self.scope.report(codes.WRONG_KIND, word.span, message, other_key(kind, bound.allowed, rows[0].key))

    def lookup(self, word: nodes.Word, kinds: tuple[str, ...], words: tuple[str, ...] = ()) -> Symbol | None:
        """The symbol of a name; reports a name that is not known."""
        symbol = self.scope.names.get(word.text)
        self.scope.used.add(word.text)
        if symbol is None:
            to_import = in_library(word.text, kinds)
            close = None if to_import else self.scope.near(word.text, kinds)
            is_label = kinds == (STATEMENT,)
            what = "label of a statement" if is_label else "name"
            otherwise = "put it before a statement, with a colon" if is_label else "declare it, or import it"
            help_ = to_import or (f"did you mean `{close}`?" if close else meant(word.text, words))
            help_ = help_ or _near_in_library(word.text, kinds) or otherwise
            self.scope.report(codes.UNKNOWN_NAME, word.span, f"there is no {what} `{word.text}`", help_)
        return symbol

    def unknown_word(self, word: nodes.Word, rows: Sequence[Clause]) -> None:
        """Report a word that is none of the closed words of these rows."""
        words = tuple(known for row in rows for known in row.words)
        help_ = meant(word.text, words, f"it takes {quoted(words) if len(words) <= _LISTED else takes(rows)}")
        self.scope.report(codes.UNKNOWN_WORD, word.span, f"`{word.text}` is not a word that can stand here", help_)


def _near_in_library(name: str, kinds: tuple[str, ...]) -> str | None:
    known = [one for one, places in library_names().items() if any(kind in kinds for kind, _ in places)]
    close = near(name, known)
    return f"did you mean `{close}`? {in_library(close, kinds)}" if close else None
