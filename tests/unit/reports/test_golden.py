"""What programs are told of whole files, word for word.

Each file of `golden` is named after a format and holds cases: `=== title`, a file, `---`, and the report. Of SARIF it
is the run without the rules, which every new code changes; test_sarif.py is about them.
"""

import json
from pathlib import Path

import pytest

from policyc import reports
from tests.policies import compile_files
from tests.unit.reports.logs import run
from tests.unit.syntax.golden import Case, cases

FILES = sorted((Path(__file__).parent / "golden").glob("*.txt"))
CASES = cases(*FILES)


def without_rules(text: str) -> str:
    made = run(text)
    del made["tool"]["driver"]["rules"]
    made["tool"]["driver"]["semanticVersion"] = "VERSION"
    for result in made["results"]:
        del result["ruleIndex"]
    return json.dumps(made, indent=1)


@pytest.mark.parametrize("title", CASES)
def test_exactly_this_is_reported(title: str, tmp_path: Path) -> None:
    form, case = title.partition(":")[0], CASES[title]
    found = compile_files(tmp_path, {"notice.policy": case.source}).diagnostics
    text = reports.load(form).render(found, color=False, root=str(tmp_path.resolve()))
    text = without_rules(text) if form == "sarif" else text.replace(f"{tmp_path}/", "")
    assert text.strip() == case.outcome.strip()


def test_all_formats_have_the_same_cases() -> None:
    forms = ("github", "junit", "sarif")
    github, junit, sarif = ([(title, case.source) for title, case in _of(form)] for form in forms)
    assert github == junit == sarif
    assert len(github) * len(forms) == len(CASES)


def _of(form: str) -> list[tuple[str, Case]]:
    return [(title.removeprefix(f"{form}: "), case) for title, case in CASES.items() if title.startswith(f"{form}: ")]
