"""PC0: the tool could not do what it was asked, whatever the policy says."""

from typing import Final

from policyc.diagnostics.code import Code, Level

_SOUND: Final = 'language 1\nparty us "Us"\npolicy p "Policy"\n    controller us\n'

UNREADABLE: Final = Code(
    "PC001",
    "unreadable-file",
    what="A file that was named cannot be read.",
    why="Findings for the rest would look as if everything had been read.",
    bad="",
    good=_SOUND,
)
NO_POLICY: Final = Code(
    "PC002",
    "no-policy",
    what="A folder was named, and no file below it declares a `policy`.",
    why="A wrong path would look like a sound policy.",
    bad="",
    good=_SOUND,
)
SAME_OUTPUT: Final = Code(
    "PC003",
    "same-output",
    what="Two policies would be written to the same place.",
    why="The second would replace the first, and the page of one would lie beside the guard of the other.",
    bad="",
    good=_SOUND,
)
STALE_OUTPUT: Final = Code(
    "PC004",
    "stale-output",
    what="An output is missing, or differs from what the policy compiles to.",
    why="A page, a manifest or a guard of another version says something else than the source.",
    bad="",
    good=_SOUND,
)
UNFORMATTED: Final = Code(
    "PC005",
    "unformatted-file",
    what="A file is not laid out as `policyc fmt` lays it out.",
    why="One layout for all keeps differences between versions to what changed.",
    bad="",
    good=_SOUND,
)
FAILED_TEST: Final = Code(
    "PC006",
    "failed-test",
    what="An expectation of a `test` does not hold.",
    why="What the author expects and what the policy says are two things now; one of them is wrong.",
    bad="",
    good=_SOUND,
)
BAD_SETTING: Final = Code(
    "PC007",
    "bad-setting",
    what="The project's `[tool.policyc]` says something that policyc does not know.",
    why="A misspelt setting would silently hide findings, or show them as less than they are.",
    bad="",
    good=_SOUND,
)
STALE_BASELINE: Final = Code(
    "PC008",
    "stale-baseline",
    what="A baseline knows a finding that is found no more.",
    why="Left there, it would hide the finding if it came back; without it, the file shows how much is still to be mended.",
    bad="",
    good=_SOUND,
    level=Level.WARNING,
)
BAD_BASELINE: Final = Code(
    "PC009",
    "bad-baseline",
    what="A baseline says something that policyc does not know, or is no baseline.",
    why="What cannot be read for certain must not hide findings: nothing counts as known then.",
    bad="",
    good=_SOUND,
)
