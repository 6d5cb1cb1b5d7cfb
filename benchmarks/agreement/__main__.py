"""`python -m benchmarks.agreement POLICY…`: puts requests to the guard and to the reference, and prints the shares."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.agreement.compare import cases, load
from benchmarks.agreement.draw import deciding
from benchmarks.agreement.tally import ALLOWED, ENOUGH, Tally, compare, ids, masked
from policyc.backends.enforce import build
from policyc.model.policy import Policy
from policyc.pipeline import compile_path

_SHOWN = 5


def main() -> int:
    """1 if they disagree, or if the requests do not reach what they should."""
    arguments = _arguments()
    asked = wrong = failed = 0
    for path in arguments.policies:
        policy = compile_path(path).policy
        if policy is None:
            print(f"{path} does not compile", file=sys.stderr)
            return 2
        print(f"{path}:", flush=True)
        tally = _tally(policy, arguments.requests, arguments.seed, arguments.jobs)
        rare = tally.rare()
        _print(tally, rare)
        asked += tally.requests
        wrong += len(tally.wrong)
        failed += bool(tally.wrong or rare or tally.allowed < ALLOWED)
    print(f"in all {asked:,} requests about {len(arguments.policies)} policies, {wrong:,} answered differently")
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.agreement", description=__doc__)
    parser.add_argument("policies", type=Path, nargs="+")
    parser.add_argument("--requests", type=int, default=100_000, help="for each policy")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    return parser.parse_args()


def _tally(policy: Policy, requests: int, seed: int, jobs: int) -> Tally:
    """What comes of many requests, drawn by several processes."""
    tally = Tally(policy)
    with ProcessPoolExecutor(jobs) as pool:
        for part in pool.map(_part, [policy] * jobs, [requests // jobs] * jobs, range(seed, seed + jobs)):
            tally.merge(part)
    return tally


def _part(policy: Policy, number: int, seed: int) -> Tally:
    return compare(policy, load(build(policy)), cases(policy, number, seed))


def _print(tally: Tally, rare: Mapping[str, int]) -> None:
    print(f"{tally.requests} requests, {len(tally.wrong)} answered differently")
    for reason, count in sorted(tally.reasons.items()):
        print(f"  {reason:<10}{count / tally.requests:7.1%}")
    print(f"  {tally.partial / tally.requests:.1%} do not know all facts")
    print(f"  {tally.combined / tally.requests:.1%} name a term with others below it")
    counts = sorted(tally.decided.values())
    print(f"{len(counts)} ids decided, the rarest {counts[0]} times, the median {counts[len(counts) // 2]}")
    able = {name for one in deciding(tally.policy) for name in ids(one)}
    gaps = sorted(one.id for one in deciding(tally.policy) if one.id not in able)
    silent = [one for one in deciding(tally.policy) if not tally.decided[one.id]]
    hidden = sorted(masked(tally.policy, silent))
    print(f"can decide nothing, for others forbid all that they allow: {', '.join(hidden) or 'none'}")
    print(f"can decide nothing, for they leave open what they are about: {', '.join(gaps) or 'none'}")
    for name, count in rare.items():
        print(f"decides too rarely (fewer than {ENOUGH}): {name} {count}")
    for case, answer in tally.wrong[:_SHOWN]:
        print(f"\n{case.drawn}\n  reference: {case.answer}\n  guard:     {answer}")


if __name__ == "__main__":
    sys.exit(main())
