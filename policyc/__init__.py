"""A language and a compiler for privacy policies.

`policyc.compile(path)` gives the model, the findings and the decisions of one policy.
What is exported here is loaded when it is first used, so that `policyc --version` loads nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from policyc.version import __version__

if TYPE_CHECKING:
    from policyc.api import (
        Compilation,
        compile,  # noqa: A004 - the name that users expect
    )
    from policyc.semantics.request import Decision, Reading, Request

__all__ = ["Compilation", "Decision", "Reading", "Request", "__version__", "compile"]

_HOMES: Final = {
    "compile": ("policyc.api", "compile"),
    "Compilation": ("policyc.api", "Compilation"),
    "Decision": ("policyc.semantics.request", "Decision"),
    "Reading": ("policyc.semantics.request", "Reading"),
    "Request": ("policyc.semantics.request", "Request"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562
    """Load an exported name on first use; AttributeError for any other."""
    if name not in _HOMES:
        message = f"module 'policyc' has no attribute {name!r}"
        raise AttributeError(message)
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
