"""Baselines: what is written, what is read back, and what of a file is taken for none."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from policyc.baseline import Entry, entry, keys, parse, stale, text
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.codes import names, tool
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.source.text import Source, Span
from tests.policies import said

CONTRADICTION = Code("PC301", "contradiction", what="", why="", bad="", good="")
RULE = Code("PC800", "std.rule.gdpr.told", what="", why="", bad="", good="")
MARK = "0123456789abcdef" * 4 + ":1"
OTHER = MARK.replace(":1", ":12")
LINE: dict[str, Any] = {"file": "a.policy", "code": "PC301", "message": "said", "fingerprint": MARK}
NO_JSON = "the file is no JSON here"
NO_VERSION = "this policyc reads baselines of version 1, and this is of another"
ANEW = "if this is your baseline, delete it, and write it anew with `--write-baseline`"


def finding(code: Code = CONTRADICTION, path: str = "/p/a.policy", message: str = "said", **more: Any) -> Diagnostic:
    return Diagnostic.at(code, Source("a.policy", "x y\nx y\n", path=path), Span(0, 1), message, **more)


def read(content: object) -> list[str]:
    """What is said of a baseline, which knows nothing if anything is."""
    written = content if isinstance(content, str) else json.dumps(content)
    outcome = parse(Source("baseline.json", written), "/p")
    assert (outcome.value is None) is bool(outcome.diagnostics)
    assert all(one.code is tool.BAD_BASELINE for one in outcome.diagnostics)
    return [said(one).replace(" PC009 ", " ") for one in outcome.diagnostics]


# --- what is known -----------------------------------------------------------------------------


def test_a_finding_is_known_by_its_file_and_its_fingerprint() -> None:
    found = [finding(), finding(), finding(path="/p/b.policy"), finding(RULE)]
    first, second, third, fourth = (key or ("", "") for key in keys(found))
    assert (first[0], third[0]) == ("/p/a.policy", "/p/b.policy")
    assert first[1] == third[1] == second[1].replace(":2", ":1")
    assert fourth[1][:64] != first[1][:64]


def test_errors_that_keep_the_checks_from_looking_are_never_known() -> None:
    found = [
        finding(names.UNKNOWN_NAME),
        finding(tool.BAD_SETTING),
        finding(path=""),
        finding(names.UNUSED_IMPORT),
        finding(CONTRADICTION, level=Level.INFO),
    ]
    assert [key is not None for key in keys(found)] == [False, False, False, True, True]


# --- writing and reading -------------------------------------------------------------------------


def test_there_is_a_line_for_each_finding_and_lines_are_sorted() -> None:
    entries = [
        Entry("b.policy", "PC301", "one", MARK),
        Entry("a.policy", "PC800/x", "“two”", MARK),
        Entry("a.policy", "PC301", "three", OTHER),
    ]
    assert text(entries) == text(reversed(entries))
    assert text(entries) == (
        '{\n  "version": 1,\n  "findings": [\n'
        f'    {{"file": "a.policy", "code": "PC301", "message": "three", "fingerprint": "{OTHER}"}},\n'
        f'    {{"file": "a.policy", "code": "PC800/x", "message": "“two”", "fingerprint": "{MARK}"}},\n'
        f'    {{"file": "b.policy", "code": "PC301", "message": "one", "fingerprint": "{MARK}"}}\n'
        "  ]\n}\n"
    )
    assert text([]) == '{\n  "version": 1,\n  "findings": []\n}\n'


@pytest.mark.parametrize("name", ["a.policy", "ä/b c.policy", "b\udce4\u202e\x7f\n.policy", '"\\.policy', "\U000e0001"])
def test_what_is_written_is_read_back_and_seen(name: str) -> None:
    found = finding(path=f"/p/legal/{name}", message="a\u202eb\x00\ud800")
    (key,) = keys([found])
    assert key
    made = entry(found, key, "/p/other")
    written = text([made])
    assert made.file == f"../legal/{name}"
    assert written.replace("\n", "").isprintable()
    assert written.encode("utf-8")
    outcome = parse(Source("baseline.json", written), "/p/other")
    assert outcome.value == {key: made}
    assert made.message == "a\\u202eb\\x00\\ud800"


def test_a_file_on_another_drive_is_named_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_path(_path: str, _start: str) -> str:
        raise ValueError

    monkeypatch.setattr(os.path, "relpath", no_path)
    assert entry(finding(), ("/p/a.policy", MARK), "/p").file == "/p/a.policy"


def test_layout_does_not_matter() -> None:
    written = json.dumps({"findings": [LINE, {**LINE, "fingerprint": OTHER}], "version": 1}, indent=4)
    entries = parse(Source("baseline.json", written), "/p").value or {}
    assert [written[one.span.start : one.span.end].startswith("{") for one in entries.values()] == [True, True]
    assert list(entries) == [("/p/a.policy", MARK), ("/p/a.policy", OTHER)]
    escaped = written.replace('"findings"', '"f\\u0069ndings"')
    assert parse(Source("baseline.json", escaped), "/p").value == entries


def test_a_file_is_known_wherever_links_lead(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    source = Source("baseline.json", json.dumps({"version": 1, "findings": [{**LINE, "file": "link/a.policy"}]}))
    assert [*(parse(source, str(tmp_path)).value or {})] == [(str(tmp_path.resolve() / "real" / "a.policy"), MARK)]


# --- what is no baseline -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", f"1:1-1 {NO_JSON}: expecting value | {ANEW}"),
        ("[1,\n<<<<<<< ours\n", f"2:1-2 {NO_JSON}: expecting value | {ANEW}"),
        ("1" * 5000, f"1:1-2 the file is no JSON that can be read | {ANEW}"),
        ("[" * 100_000, f"1:1-2 the file is no JSON that can be read | {ANEW}"),
        ('{"version": 1, "findings": [], "findings": []}', f"1:32-42 `findings` is said twice | {ANEW}"),
        ("[]", f"1:1-2 the file is no baseline | {ANEW}"),
        ({"version": 2, "of": "the future"}, f"1:2-11 {NO_VERSION} | {ANEW}"),
        ({"version": True, "findings": []}, f"1:2-11 {NO_VERSION} | {ANEW}"),
        ({"version": "1", "findings": []}, f"1:2-11 {NO_VERSION} | {ANEW}"),
        ({"findings": []}, f"1:1-2 a baseline needs its `version` | {ANEW}"),
        ({"version": 1}, f"1:1-2 a baseline needs its `findings` | {ANEW}"),
        ({"version": 1, "findings": {}}, f"1:16-26 `findings` is no list | {ANEW}"),
        ({"version": 1, "findings": [], "finding": []}, "1:32-41 a baseline has no `finding` | write `findings`"),
        ({"version": 1, "findings": [], "x\x1b": 1}, "1:32-41 a baseline has no `x\\x1b` | None"),
        ('{"version": 1, "findings": [], "\\u0078": 1}', "1:1-2 a baseline has no `x` | None"),
    ],
)  # fmt: skip
def test_what_is_no_baseline(content: object, expected: str) -> None:
    assert read(content) == [expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a.policy", f"this is no finding | {ANEW}"),
        ({**LINE, "codes": "PC301"}, "a finding has no `codes` | write `code`"),
        ({key: LINE[key] for key in LINE if key != "file"}, f"a finding needs its `file` | {ANEW}"),
        ({**LINE, "message": 1}, f"`message` is no text | {ANEW}"),
        ({**LINE, "file": ""}, f"`file` is no text | {ANEW}"),
        ({**LINE, "file": "a\0b"}, f"`file` is no text | {ANEW}"),
        ({**LINE, "fingerprint": "abc:1"}, f"`fingerprint` is none | {ANEW}"),
        ({**LINE, "fingerprint": f"{MARK}\n"}, f"`fingerprint` is none | {ANEW}"),
        ({**LINE, "file": "./a.policy"}, "this finding stands here twice | delete one of them"),
    ],
)
def test_what_is_no_finding_has_its_place_and_then_nothing_is_known(line: object, expected: str) -> None:
    lines = ",\n".join(json.dumps(one) for one in (LINE, line))
    (told,) = read(f'{{"version": 1, "findings": [\n{lines}\n]}}')
    assert told == f"3:1-{len(json.dumps(line)) + 1} {expected}"


# --- what is found no more -----------------------------------------------------------------------


def test_what_is_found_no_more_is_said_once_for_each_file() -> None:
    lines = [{**LINE, "fingerprint": MARK.replace(":1", f":{number}")} for number in range(1, 8)]
    lines.append({**LINE, "file": "b\x1b.policy"})
    source = Source("baseline.json", '{"version": 1, "findings": [\n' + ",\n".join(map(json.dumps, lines)) + "\n]}")
    many, one = stale(source, (parse(source, "/p").value or {}).values())
    assert {many.level, one.level} == {Level.WARNING}
    places = [source.position(label.span.start).line for label in (many.label, *many.more)]
    assert (many.message, places) == (
        "7 findings in `a.policy` that this file knows are found no more",
        [2, 3, 4, 5, 6],
    )
    assert one.message == "a finding in `b\\x1b.policy` that this file knows is found no more"
    assert list(stale(source, [])) == []
