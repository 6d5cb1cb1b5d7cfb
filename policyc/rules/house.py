"""The rules of a project: files that its settings name, for all of its policies."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import define, field

from policyc.config import RuleFiles
from policyc.diagnostics.codes import tool
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.rules import Rules
from policyc.resources import SUFFIX
from policyc.rules.find import code_of_rule
from policyc.rules.packs import every_rule
from policyc.rules.read import read_rules

if TYPE_CHECKING:
    from policyc.diagnostics.code import Code
    from policyc.diagnostics.diagnostic import Label
    from policyc.resolve.loader import Read


_STEP: Final = re.compile(r"[a-z][a-z0-9_]*")
"""What a folder or file is called that can be imported from; findings have the name of the file of their rule."""


@define(eq=False, repr=False)
class House:
    """Reads the files once, below the project's root; what is wrong with them is `found`."""

    root: Path
    rules: list[Rules] = field(factory=list)
    files: dict[str, Read] = field(factory=dict)
    found: tuple[Diagnostic, ...] = ()
    _is_read: bool = False
    _modules: set[str] = field(factory=set)

    def codes(self, files: RuleFiles) -> Iterable[Code]:
        """The codes of the files' rules, and of all rules of the library."""
        self.read(files)
        return (*(code_of_rule(rule) for rules in self.rules for rule in rules.rules), *every_rule())

    def read(self, files: RuleFiles) -> None:
        """Read the files, unless they have been read."""
        if self._is_read:
            return
        self._is_read = True
        for name, place in files:
            self._file(name, place)

    def _file(self, name: str, place: Label) -> None:
        path = self.root / name
        root = os.path.realpath(self.root)
        steps = Path(name).with_suffix("").parts
        is_module = path.suffix == SUFFIX and all(_STEP.fullmatch(step) for step in steps)
        if not is_module or not Path(os.path.realpath(path)).is_relative_to(root):
            help_ = f"name a file `….{SUFFIX[1:]}` below this folder, with small letters, digits and `_` in its path"
            self._report(place, f"`{name}` is no file of rules below the project", help_)
            return
        module = ".".join(steps)
        if module in self._modules:
            self._report(place, f"`{name}` is named twice in `rules`", "keep one of them")
            return
        self._modules.add(module)
        try:
            rules, read, found = read_rules(path, self.root, module)
        except OSError as error:
            self._report(place, f"`{name}` cannot be read: {(error.strerror or str(error)).lower()}", None)
            return
        self.files |= read
        self.found += found
        self.rules.append(rules)

    def _report(self, place: Label, message: str, help_: str | None) -> None:
        self.found += (Diagnostic.at(tool.BAD_SETTING, place.source, place.span, message, help=help_),)
