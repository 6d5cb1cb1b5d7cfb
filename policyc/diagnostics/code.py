"""What a code is. The codes themselves stand in `codes`, one file a family."""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class Level(Enum):
    """How bad it is: an error makes the published text false or broken, a warning lets it be challenged."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@frozen
class Code:
    """A kind of finding, with its page: what it is, why it matters, a policy that has it and one mended."""

    number: str
    name: str
    what: str
    why: str
    bad: str
    good: str
    level: Level = Level.ERROR
