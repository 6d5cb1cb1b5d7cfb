"""How long `policyc fmt` takes in process: at 1,600 statements, and ten times as many.

Prints medians, and how many times longer ten times the statements take. Exits 1 if a bar is missed.

usage: python benchmarks/layout.py [--runs N]
"""

from __future__ import annotations

import argparse
import sys
import time
from statistics import median
from typing import Final

from policyc.source.text import Source
from policyc.syntax.parser import parser
from policyc.syntax.printer import format_source

STATEMENTS: Final = 1_600
SECONDS: Final = 0.5
"""For so many statements."""

GROWTH: Final = 13
"""Ten times the statements take at most so many times as long."""

SENTENCES: Final = (
    "will collect item_{n} from people for aim_{n}   # as they sign up",
    "may share item_{n} with partners, hosts   for aim_{n} when agreed and (grown or signed)",
    'keep_{n}: will keep item_{n} at most {days} days after left trace "T-{n}" because "we have to show it"',
    "never share any item_{n} by sale, rent   unless agreed",
)


def main() -> int:
    """Measure, print, and say whether both bars are cleared."""
    options = argparse.ArgumentParser(description="Measure the layout of policies.")
    options.add_argument("--runs", type=int, default=5, help="how often each is measured (default: 5)")
    runs: int = options.parse_args().runs
    laid_out(policy(40))  # what is made once is made now
    small, large = (median(laid_out(policy(number)) for _ in range(runs)) for number in (STATEMENTS, 10 * STATEMENTS))
    print(f"{STATEMENTS:,} statements {small:.2f} s (bar {SECONDS})")
    print(f"{10 * STATEMENTS:,} statements {large:.2f} s: {large / small:.1f} times as long (bar {GROWTH})")
    return 1 if small > SECONDS or large / small > GROWTH else 0


def policy(statements: int) -> str:
    """A policy of so many statements, in a layout of its own."""
    lines = (SENTENCES[n % len(SENTENCES)].format(n=n, days=n % 900 + 1) for n in range(statements))
    return "language 1\n" + "\n".join(lines) + "\n"


def laid_out(text: str) -> float:
    """Seconds that the layout of a text takes."""
    start = time.perf_counter()
    made = format_source(Source("large.policy", text), parser())
    seconds = time.perf_counter() - start
    if made.value is None:
        raise ValueError(made.diagnostics)
    return seconds


if __name__ == "__main__":
    sys.exit(main())
