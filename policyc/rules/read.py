"""Reads rules from files, of the library or of a project."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.rules import Rules
from policyc.resolve.build import resolve
from policyc.resolve.loader import Read, load
from policyc.syntax.parser import parser


def read_rules(path: Path, root: Path, name: str) -> tuple[Rules, Mapping[str, Read], tuple[Diagnostic, ...]]:
    """The rules of a file that is known by a name, all files that it was made of, and what is wrong with it.

    Raises OSError if the file itself cannot be read.
    """
    loaded = load(path, root, parser(), name)
    modules = loaded.value
    if modules is None or name not in modules.by_name:
        return Rules(), modules.read if modules else {}, loaded.diagnostics
    resolved = resolve(modules, is_complete=not loaded.has_errors, with_tests=False)
    rules = resolved.value.rules if resolved.value else Rules()
    return rules, modules.read, loaded.diagnostics + resolved.diagnostics
