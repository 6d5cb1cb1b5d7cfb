"""What a file was when it was read. Imports little: a check of what has not changed waits for it."""

from __future__ import annotations

import os
from hashlib import sha256


def file_digest(path: str, raw: bytes) -> str:
    """A digest of a file's bytes, and of the place that its path leads to once symbolic links are followed."""
    return sha256(os.fsencode(os.path.realpath(path)) + b"\0" + raw).hexdigest()
