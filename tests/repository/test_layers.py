"""Which part may import which, as pyproject.toml says."""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_contracts_hold() -> None:
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    run = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stdout


def test_every_command_is_in_the_contract_of_commands() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (modules,) = [contract["modules"] for contract in contracts if contract["id"] == "commands"]
    commands = sorted(path.stem for path in (ROOT / "policyc" / "cli").glob("[a-z]*.py"))
    assert modules == [f"policyc.cli.{name}" for name in commands]
