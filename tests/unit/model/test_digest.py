"""The hash of a policy: the same for the same content, another for another."""

import itertools

import pytest

from policyc.model.digest import digest, plain
from policyc.model.values import Day
from tests.policies import policy_of
from tests.unit.resolve.cases import HEAD, policy

BASE = """\
trail: will keep logs of people for safety at most 30 days after visit lag 2 weeks trace "T-1"
shown: may share logs with partners by access hole wording "odd" hedge "some"
section "Rights" text "Read this" trace "T-2" {
    text "We care"
    will grant access when agreed and age below 16
}
"""

CHANGES = [
    ("will keep", "may keep"),
    ("keep logs", "keep mails"),
    ("keep logs", "keep some of logs"),
    ("of people", "of minors"),
    ("of people", "of people excluding minors"),
    ("of people", "of people including minors"),
    ("for safety", "only for safety"),
    ("for safety ", ""),
    ("at most 30 days", "30 days"),
    ("30 days", "31 days"),
    ("30 days", "30 weeks"),
    ("at most 30 days", "30 to 40 days"),
    ("after visit", "after any visit"),
    ("after visit", "after leaving"),
    ("lag 2 weeks ", ""),
    ("T-1", "T-3"),
    ("trail:", "kept:"),
    ("trail: ", ""),
    ("trail: will", "trail: law says will"),
    ("by access", "by sale"),
    ("by access", "by access, sale"),
    ('wording "odd"', "wording"),
    ("hole wording", "hole safeguard"),
    ('hedge "some"', 'because "some"'),
    ('"Rights"', '"Your rights"'),
    ("Read this", "Read that"),
    ("T-2", "T-4"),
    ("We care", "We don't"),
    ("agreed and", "agreed or"),
    ("below 16", "below 17"),
    ("below", "above"),
    ("when agreed", "unless agreed"),
]


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_any_change_of_a_statement_changes_the_hash(old: str, new: str) -> None:
    assert old in BASE
    assert policy(BASE).hash != policy(BASE.replace(old, new, 1)).hash


def test_all_these_hashes_differ() -> None:
    hashes = {policy(BASE.replace(old, new, 1)).hash for old, new in CHANGES}
    assert len(hashes) == len(CHANGES)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"your consent" when agreed', '"your consent" when refused'),
        ('"your consent"', '"consent"'),
        ('data mails "mails" is logs', 'data mails "mails"'),
        ("including partners", "exactly partners"),
        ('fact age "your age" number', 'fact age "your age" number trace "T"'),
        ('policy notice "Notice"', 'policy notice "Policy"'),
        ('policy notice "Notice" controller us', 'policy notice "Notice" controller us updated 2026-01-31'),
        ('party partners "partners"', 'party partners "partners" hole contact'),
        ('party us "Us"', 'party us "Us" legal_name "Us Ltd"'),
    ],
)
def test_any_change_of_a_declaration_changes_the_hash(old: str, new: str) -> None:
    assert old in HEAD
    base = BASE.replace("age below 16", "refused")
    assert policy_of(HEAD + base).hash != policy_of(HEAD.replace(old, new, 1) + base).hash


def test_order_white_space_and_comments_change_no_hash() -> None:
    head = HEAD.splitlines(keepends=True)
    first, second, rest = BASE.split("\n", 2)
    shuffled = [head[0], *reversed(head[1:]), rest, f"{second}\n", f"# {first}\n\n\n", first.replace(" ", "   "), "\n"]
    assert policy_of("".join(shuffled)).hash == policy(BASE).hash


def test_the_order_of_clauses_changes_no_hash() -> None:
    clauses = ["with partners", "for safety", "of people", "when agreed", 'trace "T"', "at servers"]
    orders = list(itertools.permutations(clauses))[::90]
    assert len({policy(f"may share logs {' '.join(order)}\n").hash for order in orders}) == 1


def test_tests_and_the_order_of_the_page_change_no_hash() -> None:
    lines = BASE.splitlines(keepends=True)
    assert policy(BASE + 'test "t" {\n    deny use logs\n}\n').hash == policy(BASE).hash
    assert policy("".join([*lines[2:], *lines[:2]])).hash == policy(BASE).hash
    indented = "".join(f"    {line}" for line in lines[:2])
    assert policy("".join([*lines[2:-1], indented, "}\n"])).hash == policy(BASE).hash


def test_a_section_inside_another_has_a_part() -> None:
    inner = 'section "A" {\n    section "B" text "x" {\n        never use logs\n    }\n}\n'
    assert policy(inner).hash != policy(inner.replace('text "x"', 'text "y"')).hash


def test_what_is_no_value_has_no_digest() -> None:
    with pytest.raises(TypeError, match="object has no digest"):
        digest([object()])


def test_plain_data_keeps_what_values_say() -> None:
    made = policy("x: may share logs with partners by sale\n")
    data = plain(made.statement("x"))
    assert isinstance(data, dict)
    assert data["modality"] == "may"
    assert data["fields"] == {
        "recipients": {"": "Terms", "excluding": [], "ids": ["partners"], "including": [], "quantifier": None},
        "ways": {"": "Words", "words": ["sale"]},
    }
    assert "place" not in data
    dated = policy_of(HEAD.replace("controller us", "controller us updated 2026-01-31"))
    assert isinstance(dated.header.fields["updated"], Day)
    assert plain(dated.header.fields["updated"]) == {"": "Day", "value": "2026-01-31"}
