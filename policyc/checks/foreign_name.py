"""A name in the author's words that the policy does not declare: perhaps another company's, from a template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from policyc.checks._view import LABEL, OBJECTS, Said, View, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.capitals import BODIES, FORMS, PEOPLES, PLACES, STOCK, STREETS, TECHNICAL, TIMES
from policyc.language.tongues import LANGUAGES
from policyc.model.policy import Place, texts_of
from policyc.source.text import Span

_HEAD: Final = """\
language 1
party us "Fernhill Ltd"
channel desk "our desk" email "desk@fernhill.example"
data name "your name"
purpose sell "sell you things"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
"""

FOREIGN_NAME: Final = Code(
    "PC607",
    "foreign-name",
    what="A name in the author's words is none that the policy declares.",
    why="It may be that of another company, whose text was taken as a template: then the sentence promises nothing, or "
    "for somebody else. If it is meant, readers should learn who that is.",
    bad=_HEAD + 'buying: may use name for sell text "It stays with Plivo."\n',
    good=_HEAD + 'buying: may use name for sell text "It stays with Fernhill."\n',
    level=Level.WARNING,
)

_FIELDS: Final = (
    *(OBJECTS, LABEL, "holes", "text", "because", "hedge", "interest", "logic", "effects", "fee", "identity_check"),
    *("refusal", "limits", "consequence", "depends_on", "summary"),
)
"""What is sentences or parts of them. Evidence, citations and addresses name others, and sources are not published."""

_NAMING: Final = frozenset(
    {"channel", "document", "law", "measure", "party", "place", "policy", "surface", "system", "term"}
)
"""Kinds whose labels may be names."""

_OTHER_NAMES: Final = frozenset({"aliases", "legal_name", "registration"})

_WHO: Final = frozenset({"actor", "on_behalf_of", "recipients", "sources", "subjects"})
"""Holes that stand for somebody."""

_QUIET: Final = PLACES | PEOPLES | TIMES | TECHNICAL | STOCK | FORMS
_OTHERS: Final = BODIES | STREETS
_SHORTEST: Final = 3
_LONGEST: Final = 6
"""Names have no more words; more with capitals are a title, or a list."""

_NEAR: Final = 24
"""So many letters before a word tell what it is."""


_CAPITAL: Final = re.compile(r"[^\W\d_a-z][\w&’'-]*")
_LOWER: Final = r"(?<![\w@./-])[a-z]{2,}(?![\w@])"
_HIDDEN: Final = re.compile(r"“[^“”]*”|«[^«»]*»|`[^`]*`|\[[^\[\]]*\]|[“«`\[]?[^\s“«`\[]+")
"""What is quoted or in brackets, and addresses: names in them are not the author's."""

_ENGLISH: Final = frozenset({"the", "of", "to", "and", "we", "you", "your", "our"})
"""In other languages more words have capitals."""

_HIDING: Final = ("“", "«", "`", "[", "@", "://")
_QUOTES: Final = "“«`["
_GENITIVE: Final = re.compile(r"\w+['’]s\b")
_MARKS: Final = ".,:;!?()“”’'"

_CALLED: Final = r"\b(?:we call|called|named|known as) (?:it |them )?(?:the )?$"
"""What introduces a name."""

_BEFORE_TOWN: Final = rf"\d[\w.-]*,? $|\b(?:{'|'.join(sorted(FORMS))})[.,]+ $"
"""What stands before a town: its number, or the company that is there."""

_IN_A_PLACE: Final = r", (?:the )?([^\W\d_a-z]\w+)"

_JOINTS: Final = frozenset({" ", " & ", " of ", " of the ", " for ", " for the "})
"""What may stand between the words of a name."""

_STARTS: Final = re.compile(r"(?:^|[.!?:;…•·*–—(\]\n\"“‘/]|(?<!\w)\w\))\s*$")


class _Token(NamedTuple):
    """A word with a capital: what it is called, where it starts and ends, and whether a sentence starts with it."""

    word: str
    start: int
    end: int
    starts: bool
    is_genitive: bool


_Found = tuple[Said, str, Sequence[_Token]]
"""A text, what is visible of it, and words with capitals that follow each other in it."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each name, with all its places."""
    runs: list[_Found] = []
    plain: list[Said] = []
    for said in view.said(*_FIELDS):
        # A text whose first letter only is a capital has no name but one that stands elsewhere too.
        if said.field != "holes" and said.words[1:].islower() and not _GENITIVE.match(said.words):
            plain.append(said)
        elif not said.words.islower():
            text = _visible(said.words)
            runs += [(said, text, run) for run in _runs(text)]
    names = _names(view, runs)
    if names:
        by_word = _by_word(runs, plain)
        for name in names:
            yield _finding(name, by_word[name.split()[0]].values())


def _by_word(runs: Iterable[_Found], plain: Iterable[Said]) -> Mapping[str, Mapping[int, Said]]:
    """The texts by the words with capitals in them, each once."""
    found: dict[str, dict[int, Said]] = {}
    pairs = [(token.word, said) for said, _, run in runs for token in run]
    pairs += [(words[0].strip(_MARKS), said) for said in plain if (words := said.words.split(None, 1))]
    for word, said in pairs:
        found.setdefault(word, {})[said.place.span.start] = said
    return found


def _names(view: View, runs: Sequence[_Found]) -> Sequence[str]:
    """The names that nobody declares, each as short as it stands somewhere."""
    known = _known(view)
    suspects = {name for said, text, run in runs for name in _strange(said, text, run, known)}
    if not suspects:
        return []
    called = (run for _, text, run in runs if re.search(_CALLED, _before(text, run[0].start)))
    introduced = {token.word for run in called for token in run}
    common = _common(view)
    if _ENGLISH.isdisjoint(common):
        return []
    names = {name for name in suspects if not introduced.issuperset(name.split()) and not _is_common(name, common)}
    return [name for name in sorted(names) if names.isdisjoint(_parts(name))]


def _known(view: View) -> frozenset[str]:
    """The words of declared names."""
    found: set[str] = set()
    for term in view.policy.terms.values():
        for field in _OTHER_NAMES & term.fields.keys():
            for text in texts_of(term.fields, field):
                found.update(_words(text))
        if (term.kind in _NAMING or not term.is_local) and not term.label.islower():
            found.update(_words(term.label))
    for name in LANGUAGES.values():
        found.update(name.split())
    return frozenset(found)


def _words(text: str) -> Iterator[str]:
    for match in _CAPITAL.finditer(text):
        yield from _plain(match.group())[0].split("-")


def _plain(word: str) -> tuple[str, bool]:
    """A word without its genitive, and whether it had one."""
    bare = word.rstrip("’'&-")
    for ending in ("'s", "’s"):
        if bare.endswith(ending):
            return bare.removesuffix(ending), True
    return bare, False


def _visible(text: str) -> str:
    """The text with blanks in the place of quotations and addresses."""
    if not any(mark in text for mark in _HIDING) and "." not in text.rstrip("."):
        return text
    return _HIDDEN.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    """Blanks for what is quoted and for addresses; other words as they are."""
    words = match.group()
    if words[0] in _QUOTES:
        return " " * len(words)
    bare = words.rstrip(_MARKS)
    is_address = any(mark in bare for mark in ("@", "://", "www.")) or re.search(r"\w\.\w", bare)
    return " " * len(bare) + words[len(bare) :] if is_address else words


def _before(text: str, end: int) -> str:
    return text[max(0, end - _NEAR) : end]


def _runs(text: str) -> Sequence[Sequence[_Token]]:
    """Words with capitals that follow each other."""
    run: list[_Token] = []
    runs = [run]
    for match in _CAPITAL.finditer(text):
        start, end = match.span()
        if not match.group()[0].isupper() or (start and text[start - 1].isalnum()):
            continue
        word, is_genitive = _plain(match.group())
        if run and text[run[-1].end : start] not in _JOINTS:
            run = []
            runs.append(run)
        run.append(_Token(word, start, end, _STARTS.search(_before(text, start)) is not None, is_genitive))
    return [run for run in runs if run]


def _is_town(text: str, run: Sequence[_Token]) -> bool:
    """Whether what stands around says that it is a place."""
    first, last = run[0], run[-1]
    after = re.match(_IN_A_PLACE, text[last.end : last.end + _NEAR])
    if after is not None and after.group(1) in PLACES:
        return True
    is_in = text.endswith(" in ", 0, first.start) and not last.is_genitive
    return is_in or re.search(_BEFORE_TOWN, _before(text, first.start)) is not None


def _is_title(text: str, run: Sequence[_Token]) -> bool:
    """Whether it is all of a sentence, as titles are."""
    return run[0].starts and len(run) > 1 and text[run[-1].end :].lstrip()[:1] in {"", ".", ":", "!", "?", "|"}


def _strange(said: Said, text: str, run: Sequence[_Token], known: frozenset[str]) -> Iterator[str]:
    """What is unknown in a run, from its first word to its last; nothing if the run names something known."""
    is_who = said.field == "holes" and said.tag in _WHO and len(text.split()) == len(run)
    unknown = [
        token for token in run if _is_unknown(token.word, known) and (is_who or not token.starts or token.is_genitive)
    ]
    if not unknown or len(run) > _LONGEST or any(token.word in known and token.word not in _QUIET for token in run):
        return
    if any(part in _OTHERS for token in run for part in token.word.split("-")):
        return
    if not _is_town(text, run) and (said.field == "holes" or not _is_title(text, run)):
        first, last = unknown[0], unknown[-1]
        yield text[first.start : last.start + len(last.word)]


def _is_unknown(word: str, known: frozenset[str]) -> bool:
    return any(_is_name(part) and part not in known and part not in _QUIET for part in word.split("-"))


def _is_name(word: str) -> bool:
    """Whether it is long enough, and no abbreviation."""
    letters = word.removesuffix("s")
    capitals = sum(letter.isupper() for letter in letters)
    return word[:1].isupper() and len(word) >= _SHORTEST and capitals * 2 < len(letters)


def _common(view: View) -> frozenset[str]:
    """All words that stand somewhere in small letters."""
    labels = (term.label for term in view.policy.terms.values())
    return frozenset(re.findall(_LOWER, " ".join([*(said.words for said in view.said(*_FIELDS)), *labels])))


def _is_common(name: str, common: frozenset[str]) -> bool:
    return all(part.lower() in common or part.lower().removesuffix("s") in common for part in re.split(r"[ -]", name))


def _parts(name: str) -> Iterator[str]:
    """Shorter names in a name."""
    words = name.split()
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            if end - start < len(words):
                yield " ".join(words[start:end])


def _finding(name: str, texts: Iterable[Said]) -> Diagnostic:
    places = [found for said in texts for found in _places(said, name)]
    places.sort(key=lambda said: said.place.span.start)
    who = [said for said in places if said.field == "holes" and said.tag in _WHO]
    first = (who or places)[0]
    return finding(
        FOREIGN_NAME,
        first,
        f"this policy does not declare who or what `{name}` is",
        more=[(said, "also here") for said in places if said is not first],
        help="write your own name if another company's text was taken over; else declare it, or add it as an `alias`",
        level=Level.ERROR if who else None,
    )


def _places(said: Said, name: str) -> Iterator[Said]:
    """Where a name stands in a text; all of the text, where it is written in another way."""
    source, span = said.place.source, said.place.span
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    found = [Span(*match.span()) for match in pattern.finditer(source.text, span.start, span.end)]
    for one in found or [span]:
        yield said._replace(place=Place(source=source, span=one))
