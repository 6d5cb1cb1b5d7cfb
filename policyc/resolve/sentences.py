"""Binds sentences: declarations, statements and prose, with the clauses of their groups."""

from __future__ import annotations

from typing import Final

from policyc.diagnostics.codes import names as codes
from policyc.diagnostics.codes import syntax as syntax_codes
from policyc.language.clauses import HOLES, OBJECT_HOLE, Clause, Form, row_of
from policyc.language.kinds import KINDS, Kind
from policyc.language.verbs import VERBS, Verb
from policyc.language.words import EXPECTATIONS, MODALITIES, SO_FAR, Force
from policyc.model import values
from policyc.resolve.bound import OBJECTS, Bound, BoundProse, BoundStatement, BoundTerm
from policyc.resolve.clauses import ClauseBinder
from policyc.resolve.headers import SECTION_FIELDS, handed_down, title
from policyc.resolve.scopes import Scope, Symbol
from policyc.resolve.texts import bind_texts
from policyc.resolve.wording import a, in_words, meant, objects_of, quoted, shown_key
from policyc.source.text import Span
from policyc.syntax import nodes

_PROSE_FIELDS: Final = frozenset({"text", "trace", "cite", "see", "hedge", "holes", "because"})


class Binder:
    """Binds the sentences of one module."""

    def __init__(self, scope: Scope) -> None:
        """Clauses are bound in the same scope."""
        self.scope = scope
        self.clauses = ClauseBinder(scope)

    def term(self, symbol: Symbol) -> BoundTerm:
        """A declaration; `symbol` must have been declared in this module."""
        node = symbol.node
        if not isinstance(node, nodes.Declaration):
            message = f"{symbol.qualified} is no declaration"
            raise TypeError(message)
        kind = KINDS[node.kind.text]
        bound = Bound(f"{a(in_words(kind.name))} declaration", kind.fields, own_kind=kind.name)
        self._bind_all(bound, symbol.groups, node.clauses)
        self.clauses.check_exclusive(bound)
        self._check_needs(bound, kind, node.name.span, f"the {in_words(kind.name)} `{node.name.text}`", symbol.groups)
        label = bind_texts(self.scope, node.label) if node.label else values.Texts((in_words(node.name.text),))
        if node.label:
            bound.written["label"] = [node.label.texts[0].span]
        if node.label and len(node.label.texts) > 1:
            help_ = "write other names as `alias`"
            self.scope.report(codes.WRONG_FORM, node.label.texts[1].span, "a declaration has one label", help_)
        return BoundTerm(symbol, label, bound)

    def statement(self, node: nodes.Statement, groups: tuple[nodes.Group, ...]) -> BoundStatement | None:
        """A statement; None if its verb is not known."""
        if node.modality.text in EXPECTATIONS:
            message = f"`{node.modality.text}` stands in tests only"
            help_ = 'write `may` or `never`, or put it into `test "…" {`'
            self.scope.report(syntax_codes.MISPLACED, node.modality.span, message, help_)
            return None
        verb = VERBS.get(node.verb.text)
        if verb is None:
            near = meant(node.verb.text, VERBS, f"the verbs are {quoted(VERBS)}")
            self.scope.report(codes.UNKNOWN_VERB, node.verb.span, f"there is no verb `{node.verb.text}`", near)
            return None
        forbids = MODALITIES[node.modality.text].force is Force.FORBID
        bound = Bound(
            f"`{verb.name}`", verb.fields, verb.object, verb.kinds, takes_only=not forbids, is_prohibition=forbids
        )
        self._objects(bound, verb, node)
        self._bind_all(bound, groups, node.clauses)
        self.clauses.check_exclusive(bound)
        self._check_lookback(bound, node)
        self._check_ahead(bound)
        # A prohibition that leaves a dimension out forbids all of it.
        if not forbids:
            self._check_needs(bound, verb, node.verb.span, f"`{verb.name}`", groups)
        return BoundStatement(node, bound)

    def prose(self, node: nodes.Prose) -> BoundProse | None:
        """The author's own words; None (and a report) if there are none."""
        if node.clauses[0].key.text != "text":
            keys = ", ".join(shown_key(clause.key.text) for clause in node.clauses)
            help_ = (
                "put `{` after it to open a group, or write `may`, `will`, `must` or `never` and a verb,"
                ' or start with `text "…"`'
            )
            stand = "stand" if len(node.clauses) > 1 else "stands"
            self.scope.report(syntax_codes.NO_VERB, node.span, f"{keys} {stand} without a verb", help_)
            return None
        bound = Bound("a text", _PROSE_FIELDS, is_prose=True)
        self.clauses.bind(bound, node.clauses, None)
        return BoundProse(node, bound)

    def section(self, node: nodes.Group) -> BoundProse:
        """The header of a section. Its other clauses go to the sentences inside."""
        bound = Bound("a section", SECTION_FIELDS)
        self.clauses.bind(bound, [clause for clause in node.clauses if clause.key.text in SECTION_FIELDS], node)
        titled = title(node)
        bound.written["title"] = [titled.texts[0].span]
        return BoundProse(node, bound, bind_texts(self.scope, titled))

    # --- parts -------------------------------------------------------------------------------

    def _bind_all(self, bound: Bound, groups: tuple[nodes.Group, ...], clauses: tuple[nodes.Clause, ...]) -> None:
        """First what the groups say, outermost first, then the sentence's own; its own may attach to its objects."""
        objects, is_lost = bound.last, bound.is_list_lost
        for group in groups:
            bound.last, bound.is_list_lost = None, False
            self.clauses.bind(bound, handed_down(group), group)
        bound.last, bound.is_list_lost = objects, is_lost
        self.clauses.bind(bound, clauses, None)

    def _objects(self, bound: Bound, verb: Verb, node: nodes.Statement) -> None:
        row = Clause(verb.name, verb.object, Form.NAMES, objects_of(verb), " ".join(verb.kinds), " ".join(verb.words))
        is_named = bool(verb.kinds or verb.words)
        if isinstance(node.objects, nodes.Texts) and is_named:
            help_ = "name them; own words go to `text`"
            self._refuse(bound, node.objects.span, f"`{verb.name}` is about {row.takes}", help_)
        elif isinstance(node.objects, nodes.Names) and not is_named:
            help_ = f'write it out: `{verb.name} "…"`'
            self._refuse(bound, node.objects.span, f"`{verb.name}` is followed by {row.takes}", help_)
        elif isinstance(node.objects, nodes.Texts):
            bound.objects = bind_texts(self.scope, node.objects)
            bound.written[OBJECTS] = [one.span for one in node.objects.texts]
        elif isinstance(node.objects, nodes.Names):
            self._named_objects(bound, row, node, node.objects)
        elif not any(_is_object_hole(clause) for clause in node.clauses):
            message = f"`{verb.name}` is followed by nothing"
            help_ = f"it takes {row.takes}; if the original does not say, write `hole {OBJECT_HOLE}`"
            self.scope.report(codes.MISSING_CLAUSE, node.verb.span, message, help_)
            bound.sound = False

    def _named_objects(self, bound: Bound, row: Clause, node: nodes.Statement, objects: nodes.Names) -> None:
        found = self.clauses.names.names(bound, [row], objects)
        bound.objects = found[0][1] if found else None
        bound.written[OBJECTS] = [objects.span]
        bound.is_list_lost = not found
        bound.last = OBJECTS
        if node.only and bound.takes_only:
            bound.only.append(row.field)
        elif node.only:
            end = objects.span.start
            start = self.scope.module.source.text.rindex("only", node.verb.span.end, end)
            self.clauses.refuse_only(bound, Span(start, start + len("only")))

    def _check_ahead(self, bound: Bound) -> None:
        """A verb that goes on for no time takes a period for how long before an event it comes."""
        if (
            "period" in bound.fields
            and "before" in bound.allowed
            and "before" not in {*bound.fields, *dict(bound.holes)}
        ):
            message, help_ = f"{bound.owner} takes a period before an event only", "write `30 days before EVENT`"
            self.scope.report(codes.CLAUSE_NOT_TAKEN, bound.keys["period"], message, help_)

    def _check_lookback(self, bound: Bound, node: nodes.Statement) -> None:
        """`last 12 months` tells how far back the past goes."""
        if "lookback" in bound.fields and node.mood != SO_FAR:
            message = f"`last` tells of the past, and this statement does not start with `{SO_FAR}`"
            help_ = f"write `{SO_FAR} {node.modality.text} …`, or leave `last` out"
            self.scope.report(codes.CLAUSE_NOT_TAKEN, bound.keys["lookback"], message, help_)

    def _refuse(self, bound: Bound, span: Span, message: str, help_: str) -> None:
        self.scope.report(codes.WRONG_FORM, span, message, help_)
        bound.sound = False

    def _check_needs(
        self, bound: Bound, row: Verb | Kind, span: Span, owner: str, groups: tuple[nodes.Group, ...]
    ) -> None:
        """Report a clause that is needed and not there, unless it may be what could not be read."""
        there = set(bound.fields) | {name for name, _ in bound.holes}
        if not bound.sound or any(group.broken for group in groups):
            return
        for name in sorted(row.needs - there):
            clause = row_of(name)
            noun = next(noun for noun, missing in HOLES.items() if missing == name)
            help_ = f"`{clause.key}` takes {clause.takes}; if the original does not say, write `hole {noun}`"
            self.scope.report(codes.MISSING_CLAUSE, span, f"{owner} needs `{clause.key}`", help_)


def _is_object_hole(clause: nodes.Clause) -> bool:
    words: tuple[nodes.Word, ...] = ()
    if isinstance(clause.value, nodes.Tagged):
        words = tuple(tag.word for tag in clause.value.tags)
    elif isinstance(clause.value, nodes.Names):
        words = clause.value.words
    return clause.key.text == "hole" and any(word.text == OBJECT_HOLE for word in words)
