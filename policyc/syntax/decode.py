"""Bytes of a file to its text, with a diagnostic for each thing that no policy may contain."""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import Final

from policyc.diagnostics.codes import syntax as codes
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.diagnostics.outcome import Outcome
from policyc.source.text import Source, Span

MAX_BYTES: Final = 4_000_000
"""Larger files are refused: 3.6 MB of source take some 400 MB when parsed with positions."""

_MOST_REPORTED: Final = 20

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

# Controls move a terminal's cursor; bidirectional overrides and characters without a shape show other words than
# those compiled (CVE-2021-42574). Tab and newline are the layout's business.
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)

_OTHER_MARKS: Final = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
"""How files of other encodings start; the longer marks first, as one is the start of another."""


def decode(name: str, raw: bytes, path: str = "") -> Outcome[Source]:
    """The text of a policy file; messages show it under `name`, and `path` is where it is.

    Bytes that are not UTF-8 and hidden characters are reported at their place and replaced, so that the rest
    can still be read. A byte order mark is dropped; CRLF and CR become LF. A file that is over the limit or
    in another encoding has no value.
    """
    refused = _refused(Source(name, "", path=path), raw)
    if refused is not None:
        return Outcome(None, (refused,))
    text, bad_byte = _text(raw)
    hidden = [(match.start(), match.group()) for match in islice(_HIDDEN.finditer(text), _MOST_REPORTED)]
    source = Source(name, _HIDDEN.sub(REPLACEMENT, text), damaged=bool(hidden) or bad_byte is not None, path=path)
    found = []
    if bad_byte is not None:
        place = Span(bad_byte, bad_byte + 1)
        found.append(
            Diagnostic.at(codes.NOT_UTF8, source, place, "this byte is not UTF-8", help="save the file as UTF-8")
        )
    for start, character in hidden:
        message = f"there is a hidden character here, U+{ord(character):04X}"
        found.append(Diagnostic.at(codes.HIDDEN_CHARACTER, source, Span(start, start + 1), message, help="delete it"))
    return Outcome(source, tuple(found))


def _refused(nothing: Source, raw: bytes) -> Diagnostic | None:
    """Why nothing of the file is read, if so."""
    if len(raw) > MAX_BYTES:
        message = f"the file has {len(raw):,} bytes; the limit is {MAX_BYTES:,}"
        help_ = "split it into modules and import from them"
        return Diagnostic.at(codes.FILE_TOO_LARGE, nothing, Span(0, 0), message, help=help_)
    for mark, encoding in _OTHER_MARKS.items():
        if raw.startswith(mark):
            message = f"the file is encoded in {encoding}"
            return Diagnostic.at(codes.NOT_UTF8, nothing, Span(0, 0), message, help="save the file as UTF-8")
    return None


def _text(raw: bytes) -> tuple[str, int | None]:
    """The text with newlines as LF, and the offset of the first byte that is not UTF-8, if there is one."""
    try:
        return _with_lf(raw.decode("utf-8-sig")), None
    except UnicodeDecodeError as error:
        before = _with_lf(error.object[: error.start].decode("utf-8"))
        return _with_lf(raw.decode("utf-8-sig", errors="replace")), len(before)


def _with_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
