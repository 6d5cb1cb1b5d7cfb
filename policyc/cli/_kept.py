"""What earlier runs found: a policy is compiled again only if something that it was made of has changed.

For each policy there is one JSON file in the user's cache folder, never in a project: a project that somebody else
wrote could otherwise bring its own "no findings". A file that cannot be read, or is not what was written, counts as
none, and so does what was found with other options. Nothing is kept of a policy with errors. Imports little, for a
check of what has not changed waits for it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

import click

from policyc.options import DEFAULT, Options
from policyc.resources import resource
from policyc.source.digest import file_digest
from policyc.version import __version__

FOLDER: Final = "POLICYC_CACHE_DIR"
"""The environment's variable that names another folder."""

_PACKAGE: Final = Path(__file__).resolve().parents[1]
_CONFIG: Final = "pyproject.toml"

Json = Any


class Kept(NamedTuple):
    """What a policy came to. `findings` are JSON data, and those `accepted` have their reasons.

    `written` has for each output's path its backend and digest. `laws` are those whose rules were asked: what readers
    call each, why it holds, and false if it was asked for and does not. `baseline` is the path of the project's file
    with known findings, which is read anew each time.
    """

    is_policy: bool
    findings: Sequence[Json]
    accepted: Sequence[Json]
    written: Mapping[str, Sequence[str]]
    laws: Sequence[tuple[str, str, bool]] = ()
    has_rules: bool = False
    baseline: str = ""

    def levels_in(self, name: str) -> Sequence[str] | None:
        """The levels of the findings; None if one of them stands in another file than the one of that name."""
        found = [one["finding"] for one in self.findings]
        return [one["level"] for one in found] if all(one["labels"][0][0] == name for one in found) else None


class Memory:
    """The files of earlier runs, or nothing where there is no folder for them. `options` are those of this run."""

    def __init__(self, folder: Path | None, options: Options = DEFAULT) -> None:
        """Read nothing yet; `folder` is None to remember nothing."""
        self.options = options
        self._folder = folder
        self._made_by = _made_by() if folder else ""
        self._digests: dict[str, str | None] = {}
        self.recalled: dict[Path, Kept | None] = {}
        """What was asked for so far."""

    def recall(self, path: Path) -> Kept | None:
        """What the policy at a path came to, if nothing that it was made of has changed."""
        if path not in self.recalled:
            self.recalled[path] = self._read(path)
        return self.recalled[path]

    def _read(self, path: Path) -> Kept | None:
        place = self._place(path)
        if place is None:
            return None
        try:
            line, _, body = place.read_text(encoding="utf-8").partition("\n")
            if line != sha256(body.encode()).hexdigest():
                return None
            data = json.loads(body)
            if data["made_by"] != self._made_by or data["options"] != self._asked:
                return None
            if any(self.digest(one) != was for one, was in data["read"].items()):
                return None
            return Kept(*(data[name] for name in Kept._fields))
        except (OSError, LookupError, ValueError):
            return None

    def keep(self, path: Path, read: Mapping[str, str], kept: Kept) -> None:
        """Remember what a policy came to; `read` has the digest of each file that it was made of, when it was read."""
        place = self._place(path)
        if place is None:
            return
        inputs = {**{config: self.digest(config) for config in _configs(path)}, **read}
        data = {"made_by": self._made_by, "options": self._asked, "read": inputs, **kept._asdict()}
        body = json.dumps(data, sort_keys=True)
        spare = place.with_suffix(f".{os.getpid()}")
        try:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            spare.write_text(f"{sha256(body.encode()).hexdigest()}\n{body}", encoding="utf-8")
            spare.replace(place)
        except OSError:
            return  # a cache that cannot be written slows the next run and harms nothing

    @property
    def _asked(self) -> Json:
        at, no_silence, laws = self.options
        return [at and at.isoformat(), no_silence, list(laws)]

    def digest(self, path: str) -> str | None:
        """The digest of a file as it is now; None if there is none."""
        if path not in self._digests:
            try:
                self._digests[path] = file_digest(path, Path(path).read_bytes())
            except OSError:
                self._digests[path] = None
        return self._digests[path]

    def _place(self, path: Path) -> Path | None:
        """Where it is kept. Findings show a path as it was given, so that each way of giving it has its own file."""
        if self._folder is None:
            return None
        name = sha256(os.fsencode(f"{path.absolute()}\0{path}")).hexdigest()
        return self._folder / f"{name}.json"


def memory(options: Options = DEFAULT, *, is_used: bool = True) -> Memory:
    """The memory of this user; with `is_used` false, one that remembers nothing."""
    return Memory(_folder() if is_used else None, options)


NO_CACHE: Final = click.option(
    "--no-cache", is_flag=True, help="Compile everything, though nothing has changed since an earlier run."
)


def _folder() -> Path | None:
    named = os.environ.get(FOLDER)
    if named:
        return Path(named)
    try:
        above = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
        return Path(above or Path.home() / ".cache", "policyc")
    except RuntimeError:
        return None  # nobody's home


def _configs(path: Path) -> Iterator[str]:
    """Where a project's root may be said: if one of these comes, goes or changes, imports may lead elsewhere."""
    folder = Path(os.path.realpath(path)).parent
    return (str(above / _CONFIG) for above in (folder, *folder.parents))


def _made_by() -> str:
    """All that the outcome depends on besides the policy: policyc's code, grammar and library, Python, and packages."""
    folders = dict.fromkeys((_PACKAGE, resource("grammar"), resource("stdlib")))
    files = [line for folder in folders for line in _files(str(folder))]
    packages = sorted(one.name for one in Path(click.__file__).parents[1].glob("*.dist-info"))
    return sha256("\n".join([__version__, sys.version, *packages, *files]).encode()).hexdigest()


def _files(folder: str) -> list[str]:
    """Name, size and time of change of every file below, sorted: policyc's own files are not read to know them."""
    found: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    found += _files(entry.path)
            else:
                status = entry.stat()
                found.append(f"{entry.path} {status.st_size} {status.st_mtime_ns}")
    return sorted(found)
