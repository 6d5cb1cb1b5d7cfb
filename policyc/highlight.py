"""Colours for policies: a lexer for Pygments, which finds it by the entry point in `pyproject.toml`.

policyc itself needs no Pygments. What is a word, a name or a text is told by the grammar's own terminals, and where a
name may stand is kept track of, because words of the language are names there: `collect phone`, `through email`.
"""

from __future__ import annotations

import re
from typing import ClassVar, Final

from pygments.lexer import RegexLexer, bygroups, default, include
from pygments.token import Comment, Keyword, Literal, Name, Number, Operator, Punctuation, String, Whitespace

from policyc.language.clauses import CLAUSES, HOLES
from policyc.language.tongues import LANGUAGES
from policyc.language.verbs import VERBS
from policyc.syntax.grammar import PATTERNS, RESERVED, grammar_text, one_of

_TERMINAL: Final = re.compile(r"^_?([A-Z][A-Z_]+)(?:\.-?\d+)?: */(.+)/$", re.MULTILINE)

_T: Final[dict[str, str]] = {
    **dict(_TERMINAL.findall(grammar_text())),
    **PATTERNS,
    "NAME": f"(?!{one_of(RESERVED)}){PATTERNS['NAME']}",
}
"""The pattern of each terminal. That no reserved word is a name, the parser says elsewhere."""

_WORDED: Final = {row.key: row.words for row in CLAUSES if row.words and not set(row.words) <= set(LANGUAGES)}
_CLOSED: Final = {
    *(word for row in CLAUSES if row.key in _WORDED for word in row.words),
    *(word for row in VERBS.values() for word in row.words),
}
"""Words that nobody declares, and that stand where names do after a few keys and verbs: ways, states, choices."""


_RULE_WORDS: Final = ("rule", "every", "some", "no", "if", "then", "has", "that")
"""Words between the parts of a rule."""


def _any(*terminals: str) -> str:
    return "|".join(_T[name] for name in terminals)


class PolicyLexer(RegexLexer):
    """Sentences of policyc. A broken sentence may cost colours in its own line and the next, and never a character."""

    name: ClassVar[str] = "policyc"
    aliases: ClassVar[list[str]] = ["policyc", "policy"]
    filenames: ClassVar[list[str]] = ["*.policy"]
    mimetypes: ClassVar[list[str]] = ["text/x-policyc"]

    tokens: ClassVar = {
        "root": [
            include("space"),
            (rf"{_T['LANGUAGE']}(?=\s+{_T['NUMBER']})", Keyword.Namespace),
            (_T["IMPORT"], Keyword.Namespace, "import"),
            (_T["MOOD"], Keyword.Pseudo),
            (_T["MODALITY"], Keyword, "verb"),
            (rf"{_T['KIND']}(?=\s+{_T['NAME']})", Keyword.Declaration, "declared"),
            (rf"{_T['RULE']}(?=\s+{_T['NAME']})", Keyword.Declaration, ("rule", "declared")),
            (rf'{_T["LABEL"]}(?=\s*")', Name.Attribute),
            (_T["LABEL"], Name.Label),
            include("clauses"),
        ],
        "space": [
            (r"\s+", Whitespace),
            (_T["COMMENT"], Comment.Single),
        ],
        "clauses": [
            (_any("LONG_STRING", "STRING"), String),
            (_T["DATE"], Literal.Date),
            (_T["NUMBER"], Number.Integer),
            (_any("BOUND", "AT_ONCE", "ABOUT", "UNIT", "TO", "COMPARISON"), Keyword.Type),
            (_T["HOLE"], Keyword.Pseudo, "hole"),
            (_T["ONLY"], Keyword.Pseudo),
            (_T["FLAG"], Operator.Word),
            (one_of(_WORDED), Operator.Word, "closed"),
            (_any("GUARD", "AND", "OR", "PREPOSITION", "WORD"), Operator.Word, "names"),
            (r"[,{}()]", Punctuation),
            (_T["NAME"], Name),
        ],
        # A list of names. Where it ends, or is none, the clauses go on.
        "names": [
            include("space"),
            (_any("ONLY", "QUANTIFIER", "OTHER_OF"), Keyword.Pseudo),
            (_T["SINCE"], Operator.Word),
            (r"\(", Punctuation),
            (_T["NAME"], Name, "more"),
            default("#pop"),
        ],
        "closed": [
            (one_of(_CLOSED), Name.Constant, "tagged"),
            include("names"),
        ],
        "more": [
            include("space"),
            (r",", Punctuation, "#pop"),
            default("#pop:2"),
        ],
        "declared": [
            include("space"),
            (_T["NAME"], Name.Class, "#pop"),
        ],
        "verb": [
            include("space"),
            (one_of(name for name, row in VERBS.items() if row.words), Name.Function, ("#pop", "closed")),
            (one_of(VERBS), Name.Function, ("#pop", "names")),
            default("#pop"),
        ],
        # A rule goes on as long as its lines are indented deeper; the next one starts with its word.
        "same_rule": [
            (r"[ ]+|\n+[ ]+", Whitespace),
            (_T["COMMENT"], Comment.Single),
        ],
        "rule": [
            (r"\n+(?=\S)", Whitespace, "#pop"),
            (rf"{_T['RULE']}(?=\s+{_T['NAME']}\s*\")", Keyword.Declaration, ("#pop", "rule", "declared")),
            (r"\}", Punctuation, "#pop"),
            (_any("EVERY", "SOME", "NO"), Keyword, "head"),
            (_any("IF", "THEN", "THAT", "HAS"), Keyword),
            include("sought_clauses"),
        ],
        "head": [
            include("same_rule"),
            (_T["MOOD"], Keyword.Pseudo),
            (_T["MODALITY"], Keyword),
            (_T["KIND"], Keyword.Declaration, "#pop"),
            (one_of(VERBS), Name.Function, ("#pop", "sought")),
            (_T["WORD"], Operator.Word, "#pop"),
            default("#pop"),
        ],
        # Right after a verb, a key that no name follows is a name.
        "sought": [
            include("same_rule"),
            (r",", Punctuation, ("#pop", "head")),
            (rf"(?:{_any('WORD', 'PREPOSITION')})(?=\s+(?!{one_of(_RULE_WORDS)}){_T['NAME']})", Operator.Word, "#pop"),
            (_T["FLAG"], Operator.Word, "#pop"),
            (rf"(?!{one_of(_RULE_WORDS)})(?:{_T['NAME']})", Name, ("#pop", "listed")),
            default("#pop"),
        ],
        "listed": [
            include("same_rule"),
            (rf"(,)([ \n]*)({_T['NAME']})", bygroups(Punctuation, Whitespace, Name)),  # type: ignore[no-untyped-call]
            default("#pop"),
        ],
        "sought_clauses": [
            include("same_rule"),
            (_any("LONG_STRING", "STRING"), String),
            (_T["DATE"], Literal.Date),
            (_T["NUMBER"], Number.Integer),
            (_any("BOUND", "UNIT"), Keyword.Type),
            (_any("FLAG", "GUARD", "AND", "OR", "PREPOSITION", "WORD"), Operator.Word),
            (rf"(?!{one_of(_RULE_WORDS)})(?:{_T['NAME']})", Name, "listed"),
            (r"[,{}()]", Punctuation),
        ],
        "hole": [
            include("space"),
            (one_of(HOLES), Name.Constant, "tagged"),
            default("#pop"),
        ],
        "tagged": [
            (_any("LONG_STRING", "STRING"), String),
            include("more"),
        ],
        "import": [
            include("space"),
            (_T["FROM"], Keyword.Namespace, ("#pop", "path")),
            (_T["AS"], Keyword.Namespace),
            (r",", Punctuation),
            (_T["NAME"], Name),
            default("#pop"),
        ],
        "path": [
            include("space"),
            (rf"{_T['MODULE']}(?:\.{_T['MODULE']})*", Name.Namespace, "#pop"),
            default("#pop"),
        ],
    }
