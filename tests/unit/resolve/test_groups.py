"""What groups, sections and tests become in the model: clauses merged in, the page's order, questions."""

from pathlib import Path

import pytest

from policyc.language.words import Comparison, Unit
from policyc.model.policy import Section
from policyc.model.values import AllOf, Compared, Holds, OneOf, Tags, Terms, Texts
from policyc.pipeline import compile_path
from tests.policies import ROOT, compile_files, policy_of
from tests.unit.resolve.cases import HEAD, policy

# --- groups ----------------------------------------------------------------------------------


def test_clauses_of_groups_hold_for_every_statement_inside() -> None:
    made = policy("""\
of people trace "T-1" when agreed unless refused text "a" hole wording "g" {
    with partners trace "T-2" when age above 15 unless age below 3 {
        x: may share logs for safety trace "T-3" when since visit above 2 days unless agreed text "b" hole purpose
    }
    y: may use logs for safety
}
""")
    inner = made.statement("x")
    assert inner.fields["subjects"] == Terms(("people",))
    assert inner.fields["recipients"] == Terms(("partners",))
    assert inner.fields["trace"] == Texts(("T-1", "T-2", "T-3"))
    assert inner.fields["text"] == Texts(("a", "b"))
    assert inner.holes == (("wording", "g"), ("purposes", ""))
    adult = Compared("age", Comparison.ABOVE, 15)
    later = Compared("visit", Comparison.ABOVE, 2, Unit.DAY, since=True)
    assert inner.fields["when"] == AllOf((Holds("agreed"), adult, later))
    young = Compared("age", Comparison.BELOW, 3)
    assert inner.fields["unless"] == OneOf((Holds("refused"), young, Holds("agreed")))
    assert made.statement("y").fields["when"] == Holds("agreed")
    assert made.statement("y").fields["trace"] == Texts(("T-1",))


def test_only_in_a_group_limits_every_statement_inside() -> None:
    made = policy("only with partners {\n    x: may share logs\n    y: may store logs\n}\n")
    assert [one.only for one in made.statements] == [("recipients",), ("recipients",)]


def test_clauses_of_groups_hold_for_declarations_inside() -> None:
    terms = policy("of people {\n    data trail for safety\n    event signed after visit\n}\n").terms
    assert terms["trail"].fields == {"purposes": Terms(("safety",)), "subjects": Terms(("people",))}
    assert terms["signed"].fields == {"event": Terms(("visit",)), "subjects": Terms(("people",))}


def test_a_number_may_be_said_by_a_group() -> None:
    made = policy("number {\n    fact size\n}\nx: may use logs for safety when size above 3\n")
    assert made.statement("x").fields["when"] == Compared("size", Comparison.ABOVE, 3)


def test_a_section_keeps_what_it_says_of_itself() -> None:
    made = policy("""\
section "Your rights" text "Read" trace "T-1" cite "Art. 15" see list "l" hedge "maybe" of people {
    x: may use logs for safety trace "T-2"
}
""")
    section = made.layout[0]
    assert isinstance(section, Section)
    assert section.fields == {
        "cite": Texts(("Art. 15",)),
        "see": Tags((("list", "l"),)),
        "text": Texts(("Read",)),
        "trace": Texts(("T-1",)),
    }
    assert made.statement("x").fields == {
        "hedge": Texts(("maybe",)),
        "purposes": Terms(("safety",)),
        "subjects": Terms(("people",)),
        "trace": Texts(("T-2",)),
    }


# --- the page's order ------------------------------------------------------------------------


def test_the_layout_is_the_order_of_the_file() -> None:
    made = policy("""\
z: may use logs for safety
rights: section "Your rights & duties" {
    y: text "words"
    of people {
        x: may use logs for help
        section "Ünter" {
            w: never use mails
        }
    }
    data trail
}
section "日本" {
}
test "nothing here" {
    deny use logs
}
""")

    def shape(items: tuple[str | Section, ...]) -> list[object]:
        return [(item.id, item.title, shape(item.items)) if isinstance(item, Section) else item for item in items]

    assert shape(made.layout) == [
        "z",
        ("rights", "Your rights & duties", ["y", "x", ("section-nter", "Ünter", ["w"])]),
        ("section-ac3da3e9", "日本", []),
    ]
    assert [one.id for one in made.statements] == ["w", "x", "z"]


def test_tests_hold_questions() -> None:
    made = policy("""\
test "t" {
    allow  share   logs, mails with ours as anonymous by sale, partners of people
        when agreed and refused
    deny use other of trails unless agreed or refused
}
section "S" {
    test "u" {
    }
}
data trails including logs
""")
    first, second = made.tests[0].expectations
    assert (first.allowed, first.text) == (
        True,
        "allow share logs, mails with ours as anonymous by sale, partners of people when agreed and refused",
    )
    assert first.question.terms == {
        "data": ("logs", "mails"),
        "recipient": ("ours",),
        "state": ("anonymous",),
        "way": ("sale",),
        "actor": ("partners",),
        "subject": ("people",),
    }
    assert first.question.facts == {"agreed": True, "refused": True}
    assert second.question.terms == {"data": ("other:trails",)}
    assert second.question.facts == {"agreed": False, "refused": False}
    assert [test.title for test in made.tests] == ["t", "u"]


def test_a_file_without_a_policy_is_a_module(tmp_path: Path) -> None:
    compilation = compile_files(tmp_path, {"main.policy": "language 1\ndata logs\n"})
    assert compilation.policy is None
    assert compilation.diagnostics == ()
    circle = compile_files(tmp_path, {"main.policy": "language 1\ndata a is b\ndata b is a\n"})
    assert [one.code.number for one in circle.diagnostics] == ["PC213"]


@pytest.mark.parametrize("path", sorted((ROOT / "stdlib").rglob("*.policy")), ids=lambda path: path.stem)
def test_every_module_of_the_library_is_sound(path: Path) -> None:
    assert [one.message for one in compile_path(path).diagnostics] == []


def test_the_head_is_a_policy_itself() -> None:
    assert policy_of(HEAD).header.label == "Notice"
