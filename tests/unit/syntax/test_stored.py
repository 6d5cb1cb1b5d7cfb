"""What the wheel carries ready-made is what would be made of the files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from policyc.pipeline import compile_path
from policyc.resolve import library
from policyc.source.text import Source
from policyc.syntax import parser, tables
from policyc.syntax.codec import decode, encode
from policyc.syntax.parser import Parser
from tests.policies import ROOT

EXAMPLE = ROOT / "examples" / "contacto" / "published.policy"
ALL_VALUES = """language 1
import a as b, c from std.x
policy p "P"
    updated 2026-01-31
    valid 30 to 90 days after e
party q "Q" exactly r
of s {
    x: law says must share only some d excluding f with q by sale when (g and since e above 2 days) or h below 16
    y: text "t"
    see section "s" hole period
    z: will keep d at once open
}
"""


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in which both files are looked for, as in a wheel."""
    for module in (tables, library):
        real = module.resource
        monkeypatch.setattr(module, "resource", lambda name, real=real: tmp_path if name == "built" else real(name))
    library._stored.cache_clear()
    library.stored_module.cache_clear()
    yield tmp_path
    library._stored.cache_clear()
    library.stored_module.cache_clear()


def test_every_node_survives_json() -> None:
    text = ALL_VALUES.replace('    see section "s" hole period\n', "")
    document = Parser().parse(Source("a.policy", text)).value
    again = decode(json.loads(json.dumps(encode(document))))
    assert again == document
    assert again.items[2].span == document.items[2].span  # type: ignore[union-attr]


def test_stored_tables_parse_alike(built: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    made = Parser().parse(Source("a.policy", text))
    (built / tables.STORED).write_text(tables.stored_tables(), encoding="utf-8")
    assert parser.Parser().parse(Source("a.policy", text)) == made


def test_tables_of_another_grammar_are_not_used(built: Path) -> None:
    stored = json.loads(tables.stored_tables())
    stored["fingerprint"] = "of another grammar"
    del stored["data"]
    (built / tables.STORED).write_text(json.dumps(stored), encoding="utf-8")
    assert tables.load_parser().parse("language 1\n", start="document") is not None


def test_the_stored_library_compiles_alike(built: Path) -> None:
    read = compile_path(EXAMPLE).policy
    (built / library.STORED).write_text(library.stored_library(), encoding="utf-8")
    library._stored.cache_clear()
    library.stored_module.cache_clear()
    assert library.stored_module("std.data.contact") is not None
    assert library.stored_module("std.data.kontact") is None
    stored = compile_path(EXAMPLE).policy
    assert stored is not None
    assert read is not None
    assert stored == read
    assert stored.hash == read.hash


def test_a_library_with_errors_is_not_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.policy").write_text("language 1\nparty\n", encoding="utf-8")
    monkeypatch.setattr(library, "resource", lambda _: tmp_path)
    with pytest.raises(ValueError, match=r"std\.broken"):
        library.stored_library()


def test_the_library_file_names_what_it_is_made_of() -> None:
    texts = {name: path.read_text(encoding="utf-8") for name, path in library.library_files().items()}
    assert json.loads(library.stored_library())["digest"] == library.digest(texts)
