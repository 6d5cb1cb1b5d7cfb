"""What others fetch of this repository: the files that install policyc, and those that say how to run it."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

HOOKS, ACTION = ".pre-commit-hooks.yaml", "action.yml"
FOLDERS = ("policyc", "grammar", "stdlib")
FILES = ("LICENSE", "NOTICE", "README.md", "pyproject.toml", "hatch_build.py", HOOKS, ACTION)

SOUND = """\
language 1
party us "Us"
channel desk "our desk" email "desk@us.example"
policy p "P" controller us contact desk updated 2026-01-31
"""
BROKEN = SOUND.replace("party us", "party   us").replace("controller us", "controller uss")


def fetched(folder: Path) -> Path:
    """A repository of its own with these files."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    repository(folder)
    return folder


def repository(folder: Path) -> None:
    """Make a repository of a folder, with all that is in it."""
    who = ("-c", "user.name=Tests", "-c", "user.email=tests@policyc.example", "-c", "commit.gpgsign=false")
    for arguments in (("init", "--quiet"), ("add", "--all"), (*who, "commit", "--quiet", "--message", "All")):
        command = ["git", *arguments]
        subprocess.run(command, check=True, cwd=folder)
