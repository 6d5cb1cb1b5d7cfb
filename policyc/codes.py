"""All codes that policyc knows, found by their place, and the page of each."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Final

from policyc import checks
from policyc.diagnostics import codes
from policyc.diagnostics.code import Code
from policyc.discovery import load_from, names_in

_WIDTH: Final = 100


def all_codes() -> tuple[Code, ...]:
    """Every code, sorted by number."""
    return tuple(sorted((*_in(codes), *codes_of_checks()), key=lambda code: code.number))


def codes_of_checks() -> tuple[Code, ...]:
    """The codes of the checks, sorted by number: their levels may be set, and what they find be accepted."""
    return tuple(sorted(_in(checks), key=lambda code: code.number))


def _in(package: ModuleType) -> Iterator[Code]:
    modules = (load_from(package, name) for name in names_in(package))
    return (value for module in modules for value in vars(module).values() if isinstance(value, Code))


def page(code: Code) -> str:
    """The page of a code, as plain text."""
    from textwrap import fill, indent  # noqa: PLC0415 - a check does not wait for it

    parts = [f"{code.number} {code.name} ({code.level.value})", fill(code.what, _WIDTH), fill(code.why, _WIDTH)]
    if code.bad:
        parts += ["A policy that has it:", indent(example(code.bad), "    ")]
        parts += ["The same policy, mended:", indent(example(code.good), "    ")]
    return "\n\n".join(parts) + "\n"


def markdown(code: Code) -> str:
    """The page of a code below its title, as Markdown."""
    parts = [code.what, code.why]
    if code.bad:
        parts += ["This is reported:", f"```policy\n{example(code.bad)}\n```"]
        parts += ["This is not:", f"```policy\n{example(code.good)}\n```"]
    return "\n\n".join(parts) + "\n"


def example(text: str) -> str:
    """An example as a page can show it: it may hold what no file should, broken bytes or hidden characters."""
    return "".join(part if part.isprintable() or part == "\n" else f"\\u{ord(part):04x}" for part in text).strip("\n")
