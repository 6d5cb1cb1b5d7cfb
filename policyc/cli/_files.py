"""Writes files so that they are there whole, or as they were before."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


def replace_all(texts: Mapping[Path, str]) -> None:
    """Put texts in the place of files, all of them or, where one cannot be written, none; raises OSError.

    Everything is first written beside its folder's files. What was there is kept until all are in place.
    """
    with _folders(texts) as spare:
        for number, (path, text) in enumerate(texts.items()):
            (spare[path.parent] / f"{number}.new").write_bytes(text.encode())
        moved: list[tuple[Path, Path]] = []
        try:
            for number, path in enumerate(texts):
                _move_in(path, spare[path.parent] / f"{number}.new", spare[path.parent] / f"{number}.old", moved)
        except OSError:
            for path, old in reversed(moved):
                path.unlink(missing_ok=True)
                if old.exists():
                    old.replace(path)
            raise


def _move_in(path: Path, new: Path, old: Path, moved: list[tuple[Path, Path]]) -> None:
    """`old` is a second name of what was there, so that the file never is missing."""
    if path.exists():
        os.link(path, old)
    moved.append((path, old))
    new.replace(path)


@contextmanager
def _folders(texts: Mapping[Path, str]) -> Iterator[Mapping[Path, Path]]:
    """A spare folder in each folder of the files; made folders stay only if the writing succeeds."""
    made: list[Path] = []
    spare: dict[Path, tempfile.TemporaryDirectory[str]] = {}
    try:
        for folder in dict.fromkeys(path.parent for path in texts):
            missing = [one for one in (folder, *folder.parents) if not one.exists()]
            folder.mkdir(parents=True, exist_ok=True)
            made += reversed(missing)
            spare[folder] = tempfile.TemporaryDirectory(prefix=".policyc-", dir=folder)
        yield {folder: Path(one.name) for folder, one in spare.items()}
    except OSError:
        for one in spare.values():
            one.cleanup()
        for folder in reversed(made):
            folder.rmdir()
        raise
    for one in spare.values():
        one.cleanup()
