"""Bytes of a file to its text, with a diagnostic for each thing that no policy may contain."""

from __future__ import annotations

import re
from typing import Final

from policyc.diagnostics.codes import syntax as codes
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.diagnostics.outcome import Outcome
from policyc.source.text import Source, Span

MAX_BYTES: Final = 4_000_000
"""Larger files are refused: 3.6 MB of source take some 400 MB when parsed with positions."""

_MANY: Final = 20

# Controls move a terminal's cursor; bidirectional overrides show other words than those compiled
# (CVE-2021-42574). Tab and newline are the layout's business.
_HIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufffe\uffff]")


def decode(name: str, raw: bytes) -> Outcome[Source]:
    """The text of a policy file.

    Bytes that are not UTF-8 and hidden characters are reported at their place and replaced, so that the rest
    can still be read. A byte order mark is dropped; CRLF and CR become LF. A file over the limit has no value.
    """
    if len(raw) > MAX_BYTES:
        message = f"the file has {len(raw):,} bytes; the limit is {MAX_BYTES:,}"
        nothing = Source(name, "")
        return Outcome(None, (Diagnostic.at(codes.FILE_TOO_LARGE, nothing, Span(0, 0), message, help="split it into modules and import from them"),))
    try:
        text = raw.decode("utf-8-sig")
        bad_bytes = False
    except UnicodeDecodeError:
        text = raw.decode("utf-8-sig", errors="replace")
        bad_bytes = True
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: list[Diagnostic] = []
    source = Source(name, _HIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))
    if bad_bytes:
        place = max(text.find("\N{REPLACEMENT CHARACTER}"), 0)
        found.append(Diagnostic.at(codes.NOT_UTF8, source, Span(place, place + 1), "these bytes are not UTF-8", help="save the file as UTF-8"))
    for number, match in enumerate(_HIDDEN.finditer(text)):
        if number == _MANY:
            break
        message = f"hidden character U+{ord(match.group()):04X}"
        found.append(Diagnostic.at(codes.HIDDEN_CHARACTER, source, Span(match.start(), match.end()), message, help="delete it"))
    return Outcome(source, tuple(found))
