"""The text of a guard: clean, the same each time, and nothing that an author writes gets out of its quotes."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from attrs import evolve

from benchmarks.agreement.compare import load
from policyc.backends.enforce import TARGET, UNSAFE, build
from policyc.backends.enforce.assembly import PARTS, text_of
from policyc.backends.enforce.names import docstring, literal, members
from policyc.model.policy import Policy
from policyc.pipeline import compile_path
from tests.policies import EXAMPLES, ROOT, policy_of

POLICIES = [ROOT / "tests/backends/enforce/every_rule.policy", *EXAMPLES]
SMALL = """\
language 1
party us "Us"
data logs "logs"
data lambda "reserved in Python"
data class "the same"
purpose name "like an attribute of an enumeration"
purpose title "like a method of a text"
policy small "Small"
    controller us
one: may use logs for name
two: never use lambda for title
three: may use class for name, title
"""


def _policy(path: Path) -> Policy:
    policy = compile_path(path).policy
    assert policy is not None
    return policy


def _run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture(name="written", scope="module", params=POLICIES, ids=[path.stem for path in POLICIES])
def _written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guard")
    (folder / TARGET).write_text(build(_policy(request.param)), encoding="utf-8")
    return folder


@pytest.mark.parametrize("version", ["py39", "py313"])
def test_ruff_finds_nothing(written: Path, version: str) -> None:
    found = _run("ruff", "check", "--isolated", "--target-version", version, TARGET, folder=written)
    assert (found.returncode, found.stdout.strip()) == (0, "All checks passed!")


def test_it_parses_as_python_3_9(written: Path) -> None:
    tree = ast.parse((written / TARGET).read_text(encoding="utf-8"), feature_version=(3, 9))
    assert tree.body


def test_it_imports_the_standard_library_only(written: Path) -> None:
    tree = ast.parse((written / TARGET).read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {node.module for node in imports if isinstance(node, ast.ImportFrom)}
    assert len(imports) == len(modules) > 5
    assert modules <= {*sys.stdlib_module_names, "__future__", "collections.abc"}


CALLER = """\
from datetime import datetime, timezone
from enforce import Data, Event, Fact, Party, Purpose, State, Verb, Way, decide

known = {Fact.AGREED: True}
consents = {Purpose.ADS: True}
events = {Event.JOINED: datetime(2024, 1, 1, tzinfo=timezone.utc)}
decide(Verb.SHARE, Data.EMAIL, recipient=Party.PARTNERS, way=Way.SALE, state=State.ANONYMOUS, facts=known)
decide(Verb.USE, Data.EMAIL, purpose=Purpose.ADS, consents=consents, objections={Purpose.ADS: False}, events=events)
decide(Verb.USE, Data.EMAIL, facts={Fact.AGREED: True, (Fact.PAUSED, Purpose.ADS): False, Fact.AGE: 16})
decide(Verb.USE, Data.EMAIL, consents={Purpose.ADS: True, (Purpose.ADS, Party.PARTNERS): False})
"""
WRONG = {
    "a name that is none": "decide(Verb.USE, Data.EMIAL)",
    "a verb that is none": 'decide("use", Data.EMAIL)',
    "data as a purpose": "decide(Verb.USE, Data.EMAIL, purpose=Data.EMAIL)",
    "a party as a fact": "decide(Verb.USE, Data.EMAIL, facts={Party.PARTNERS: True})",
    "consent to data": "decide(Verb.USE, Data.EMAIL, consents={Data.EMAIL: True})",
    "a dimension that is none": "decide(Verb.USE, Data.EMAIL, people=None)",
}


def test_mypy_knows_what_programs_may_ask(tmp_path: Path) -> None:
    (tmp_path / TARGET).write_text(build(_policy(POLICIES[0])), encoding="utf-8")
    (tmp_path / "caller.py").write_text(CALLER + "\n".join(WRONG.values()) + "\n", encoding="utf-8")
    checked = _run("mypy", "--strict", "--config-file=", "--no-error-summary", TARGET, "caller.py", folder=tmp_path)
    lines = {line.split(":")[1] for line in checked.stdout.splitlines() if ": error:" in line}
    first = CALLER.count("\n") + 1
    assert lines == {str(first + number) for number in range(len(WRONG))}, checked.stdout


def test_mypy_finds_nothing_in_a_guard_with_few_names(tmp_path: Path) -> None:
    (tmp_path / TARGET).write_text(build(policy_of(SMALL)), encoding="utf-8")
    checked = _run("mypy", "--strict", "--config-file=", TARGET, folder=tmp_path)
    assert checked.returncode == 0, checked.stdout


def test_the_order_of_statements_changes_nothing() -> None:
    head, _, tail = SMALL.partition("one:")
    lines = ["one:" + tail.splitlines()[0], *tail.splitlines()[1:]]
    turned = head + "\n".join(reversed(lines)) + "\n"
    assert build(policy_of(turned)) == build(policy_of(SMALL))


def test_it_carries_the_name_and_the_hash() -> None:
    policy = policy_of(SMALL)
    guard = load(build(policy))
    assert guard.POLICY == "small"
    assert policy.hash == guard.POLICY_HASH


def test_a_guard_with_errors_does_not_load(monkeypatch: pytest.MonkeyPatch) -> None:
    code = build(evolve(policy_of(SMALL), flaws=("PC301", "PC305")))
    said = r"^this guard is made of a policy with errors \(PC301, PC305\) and may allow what the policy forbids; "
    for value in (None, "", "0", "true"):
        with monkeypatch.context() as patched:
            patched.delenv(UNSAFE, raising=False)
            if value is not None:
                patched.setenv(UNSAFE, value)
            with pytest.raises(ImportError, match=said):
                load(code)
    monkeypatch.setenv(UNSAFE, "1")
    guard = load(code)
    assert policy_of(SMALL).hash == guard.POLICY_HASH, "what is wrong is no part of what it says"
    assert guard.decide(guard.Verb.USE, guard.Data.LOGS, purpose=guard.Purpose.NAME).allowed


def test_a_guard_with_errors_is_clean_too(tmp_path: Path) -> None:
    (tmp_path / TARGET).write_text(build(evolve(policy_of(SMALL), flaws=("PC301",))), encoding="utf-8")
    found = _run("ruff", "check", "--isolated", "--target-version", "py39", TARGET, folder=tmp_path)
    assert found.stdout.strip() == "All checks passed!"
    checked = _run("mypy", "--strict", "--config-file=", TARGET, folder=tmp_path)
    assert checked.returncode == 0, checked.stdout


def test_names_of_python_are_no_trouble() -> None:
    guard = load(build(policy_of(SMALL)))
    assert guard.decide(guard.Verb.USE, guard.Data.LOGS, purpose=guard.Purpose.NAME).statements == ("one",)
    assert guard.decide(guard.Verb.USE, guard.Data.LAMBDA, purpose=guard.Purpose.TITLE).statements == ("two",)
    assert guard.decide(guard.Verb.USE, guard.Data.CLASS, purpose=guard.Purpose.TITLE).statements == ("three",)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["email", "other:email"], {"email": "EMAIL", "other:email": "OTHER_EMAIL"}),
        (["other_x", "other:x"], {"other:x": "OTHER_X", "other_x": "OTHER_X_2"}),
        (["std.data.a", "a"], {"a": "A", "std.data.a": "STD_DATA_A"}),
        (["a_b", "a.b", "a:b"], {"a.b": "A_B", "a:b": "A_B_2", "a_b": "A_B_3"}),
        (["2x", "_x_", "-"], {"-": "N_", "2x": "N_2X", "_x_": "X"}),
    ],
)
def test_members(names: list[str], expected: Mapping[str, str]) -> None:
    assert members(names) == expected


NASTY = [
    'a "quoted" label',
    '"""\nimport os\n"""',
    "ends with a backslash \\",
    'ends with a quote "',
    "one line\r\nand another\x0cand\u2028another",
    "turned \u202e round \u2066 about",
    "\x00 and \x1b[31m",
    "\\N{BULLET} \\u0041 {braces} %s",
    "lone \ud800 surrogate",
    "Ünïcödé – “fine”",
]


@pytest.mark.parametrize("text", NASTY)
def test_texts_stay_in_their_quotes(text: str) -> None:
    code = docstring(text)
    assert code.isprintable()
    assert ast.literal_eval(code) == " ".join(text.split())
    assert ast.literal_eval(literal(text)) == text
    assert literal(text).isprintable()


@pytest.mark.parametrize("text", NASTY)
def test_labels_and_ids_stay_in_their_quotes(text: str) -> None:
    policy = policy_of(SMALL)
    terms = {name: evolve(term, label=text) for name, term in policy.terms.items()}
    statements = tuple(evolve(one, id=f"{one.id} {text}") for one in policy.statements)
    nasty = evolve(policy, header=terms["small"], terms=terms, statements=statements)
    code = build(nasty)
    plain = ast.parse(build(policy))
    shape = [type(node) for node in ast.parse(code).body]
    assert shape == [type(node) for node in plain.body]
    guard = load(code)
    assert guard.decide("use", "logs", purpose="name").statements == (f"one {text}",)


def test_a_label_like_fine_print_is_kept() -> None:
    assert docstring("Ünïcödé – “fine”") == '"""Ünïcödé – “fine”"""'


def test_the_parts_are_modules_that_decide_nothing() -> None:
    """As they stand, they are the guard of a policy that says nothing; all of it is in the output."""
    from policyc.backends.enforce.template import decision  # noqa: PLC0415 - it is code of the output, not of policyc

    with pytest.raises(ValueError, match="no verb"):
        decision.decide("use", "logs")  # type: ignore[arg-type]
    code = build(policy_of(SMALL))
    for part in PARTS:
        functions = [node for node in ast.walk(ast.parse(text_of(part))) if isinstance(node, ast.FunctionDef)]
        assert all(f"def {node.name}(" in code for node in functions)
