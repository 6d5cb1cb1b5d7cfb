"""One finding: what is wrong, where, and what to do."""

from __future__ import annotations

from typing import NamedTuple

from policyc.diagnostics.code import Code, Level
from policyc.record import ValueRecord, unwritten
from policyc.source.text import Source, Span


@unwritten(eq=False, repr=False)
class Label(ValueRecord):
    """A place and what is to be said of it."""

    source: Source
    span: Span
    text: str = ""


@unwritten(eq=False, repr=False)
class Fix(ValueRecord):
    """A change that mends the finding: replace `span` of the file by `text`. It never changes meaning unasked."""

    span: Span
    text: str


@unwritten(eq=False, repr=False)
class Diagnostic(ValueRecord):
    """A code, a message (lower case, no full stop), its place, further places, help, fixes, statements and refs.

    `witness`: one case in which it shows, such as "share `clicks` with `advertisers` by sale, no consent given".
    """

    code: Code
    level: Level
    message: str
    label: Label
    more: tuple[Label, ...] = ()
    help: str | None = None
    fixes: tuple[Fix, ...] = ()
    statements: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    witness: str | None = None

    @classmethod
    def at(  # noqa: PLR0913 - keyword arguments, one for each part of a message
        cls,
        code: Code,
        source: Source,
        span: Span,
        message: str,
        *,
        text: str = "",
        help: str | None = None,  # noqa: A002 - the word that users see
        more: tuple[Label, ...] = (),
        fixes: tuple[Fix, ...] = (),
        statements: tuple[str, ...] = (),
        refs: tuple[str, ...] = (),
        witness: str | None = None,
        level: Level | None = None,
    ) -> Diagnostic:
        """A diagnostic at one place, of the code's own level unless another is given."""
        label = Label(source, span, text)
        return cls(code, level or code.level, message, label, more, help, fixes, statements, refs, witness)

    @property
    def order(self) -> tuple[str, int, str, str]:
        """The key by which findings are sorted: file, offset, code."""
        return self.label.source.name, self.label.span.start, self.code.number, self.message


class Accepted(NamedTuple):
    """A finding that the policy's author accepts, and why."""

    finding: Diagnostic
    reason: str
