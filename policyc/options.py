"""How policies are to be checked. Imports little, for what is remembered of earlier runs is asked for by it."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple


class Options(NamedTuple):
    """Laws as of a day (else the policy's own); with `no_silence`, nothing is accepted and no level lowered.

    `laws` are names of laws whose rules are to be asked, or with `no-` before them are not.
    """

    at: date | None = None
    no_silence: bool = False
    laws: tuple[str, ...] = ()


DEFAULT: Final = Options()
