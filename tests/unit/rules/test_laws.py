"""Which laws hold for a policy, and why."""

from pathlib import Path

import pytest

from policyc.checks._view import View
from policyc.rules import judge, law_names
from tests.policies import compile_files

HEAD = """\
language 1
import email_address from std.data.contact
import customer_support from std.purpose.service
party us "Us" contact desk
channel desk "our desk" email "desk@us.example"
asked: will collect email_address for customer_support
"""
HEADER = 'policy notice "Notice" controller us updated 2026-11-01\n'


def laws(folder: Path, text: str, *wanted: str) -> dict[str, str]:
    """The short names of the laws that hold for a policy, with the reasons."""
    compilation = compile_files(folder, {"a.policy": HEAD + text})
    assert [one.message for one in compilation.diagnostics] == []
    assert compilation.policy is not None
    found = judge(View(compilation.policy), (), wanted).laws
    return {one.name.rpartition(".")[2]: one.reason for one in found if one.is_held}


def test_without_places_and_laws_none_holds(tmp_path: Path) -> None:
    assert laws(tmp_path, HEADER) == {}


def test_what_the_header_follows(tmp_path: Path) -> None:
    text = 'import gdpr from std.law.europe\npolicy notice "Notice" controller us under gdpr updated 2026-11-01\n'
    assert laws(tmp_path, text) == {"gdpr": "the policy follows it"}


def test_what_a_class_of_laws_lists(tmp_path: Path) -> None:
    text = 'import gdpr from std.law.europe\nlaw ours "the laws on privacy" including gdpr\n'
    assert laws(tmp_path, text + 'policy notice "Notice" controller us under ours\n') == {
        "gdpr": "the policy follows it"
    }


def test_what_a_statement_follows(tmp_path: Path) -> None:
    text = "import gdpr from std.law.europe\nimport access from std.right.gdpr\nseen: will grant access under gdpr\n"
    assert laws(tmp_path, HEADER + text) == {"gdpr": "`seen` follows it"}


def test_where_the_controller_is(tmp_path: Path) -> None:
    text = 'import germany from std.place.european_union\nparty them "Them" in germany\n'
    found = laws(tmp_path, text + 'policy notice "Notice" controller them updated 2026-11-01\n')
    assert found == {"gdpr": "`them` is there", "eprivacy_directive": "`them` is there"}


def test_where_people_are(tmp_path: Path) -> None:
    text = (
        'import germany from std.place.european_union\nsubject locals "people here" in germany\n'
        "known: may use email_address of locals for customer_support\n"
    )
    assert laws(tmp_path, HEADER + text)["gdpr"] == "`locals` are there"


def test_what_a_statement_is_about(tmp_path: Path) -> None:
    text = "import california from std.place.america\nhere: may use email_address for customer_support in california\n"
    found = laws(tmp_path, HEADER + text)
    assert {found[name] for name in ("ccpa", "cpra", "caloppa")} == {"`here` is about people there"}


def test_a_law_for_some_people_only(tmp_path: Path) -> None:
    text = (
        "import united_states from std.place.america\n"
        "here: may use email_address for customer_support in united_states\n"
    )
    children = "import minors from std.subject.minors\nyoung: never use email_address of minors\n"
    assert "coppa" not in laws(tmp_path, HEADER + text)
    found = laws(tmp_path, HEADER + text + children)
    assert found["coppa"] == "`here` is about people there, and the policy speaks of `minors`"


def test_a_law_for_some_surfaces_only(tmp_path: Path) -> None:
    text = "import ios_app from std.surface.apps\n"
    header = 'policy notice "Notice" controller us on ios_app updated 2026-11-01\n'
    assert laws(tmp_path, text + header) == {"app_store": "the policy is for `ios_app`"}


def test_a_law_that_is_not_in_force_yet_or_no_longer(tmp_path: Path) -> None:
    text = "import cpra from std.law.america\nimport uk_gdpr from std.law.europe\n"
    header = 'policy notice "Notice" controller us under cpra, uk_gdpr updated {}\n'
    assert laws(tmp_path, text + header.format("2020-06-01")) == {}
    assert sorted(laws(tmp_path, text + header.format("2024-06-01"))) == ["cpra", "uk_gdpr"]


def test_laws_can_be_added_and_left_out(tmp_path: Path) -> None:
    text = 'import gdpr from std.law.europe\npolicy notice "Notice" controller us under gdpr updated 2026-11-01\n'
    assert laws(tmp_path, text, "ccpa", "no-gdpr") == {"ccpa": "you asked for it"}


@pytest.mark.parametrize("name", law_names())
def test_each_law_can_be_asked_for(tmp_path: Path, name: str) -> None:
    """As long as it is in force: one law ends when another one begins."""
    found = [laws(tmp_path, HEADER.replace("2026", year), name) for year in ("2026", "2028")]
    assert {"you asked for it"} == {one[name] for one in found if name in one}


def test_a_law_that_was_asked_for_and_is_not_in_force(tmp_path: Path) -> None:
    compilation = compile_files(tmp_path, {"a.policy": HEAD + HEADER.replace("2026", "2017")})
    assert compilation.policy is not None
    view = View(compilation.policy)
    told = [(one.name, one.reason, one.is_held) for one in judge(view, (), ["gdpr", "dpdp_act"]).laws]
    assert sorted(told) == [
        ("std.law.europe.gdpr", "it is not in force on 2017-11-01", False),
        ("std.law.india.dpdp_act", "it is not in force on 2017-11-01", False),
    ]


def test_a_law_without_a_rule_in_force_does_not_hold(tmp_path: Path) -> None:
    text = 'import india from std.place.asia\nparty them "Them" in india\n'
    header = 'policy notice "Notice" controller them updated {}\n'
    assert set(laws(tmp_path, text + header.format("2020-01-01"))) == {"sensitive_data_rules"}
    assert set(laws(tmp_path, text + header.format("2028-01-01"))) == {"dpdp_act"}
