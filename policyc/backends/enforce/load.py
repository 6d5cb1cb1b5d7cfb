"""The guard of a policy as a module of this process.

It is made of the very text that programs import. What comes from a policy is looked at before it runs: nothing in it
but tables, whatever the policy says.
"""

from __future__ import annotations

import ast
import sys
from types import ModuleType
from typing import Final

from policyc.backends.enforce import opening, parts
from policyc.backends.enforce.assembly import assemble
from policyc.model.policy import Policy

_TABLES: Final = (
    *(ast.Module, ast.Assign, ast.AnnAssign, ast.ClassDef, ast.Expr),
    *(ast.Constant, ast.Tuple, ast.Dict, ast.UnaryOp, ast.USub),
    *(ast.Name, ast.Load, ast.Store, ast.Attribute, ast.Call, ast.keyword),
    *(ast.Subscript, ast.BinOp, ast.BitOr),  # of annotations
)
"""What tables are made of: no import, no function, no loop, no arithmetic."""

_CONDITIONS: Final = frozenset({"_Holds", "_Number", "_Since", "_Happened", "_All", "_Any", "_Not"})
_ENDS: Final = frozenset({"_At", "_FirstOf", "_LastOf"})
_CALLED: Final = _CONDITIONS | _ENDS | {"_Rule", "_Clock"}
"""What tables call."""

_ENUM: Final = "Reason"
"""The one name of which tables take something."""


def load(policy: Policy) -> ModuleType:
    """The guard of a policy. ValueError if what comes from the policy is more than tables."""
    made = {"opening": opening(policy), **parts(policy)}
    for name, text in made.items():
        if not is_table(text):
            message = f"the guard's {name} would be more than a table, and is not run"
            raise ValueError(message)
    return execute(assemble(made.pop("opening"), made))


def is_table(text: str) -> bool:
    """Whether code does nothing but name things, and make conditions and rules."""
    return all(_is_harmless(node) for node in ast.walk(ast.parse(text)))


def _is_harmless(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=called):
            return isinstance(called, ast.Name) and called.id in _CALLED
        case ast.Attribute(value=owner):
            return isinstance(owner, ast.Name) and owner.id == _ENUM
    return isinstance(node, _TABLES)


def execute(text: str) -> ModuleType:
    """The text of a guard as a module."""
    module = ModuleType("enforce")
    module.__name__ = f"enforce at {id(module)}"
    sys.modules[module.__name__] = module  # dataclasses look for their module while they are made
    try:
        exec(compile(text, "enforce.py", "exec"), module.__dict__)  # noqa: S102 - our code, and tables
    finally:
        del sys.modules[module.__name__]
    return module
