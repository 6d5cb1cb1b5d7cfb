"""What the wheel carries ready-made is what would be made of the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policyc.pipeline import compile_path
from policyc.resolve import library
from policyc.source.text import Source
from policyc.syntax import nodes, parser, tables
from policyc.syntax.codec import decode, encode
from policyc.syntax.parser import Parser
from tests.policies import PUBLISHED, ROOT, said

EXAMPLE = ROOT / "examples" / "contacto" / "published.policy"
ALL_VALUES = """language 1
import a as b, c from std.x
policy p "P"
    updated 2026-01-31
    valid 30 to 90 days after e
party q "Q" exactly r
of s {
    x: law says must share only some of d excluding f with q by sale when (g and since e above 2 days) or h below 16
    y: text "t"
    see section "s" hole period
    z: will keep d at once open
}
"""


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the files are looked for, as in a wheel."""
    for module in (tables, library):
        real = module.resource
        monkeypatch.setattr(module, "resource", lambda name, real=real: tmp_path if name == "built" else real(name))
    return tmp_path


def test_every_node_survives_json() -> None:
    text = ALL_VALUES.replace('    see section "s" hole period\n', "")
    document = Parser().parse(Source("a.policy", text)).value
    again = decode(json.loads(json.dumps(encode(document))))
    assert again == document
    assert again.items[2].span == document.items[2].span


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


def store(built: Path) -> None:
    (built / library.STORED).mkdir()
    for name, text in library.stored_library().items():
        (built / library.STORED / f"{name}.json").write_text(text, encoding="utf-8")


def test_the_stored_library_compiles_alike(built: Path) -> None:
    read = {path: compile_path(path).policy for path in PUBLISHED}
    store(built)
    assert library.is_stored("std.data.contact")
    assert not library.is_stored("std.data.kontact")
    for path, policy in read.items():
        stored = compile_path(path).policy
        assert stored is not None
        assert policy is not None
        assert stored == policy
        assert stored.hash == policy.hash


def test_only_what_is_needed_is_taken_from_the_stored_library(built: Path) -> None:
    store(built)
    modules = library.stored_modules({"std.data.contact": ["mobile_number"]})
    known = {name: list(document.items) for name, (_, document) in modules.items()}
    assert sorted(known) == ["std.data.base", "std.data.contact"]
    names = [item.name.text for item in known["std.data.contact"] if isinstance(item, nodes.Declaration)]
    assert names == ["contact_data", "phone_number", "mobile_number"]


def test_an_unknown_name_is_reported_alike(built: Path, tmp_path: Path) -> None:
    source = tmp_path / "main.policy"
    source.write_text("language 1\nimport mobile_nunber, email_address from std.data.contact\n", encoding="utf-8")
    read = [said(one) for one in compile_path(source).diagnostics]
    store(built)
    assert [said(one) for one in compile_path(source).diagnostics] == read
    assert "mobile_number" in read[0]


def test_a_library_with_errors_is_not_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.policy").write_text("language 1\nparty\n", encoding="utf-8")
    monkeypatch.setattr(library, "resource", lambda _: tmp_path)
    with pytest.raises(ValueError, match=r"std\.broken"):
        library.stored_library()


def test_a_library_with_statements_is_not_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wordy.policy").write_text('language 1\ntext "Hello."\n', encoding="utf-8")
    monkeypatch.setattr(library, "resource", lambda _: tmp_path)
    with pytest.raises(ValueError, match="declarations only"):
        library.stored_library()
