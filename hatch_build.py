"""Puts into the wheel what policyc would otherwise work out at every start: the grammar's tables, the parsed library.

Both are JSON. An editable install has neither and reads the files of the checkout.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent
BUILT = HERE / "build" / "_built"
TARGET = "policyc/_resources/built"


class StoredResources(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling's hook, named in pyproject.toml."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files and add them to the wheel."""
        if version == "editable":
            return
        sys.path.insert(0, str(HERE))
        from policyc.resolve.library import STORED as LIBRARY  # noqa: PLC0415 - only when a wheel is built
        from policyc.resolve.library import stored_library  # noqa: PLC0415
        from policyc.rules.packs import stored_rules  # noqa: PLC0415
        from policyc.rules.store import STORED as RULES  # noqa: PLC0415
        from policyc.syntax.engine import STORED as ENGINE  # noqa: PLC0415
        from policyc.syntax.engine_tables import stored_text  # noqa: PLC0415
        from policyc.syntax.tables import STORED as GRAMMAR  # noqa: PLC0415
        from policyc.syntax.tables import stored_tables  # noqa: PLC0415

        files = {GRAMMAR: stored_tables(), ENGINE: stored_text()}
        files |= {f"{LIBRARY}/{name}.json": text for name, text in stored_library().items()}
        files |= {f"{RULES}/{name}.json": text for name, text in stored_rules().items()}
        for name, text in files.items():
            path = BUILT / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            build_data["force_include"][str(path)] = f"{TARGET}/{name}"
