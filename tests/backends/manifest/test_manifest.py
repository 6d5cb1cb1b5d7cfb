"""The manifest: one policy with all there is to see, field by field."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from attrs import evolve

from policyc import backends
from policyc.backends import manifest as backend
from policyc.backends.manifest.dpv import iri
from policyc.backends.manifest.schema import stored
from policyc.backends.manifest.values import to_json
from policyc.model.policy import Policy
from policyc.pipeline import compile_path

POLICY = """\
language 1
import email_address from std.data.contact

party us "us"
party partners "our “partners”"
    trace "T-1"
data logs "logs"
    including visits
data visits "visits"
data places "places" is logs
    dpv "pd:Location", "mine:Thing"
purpose safety "keep you safe"
purpose ads "show you ads"
fact agreed "you have agreed"
fact age "your age" number
event closed "you close your account"

policy p "A policy <b>ä</b>"
    controller us
    updated hole date "some day"
    trace "T-2"

section "What we do" {
    safe: may use any logs including visits excluding places for safety, ads
        when (agreed and age above 15) or since closed below 2 weeks
        hedge "we try"
        open
        trace "T-3"
        trace "T-4"
    note: text "We care" cite "GDPR Art. 13" see section "What we do"
}

kept: law says must keep logs 30 to 90 days after closed then delete
    because "we bill you"
few: will share email_address only with partners hole purpose "as needed"
roles: will act_as controller, joint_controller
honest: will claim "We are honest"
never share hole object by sale

test "t" {
    deny share email_address with partners by sale
}
"""


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    path = tmp_path_factory.mktemp("policy") / "p.policy"
    path.write_text(POLICY.replace("updated hole", "hole"), encoding="utf-8")
    compilation = compile_path(path)
    assert [one.message for one in compilation.diagnostics] == []
    assert compilation.policy is not None
    return compilation.policy


@pytest.fixture(scope="module")
def made(policy: Policy) -> Any:
    return json.loads(backend.build(policy))


def statement(made: Any, identifier: str) -> Any:
    (found,) = [one for one in made["statements"] if one["id"] == identifier]
    return {name: value for name, value in found.items() if name not in ("id", "sentence")}


def declaration(made: Any, identifier: str) -> Any:
    (found,) = [one for one in made["declarations"] if one["id"] == identifier]
    return found


def test_the_frame(made: Any, policy: Policy) -> None:
    assert list(made) == ["$schema", "language", "policy", "hash", "declarations", "statements"]
    assert (made["$schema"], made["language"], made["hash"]) == (backend.SCHEMA, 1, policy.hash)
    assert backends.load("manifest").TARGET == "manifest.json"


def test_a_policy_with_errors_names_them(made: Any, policy: Policy) -> None:
    flawed = backend.manifest(evolve(policy, flaws=("PC301", "PC305")))
    assert flawed == {**made, "errors": ["PC301", "PC305"]}
    assert list(flawed)[3:5] == ["hash", "errors"]


def test_the_policy(made: Any) -> None:
    (unlabelled,) = [one["id"] for one in made["statements"] if one["kind"] == "share" and one["id"] != "few"]
    assert made["policy"] == {
        "kind": "policy",
        "id": "p",
        "refs": ["T-2"],
        "title": "A policy <b>ä</b>",
        "controllers": {"ids": ["us"]},
        "holes": [{"kind": "updated", "words": "some day"}],
        "items": ["section-what-we-do", "kept", "few", "roles", "honest", unlabelled],
    }


def test_declarations_are_sorted_by_kind_and_id_and_every_parent_is_one_of_them(made: Any) -> None:
    assert declaration(made, "partners") == {
        "kind": "party",
        "id": "partners",
        "refs": ["T-1"],
        "label": "our “partners”",
        "from": "partners",
        "parents": [],
    }
    assert [one["kind"] for one in made["declarations"]] == sorted(
        (one["kind"] for one in made["declarations"]), key=["party", "data", "purpose", "event", "fact"].index
    )
    ids = {one["id"] for one in made["declarations"]}
    assert {parent for one in made["declarations"] for parent in one["parents"]} <= ids
    assert {one["from"] for one in made["declarations"] if one["id"] == "email_address"} == {
        "std.data.contact.email_address"
    }


def test_a_graph(made: Any) -> None:
    assert declaration(made, "logs")["open"] is True
    assert declaration(made, "logs")["including"] == {"ids": ["visits"]}
    assert declaration(made, "visits")["parents"] == ["logs"]
    assert declaration(made, "places")["dpv"] == ["https://w3id.org/dpv/pd#Location", "mine:Thing"]
    assert declaration(made, "age")["number"] is True


def test_a_statement_with_lists_guards_and_hedges(made: Any) -> None:
    assert statement(made, "safe") == {
        "kind": "use",
        "refs": ["T-3", "T-4"],
        "modality": "may",
        "data": {"ids": ["logs"], "quantifier": "any", "excluding": ["places"], "including": ["visits"], "open": True},
        "purposes": {"ids": ["safety", "ads"]},
        "when": {
            "one_of": [
                {"all_of": [{"fact": "agreed"}, {"variable": "age", "comparison": "above", "number": 15}]},
                {"since": "closed", "comparison": "below", "number": 2, "unit": "week"},
            ]
        },
        "hedge": ["we try"],
        "open": True,
    }


def test_a_statement_with_a_clock(made: Any) -> None:
    assert statement(made, "kept") == {
        "kind": "keep",
        "refs": [],
        "modality": "must",
        "mood": "law says",
        "data": {"ids": ["logs"]},
        "period": {"duration": "P30D", "bound": "range", "upper": "P90D"},
        "event": {"ids": ["closed"]},
        "then": ["delete"],
        "because": ["we bill you"],
    }


def test_only_and_holes(made: Any) -> None:
    few = statement(made, "few")
    assert (few["only"], few["holes"]) == (["recipients"], [{"kind": "purposes", "words": "as needed"}])
    (nothing,) = [one for one in made["statements"] if one["kind"] == "share" and one["id"] != "few"]
    assert "data" not in nothing
    assert nothing["holes"] == [{"kind": "data", "words": ""}]


def test_objects_that_are_words_or_texts(made: Any) -> None:
    assert statement(made, "roles")["roles"] == ["controller", "joint_controller"]
    assert statement(made, "honest")["claims"] == ["We are honest"]


def test_what_is_no_statement(made: Any) -> None:
    assert [one for one in made["statements"] if one["kind"] in ("text", "section")] == [
        {
            "kind": "text",
            "id": "note",
            "refs": [],
            "text": ["We care"],
            "cite": ["GDPR Art. 13"],
            "see": [{"kind": "section", "name": "What we do"}],
        },
        {
            "kind": "section",
            "id": "section-what-we-do",
            "refs": [],
            "title": "What we do",
            "items": ["safe", "note"],
        },
    ]


def test_tests_are_no_part(made: Any) -> None:
    assert '"deny' not in json.dumps(made)
    assert {one["kind"] for one in made["statements"]} == {"act_as", "claim", "keep", "share", "use", "text", "section"}


def test_sentences_are_those_of_the_page(made: Any) -> None:
    sentences = {one["id"]: one.get("sentence") for one in made["statements"]}
    assert "We are honest" in sentences["honest"]
    assert all(sentence for name, sentence in sentences.items() if name not in ("note", "section-what-we-do"))


def test_the_text_is_utf8_as_it_is_and_ends_with_a_newline(policy: Policy) -> None:
    text = backend.build(policy)
    assert '\n    "title": "A policy <b>ä</b>",\n' in text
    assert text.endswith("\n}\n")


def test_two_processes_make_the_same(tmp_path: Path) -> None:
    path = tmp_path / "p.policy"
    path.write_text(POLICY.replace("updated hole", "hole"), encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from policyc.pipeline import compile_path; "
        "from policyc.backends.manifest import build; sys.stdout.write(build(compile_path(Path(sys.argv[1])).policy))"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", program, path],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert made[0] == made[1] != b""


@pytest.mark.parametrize(
    ("term", "expanded"),
    [
        ("pd:EmailAddress", "https://w3id.org/dpv/pd#EmailAddress"),
        ("dpv:Marketing", "https://w3id.org/dpv#Marketing"),
        ("eu-gdpr:A6-1-a", "https://w3id.org/dpv/legal/eu/gdpr#A6-1-a"),
        ("jp:law-APPI", "https://w3id.org/dpv/legal/jp#law-APPI"),
        ("unknown:Thing", "unknown:Thing"),
        ("EmailAddress", "EmailAddress"),
        ("https://w3id.org/dpv#Marketing", "https://w3id.org/dpv#Marketing"),
    ],
)
def test_terms_of_dpv_by_their_iris(term: str, expanded: str) -> None:
    assert iri(term) == expanded


def test_what_has_no_json_is_a_fault_of_policyc() -> None:
    with pytest.raises(TypeError, match="no JSON for"):
        to_json(object())


def test_translations_stand_beside_the_texts(tmp_path: Path) -> None:
    text = """\
language 1
party us "Us" de: "Wir"
data cookies "cookies" text "Small files." de: "Kleine Dateien.", "Really."
policy notice "Notice" fr: "Avis" controller us
section "Cookies" de: "Kekse" {
    promise: will claim "We care" de: "Es ist uns wichtig" because "you asked"
    note: text "Read on" de: "Lesen Sie weiter"
}
"""
    path = tmp_path / "a.policy"
    path.write_text(text, encoding="utf-8")
    policy = compile_path(path).policy
    assert policy is not None
    made: Any = backend.manifest(policy)
    found = {one["id"]: one.get("translations") for one in (made["policy"], *made["declarations"], *made["statements"])}
    assert found == {
        "notice": {"title": [{"fr": "Avis"}]},
        "us": {"label": [{"de": "Wir"}]},
        "cookies": {"text": [{"de": "Kleine Dateien."}, {}]},
        "promise": {"claims": [{"de": "Es ist uns wichtig"}]},
        "note": {"text": [{"de": "Lesen Sie weiter"}]},
        "section-cookies": {"title": [{"de": "Kekse"}]},
    }
    jsonschema.validate(made, json.loads(stored().read_text(encoding="utf-8")))
