"""The SARIF report: what code scanners read, and what a policy must not make them read."""

import json
from pathlib import Path
from typing import Any

import pytest

from policyc.codes import all_codes
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.codes import names, tool
from policyc.diagnostics.diagnostic import Accepted, Diagnostic, Fix, Label
from policyc.pipeline import check, compile_path
from policyc.reports import Beside
from policyc.reports.sarif import render
from policyc.source.text import Source, Span
from policyc.version import __version__
from tests.policies import EXAMPLES, ROOT
from tests.unit.reports.logs import run

CONTRADICTION = Code("PC999", "contradiction", what="Two statements disagree.", why="One is false.", bad="", good="")
POLICY = Source("pölicy.policy", "language 1\nno_sale: never share clicks by sale\nads: may share clicks\n")
LABEL = Span(11, 18)
WHOLE = "file://"
"""How addresses start that are relative to nothing."""

BAD = sorted((ROOT / "tests" / "conformance").glob("*/bad/*.policy"))

Json = Any


def result(found: Diagnostic, root: str = "") -> Json:
    """The one result of a finding."""
    (made,) = run(render([found], color=True, root=root))["results"]
    return made


def finding(source: Source = POLICY, span: Span = LABEL, message: str = "said", **more: Any) -> Diagnostic:
    return Diagnostic.at(CONTRADICTION, source, span, message, **more)


def where(source: Source, root: str = "") -> Json:
    return result(finding(source), root)["locations"][0]["physicalLocation"]["artifactLocation"]


def region(source: Source, start: int, end: int) -> tuple[int, ...]:
    place = result(finding(source, Span(start, end)))["locations"][0]["physicalLocation"]["region"]
    return tuple(place[key] for key in ("startLine", "startColumn", "endLine", "endColumn"))


def test_all_of_a_finding() -> None:
    found = finding(
        message="`no_sale` forbids what `ads` allows",
        text="forbidden here",
        more=(Label(POLICY, Span(47, 50), "allowed here"), Label(Source("b.policy", "x"), Span(0, 1))),
        help="did you mean `may`?",
        witness="share `clicks` by sale",
        fixes=(Fix(Span(20, 25), "may"), Fix(Span(47, 52), ""), Fix(Span(11, 11), "x")),
        statements=("no_sale", "ads"),
        refs=("CON-001",),
        level=Level.INFO,
    )
    made = result(found)
    base = {"uri": "p%C3%B6licy.policy", "uriBaseId": "%SRCROOT%"}

    def place(line: int, start: int, end: int) -> Json:
        return {"startLine": line, "startColumn": start, "endLine": line, "endColumn": end}

    def fix(said: str, area: Json, text: str) -> Json:
        replacement = {"deletedRegion": area, "insertedContent": {"text": text}}
        changes = [{"artifactLocation": base, "replacements": [replacement]}]
        return {"description": {"text": said}, "artifactChanges": changes}

    assert made.pop("ruleIndex") == len(all_codes())
    assert made.pop("partialFingerprints").keys() == {"policycFinding/v1"}
    assert made == {
        "ruleId": "PC999",
        "level": "note",
        "message": {
            "text": "`no_sale` forbids what `ads` allows.\nsee: [allowed here](1), [here](2).\n"
            "witness: share `clicks` by sale.\nhelp: did you mean `may`?"
        },
        "locations": [
            {
                "physicalLocation": {"artifactLocation": base, "region": place(2, 1, 8)},
                "message": {"text": "forbidden here"},
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {"artifactLocation": base, "region": place(3, 1, 4)},
                "message": {"text": "allowed here"},
            },
            {
                "id": 2,
                "physicalLocation": {
                    "artifactLocation": {"uri": "b.policy", "uriBaseId": "%SRCROOT%"},
                    "region": place(1, 1, 2),
                },
            },
        ],
        "fixes": [
            fix("replace `never` by `may`.", place(2, 10, 15), "may"),
            fix("delete `ads: `.", place(3, 1, 6), ""),
            fix("insert `x`.", place(2, 1, 1), "x"),
        ],
        "properties": {
            "statements": ["no_sale", "ads"],
            "refs": ["CON-001"],
            "witness": "share `clicks` by sale",
        },
        "suppressions": [],
    }


@pytest.mark.parametrize(("level", "said"), [(Level.ERROR, "error"), (Level.WARNING, "warning"), (Level.INFO, "note")])
def test_levels(level: Level, said: str) -> None:
    assert result(finding(level=level))["level"] == said


def test_no_findings_are_a_run_without_results() -> None:
    """Scanners close what they do not find again; a log without a run would tell them nothing."""
    made = run(render([], color=False))
    assert made["results"] == []
    assert (made["columnKind"], made["newlineSequences"]) == ("unicodeCodePoints", ["\r\n", "\r", "\n"])


def test_what_is_accepted_is_suppressed_with_its_reason() -> None:
    others = [finding(message="one"), finding(message="two")]
    made = run(
        render(others, color=False, beside=Beside([Accepted(finding(message="three"), "we know [it](x) {0}\x1b")]))
    )
    assert [one["message"]["text"] for one in made["results"]] == ["one.", "two.", "three."]
    reason = {"kind": "inSource", "justification": "we know [it] (x) {{0}}\\x1b"}
    assert [one["suppressions"] for one in made["results"]] == [[], [], [reason]]
    assert made["results"][2] | {"suppressions": []} == result(finding(message="three"))


def test_an_accepted_finding_has_the_fingerprint_that_it_had() -> None:
    open_, accepted = (
        run(render(found, color=False, beside=Beside(known)))["results"][0]["partialFingerprints"]
        for found, known in (([finding()], []), ([], [Accepted(finding(), "why")]))
    )
    assert open_ == accepted


def test_what_a_baseline_knows_is_suppressed_in_its_place() -> None:
    """So each has the fingerprint that it had before anything was known."""
    text = "x y\nx y\nx y\n"
    first, second, third = (at(text, number=number) for number in range(3))
    made = run(render([first, third], color=False, beside=Beside(known=[second])))["results"]
    assert [one["suppressions"] for one in made] == [[], [{"kind": "external"}], []]
    assert [one["partialFingerprints"]["policycFinding/v1"] for one in made] == marks(first, second, third)


def test_every_code_is_a_rule_with_its_page() -> None:
    driver = run(render([], color=False))["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("policyc", __version__)
    assert [rule["id"] for rule in driver["rules"]] == [code.key for code in all_codes()]
    for code, rule in zip(all_codes(), driver["rules"], strict=True):
        assert rule["name"] == code.name
        assert rule["shortDescription"] == {"text": code.what}
        assert rule["fullDescription"] == {"text": f"{code.what} {code.why}"}
        assert len(rule["fullDescription"]["text"]) <= 1024, "GitHub shows no more"
        assert rule["help"]["text"].startswith(f"{code.number} {code.name}")
        assert rule["help"]["markdown"].startswith(f"{code.what}\n\n{code.why}\n")
        assert rule["help"]["markdown"].count("```") == (4 if code.bad else 0)
    levels = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in driver["rules"]}
    assert (levels["PC101"], levels[names.UNUSED_IMPORT.number]) == ("error", "warning")


# --- places ----------------------------------------------------------------------------------


def test_columns_count_code_points_and_regions_may_be_empty() -> None:
    text = "e\u0301🎉word\ntwo\n"
    assert region(Source("a.policy", text), 3, 7) == (1, 4, 1, 8)
    assert region(Source("a.policy", text), 3, 10) == (1, 4, 2, 3)
    assert region(Source("a.policy", text), len(text), len(text)) == (3, 1, 3, 1)
    assert region(Source("a.policy", "two"), 3, 3) == (1, 4, 1, 4)
    assert region(Source("a.policy", "two"), 2, 99) == (1, 3, 1, 4)
    assert region(Source("a.policy", "two"), 2, 1) == (1, 3, 1, 3)
    assert region(Source("gone.policy", ""), 0, 0) == (1, 1, 1, 1)


@pytest.mark.parametrize(
    ("name", "path", "root", "uri"),
    [
        ("a b/ü%.policy", "", "", "a%20b/%C3%BC%25.policy"),
        ("c:d?e#f.policy", "", "", "c%3Ad%3Fe%23f.policy"),
        ("./x/../a.policy", "", "", "a.policy"),
        ("parts.policy", "/repo/legal/parts.policy", "/repo", "legal/parts.policy"),
        ("/repo/legal/a.policy", "", "/repo", "legal/a.policy"),
        ("legal", "/repo", "/repo", "."),
        ("../a.policy", "/other/ä:b.policy", "/repo", f"{WHOLE}/other/%C3%A4:b.policy"),
        ("../a.policy", "", "/repo", f"{WHOLE}/a.policy"),
        ("/repository/a.policy", "", "/repo", f"{WHOLE}/repository/a.policy"),
        ("a\udce4.policy", "", "", "a%E4.policy"),
        ("a\ud800\udce4.policy", "", "", "a%ED%A0%80%ED%B3%A4.policy"),
        ("a\n\x1b.policy", "", "", "a%0A%1B.policy"),
    ],
)
def test_files_are_named_by_addresses_below_the_root_or_whole(name: str, path: str, root: str, uri: str) -> None:
    assert where(Source(name, "text", path=path), root) == {
        "uri": uri,
        **({} if uri.startswith(WHOLE) else {"uriBaseId": "%SRCROOT%"}),
    }


def test_what_stands_in_the_library_has_a_base_of_its_own() -> None:
    name = "std/data/contact.policy"
    assert where(Source(name, "x"), "/repo") == {"uri": name, "uriBaseId": "POLICYC_LIBRARY"}
    own = Source(name, "x", path=f"/repo/{name}")
    assert where(own, "/repo") == {"uri": name, "uriBaseId": "%SRCROOT%"}


def test_changes_that_come_to_the_same_are_one() -> None:
    fixes = (Fix(Span(99, 99), "x"), Fix(Span(100, 101), "x"), Fix(Span(0, 0), "x"))
    assert len(result(finding(fixes=fixes))["fixes"]) == 2


def test_a_finding_without_a_file_has_no_place() -> None:
    assert not result(finding(Source("", ""), Span(0, 0), fixes=(Fix(Span(0, 0), "x"),))).keys() & {
        "locations",
        "fixes",
    }
    assert result(finding(Source("", ""), Span(0, 0), text="here"))["locations"] == [{"message": {"text": "here"}}]


# --- texts -----------------------------------------------------------------------------------

HOSTILE = "\x00\x1b[2J\u202e\ud800\udce4 \r\n[click](https://evil.example) [x](1) {0} {{1}} \\[y\\](2) <b>\u2028"


def test_texts_are_shown_and_neither_obeyed_nor_followed() -> None:
    source = Source(f"{HOSTILE}.policy", HOSTILE)
    label, fix = Label(source, Span(0, 3), HOSTILE), Fix(Span(0, 9), HOSTILE)
    found = finding(
        source, Span(0, 3), HOSTILE, text=HOSTILE, more=(label, label), help=HOSTILE, fixes=(fix,), witness=HOSTILE
    )
    made = result(found)
    shown = "\\x00\\x1b[2J\\u202e\\ud800\\xe4 \\x0d\\x0a[click] (https://evil.example) [x] (1) {{0}} {{{1}}}"
    for text in (made["message"]["text"], made["locations"][0]["message"]["text"]):
        assert text.startswith(shown)
    ((replacement,),) = (change["replacements"] for change in made["fixes"][0]["artifactChanges"])
    assert replacement["insertedContent"]["text"].startswith("\x00\x1b[2J\u202e??")


def test_statements_and_references_are_shown_too() -> None:
    made = result(finding(statements=("a\x1b",), refs=("b\ud800",)))
    assert made["properties"] == {"statements": ["a\\x1b"], "refs": ["b\\ud800"]}


@pytest.mark.parametrize("said", ["it ends", "it ends.", "does it end?"])
def test_sentences_end(said: str) -> None:
    assert result(finding(message=said))["message"]["text"] == ("it ends." if said == "it ends" else said)


# --- fingerprints ----------------------------------------------------------------------------


def marks(*found: Diagnostic) -> list[str]:
    results = run(render(found, color=False))["results"]
    return [one["partialFingerprints"]["policycFinding/v1"] for one in results]


def at(text: str, *, name: str = "a.policy", number: int = 0, **more: Any) -> Diagnostic:
    start = [place for place in range(len(text)) if text.startswith("x", place)][number]
    return finding(Source(name, text), Span(start, start + 1), **more)


def test_a_finding_keeps_its_fingerprint_when_lines_move() -> None:
    before = marks(at("x: may use logs\n"))
    assert marks(at("language 1\n\n    x: may  use logs\n\nnever\n")) == before
    assert marks(at("x: may use logs\n", name="b.policy")) == before


def test_another_finding_has_another_fingerprint() -> None:
    text = "x: may use logs\n"
    other = Diagnostic.at(names.UNKNOWN_NAME, Source("a.policy", text), Span(0, 1), "said")
    found = [at(text), at(text, message="else"), at(text, statements=("x",)), at("x: may use names\n"), other]
    assert len(set(marks(*found))) == len(found)


def test_findings_that_are_alike_are_counted_in_their_file() -> None:
    text = "x y\nx y\nz\nx y\n"
    first, second, third = marks(*(at(text, number=number) for number in range(3)))
    assert len({first, second, third}) == 3
    assert marks(at("x y\n", name="b.policy"), at(text), at(text, number=1)) == [first, first, second]


# --- what is reported --------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*BAD, *EXAMPLES], ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_said_of_a_policy_is_a_valid_log(path: Path) -> None:
    found = check(compile_path(path, root=path.parent if path in BAD else None)).diagnostics
    made = run(render(found, color=False, root=str(ROOT)))
    assert [one["ruleId"] for one in made["results"]] == [one.code.key for one in found]
    assert found or path not in BAD
    for place in (one["locations"][0]["physicalLocation"]["artifactLocation"] for one in made["results"]):
        assert (ROOT / place["uri"]).is_file()


@pytest.mark.parametrize("code", [code for code in all_codes() if code.bad], ids=lambda code: code.number)
def test_the_example_of_every_code_makes_a_valid_log(code: Code, tmp_path: Path) -> None:
    path = tmp_path / "bad.policy"
    path.write_bytes(code.bad.encode("utf-8", "surrogateescape"))
    found = check(compile_path(path)).diagnostics
    results = run(render(found, color=False, root=str(tmp_path.resolve())))["results"]
    assert [one["ruleId"] for one in results] == [one.code.key for one in found]
    assert code.number in {one.code.number for one in found}
    assert {one.code.number for one in found if one.level is Level.ERROR} <= {code.number}
    assert {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results} == {"bad.policy"}


def test_the_log_is_the_same_each_time() -> None:
    found = [finding(), Diagnostic.at(tool.UNREADABLE, Source("gone.policy", ""), Span(0, 0), "gone")]
    assert render(found, color=False) == render(found, color=True)
    assert json.loads(render(found, color=False))["version"] == "2.1.0"
