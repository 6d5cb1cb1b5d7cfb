"""Whatever stands in a file: the resolver raises nothing, and says each thing once, at its place, in few words."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.clauses import CLAUSES, HOLES, Form, clause_keys, row_of
from policyc.language.kinds import KINDS
from policyc.language.verbs import VERBS
from policyc.model.graph import Graph
from policyc.model.policy import Policy
from policyc.resolve.build import resolve
from policyc.resolve.loader import ENTRY, Module, Modules
from policyc.semantics.reference import Reference
from policyc.semantics.request import DEFAULTS, Reading, Request, dimension_values
from policyc.source.text import Source
from policyc.syntax.parser import parser
from tests.drawn import Tape
from tests.unit.resolve.cases import HEAD

SETTINGS = settings(max_examples=400, deadline=None)
NAMES: Final = re.findall(r"^(?!language)[a-z_]+ ([a-z_]+)", HEAD, re.MULTILINE)
CLOSED: Final = sorted({word for row in CLAUSES for word in row.words})
BY_KIND: Final = {
    kind: [name for known, name in re.findall(r"^([a-z_]+) ([a-z_]+)", HEAD, re.MULTILINE) if known == kind]
    for kind in KINDS
}
LABELS: Final = ("l0", "l1", "l2", "l3")
KEYS: Final = [key for key in clause_keys() if key not in {"section", "test"}]


def name(tape: Tape) -> str:
    """Mostly a declared name, sometimes a word of the language, a label, or a name that nobody knows."""
    known: tuple[str, ...] = (*NAMES, *NAMES, *CLOSED, *LABELS, "nobody", "other of ours", "other of logs")
    return tape.pick(known)


def fitting(tape: Tape, kinds: tuple[str, ...], words: tuple[str, ...]) -> str:
    """A name of one of these kinds, or one of these words."""
    known = [one for kind in kinds for one in BY_KIND.get(kind, LABELS if kind == "statement" else ())]
    options: list[str] = [*known, *words, *known] or NAMES
    return tape.pick(options)


def condition(tape: Tape) -> str:
    atoms = (
        "agreed",
        "refused",
        "age below 16",
        "since visit above 2 weeks",
        "visit",
        "age",
        "agreed above 3",
        "nobody",
    )
    link = tape.pick((" and ", " or "))
    return link.join(tape.pick(atoms) for _ in range(1 + tape.number() % 3))


def value(tape: Tape, key: str) -> str:
    """Something that a clause takes, mostly."""
    rows = [row for row in CLAUSES if row.key == key] or [row_of("period")]
    row = tape.pick(rows)
    form = tape.pick(tuple(Form)) if tape.rarely(10) else row.form
    if form is Form.NAMES:
        quantifier = tape.pick(("", "", "", "any ", "all ", "some of "))
        names = [fitting(tape, row.kinds, row.words) if not tape.rarely(6) else name(tape)]
        names += [name(tape)] * tape.rarely(5)
        return quantifier + ", ".join(names)
    nouns = sorted(HOLES) if row.field == "holes" else ("list", "section", "nothing")
    return {
        Form.TEXTS: '"words"',
        Form.TAGGED: f'{tape.pick(nouns)} "words"',
        Form.PERIOD: tape.pick(("30 days", "at most 1 year", "at least 2 months", "1 to 3 weeks", "at once", "0 days")),
        Form.GUARD: condition(tape),
        Form.DATE: "2026-01-31",
        Form.FLAG: "",
    }[form]


def clauses(tape: Tape, least: int = 0) -> str:
    found = []
    for _ in range(least + tape.number() % 4):
        key = tape.pick((*KEYS, "", "excluding", "including", "hole", "when", "unless", "for", "with", "of"))
        only = tape.pick(("", "", "", "", "", "only "))
        found.append(f"{only}{key} {value(tape, key)}".replace("  ", " ").strip())
    return " ".join(found)


def sentence(tape: Tape, number: int, depth: int) -> list[str]:
    """The lines of a sentence."""
    shape = tape.number() % 10
    if shape < 5:
        verb = VERBS[tape.pick(sorted(VERBS))]
        objects = fitting(tape, verb.kinds, verb.words) if verb.kinds or verb.words else '"We care"'
        objects = name(tape) if tape.rarely(8) else f"{tape.pick(('', '', '', 'only ', 'some '))}{objects}"
        label = f"l{number}: " if tape.rarely(2) else ""
        modality = tape.pick(("may", "will", "never", "law says must", "allow"))
        return [f"{label}{modality} {verb.name} {objects} {clauses(tape)}"]
    if shape < 7:
        return [f"{tape.pick(sorted(KINDS))} n{number} {clauses(tape)}"]
    if shape == 7:
        return [f'text "words" {clauses(tape)}']
    title = tape.pick(("", f'section "S{number}" ', f'test "T{number}" '))
    inside = [line for index in range(tape.number() % 3) for line in sentence(tape, index + 10 * number, depth + 1)]
    body = ["    " + line for line in inside] if depth < 3 else []
    return [f"{title}{clauses(tape, least=0 if title else 1)} {{", *body, "}"]


def text(data: bytes) -> str:
    tape = Tape(data)
    lines = [line for number in range(1 + tape.number() % 5) for line in sentence(tape, number, 0)]
    return HEAD + "".join(f"{line}\n" for line in lines)


TEXTS = st.binary(min_size=200, max_size=200).map(text)


def compiled(source: Source) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    parsed = parser().parse(source)
    assert parsed.value is not None
    modules = Modules({ENTRY: Module(ENTRY, source, parsed.value)})
    resolved = resolve(modules, is_complete=not parsed.has_errors)
    assert resolved.value is not None
    return resolved.value.policy, parsed.diagnostics + resolved.diagnostics


@given(TEXTS)
@SETTINGS
def test_nothing_raises_and_each_thing_is_said_once_at_its_place(drawn: str) -> None:
    source = Source("a.policy", drawn)
    policy, found = compiled(source)
    assert (policy is None) is any(one.code.level.value == "error" for one in found)
    for one in found:
        assert one.label.source is source
        assert 0 <= one.label.span.start < one.label.span.end <= len(drawn)
        assert one.message[0] == "`" or one.message[0].islower() or one.message.startswith("“")
        assert not one.message.endswith(".")
        assert "None" not in one.message + (one.help or "")
    said = Counter((one.code.number, one.label.span, one.message) for one in found)
    assert [key for key, count in said.items() if count > 1] == []


@given(TEXTS)
@SETTINGS
def test_what_compiles_can_be_asked(drawn: str) -> None:
    policy, _ = compiled(Source("a.policy", drawn))
    if policy is None:
        return
    graph = Graph(policy.terms)
    for verb, row in VERBS.items():
        unknown = sorted(row.dimensions - DEFAULTS.keys())
        asked = Request(verb, {one: dimension_values(graph, one)[0] for one in unknown})
        for reading in Reading:
            if row.decided:
                Reference(policy, reading).decide(asked)


def test_the_drawn_texts_are_sound_often_enough_and_make_all_kinds_of_mistakes() -> None:
    outcomes: Counter[str] = Counter()

    @given(TEXTS)
    @settings(SETTINGS, max_examples=2000, derandomize=True, database=None)
    def count(drawn: str) -> None:
        policy, found = compiled(Source("a.policy", drawn))
        outcomes["sound"] += policy is not None
        outcomes.update({one.code.number for one in found})

    count()
    assert outcomes["sound"] > 30
    expected = {"PC201", "PC202", "PC205", "PC206", "PC207", "PC208", "PC209", "PC219", "PC118"}
    assert {code for code in expected if outcomes[code] < 5} == set()
