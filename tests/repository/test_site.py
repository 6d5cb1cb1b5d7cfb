"""The site of the documentation is built without a warning, holds every page, and loads nothing from elsewhere."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOADED = re.compile(r"<(?:script|img|iframe|link)\b[^>]*?\b(?:src|href)=\"((?:https?:)?//[^\"]*)")
IMPORTED = re.compile(r"(?:@import|url\()\s*[\"']?((?:https?:)?//[^\"')]*)")

pytestmark = pytest.mark.slow


def build(docs: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sphinx", "-q", "-E", "-W", "--keep-going", "-d", str(out / "made"), *options]
    return subprocess.run([*command, docs, out / "site"], check=False, capture_output=True, text=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = build(ROOT / "docs", folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return folder / "site"


def test_it_holds_every_page_and_no_source(site: Path) -> None:
    pages = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")}
    made = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    assert pages <= made
    assert {path.name for path in made if path.suffix in {".py", ".pyc", ".md", ".pickle"}} == set()


def test_it_loads_nothing_from_elsewhere(site: Path) -> None:
    pages = {path.name: LOADED.findall(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    styles = {path.name: IMPORTED.findall(path.read_text(encoding="utf-8")) for path in site.rglob("*.css")}
    assert {name: found for name, found in (pages | styles).items() if found} == {}


def test_contributing_is_a_page(site: Path) -> None:
    assert "How the code is laid out" in (site / "contributing.html").read_text(encoding="utf-8")


def test_policies_are_coloured_and_what_they_become_is_text(site: Path) -> None:
    page = (site / "language" / "groups.html").read_text(encoding="utf-8")
    assert '<span class="k">will</span><span class="w"> </span><span class="nf">use</span>' in page
    assert "company/people.policy" in page
    assert "<code>account</code> For customers: We use your email address to manage your account." in page
    assert "```" not in page


def test_a_link_that_leads_nowhere_and_a_page_that_nothing_leads_to_are_errors(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "CONTRIBUTING.md", tmp_path)
    (tmp_path / "docs" / "lost.md").write_text("# Lost\n\n[a](gone.md) [b](semantics.md#gone) [c](../policyc/api.py)\n")
    done = build(tmp_path / "docs", tmp_path, "-b", "dummy")
    assert done.returncode != 0
    told = [line.partition("WARNING: ")[2] for line in done.stderr.splitlines()]
    assert [re.findall(r"gone\.md|'gone'|api\.py|toctree", line) for line in told if line] == [
        ["toctree"],
        ["gone.md"],
        ["'gone'"],
        ["api.py"],
    ]
