"""`python -m benchmarks.cover_sets POLICY…`: compares the guard and the reference over all cover sets of policies.

A cover set is a set of statements that some request meets. For each there is one request, with each value of each atom
in the guards of these statements, and impossible combinations left out. Where there are too many, some are drawn.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import reduce
from pathlib import Path
from random import Random

from attrs import define, evolve, field, frozen

from benchmarks.agreement.compare import Answer, ask_guard, load
from benchmarks.agreement.draw import Drawn
from benchmarks.cover_sets.knowledge import MOST, Atoms
from benchmarks.cover_sets.sets import Covers, CoverSet
from policyc.backends.enforce import build
from policyc.model.policy import Policy, Statement, terms_of
from policyc.pipeline import compile_path
from policyc.semantics.reference import Reference
from policyc.semantics.request import ANY, NOBODY, Request

_SHOWN = 5


@frozen
class Difference:
    """A request that the engines answer differently."""

    drawn: Drawn
    reference: Answer
    guard: Answer


@define
class Here(Reference):
    """The reference for requests that are all about the same terms: what covers these is worked out once."""

    _covered: dict[tuple[str, str, bool], bool] = field(factory=dict)

    def covers(self, one: Statement, dimension: str, request: Request, *, permits: bool) -> bool:
        """As the reference says."""
        key = (one.id, dimension, permits)
        if key not in self._covered:
            self._covered[key] = super().covers(one, dimension, request, permits=permits)
        return self._covered[key]


@define
class Count:
    """How many cover sets there are, how many of them are sampled, how many requests, and which are wrong."""

    sets: int = 0
    sampled: int = 0
    requests: int = 0
    allowed: int = 0
    wrong: list[Difference] = field(factory=list)

    def plus(self, other: Count) -> Count:
        """Both together."""
        return Count(
            self.sets + other.sets,
            self.sampled + other.sampled,
            self.requests + other.requests,
            self.allowed + other.allowed,
            self.wrong + other.wrong,
        )


def main() -> int:
    """1 if the engines disagree anywhere."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cover_sets", description=__doc__)
    parser.add_argument("policies", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=MOST, help="assignments of a cover set, before some are drawn")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    arguments = parser.parse_args()
    total = Count()
    for path in arguments.policies:
        policy = compile_path(path).policy
        if policy is None:
            print(f"{path} does not compile", file=sys.stderr)
            return 2
        count = compared(policy, arguments.most, arguments.jobs)
        print(f"{path}: {told(count)}", flush=True)
        total = total.plus(count)
    print(f"in all: {told(total)}")
    for one in total.wrong[:_SHOWN]:
        print(f"\n{one.drawn}\n  reference: {one.reference}\n  guard:     {one.guard}")
    return 1 if total.wrong else 0


def told(count: Count) -> str:
    """A count in one line."""
    return (
        f"{count.sets:,} cover sets ({count.sampled:,} sampled), {count.requests:,} requests "
        f"({count.allowed:,} allowed), {len(count.wrong):,} answered differently"
    )


def compared(policy: Policy, most: int, jobs: int) -> Count:
    """All cover sets of a policy, by several processes."""
    sets = list(Covers(Reference(policy)).sets())
    parts = [sets[start :: jobs * 4] for start in range(jobs * 4)]
    with ProcessPoolExecutor(jobs) as pool:
        return reduce(Count.plus, pool.map(compare, [policy] * len(parts), parts, [most] * len(parts)), Count())


def compare(policy: Policy, sets: Sequence[CoverSet], most: int) -> Count:
    """The answers of both engines over some cover sets."""
    guard = load(build(policy))
    numbers = {term.id for term in policy.of_kind("fact") if "number" in term.fields}
    count = Count(len(sets))
    for one in sets:
        reference = Here(only(policy, one.statements))
        random = Random(repr((one.verb, one.statements)))  # noqa: S311 - the same assignments every time
        is_drawn, assignments = Atoms.of(policy, one.statements).told(most, random)
        count.sampled += is_drawn
        for each in assignments:
            facts = {(fact, ANY, NOBODY if fact in numbers else ANY): value for fact, value in each.facts.items()}
            decision = reference.decide(Request(one.verb, one.terms, facts, each.events, each.now))
            expected = Answer(decision.allowed, decision.reason.value, decision.statements)
            drawn = Drawn(one.verb, one.terms, facts, each.events, each.now)
            answer = ask_guard(guard, policy, drawn)
            count.requests += 1
            count.allowed += expected.allowed
            if answer != expected:
                count.wrong.append(Difference(drawn, expected, answer))
    return count


def only(policy: Policy, statements: Iterable[str]) -> Policy:
    """The policy with some statements, and those that they count from: no other covers the request.

    That is the reference's own judgement. If it were wrong here, the guard, which knows all, would answer otherwise.
    """
    wanted: set[str] = set()
    queue = list(statements)
    while queue:
        one = policy.statement(queue.pop())
        if one.id not in wanted:
            wanted.add(one.id)
            queue += terms_of(one.fields, "stage")
    return evolve(policy, statements=tuple(one for one in policy.statements if one.id in wanted))


if __name__ == "__main__":
    sys.exit(main())
