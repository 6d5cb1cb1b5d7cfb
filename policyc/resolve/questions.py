"""Binds questions: the lines of a test, and what `policyc ask` is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import define

from policyc.diagnostics.code import Code
from policyc.diagnostics.codes import names as codes
from policyc.diagnostics.codes import syntax as syntax_codes
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.diagnostics.near import near
from policyc.language.clauses import ANY_STATE, GUARD_KEYS, Clause, rows_of
from policyc.language.verbs import VERBS, Verb
from policyc.language.words import EXPECTATIONS
from policyc.model.graph import OTHER
from policyc.model.policy import Expectation, Fields, Place, Question, Test
from policyc.resolve.clauses import describe_kind
from policyc.resolve.scopes import BROKEN, Scope
from policyc.source.text import Source, Span
from policyc.syntax import nodes

DATA: Final = "data"


@define
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
        if symbol is not None and symbol.qualified in self.ids:
            return self.ids[symbol.qualified], symbol.kind
        if symbol is not None and symbol.kind == BROKEN:
            return name, BROKEN
        return (name, self.kinds[name]) if name in self.kinds else None


def bind_test(group: nodes.Group, names: Names, found: list[Diagnostic]) -> Test:
    """A test with the expectations that could be bound."""
    source = names.scope.module.source
    titles = [clause.value.texts[0].value for clause in group.clauses if clause.key.text == "test" and isinstance(clause.value, nodes.Texts)]
    binder = QuestionBinder(names, source, found)
    expectations = []
    for item in group.items:
        if isinstance(item, nodes.Statement) and item.modality.text in EXPECTATIONS and item.label is None:
            question = binder.question(item)
            if question is not None:
                text = source.text[item.span.start : item.span.end]
                expectations.append(Expectation(item.modality.text == "allow", question, " ".join(text.split()), place=Place(source, item.span)))
        elif not isinstance(item, nodes.Broken):
            binder.report(syntax_codes.MISPLACED, item.span, "a test holds lines of `allow` and `deny` only", "move it out of the test")
    return Test(titles[0], tuple(expectations))


@define
class QuestionBinder:
    """Binds questions about one policy; places are those of `source`."""

    names: Names
    source: Source
    found: list[Diagnostic]

    def report(self, code: Code, span: Span, message: str, help_: str | None = None) -> None:
        """Add a diagnostic."""
        self.found.append(Diagnostic.at(code, self.source, span, message, help=help_))

    def question(self, node: nodes.Statement) -> Question | None:
        """The question that a sentence asks; None, and reports, if something in it does not fit."""
        before = len(self.found)
        verb = VERBS.get(node.verb.text)
        if verb is None or not verb.decided:
            asked = [name for name, row in VERBS.items() if row.decided]
            close = near(node.verb.text, asked)
            help_ = f"did you mean `{close}`?" if close else "ask for " + ", ".join(f"`{name}`" for name in asked)
            self.report(codes.UNKNOWN_VERB, node.verb.span, f"nobody can ask whether `{node.verb.text}` is allowed", help_)
            return None
        terms: dict[str, tuple[str, ...]] = {}
        facts: dict[str, bool] = {}
        if isinstance(node.objects, nodes.Names) and not node.only:
            self._terms(Clause(verb.name, DATA, rows_of("for")[0].form, "data", DATA, dimension=DATA), node.objects, terms)
        else:
            self.report(codes.WRONG_FORM, node.verb.span, f"a question names the data after `{verb.name}`", "name it")
        for clause in node.clauses:
            self._clause(verb, clause, terms, facts)
        return Question(verb.name, terms, facts) if len(self.found) == before else None

    def _clause(self, verb: Verb, clause: nodes.Clause, terms: dict[str, tuple[str, ...]], facts: dict[str, bool]) -> None:
        key = clause.key.text
        if key in GUARD_KEYS:
            self._known(clause.value, known=key == "when", facts=facts)
            return
        rows = [row for row in rows_of(key) if row.field in verb.takes and row.dimension]
        if not rows or clause.only or not isinstance(clause.value, nodes.Names):
            self.report(codes.CLAUSE_NOT_TAKEN, clause.span, f"a question with `{verb.name}` takes no `{key}`" if key else "a question takes no period", "ask with names, one clause for each dimension")
            return
        for row in rows:
            fitting = [word for word in clause.value.words if self._fits(row, rows, word)]
            if fitting:
                self._terms(row, nodes.Names(tuple(fitting), clause.value.quantifier, span=clause.value.span), terms)

    def _fits(self, row: Clause, rows: list[Clause], word: nodes.Word) -> bool:
        """Whether a word belongs to this row rather than to another of the same key; the last row takes the rest."""
        hit = self.names.find(word.text)
        wanted = next((one for one in rows if word.text in one.words or (hit and hit[1] in one.kinds)), rows[-1])
        return wanted is row

    def _terms(self, row: Clause, value: nodes.Names, terms: dict[str, tuple[str, ...]]) -> None:
        if value.quantifier is not None:
            self.report(codes.WRONG_FORM, value.span, f"`{value.quantifier}` cannot stand in a question", "name what you ask about")
        if row.dimension in terms:
            self.report(codes.REPEATED_CLAUSE, value.span, f"the question names its {row.dimension} twice", "name it once")
        ids = tuple(found for word in value.words if (found := self._term(row, word)) is not None)
        terms[row.dimension or row.field] = ids

    def _term(self, row: Clause, word: nodes.Word) -> str | None:
        if word.text in row.words and word.text != ANY_STATE:
            return word.text
        hit = self.names.find(word.text)
        if hit is None:
            known = [*self.names.scope.names, *self.names.kinds, *row.words]
            close = near(word.text, known)
            self.report(codes.UNKNOWN_NAME, word.span, f"there is no name `{word.text}`", f"did you mean `{close}`?" if close else "ask about what the policy declares or imports")
            return None
        identifier, kind = hit
        if kind == BROKEN:
            return None
        if kind not in row.kinds:
            self.report(codes.WRONG_KIND, word.span, f"`{word.text}` is {describe_kind(kind)}, and `{row.key}` takes {row.takes}")
            return None
        return OTHER + identifier if word.other else identifier

    def _known(self, value: nodes.Value, *, known: bool, facts: dict[str, bool]) -> None:
        """`when a and b` says that both are true, `unless a or b` that both are false."""
        match value:
            case nodes.AllOf(parts) if known:
                for part in parts:
                    self._known(part, known=known, facts=facts)
            case nodes.OneOf(parts) if not known:
                for part in parts:
                    self._known(part, known=known, facts=facts)
            case nodes.Fact(word):
                row = Clause("when", "when", rows_of("for")[0].form, "facts", "fact")
                identifier = self._term(row, word)
                if identifier is not None:
                    facts[identifier] = known
            case _:
                self.report(codes.WRONG_FORM, value.span, "a question says of each fact whether it is known", "write `when a and b`, `unless c or d`")
