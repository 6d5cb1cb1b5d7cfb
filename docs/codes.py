"""The pages of the codes: one for each, and one that leads to them."""

from __future__ import annotations

from typing import Final

from policyc.codes import all_codes
from policyc.diagnostics.code import FAMILIES, Code

HEAD: Final = """\
# Checks

What policyc finds has a code, and each code a page: what it is, why it matters, a policy that has it, and the same
policy mended. `policyc explain CODE` prints the page.
"""


def pages() -> dict[str, str]:
    """Each page by the name of its file."""
    made = {"index.md": HEAD}
    for family, what in FAMILIES.items():
        found = [code for code in all_codes() if code.number.startswith(family)]
        made |= {f"{code.number}.md": page(code) for code in found}
        made["index.md"] += _family(family, what, found)
    return made


def _family(title: str, what: str, found: list[Code]) -> str:
    """The codes of one family."""
    rows = "".join(f"| [{code.number}]({code.number}.md) | `{code.name}` | {code.what} |\n" for code in found)
    return f"\n## {title}\n\n{what[:1].upper()}{what[1:]}.\n\n| code | name | what it is |\n| --- | --- | --- |\n{rows}"


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
