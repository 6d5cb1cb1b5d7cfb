"""README's first commands are those that are checked."""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

FAKE_MAKE = """\
#!/bin/sh
echo "make $*"
test "$1" != "$FAILS"
"""


def run_ci(tmp_path: Path, fails: str) -> subprocess.CompletedProcess[str]:
    """`.ci/run` with a `make` that only says how it was called."""
    make = tmp_path / "make"
    make.write_text(FAKE_MAKE, encoding="utf-8")
    make.chmod(0o755)
    env = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "FAILS": fails}
    return subprocess.run([ROOT / ".ci" / "run"], check=False, capture_output=True, text=True, env=env, cwd=tmp_path)


def commands() -> list[str]:
    block = re.search(r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert block is not None
    return [line for line in block.group(1).splitlines() if line.strip() and not line.startswith("#")]


def test_readme_starts_with_two_commands() -> None:
    assert commands() == ["make example", "make test"]


def test_ci_runs_the_commands_of_readme(tmp_path: Path) -> None:
    run = run_ci(tmp_path, fails="nothing")
    assert run.returncode == 0
    assert [line for line in run.stdout.splitlines() if not line.startswith("+")] == commands()


def test_ci_fails_where_a_command_fails(tmp_path: Path) -> None:
    run = run_ci(tmp_path, fails="example")
    assert run.returncode != 0
    assert "make test" not in run.stdout


def test_help_lists_every_task() -> None:
    # A make that runs the tests would tell this one to say more.
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", "--no-print-directory", "help"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=env).stdout
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    tasks = re.findall(r"^\.PHONY: (\S+)$", makefile, re.MULTILINE)
    assert len(tasks) > 10
    assert [line.split()[1] for line in listed.splitlines()] == tasks
