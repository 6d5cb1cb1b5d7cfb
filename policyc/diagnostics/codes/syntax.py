"""PC1: the text cannot be read as sentences."""

from typing import Final

from policyc.diagnostics.code import Code

UNEXPECTED: Final = Code(
    "PC101",
    "unexpected-word",
    what="A sentence goes on with a word that cannot stand there.",
    why="policyc never skips what it does not understand: a skipped word could be the one that forbids.",
    bad='language 1\nnote: wil claim "We care"\n',
    good='language 1\nnote: will claim "We care"\n',
)
UNCLOSED_TEXT: Final = Code(
    "PC102",
    "unclosed-text",
    what="A text starts with a quote and does not end with one.",
    why="Without its end, the rest of the line would count as text and be published.",
    bad='language 1\nnote: text "We care\n',
    good='language 1\nnote: text "We care"\n',
)
UNCLOSED_GROUP: Final = Code(
    "PC103",
    "unclosed-group",
    what="A group is opened by `{` and not closed by `}`.",
    why="What a group says holds for all inside it, so its end has to be certain.",
    bad='language 1\nsection "Us" {\n    note: text "We care"\n',
    good='language 1\nsection "Us" {\n    note: text "We care"\n}\n',
)
STRAY_BRACE: Final = Code(
    "PC104",
    "stray-brace",
    what="A `}` closes nothing, or does not stand on a line of its own.",
    why="Either a group ends too early, or its opening is lost.",
    bad='language 1\nnote: text "We care"\n}\n',
    good='language 1\nnote: text "We care"\n',
)
UNOPENED_GROUP: Final = Code(
    "PC105",
    "unopened-group",
    what="Clauses stand alone and sentences are indented below them, but there is no `{`.",
    why="Without the brace, nothing says that the clauses hold for those sentences.",
    bad='language 1\nsection "Us"\n    note: text "We care"\n}\n',
    good='language 1\nsection "Us" {\n    note: text "We care"\n}\n',
)
INDENTATION: Final = Code(
    "PC106",
    "wrong-indentation",
    what="A sentence starts, or a line of a text stands, where the layout does not let it.",
    why="Indentation says where a sentence ends: it goes on while lines are indented deeper than its first.",
    bad='language 1\na: text "We care"\n    b: text "We listen"\n',
    good='language 1\na: text "We care"\nb: text "We listen"\n',
)
TAB: Final = Code(
    "PC107",
    "tab-indentation",
    what="A line is indented with a tab.",
    why="Editors show tabs at different widths, and indentation carries meaning here.",
    bad='language 1\nsection "Us" {\n\tnote: text "We care"\n}\n',
    good='language 1\nsection "Us" {\n    note: text "We care"\n}\n',
)
NOT_UTF8: Final = Code(
    "PC108",
    "not-utf8",
    what="The file holds bytes that are not UTF-8.",
    why="Another encoding would be read as other letters, and published so.",
    bad='language 1\nnote: text "\udce4"\n',
    good='language 1\nnote: text "ä"\n',
)
HIDDEN_CHARACTER: Final = Code(
    "PC109",
    "hidden-character",
    what="The file holds a control character, one without a shape, or one that changes the direction of text.",
    why="They let a reader see other words than those that are compiled (CVE-2021-42574).",
    bad='language 1\nnote: text "We\u202e care"\n',
    good='language 1\nnote: text "We care"\n',
)
FILE_TOO_LARGE: Final = Code(
    "PC110",
    "file-too-large",
    what="The file is larger than 4,000,000 bytes.",
    why="Parsing takes a hundred times a file's size in memory; a policy of this size is a mistake or an attack.",
    bad="",
    good='language 1\nnote: text "We care"\n',
)
NESTED_TOO_DEEP: Final = Code(
    "PC111",
    "nested-too-deep",
    what="Groups or parentheses are nested more than 40 deep.",
    why="Nobody can read that, and it would exhaust the compiler.",
    bad="",
    good='language 1\nnote: text "We care"\n',
)
NO_SUCH_DATE: Final = Code(
    "PC112",
    "no-such-date",
    what="A date names a day that the calendar does not have.",
    why="A policy is judged at its date; a hole keeps the words of an original that has none.",
    bad='language 1\nparty us "Us"\npolicy p "Policy"\n    controller us\n    updated 2026-02-30\n',
    good='language 1\nparty us "Us"\npolicy p "Policy"\n    controller us\n    updated 2026-02-28\n',
)
BAD_NUMBER: Final = Code(
    "PC113",
    "bad-number",
    what="A number is too large, or a range does not go up.",
    why="Periods are added to dates, and the calendar ends with the year 9999.",
    bad='language 1\nparty us "Us"\npolicy p "Policy"\n    controller us\n    valid 90 to 30 days\n',
    good='language 1\nparty us "Us"\npolicy p "Policy"\n    controller us\n    valid 30 to 90 days\n',
)
BAD_ESCAPE: Final = Code(
    "PC114",
    "bad-escape",
    what="A backslash in a text is followed by a letter that it does not go with.",
    why='Only `\\"`, `\\\\` and `\\n` mean something; a typo must not vanish from the page.',
    bad='language 1\nnote: text "We \\care"\n',
    good='language 1\nnote: text "We \\"care\\""\n',
)
TOO_MANY: Final = Code(
    "PC115",
    "too-many-errors",
    what="One file has more than a hundred errors; the others are left out, and the rest of it may be unread.",
    why="A file like this is no policy, or one mistake broke it all; mend the first ones.",
    bad="",
    good='language 1\nnote: text "We care"\n',
)
NO_VERSION: Final = Code(
    "PC116",
    "no-version",
    what="The file does not start with `language 1`, or names a version that this policyc does not know.",
    why="The language may change; the line says how the file was meant.",
    bad='note: text "We care"\n',
    good='language 1\nnote: text "We care"\n',
)
NO_VERB: Final = Code(
    "PC117",
    "no-verb",
    what="A line has clauses but neither a verb nor a text.",
    why="Clauses say nothing alone; before `{` they would hold for a group.",
    bad='language 1\npurpose ads "show you ads"\nfor ads\n',
    good='language 1\npurpose ads "show you ads"\ndata clicks "clicks"\nfor ads {\n    may use clicks\n}\n',
)
MISPLACED: Final = Code(
    "PC118",
    "misplaced-sentence",
    what="A sentence stands where its kind cannot: an expectation outside a test, a declaration inside one.",
    why="Tests ask; only what stands outside them is the policy.",
    bad='language 1\ntest "t" {\n    note: text "We care"\n}\n',
    good='language 1\nnote: text "We care"\n',
)
