"""Writes files so that they are there whole, or as they were before."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

Spare = Mapping[Path, Path]
"""For each folder, one inside it in which files are made ready: moving a file within a file system is one step."""


def replace_all(texts: Mapping[Path, str]) -> None:
    """Put texts in the place of files, all of them or, where one cannot be written, none; raises OSError.

    A file that was there keeps its permissions.
    """
    made: list[Path] = []
    try:
        with ExitStack() as stack:
            spare = {}
            for folder in dict.fromkeys(path.parent for path in texts):
                _make(folder, made)
                spare[folder] = Path(stack.enter_context(TemporaryDirectory(prefix=".policyc-", dir=folder)))
            for number, (path, text) in enumerate(texts.items()):
                (spare[path.parent] / f"{number}.new").write_bytes(text.encode())
            _swap(list(texts), spare)
    except OSError:
        for folder in reversed(made):
            folder.rmdir()
        raise


def create(path: Path, text: str) -> None:
    """Write a new file, whole or not at all; raises OSError, and FileExistsError if something is there already."""
    made: list[Path] = []
    try:
        _make(path.parent, made)
        with TemporaryDirectory(prefix=".policyc-", dir=path.parent) as spare:
            new = Path(spare) / "0.new"
            new.write_bytes(text.encode())
            _place(new, path)
    except OSError:
        for folder in reversed(made):
            folder.rmdir()
        raise


def _place(new: Path, path: Path) -> None:
    """Give a file its name, in one step that fails if the name is taken."""
    try:
        path.hardlink_to(new)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no links. There the name is taken first, and only then the file moved to it.
        path.touch(exist_ok=False)
        try:
            new.replace(path)
        except OSError:
            path.unlink()
            raise


def _make(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it, and note which were not there."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir()
        made.append(one)


def _swap(paths: list[Path], spare: Spare) -> None:
    """Move the new files in. Copies of the old ones go back if one step fails."""
    moved: list[tuple[Path, Path]] = []
    try:
        for number, path in enumerate(paths):
            old = spare[path.parent] / f"{number}.old"
            new = spare[path.parent] / f"{number}.new"
            if path.exists() or path.is_symlink():
                shutil.copy2(path, old, follow_symlinks=False)
            if path.is_file() and not path.is_symlink():
                shutil.copymode(path, new)
            new.replace(path)
            moved.append((path, old))
    except OSError:
        for path, old in reversed(moved):
            if old.exists() or old.is_symlink():
                old.replace(path)
            else:
                path.unlink()
        raise
