"""What tests share: policies from text, and findings as lines."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Policy, Question
from policyc.pipeline import Compilation, compile_path
from policyc.resolve.build import Resolved, resolve
from policyc.resolve.loader import ENTRY, Module, Modules
from policyc.resolve.questions import QuestionBinder
from policyc.source.text import Source
from policyc.syntax import nodes
from policyc.syntax.parser import parser

ROOT = Path(__file__).resolve().parents[1]

PUBLISHED = sorted((ROOT / "examples").glob("*/published.policy"))

EXAMPLES = sorted(path for path in (ROOT / "examples").rglob("*.policy") if "\npolicy " in path.read_text("utf-8"))
"""All policies among the examples; modules that they share are none."""

"""All example policies."""

SEEDS = [
    ROOT / "examples" / name / "published.policy" for name in ("clutto", "contacto", "kayako", "kloudtalk", "kutamo")
]
"""The policies of five companies, as they were published: what the language was made for, and what is measured."""

NEWCOMERS = [path for path in PUBLISHED if path not in SEEDS]
"""What people wrote who had never seen the language; each has its `text.md` beside it."""


def said(found: Diagnostic, *, before: int = 0) -> str:
    """A finding as one line: where it starts and ends, what it is, its message, its help. `before` lines count as 0."""
    source, span = found.label.source, found.label.span
    start, end = source.position(span.start), source.position(span.end)
    place = f"{start.line - before}:{start.column}"
    place += f"-{end.column}" if end.line == start.line else f"-{end.line - before}:{end.column}"
    more = "".join(f" [{one.text}: line {source.position(one.span.start).line - before}]" for one in found.more)
    return f"{place} {found.code.number} {found.message}{more} | {found.help}"


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files below a folder; the path of the first."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / next(iter(files))


def compile_files(folder: Path, files: dict[str, str]) -> Compilation:
    """Compile the first of some files, with their folder as the project's root."""
    return compile_path(write(folder, files), root=folder)


def resolve_text(text: str, more: Mapping[str, str] | None = None) -> tuple[Resolved, tuple[Diagnostic, ...]]:
    """What a file comes to, without writing it; it imports from `more`, texts by module.

    AssertionError if a text cannot be read.
    """
    modules = {}
    for name, content in {ENTRY: text, **(more or {})}.items():
        source = Source(f"{name or 'a'}.policy", content)
        parsed = parser().parse(source)
        assert parsed.value is not None
        assert [said(one) for one in parsed.diagnostics] == []
        modules[name] = Module(name, source, parsed.value)
    resolved = resolve(Modules(modules))
    assert resolved.value is not None
    return resolved.value, resolved.diagnostics


@cache
def policy_of(text: str) -> Policy:
    """The policy of a sound file without imports."""
    resolved, found = resolve_text(text)
    assert [said(one) for one in found] == []
    assert resolved.policy is not None
    return resolved.policy


@cache
def question_of(text: str, asked: str) -> Question:
    """A question in the words of the language about the policy of a sound file without imports."""
    resolved, _ = resolve_text(text)
    source = Source("question", f"language 1\nallow {asked}\n")
    document = parser().parse(source)
    assert [said(one) for one in document.diagnostics] == []
    node = document.value.items[1] if document.value else None
    assert isinstance(node, nodes.Statement)
    found: list[Diagnostic] = []
    question = QuestionBinder(resolved.names, source, found).question(node)
    assert [said(one) for one in found] == []
    assert question is not None
    return question
