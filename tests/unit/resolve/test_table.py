"""The whole table: every clause with every verb and every kind works, or is refused with what is taken instead."""

import re

import pytest

from policyc.language.clauses import ANY_KIND, CLAUSES, ONLY_GROUPS, OUTCOMES, Clause, Form, rows_of
from policyc.language.kinds import KINDS, Kind
from policyc.language.verbs import VERBS, Verb
from policyc.model.policy import Policy, Statement, Term
from tests.policies import resolve_text
from tests.unit.resolve.cases import HEAD, LINES

NAMES = {
    "policy": "notice",
    "party": "partners",
    "subject": "people",
    "data": "logs",
    "purpose": "safety",
    "surface": "site",
    "event": "visit",
    "fact": "agreed",
    "place": "europe",
    "law": "gdpr",
    "legal_basis": "contract",
    "right": "access",
    "term": "personal",
    "channel": "post",
    "measure": "locks",
    "message": "news",
    "system": "servers",
    "document": "contract_terms",
}
LABELS = (
    "forbidden: never use logs\npermitted: may use mails for safety\nfirst: will keep logs 30 days after visit\n"
    "rule a_rule every collect has purpose\n"
)
RULE = "a_rule"
RELATIONS = {"except": "permitted", "despite": "forbidden", "subject_to": "forbidden"}
STAGE = "stage"
VALUES = {
    Form.TEXTS: '"words"',
    Form.PERIOD: "30 days",
    Form.GUARD: "agreed",
    Form.DATE: "2026-01-31",
    Form.FLAG: "",
}
TAGS = {"accept": 'contradiction "it is meant"', "see": 'section "Rights"', "holes": 'wording "garbled"'}
ROWS = {f"{row.key} ({row.field})": row for row in CLAUSES}


def test_the_head_declares_every_kind() -> None:
    assert sorted(NAMES) == sorted(KINDS)


def value(row: Clause, own_kind: str = "data") -> str:
    """Something well-formed that a row takes."""
    if row.field == STAGE:
        return "first"
    if row.field in RELATIONS:
        return RELATIONS[row.field]
    if row.field in OUTCOMES:
        return RULE
    if row.form is Form.TAGGED:
        return TAGS[row.field]
    if row.form is not Form.NAMES:
        return VALUES[row.form]
    if ANY_KIND in row.kinds:
        return NAMES[own_kind]
    return NAMES[row.kinds[0]] if row.kinds else row.words[0]


def findings(text: str) -> list[tuple[str, str, str]]:
    """Code, the words at the place, and message with help, of every finding."""
    found = []
    for one in resolve_text(text)[1]:
        source, span = one.label.source, one.label.span
        assert source.position(span.start).line > LINES - 1
        found.append((one.code.number, source.text[span.start : span.end], f"{one.message} | {one.help}"))
    return found


def objects(verb: Verb) -> str:
    """Something that a verb may be about."""
    return NAMES[verb.kinds[0]] if verb.kinds else verb.words[0] if verb.words else '"We care"'


def sentence(verb: Verb, row: Clause, clause: str) -> str:
    """A statement with a clause, and with what the verb needs beside it."""
    needs = {"recipients": "with partners", "location": "at servers"}
    there = " ".join(needs[name] for name in sorted(verb.needs) if name != row.field)
    there += " before visit" if row.field == "period" and "before" in verb.takes else ""
    modality = {"except": "never", "lookback": "so far may"}.get(row.field, "may")
    return f"tried: {modality} {verb.name} {objects(verb)} {clause} {there}\n"


def tried(verb: Verb, row: Clause) -> tuple[str, list[tuple[str, str, str]]]:
    """A clause, and what is said of it with a verb."""
    clause = f"{row.key} {value(row, (verb.kinds or ('data',))[0])}".strip()
    return clause, findings(HEAD + LABELS + sentence(verb, row, clause))


def rows_taken(verb: Verb | Kind, key: str) -> list[Clause]:
    """The rows of a key that a verb or a kind takes."""
    return [row for row in rows_of(key) if row.field in verb.fields]


@pytest.mark.parametrize("name", VERBS)
def test_a_clause_that_a_verb_takes_reaches_the_model(name: str) -> None:
    verb = VERBS[name]
    for row in CLAUSES:
        is_label = row.field in RELATIONS
        if row.field not in verb.fields or (is_label and not verb.decided):
            continue
        clause, found = tried(verb, row)
        assert found == [], clause
        policy = resolve_text(HEAD + LABELS + sentence(verb, row, clause))[0].policy
        assert policy is not None
        statement = policy.statement("tried")
        assert row.field in held(statement), clause


def held(owner: Statement | Term) -> set[str]:
    """The fields that a statement or a term fills."""
    more = {"holes"} if isinstance(owner, Statement) and owner.holes else set()
    return set(owner.fields) | more


@pytest.mark.parametrize("name", VERBS)
def test_a_clause_that_a_verb_does_not_take_is_refused(name: str) -> None:
    verb = VERBS[name]
    refused = [row for row in CLAUSES if row.field not in verb.fields and not row.attaches]
    assert refused
    for row in refused:
        clause, found = tried(verb, row)
        check_refused(found, row, clause, f"`{name}`", rows_taken(verb, row.key))


def check_refused(found: list[tuple[str, str, str]], row: Clause, clause: str, owner: str, taken: list[Clause]) -> None:
    """One finding, at the key or the value, that says what is taken instead."""
    assert len(found) == 1, (clause, found)
    code, place, said = found[0]
    shown = f"`{row.key}`" if row.key else "period"
    if taken:
        assert code in {"PC202", "PC208", "PC209"}, (clause, found)
        assert place in clause.removeprefix(row.key), (clause, found)
        assert any(other.takes in said or (other.words and f"`{other.words[0]}`" in said) for other in taken), found
    else:
        assert code == "PC205"
        assert place == row.key or (not row.key and place == clause)
        assert said.startswith(f"{owner} takes no {shown} | it ")


@pytest.mark.parametrize("name", KINDS)
def test_every_clause_with_a_kind(name: str) -> None:
    kind = KINDS[name]
    for row in CLAUSES:
        if row.key == "excluding":
            continue
        clause = f"{row.key} {value(row, name)}".strip()
        found = findings(declaration(kind, row, clause))
        owner = f"{'an' if name == 'event' else 'a'} {name.replace('_', ' ')} declaration"
        taken = rows_taken(kind, row.key)
        if row.field not in kind.fields and not (row.attaches and name == "policy"):
            check_refused(found, row, clause, owner, taken)
        elif row.field in kind.fields:
            assert found == [], clause
            policy = resolve_text(declaration(kind, row, clause))[0].policy
            assert policy is not None
            check_term(policy, row, name)


def declaration(kind: Kind, row: Clause, clause: str) -> str:
    """A file with one more declaration; one with another policy would have two."""
    if kind.name == "policy":
        head = re.sub(r"^policy .*\n", "", HEAD, flags=re.MULTILINE)
        needed = "" if row.field == "controllers" else "controller us"
        return f'{head}\npolicy notice "Notice" {needed} {clause}\n{LABELS}'
    return f'{HEAD}{LABELS}{kind.name} tried "tried" {clause}\n'


def check_term(policy: Policy, row: Clause, kind: str) -> None:
    """What the clause said is in the model."""
    term = policy.header if kind == "policy" else policy.terms["tried"]
    if row.field == "parents":
        assert term.parents == (NAMES[kind],)
    elif row.field == "open":
        assert term.is_open
    else:
        assert row.field in held(term)
    if row.field in {"including", "exactly"}:
        assert "tried" in policy.terms[NAMES[kind]].parents
        assert term.is_open is (row.field == "including")


@pytest.mark.parametrize("name", ROWS)
def test_every_kind_of_name_in_a_clause(name: str) -> None:
    row = ROWS[name]
    verbs = [verb for verb in VERBS.values() if row.field in verb.takes and verb.decided] or [
        verb for verb in VERBS.values() if row.field in verb.takes
    ]
    if row.form is not Form.NAMES or not verbs:
        return
    verb = verbs[0]
    taken = rows_taken(verb, row.key)
    for kind, word in NAMES.items():
        found = findings(HEAD + LABELS + sentence(verb, row, f"{row.key} {word}"))
        if any(kind in other.kinds or word in other.words for other in taken):
            assert [one for one in found if one[1] == word] == [], (row.key, word)
        else:
            assert len(found) == 1, (row.key, word, found)
            code, place, said = found[0]
            assert place == word
            assert code in {"PC202", "PC209"}
            assert any(other.takes in said or (other.words and f"`{other.words[0]}`" in said) for other in taken), said


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.words and row.form is Form.NAMES])
def test_every_closed_word_of_a_clause(name: str) -> None:
    row = ROWS[name]
    for verb in (verb for verb in VERBS.values() if row.field in verb.takes):
        for word in row.words:
            assert findings(HEAD + sentence(verb, row, f"{row.key} {word}")) == []


@pytest.mark.parametrize("name", VERBS)
def test_every_kind_of_name_as_an_object(name: str) -> None:
    verb = VERBS[name]
    row = next(row for row in CLAUSES if row.field == "text")
    for kind, word in NAMES.items():
        found = findings(HEAD + sentence(verb, row, "").replace(f" {objects(verb)} ", f" {word} "))
        if kind in verb.kinds:
            assert found == []
        else:
            assert len(found) == 1
            assert found[0][1] == word
            assert found[0][0] in {"PC202", "PC208", "PC209"}


def test_titles_stand_before_groups_only() -> None:
    assert {row.key for row in CLAUSES if row.field in ONLY_GROUPS} == {"section", "test"}
    for key in ("section", "test"):
        text = HEAD + f'may use logs for safety {key} "x"\n'
        assert findings(text)[0][2] == f'`use` takes no `{key}` | it opens a group: `{key} "…" {{`'
