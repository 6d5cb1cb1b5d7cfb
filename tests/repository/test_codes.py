"""Every code has a number of its own, a page, and examples that do what the page says."""

import json
import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from policyc.cli import run
from policyc.codes import all_codes
from policyc.diagnostics import codes as families
from policyc.diagnostics.code import FAMILIES, Code
from policyc.discovery import load_from, names_in
from policyc.pipeline import check, compile_path
from policyc.syntax.decode import MAX_BYTES
from policyc.syntax.parser import MOST_BROKEN

NUMBER = re.compile(r"PC[0-9]{3}")
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

POLICY = 'language 1\nparty us "Us"\npolicy p "Policy"\n    controller us\n'

Generated = Callable[[Path], list[str]]
"""Makes what a page cannot show in a folder; returns the arguments of the command that finds it."""


def write(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    # An example may hold bytes that are not UTF-8, as lone surrogates.
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return str(path)


def unreadable(folder: Path) -> list[str]:
    os.mkfifo(folder / "pipe.policy")
    return ["check", str(folder / "pipe.policy")]


def without_policy(folder: Path) -> list[str]:
    return ["check", str(folder)]


def same_output(folder: Path) -> list[str]:
    paths = [write(folder / name, POLICY) for name in ("a.policy", "b.policy")]
    return ["build", *paths, "-o", str(folder / "out")]


def stale(folder: Path) -> list[str]:
    return ["build", "--check", write(folder / "a.policy", POLICY), "-o", str(folder / "out")]


def unformatted(folder: Path) -> list[str]:
    return ["fmt", "--check", write(folder / "a.policy", POLICY.replace("party us", "party   us"))]


def failed_test(folder: Path) -> list[str]:
    text = POLICY + 'data logs "logs"\nsafety: never use logs\ntest "t" {\n    allow use logs\n}\n'
    return ["test", write(folder / "a.policy", text)]


def too_large(folder: Path) -> list[str]:
    return ["check", write(folder / "a.policy", "#" * (MAX_BYTES + 1))]


def too_deep(folder: Path) -> list[str]:
    return ["check", write(folder / "a.policy", f'language 1\nfact f "f"\nwhen {"(" * 100}f{")" * 100} {{\n}}\n')]


def too_many(folder: Path) -> list[str]:
    return ["check", write(folder / "a.policy", "language 1\n" + "wil\n" * (MOST_BROKEN + 1))]


def import_cycle(folder: Path) -> list[str]:
    write(folder / "b.policy", 'language 1\nimport a from a\nparty b "B"\n')
    return ["check", write(folder / "a.policy", 'language 1\nimport b from b\nparty a "A"\n')]


def outside_root(folder: Path) -> list[str]:
    write(folder / "other" / "b.policy", 'language 1\nparty b "B"\n')
    path = write(folder / "project" / "a.policy", "language 1\nimport b from b\n")
    (folder / "project" / "b.policy").symlink_to(folder / "other" / "b.policy")
    return ["check", path]


def bad_setting(folder: Path) -> list[str]:
    write(folder / "pyproject.toml", "[tool.policyc]\nlevel = 1\n")
    return ["check", write(folder / "a.policy", POLICY)]


def stale_baseline(folder: Path) -> list[str]:
    line = {"file": "a.policy", "code": "PC301", "message": "gone", "fingerprint": f"{'0' * 64}:1"}
    baseline = write(folder / "baseline.json", json.dumps({"version": 1, "findings": [line]}))
    # It is a warning: only beside an error does the command end as it does for the others.
    broken = write(folder / "b.policy", "nonsense\n")
    return ["check", write(folder / "a.policy", POLICY), broken, "--baseline", baseline]


def bad_baseline(folder: Path) -> list[str]:
    return ["check", write(folder / "a.policy", POLICY), "--baseline", write(folder / "baseline.json", "{}")]


GENERATED: dict[str, Generated] = {
    "PC001": unreadable,
    "PC002": without_policy,
    "PC003": same_output,
    "PC004": stale,
    "PC005": unformatted,
    "PC006": failed_test,
    "PC007": bad_setting,
    "PC008": stale_baseline,
    "PC009": bad_baseline,
    "PC110": too_large,
    "PC111": too_deep,
    "PC115": too_many,
    "PC211": import_cycle,
    "PC212": outside_root,
}


def of(code: Code) -> str:
    return code.number


def _examples(code: Code) -> list[tuple[str, str]]:
    return [("bad", code.bad), ("good", code.good)]


def numbers(path: str) -> set[str]:
    """The codes of all that is found in a file: by checks also what has nothing to do with the code shown."""
    return {one.code.number for one in check(compile_path(Path(path))).diagnostics}


def test_numbers_and_names_are_unique() -> None:
    counted = Counter(part for code in all_codes() for part in (code.number, code.name))
    assert [part for part, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("family", names_in(families))
def test_a_family_has_one_digit_and_its_codes_are_in_order(family: str) -> None:
    module = load_from(families, family)
    found = [code.number for code in vars(module).values() if isinstance(code, Code)]
    assert found == sorted(found)
    assert {number[:3] for number in found} == {(module.__doc__ or "").partition(":")[0]}


def test_every_code_is_of_a_family() -> None:
    assert {code.number[:3] for code in all_codes()} <= set(FAMILIES)


@pytest.mark.parametrize("code", all_codes(), ids=of)
def test_a_code_has_a_page(code: Code, capsys: pytest.CaptureFixture[str]) -> None:
    assert NUMBER.fullmatch(code.number)
    assert NAME.fullmatch(code.name)
    assert code.what.endswith(".")
    assert code.why.endswith(".")
    assert run(["explain", code.number]) == 0
    page = capsys.readouterr().out
    assert page.startswith(f"{code.number} {code.name} ({code.level.value})\n")
    assert "\n\n    language 1\n" in page or not code.bad or code.number == "PC116"


@pytest.mark.parametrize("code", [code for code in all_codes() if code.bad], ids=of)
def test_the_failing_example_fails(code: Code, tmp_path: Path) -> None:
    bad, good = (numbers(write(tmp_path / f"{name}.policy", text)) for name, text in _examples(code))
    assert bad - good == {code.number}


@pytest.mark.parametrize("code", all_codes(), ids=of)
def test_the_mended_example_is_sound(code: Code, tmp_path: Path) -> None:
    compilation = check(compile_path(Path(write(tmp_path / "good.policy", code.good))))
    assert code.number not in {one.code.number for one in compilation.diagnostics}
    assert not compilation.has_errors
    assert [one for one in compilation.diagnostics if one.code.number < "PC3"] == []


def test_what_no_page_can_show_is_made_here() -> None:
    assert sorted(GENERATED) == [code.number for code in all_codes() if not code.bad]


@pytest.mark.parametrize("number", GENERATED)
def test_a_code_without_an_example_is_emitted(number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = GENERATED[number](tmp_path)
    assert run(arguments) in (1, 2)
    captured = capsys.readouterr()
    assert f"[{number}]" in captured.out + captured.err


def test_findings_name_codes_that_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--format", "json", write(tmp_path / "a.policy", "nonsense\n")]) == 1
    known = {code.number for code in all_codes()}
    assert {found["code"] for found in json.loads(capsys.readouterr().out)["findings"]} <= known
