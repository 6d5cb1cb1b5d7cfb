"""Twenty ways to break the example: one error each, at its line, and nothing else is lost.

`breakages.txt` holds what is said, word for word.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from policyc.diagnostics.diagnostic import Diagnostic
from policyc.pipeline import compile_path
from policyc.resolve.scopes import walk
from policyc.source.text import Source
from policyc.syntax import nodes
from policyc.syntax.parser import parser

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = (ROOT / "examples" / "contacto" / "published.policy").read_text(encoding="utf-8")
GOLDEN = Path(__file__).with_name("breakages.txt")

BREAKAGES = {
    "a lost comma between names": ("for customer_support, take_payment", "for customer_support take_payment"),
    "a lost comma in an import": ("import call_lengths, call_times", "import call_lengths call_times"),
    "a lost closing quote": ('"Your rights" {', '"Your rights {'),
    "a lost opening quote": ('hedge "very seriously"', 'hedge very seriously"'),
    "a lost opening brace": ('section "Who gets your data" trace "CON-059", "CON-060" {', 'section "Who gets your data" trace "CON-059", "CON-060"'),
    "a lost closing brace": ('        for customer_support, take_payment\n        trace "CON-021"\n}', '        for customer_support, take_payment\n        trace "CON-021"'),
    "a lost colon": ("account_use: will", "account_use will"),
    "a lost modality": ("updates: will amend", "updates: amend"),
    "a lost verb": ("account_use: will use account_data", "account_use: will account_data"),
    "lost objects": ('glad_to_help: will claim "We are happy to help"', "glad_to_help: will claim"),
    "a lost value": ("for customer_support, take_payment\n        trace", "for\n        trace"),
    "a misspelt modality": ("account_use: will", "account_use: wil"),
    "a misspelt verb": ("updates: will amend", "updates: will ammend"),
    "a misspelt kind": ("event waitlist_joined", "evnt waitlist_joined"),
    "a misspelt unit": ("within 30 days", "within 30 dais"),
    "a misspelt clause": ('hedge "very seriously"', 'hegde "very seriously"'),
    "a misspelt name": ("will use account_data", "will use acount_data"),
    "a misspelt hole": ("hole legal_name", "hole legal_nme"),
    "a clause of another kind": ("will use account_data\n        of customers", "will use account_data\n        of website"),
    "a clause that the verb does not take": ('glad_to_help: will claim "We are happy to help"', 'glad_to_help: will claim "We are happy to help" fee "none"'),
    "a sentence indented too deep": ("    account_use: will use", "        account_use: will use"),
    "a trailing comma": ("for customer_support, take_payment\n        trace", "for customer_support, take_payment,\n        trace"),
    "a lost import keyword": ("import call_lengths", "call_lengths"),
}  # fmt: skip


def _broken(name: str) -> str:
    old, new = BREAKAGES[name]
    assert EXAMPLE.count(old) >= 1, name
    return EXAMPLE.replace(old, new, 1)


def _said(found: Diagnostic) -> str:
    start = found.label.source.position(found.label.span.start)
    line = found.label.source.line(start.line).strip()
    return f"  {line}\n  {start.line}:{start.column} {found.code.number} {found.message}\n  help: {found.help}\n"


def _outcome(name: str, folder: Path) -> tuple[str, tuple[Diagnostic, ...]]:
    path = folder / "published.policy"
    path.write_text(_broken(name), encoding="utf-8")
    found = compile_path(path).diagnostics
    return f"{name}\n{''.join(_said(one) for one in found)}", found


def _count(text: str) -> int:
    document = parser().parse(Source("a.policy", text)).value
    assert document is not None
    return sum(not isinstance(item, nodes.Broken | nodes.Group) for item, _ in walk(document.items))


@pytest.mark.parametrize("name", BREAKAGES)
def test_one_error_is_said_at_its_line(name: str, tmp_path: Path) -> None:
    said, found = _outcome(name, tmp_path)
    assert len(found) == 1, said
    old, new = BREAKAGES[name]
    first = EXAMPLE.count("\n", 0, EXAMPLE.index(old)) + 1
    last = first + max(old.count("\n"), new.count("\n")) + 2
    lines = [one.source.position(one.span.start).line for one in (found[0].label, *found[0].more)]
    assert any(first <= line <= last for line in lines), said
    assert said in GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BREAKAGES)
def test_nothing_else_is_lost(name: str) -> None:
    assert _count(_broken(name)) >= _count(EXAMPLE) - 1
