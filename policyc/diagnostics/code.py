"""What a code is. The codes themselves stand in `codes`, one file a family."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from attrs import frozen

from policyc.record import ValueRecord


class Level(Enum):
    """How bad it is: an error makes the published text false or broken, a warning lets it be challenged."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


RULES: Final = "PC800"
"""The number of all rules; each has a code of its own with its qualified name."""

LIBRARY_RULES: Final = "std.rule."
"""How the names of rules start that have pages; others are in a project's own words."""

ANY_RULE: Final = "broken-rule"
"""The name of the code that stands for all rules."""

FAMILIES: Final[Mapping[str, str]] = {
    "PC0": "what has to do with files, the project and commands, not with what a policy says",
    "PC1": "the text cannot be read as sentences of the language",
    "PC2": "the sentences can be read, but a name, a clause or a module does not fit",
    "PC3": "two statements cannot both be true, or nobody can tell which one counts",
    "PC4": "something is said that changes nothing, or can never apply",
    "PC5": "something is missing that a reader needs",
    "PC6": "the policy refers to what is not there, or is not in order as a document",
    "PC7": "words that say less than they seem to",
    "PC8": "a rule of a law, of a store or of your own is broken",
}
"""What the codes have in common that start with the same digit."""


@frozen(eq=False, repr=False)
class Code(ValueRecord):
    """A kind of finding, with its page: what it is, why it matters, a policy that has it and one mended."""

    number: str
    name: str
    what: str
    why: str
    bad: str
    good: str
    level: Level = Level.ERROR

    @property
    def key(self) -> str:
        """What tells it from all others: its number, or for a rule that of all rules and its own name."""
        return f"{self.number}/{self.name}" if self.is_rule else self.number

    @property
    def page(self) -> str:
        """By what its page is asked for."""
        return self.name if self.name.startswith(LIBRARY_RULES) else self.number

    @property
    def is_rule(self) -> bool:
        """Whether it is that of one rule."""
        return self.number == RULES and self.name != ANY_RULE
