"""The built wheel, in an empty environment away from the checkout, does the main job."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = "Scripts" if sys.platform == "win32" else "bin"

pytestmark = pytest.mark.slow


def pip(*arguments: str | Path) -> None:
    options = ("--quiet", "--disable-pip-version-check")
    subprocess.run([sys.executable, "-m", "pip", *options, *map(str, arguments)], check=True)


@pytest.fixture(scope="module")
def policyc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in an environment that holds the wheel and its run-time dependencies only."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--wheel-dir", folder, ROOT)
    (wheel,) = folder.glob("policyc-*.whl")
    venv.create(folder / "env", with_pip=False)
    pip("--python", folder / "env" / PROGRAMS / "python", "install", wheel)
    return folder / "env" / PROGRAMS / "policyc"


def run(policyc: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
    return subprocess.run([policyc, *arguments], check=False, capture_output=True, text=True, cwd=folder, env=env)


def test_it_compiles_the_example(policyc: Path, tmp_path: Path) -> None:
    source = tmp_path / "repaired.policy"
    source.write_bytes((ROOT / "examples" / "contacto" / "repaired.policy").read_bytes())
    built = run(policyc, tmp_path, "build", "repaired.policy")
    assert (built.returncode, built.stderr) == (0, "")
    made = sorted(path.name for path in (tmp_path / "build").iterdir())
    assert made == ["enforce.py", "manifest.json", "policy.html", "policy.md"]
    manifest = json.loads((tmp_path / "build" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["policy"]["title"] == "Contacto Privacy Notice"
    assert run(policyc, tmp_path, "build", "--check", "repaired.policy").returncode == 0


def test_it_holds_everything_that_it_needs(policyc: Path, tmp_path: Path) -> None:
    version = run(policyc, tmp_path, "--version")
    assert version.stdout.startswith("policyc ")
    assert run(policyc, tmp_path, "explain", "PC101").returncode == 0
    (packages,) = (policyc.parent.parent / "lib").glob("python*/site-packages/policyc")
    assert (packages / "_resources" / "grammar" / "policy.lark").is_file()
    assert (packages / "_resources" / "stdlib").is_dir()
    assert (packages / "backends" / "manifest" / "schema.json").is_file()
    (entries,) = packages.parent.glob("policyc-*.dist-info/entry_points.txt")
    assert "[pygments.lexers]\npolicyc = policyc.highlight:PolicyLexer\n" in entries.read_text(encoding="utf-8")
    assert not [*packages.parent.glob("pygments")]
    licenses = packages.parent.glob("policyc-*.dist-info/licenses/*")
    assert {path.name for path in licenses} == {"LICENSE", "NOTICE"}


def test_a_sound_file_does_not_wait_for_lark(policyc: Path, tmp_path: Path) -> None:
    program = "import sys; from policyc.cli import run; run(sys.argv[1:]); print('lark' in sys.modules)"
    for text, is_loaded in (("language 1\nparty us\n", "False"), ("language 1\nparty\n", "True")):
        (tmp_path / "a.policy").write_text(text, encoding="utf-8")
        done = run(policyc.with_name("python"), tmp_path, "-c", program, "check", "--no-cache", "a.policy")
        assert done.stdout.splitlines()[-1] == is_loaded, done.stderr
