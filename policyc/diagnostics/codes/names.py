"""PC2: the sentences can be read, but a name, a clause or a module does not fit."""

from typing import Final

from policyc.diagnostics.code import Code, Level

_HEAD: Final = 'language 1\nparty us "Us"\ndata logs "logs"\npurpose safety "keep you safe"\n'
_POLICY: Final = _HEAD + 'policy notice "Notice"\n    controller us\n'

UNKNOWN_NAME: Final = Code(
    "PC201",
    "unknown-name",
    what="A name is used that is neither declared in the file nor imported.",
    why="A misspelt name would silently leave something out of what is allowed or forbidden.",
    bad=_HEAD + "may use logs for savety\n",
    good=_HEAD + "may use logs for safety\n",
)
WRONG_KIND: Final = Code(
    "PC202",
    "wrong-kind",
    what="A name stands in a clause that takes names of another kind.",
    why="Each preposition has one meaning: `for` says the purpose, `in` the place where the person is.",
    bad=_HEAD + "may use logs for us\n",
    good=_HEAD + "may use logs for safety\n",
)
DUPLICATE_NAME: Final = Code(
    "PC203",
    "duplicate-name",
    what="Two declarations, labels, imports or sections of a file have the same name, or one term is imported twice.",
    why="Whoever reads the name could not know which is meant.",
    bad=_HEAD + 'party us "We"\n',
    good=_HEAD + 'party partners "our partners"\n',
)
UNKNOWN_VERB: Final = Code(
    "PC204",
    "unknown-verb",
    what="A statement uses a verb that the language does not have.",
    why="What a verb allows, forbids or promises is fixed; an unknown one would mean nothing.",
    bad=_HEAD + "may sell logs for safety\n",
    good=_HEAD + "may share logs with us by sale\n",
)
CLAUSE_NOT_TAKEN: Final = Code(
    "PC205",
    "clause-not-taken",
    what="A clause stands with a verb or a kind that does not take it, beside one that excludes it, or where it holds for nothing.",
    why="Nothing is ever ignored, so a clause must mean something where it stands.",
    bad=_HEAD + 'may use logs for safety fee "10 EUR"\n',
    good=_HEAD + "may use logs for safety\n",
)
MISSING_CLAUSE: Final = Code(
    "PC206",
    "missing-clause",
    what="A verb or a kind lacks what it needs, and no hole says so.",
    why="Sharing without a recipient says nothing that a reader or a program could rely on.",
    bad=_HEAD + "may share logs for safety\n",
    good=_HEAD + "may share logs for safety hole recipient\n",
)
REPEATED_CLAUSE: Final = Code(
    "PC207",
    "repeated-clause",
    what="A clause stands twice in a statement, or in it and in its group; or a question says one thing twice.",
    why="It would be unclear whether the second replaces the first or adds to it.",
    bad=_HEAD + "may use logs for safety for safety\n",
    good=_HEAD + "may use logs for safety\n",
)
WRONG_FORM: Final = Code(
    "PC208",
    "wrong-form",
    what="A clause is followed by something of another form than it takes.",
    why="`for` takes names of purposes and `within` a period; a text in their place could not be checked.",
    bad=_HEAD + 'may use logs for "safety"\n',
    good=_HEAD + "may use logs for safety\n",
)
UNKNOWN_WORD: Final = Code(
    "PC209",
    "unknown-word",
    what="A closed word of the language is misspelt, or used where another is meant.",
    why="Words such as `sale` or `controller` have fixed meanings.",
    bad=_HEAD + 'may use logs for safety hole pupose "unsaid"\n',
    good=_HEAD + 'may use logs for safety hole basis "unsaid"\n',
)
UNKNOWN_MODULE: Final = Code(
    "PC210",
    "unknown-module",
    what="An import names a file that does not exist, cannot be read, or is no policy file.",
    why="Names that come from nowhere cannot be checked.",
    bad="language 1\nimport email_address from std.data.kontact\n",
    good="language 1\nimport email_address from std.data.contact\n",
)
IMPORT_CYCLE: Final = Code(
    "PC211",
    "import-cycle",
    what="Files import each other in a circle.",
    why="Neither could be understood before the other. Move what both need into a third file.",
    bad="",
    good="language 1\nimport email_address from std.data.contact\n",
)
OUTSIDE_ROOT: Final = Code(
    "PC212",
    "outside-root",
    what="An import leads to a file outside the project, by a symbolic link.",
    why="Policies are untrusted input: compiling one must not read what does not belong to it.",
    bad="",
    good="language 1\nimport email_address from std.data.contact\n",
)
TERM_CYCLE: Final = Code(
    "PC213",
    "term-cycle",
    what="A term is above itself through `is`, `including` or `exactly`, or an event comes after itself.",
    why="What holds for a term holds for all below it; in a circle all would be the same.",
    bad='language 1\ndata a "a" is b\ndata b "b" is a\n',
    good='language 1\ndata a "a"\ndata b "b" is a\n',
)
NOT_EXPORTED: Final = Code(
    "PC214",
    "not-in-module",
    what="An import names something that its module does not declare.",
    why="A misspelt import would leave the name without a meaning.",
    bad="language 1\nimport emale_address from std.data.contact\n",
    good="language 1\nimport email_address from std.data.contact\n",
)
CLOSED_WORD: Final = Code(
    "PC215",
    "closed-word",
    what="A declaration takes a name that is a word of the language in the clauses where it would stand.",
    why="`by sale` could then mean two things.",
    bad='language 1\nparty sale "the sales department"\n',
    good='language 1\nparty sales_team "the sales department"\n',
)
BAD_RELATION: Final = Code(
    "PC216",
    "bad-relation",
    what="`except`, `despite` or `subject to` names a statement that it cannot relate to.",
    why="`except` lets a permission win over a prohibition; between other statements nothing is there to win.",
    bad=_HEAD + "a: may use logs for safety\nb: may use logs for safety despite a\n",
    good=_HEAD + "a: never use logs for safety\nb: may use logs for safety despite a\n",
)
POLICY_COUNT: Final = Code(
    "PC217",
    "policy-count",
    what="A file declares two policies, or is to be built and declares none.",
    why="One file is one policy, with one page and one guard; a file without one is a module.",
    bad=_HEAD + 'policy a "A"\n    controller us\npolicy b "B"\n    controller us\n',
    good=_HEAD + 'policy a "A"\n    controller us\n',
)
NOT_BELOW: Final = Code(
    "PC218",
    "not-a-member",
    what="`including` or `excluding` names a term that does not lie below the one before it; or a term says that it belongs to one whose members are all listed, without it.",
    why="`including` gives examples and must not quietly add something else; `exactly` lists all members.",
    bad=_HEAD + 'data name "name"\nmay use logs including name for safety\n',
    good=_HEAD + 'data name "name" is logs\nmay use logs including name for safety\n',
)
ONLY_IN_PROHIBITION: Final = Code(
    "PC219",
    "only-in-prohibition",
    what="A prohibition says `only`.",
    why="`never share logs only with us` could forbid the sharing with us, or all other sharing.",
    bad=_HEAD + "never share logs only with us\n",
    good=_HEAD + "may share logs only with us\n",
)
UNUSED_IMPORT: Final = Code(
    "PC220",
    "unused-import",
    what="A name is imported, and nothing speaks of it.",
    why="An imported term counts: it is one of the members of what it lies below, for readers and for the guard.",
    bad="language 1\nimport email_address, phone_number from std.data.contact\n"
    'party us "us"\npurpose help "help you"\npolicy p "P"\n    controller us\nmay use email_address for help\n',
    good="language 1\nimport email_address from std.data.contact\n"
    'party us "us"\npurpose help "help you"\npolicy p "P"\n    controller us\nmay use email_address for help\n',
    level=Level.WARNING,
)
UNKNOWN_FINDING: Final = Code(
    "PC221",
    "unknown-finding",
    what="`accept` names a finding that no check has.",
    why="What is misspelt would accept nothing, and what it was meant for would come back.",
    bad=_POLICY + 'may use logs for safety accept contradicton "it is meant"\n',
    good=_POLICY + "may use logs for safety\n",
)
UNUSED_ACCEPT: Final = Code(
    "PC222",
    "unused-accept",
    what="`accept` names a finding that is not there.",
    why="What was wrong has been mended; left there, the word would hide the next one.",
    bad=_POLICY + 'may use logs for safety accept contradiction "it is meant"\n',
    good=_POLICY + "may use logs for safety\n",
    level=Level.WARNING,
)
