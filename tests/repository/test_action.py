"""The action of GitHub: it has the shape of one, and its scripts do what its inputs say."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.repository.adopted import ACTION, BROKEN, ROOT, SOUND, fetched

EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
BASH = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
"""How GitHub runs the scripts of a step whose shell is bash."""


def action() -> Any:
    return yaml.safe_load((ROOT / ACTION).read_text(encoding="utf-8"))


def step(name: str) -> Any:
    (found,) = [one for one in action()["runs"]["steps"] if one["name"] == name]
    return found


def script(name: str, folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [*BASH, step(name)["run"]]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder, env={**os.environ, **env})


def check(folder: Path, program: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The last step, with the values of its inputs, or their defaults."""
    values = {f"inputs.{name}": one["default"] for name, one in action()["inputs"].items()}
    values |= {f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}
    values["steps.install.outputs.program"] = str(program)
    asked = step("Check policies")["env"].items()
    return script(
        "Check policies", folder, {name: EXPRESSION.sub(lambda at: values[at[1]], text) for name, text in asked}
    )


@pytest.fixture(name="program")
def _program(tmp_path: Path) -> Path:
    """A program that is policyc as it stands here."""
    path = tmp_path / "bin" / "policyc"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m policyc "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "my policies").mkdir(parents=True)
    (folder / "my policies" / "sound.policy").write_text(SOUND, encoding="utf-8")
    (folder / "broken.policy").write_text(BROKEN, encoding="utf-8")
    return folder


# --- its shape -----------------------------------------------------------------------------------


def test_it_has_the_shape_of_an_action() -> None:
    made = action()
    assert made.keys() == {"name", "description", "branding", "inputs", "runs"}
    assert (made["runs"].keys(), made["runs"]["using"]) == ({"using", "steps"}, "composite")
    for one in made["inputs"].values():
        assert one.keys() == {"description", "default"}
        assert isinstance(one["default"], str)
    for one in made["runs"]["steps"]:
        assert ("uses" in one) is not ("run" in one)
        assert "uses" in one or one["shell"] == "bash"
        assert one.keys() <= {"id", "name", "uses", "with", "run", "shell", "env"}
        assert re.fullmatch(r"[\w-]+/[\w-]+@v\d+", one.get("uses", "a/b@v1"))


def test_every_input_is_used_and_what_is_used_is_there() -> None:
    made = action()
    used = set(EXPRESSION.findall((ROOT / ACTION).read_text(encoding="utf-8")))
    ids = [one["id"] for one in made["runs"]["steps"] if "id" in one]
    assert {one for one in used if one.startswith("inputs.")} == {f"inputs.{name}" for name in made["inputs"]}
    assert {one.split(".")[1] for one in used if one.startswith("steps.")} == set(ids)


def test_no_input_becomes_part_of_a_script() -> None:
    assert [one["name"] for one in action()["runs"]["steps"] if "${{" in one.get("run", "")] == []


def test_the_guide_tells_of_every_input() -> None:
    guide = (ROOT / "docs" / "how-to" / "adopt.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([\w-]+)` \| .* \| (?:`(.*)` )?\|$", guide, re.MULTILINE)
    assert told == [(name, one["default"]) for name, one in action()["inputs"].items()]


# --- what it does --------------------------------------------------------------------------------


def test_findings_are_notes_and_stop_the_job(program: Path, project: Path) -> None:
    done = check(project, program)
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=broken.policy,line=4,")
    assert done.stderr.startswith("\n2 files checked: 1 error")


def test_there_may_be_several_paths_and_options(program: Path, project: Path) -> None:
    paths = "my policies\n\nmy policies/sound.policy\n"
    done = check(project, program, path=paths, args="--no-cache\n--at 2026-01-31")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("1 file checked: no errors, no warnings; ")
    done = check(project, program, path="my policies", level="info")
    assert (done.returncode, "::notice " in done.stdout) == (0, True)
    assert check(project, program, path=" \n").returncode == 2


def test_findings_are_written_for_code_scanning(program: Path, project: Path) -> None:
    done = check(project, program, sarif_file="out/policyc.sarif")
    assert (done.returncode, done.stdout) == (1, "")
    assert '"uri": "broken.policy"' in (project / "out" / "policyc.sarif").read_text(encoding="utf-8")


def test_nothing_in_an_input_is_run(program: Path, project: Path) -> None:
    text = '$(touch run) `touch run` "; touch run; #'
    for inputs in ({"path": text}, {"args": text}, {"level": text}, {"sarif_file": f"{text}.sarif"}):
        assert check(project, program, **inputs).returncode != 0
    assert not (project / "run").exists()


@pytest.mark.slow
def test_it_installs_itself(tmp_path: Path, project: Path) -> None:
    for name in ("source", "temp"):
        (tmp_path / name).mkdir()
    source, output = fetched(tmp_path / "source"), tmp_path / "output"
    env = {"PYTHON": sys.executable, "RUNNER_TEMP": str(tmp_path / "temp")}
    env |= {"GITHUB_ACTION_PATH": str(source), "GITHUB_OUTPUT": str(output)}
    done = script("Install policyc", tmp_path, env)
    assert done.returncode == 0, done.stderr
    name, _, program = output.read_text(encoding="utf-8").strip().partition("=")
    assert name == "program"
    assert "::error file=broken.policy" in check(project, Path(program)).stdout
