"""The page of the standard library: each module, and what it declares."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from policyc.pipeline import parser
from policyc.resolve.library import LIBRARY
from policyc.resources import resource
from policyc.source.text import Source
from policyc.syntax import nodes

HEAD: Final = """\
# The standard library

The library declares what most policies speak of, with labels that read well and links to the
[DPV](https://w3id.org/dpv). Import a name from its module: `import email_address from std.data.contact`.
Declare what is not here yourself; see [Declarations](language/declarations.md).

Each entry is a name and the label that readers see. A name in parentheses is what it belongs to (`is`).
"""


def page() -> str:
    """The whole page."""
    root = Path(str(resource("stdlib")))
    parts = [HEAD]
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        modules = [_module(root, path) for path in sorted(folder.rglob("*.policy"))]
        if modules:
            parts += [f"## {LIBRARY}.{folder.name}\n", *modules]
    return "\n".join(parts)


def _module(root: Path, path: Path) -> str:
    name = ".".join((LIBRARY, *path.relative_to(root).with_suffix("").parts))
    parsed = parser().parse(Source(name, path.read_text(encoding="utf-8"))).value
    items = parsed.items if parsed else ()
    entries = [_entry(item) for item in items if isinstance(item, nodes.Declaration)]
    return f"**`{name}`** {'; '.join(entries)}\n"


def _entry(item: nodes.Declaration) -> str:
    label = item.label.texts[0].value if item.label else ""
    parents = [
        word.text
        for clause in item.clauses
        if clause.key.text == "is" and isinstance(clause.value, nodes.Names)
        for word in clause.value.words
    ]
    above = f" ({', '.join(f'`{one}`' for one in parents)})" if parents else ""
    return f"`{item.name.text}` “{label}”{above}"
