"""Values of clauses, and what statements say about themselves."""

import pytest

from policyc.language.words import Bound, Comparison, Force, Unit
from policyc.model import values
from policyc.model.policy import Prose, Section, Statement, tags_of, terms_of, texts_of, words_of
from tests.policies import policy_of
from tests.unit.resolve.cases import policy

POLICY = policy("""\
a: may share logs with partners by sale trace "T-1", "T-2" see list "x" trace "T-3"
b: never use logs
c: law says must use logs for safety
d: will grant access
e: will keep logs 30 to 90 days
f: may use logs for safety when (agreed and refused) or age below 16 or since visit above 12 months
s: section "S" trace "T-4" {
    t: text "words" trace "T-5"
}
""")


@pytest.mark.parametrize(
    ("name", "force"), [("a", Force.PERMIT), ("b", Force.FORBID), ("c", Force.NONE), ("d", Force.NONE)]
)
def test_force(name: str, force: Force) -> None:
    assert POLICY.statement(name).force is force


def test_traces_are_refs() -> None:
    section = next(item for item in POLICY.layout if isinstance(item, Section))
    prose: Prose = POLICY.prose[0]
    assert POLICY.statement("a").refs == ("T-1", "T-2", "T-3")
    assert POLICY.statement("b").refs == ()
    assert section.refs == ("T-4",)
    assert prose.refs == ("T-5",)


def test_fields_are_read_by_their_form() -> None:
    fields = POLICY.statement("a").fields
    assert terms_of(fields, "recipients") == ("partners",)
    assert words_of(fields, "ways") == ("sale",)
    assert texts_of(fields, "trace") == ("T-1", "T-2", "T-3")
    assert tags_of(fields, "see") == (("list", "x"),)
    for read in (terms_of, words_of, texts_of, tags_of):
        assert read(fields, "place") == ()
        assert sum(bool(read(fields, name)) for name in ("recipients", "ways", "trace", "see")) == 1


def test_an_unknown_statement_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        POLICY.statement("z")


def test_terms_of_a_kind_are_sorted() -> None:
    assert [term.id for term in POLICY.of_kind("party")] == ["ours", "partners", "us"]
    assert POLICY.id == "notice"


@pytest.mark.parametrize(
    ("period", "iso", "upper"),
    [
        (values.Period(30, Unit.MINUTE), "PT30M", None),
        (values.Period(24, Unit.HOUR), "PT24H", None),
        (values.Period(0, Unit.DAY), "P0D", None),
        (values.Period(2, Unit.WEEK, Bound.ABOUT), "P2W", None),
        (values.Period(1, Unit.MONTH, Bound.AT_MOST), "P1M", None),
        (values.Period(7, Unit.YEAR, upper=10), "P7Y", "P10Y"),
    ],
)
def test_periods_are_iso_8601(period: values.Period, iso: str, upper: str | None) -> None:
    assert (period.iso, period.iso_upper) == (iso, upper)


def test_a_range_has_two_ends() -> None:
    assert POLICY.statement("e").fields["period"] == values.Period(30, Unit.DAY, upper=90)


def test_atoms_are_in_order() -> None:
    guard = POLICY.statement("f").fields["when"]
    assert isinstance(guard, values.OneOf)
    assert values.atoms(guard) == (
        values.Holds("agreed"),
        values.Holds("refused"),
        values.Compared("age", Comparison.BELOW, 16),
        values.Compared("visit", Comparison.ABOVE, 12, Unit.MONTH, since=True),
    )


def test_places_take_no_part_in_equality() -> None:
    text = 'language 1\nparty us\ndata logs\npolicy notice "N" controller us\n{}x: never use logs\n'
    one, other = policy_of(text.format("")), policy_of(text.format("\n# a comment\n\n"))
    assert one == other
    assert one.statement("x").place != other.statement("x").place
    assert isinstance(one.statement("x"), Statement)
