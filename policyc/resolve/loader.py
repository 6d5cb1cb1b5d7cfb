"""Reads a policy file and all that it imports. The only place where policy files are read.

`import … from std.a.b` reads `a/b.policy` of the standard library, `from a.b` the file `a/b.policy` below the
project's root. Files outside these two folders are never read, symbolic links included.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from attrs import define, field, frozen

from policyc.diagnostics.code import Code
from policyc.diagnostics.codes import names as codes
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.diagnostics.near import near
from policyc.diagnostics.outcome import Outcome
from policyc.record import ValueRecord
from policyc.resolve.library import LIBRARY, is_stored, shown, stored_modules
from policyc.resources import SUFFIX, resource
from policyc.source.digest import file_digest
from policyc.source.text import Source, Span
from policyc.syntax import nodes
from policyc.syntax.decode import MAX_BYTES, decode
from policyc.syntax.parser import Parser

ENTRY: Final = ""
"""The name of the module that the user named; all others are named by their import path."""

PROJECT: Final = "pyproject.toml"
"""The file in which a project's root, and its settings, are said."""

_NAME: Final = "policyc"

TABLE: Final = f"[tool.{_NAME}"
"""How its table starts, by itself or with the name of one inside."""

_SHOWN: Final = 5
"""How many modules of a folder a message lists."""


@frozen(eq=False, repr=False)
class Module(ValueRecord):
    """One file that could be read."""

    name: str
    source: Source
    document: nodes.Document


@frozen(eq=False, repr=False)
class Read(ValueRecord):
    """A file of the author's: where it is, and what it was when it was read."""

    path: str
    digest: str


@frozen(eq=False, repr=False)
class Modules(ValueRecord):
    """The entry and everything that it imports, directly or not, by module name.

    `entry` is the name of the entry. `read` are the files among them that are not the library's, by the names under
    which messages show them.
    """

    by_name: Mapping[str, Module]
    entry: str = ENTRY
    read: Mapping[str, Read] = field(factory=dict)


def project_root(path: Path) -> Path:
    """The folder from which a policy's own imports are read.

    It is the nearest folder above the file whose pyproject.toml has a [tool.policyc] table, else the file's own.
    """
    folder = _real(path).parent
    return next((above for above in (folder, *folder.parents) if _is_root(above / PROJECT)), folder)


def _is_root(config: Path) -> bool:
    """Whether a file has our table. One that is broken elsewhere has it too: another root would hide that."""
    if not config.is_file():
        return False
    try:
        # A letter in another encoding is an error of ours to tell, where our table is meant to stand.
        text = config.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    if _NAME not in text and "\\" not in text:  # a key may be spelt with escapes
        return False
    import tomllib  # noqa: PLC0415 - a policy without such a project above it does not wait for this

    try:
        tools = tomllib.loads(text).get("tool")
    except (ValueError, RecursionError):
        return TABLE in text
    return isinstance(tools, dict) and _NAME in tools


def load(path: Path, root: Path, parser: Parser, name: str = ENTRY) -> Outcome[Modules]:
    """The module at `path` and all that it imports; raises OSError if `path` itself cannot be read.

    With a `name` it is known by that, as other modules would import it.
    """
    loading = _Loading(root.resolve(), parser, name)
    loading.load_entry(path)
    return Outcome(Modules(loading.modules, name, loading.read), tuple(loading.found))


def read_limited(path: Path) -> bytes:
    """The bytes of a regular file, at most one more than the limit; raises OSError."""
    if path.exists() and not path.is_file():
        message = "not a regular file"
        raise OSError(message)
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


@define(eq=False, repr=False)
class _Loading:
    root: Path
    parser: Parser
    name: str = ENTRY
    modules: dict[str, Module] = field(factory=dict)
    stored: dict[str, list[str]] = field(factory=dict)
    """Modules of the wheel's parsed library that are imported from → the names that are."""
    read: dict[str, Read] = field(factory=dict)
    found: list[Diagnostic] = field(factory=list)
    entry: Path = field(default=Path())

    def load_entry(self, path: Path) -> None:
        self.entry = _real(path)
        raw = read_limited(path)
        name = shown(self.name) if self.name else str(path)
        self._note(name, path, raw)
        self._add(self.name, _parsed(name, raw, self.parser, self.entry))
        if self.name in self.modules:
            self._load_imports()
            for name, (source, document) in stored_modules(self.stored).items():
                self.modules[name] = Module(name, source, document)

    def _add(self, name: str, parsed: Outcome[_Parsed]) -> None:
        self.found += parsed.diagnostics
        if parsed.value is not None:
            self.modules[name] = Module(name, *parsed.value)

    def _load_imports(self) -> None:
        """Depth first, without recursion: `chain` holds the modules whose imports are being read."""
        chain = [self.name]
        pending = [iter(imports(self.modules[self.name].document))]
        while pending:
            item = next(pending[-1], None)
            if item is None:
                pending.pop()
                chain.pop()
                continue
            name = module_name(item)
            if is_stored(name):
                self.stored.setdefault(name, []).extend(one.name.text for one in item.names)
                continue
            importer = self.modules[chain[-1]]
            if name in chain or (name not in self.modules and self._path(item) == self.entry):
                message = f"`{name}` imports itself, through {_through(chain, name)}"
                self._report(codes.IMPORT_CYCLE, importer, item, message, "move what both need into a third file")
            elif name not in self.modules and self._read(name, importer, item):
                chain.append(name)
                pending.append(iter(imports(self.modules[name].document)))

    def _path(self, item: nodes.Import) -> Path:
        words = [word.text for word in item.path]
        base = resource("stdlib") if words[0] == LIBRARY else self.root
        steps = words[1:] if words[0] == LIBRARY else words
        return base.joinpath(*steps).with_suffix(SUFFIX) if steps else base

    def _read(self, name: str, importer: Module, item: nodes.Import) -> bool:
        path = self._path(item)
        base = (resource("stdlib") if item.path[0].text == LIBRARY else self.root).resolve()
        try:
            if not path.is_file():
                help_ = _nearest_module(name, path, base)
                self._report(codes.UNKNOWN_MODULE, importer, item, f"there is no module `{name}`", help_)
                return False
            if not _is_within(path, base):
                help_ = f"keep the file below `{base.name}`"
                self._report(codes.OUTSIDE_ROOT, importer, item, f"`{name}` leads out of the project", help_)
                return False
            raw = read_limited(path)
        except OSError as error:
            message = f"`{name}` cannot be read: {error.strerror or error}"
            self._report(codes.UNKNOWN_MODULE, importer, item, message, None)
            return False
        if item.path[0].text == LIBRARY:
            self._add(name, _parsed_once(shown(name), raw, self.parser))
        else:
            self._note(shown(name), path, raw)
            self._add(name, _parsed(shown(name), raw, self.parser, _real(path)))
        return name in self.modules

    def _note(self, file: str, path: Path, raw: bytes) -> None:
        where = str(path.absolute())
        self.read[file] = Read(where, file_digest(where, raw))

    def _report(self, code: Code, importer: Module, item: nodes.Import, message: str, help_: str | None) -> None:
        span = Span(item.path[0].span.start, item.path[-1].span.end)
        self.found.append(Diagnostic.at(code, importer.source, span, message, help=help_))


_Parsed = tuple[Source, nodes.Document]


def _parsed(file: str, raw: bytes, parser: Parser, path: Path | None = None) -> Outcome[_Parsed]:
    """The text of a file and what it says; nothing if it cannot be read as text. An author's file has a `path`."""
    decoded = decode(file, raw, str(path or ""))
    if decoded.value is None:
        return Outcome(None, decoded.diagnostics)
    parsed = parser.parse(decoded.value)
    found = decoded.diagnostics + parsed.diagnostics
    return Outcome(None if parsed.value is None else (decoded.value, parsed.value), found)


_parsed_once = cache(_parsed)
"""For the library's modules, which many policies import."""


def imports(document: nodes.Document) -> list[nodes.Import]:
    """The imports of a document; they stand at its top level."""
    return [item for item in document.items if isinstance(item, nodes.Import)]


def module_name(item: nodes.Import) -> str:
    """The dotted name of the imported module."""
    return ".".join(word.text for word in item.path)


def _through(chain: list[str], name: str) -> str:
    start = chain.index(name) if name in chain else 0
    steps = [step or "this file" for step in chain[start:]]
    return ", ".join(f"`{step}`" if step != "this file" else step for step in steps)


def _real(path: Path) -> Path:
    """The path without symbolic links. Unlike `resolve` of older Pythons, it raises nothing if they go in a circle."""
    return Path(os.path.realpath(path))


def _is_within(path: Path, base: Path) -> bool:
    """Whether a path lies below a folder once all symbolic links are followed."""
    return _real(path).is_relative_to(base)


def _nearest_module(name: str, path: Path, base: Path) -> str | None:
    """What could be meant by a path where no file is. Folders outside of `base` are not looked into."""
    prefix, _, last = name.rpartition(".")
    folder, itself = path.parent, path.with_suffix("")
    if itself.is_dir() and _is_within(itself, base):
        inside = [f"`{name}.{stem}`" for stem in _modules_in(itself)[:_SHOWN]]
        return f"it is a folder; import from {', '.join(inside)}" if inside else None
    if folder.is_dir() and _is_within(folder, base):
        close = near(last, _modules_in(folder))
        return f"did you mean `{prefix}{'.' if prefix else ''}{close}`?" if close else None
    above = folder.parent
    if above.is_dir() and _is_within(above, base):
        beside = sorted(found.name for found in above.iterdir() if found.is_dir() and found != folder)
        close = near(folder.name, beside)
        path_to = prefix.rpartition(".")[0]
        return f"did you mean `{path_to}{'.' if path_to else ''}{close}.{last}`?" if close else None
    return None


def _modules_in(folder: Path) -> list[str]:
    return sorted(found.stem for found in folder.glob(f"*{SUFFIX}") if found.is_file())
