"""`policyc init`: the drafts, and how they come to be."""

import io
import os
from collections.abc import Callable
from datetime import date, datetime
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from policyc.cli import _files, init
from policyc.cli._draft import FEATURES, PLACES, Answers, draft, texts
from policyc.pipeline import compile_path
from policyc.semantics.reference import Reference
from policyc.source.text import Source
from policyc.syntax.parser import parser
from policyc.syntax.printer import format_source

GOLDEN = Path(__file__).parent / "drafts" / "uk_newsletter.policy"
DAY = date(2026, 11, 1)
SOMEWHERE = [some for number in range(1, len(PLACES) + 1) for some in combinations(PLACES, number)]

# Of seven features, with and without: in these eight rows and their opposites, each three stand in all eight ways.
ROWS = [
    [bool((row & mask).bit_count() % 2) for mask in range(1, 8)]  # an orthogonal array
    for row in range(8)
]


def chosen(row: list[bool], *, is_opposite: bool) -> tuple[str, ...]:
    return tuple(name for name, has in zip(FEATURES, row, strict=True) if has is not is_opposite)


def faults(text: str, folder: Path) -> list[str]:
    """What is wrong with a draft: findings, tests that fail, another layout."""
    path = folder / "notice.policy"
    path.write_text(text, encoding="utf-8")
    compilation = compile_path(path)
    found = [one.message for one in compilation.diagnostics]
    assert compilation.policy is not None, found
    reference = Reference(compilation.policy)
    lines = [line for test in compilation.policy.tests for line in test.expectations]
    found += [one.text for one in lines if reference.answer(one.question).allowed is not one.allowed]
    assert len(lines) >= 6
    again = format_source(Source("", text), parser()).value
    return found + (["layout"] if again != text else [])


@pytest.mark.parametrize("people_in", SOMEWHERE, ids=",".join)
def test_every_two_answers_are_sound_together(people_in: tuple[str, ...], tmp_path: Path) -> None:
    """All choices of places share the rows; a row and its opposite have each feature once and leave it out once."""
    _try(people_in, [ROWS[SOMEWHERE.index(people_in) % len(ROWS)]], tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("people_in", SOMEWHERE, ids=",".join)
def test_every_three_features_are_sound_together_wherever_people_are(
    people_in: tuple[str, ...], tmp_path: Path
) -> None:
    _try(people_in, ROWS, tmp_path)


def _try(people_in: tuple[str, ...], rows: list[list[bool]], tmp_path: Path) -> None:
    for row, is_opposite in product(rows, (False, True)):
        features = chosen(row, is_opposite=is_opposite)
        answers = Answers("Acme Ltd", people_in, features, DAY, "privacy@acme.example", "https://acme.example")
        assert faults(draft(answers), tmp_path) == [], features


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_alone_is_sound(feature: str, tmp_path: Path) -> None:
    assert faults(draft(Answers("Acme Ltd", PLACES, (feature,), DAY)), tmp_path) == []
    assert faults(draft(Answers("Acme Ltd", ("elsewhere",), (feature,), DAY)), tmp_path) == []


def test_a_draft_imports_what_it_uses_and_nothing_else() -> None:
    text = draft(Answers("Acme Ltd", PLACES, FEATURES, DAY))
    head, _, body = text.partition("\npolicy ")
    imports = head.partition("language 1\n")[2].replace("\n    from", " from").replace(",\n    ", ", ")
    names = [name for line in imports.split("import ")[1:] for name in line.partition(" from ")[0].split(", ")]
    assert len(names) > 50
    words = set(body.replace(",", " ").split())
    assert [name.strip() for name in names if name.strip() not in words] == []


def test_a_small_draft_to_the_letter() -> None:
    """To write it anew: `policyc init` with these answers."""
    answers = Answers("Acme Ltd", ("uk", "elsewhere"), ("newsletter",), DAY, "privacy@acme.example")
    assert draft(answers) == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        'Say "Cheese"',
        "back\\slash",
        '"""',
        '"\\',
        "ends with \\",
        "# no comment",
        "{{ 7 * 7 }} {% raw %}",
        '" controller others #',
        "Käse & Söhne <b>",
        "日本",
        "a\u200db",
        "[x](javascript:y) **z**",
    ],
)
def test_a_name_stays_a_name(name: str, tmp_path: Path) -> None:
    answers = Answers(texts.name(name), ("eu", "elsewhere"), ("newsletter",), DAY)
    assert faults(draft(answers), tmp_path) == []
    policy = compile_path(tmp_path / "notice.policy").policy
    assert policy is not None
    assert policy.terms["company"].label == name


@pytest.mark.parametrize(
    "name",
    ["", "  ", "a\nb", "a\rb", "a\tb", "a\x00", "\x1b[2J", "a\u202eb", "\u200b", "\ufeff", "a\udcffb", "x" * 201],
)
def test_what_a_policy_may_not_contain_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"^the name (is empty|has 201 letters|contains a character)"):
        texts.name(name)


@pytest.mark.parametrize(
    "bad", ["acme", "a@b", "@b.c", "a@b@c.d", "a b@c.d", 'a"@b.c', "<a@b.c>", "a@b.c, d@e.f", "a\\@b.c"]
)
def test_what_is_no_email_address_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="this is not an email address such as"):
        texts.email(bad)


@pytest.mark.parametrize(
    "bad",
    ["acme.example", "javascript:alert(1)", "https://", "https://a", "https://a.b c", 'https://a.b"', "ftp://a.b"],
)
def test_what_is_no_address_of_a_website_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="this is not an address such as"):
        texts.url(bad)


# --- the command -----------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def type_in(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", Terminal("".join(f"{line}\n" for line in lines)))

    return type_in


def test_options_answer_the_questions(policyc: Any) -> None:
    ran = policyc(
        *("init", "shop.policy", "--name", "Acme Ltd", "--email", "privacy@acme.example", "--updated", "2026-11-01"),
        *("--people-in", "elsewhere", "--people-in", "uk", "--with", "newsletter"),
    )
    assert (ran.code, ran.out) == (0, "shop.policy\n")
    assert ran.err.splitlines()[1:] == [
        "  policyc check shop.policy          says what is wrong",
        "  policyc vocab WORD                 finds words for what you add",
        "  policyc build shop.policy -o site  makes the page",
    ]
    assert Path("shop.policy").read_text(encoding="utf-8") == GOLDEN.read_text(encoding="utf-8")
    assert [path.name for path in Path().iterdir()] == ["shop.policy"]


def test_the_draft_passes_the_other_commands(policyc: Any) -> None:
    assert policyc("init", "--name", "Acme").code == 0
    checked = policyc("check", "notice.policy").err.splitlines()[0]
    assert checked == "1 file checked: no errors, no warnings; 4 hints not shown: --level info"
    assert policyc("test", "notice.policy").code == 0
    assert policyc("fmt", "--check", "notice.policy").code == 0


def test_without_a_terminal_answers_have_defaults(policyc: Any) -> None:
    assert policyc("init", "--name", "Acme").code == 0
    today = datetime.now().astimezone().date()
    expected = draft(Answers("Acme", PLACES, ("contact-form",), today))
    assert Path("notice.policy").read_text(encoding="utf-8") == expected
    assert "hole address" in expected


def test_without_a_terminal_the_name_is_required(policyc: Any) -> None:
    ran = policyc("init")
    assert ran.code == 2
    assert "say your company's name with `--name`" in ran.err
    assert list(Path().iterdir()) == []


def test_a_terminal_is_asked(policyc: Any, answered: Any) -> None:
    answered("\x1b", "Acme Ltd", "acme", "privacy@acme.example", "", *"nyny", *"nnynnnn")
    ran = policyc("init", "--updated", "2026-11-01")
    assert ran.code == 0, ran.err
    assert ran.out.strip() == "notice.policy"
    assert "What is your company called?" in ran.err
    assert "Error: the name contains a character" in ran.err
    assert "Error: this is not an email address" in ran.err
    assert Path("notice.policy").read_text(encoding="utf-8") == GOLDEN.read_text(encoding="utf-8")


def test_people_are_somewhere(policyc: Any, answered: Any) -> None:
    """Who says no to all places is not asked for the last one; who says no to all features has a website."""
    answered("Acme", "", "https://acme.example", *"nnn", *"nnnnnnn")
    assert policyc("init", "--updated", "2026-11-01").code == 0
    made = draft(Answers("Acme", ("elsewhere",), (), DAY, url="https://acme.example"))
    assert Path("notice.policy").read_text(encoding="utf-8") == made


def test_options_are_not_asked_for(policyc: Any, answered: Any) -> None:
    answered()
    ran = policyc(
        *("init", "--name", "A", "--email", "a@b.example", "--url", "https://b.example"),
        *("--people-in", "eu", "--with", "orders"),
    )
    assert ran.code == 0


def test_an_interruption_writes_nothing(policyc: Any, answered: Any) -> None:
    answered("Acme")
    assert policyc("init").code == 2
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    "options",
    [["--name", "a\u202eb"], ["--email", "no"], ["--url", "no"], ["--people-in", "mars"], ["--with", "magic"]],
)
def test_bad_options_are_refused(options: list[str], policyc: Any) -> None:
    ran = policyc("init", "--name", "Acme", *options)
    assert ran.code == 2
    assert f"'{options[0]}'" in ran.err
    assert ran.err.isascii()
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("day", ["2026-02-30", "today", "1.11.2026"])
def test_a_date_is_one(day: str, policyc: Any) -> None:
    assert policyc("init", "--name", "Acme", "--updated", day).code == 2


def test_a_file_that_is_there_stays(policyc: Any, answered: Any) -> None:
    """Nothing is asked, as the answers would be of no use."""
    Path("notice.policy").write_text("mine", encoding="utf-8")
    answered()
    ran = policyc("init")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "Error: notice.policy is there already, and stays as it is\n"
    assert Path("notice.policy").read_text(encoding="utf-8") == "mine"


def test_a_link_that_leads_nowhere_stays(policyc: Any) -> None:
    Path("notice.policy").symlink_to("gone.policy")
    assert policyc("init", "--name", "Acme").code == 2
    assert not Path("gone.policy").exists()


def test_a_file_that_appears_meanwhile_stays(policyc: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(answers: Answers) -> str:
        Path("notice.policy").write_text("mine", encoding="utf-8")
        return draft(answers)

    monkeypatch.setattr(init, "draft", meanwhile)
    ran = policyc("init", "--name", "Acme")
    assert ran.code == 2
    assert "is there already" in ran.err
    assert Path("notice.policy").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in Path().iterdir()] == ["notice.policy"]


@pytest.mark.parametrize("path", ["notice.txt", "notice", "-"])
def test_policies_are_called_so(path: str, policyc: Any) -> None:
    ran = policyc("init", "--name", "Acme", "--", path)
    assert ran.code == 2
    assert "ends in `.policy`" in ran.err


def test_folders_are_made_if_all_goes_well(policyc: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert policyc("init", "legal/privacy/notice.policy", "--name", "Acme").code == 0

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    ran = policyc("init", "other/notice.policy", "--name", "Acme")
    assert ran.code == 2
    assert ran.err == "Error: other/notice.policy cannot be written: permission denied\n"
    assert not Path("other").exists()


def test_a_place_that_cannot_be_written(policyc: Any) -> None:
    Path("file").touch()
    ran = policyc("init", "file/notice.policy", "--name", "Acme")
    assert ran.code == 2
    assert "cannot be written" in ran.err


def no_links(*_: object) -> None:
    raise OSError(95, os.strerror(95))


def test_a_file_system_without_links(policyc: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "hardlink_to", no_links)
    assert policyc("init", "--name", "Acme").code == 0
    assert Path("notice.policy").stat().st_size > 1000


def test_a_file_system_without_links_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "hardlink_to", no_links)
    monkeypatch.setattr(Path, "replace", no_links)
    with pytest.raises(OSError, match="95"):
        _files.create(Path("notice.policy"), "text")
    assert list(Path().iterdir()) == []
