"""Makes every mistake of a word or a token in policies, and counts what becomes of each.

usage: python -m benchmarks.mutations [POLICY…] [--all] [--jobs NUMBER]

Without POLICY: in all examples. The mistakes are the misspellings of benchmarks.misspellings (`--all` tries every
unknown word, which takes hours), the deletion of each token, and the swap of each two that stand next to each other. A
module is tried in each policy that imports it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

from attrs import field, frozen

from benchmarks import misspellings
from benchmarks.misspellings import Spelling
from benchmarks.mutations.original import Original, originals
from benchmarks.mutations.trial import CLASSES, ERROR, NOTHING, OTHER, OUTCOMES, OUTSIDE, Trial

EXAMPLES: Final = Path(__file__).parents[2] / "examples"

_KINDS: Final = ("misspelling", "deletion", "swap")
_OUTCOMES: Final[Mapping[str, str]] = {
    misspellings.ERROR: ERROR,
    misspellings.SAME: NOTHING,
    misspellings.NOTHING: NOTHING,
    misspellings.NAME: OTHER,
    misspellings.NUMBER: OTHER,
    misspellings.OTHER: OUTSIDE,
}


@frozen
class Result:
    """What the mistakes in one file came to."""

    title: str
    counts: Counter[tuple[str, str]]
    harmless: Counter[str] = field(factory=Counter)
    outside: Sequence[str] = ()


def result(original: Original, *, every: bool) -> Result:
    """Make all mistakes in one file."""
    spelling, trial = Spelling(original), Trial(original)
    for use in spelling.uses():
        spelling.try_all_edits(use, every=every)
    for edit in trial.edits():
        trial.make(edit)
    counts = trial.counts.copy()
    for name, count in spelling.counts.items():
        outcome = _OUTCOMES.get(name.rpartition(": ")[2])
        if outcome is not None:
            counts["misspelling", outcome] += count
    return Result(original.title, counts, trial.harmless, (*spelling.bad, *trial.outside))


def table(results: Sequence[Result]) -> str:
    """What mistakes came to, by kind and class, and how many of each class allow nothing newly."""
    counts: Counter[tuple[str, str]] = Counter()
    harmless: Counter[str] = Counter()
    for one in results:
        counts.update(one.counts)
        harmless.update(one.harmless)
    lines = ["".join([f"{'':38}", *(f"{kind + 's':>14}" for kind in _KINDS), f"{'nothing newly':>16}"])]
    for outcome in OUTCOMES:
        cells = [f"{counts[kind, outcome]:>14,}" for kind in _KINDS]
        last = f"{harmless[outcome]:>16,}" if outcome in CLASSES and outcome != OTHER else ""
        lines.append("".join([f"{outcome:38}", *cells, last]).rstrip())
    return "\n".join(lines)


def _result(path: Path, name: str, *, every: bool) -> Result:
    return result(Original(path, name), every=every)


def main() -> int:
    """1 if a mistake passes that may allow something newly, and is in no class."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.mutations", description="Make mistakes in policies.")
    options.add_argument("policy", type=Path, nargs="*")
    options.add_argument("--all", action="store_true", help="try every unknown word at every occurrence")
    options.add_argument("--jobs", type=int, default=2, help="processes")
    given = options.parse_args()
    files = [pair for path in given.policy or sorted(EXAMPLES.rglob("*.policy")) for pair in originals(path)]
    found = []
    with ProcessPoolExecutor(given.jobs) as pool:
        waiting = [pool.submit(_result, path, name, every=given.all) for path, name in files]
        for each in waiting:
            found.append(each.result())
            print(f"{found[-1].title}\n{table(found[-1:])}", *found[-1].outside, "", sep="\n", flush=True)
    print(f"all\n{table(found)}")
    return 1 if any(one.outside for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
