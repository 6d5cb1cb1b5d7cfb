"""How long the search for contradictions takes, and how it grows.

Three workloads of drawn permissions and prohibitions over graphs of terms: `disjoint`, where each statement is about
data of its own; `realistic`, where most name a few terms of many, some whole families, and a third has a condition;
`overlapping`, where everything meets everything. Each has 1,000, 10,000 and 50,000 statements. Measured is the search
alone, on a policy that is in memory; printed are the findings too: there is at most one for each prohibition.
Exits 1 if a bar is missed.

usage: python -m benchmarks.contradictions [--runs N]
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from random import Random
from statistics import median
from typing import Final

from attrs import evolve

from policyc.model.policy import Place, Policy, Statement, Term
from policyc.model.values import Holds, Terms, Value
from policyc.semantics.overlap import Overlaps
from policyc.source.text import Source, Span

SIZES: Final = (1_000, 10_000, 50_000)
SECONDS: Final = 2.0
"""What 10,000 realistic statements may take."""
GROWTH: Final = 8.0
"""How many times as long 50,000 may take as 10,000."""

_KINDS: Final = {"data": 600, "purpose": 80, "party": 200, "fact": 40}
_FAMILY: Final = 8
"""So many terms lie below each family."""


def main() -> int:
    """Measure, print, and say whether all bars are cleared."""
    options = argparse.ArgumentParser(description="Measure the search for contradictions.")
    options.add_argument("--runs", type=int, default=3, help="how often each search runs (default: 3)")
    runs: int = options.parse_args().runs
    gc.set_threshold(100_000)  # as the command does: policyc/__main__.py
    times: dict[tuple[str, int], float] = {}
    for name, draw in WORKLOADS.items():
        for size in SIZES:
            policy = made(draw, size)
            seconds, found = measured(policy, runs)
            times[name, size] = seconds
            prohibitions = sum(one.modality == "never" for one in policy.statements)
            print(
                f"{name:12} {size:7,} statements {seconds:8.2f} s  {found:6,} findings, {prohibitions:6,} prohibitions"
            )
            if found > prohibitions:
                print("there are more findings than prohibitions")
                return 1
    growths = {name: times[name, SIZES[2]] / times[name, SIZES[1]] for name in WORKLOADS}
    for name, growth in growths.items():
        print(f"{name:12} 50,000 take {growth:.1f} times as long as 10,000 (bar {GROWTH})")
    print(f"realistic    10,000 take {times['realistic', SIZES[1]]:.2f} s (bar {SECONDS} s)")
    return 1 if times["realistic", SIZES[1]] > SECONDS or max(growths.values()) > GROWTH else 0


def measured(policy: Policy, runs: int) -> tuple[float, int]:
    """The median of the seconds that a search takes, and what it finds."""
    times = []
    found = 0
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        overlaps = Overlaps(policy)
        found = sum(1 for _ in overlaps.conflicts(overlaps.prohibitions))
        times.append(time.perf_counter() - start)
    return median(times), found


# --- workloads -------------------------------------------------------------------------------------


def disjoint(random: Random, number: int) -> dict[str, Value]:
    """Data of its own for each statement."""
    return {"data": Terms((f"own_{number}",)), **_others(random)}


def realistic(random: Random, number: int) -> dict[str, Value]:
    """One to three terms, now and then a family; a third has a condition."""
    del number
    found: dict[str, Value] = {"data": _named(random, "data"), **_others(random)}
    if random.random() < 1 / 3:
        found[random.choice(("when", "unless"))] = Holds(f"fact_{random.randrange(_KINDS['fact'])}")
    return found


def overlapping(random: Random, number: int) -> dict[str, Value]:
    """Everything meets everything."""
    del random, number
    return {"data": Terms(("family_data_0",)), "purposes": Terms(("purpose_0",)), "recipients": Terms(("party_0",))}


WORKLOADS: Final[Mapping[str, Callable[[Random, int], dict[str, Value]]]] = {
    "disjoint": disjoint,
    "realistic": realistic,
    "overlapping": overlapping,
}


def _others(random: Random) -> dict[str, Value]:
    return {"purposes": _named(random, "purpose"), "recipients": _named(random, "party")}


def _named(random: Random, kind: str) -> Terms:
    if random.random() < 0.1:  # noqa: PLR2004 - one in ten names a family
        return Terms((f"family_{kind}_{random.randrange(_KINDS[kind] // _FAMILY)}",))
    return Terms(tuple(sorted({f"{kind}_{random.randrange(_KINDS[kind])}" for _ in range(random.randint(1, 3))})))


def made(draw: Callable[[Random, int], dict[str, Value]], size: int) -> Policy:
    """A policy of drawn statements, every other one a prohibition."""
    random = Random(7)  # noqa: S311 - nothing here is secret
    source = Source("drawn.policy", "")
    place = partial(Place, source)
    statements = []
    for number in range(size):
        fields = draw(random, number)
        data = fields.pop("data")
        statements.append(
            Statement(
                id=f"s{number}",
                label=f"s{number}",
                mood=None,
                modality="never" if number % 2 else "may",
                verb="share",
                objects=data if isinstance(data, Terms) else None,
                fields=fields,
                only=(),
                holes=(),
                place=place(Span(number, number + 1)),
            )
        )
    terms = {term.id: term for term in _terms(place(Span(0, 0)), size if draw is disjoint else 0)}
    return Policy(terms["notice"], terms, tuple(statements), (), (), ())


def _terms(place: Place, own: int) -> Iterator[Term]:
    blank = Term("", "data", "", "", (), is_open=False, fields={}, imported=False, place=place)

    def term(kind: str, name: str, parents: tuple[str, ...] = (), fields: Mapping[str, Value] | None = None) -> Term:
        return evolve(blank, id=name, kind=kind, qualified=name, label=name, parents=parents, fields=fields or {})

    yield term("policy", "notice", (), {"controllers": Terms(("us",))})
    yield term("party", "us")
    for kind, count in _KINDS.items():
        for number in range(count // _FAMILY):
            yield term(kind, f"family_{kind}_{number}")
        for number in range(count):
            parents = (
                (f"family_{kind}_{number // _FAMILY}",)
                if kind != "fact" and number < count // _FAMILY * _FAMILY
                else ()
            )
            yield term(kind, f"{kind}_{number}", parents)
    for number in range(own):
        yield term("data", f"own_{number}")


if __name__ == "__main__":
    sys.exit(main())
