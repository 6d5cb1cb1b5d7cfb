"""What stands where on a page."""

from collections import Counter
from collections.abc import Iterator

import pytest
from attrs import evolve

from policyc.language.titles import STANDARD
from policyc.language.verbs import VERBS
from policyc.model.policy import Policy
from policyc.page import Block, Page, page
from policyc.page.blocks import Chapter, Definitions, Entry, Remark, Run, Table
from policyc.sentences import sentence
from policyc.sentences.parts import text_of
from tests.policies import policy_of

HEAD = """\
language 1
party us "Contacto"
party partners "our partners"
subject customers "customers"
subject visitors "visitors"
data mail "email address"
data name "name"
data logs "logs"
purpose run "run your account"
purpose help "give you support"
event closed "you close your account"
legal_basis contract "our contract with you"
policy p "Privacy Policy" controller us
"""

SECTIONS = (
    HEAD
    + """
loose: may use logs for help
hello: text "Welcome."
section "Data" text "About data." {
    data account "account data" including mail, name
    first: may use mail of customers for run
    second: may use name of customers for run
    third: may use logs of visitors for run
    section "Inside" {
        term word "word" text "What it means."
        note: text "A note."
        fourth: will claim "We care"
    }
    fifth: will claim "We do"
    party others "other parties" including partners
}
section "More" {
    sixth: may share mail with partners
}
kept: will keep mail 30 days after closed
"""
)


def blocks(items: tuple[Block, ...]) -> Iterator[Block]:
    for block in items:
        yield block
        if isinstance(block, Chapter):
            yield from blocks(block.blocks)


def all_blocks(made: Page) -> list[Block]:
    return [*blocks(made.blocks), *blocks(made.chapters)]


def anchors(made: Page) -> list[str]:
    """The anchors of a page, in its order."""
    found: list[str] = []
    for block in all_blocks(made):
        match block:
            case Entry() | Chapter():
                found.append(block.id)
            case Run() | Definitions():
                found += [one.id for one in block.entries]
            case Remark() | Table():
                pass
    return found


def said(policy: Policy) -> set[str]:
    """The ids of all that a policy says."""
    return {statement.id for statement in policy.statements} | {prose.id for prose in policy.prose}


def outline(items: tuple[Block, ...], depth: int = 0) -> list[str]:
    """The page in short: each block as one line."""
    lines: list[str] = []
    for block in items:
        match block:
            case Chapter():
                lines += [f"{'  ' * depth}{block.title}", *outline(block.blocks, depth + 1)]
            case Run():
                lines.append(f"{'  ' * depth}{text_of(block.lead)} {', '.join(one.id for one in block.entries)}")
            case Definitions():
                lines.append(f"{'  ' * depth}= {', '.join(one.name for one in block.entries)}")
            case Entry():
                lines.append(f"{'  ' * depth}{block.id}")
            case Remark():
                lines.append(f"{'  ' * depth}({block.told.text[:12]})")
            case Table():
                lines.append(f"{'  ' * depth}[{len(block.rows)} rows]")
    return lines


def test_the_authors_sections_come_first_and_in_the_authors_order() -> None:
    made = page(policy_of(SECTIONS))
    assert outline((*made.blocks, *made.chapters)) == [
        "(This policy )",
        "hello",
        "Data",
        "  (About data.)",
        "  = Account data",
        "  For customers: first, second",
        "  third",
        "  Inside",
        "    = Word",
        "    note",
        "    fourth",
        "  fifth",
        "  = Other parties",
        "More",
        "  sixth",
        "What we collect and use",
        "  loose",
        "How long we keep your data",
        "  kept",
        "Your data at a glance",
        "  [3 rows]",
    ]


def test_every_anchor_stands_once() -> None:
    policy = policy_of(SECTIONS)
    found = Counter(anchors(page(policy)))
    assert set(found.values()) == {1}
    assert said(policy) <= set(found)


def test_a_run_and_its_entries_say_what_the_sentences_say() -> None:
    policy = policy_of(SECTIONS)
    (run,) = [block for block in all_blocks(page(policy)) if isinstance(block, Run)]
    told = [f"{text_of(run.lead)} {one.told.text}" for one in run.entries]
    assert told == [sentence(policy, policy.statement(name)).text for name in ("first", "second")]


def test_what_the_layout_forgets_is_on_the_page() -> None:
    policy = evolve(policy_of(SECTIONS), layout=())
    assert said(policy) <= set(anchors(page(policy)))


def test_every_verb_has_a_standard_part() -> None:
    verbs = [verb for group in STANDARD.values() for verb in group]
    assert sorted(verbs) == sorted(VERBS)


def rows(policy: Policy) -> list[list[str]]:
    (table,) = [block for block in all_blocks(page(policy)) if isinstance(block, Table)]
    return [[" / ".join(text_of(told) for told, _ in cell.lines) for cell in row] for row in table.rows]


def test_data_of_which_the_policy_says_the_same_shares_a_row() -> None:
    text = HEAD + "a: may use mail, name for run basis contract\nb: may share logs with partners for help\n"
    assert rows(policy_of(text)) == [
        ["Email address / Name", "Run your account", "Our contract with you", "Not stated"],
        ["Logs", "Shared with our partners to give you support", "Not stated", "Not stated"],
    ]


def test_each_basis_has_a_row() -> None:
    text = HEAD + "a: may use mail for run basis contract\nb: may use mail for help\nc: may collect mail for run\n"
    assert rows(policy_of(text)) == [
        ["Email address", "Run your account", "Our contract with you", "Not stated"],
        ["Email address", "Give you support / Run your account", "Not stated", "Not stated"],
    ]


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("will keep mail at most 30 days after closed", "For at most 30 days after you close your account"),
        ("will keep all_data 30 days", "For 30 days"),
        ("will keep all_data excluding mail 30 days", "Not stated"),
        ("will keep mail 30 days for run", "For 30 days"),
        ("will keep mail 30 days for help", "Not stated"),
        ("will keep mail of customers 30 days", "For customers: for 30 days"),
        ("will delete mail at once after closed", "Deleted as soon as you close your account"),
        ("will keep mail until closed", "Until you close your account"),
        ('will keep mail hole period "a while"', "Not stated: we only say “a while”"),
        ("will keep mail hole period", "Not stated"),
        ("never keep mail 30 days", "Not stated"),
        ("law says must keep mail 30 days", "Not stated"),
    ],
)
def test_a_row_says_how_long_its_data_is_kept(kept: str, told: str) -> None:
    text = HEAD + f'data all_data "all data" including mail\na: may use mail for run\nb: {kept}\n'
    assert rows(policy_of(text)) == [["Email address", "Run your account", "Not stated", told]]


def test_periods_for_other_people_are_left_out() -> None:
    text = HEAD + "a: may use mail of visitors for run\nb: will keep mail of customers 30 days\n"
    assert rows(policy_of(text)) == [["Email address", "Run your account", "Not stated", "Not stated"]]


def test_a_policy_that_permits_nothing_has_no_table() -> None:
    made = page(policy_of(HEAD + "a: never use mail for run\n"))
    assert not [block for block in all_blocks(made) if isinstance(block, Table)]


def test_a_declaration_that_only_traces_is_on_the_page() -> None:
    text = HEAD.replace('data logs "logs"', 'data logs "logs" trace "X-1"') + "a: may use mail for run\n"
    assert "def-logs" in anchors(page(policy_of(text)))
    assert "def-mail" not in anchors(page(policy_of(text)))
