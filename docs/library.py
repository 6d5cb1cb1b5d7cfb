"""The pages of the standard library: what each module declares, and what other vocabularies call it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from policyc.language.kinds import KINDS
from policyc.resolve.library import LIBRARY
from policyc.resolve.vocabulary import VERB, Counterpart, Entry, crosswalk, vocabulary

HEAD: Final = """\
# The standard library

The library declares what most policies speak of, with labels that read well and links to the
[DPV](https://w3id.org/dpv). Import a name from its module: `import email_address from std.data.contact`.
Declare what is not here yourself; see [Declarations](../language/declarations.md).

`policyc vocab WORD` looks for a term by its name, its label, or another word for it, and shows what it belongs to and
what other vocabularies call it. Where a policy uses a name of the library without an import, the message says which
import is missing.

| module | declares | terms |
| --- | --- | --- |
"""

PAGE: Final = """\
# {title}

What `{module}` declares, by module. Each entry is a name and the label that readers see. A name in parentheses is what
it belongs to (`is`). [All of the library](index.md)
"""

CROSSWALK: Final = """\
# Other vocabularies

Which terms of the library say what a term of another vocabulary says, or come closest to it. Many other vocabularies
are coarser, so that several terms here may have the same counterpart. `policyc vocab` finds a term by these codes too.
"""

SCHEMES: Final = {
    "apple.data": "Apple: types of data in privacy manifests",
    "apple.purpose": "Apple: purposes in privacy manifests",
    "ccpa.ae": "CCPA: sensitive personal information (Cal. Civ. Code 1798.140(ae))",
    "ccpa.v": "CCPA: categories of personal information (Cal. Civ. Code 1798.140(v))",
    "fideslang.data_category": "fideslang: data categories",
    "fideslang.data_subject": "fideslang: data subjects",
    "fideslang.data_use": "fideslang: data uses",
    "play.data": "Google Play: types of data in the data safety form",
    "play.purpose": "Google Play: purposes in the data safety form",
    "tcf22.dataCategory": "IAB TCF 2.2: categories of data",
    "tcf22.feature": "IAB TCF 2.2: features",
    "tcf22.purpose": "IAB TCF 2.2: purposes",
    "tcf22.specialFeature": "IAB TCF 2.2: special features",
    "tcf22.specialPurpose": "IAB TCF 2.2: special purposes",
}
"""The headings of the crosswalk's parts, by the names of its files."""


def pages() -> Mapping[str, str]:
    """The text of each page by its file's name."""
    terms = list(vocabulary().values())
    folders = {name: list(found) for name, found in groupby(terms, lambda one: one.module.split(".")[1])}
    made = {f"{name}.md": _folder(name, found) for name, found in folders.items()}
    return {"index.md": _index(folders), "crosswalk.md": _crosswalk(), **made}


def _index(folders: Mapping[str, list[Entry]]) -> str:
    rows = [
        f"| [`{LIBRARY}.{name}`]({name}.md) | {_title(found).lower()} | {len(found)} |"
        for name, found in folders.items()
    ]
    total = sum(len(found) for found in folders.values())
    return HEAD + "\n".join(
        [*rows, f"| | | {total:,} |", "", "[Other vocabularies](crosswalk.md): what they call these terms.", ""]
    )


def _folder(name: str, found: list[Entry]) -> str:
    parts = [PAGE.format(title=_title(found), module=f"{LIBRARY}.{name}")]
    for module, terms in groupby(found, lambda one: one.module):
        parts.append(f"**`{module}`** {'; '.join(map(_entry, terms))}\n")
    return "\n".join(parts)


def _title(found: Iterable[Entry]) -> str:
    plural = KINDS[next(iter(found)).kind].plural
    return plural[0].upper() + plural[1:]


def _entry(entry: Entry) -> str:
    parents = ", ".join(f"`{name.rpartition('.')[2]}`" for name in entry.parents)
    return f"`{entry.short}` “{entry.label}”{f' ({parents})' if parents else ''}"


def _crosswalk() -> str:
    parts = [CROSSWALK]
    for scheme, rows in groupby(crosswalk(), lambda one: one.scheme):
        parts.append(f"## {SCHEMES[scheme]}\n\n| code | means | here |\n| --- | --- | --- |")
        parts.append("\n".join(_rows(rows)) + "\n")
    return "\n".join(parts)


def _rows(rows: Iterable[Counterpart]) -> Iterator[str]:
    for row in rows:
        targets = (name if name.startswith(VERB) else name.removeprefix(f"{LIBRARY}.") for name in row.targets)
        label = row.label.replace("|", "\\|")
        yield f"| `{row.code}` | {label} | {', '.join(f'`{name}`' for name in targets)} |"
