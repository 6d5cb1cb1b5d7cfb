"""Terms of the Data Privacy Vocabulary by their IRIs; policies write them with a prefix: `pd:EmailAddress`."""

from __future__ import annotations

from typing import Final

_BASE: Final = "https://w3id.org/dpv"

_PLACES: Final = ("de", "eu", "gb", "hk", "ie", "in", "jp", "kr", "mo", "my", "ph", "sg", "th", "tw", "us")
"""Where the laws are that DPV has, each place in a namespace of its own."""

_NAMESPACES: Final = {
    "dpv": f"{_BASE}#",
    "pd": f"{_BASE}/pd#",
    "tech": f"{_BASE}/tech#",
    "loc": f"{_BASE}/loc#",
    "risk": f"{_BASE}/risk#",
    "justifications": f"{_BASE}/justifications#",
    "eu-gdpr": f"{_BASE}/legal/eu/gdpr#",
    "rights-eu": f"{_BASE}/legal/eu/rights#",
    **{place: f"{_BASE}/legal/{place}#" for place in _PLACES},
}


def iri(term: str) -> str:
    """The IRI of a term; what has no known prefix stays as the author wrote it."""
    prefix, colon, name = term.partition(":")
    namespace = _NAMESPACES.get(prefix)
    return f"{namespace}{name}" if colon and namespace else term
