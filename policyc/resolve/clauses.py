"""Binds clauses: each goes to the row of the table that it fits, and its names to what they name.

Values of bound clauses are the model's, with qualified names in the place of ids (`finish` in build.py
puts the policy's own ids in).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import define, evolve, field

from policyc.diagnostics.code import Code
from policyc.diagnostics.codes import names as codes
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.diagnostics.near import near
from policyc.language.clauses import ANY_KIND, CLAUSES, HOLES, OBJECT_HOLE, ONLY_GROUPS, Clause, Form, rows_of
from policyc.language.kinds import KINDS
from policyc.language.verbs import VERBS
from policyc.model import values
from policyc.resolve.scopes import BROKEN, STATEMENT, Scope, Symbol
from policyc.source.text import Span
from policyc.syntax import nodes

_FORMS: Final[Mapping[type, Form]] = {
    nodes.Names: Form.NAMES,
    nodes.Texts: Form.TEXTS,
    nodes.Tagged: Form.TAGGED,
    nodes.Period: Form.PERIOD,
    nodes.Day: Form.DATE,
    nodes.Nothing: Form.FLAG,
}

OBJECTS: Final = ""
"""Stands for the objects where a field is asked for."""

_AN: Final = "aeiou"


def a(word: str) -> str:
    """The word with its article."""
    return f"an {word}" if word[0] in _AN else f"a {word}"


def describe_kind(kind: str) -> str:
    """A kind in words, with its article: "a legal basis", "people"."""
    if kind == STATEMENT:
        return "a statement"
    return {"subject": "people", "data": "data"}.get(kind) or a(kind.replace("_", " "))


@define
class Bound:
    """What a sentence's clauses came to. `origin` says which fields came from which group, or from itself."""

    owner: str
    allowed: frozenset[str]
    object_field: str | None = None
    own_kind: str | None = None
    fields: dict[str, values.Value] = field(factory=dict)
    only: list[str] = field(factory=list)
    holes: list[tuple[str, str]] = field(factory=list)
    origin: dict[str, object] = field(factory=dict)
    last: str | None = None
    objects: values.Value | None = None
    sound: bool = True


@define
class ClauseBinder:
    """Binds the clauses of one module's sentences and collects what is wrong."""

    scope: Scope
    found: list[Diagnostic]

    def report(self, code: Code, span: Span, message: str, help_: str | None = None) -> None:
        """Add a diagnostic, once: a group's clause is bound anew for every sentence inside."""
        one = Diagnostic.at(code, self.scope.module.source, span, message, help=help_)
        if one not in self.found:
            self.found.append(one)

    def bind(self, bound: Bound, clauses: Iterable[nodes.Clause], origin: object) -> None:
        """Put clauses that stand together (in one group's header, or in one sentence) into `bound`."""
        for clause in clauses:
            if clause.key.text not in ONLY_GROUPS:
                self._clause(bound, clause, origin)

    def _clause(self, bound: Bound, clause: nodes.Clause, origin: object) -> None:
        key = clause.key.text
        rows = [row for row in rows_of(key) if row.field in bound.allowed]
        if not rows:
            known = rows_of(key)
            shown = f"`{key}`" if key else "a period"
            if known and known[0].attaches:
                self._attach(bound, known[0], clause)
                return
            self.report(codes.CLAUSE_NOT_TAKEN, clause.key.span if key else clause.span, f"{bound.owner} takes no {shown}", _who_takes(key))
            bound.sound = False
            return
        form = _FORMS.get(type(clause.value), Form.GUARD)
        fitting = [row for row in rows if _takes_form(row, form)]
        if not fitting:
            self.report(codes.WRONG_FORM, clause.value.span, f"`{key}` takes {takes(rows)}")
            bound.sound = False
            return
        before = set(bound.fields)
        for row, value in self._values(bound, fitting, clause):
            self._store(bound, row, value, clause, origin, before)
            if clause.only:
                bound.only.append(row.field)

    def _store(self, bound: Bound, row: Clause, value: values.Value, clause: nodes.Clause, origin: object, before: set[str]) -> None:
        name = row.field
        bound.last = name if isinstance(value, values.Terms) else None
        old = bound.fields.get(name) if name in before else None
        if old is None:
            bound.fields[name] = value
            bound.origin[name] = origin
        elif row.joins:
            bound.fields[name] = join(old, value)
        elif row.form is Form.GUARD and bound.origin[name] is not origin:
            both = values.AllOf if name == "when" else values.OneOf
            bound.fields[name] = both((_guard(old), _guard(value)))
            bound.origin[name] = origin
        else:
            where = "here" if bound.origin[name] is origin else "in the group around"
            shown = f"`{clause.key.text}`" if clause.key.text else "a period"
            help_ = "put all names into one clause" if row.form is Form.NAMES else "keep one of them"
            self.report(codes.REPEATED_CLAUSE, clause.key.span if clause.key.text else clause.span, f"{shown} stands twice: it is also {where}", help_)

    # --- values ------------------------------------------------------------------------------

    def _values(self, bound: Bound, rows: Sequence[Clause], clause: nodes.Clause) -> list[tuple[Clause, values.Value]]:
        value = clause.value
        match value:
            case nodes.Names():
                return self.names(bound, rows, value)
            case nodes.Texts():
                return [(rows[0], values.Texts(tuple(text.value for text in value.texts)))]
            case nodes.Tagged():
                return self._tags(bound, rows[0], value)
            case nodes.Period():
                return [(rows[0], values.Period(value.number, value.unit, value.bound, value.upper))]
            case nodes.Day():
                return [(rows[0], values.Day(value.value))]
            case nodes.Nothing():
                return [(rows[0], values.Flag())]
            case _:
                guard = self.guard(value)
                bound.sound &= guard is not None
                return [(rows[0], guard)] if guard is not None else []

    def names(self, bound: Bound, rows: Sequence[Clause], value: nodes.Names) -> list[tuple[Clause, values.Value]]:
        """Each name goes to the first row that takes its word or its kind."""
        if rows[0].field == "holes":
            return self._bare_holes(bound, value)
        found: dict[str, list[str]] = {}
        for word in value.words:
            hit = self._route(bound, rows, word)
            if hit is None:
                bound.sound = False
            else:
                row, name = hit
                found.setdefault(row.field, []).append(name)
        result: list[tuple[Clause, values.Value]] = []
        for row in rows:
            names = tuple(found.get(row.field, ()))
            if names and row.words and not row.kinds:
                if value.quantifier:
                    self.report(codes.WRONG_FORM, value.span, f"`{value.quantifier}` cannot stand before {row.takes}", "delete it")
                result.append((row, values.Words(names)))
            elif names:
                result.append((row, values.Terms(names, value.quantifier)))
        return result

    def _route(self, bound: Bound, rows: Sequence[Clause], word: nodes.Word) -> tuple[Clause, str] | None:
        if word.other:
            self.report(codes.WRONG_FORM, word.span, "`other of` stands in questions only", "name the term itself")
            return None
        for row in rows:
            if word.text in row.words:
                return row, word.text
        kinds = tuple(kind for row in rows for kind in row.kinds)
        if ANY_KIND in kinds:
            kinds = (bound.own_kind,) if bound.own_kind else tuple(KINDS)
        if not kinds:
            words = tuple(known for row in rows for known in row.words)
            self._unknown_word(word, words)
            return None
        symbol = self.lookup(word, kinds, tuple(known for row in rows for known in row.words))
        if symbol is None:
            return None
        for row in rows:
            if symbol.kind in row.kinds or (ANY_KIND in row.kinds and symbol.kind in kinds):
                return row, symbol.qualified
        if symbol.kind != BROKEN:
            said = takes(rows) if ANY_KIND not in rows[0].kinds else describe_kind(kinds[0])
            key = rows[0].key
            self.report(codes.WRONG_KIND, word.span, f"`{word.text}` is {describe_kind(symbol.kind)}, and `{key}` takes {said}", _other_key(symbol.kind, bound.allowed, key))
        return None

    def lookup(self, word: nodes.Word, kinds: tuple[str, ...], words: tuple[str, ...] = ()) -> Symbol | None:
        """The symbol of a name; reports a name that is not known."""
        symbol = self.scope.names.get(word.text)
        if symbol is None:
            close = self.scope.near(word.text, kinds) or near(word.text, words)
            what = "label of a statement" if kinds == (STATEMENT,) else "name"
            help_ = f"did you mean `{close}`?" if close else ("put it before a statement, with a colon" if kinds == (STATEMENT,) else "declare it, or import it")
            self.report(codes.UNKNOWN_NAME, word.span, f"there is no {what} `{word.text}`", help_)
        return symbol

    def _unknown_word(self, word: nodes.Word, words: tuple[str, ...]) -> None:
        close = near(word.text, words)
        help_ = f"did you mean `{close}`?" if close else "it takes " + ", ".join(f"`{known}`" for known in words)
        self.report(codes.UNKNOWN_WORD, word.span, f"`{word.text}` is not a word that can stand here", help_)

    def _tags(self, bound: Bound, row: Clause, value: nodes.Tagged) -> list[tuple[Clause, values.Value]]:
        if row.field == "holes":
            for tag in value.tags:
                self._hole(bound, tag.word, tag.text.value)
            return []
        pairs = []
        for tag in value.tags:
            if tag.word.text in row.words:
                pairs.append((tag.word.text, tag.text.value))
            else:
                self._unknown_word(tag.word, row.words)
                bound.sound = False
        return [(row, values.Tags(tuple(pairs)))] if pairs else []

    def _bare_holes(self, bound: Bound, value: nodes.Names) -> list[tuple[Clause, values.Value]]:
        for word in value.words:
            self._hole(bound, word, "")
        return []

    def _hole(self, bound: Bound, word: nodes.Word, words: str) -> None:
        name = HOLES.get(word.text)
        if name is None:
            close = near(word.text, HOLES)
            help_ = f"did you mean `{close}`?" if close else "write what is missing: `purpose`, `recipient`, `period`, `date`, `basis` …"
            self.report(codes.UNKNOWN_WORD, word.span, f"`{word.text}` is nothing that can be missing", help_)
            bound.sound = False
            return
        if name == OBJECT_HOLE and bound.object_field:
            name = bound.object_field
        bound.holes.append((name, words))

    def _attach(self, bound: Bound, row: Clause, clause: nodes.Clause) -> None:
        """`excluding`, `including` and `exactly` change the list of names before them."""
        target = bound.objects if bound.last == OBJECTS else bound.fields.get(bound.last or "?")
        if not isinstance(target, values.Terms) or not isinstance(clause.value, nodes.Names) or row.field == "exactly" or clause.only:
            self.report(codes.CLAUSE_NOT_TAKEN, clause.key.span, f"`{row.key}` has no list of names before it to belong to", "put it right after the names")
            bound.sound = False
            return
        hits = [self._route(bound, [row], word) for word in clause.value.words]
        bound.sound &= None not in hits
        names = tuple(hit[1] for hit in hits if hit)
        changed = evolve(target, excluding=target.excluding + names) if row.field == "excluding" else evolve(target, including=target.including + names)
        if bound.last == OBJECTS:
            bound.objects = changed
        else:
            bound.fields[bound.last or ""] = changed

    def guard(self, node: nodes.Condition | nodes.Value) -> values.Guard | None:
        """A bound guard; None (and a report) if a name in it does not fit."""
        match node:
            case nodes.Fact(word):
                symbol = self._fact(word, number=False)
                return values.Holds(symbol.qualified) if symbol else None
            case nodes.Compared():
                return self._compared(node)
            case nodes.AllOf(parts) | nodes.OneOf(parts):
                bound = [self.guard(part) for part in parts]
                kept = tuple(part for part in bound if part is not None)
                both = values.AllOf if isinstance(node, nodes.AllOf) else values.OneOf
                return both(kept) if len(kept) == len(bound) else None
        return None

    def _compared(self, node: nodes.Compared) -> values.Guard | None:
        if node.since:
            symbol = self.lookup(node.word, ("event",))
            if symbol is not None and symbol.kind not in ("event", BROKEN):
                self.report(codes.WRONG_KIND, node.word.span, f"`{node.word.text}` is {describe_kind(symbol.kind)}, and `since` takes an event")
                symbol = None
        else:
            symbol = self._fact(node.word, number=True)
            if node.unit is not None:
                self.report(codes.WRONG_FORM, node.span, f"`{node.word.text}` is compared with a plain number", "write no unit after the number")
                symbol = None
        if symbol is None:
            return None
        return values.Compared(symbol.qualified, node.comparison, node.number, node.unit, node.since)

    def _fact(self, word: nodes.Word, *, number: bool) -> Symbol | None:
        symbol = self.lookup(word, ("fact",))
        if symbol is None or symbol.kind == BROKEN:
            return None
        if symbol.kind != "fact":
            help_ = f"write `since {word.text} above 30 days` for the time since it" if symbol.kind == "event" else None
            self.report(codes.WRONG_KIND, word.span, f"`{word.text}` is {describe_kind(symbol.kind)}, and a condition takes facts", help_)
            return None
        is_number = isinstance(symbol.node, nodes.Declaration) and any(clause.key.text == "number" for clause in symbol.node.clauses)
        if is_number != number:
            message = f"`{word.text}` is a number" if is_number else f"`{word.text}` is no number"
            self.report(codes.WRONG_FORM, word.span, message, "compare it: `below 16` or `above 15`" if is_number else "write it alone: it holds or not")
            return None
        return symbol


def takes(rows: Sequence[Clause]) -> str:
    """What rows take, in words: "purposes"."""
    return " or ".join(dict.fromkeys(row.takes for row in rows))


def join(old: values.Value, new: values.Value) -> values.Value:
    """Two values of a clause that may stand more than once."""
    if isinstance(old, values.Texts) and isinstance(new, values.Texts):
        return values.Texts(old.texts + new.texts)
    if isinstance(old, values.Tags) and isinstance(new, values.Tags):
        return values.Tags(old.tags + new.tags)
    return new


def _guard(value: values.Value) -> values.Guard:
    if isinstance(value, values.Holds | values.Compared | values.AllOf | values.OneOf):
        return value
    message = f"{value!r} is no guard"
    raise TypeError(message)


def _takes_form(row: Clause, form: Form) -> bool:
    """`hole period` has no text and so the form of names."""
    return row.form is form or (row.field == "holes" and form is Form.NAMES)


def _who_takes(key: str) -> str | None:
    fields = {row.field for row in rows_of(key)}
    verbs = [f"`{verb.name}`" for verb in VERBS.values() if verb.fields & fields]
    return f"it goes with {', '.join(verbs[:6])}" if verbs else None


def _other_key(kind: str, allowed: frozenset[str], key: str) -> str | None:
    """The clause that would take a name of this kind here."""
    keys = dict.fromkeys(f"`{row.key}`" for row in CLAUSES if kind in row.kinds and row.field in allowed and row.key != key)
    return f"did you mean {' or '.join(keys)}?" if keys else None
