"""Binds sentences: declarations, statements, prose and questions, with the clauses of their groups."""

from __future__ import annotations

from typing import Final

from attrs import define, field, frozen

from policyc.diagnostics.codes import names as codes
from policyc.diagnostics.codes import syntax as syntax_codes
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.diagnostics.near import near
from policyc.language.clauses import HOLES, OBJECT_HOLE, Clause, Form, row_of
from policyc.language.kinds import KINDS, Kind
from policyc.language.verbs import VERBS, Verb
from policyc.language.words import EXPECTATIONS
from policyc.model import values
from policyc.resolve.clauses import OBJECTS, Bound, ClauseBinder, a, describe_kind
from policyc.resolve.scopes import Scope, Symbol
from policyc.source.text import Span
from policyc.syntax import nodes

_PROSE_FIELDS: Final = frozenset({"text", "trace", "cite", "see", "hedge", "holes", "because"})
_SECTION_FIELDS: Final = frozenset({"text", "trace", "cite", "see"})


@frozen
class BoundTerm:
    """A declaration with its clauses bound; names in it are qualified."""

    symbol: Symbol
    label: str
    bound: Bound


@frozen
class BoundStatement:
    """A statement with its own and its groups' clauses bound."""

    node: nodes.Statement
    label: str | None
    bound: Bound


@frozen
class BoundProse:
    """The author's own words, or the header of a section."""

    node: nodes.Prose | nodes.Group
    label: str | None
    bound: Bound


@define
class Binder:
    """Binds the sentences of one module."""

    scope: Scope
    found: list[Diagnostic]
    clauses: ClauseBinder = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Clauses are bound in the same scope, and report to the same list."""
        self.clauses = ClauseBinder(self.scope, self.found)

    def term(self, symbol: Symbol) -> BoundTerm:
        """A declaration; `symbol` must have been declared in this module."""
        node = symbol.node
        if not isinstance(node, nodes.Declaration):
            message = f"{symbol.qualified} is no declaration"
            raise TypeError(message)
        kind = KINDS[node.kind.text]
        bound = Bound(f"{a(kind.name.replace('_', ' '))} declaration", kind.fields, own_kind=kind.name)
        self._bind_all(bound, symbol.groups, node.clauses)
        self._needs(bound, kind, node.name.span, f"the {kind.name} `{node.name.text}`")
        text = node.label.texts[0].value if node.label else node.name.text.replace("_", " ")
        if node.label and len(node.label.texts) > 1:
            self.clauses.report(codes.WRONG_FORM, node.label.texts[1].span, "a declaration has one label", "write other names as `alias`")
        return BoundTerm(symbol, text, bound)

    def statement(self, node: nodes.Statement, groups: tuple[nodes.Group, ...]) -> BoundStatement | None:
        """A statement; None if its verb is not known."""
        if node.modality.text in EXPECTATIONS:
            self._report(syntax_codes.MISPLACED, node.modality.span, f"`{node.modality.text}` stands in tests only", "write `may` or `never`, or put it into `test \"…\" {`")
            return None
        verb = self._verb(node)
        if verb is None:
            return None
        bound = Bound(f"`{verb.name}`", verb.fields, object_field=verb.object)
        self._objects(bound, verb, node)
        self._bind_all(bound, groups, node.clauses)
        # A prohibition that leaves a dimension out forbids all of it.
        if node.modality.text != "never" and not any(group.broken for group in groups):
            self._needs(bound, verb, node.verb.span, f"`{verb.name}`")
        return BoundStatement(node, node.label.text if node.label else None, bound)

    def prose(self, node: nodes.Prose, groups: tuple[nodes.Group, ...]) -> BoundProse | None:
        """The author's own words; None (and a report) if there are none."""
        if not node.clauses or node.clauses[0].key.text != "text":
            keys = ", ".join(f"`{clause.key.text}`" for clause in node.clauses if clause.key.text)
            help_ = 'put `{` after it to open a group, or write `may`, `will`, `must` or `never` and a verb, or `text "…"`'
            self._report(syntax_codes.NO_VERB, node.span, f"{keys or 'this'} stands without a verb", help_)
            return None
        bound = Bound("a text", _PROSE_FIELDS)
        self.clauses.bind(bound, node.clauses, node)
        return BoundProse(node, node.label.text if node.label else None, bound)

    def section(self, node: nodes.Group) -> BoundProse:
        """The header of a section. Its other clauses go to the statements inside, but for those of the page."""
        bound = Bound("a section", _SECTION_FIELDS)
        self.clauses.bind(bound, [clause for clause in node.clauses if clause.key.text in _SECTION_FIELDS], node)
        return BoundProse(node, node.label.text if node.label else None, bound)

    # --- parts -------------------------------------------------------------------------------

    def _report(self, code: codes.Code, span: Span, message: str, help_: str | None = None) -> None:
        self.clauses.report(code, span, message, help_)

    def _verb(self, node: nodes.Statement) -> Verb | None:
        verb = VERBS.get(node.verb.text)
        if verb is None:
            close = near(node.verb.text, VERBS)
            help_ = f"did you mean `{close}`?" if close else "the verbs are " + ", ".join(f"`{name}`" for name in VERBS)
            self._report(codes.UNKNOWN_VERB, node.verb.span, f"there is no verb `{node.verb.text}`", help_)
        return verb

    def _bind_all(self, bound: Bound, groups: tuple[nodes.Group, ...], clauses: tuple[nodes.Clause, ...]) -> None:
        """First what the groups say, outermost first, then the sentence's own; its own may attach to its objects."""
        objects = bound.last
        for group in groups:
            is_section = any(clause.key.text == "section" for clause in group.clauses)
            handed_down = [clause for clause in group.clauses if not (is_section and clause.key.text in _SECTION_FIELDS)]
            bound.last = None
            self.clauses.bind(bound, handed_down, group)
        bound.last = objects
        self.clauses.bind(bound, clauses, None)

    def _objects(self, bound: Bound, verb: Verb, node: nodes.Statement) -> None:
        row = Clause(verb.name, verb.object, Form.NAMES, objects_of(verb), " ".join(verb.kinds), " ".join(verb.words))
        if isinstance(node.objects, nodes.Texts):
            if verb.kinds or verb.words:
                self._report(codes.WRONG_FORM, node.objects.span, f"`{verb.name}` is about {row.takes}", "name them; own words go to `text`")
                bound.sound = False
            bound.objects = values.Texts(tuple(text.value for text in node.objects.texts))
        elif isinstance(node.objects, nodes.Names):
            if not verb.kinds and not verb.words:
                self._report(codes.WRONG_FORM, node.objects.span, f"`{verb.name}` is followed by {row.takes}", f'write it out: `{verb.name} "…"`')
                bound.sound = False
                return
            found = self.clauses.names(bound, [row], node.objects)
            bound.objects = found[0][1] if found else None
            bound.last = OBJECTS
            if node.only:
                bound.only.append(verb.object)
        elif not any(_is_object_hole(clause) for clause in node.clauses):
            self._report(codes.MISSING_CLAUSE, node.verb.span, f"`{verb.name}` is followed by nothing", f"it takes {row.takes}; if the original does not say, write `hole {OBJECT_HOLE}`")
            bound.sound = False

    def _needs(self, bound: Bound, row: Verb | Kind, span: Span, owner: str) -> None:
        there = set(bound.fields) | {name for name, _ in bound.holes}
        for name in sorted(row.needs - there):
            clause = row_of(name)
            if not bound.sound:
                continue  # what is missing may be what could not be read
            hole = next((noun for noun, missing in HOLES.items() if missing == name), None)
            help_ = f"add `{clause.key} …`" + (f"; if the original does not say, write `hole {hole}`" if hole else "")
            self._report(codes.MISSING_CLAUSE, span, f"{owner} needs {clause.takes}", help_)
            bound.sound = False


def _is_object_hole(clause: nodes.Clause) -> bool:
    words = [tag.word for tag in clause.value.tags] if isinstance(clause.value, nodes.Tagged) else []
    words += clause.value.words if isinstance(clause.value, nodes.Names) else ()
    return clause.key.text == "hole" and any(word.text == OBJECT_HOLE for word in words)


def objects_of(verb: Verb) -> str:
    """What a verb is about, in words: "data", "rights", "text in quotes"."""
    if verb.words:
        return ", ".join(f"`{word}`" for word in verb.words)
    return " or ".join(KINDS[kind].plural for kind in verb.kinds) or "text in quotes"


__all__ = ["Binder", "BoundProse", "BoundStatement", "BoundTerm", "describe_kind", "objects_of"]
