"""Nothing in the repository depends on the machine on which it was written."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MADE = {"build", "dist", "mutants", "node_modules", "__pycache__"}
"""Folders that tasks make. Hidden ones are left out too, but for that of the checks."""

PUBLIC_INDEXES = {"pypi.org", "files.pythonhosted.org"}

HOME_FOLDERS = re.compile(r"(?<![\w./-])/(?:home|root|Users|work|workspace|opt|mnt|srv)/\w+")
LOCAL_ADDRESSES = re.compile(r"file:///\w|\b(?:localhost|127\.0\.0\.1|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+)\b")


def files() -> Iterator[tuple[str, str]]:
    """Path and text of every file that is written by people."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in MADE and (not name.startswith(".") or name == ".ci")]
        for name in names:
            path = Path(folder, name)
            if not name.startswith(".") and path != Path(__file__):
                yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8", errors="replace")


def holding(pattern: re.Pattern[str]) -> list[str]:
    return [f"{path}: {match.group()}" for path, text in files() for match in pattern.finditer(text)]


def test_the_files_are_found() -> None:
    paths = {path for path, _ in files()}
    assert {"README.md", "Makefile", ".ci/run", "policyc/version.py", "tests/repository/test_sizes.py"} <= paths


def test_no_folder_of_a_machine_is_named() -> None:
    assert holding(HOME_FOLDERS) == []


def test_no_local_address_is_named() -> None:
    assert holding(LOCAL_ADDRESSES) == []


def test_this_checkout_is_not_named() -> None:
    assert holding(re.compile(rf"{re.escape(str(ROOT))}\b")) == []


def test_no_private_package_index_is_named() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], check=True, capture_output=True, text=True
    ).stdout + " ".join(value for name, value in os.environ.items() if "INDEX" in name)
    hosts = set(re.findall(r"https?://(?:[^@/\s']*@)?([\w.-]+)", said)) - PUBLIC_INDEXES
    pattern = re.compile("|".join(map(re.escape, sorted(hosts))) if hosts else r"--(?:extra-)?index-url")
    assert holding(pattern) == []
