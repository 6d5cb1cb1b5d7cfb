"""Checks where sentences stand: titles of sections and tests, and that a group's clauses hold for something."""

from __future__ import annotations

from typing import Final

from policyc.diagnostics.codes import names as codes
from policyc.diagnostics.codes import syntax as syntax_codes
from policyc.language.clauses import ONLY_GROUPS, OUTCOMES, row_of
from policyc.resolve.scopes import Scope, in_test, is_rule_test, is_section, is_test, walk
from policyc.resolve.wording import no_key, shown_key
from policyc.source.text import Span
from policyc.syntax import nodes

SECTION_FIELDS: Final = frozenset({"text", "trace", "cite", "see"})
"""What a section says of itself; its other clauses go to the sentences inside."""


def handed_down(group: nodes.Group) -> tuple[nodes.Clause, ...]:
    """The clauses of a group that hold for the sentences inside."""
    own = ONLY_GROUPS | SECTION_FIELDS if is_section(group) else ONLY_GROUPS
    return tuple(clause for clause in group.clauses if clause.key.text not in own)


def title(group: nodes.Group) -> nodes.Texts:
    """The title of a section or a test; an empty text if it is broken, or if there is none."""
    for clause in group.clauses:
        if clause.key.text in ONLY_GROUPS and isinstance(clause.value, nodes.Texts):
            return clause.value
    return nodes.Texts((nodes.Text(""),))


def title_span(group: nodes.Group) -> Span:
    """Where the title of a section stands."""
    return next((clause.span for clause in group.clauses if clause.key.text in ONLY_GROUPS), group.span)


def check_places(scope: Scope) -> None:
    """Report what stands at a wrong place in a module. What stands in tests is reported with the tests."""
    for item, groups in walk(scope.module.document.items):
        if in_test(groups):
            _check_in_test(scope, item, groups)
            continue
        if isinstance(item, nodes.Import | nodes.Version) and groups:
            message = "this stands at the top of a file, not in a group"
            scope.report(syntax_codes.MISPLACED, item.span, message, "move it up")
        elif isinstance(item, nodes.Group) and not item.broken:
            _check_titles(scope, item)
            if is_test(item):
                _check_test(scope, item, groups)
            else:
                _check_group(scope, item)


def _check_titles(scope: Scope, group: nodes.Group) -> None:
    """A group is one section, or one test, with one title."""
    titled = [clause for clause in group.clauses if clause.key.text in ONLY_GROUPS]
    for clause in titled[1:]:
        message = f"a group has one title, and `{titled[0].key.text}` is there already"
        scope.report(codes.REPEATED_CLAUSE, clause.key.span, message, "keep one of them")
    for clause in titled[:1]:
        key = clause.key.text
        if clause.only:
            span = Span(clause.span.start, clause.key.span.start)
            scope.report(codes.CLAUSE_NOT_TAKEN, span, f"`only` cannot stand before `{key}`", "delete `only`")
        if not isinstance(clause.value, nodes.Texts):
            scope.report(codes.WRONG_FORM, clause.value.span, f"`{key}` takes {row_of(key).takes}")
        elif key == "test" and clause.value.texts[0].translations:
            span = clause.value.texts[0].translations[0].span
            scope.report(codes.WRONG_FORM, span, "the title of a test is not published", "delete the translation")
        elif len(clause.value.texts) > 1:
            scope.report(codes.WRONG_FORM, clause.value.texts[1].span, f"a {key} has one title", "keep one of them")


def _check_in_test(scope: Scope, item: nodes.Item, groups: tuple[nodes.Group, ...]) -> None:
    """The policy in a test of rules has no rules, tests and imports of its own. Of other tests more is said."""
    if not any(is_rule_test(group) for group in groups):
        return
    is_inner_test = isinstance(item, nodes.Group) and is_test(item)
    if is_inner_test or isinstance(item, nodes.Import | nodes.Version | nodes.Rule):
        message = "this cannot stand in the test of a rule"
        scope.report(syntax_codes.MISPLACED, item.span, message, "move it to the top of the file")


def _check_test(scope: Scope, group: nodes.Group, groups: tuple[nodes.Group, ...]) -> None:
    """A test has a title and nothing else, and nothing is handed down to it."""
    if group.label is not None:
        scope.report(syntax_codes.MISPLACED, group.label.span, "a test has no label", "delete it")
    for clause in group.clauses:
        if clause.key.text not in {*ONLY_GROUPS, *OUTCOMES}:
            message = f"a test takes no {no_key(clause.key.text)}"
            scope.report(codes.CLAUSE_NOT_TAKEN, clause.span, message, "put it into the questions")
    if any(handed_down(above) for above in groups):
        message = "a test stands outside of groups, for their clauses do not hold for questions"
        scope.report(syntax_codes.MISPLACED, group.clauses[0].span, message, "move it out of the group")


def _check_group(scope: Scope, group: nodes.Group) -> None:
    """A label names a section; the clauses of a group hold for a sentence in it."""
    if group.label is not None and not is_section(group):
        help_ = "label the statements inside"
        scope.report(syntax_codes.MISPLACED, group.label.span, "a group without a title has no label", help_)
    clauses = handed_down(group)
    if clauses and not _has_sentence(group):
        message = f"there is nothing in this group for which {shown_key(clauses[0].key.text)} could hold"
        scope.report(codes.CLAUSE_NOT_TAKEN, clauses[0].span, message, "put a statement into it, or delete the clause")


def _has_sentence(group: nodes.Group) -> bool:
    """Whether a sentence in a group takes its clauses; one that could not be read may. Of tests more is said."""
    takers = nodes.Statement | nodes.Declaration | nodes.Rule | nodes.Broken
    return any(
        isinstance(item, takers) or (isinstance(item, nodes.Group) and (is_test(item) or _has_sentence(item)))
        for item in group.items
    )
