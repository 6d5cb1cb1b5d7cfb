"""The page of a rule: what it says, where it is laid down, and its own words."""

from __future__ import annotations

from textwrap import fill, indent
from typing import Final

from policyc.model.policy import texts_of
from policyc.rules.packs import rule_names, written

_WIDTH: Final = 100


def page_of(name: str) -> str | None:
    """The page of a rule of the library by its own or its qualified name, as plain text; None if there is none."""
    short = name.rpartition(".")[2]
    module = rule_names().get(short)
    if module is None or name not in {short, f"{module}.{short}"}:
        return None
    rules = written(module)
    rule = next(one for one in rules.rules if one.name == short)
    source, span = rule.place.source, rule.place.span
    laws = ", ".join(rules.labels[law] for law in rule.laws)
    said = [f"{rule.qualified} ({rule.level})", fill(f"{rule.message[:1].upper()}{rule.message[1:]}.", _WIDTH)]
    said += [f"Laid down in {', '.join(rule.cites)}." if rule.cites else "", f"A rule of {laws}." if laws else ""]
    said += [fill(f"What to do: {text}.", _WIDTH) for text in texts_of(rule.fields, "help")]
    said += ["The rule:", indent(source.text[span.start : span.end], "    ")]
    return "\n\n".join(part for part in said if part) + "\n"
