"""What becomes of findings: levels of the project, and what sentences accept."""

from collections.abc import Mapping

import pytest
from attrs import evolve

from policyc import checks
from policyc.checks._settle import Known, Settled, settle
from policyc.checks._view import View
from policyc.codes import codes_of_checks
from policyc.diagnostics.code import Level
from tests.policies import policy_of, said

HEAD = """\
language 1
party us "Us"
party ads "advertisers"
data logs "logs"
data photo "a photo" is logs
data visits "visits" is logs
purpose safety "keep you safe"
fact agreed "you agree"
policy p "P"
    controller us
"""
CONTRADICTION = "no: never share logs with ads\nyes: may share logs with ads\n"
DOUBT = "no: never share logs with ads unless agreed\nyes: may share logs with ads\n"
LIMIT = "no: never share photo with ads\nyes: may share logs with ads\n"

Levels = Mapping[str, Level | None]


def settled(text: str, levels: Levels | None = None, *, hides: bool = True, head: str = HEAD) -> Settled:
    policy = policy_of(head + text)
    found = checks.load("contradiction").check(View(policy))
    return settle(policy, found, levels or {}, Known(codes_of_checks()), hides=hides)


def counting(text: str, levels: Levels | None = None, *, hides: bool = True) -> list[tuple[str, str]]:
    return [(one.code.number, one.level.value) for one in settled(text, levels, hides=hides).counting]


def accepted(text: str) -> list[tuple[str, str]]:
    return [(finding.code.number, reason) for finding, reason in settled(text).accepted]


def problems(text: str, head: str = HEAD) -> list[str]:
    """What is said of the `accept`s themselves; lines count from the end of the head."""
    found = settled(text, head=head).counting
    return [said(one, before=head.count("\n")) for one in found if one.code.number.startswith("PC2")]


# --- levels ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [(CONTRADICTION, "PC301", "error"), (DOUBT, "PC302", "warning"), (LIMIT, "PC303", "info")],
)
def test_without_settings_a_finding_has_its_own_level(text: str, code: str, level: str) -> None:
    assert counting(text) == [(code, level)]


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize(("text", "code"), [(CONTRADICTION, "PC301"), (DOUBT, "PC302"), (LIMIT, "PC303")])
def test_the_project_settles_levels(text: str, code: str, level: Level) -> None:
    assert counting(text, {code: level, "PC399": None}) == [(code, level.value)]


def test_what_is_off_is_gone() -> None:
    assert settled(CONTRADICTION, {"PC301": None}) == Settled((), ())


@pytest.mark.parametrize(
    ("text", "code", "settings", "level"),
    [
        (CONTRADICTION, "PC301", None, "error"),
        (CONTRADICTION, "PC301", Level.INFO, "error"),
        (DOUBT, "PC302", Level.INFO, "warning"),
        (DOUBT, "PC302", Level.ERROR, "error"),
        (LIMIT, "PC303", None, "info"),
        (LIMIT, "PC303", Level.WARNING, "warning"),
    ],
)
def test_without_silence_no_level_is_lowered_and_those_raised_stay(
    text: str, code: str, settings: Level | None, level: str
) -> None:
    assert counting(text, {code: settings}, hides=False) == [(code, level)]


# --- accept ----------------------------------------------------------------------------------


@pytest.mark.parametrize("statement", ["never share logs with ads", "may share logs with ads"])
def test_a_sentence_accepts_what_is_found_in_it(statement: str) -> None:
    """Wherever the finding stands first: it is about both."""
    text = CONTRADICTION.replace(statement, f'{statement} accept contradiction "we know"')
    assert accepted(text) == [("PC301", "we know")]
    assert settled(text).counting == ()


def test_what_is_accepted_keeps_its_own_level() -> None:
    text = CONTRADICTION.replace("with ads\n", 'with ads accept contradiction "we know"\n', 1)
    ((finding, _),) = settled(text, {"PC301": Level.INFO}).accepted
    assert finding.level is Level.ERROR


def test_both_sentences_may_accept_one_finding() -> None:
    text = CONTRADICTION.replace("with ads\n", 'with ads accept contradiction "we know"\n')
    assert accepted(text) == [("PC301", "we know")]
    assert settled(text).counting == ()


def test_another_sentence_and_another_name_accept_nothing() -> None:
    text = CONTRADICTION + 'third: may use photo for safety accept contradiction "why"\n'
    assert [code for code, _ in counting(text)] == ["PC301", "PC222"]
    text = CONTRADICTION.replace("with ads\n", 'with ads accept unclear_priority "why"\n', 1)
    assert [code for code, _ in counting(text)] == ["PC301", "PC222"]
    assert settled(text).accepted == ()


def test_without_silence_nothing_is_accepted_and_nothing_is_unused() -> None:
    text = CONTRADICTION.replace("with ads\n", 'with ads accept contradiction "we know"\n', 1)
    assert counting(text, hides=False) == [("PC301", "error")]
    assert settled(text, hides=False).accepted == ()


# --- groups and declarations -------------------------------------------------------------------

GROUP = f"""\
accept contradiction "we know" {{
    {CONTRADICTION.strip().replace(chr(10), chr(10) + "    ")}
    third: may use photo for safety
}}
"""


def test_a_group_accepts_for_all_its_sentences() -> None:
    assert accepted(GROUP) == [("PC301", "we know")]
    assert settled(GROUP).counting == (), "it is one `accept`, though most of its sentences have no finding"


def test_an_accept_of_a_group_that_is_not_needed_is_reported_once() -> None:
    assert problems(GROUP.replace("never", "may")) == [
        "1:8-21 PC222 `contradiction` is accepted here, and not found | delete the `accept`"
    ]


def test_groups_inside_groups_and_sentences_add_their_own() -> None:
    text = GROUP.replace(
        "third: may use photo for safety",
        'accept unclear_priority "outer" {\n        third: may use photo for safety accept unsaid_limit "own"\n    }',
    )
    assert accepted(text) == [("PC301", "we know")]
    assert [one.split(" ", 1)[0] for one in problems(text)] == ["4:12-28", "5:48-60"]


def test_a_declaration_accepts_what_is_found_in_it() -> None:
    """No check of this file finds anything in declarations, so all are unused, each at its own place."""
    head = HEAD.replace('"a photo" is logs', '"a photo" is logs accept contradiction "why", unclear_priority "because"')
    head = head.replace("controller us", 'controller us accept unsaid_limit "why"')
    assert problems("", head) == [
        "-5:37-50 PC222 `contradiction` is accepted here, and not found | delete the `accept`",
        "-5:58-74 PC222 `unclear_priority` is accepted here, and not found | delete the `accept`",
        "0:26-38 PC222 `unsaid_limit` is accepted here, and not found | delete the `accept`",
    ]
    policy = policy_of(head)
    (found, *_) = checks.load("contradiction").check(View(policy_of(HEAD + CONTRADICTION)))
    place = policy.terms["photo"].place
    moved = evolve(found, label=evolve(found.label, source=place.source, span=place.span), more=())
    (one,) = settle(policy, [moved], {}, Known(codes_of_checks())).accepted
    assert one.reason == "why"


# --- names that no code has ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "help_"),
    [
        ("contradicton", "write `contradiction`"),
        ("pc302", "write `unclear_priority`"),
        ("unused_import", "write the name of a finding, such as `contradiction`"),
    ],
)
def test_a_name_that_no_check_finds(name: str, help_: str) -> None:
    text = f'use: may use photo for safety accept {name} "why"\n'
    assert problems(text) == [f"1:38-{38 + len(name)} PC221 no check finds `{name}` | {help_}"]
    assert settled(text).counting[0].level is Level.ERROR


def test_an_unknown_name_before_a_group_is_reported_once() -> None:
    assert len(problems(GROUP.replace("contradiction", "contradicton"))) == 1
