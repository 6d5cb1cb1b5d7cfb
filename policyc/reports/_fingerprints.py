"""What makes a finding the same as one of an earlier run, though lines have come or gone above it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from policyc.diagnostics.diagnostic import Diagnostic


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """The fingerprint of each finding; those of one file are all different.

    It knows neither the line's number nor the file: whoever compares two runs knows the file from the finding's place.
    A finding that is like an earlier one of its file is told from it by its number among them.
    """
    made: list[str] = []
    seen: Counter[tuple[str, str]] = Counter()
    for found in diagnostics:
        source = found.label.source
        digest = _digest(found)
        key = (source.path or source.name, digest)
        seen[key] += 1
        made.append(f"{digest}:{seen[key]}")
    return made


def _digest(found: Diagnostic) -> str:
    """Of what the finding says, and of the words on its line, however they are indented."""
    source = found.label.source
    line = source.line(source.position(found.label.span.start).line)
    parts = [found.code.key, found.statements, found.message, line.split()]
    return sha256(json.dumps(parts).encode()).hexdigest()
