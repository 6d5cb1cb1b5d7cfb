"""Faults for code that decides: each comparison and branch negated in turn, and a few more of the kind."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from typing import Final

from attrs import frozen

_NEGATED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_MOVED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
_OTHER: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}
_CALLS: Final = {"any": "all", "all": "any", "min": "max", "max": "min"}


@frozen
class Mutant:
    """One fault: a name that stays the same while the code does, and the whole code with it."""

    name: str
    code: str


def mutants(part: str, code: str) -> Iterator[Mutant]:
    """All faults of the functions in a module, in the order of its text."""
    tree = ast.parse(code)
    seen: Counter[str] = Counter()
    for function in _functions(tree):
        for slot in _slots(function):
            for change in _changes(slot):
                name = f"{part}.{function.name}: {ast.unparse(slot.node)} -> {ast.unparse(change)}"
                seen[name] += 1
                slot.put(change)
                yield Mutant(name if seen[name] == 1 else f"{name} ({seen[name]})", ast.unparse(tree))
                slot.put(slot.node)


def _functions(tree: ast.AST) -> list[ast.FunctionDef]:
    """The functions and methods, none within another."""
    classes = [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]
    return [node for one in classes for node in ast.iter_child_nodes(one) if isinstance(node, ast.FunctionDef)]


@frozen
class _Slot:
    """An expression, and where it stands: a field of its parent, perhaps one of a list."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.expr

    def put(self, node: ast.expr) -> None:
        """Let another expression stand there."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node

    @property
    def branches(self) -> bool:
        """Whether it decides which way the code goes."""
        return self.field in {"test", "ifs"}


def _slots(function: ast.FunctionDef) -> list[_Slot]:
    """All expressions of a function's body."""
    found = []
    for parent in (node for statement in function.body for node in ast.walk(statement)):
        for name, value in ast.iter_fields(parent):
            if isinstance(value, ast.expr):
                found.append(_Slot(parent, name, None, value))
            elif isinstance(value, list):
                found += [_Slot(parent, name, at, each) for at, each in enumerate(value) if isinstance(each, ast.expr)]
    return found


def _changes(slot: _Slot) -> Iterator[ast.expr]:
    """What may stand there instead."""
    match slot.node:
        case ast.Compare(left, [operator], right):
            yield ast.Compare(left, [_NEGATED[type(operator)]()], right)
            if type(operator) in _MOVED:
                yield ast.Compare(left, [_MOVED[type(operator)]()], right)
            return
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
            return
        case ast.BoolOp(operator, values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
        case ast.BinOp(left, operator, right) if type(operator) in _OTHER:
            yield ast.BinOp(left, _OTHER[type(operator)](), right)
        case ast.Call(ast.Name(name), arguments, keywords) if name in _CALLS:
            yield ast.Call(ast.Name(_CALLS[name], ast.Load()), arguments, keywords)
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
    if slot.branches:
        yield ast.UnaryOp(ast.Not(), slot.node)
