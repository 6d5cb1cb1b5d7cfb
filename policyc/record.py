"""What classes of values share. attrs writes the code of a class when it is imported, and that shows at every start."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from attrs import fields

if TYPE_CHECKING:
    from attrs import frozen as unwritten
else:
    # Who writes to such a value is told by the type checker. Were it told at run time, making one would take four
    # times as long, and a check makes twenty thousand of them.
    from attrs import define as unwritten

__all__ = ["Record", "ValueRecord", "unwritten"]


class Record:
    """Shows its fields, as attrs would; the classes below it ask attrs for no `repr` of their own."""

    __slots__ = ()

    def __repr__(self) -> str:
        """The name of the class, and its fields by name; those declared with `repr=False` are left out."""
        shown = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(type(self)) if one.repr)  # type: ignore[arg-type]
        return f"{type(self).__name__}({', '.join(shown)})"


class ValueRecord(Record):
    """Compares its fields too, as attrs would; those declared with `eq=False` are left out.

    It takes somewhat longer than what attrs writes: values of which many are compared ask attrs for it.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """Whether the other is of the same class, with equal fields."""
        if type(self) is not type(other):
            return NotImplemented
        compared = _compared(type(self))  # type: ignore[arg-type]
        return bool(compared(self) == compared(other))

    def __hash__(self) -> int:
        """Of the fields, which may be such that there is none."""
        return hash(_compared(type(self))(self))  # type: ignore[arg-type]


@cache
def _compared(cls: Any) -> Callable[[object], object]:  # noqa: ANN401 - a class made by attrs
    """What is compared of the values of a class."""
    names = [one.name for one in fields(cls) if one.eq]
    return attrgetter(*names) if names else lambda _: ()
