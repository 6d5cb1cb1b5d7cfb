"""A `see` that leads nowhere, and a document that readers are sent to and cannot find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from policyc.checks._view import Said, View, finding, named
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.diagnostics.near import near
from policyc.language.titles import GLOSSARY, OVERVIEW, STANDARD
from policyc.model.policy import Place, Term, terms_of, texts_of

_HEAD: Final = """\
language 1
party us "Us Ltd"
channel desk "our desk" email "desk@us.example"
data name "your name"
purpose sell "sell you things"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
section "What we sell" {
    things: will claim "We sell shoes"
}
"""

DANGLING_REFERENCE: Final = Code(
    "PC601",
    "dangling-reference",
    what="A `see` names a section, a list or a document that is not there.",
    why="Readers who look for it find nothing. Often the text was taken from a policy that had it.",
    bad=_HEAD + 'buying: may use name for sell see section "What we buy"\n',
    good=_HEAD + 'buying: may use name for sell see section "What we sell"\n',
)
UNLINKED_DOCUMENT: Final = Code(
    "PC610",
    "unlinked-document",
    what="The policy sends readers to a document, and no `url` says where it is.",
    why="What stands in it counts for people who cannot read it.",
    bad=_HEAD + 'document terms "our terms"\nbuying: may use name for sell see document "our terms"\n',
    good=_HEAD + 'document terms "our terms" url "https://us.example/terms"\n'
    'buying: may use name for sell see document "our terms"\n',
    level=Level.WARNING,
)

_BINDING: Final = ("part_of",)
_TOLD: Final = ("prevails_over", "replaces", "yields_to")
_ARTICLES: Final = ("a ", "an ", "our ", "the ", "this ", "your ")
_MOST_GUESSED: Final = 20
"""So often it is looked what may have been meant."""

_SHORTEST: Final = 4
"""Titles of fewer letters stand in too many others."""


class _Names(NamedTuple):
    """What can be referred to: titles and terms by what counts of their names; and whether to guess what was meant."""

    titles: Mapping[str, str]
    terms: Mapping[str, list[Term]]
    guesses: bool = True


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each `see` that leads nowhere, and one for each document without a place."""
    seen: dict[str, Said] = {}
    references = list(view.said("see"))
    if references:
        names = _Names(_titles(view), _by_name(view.policy.terms.values()))
        guessed = 0
        for said in references:
            documents = (term for term in names.terms.get(_plain(said.words), ()) if term.kind == "document")
            seen.update({term.id: said for term in documents if term.id not in seen})
            found = _dangling(view, said, names._replace(guesses=guessed < _MOST_GUESSED))
            if found is not None:
                guessed += 1
                yield found
    yield from _unlinked(view, seen)


def _titles(view: View) -> Mapping[str, str]:
    """All titles of the page, by what counts of them."""
    found = {section.title.casefold(): section.title for section in view.sections}
    inside = {item for section in view.sections for item in section.items if isinstance(item, str)}
    verbs = {one.verb for one in view.policy.statements if one.id not in inside}
    made = [title for title, told in STANDARD.items() if not verbs.isdisjoint(told)]
    return {**{title.casefold(): title for title in (*made, OVERVIEW, GLOSSARY)}, **found}


def _by_name(terms: Iterable[Term]) -> Mapping[str, list[Term]]:
    """The terms by their labels and aliases."""
    found: dict[str, list[Term]] = {}
    for term in terms:
        for name in (term.label, *texts_of(term.fields, "aliases")):
            found.setdefault(_plain(name), []).append(term)
    return found


def _plain(name: str) -> str:
    """What counts of a name: “our Terms” are “the terms”."""
    plain = " ".join(name.casefold().strip(" .“”\"'").split())
    return next((plain.removeprefix(word) for word in _ARTICLES if plain.startswith(word)), plain)


def _dangling(view: View, said: Said, names: _Names) -> Diagnostic | None:
    target, words = said.tag, said.words
    there = names.terms.get(_plain(words), ())
    if target == "section":
        if words.casefold() in names.titles:
            return None
        close = _close(words, names.titles) if names.guesses else None
        help_ = f'write `see section "{close}"`' if close else "write that section, or name one that is there"
        return finding(DANGLING_REFERENCE, said, f"there is no section “{words}”", help=help_)
    if target == "list":
        if words.casefold() in names.titles or any(_is_list(view, term) for term in there):
            return None
        if there:
            help_ = "list its members with `including`, or with `exactly` if these are all"
            return finding(DANGLING_REFERENCE, said, f"`{there[0].id}` lists nothing", help=help_)
        help_ = _meant(words, names) or f'declare it, such as `party NAME "{words}" exactly …`'
        return finding(DANGLING_REFERENCE, said, f"there is no list “{words}”", help=help_)
    if any(term.kind in {"document", "policy"} for term in there):
        return None
    help_ = _meant(words, names, "document") or f'declare it: `document NAME "{words}" url "…"`'
    message = f"no document “{words}” is declared"
    return finding(DANGLING_REFERENCE, said, message, help=help_, level=Level.WARNING)


def _is_list(view: View, term: Term) -> bool:
    return term.kind == "document" or bool(view.graph.children.get(term.id))


def _meant(words: str, names: _Names, kind: str = "") -> str | None:
    """Which name may have been meant."""
    if not names.guesses:
        return None
    terms = names.terms.items()
    known = {name: found[0].label for name, found in terms if not kind or kind in {one.kind for one in found}}
    close = _close(_plain(words), known)
    return f"did you mean “{close}”?" if close else None


def _close(words: str, known: Mapping[str, str]) -> str | None:
    """The known name that is like the words: misspelt, or a part of it."""
    name = words.casefold()
    close = near(name, known)
    if close is None and len(name) >= _SHORTEST:
        close = min((one for one in known if name in one or (len(one) >= _SHORTEST and one in name)), default=None)
    return known[close] if close is not None else None


def _unlinked(view: View, seen: Mapping[str, Said]) -> Iterator[Diagnostic]:
    header = view.policy.header
    uses: dict[str, tuple[Said | Place, Level]] = {}
    for fields, level in ((_TOLD, Level.INFO), (_BINDING, Level.WARNING)):
        for field in fields:
            for name in terms_of(header.fields, field):
                uses[name] = named(header, field, name), level
    uses.update({name: (said, Level.WARNING) for name, said in seen.items()})
    for name, (use, level) in uses.items():
        term = view.policy.terms[name]
        if term.is_local and not view.is_found(name):
            more = [(use, "readers are sent to it here")]
            message = f"nothing says where to find `{name}`"
            yield finding(UNLINKED_DOCUMENT, term, message, more=more, help="give its `url`", level=level)
