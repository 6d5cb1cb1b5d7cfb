"""Names of the policy."""

from __future__ import annotations

from enum import Enum

POLICY = ""
"""The policy's name."""
POLICY_HASH = ""
"""What the policy says, as a hash; all outputs of the policy carry it."""


class Verb(str, Enum):
    """What may be asked for."""


class Way(str, Enum):
    """Ways of sharing."""


class Means(str, Enum):
    """How data is used."""


class State(str, Enum):
    """States of data."""


class Data(str, Enum):
    """Data."""


class Purpose(str, Enum):
    """Purposes."""


class Party(str, Enum):
    """Parties."""


class Subject(str, Enum):
    """People."""


class Place(str, Enum):
    """Places."""


class System(str, Enum):
    """Systems."""


class Surface(str, Enum):
    """Surfaces."""


class Fact(str, Enum):
    """Facts."""


class Event(str, Enum):
    """Events."""
