"""The library against the facts that it follows: the terms of DPV, and the terms of other vocabularies.

`dpv.csv` has the terms of DPV 2.3 with their parents, `targets.csv` the term of DPV that comes closest to each term of
another vocabulary. Where the library differs, `differences.csv` and `other_targets.csv` say why.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from policyc.language.verbs import VERBS
from policyc.resolve.vocabulary import VERB, Entry, crosswalk, vocabulary

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def dpv() -> Mapping[str, frozenset[str]]:
    """Each term of DPV → its parents."""
    return {row["term"]: frozenset(filter(None, row["parents"].split(";"))) for row in rows("dpv.csv")}


@cache
def above(term: str) -> frozenset[str]:
    """A term of DPV and all above it."""
    found, queue = {term}, [term]
    while queue:
        new = dpv().get(queue.pop(), frozenset()) - found
        found |= new
        queue += new
    return frozenset(found)


@cache
def terms() -> Mapping[str, Entry]:
    return vocabulary()


def nearest(entry: Entry) -> Iterator[Entry]:
    """The nearest terms above that name a term of DPV."""
    for name in entry.parents:
        parent = terms()[name]
        if parent.dpv:
            yield parent
        else:
            yield from nearest(parent)


def meant(entry: Entry) -> frozenset[str]:
    """The terms of DPV that a term, or any above it, names."""
    return frozenset(entry.dpv).union(*(meant(terms()[name]) for name in entry.parents))


def test_there_is_a_library() -> None:
    assert len(terms()) > 1500
    assert len({entry.kind for entry in terms().values()}) > 14
    assert len(dpv()) > 1800


def test_every_term_of_dpv_exists() -> None:
    assert [(name, one) for name, entry in terms().items() for one in entry.dpv if one not in dpv()] == []


def test_the_hierarchy_agrees_with_dpv_or_the_difference_is_listed() -> None:
    listed = {(row["term"], row["below"]): row["why"] for row in rows("differences.csv")}
    found = set()
    for name, entry in terms().items():
        for parent in nearest(entry):
            if not any(above(one) & set(parent.dpv) for one in entry.dpv) and entry.dpv:
                found.add((name, parent.name))
    assert found == set(listed)
    assert all(listed.values())


def test_labels_tell_terms_of_a_kind_apart() -> None:
    labels = defaultdict(list)
    for name, entry in terms().items():
        labels[entry.kind, entry.label.casefold()].append(name)
    assert {label: names for label, names in labels.items() if len(names) > 1} == {}


def test_a_name_tells_terms_of_a_kind_apart() -> None:
    """So that a message can say which import is missing."""
    names = defaultdict(list)
    for name, entry in terms().items():
        names[entry.kind, entry.short].append(name)
    assert {name: places for name, places in names.items() if len(places) > 1} == {}


def test_an_alias_is_another_word() -> None:
    for name, entry in terms().items():
        words = [text.casefold() for text in entry.aliases]
        assert entry.label.casefold() not in words, name
        assert len(set(words)) == len(words), name


def test_every_term_but_the_roots_belongs_to_something() -> None:
    roots = [entry.name for entry in terms().values() if entry.kind == "data" and not entry.parents]
    assert roots == ["std.data.base.personal_data", "std.data.nonpersonal.non_personal_data"]


# --- other vocabularies ----------------------------------------------------------------------


def test_the_crosswalk_has_every_term_of_each_vocabulary() -> None:
    wanted = defaultdict(list)
    for row in rows("targets.csv"):
        wanted[row["scheme"]].append(row["code"])
    had = defaultdict(list)
    for one in crosswalk():
        had[one.scheme].append(one.code)
    assert had == wanted
    assert sum(map(len, had.values())) > 280


def test_the_crosswalk_names_terms_and_verbs() -> None:
    for one in crosswalk():
        assert one.label, one.code
        assert list(one.targets) == sorted(set(one.targets)), one.code
        for target in one.targets:
            assert (target.removeprefix(VERB) in VERBS) if target.startswith(VERB) else (target in terms()), one.code


def test_the_crosswalk_means_the_same_in_dpv_or_the_difference_is_listed() -> None:
    """Each code leads to a term that is, or lies below, the term of DPV that the tables give for it."""
    listed = {(row["scheme"], row["code"]): row["why"] for row in rows("other_targets.csv")}
    closest = {(row["scheme"], row["code"]): frozenset(row["dpv"].split(";")) for row in rows("targets.csv")}
    found = set()
    for one in crosswalk():
        names = [name for name in one.targets if not name.startswith(VERB)]
        reached = frozenset[str]().union(*(above(term) for name in names for term in meant(terms()[name])))
        if names and not reached & closest[one.scheme, one.code]:
            found.add((one.scheme, one.code))
    assert found == set(listed)
    assert all(listed.values())


@pytest.mark.parametrize(("code", "name"), [("PSL_EMAIL", "std.data.contact.email_address")])
def test_a_term_knows_its_counterparts(code: str, name: str) -> None:
    assert code in {one.code for one in terms()[name].crosswalk}
