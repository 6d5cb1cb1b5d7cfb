"""Binds rules: their patterns to verbs, kinds and clauses, and their names to qualified names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from attrs import evolve

from policyc.diagnostics.codes import names as codes
from policyc.language.clauses import CLAUSES, HOLES, MORE_HOLES, OBJECT_HOLE, RULE_FIELDS, Clause, Form, row_of, rows_of
from policyc.language.kinds import KINDS
from policyc.language.verbs import VERBS, Verb
from policyc.language.words import MODALITIES
from policyc.language.words import Bound as Limit
from policyc.model import rules as model
from policyc.model import values
from policyc.model.policy import Place
from policyc.model.rules import Sort
from policyc.resolve.bound import OBJECTS, Bound
from policyc.resolve.clauses import ClauseBinder
from policyc.resolve.headers import handed_down
from policyc.resolve.scopes import Scope, Symbol
from policyc.resolve.texts import bind_texts
from policyc.resolve.wording import in_words, meant, objects_of, quoted, shown_key
from policyc.syntax import nodes

_FORMS: Final = (nodes.Names, nodes.Nothing)
"""Of clauses that a pattern can meet; what a clause needs may be a period, too."""

_UNASKED: Final = frozenset({"when", "unless", "except", "despite", "subject_to", "text", "trace", "accept", "holes"})
"""Fields that no pattern can meet; whether there is a condition, a need may ask."""


_HEADER: Final = frozenset(row.field for row in CLAUSES if row.form is Form.NAMES) & KINDS["policy"].takes
"""Fields of the header that name something, which a rule can be about."""


class RuleBinder:
    """Binds the rules of one module."""

    def __init__(self, scope: Scope) -> None:
        """Clauses are bound in the same scope."""
        self.scope = scope
        self.clauses = ClauseBinder(scope)

    def rule(self, symbol: Symbol) -> model.Rule | None:
        """A rule; None, and reports, if something in it does not fit."""
        node = symbol.node
        if not isinstance(node, nodes.Rule):
            message = f"{symbol.qualified} is no rule"
            raise TypeError(message)
        before = len(self.scope.found)
        bound = Bound("a rule", RULE_FIELDS)
        for group in symbol.groups:
            self.clauses.bind(bound, handed_down(group), group)
        self.clauses.bind(bound, node.clauses, None)
        label = bind_texts(self.scope, node.label) if node.label else values.Texts((in_words(node.name.text),))
        if node.label and len(node.label.texts) > 1:
            self.scope.report(codes.WRONG_FORM, node.label.texts[1].span, "a rule has one message", "keep one of them")
        self._check_own(node, bound, label)
        conditions, demands = self._demands(node.conditions), self._demands(node.demands)
        if len(self.scope.found) > before:
            return None
        return model.Rule(
            node.name.text,
            symbol.qualified,
            label.texts[0],
            bound.fields,
            conditions,
            demands,
            place=Place(self.scope.module.source, node.span),
        )

    def _check_own(self, node: nodes.Rule, bound: Bound, label: values.Texts) -> None:
        """The message says something, and the rule holds for some time."""
        if not label.texts[0].strip():
            self.scope.report(codes.WRONG_FORM, node.name.span, "the rule's message is empty", "say what is wrong")
        start, end = bound.fields.get("effective"), bound.fields.get("repealed")
        if isinstance(start, values.Day) and isinstance(end, values.Day) and end.value <= start.value:
            message = f"the rule is repealed on {end.value}, before it takes effect"
            self.scope.report(codes.WRONG_FORM, bound.keys["repealed"], message, "one of the two days is wrong")

    def _demands(self, demands: Iterable[nodes.Demand]) -> tuple[model.Demand, ...]:
        found = (self._demand(one) for one in demands)
        return tuple(one for one in found if one is not None)

    def _demand(self, node: nodes.Demand) -> model.Demand | None:
        pattern = self._pattern(node.pattern)
        alternatives = self._demands(node.alternatives)
        if pattern is None:
            return None
        needs = self._needs(node.needs, pattern, is_every=node.quantifier.text == model.EVERY) if node.needs else None
        return model.Demand(node.quantifier.text, pattern, needs, alternatives)

    def _needs(self, node: nodes.Needs, pattern: model.Pattern, *, is_every: bool) -> model.Needs:
        """What has to be there; other statements about the same only of statements, and of every one."""
        others = [self._pattern(one) for one in node.others]
        if node.others and not is_every:
            help_ = "write `every … has some …`, or two demands"
            self.scope.report(codes.WRONG_FORM, node.span, "another statement goes with `every` only", help_)
        elif any(one is not None and one.sort is not Sort.VERB for one in [*others, *([pattern] if others else [])]):
            message = "only statements have others about the same"
            self.scope.report(codes.WRONG_FORM, node.span, message, "ask for it in a demand of its own")
        needs = [self._need(one, pattern) for one in node.needs]
        return model.Needs(
            tuple(one for one in needs if one is not None),
            node.is_any,
            tuple(one for one in others if one is not None),
        )

    # --- patterns ----------------------------------------------------------------------------

    def _pattern(self, node: nodes.Pattern) -> model.Pattern | None:
        heads = [word.text for word in node.heads]
        head = heads[0]
        if head not in VERBS and len(heads) == 1 and not node.mood and not node.modality:
            found = self._declared(node, head)
        elif all(one in VERBS for one in heads):
            found = self._statements(node, [VERBS[one] for one in heads])
        else:
            unknown = next(word for word in node.heads if word.text not in VERBS)
            help_ = meant(unknown.text, VERBS, f"the verbs are {quoted(VERBS)}")
            self.scope.report(codes.UNKNOWN_VERB, unknown.span, f"there is no verb `{unknown.text}`", help_)
            return None
        if found is None or node.having is None:
            return found
        return evolve(found, having=self._needs(node.having, found, is_every=False))

    def _declared(self, node: nodes.Pattern, head: str) -> model.Pattern | None:
        """A pattern about declarations of a kind, or about what the header names."""
        named = [row for row in rows_of(head) if row.field in _HEADER and row.kinds]
        if head in KINDS:
            return self._declarations(node, Sort.KIND, head, (head,))
        if named:
            return self._declarations(node, Sort.HEADER, named[0].field, named[0].kinds)
        known = [*VERBS, *KINDS, *(row.key for row in CLAUSES if row.field in _HEADER and row.kinds)]
        otherwise = "a rule is about statements (`use`), declarations (`party`) or the header's `controller`"
        help_ = meant(head, known, otherwise)
        self.scope.report(codes.UNKNOWN_VERB, node.heads[0].span, f"a rule cannot be about `{head}`", help_)
        return None

    def _statements(self, node: nodes.Pattern, verbs: Sequence[Verb]) -> model.Pattern:
        """A pattern about statements: names and clauses are those of the verbs."""
        first = verbs[0]
        fields = frozenset(field for verb in verbs for field in verb.fields)
        takes_data = any(verb.kinds == ("data",) for verb in verbs)
        bound = Bound(
            f"`{first.name}`",
            fields.union(model.FLAGS if takes_data else ()) - _UNASKED,
            first.object,
            is_pattern=True,
        )
        bound.object_kinds = tuple(dict.fromkeys(kind for verb in verbs for kind in verb.kinds))
        if node.modality is not None and node.modality.text not in MODALITIES:
            message = f"`{node.modality.text}` stands in tests only"
            self.scope.report(codes.UNKNOWN_WORD, node.modality.span, message, "write `may` or `never`")
        if node.objects is not None and not (bound.object_kinds or first.words):
            message = f"a rule cannot look into the texts of `{first.name}`"
            self.scope.report(codes.WRONG_FORM, node.objects.span, message, "leave them out")
        elif node.objects is not None:
            words = " ".join(word for verb in verbs for word in verb.words)
            row = Clause(first.name, first.object, Form.NAMES, objects_of(first), " ".join(bound.object_kinds), words)
            self._objects(bound, row, node.objects)
        self._clauses(bound, node)
        objects = bound.objects if isinstance(bound.objects, values.Terms | values.Words) else None
        modality = node.modality.text if node.modality else None
        return model.Pattern(Sort.VERB, tuple(one.name for one in verbs), node.mood, modality, objects, _pairs(bound))

    def _declarations(self, node: nodes.Pattern, sort: Sort, head: str, kinds: tuple[str, ...]) -> model.Pattern:
        allowed = frozenset(field for kind in kinds for field in KINDS[kind].fields)
        key = node.heads[0].text
        bound = Bound(f"`{key}`", allowed - _UNASKED, "objects", kinds, own_kind=kinds[0], is_pattern=True)
        if node.objects is not None:
            what = " or ".join(KINDS[kind].plural for kind in kinds)
            self._objects(bound, Clause(key, "objects", Form.NAMES, what, " ".join(kinds)), node.objects)
        self._clauses(bound, node)
        objects = bound.objects if isinstance(bound.objects, values.Terms) else None
        return model.Pattern(sort, (head,), None, None, objects, _pairs(bound))

    def _objects(self, bound: Bound, row: Clause, objects: nodes.Names) -> None:
        found = self.clauses.names.names(bound, [row], objects)
        bound.objects = found[0][1] if found else None
        bound.is_list_lost = not found
        bound.last = OBJECTS

    def _clauses(self, bound: Bound, node: nodes.Pattern) -> None:
        for clause in node.clauses:
            if not isinstance(clause.value, _FORMS):
                self._refuse_value(clause)
        self.clauses.bind(bound, [one for one in node.clauses if isinstance(one.value, _FORMS)], None)

    def _refuse_value(self, clause: nodes.Clause) -> None:
        message = f"a rule cannot compare what {shown_key(clause.key.text)} says"
        help_ = "ask whether it is there, after `has`"
        self.scope.report(codes.WRONG_FORM, clause.value.span, message, help_)

    # --- needs -------------------------------------------------------------------------------

    def _need(self, node: nodes.Need, pattern: model.Pattern) -> model.Need | None:
        allowed = _allowed(pattern)
        if isinstance(node, nodes.Clause):
            return self._clause(node, pattern, allowed)
        fields = self._fields(node.word, allowed, f"`{pattern.heads[0]}`")
        if not fields:
            return None
        if isinstance(node, nodes.Noun):
            return model.Need(fields)
        if any(row_of(name).form is not Form.NAMES for name in fields):
            message = f"`{node.word.text}` cannot be counted"
            self.scope.report(codes.WRONG_FORM, node.span, message, f"write `has {node.word.text}`")
            return None
        is_least = node.bound is Limit.AT_LEAST
        return model.Need(fields, None, node.number if is_least else 0, None if is_least else node.number)

    def _clause(self, node: nodes.Clause, pattern: model.Pattern, allowed: frozenset[str]) -> model.Need | None:
        if not isinstance(node.value, (*_FORMS, nodes.Period)):
            self._refuse_value(node)
            return None
        own = pattern.heads[0] if pattern.sort is Sort.KIND else None
        bound = Bound(f"`{pattern.heads[0]}`", allowed, own_kind=own, is_pattern=True)
        self.clauses.bind(bound, [node], None)
        found = list(bound.fields.items())
        if not found:
            return None
        if len(found) > 1:
            message = f"these names belong to several clauses of `{node.key.text}`"
            self.scope.report(codes.WRONG_FORM, node.value.span, message, "ask for each of them, with `and` between")
        return model.Need((found[0][0],), found[0][1])

    def _fields(self, word: nodes.Word, allowed: frozenset[str], owner: str) -> tuple[str, ...]:
        """The fields that a noun stands for: what can be missing, or a key of a clause."""
        name = HOLES.get(word.text)
        if name == OBJECT_HOLE:
            return (OBJECTS,)
        if name is not None and name not in MORE_HOLES:
            fields: Sequence[str] = (name,)
        else:
            fields = [row.field for row in rows_of(word.text)]
        taken = tuple(field for field in fields if field in allowed)
        if not taken:
            nouns = [noun for noun, field in HOLES.items() if field in allowed]
            keys = [row.key for row in CLAUSES if row.field in allowed and row.key]
            message = f"{owner} cannot have `{word.text}`"
            help_ = meant(word.text, [*nouns, *keys], f"it can have {quoted(nouns)}")
            self.scope.report(codes.UNKNOWN_WORD, word.span, message, help_)
        return taken


def _pairs(bound: Bound) -> tuple[tuple[str, values.Value], ...]:
    return tuple(sorted(bound.fields.items(), key=lambda pair: pair[0]))


def _allowed(pattern: model.Pattern) -> frozenset[str]:
    """The fields that what a pattern looks for can have."""
    if pattern.sort is Sort.VERB:
        return frozenset(field for verb in pattern.heads for field in VERBS[verb].fields)
    kinds = pattern.heads if pattern.sort is Sort.KIND else row_of(pattern.heads[0]).kinds
    return frozenset(field for kind in kinds for field in KINDS[kind].fields)
