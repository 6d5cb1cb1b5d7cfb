"""How the front end grows with a policy: parsing, resolving and the model, against Lark's own parse of the same text.

The policy is drawn from a table of sentences, so that every line says something else; both sides run without the
garbage collector. Prints medians, time for a line at both sizes, and the most memory that the largest took.
Exits 1 if a bar is missed.

usage: python benchmarks/scale.py [--lines N] [--runs N]
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Final

from lark import Lark

from policyc.resolve.build import resolve
from policyc.resolve.loader import ENTRY, Module, Modules
from policyc.source.text import Source
from policyc.syntax.lark_parser import make_parser
from policyc.syntax.parser import parser

OVER_LARK: Final = 2.5
"""The front end takes at most so many times what Lark takes to make a tree with positions."""

GROWTH: Final = 1.3
"""A line of the large policy takes at most so many times what a line of the small one takes."""

SMALL: Final = 1_000

HEAD: Final = """\
language 1
party us "Us"
party partners "our partners"
party hosts "our hosts"
subject people "people"
subject members "our members" is people
place here "here"
event left "you leave"
fact agreed "you have agreed"
policy large "A large policy"
    controller us
    of people
"""

BLOCK: Final = """\
data item_{n} "item {n}"
purpose aim_{n} "reach aim {n}"
will collect item_{n} from people for aim_{n}
may use item_{n} for aim_{n} when agreed
may share item_{n} with partners, hosts
    for aim_{n}
never share any item_{n} by sale
s_{n}: will keep item_{n} at most {days} days after left
in here {{
    may use item_{n} of members for aim_{n} trace "T-{n}"
}}
"""


def main() -> int:
    """Measure, print, and say whether both bars are cleared."""
    options = argparse.ArgumentParser(description="Measure how the front end grows.")
    options.add_argument("--lines", type=int, default=100_000, help="lines of the large policy (default: 100,000)")
    options.add_argument("--runs", type=int, default=3, help="how often each is measured (default: 3)")
    arguments = options.parse_args()
    lark = make_parser(propagate_positions=True)
    small, large = policy(SMALL), policy(arguments.lines)
    front(small)  # what is made once is made now
    tree(lark, small)
    repeats = max(1, arguments.lines // SMALL // 4)
    of_small = median(clocked(lambda: front(small)) for _ in range(arguments.runs * repeats))
    pairs = [(clocked(lambda: front(large)), clocked(lambda: tree(lark, large))) for _ in range(arguments.runs)]
    of_large, of_lark = (median(times) for times in zip(*pairs, strict=True))
    lines = large.count("\n")
    for_a_line = [seconds / text.count("\n") * 1e6 for seconds, text in ((of_small, small), (of_large, large))]
    ratio, growth = of_large / of_lark, for_a_line[1] / for_a_line[0]
    print(f"{lines:,} lines, {len(large) / 1e6:.1f} MB, {arguments.runs} runs")
    print(f"front end {of_large:.2f} s, Lark alone {of_lark:.2f} s: {ratio:.2f} (bar {OVER_LARK})")
    print(
        f"a line at {small.count(chr(10)):,} lines {for_a_line[0]:.1f} µs, at {lines:,} lines {for_a_line[1]:.1f} µs: "
        f"{growth:.2f} (bar {GROWTH})"
    )
    print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    return 1 if ratio > OVER_LARK or growth > GROWTH else 0


def policy(lines: int) -> str:
    """A policy of about so many lines."""
    return HEAD + "".join(_blocks(lines - HEAD.count("\n")))


def _blocks(lines: int) -> Iterator[str]:
    for number in range(max(1, lines // BLOCK.count("\n"))):
        yield BLOCK.format(n=number, days=number % 900 + 1)


def front(text: str) -> None:
    """Parse, resolve, and make the model."""
    source = Source("large.policy", text)
    parsed = parser().parse(source)
    if parsed.value is None or parsed.diagnostics:
        raise ValueError(parsed.diagnostics)
    resolved = resolve(Modules({ENTRY: Module(ENTRY, source, parsed.value)}))
    if resolved.value is None or resolved.value.policy is None:
        raise ValueError(resolved.diagnostics)


def tree(lark: Lark, text: str) -> None:
    """What Lark alone does."""
    lark.parse(text, start="document")


def clocked(work: Callable[[], None]) -> float:
    """Seconds that some work takes, without the garbage collector."""
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    gc.enable()
    return seconds


if __name__ == "__main__":
    sys.exit(main())
