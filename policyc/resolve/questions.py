"""Binds questions: the lines of a test, and what `policyc ask` is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import define, field

from policyc.diagnostics.code import Code
from policyc.diagnostics.codes import names as codes
from policyc.diagnostics.codes import syntax as syntax_codes
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.diagnostics.near import near
from policyc.language.clauses import ANY_STATE, GUARD_KEYS, Clause, Form, rows_of
from policyc.language.verbs import VERBS, Verb
from policyc.language.words import EXPECTATIONS
from policyc.model.graph import OTHER
from policyc.model.policy import Expectation, Fields, Place, Question, Test
from policyc.resolve.headers import title
from policyc.resolve.scopes import BROKEN, Scope
from policyc.resolve.wording import describe_kind, meant, no_key, other_key, quoted, takes
from policyc.source.text import Source, Span
from policyc.syntax import nodes

_DATA: Final = "data"
_ASK: Final = "ask with names, one clause for each dimension"
_FACTS: Final = Clause("when", "when", Form.NAMES, "facts", "fact")


@define(eq=False, repr=False)
class Names:
    """By which names a policy may be asked: those of its file, then the ids of all its terms.

    `ids` maps qualified names to ids, `kinds` ids to kinds, `fields` ids to the clauses of their declarations.
    """

    scope: Scope
    ids: Mapping[str, str]
    kinds: Mapping[str, str]
    fields: Mapping[str, Fields]

    def find(self, name: str) -> tuple[str, str] | None:
        """The id and the kind of a name; None for one that is not known."""
        symbol = self.scope.names.get(name)
        self.scope.used.add(name)
        if symbol is not None and symbol.qualified in self.ids:
            return self.ids[symbol.qualified], symbol.kind
        if symbol is not None and symbol.kind == BROKEN:
            return name, BROKEN
        return (name, self.kinds[name]) if name in self.kinds else None


def bind_test(group: nodes.Group, names: Names, found: list[Diagnostic]) -> Test:
    """A test with the expectations that could be bound."""
    source = names.scope.module.source
    expectations = []
    for item in group.items:
        binder = QuestionBinder(names, source, found)
        if isinstance(item, nodes.Broken) or (isinstance(item, nodes.Group) and item.broken):
            continue  # that has been said
        if not isinstance(item, nodes.Statement) or item.modality.text not in EXPECTATIONS:
            message = "a test holds lines of `allow` and `deny` only"
            span = item.clauses[0].span if isinstance(item, nodes.Group) else item.span
            binder.report(syntax_codes.MISPLACED, span, message, "move it out of the test")
        elif item.label is not None:
            binder.report(syntax_codes.MISPLACED, item.label.span, "a line of a test has no label", "delete it")
        elif item.mood is not None:
            span = Span(item.span.start, item.modality.span.start - 1)
            binder.report(syntax_codes.MISPLACED, span, f"`{item.mood}` cannot stand in a test", "delete it")
        else:
            question = binder.question(item)
            if question is not None:
                text = " ".join(source.text[item.span.start : item.span.end].split())
                place = Place(source, item.span)
                expectations.append(Expectation(item.modality.text == "allow", question, text, place=place))
    return Test(title(group).texts[0].value, tuple(expectations))


@define(eq=False, repr=False)
class QuestionBinder:
    """Binds one question about a policy; places are those of `source`."""

    names: Names
    source: Source
    found: list[Diagnostic]
    terms: dict[str, tuple[str, ...]] = field(factory=dict, init=False)
    facts: dict[str, bool] = field(factory=dict, init=False)
    events: dict[str, bool] = field(factory=dict, init=False)

    def report(self, code: Code, span: Span, message: str, help_: str | None = None) -> None:
        """Add a diagnostic."""
        self.found.append(Diagnostic.at(code, self.source, span, message, help=help_))

    def question(self, node: nodes.Statement) -> Question | None:
        """The question that a sentence asks; None, and reports, if something in it does not fit."""
        before = len(self.found)
        verb = VERBS.get(node.verb.text)
        if verb is None or not verb.decided:
            asked = [name for name, row in VERBS.items() if row.decided]
            message = f"nobody can ask whether `{node.verb.text}` is allowed"
            help_ = meant(node.verb.text, asked, f"ask for {quoted(asked)}")
            self.report(codes.UNKNOWN_VERB, node.verb.span, message, help_)
            return None
        clauses = node.clauses
        if isinstance(node.objects, nodes.Names):
            if node.only:
                self.report(codes.CLAUSE_NOT_TAKEN, node.verb.span, "a question takes no `only`", _ASK)
            self._terms(Clause(verb.name, _DATA, Form.NAMES, "data", _DATA, dimension=_DATA), verb, node.objects)
        else:
            self.report(codes.WRONG_FORM, node.verb.span, f"a question names the data after `{verb.name}`", "name it")
            clauses = clauses if node.objects else clauses[1:]  # the first is the hole in their place
        for clause in clauses:
            self._clause(verb, clause)
        to_come, happened = (
            tuple(sorted(event for event, has_happened in self.events.items() if has_happened is wanted))
            for wanted in (False, True)
        )
        question = Question(verb.name, self.terms, self.facts, to_come, happened)
        return question if len(self.found) == before else None

    def _clause(self, verb: Verb, clause: nodes.Clause) -> None:
        key = clause.key.text
        if key in GUARD_KEYS and not clause.only:
            self._known(clause.value, known=key == "when")
            return
        rows = [row for row in rows_of(key) if row.field in verb.takes and row.dimension]
        if clause.only or not rows:
            asked = f"a question with `{verb.name}` takes no {no_key(key)}"
            message = "a question takes no `only`" if clause.only else asked
            self.report(codes.CLAUSE_NOT_TAKEN, clause.span, message, _ASK)
            return
        if not isinstance(clause.value, nodes.Names):
            self.report(codes.WRONG_FORM, clause.value.span, f"`{key}` takes {takes(rows)}")
            return
        for row in rows:
            fitting = tuple(word for word in clause.value.words if self._row_for(rows, word) is row)
            if fitting:
                self._terms(row, verb, nodes.Names(fitting, clause.value.quantifier, span=clause.value.span))

    def _row_for(self, rows: list[Clause], word: nodes.Word) -> Clause:
        """The row of a key that a word belongs to; if it fits nowhere, one that it may have been meant for."""
        hit = self.names.find(word.text)
        kind = hit[1] if hit else None
        fitting = [row for row in rows if word.text in row.words or kind in row.kinds]
        if fitting:
            return fitting[0]
        likely = [row for row in rows if row.kinds or (hit is None and near(word.text, row.words))]
        return (likely[-1:] or rows)[0]

    def _terms(self, row: Clause, verb: Verb, value: nodes.Names) -> None:
        if value.quantifier is not None:
            message = f"`{value.quantifier}` cannot stand in a question"
            self.report(codes.WRONG_FORM, value.span, message, "name what you ask about")
        dimension = row.dimension or row.field
        if dimension in self.terms:
            message = f"the question names its {dimension} twice"
            self.report(codes.REPEATED_CLAUSE, value.span, message, "name it once")
        found = [self._term(row, verb.takes, word) for word in value.words]
        self.terms[dimension] = tuple(name for name in found if name is not None)

    def _term(self, row: Clause, allowed: frozenset[str], word: nodes.Word) -> str | None:
        """The id of a name, or the closed word; None, and a report, for what does not fit."""
        if row.words:
            return self._word(tuple(known for known in row.words if known != ANY_STATE), word)
        hit = self.names.find(word.text)
        if hit is None:
            known = [*self.names.scope.names, *self.names.kinds]
            help_ = meant(word.text, known, "ask about what the policy declares or imports")
            self.report(codes.UNKNOWN_NAME, word.span, f"there is no name `{word.text}`", help_)
            return None
        identifier, kind = hit
        if kind == BROKEN:
            return None
        if kind not in row.kinds:
            message = f"`{word.text}` is {describe_kind(kind)}, and `{row.key}` takes {row.takes}"
            self.report(codes.WRONG_KIND, word.span, message, other_key(kind, allowed, row.key))
            return None
        if word.other and not {"including", "open"} & set(self.names.fields[identifier]):
            message = f"all members of `{word.text}` are listed"
            self.report(codes.WRONG_FORM, word.span, message, "ask about one of them, or about the term itself")
            return None
        return OTHER + identifier if word.other else identifier

    def _word(self, words: tuple[str, ...], word: nodes.Word) -> str | None:
        """A closed word; a question asks about one state, and not about any."""
        if word.text in words and not word.other:
            return word.text
        help_ = meant(word.text, words, f"it takes {quoted(words)}") if word.text not in words else "name it alone"
        self.report(codes.UNKNOWN_WORD, word.span, f"`{word.text}` is not a word that can stand here", help_)
        return None

    def _known(self, value: nodes.Value, *, known: bool) -> None:
        """`when a and b` says that both are true, `unless a or b` that both are false."""
        match value:
            case nodes.AllOf(parts) if known:
                for part in parts:
                    self._known(part, known=known)
            case nodes.OneOf(parts) if not known:
                for part in parts:
                    self._known(part, known=known)
            case nodes.Fact(word):
                self._fact(word, known=known)
            case _:
                message = "a question says of each fact whether it is known"
                self.report(codes.WRONG_FORM, value.span, message, "write `when a and b`, `unless c or d`")

    def _fact(self, word: nodes.Word, *, known: bool) -> None:
        """A fact that is true or false, or an event that has happened or has not."""
        hit = self.names.find(word.text)
        if hit is not None and hit[1] == "event" and not word.other:
            if self.events.setdefault(hit[0], known) is not known:
                message = f"`{word.text}` is said to have happened, and not to have"
                self.report(codes.REPEATED_CLAUSE, word.span, message, "say it once")
            return
        identifier = self._term(_FACTS, frozenset(), word)
        if identifier is None:
            return
        if "number" in self.names.fields[identifier]:
            help_ = "leave it out: it is unknown then"
            self.report(codes.WRONG_FORM, word.span, f"`{word.text}` is a number", help_)
        if self.facts.setdefault(identifier, known) is not known:
            help_ = "say it once"
            self.report(codes.REPEATED_CLAUSE, word.span, f"`{word.text}` is said to be both true and false", help_)
