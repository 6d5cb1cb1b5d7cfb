"""What classes of values share. attrs writes the code of a class when it is imported, and that shows at every start."""

from __future__ import annotations

from attrs import fields


class Record:
    """Shows its fields, as attrs would; the classes below it ask attrs for no `repr` of their own."""

    __slots__ = ()

    def __repr__(self) -> str:
        """The name of the class, and its fields by name; those declared with `repr=False` are left out."""
        shown = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(type(self)) if one.repr)  # type: ignore[arg-type]
        return f"{type(self).__name__}({', '.join(shown)})"
