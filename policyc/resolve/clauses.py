"""Binds clauses: each goes to the row of the table that it fits, and its names to what they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve

from policyc.diagnostics.code import Code
from policyc.diagnostics.codes import names as codes
from policyc.language.clauses import CLAUSES, HOLES, MORE_HOLES, OBJECT_HOLE, Clause, Form, clause_keys, rows_of
from policyc.model import values
from policyc.resolve.bound import OBJECTS, Bound
from policyc.resolve.conditions import ConditionBinder
from policyc.resolve.names import LISTS, NameBinder, quantifier_span
from policyc.resolve.scopes import Scope
from policyc.resolve.texts import bind_texts
from policyc.resolve.wording import STATEMENT, meant, no_key, shown_key, takes, where_taken
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

_ONLY_FORMS: Final = (Form.NAMES, Form.PERIOD)
_ONLY: Final = len("only")
_GARBLED: Final = "write `hole wording` for words that make no sense"

_UNATTACHED: Final = LISTS | {"event", "until", "basis"}
"""Fields whose names decide by themselves, so that nothing can be taken out of them."""

_EXCLUSIVE: Final = {
    ("mandatory", "optional"): "one must give the data, or may",
    ("exactly", "including"): "`exactly` lists all members, `including` some",
    ("exactly", "open"): "`exactly` lists all members, `open` says that there are more",
    ("number", "implies"): "a number is no condition by itself",
    ("number", "per"): "a number is the same for every purpose and recipient",
}
"""Fields that cannot stand together, and why."""


class ClauseBinder:
    """Binds the clauses of one module's sentences."""

    def __init__(self, scope: Scope) -> None:
        """All bind in the same scope."""
        self.scope = scope
        self.names = NameBinder(scope)
        self.conditions = ConditionBinder(self.names)

    def bind(self, bound: Bound, clauses: Iterable[nodes.Clause], origin: object) -> None:
        """Put clauses that stand together (in one group's header, or in one sentence) into `bound`."""
        for clause in clauses:
            self._clause(bound, clause, origin)

    def check_exclusive(self, bound: Bound) -> None:
        """Report clauses of a sentence that contradict each other."""
        for (one, other), reason in _EXCLUSIVE.items():
            if one in bound.fields and other in bound.fields:
                later = max(bound.keys[one], bound.keys[other], key=lambda span: span.start)
                message = f"`{one}` and `{other}` cannot stand together: {reason}"
                self._refuse(bound, codes.CLAUSE_NOT_TAKEN, later, message, "keep one of them")

    # --- one clause --------------------------------------------------------------------------

    def _clause(self, bound: Bound, clause: nodes.Clause, origin: object) -> None:
        key = clause.key.text
        known = rows_of(key)
        rows = [row for row in known if row.field in bound.allowed]
        if not rows and known and known[0].attaches:
            self._attach(bound, known[0], clause)
            return
        if not rows:
            message = f"{bound.owner} takes no {no_key(key)}"
            self._refuse(bound, codes.CLAUSE_NOT_TAKEN, _key_span(clause), message, where_taken(key))
            return
        fitting = [row for row in rows if _takes_form(row, clause.value)]
        if not fitting and isinstance(clause.value, nodes.Tagged) and clause.value.tags[0].word.text in clause_keys():
            message, help_ = f"{shown_key(key)} is followed by nothing", f"{shown_key(key)} takes {takes(rows)}"
            self._refuse(bound, codes.WRONG_FORM, clause.key.span, message, help_)
            return
        if not fitting:
            self._refuse(bound, codes.WRONG_FORM, clause.value.span, f"{shown_key(key)} takes {takes(rows)}")
            return
        if clause.only and not self._may_be_only(bound, fitting[0], clause):
            return
        bound.last = None
        found = self._values(bound, fitting, clause)
        bound.is_list_lost = isinstance(clause.value, nodes.Names) and not found and fitting[0].field != "holes"
        for row, value in found:
            self._store(bound, row, value, clause, origin)

    def _refuse(self, bound: Bound, code: Code, span: Span, message: str, help_: str | None = None) -> None:
        self.scope.report(code, span, message, help_)
        bound.sound = False

    def _may_be_only(self, bound: Bound, row: Clause, clause: nodes.Clause) -> bool:
        """`only` stands before names, periods and `when` of permissions and duties."""
        span = Span(clause.span.start, clause.span.start + _ONLY)
        if not bound.takes_only:
            self.refuse_only(bound, span)
            return False
        fits = row.form in _ONLY_FORMS and row.field != "holes" and STATEMENT not in row.kinds
        if not fits and row.field != "when":
            message = f"`only` cannot stand before {shown_key(row.key)}"
            self._refuse(bound, codes.CLAUSE_NOT_TAKEN, span, message, "delete it")
            return False
        return True

    def refuse_only(self, bound: Bound, span: Span) -> None:
        """Report an `only` where nothing can be limited."""
        if bound.is_prohibition:
            help_ = "say what is allowed, `may … only …`, or leave `only` out"
            self._refuse(bound, codes.ONLY_IN_PROHIBITION, span, "a prohibition takes no `only`", help_)
        else:
            self._refuse(bound, codes.CLAUSE_NOT_TAKEN, span, f"{bound.owner} takes no `only`", "delete it")

    def _store(self, bound: Bound, row: Clause, value: values.Value, clause: nodes.Clause, origin: object) -> None:
        name = row.field
        bound.last = name if isinstance(value, values.Terms) else None
        bound.written.setdefault(name, []).extend(_parts(clause))
        old = bound.fields.get(name)
        was_only = name in bound.only
        if clause.only:
            bound.only.append(name)
        if old is None:
            bound.fields[name] = value
            bound.origin[name], bound.keys[name] = origin, _key_span(clause)
        elif row.joins:
            bound.fields[name] = _joined(old, value)
        elif row.form is Form.GUARD and bound.origin[name] is not origin and not was_only and not clause.only:
            both = values.AllOf if name == "when" else values.OneOf
            parts = [part.parts if isinstance(part, both) else (part,) for part in (_guard(old), _guard(value))]
            bound.fields[name] = both(parts[0] + parts[1])
            bound.origin[name] = origin
        else:
            where = "here" if bound.origin[name] is origin else "in the group around"
            help_ = "put all names into one clause" if row.form is Form.NAMES else "keep one of them"
            message = f"{shown_key(row.key)} stands twice: it is also {where}"
            self.scope.report(codes.REPEATED_CLAUSE, _key_span(clause), message, help_)

    # --- values ------------------------------------------------------------------------------

    def _values(
        self, bound: Bound, rows: Sequence[Clause], clause: nodes.Clause
    ) -> Sequence[tuple[Clause, values.Value]]:
        """What a clause says, by row: none if it could not be bound, or says it otherwise."""
        row, value = rows[0], clause.value
        if row.field == "holes":
            self._holes(bound, value)
            return []
        if isinstance(value, nodes.Names):
            return self.names.names(bound, rows, value)
        if isinstance(value, nodes.Tagged):
            return self._tags(bound, row, value)
        if isinstance(value, nodes.Texts):
            return [(row, bind_texts(self.scope, value))]
        plain = _plain(value) or self.conditions.condition(value)
        bound.sound &= plain is not None
        return [] if plain is None else [(row, plain)]

    def _tags(self, bound: Bound, row: Clause, value: nodes.Tagged) -> list[tuple[Clause, values.Value]]:
        # What may be accepted is known by the checks, which come later.
        unknown = [tag for tag in value.tags if row.words and tag.word.text not in row.words]
        for tag in unknown:
            self.names.unknown_word(tag.word, [row])
            bound.sound = False
        if unknown:
            return []
        pairs = tuple((tag.word.text, tag.text.value) for tag in value.tags)
        return [(row, values.Tags(pairs, tuple(tag.word.span for tag in value.tags)))]

    def _holes(self, bound: Bound, value: nodes.Value) -> None:
        if isinstance(value, nodes.Tagged):
            for tag in value.tags:
                self._hole(bound, tag.word, tag.text.value, tag.span)
        elif isinstance(value, nodes.Names):
            if value.quantifier is not None:
                message = f"`{value.quantifier}` cannot stand before what is missing"
                self._refuse(bound, codes.WRONG_FORM, quantifier_span(value), message, "delete it")
            for word in value.words:
                self._hole(bound, word, "", word.span)

    def _hole(self, bound: Bound, word: nodes.Word, words: str, span: Span) -> None:
        name = HOLES.get(word.text)
        if name is None or word.other:
            otherwise = "write what is missing: `purpose`, `recipient`, `period`, `date`, `basis` …"
            message = f"`{word.text}` is nothing that can be missing"
            self._refuse(bound, codes.UNKNOWN_WORD, word.span, message, meant(word.text, HOLES, otherwise))
            return
        if name == OBJECT_HOLE and bound.object_field is not None:
            name = bound.object_field
        elif name == OBJECT_HOLE or not (bound.is_prose or name in bound.allowed or name in MORE_HOLES):
            message = f"{bound.owner} has no {word.text} that could be missing"
            row = next((row for row in CLAUSES if row.field == name), None)
            help_ = where_taken(row.key) if row else None
            self._refuse(bound, codes.CLAUSE_NOT_TAKEN, word.span, message, help_ or _GARBLED)
            return
        bound.holes.append((name, words))
        bound.written.setdefault("holes", []).append(span)

    # --- what belongs to the list before it --------------------------------------------------

    def _attach(self, bound: Bound, row: Clause, clause: nodes.Clause) -> None:
        """`excluding` and `including` change the list of names before them."""
        key, span, target = row.key, clause.key.span, bound.target
        if row.field == "exactly":
            message = f"{bound.owner} takes no `exactly`"
            help_ = "names in a statement are all that it is about; `exactly` lists the members of a declaration"
            self._refuse(bound, codes.CLAUSE_NOT_TAKEN, span, message, help_)
        elif clause.only:
            self._refuse(
                bound, codes.CLAUSE_NOT_TAKEN, clause.span, f"`only` cannot stand before `{key}`", "delete `only`"
            )
        elif target is None and bound.is_list_lost:
            pass  # what is wrong with the list has been said
        elif target is None or (bound.last != OBJECTS and bound.last in _UNATTACHED and not bound.is_pattern):
            message = f"`{key}` has no list of names before it to belong to"
            self._refuse(bound, codes.CLAUSE_NOT_TAKEN, span, message, "put it right after the names")
        elif not isinstance(clause.value, nodes.Names):
            self._refuse(bound, codes.WRONG_FORM, clause.value.span, f"`{key}` takes {row.takes}")
        elif clause.value.quantifier is not None:
            message = f"`{clause.value.quantifier}` cannot stand before {row.takes}"
            self._refuse(bound, codes.WRONG_FORM, quantifier_span(clause.value), message, "delete it")
        else:
            names = self._attached(bound, row, clause.value)
            bound.written.setdefault(f"{bound.last}.{row.field}", []).append(clause.span)
            is_excluding = row.field == "excluding"
            changed = target.excluding + names if is_excluding else target.including + names
            bound.target = evolve(target, excluding=changed) if is_excluding else evolve(target, including=changed)

    def _attached(self, bound: Bound, row: Clause, value: nodes.Names) -> tuple[str, ...]:
        fitting = Clause(row.key, row.field, row.form, row.takes, " ".join(bound.target_kinds))
        hits = [(word, self.names.route(bound, [fitting], word)) for word in value.words]
        for word, hit in hits:
            if hit is None:
                bound.sound = False
            else:
                bound.spans.setdefault((f"{bound.last}.{row.field}", hit[1]), word.span)
        return tuple(hit[1] for _, hit in hits if hit is not None)


def _key_span(clause: nodes.Clause) -> Span:
    """Where a clause's key stands; a period has none, and stands for itself."""
    return clause.key.span if clause.key.text else clause.span


def _parts(clause: nodes.Clause) -> Iterator[Span]:
    """Where each text and tag of a clause stands, or else all of its value; what has none is its key."""
    match clause.value:
        case nodes.Texts(texts):
            yield from (one.span for one in texts)
        case nodes.Tagged(tags):
            yield from (one.span for one in tags)
        case nodes.Nothing():
            yield clause.key.span
        case value:
            yield value.span


def _plain(value: nodes.Value) -> values.Value | None:
    """A value without names and texts; None for others."""
    match value:
        case nodes.Period():
            return values.Period(value.number, value.unit, value.bound, value.upper)
        case nodes.Day(day):
            return values.Day(day)
        case nodes.Nothing():
            return values.Flag()
    return None


def _joined(old: values.Value, new: values.Value) -> values.Value:
    """Two values of a clause that may stand more than once."""
    if isinstance(old, values.Texts) and isinstance(new, values.Texts):
        return old.joined(new)
    if isinstance(old, values.Tags) and isinstance(new, values.Tags):
        return values.Tags(old.tags + new.tags, old.spans + new.spans)
    message = f"{old!r} and {new!r} cannot be joined"
    raise TypeError(message)


def _guard(value: values.Value) -> values.Guard:
    if isinstance(value, values.Holds | values.Compared | values.AllOf | values.OneOf):
        return value
    message = f"{value!r} is no guard"
    raise TypeError(message)


def _takes_form(row: Clause, value: nodes.Value) -> bool:
    """Whether a row takes a value of this form. `hole period` has no text and so the form of names."""
    form = _FORMS.get(type(value), Form.GUARD)
    return row.form is form or (row.field == "holes" and form is Form.NAMES)
