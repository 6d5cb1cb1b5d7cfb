"""Mistakes in `import a, b as c from path`."""

from __future__ import annotations

from typing import Final

from policyc.diagnostics.near import near
from policyc.syntax.grammar import RESERVED
from policyc.syntax.messages.breaks import Break, Rule, Said


def _import(where: Break) -> Said | None:
    if not where.before or where.before[0].text != "import":
        return None
    return next((said for rule in (_star, _name, _path, _from) if (said := rule(where)) is not None), None)


def _from_first(where: Break) -> Said | None:
    """As in Python: `from std.data import name`."""
    if len(where.before) != 1 or where.back(1) != "from" or "import" not in where.after.split():
        return None
    return Said(
        "an import does not start with `from`", f"write `import … from {where.word.text}`", where.before[0].span
    )


def _name(where: Break) -> Said | None:
    """After `import`, `as` or a comma: no name."""
    if "NAME" not in where.expected or where.back(1) not in {"import", "as"}:
        return None
    if where.at_end or where.word.text == "from":
        return Said(f"`{where.back(1)}` is followed by no name", "write the name after it", where.before[-1].span)
    if where.word.text in RESERVED:
        return Said(f"{where.word.shown} is a word of the language and cannot be a name", "choose another name")
    return None


def _star(where: Break) -> Said | None:
    if where.word.text != "*":
        return None
    return Said("`*` does not import anything", "write the names that are imported, with commas between them")


def _path(where: Break) -> Said | None:
    """After `from`: a path in quotes, with slashes, or none."""
    words = [word.text for word in where.before]
    if "from" not in words:
        return None
    if where.at_end:
        return Said(
            "the path of this import is incomplete", "write where the names are from, as in `from std.data.contact`"
        )
    path = where.word.text.strip('"').replace("\\", ".").replace("/", ".").removesuffix(".policy")
    if where.word.is_text:
        return Said("the path of an import has no quotes", f"write `{path}`", fix=path)
    if "/" in path or "\\" in where.word.text or "/" in where.word.text:
        return Said(f"{where.word.shown} is not a path", f"write dots: `{path}`", fix=path)
    return None


def _from(where: Break) -> Said | None:
    """After a name: no `from`, or a misspelt one."""
    if "_FROM" not in where.expected or where.word.text == ",":
        return None
    if where.at_end:
        return Said(
            "the import does not say where its names are from", "write it at the end, as in `from std.data.contact`"
        )
    if near(where.word.text, ("from",)):
        return Said(f"{where.word.shown} cannot stand here", "did you mean `from`?", fix="from")
    if near(where.word.text, ("as",)):
        return Said(f"{where.word.shown} cannot stand here", "did you mean `as`?", fix="as")
    help_ = "write `from` before the path, or a comma before another name"
    return Said(f"`from` or a comma is missing before {where.word.shown}", help_)


RULES: Final[tuple[Rule, ...]] = (_import, _from_first)
