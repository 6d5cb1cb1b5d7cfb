"""The pages of the codes: one for each, and one that leads to them."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from policyc.diagnostics import codes
from policyc.diagnostics.code import Code

HEAD: Final = """\
# Checks

What policyc finds has a code, and each code a page: what it is, why it matters, a policy that has it, and the same
policy mended. `policyc explain CODE` prints the page.
"""


def pages() -> dict[str, str]:
    """Each page by the name of its file."""
    made = {"index.md": HEAD}
    modules = [import_module(f"{codes.__name__}.{found.name}") for found in iter_modules(codes.__path__)]
    for module in sorted(modules, key=lambda module: module.__doc__ or ""):
        found = sorted((one for one in vars(module).values() if isinstance(one, Code)), key=lambda one: one.number)
        made |= {f"{code.number}.md": page(code) for code in found}
        made["index.md"] += _family(module.__doc__ or "", found)
    return made


def _family(told: str, found: list[Code]) -> str:
    """The codes of one family; the docstring of its file says `PC0: what it is about`."""
    title, _, what = told.partition(": ")
    rows = "".join(f"| [{code.number}]({code.number}.md) | `{code.name}` | {code.what} |\n" for code in found)
    return f"\n## {title}\n\n{what[:1].upper()}{what[1:]}\n\n| code | name | what it is |\n| --- | --- | --- |\n{rows}"


def page(code: Code) -> str:
    """The page of a code: what, why, and a failing and a mended policy."""
    parts = [f"# {code.number} {code.name}", code.what, code.why]
    if code.bad:
        parts += ["This is reported:", f"```policy-with-{code.number}\n{_shown(code.bad)}```"]
        parts += ["This is not:", f"```policy-fragment\n{code.good}```"]
    parts.append(f"The level is {code.level.value}. `policyc explain {code.number}` prints this page.")
    return "\n\n".join(parts) + "\n"


def _shown(text: str) -> str:
    """A policy as a page can show it: hidden characters and broken bytes by their names."""
    return "".join(letter if letter.isprintable() or letter in "\n\t" else f"<U+{ord(letter):04X}>" for letter in text)
