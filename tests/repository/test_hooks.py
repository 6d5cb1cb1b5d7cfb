"""The hooks of pre-commit: they are as it takes them, and do what their commands do."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from policyc.cli import run
from tests.repository.adopted import BROKEN, HOOKS, ROOT, SOUND, fetched, repository


def hooks() -> dict[str, Any]:
    return {one["id"]: one for one in yaml.safe_load((ROOT / HOOKS).read_text(encoding="utf-8"))}


def test_pre_commit_takes_them() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", HOOKS]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, "")


def test_there_is_one_for_each_command_that_a_commit_needs() -> None:
    assert sorted(hooks()) == ["policyc-check", "policyc-fmt"]
    for one in hooks().values():
        assert (one["entry"], one["language"]) == (one["name"], "python")
        assert [name for name in ("legal/a.policy", "a.policy.md", "policy") if re.search(one["files"], name)] == [
            "legal/a.policy"
        ]


@pytest.mark.parametrize(("name", "code"), [("policyc-check", 1), ("policyc-fmt", 0)])
def test_the_command_takes_files(name: str, code: int, tmp_path: Path) -> None:
    paths = [tmp_path / "a.policy", tmp_path / "b.policy"]
    for path, text in zip(paths, (SOUND, BROKEN), strict=True):
        path.write_text(text, encoding="utf-8")
    program, *arguments = shlex.split(hooks()[name]["entry"])
    assert program == "policyc"
    assert run([*arguments, *map(str, paths)]) == code
    assert (paths[1].read_text(encoding="utf-8") == BROKEN) is (name == "policyc-check")


@pytest.mark.slow
def test_pre_commit_runs_them(tmp_path: Path) -> None:
    """It clones the repository, and installs policyc from there."""
    (tmp_path / "policyc").mkdir()
    source = fetched(tmp_path / "policyc")
    project = tmp_path / "project"
    project.mkdir()
    (project / "sound.policy").write_text(SOUND, encoding="utf-8")
    (project / "broken.policy").write_text(BROKEN, encoding="utf-8")
    repository(project)

    def tried(*arguments: str) -> subprocess.CompletedProcess[str]:
        env = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON", "SKIP"))}
        env["PRE_COMMIT_HOME"] = str(tmp_path / "home")
        command = [sys.executable, "-m", "pre_commit", "try-repo", str(source), *arguments]
        return subprocess.run(command, check=False, capture_output=True, text=True, cwd=project, env=env)

    done = tried("policyc-check", "--files", "sound.policy", "broken.policy")
    assert done.returncode == 1, done.stderr
    assert "error[PC201]" in done.stdout
    assert "2 files checked: 1 error" in done.stdout
    assert tried("policyc-check", "--files", "sound.policy").returncode == 0
    assert "1 file formatted, 1 left as they are" in tried("policyc-fmt", "--all-files").stdout
