"""What holds for all tests."""

from pathlib import Path

import pytest

from policyc.cli._kept import FOLDER


@pytest.fixture(autouse=True)
def memory_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test finds what another one, or the user, has compiled before."""
    folder = tmp_path_factory.mktemp("memory")
    monkeypatch.setenv(FOLDER, str(folder))
    return folder
