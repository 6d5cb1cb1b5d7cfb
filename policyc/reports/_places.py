"""Where programs find the files of findings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import PurePath
from typing import Final
from urllib.parse import quote

from policyc.source.text import Source

_ROOT: Final = "%SRCROOT%"
"""The base of relative addresses, by the name that code scanners know."""

_LIBRARY: Final = "POLICYC_LIBRARY"
"""The base of what stands in the library that policyc brings with it, and in no folder of the author's."""

_OF_LIBRARY: Final = "std/"
"""How messages name its files."""


def path_of(source: Source, root: str) -> str:
    """The path of a file, with slashes: as seen from the root if it is below that, else whole."""
    path = PurePath(os.path.normpath(PurePath(root, source.path or source.name)))
    return (path.relative_to(root) if root and path.is_relative_to(root) else path).as_posix()


def artifact(source: Source, root: str) -> Mapping[str, str]:
    """The address of a file as SARIF writes it: relative to a named base, or whole."""
    path = path_of(source, root)
    if PurePath(path).is_absolute():
        # On Windows it starts with a drive and a colon.
        return {"uri": f"file://{'' if path.startswith('/') else '/'}{_quoted(path, '/:')}"}
    is_library = not source.path and path.startswith(_OF_LIBRARY)
    return {"uri": _quoted(path), "uriBaseId": _LIBRARY if is_library else _ROOT}


def _quoted(path: str, safe: str = "/") -> str:
    """As part of an address. Lone surrogates stand for bytes of a name that is no text, or for themselves."""
    try:
        raw = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raw = path.encode("utf-8", "surrogatepass")
    return quote(raw, safe)
