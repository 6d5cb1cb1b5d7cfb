"""The project's settings: what stands in [tool.policyc], and what is said of all else."""

from pathlib import Path

import pytest

from policyc.checks.contradiction import CONTRADICTION, DOUBT, SPECIAL_CASE
from policyc.config import Settings, settings
from policyc.diagnostics.code import Level
from policyc.diagnostics.outcome import Outcome
from policyc.pipeline import check, compile_path
from tests.policies import said

CODES = (CONTRADICTION, DOUBT, SPECIAL_CASE)
HEAD = '[project]\nname = "levels"\n\n[tool.policyc]\n'
POLICY = 'language 1\nparty us "Us"\npolicy p "P"\n    controller us\n'
EXAMPLE = 'write `levels = { unsaid-limit = "warning" }`'
BASELINE = 'write `baseline = "baseline.json"`'
BELOW = "keep the baseline beside the project's policies"
LEVELS = "write `error`, `warning`, `info` or `off`"


def read(folder: Path, text: str | bytes) -> Outcome[Settings]:
    (folder / "pyproject.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return settings(folder, CODES)


def found(folder: Path, text: str) -> list[str]:
    """What is said of a file; lines count from the end of the head, if it starts with it."""
    before = HEAD.count("\n") if text.startswith(HEAD) else 0
    outcome = read(folder, text)
    assert all(one.code.number == "PC007" and one.label.source.name == "pyproject.toml" for one in outcome.diagnostics)
    return [said(one, before=before) for one in outcome.diagnostics]


# --- what can be settled -----------------------------------------------------------------------


def test_without_a_file_or_a_table_nothing_is_settled(tmp_path: Path) -> None:
    assert settings(tmp_path, CODES) == Outcome(Settings())
    for text in ("", "[tool.ruff]\nlevels = 1\n", HEAD, f"{HEAD}[tool.policyc.levels]\n"):
        assert read(tmp_path, text) == Outcome(Settings())


@pytest.mark.parametrize(
    "text",
    [
        f'{HEAD}levels = {{ PC301 = "warning", unsaid-limit = "off" }}\n',
        f'{HEAD}[tool.policyc.levels]\ncontradiction = "warning"\n"PC303" = "off"\n',
        'tool.policyc.levels.PC301 = "warning"\r\ntool.policyc.levels.PC303 = "off"\r\n',
    ],
)
def test_codes_have_levels_by_number_or_name(text: str, tmp_path: Path) -> None:
    assert read(tmp_path, text) == Outcome(Settings({"PC301": Level.WARNING, "PC303": None}))


@pytest.mark.parametrize(("word", "level"), [*((level.value, level) for level in Level), ("off", None)])
def test_levels(word: str, level: Level | None, tmp_path: Path) -> None:
    assert read(tmp_path, f'{HEAD}levels.PC302 = "{word}"\n') == Outcome(Settings({"PC302": level}))


def test_a_baseline_is_named_from_the_project(tmp_path: Path) -> None:
    root = tmp_path.resolve()
    assert read(tmp_path, f'{HEAD}baseline = "legal/known.json"\n') == Outcome(
        Settings(baseline=f"{root}/legal/known.json")
    )
    (tmp_path / "link").symlink_to(tmp_path)
    assert read(tmp_path / "link", f'{HEAD}baseline = "known.json"\n') == Outcome(
        Settings(baseline=f"{root}/known.json")
    )


def test_a_baseline_is_that_of_the_files_around_it(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(f'{HEAD}baseline = "known.json"\n', encoding="utf-8")
    for name, text in (("a", POLICY), ("b", 'language 1\nparty us "Us"\n'), ("c", "nonsense")):
        (tmp_path / f"{name}.policy").write_text(text, encoding="utf-8")
        made = check(compile_path(tmp_path / f"{name}.policy"))
        assert made.baseline == str(tmp_path.resolve() / "known.json")


# --- what cannot -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("level = {}\n", "1:1-6 PC007 `[tool.policyc]` has no setting `level` | write `levels`"),
        ("root = '.'\n", "1:1-5 PC007 `[tool.policyc]` has no setting `root` | None"),
        ("levels = 'off'\n", f"1:1-7 PC007 `levels` is no table of codes | {EXAMPLE}"),
        ("levels = ['PC301']\n", f"1:1-7 PC007 `levels` is no table of codes | {EXAMPLE}"),
        (
            "[tool.policyc.levels]\n# PC399\nPC399 = 'off'\n",
            "3:1-6 PC007 there is no check or rule `PC399` whose level could be set | None",
        ),
        (
            "levels = { unsaid_limit = 'off' }\n",
            "1:12-24 PC007 there is no check or rule `unsaid_limit` whose level could be set | write `unsaid-limit`",
        ),
        (
            "levels.PC201 = 'off'\n",
            "1:8-13 PC007 there is no check or rule `PC201` whose level could be set | write `PC301`",
        ),
        ("levels.PC301 = 'of'\n", "1:8-13 PC007 what `PC301` is set to is no level | write `off`"),
        ("levels.PC301 = 'Warning'\n", "1:8-13 PC007 what `PC301` is set to is no level | write `warning`"),
        ("levels.PC301 = 'fatal'\n", f"1:8-13 PC007 what `PC301` is set to is no level | {LEVELS}"),
        ("levels.PC301 = true\n", f"1:8-13 PC007 what `PC301` is set to is no level | {LEVELS}"),
        ("levels.PC301 = ['off']\n", f"1:8-13 PC007 what `PC301` is set to is no level | {LEVELS}"),
        ("levels.PC301.x = 'off'\n", f"1:8-13 PC007 what `PC301` is set to is no level | {LEVELS}"),
        ("baseline = 1\n", f"1:1-9 PC007 `baseline` is no file's name | {BASELINE}"),
        ("baseline = ''\n", f"1:1-9 PC007 `baseline` is no file's name | {BASELINE}"),
        ("base_line = 'a'\n", "1:1-10 PC007 `[tool.policyc]` has no setting `base_line` | write `baseline`"),
        ("baseline = '../a.json'\n", f"1:1-9 PC007 `../a.json` is no file below the project | {BELOW}"),
        ("baseline = '/a.json'\n", f"1:1-9 PC007 `/a.json` is no file below the project | {BELOW}"),
        ('baseline = "a\\u0000b"\n', f"1:1-9 PC007 `a\0b` is no file below the project | {BELOW}"),
        (
            "[tool.policyc.levels]\nPC301 = 'off'\ncontradiction = 'info'\n",
            "3:1-14 PC007 `contradiction` and `PC301` are the same | keep one of them",
        ),
    ],
)  # fmt: skip
def test_what_the_table_does_not_take(text: str, expected: str, tmp_path: Path) -> None:
    assert found(tmp_path, HEAD + text) == [expected]


def test_what_is_no_table(tmp_path: Path) -> None:
    expected = f"2:1-8 PC007 `[tool.policyc]` is no table | {EXAMPLE}"
    assert found(tmp_path, "[tool]\npolicyc = 1\n") == [expected]
    assert found(tmp_path, "[[tool.policyc]]\nlevels = {}\n")[0].startswith("1:8-15 PC007 `[tool.policyc]` is no table")
    assert found(tmp_path, "tool = 'policyc'\n") == []


def test_all_mistakes_are_reported_and_the_rest_counts(tmp_path: Path) -> None:
    text = f"{HEAD}strict = true\nlevels = {{ PC301 = 'no', PC302 = 'off', PC399 = 'off' }}\n"
    assert [one.split()[0] for one in found(tmp_path, text)] == ["1:1-7", "2:12-17", "2:41-46"]
    assert read(tmp_path, text).value == Settings({"PC302": None})


# --- the place, and files that are none ----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("# leve\n[tool.leve]\nleve = 1\n[tool.policyc]\nx = 1 # leve\nleve = 1\n", "6:1-5"),
        ("[tool.policyc]\n'leve' = 1\n", "2:2-6"),
        ("[tool.policyc]\nlevels = {}\nlevel = 1\n", "3:1-6"),
        ("[tool.policyc]\nmy-level = 1\nlevel = 1\n", "3:1-6"),
        ("[tool.policyc.leve]\nx = 1\n", "1:15-19"),
        ('[tool.policyc]\n"l\\u0065ve" = 1\n', "1:1-14"),
        ('[tool."policy\\u0063"]\nleve = 1\n', "2:1"),
    ],
)  # fmt: skip
def test_the_place_is_that_of_the_key(text: str, place: str, tmp_path: Path) -> None:
    assert any(one.startswith((f"{place} ", f"{place}-")) for one in found(tmp_path, text))


@pytest.mark.parametrize("rest", ["[", "x = ", "x = 1\nx = 2", "x = " + "[" * 100_000, "x = 9" + "9" * 5000, "\x00"])
def test_a_file_that_is_no_toml_settles_nothing_silently(rest: str, tmp_path: Path) -> None:
    (one,) = found(tmp_path, f'{HEAD}levels.PC301 = "error"\n{rest}\n')
    assert "PC007 the file is no TOML from here on, and its `[tool.policyc]` cannot be read" in one
    assert found(tmp_path, f"[tool.other]\n{rest}\n") == []


def test_the_line_from_which_a_file_is_no_toml(tmp_path: Path) -> None:
    assert found(tmp_path, f"{HEAD}levels = {{}}\nx = = 1\nmore\n")[0].startswith("2:1-8 PC007 ")


def test_a_file_that_is_no_text_is_ours_if_our_table_is_in_it(tmp_path: Path) -> None:
    """One letter in another encoding must not switch a project's rules and levels off."""
    assert read(tmp_path, b"\xff[tool.poetry]\nlevel = 1\n") == Outcome(Settings())
    (one,) = read(tmp_path, b"[tool.policyc]\nlevels = {}\n[tool.x]\nname = '\xe9'\n").diagnostics
    assert said(one).startswith("4:9-11 PC007 the file is no TOML from here on")


def test_a_long_line_is_searched_in_no_time(tmp_path: Path) -> None:
    """A search that goes back and forth on it would take hours."""
    long = f"x = [{' ' * 200_000}]\n"
    assert [one[:5] for one in found(tmp_path, f"{long}{HEAD}{long}")] == ["6:1-2"]


HOSTILE = "\\u001b[2J\\u202e`\\n"


def test_a_hostile_key_is_only_shown(tmp_path: Path) -> None:
    outcome = read(tmp_path, f'{HEAD}"{HOSTILE}" = 1\nlevels = {{ "{HOSTILE}" = "{HOSTILE}", PC301 = "{HOSTILE}" }}\n')
    assert len(outcome.diagnostics) == 3
    long = "x" * 10_000
    assert [one.help for one in read(tmp_path, f'{HEAD}levels."{long}" = "{long}"\n').diagnostics] == [None]


# --- in a project ------------------------------------------------------------------------------


def test_the_mistakes_of_a_project_stand_beside_those_of_its_policy(tmp_path: Path) -> None:
    text = POLICY + 'party ads "ads"\ndata logs "logs"\nno: never share logs with ads\nyes: may share logs with ads\n'
    (tmp_path / "a.policy").write_text(text, encoding="utf-8")
    read(tmp_path, f"{HEAD}levels.PC30 = 'off'\n")
    numbers = [one.code.number for one in check(compile_path(tmp_path / "a.policy")).diagnostics]
    assert {"PC007", "PC301"} <= set(numbers)


def test_a_broken_table_keeps_its_project(tmp_path: Path) -> None:
    """Else all imports of the project would be unknown, and nobody would see why."""
    inner = tmp_path / "notices"
    inner.mkdir()
    (inner / "a.policy").write_text(POLICY, encoding="utf-8")
    read(tmp_path, f"{HEAD}levels = \n")
    compilation = check(compile_path(inner / "a.policy"))
    assert compilation.root == tmp_path.resolve()
    assert "PC007" in {one.code.number for one in compilation.diagnostics}
    (tmp_path / "pyproject.toml").write_text("[tool.other]\nx =\n", encoding="utf-8")
    assert compile_path(inner / "a.policy").root == inner.resolve()
