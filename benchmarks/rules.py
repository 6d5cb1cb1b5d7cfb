"""How much longer the checks of 1,000 systems with three statements each take with the rules of all laws.

Both take turns in one process, in which the rules have been read; measured is the processor's time. Printed are the
rules too, and how many are broken. Exits 1 if the bar is missed.

usage: python -m benchmarks.rules [--systems N] [--runs N]
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.systems import SYSTEMS, policy
from policyc import checks
from policyc.checks._view import View
from policyc.model.policy import Policy
from policyc.pipeline import compile_path
from policyc.rules import judge, law_names
from policyc.rules.packs import modules, rules_of

SECONDS: Final = 0.5
"""How much longer it may take with all rules."""


def main() -> int:
    """Measure, print, and say whether the bar is cleared."""
    options = argparse.ArgumentParser(description="Measure the rules of all laws on many systems.")
    options.add_argument("--systems", type=int, default=SYSTEMS)
    options.add_argument("--runs", type=int, default=5, help="how often each is measured (default: 5)")
    arguments = options.parse_args()
    with TemporaryDirectory() as folder:
        path = Path(folder, "systems.policy")
        path.write_text(policy(arguments.systems), encoding="utf-8")
        compiled = compile_path(path).policy
    if compiled is None:
        sys.exit("the policy has errors")
    rules = sum(len(rules_of(module).rules) for module in modules())
    times: dict[bool, list[float]] = {False: [], True: []}
    broken = 0
    for _ in range(arguments.runs):
        for with_rules, taken in times.items():
            seconds, broken = measured(compiled, with_rules=with_rules)
            taken.append(seconds)
    without, with_all = (median(times[which]) for which in (False, True))
    print(f"checks alone               {without:6.2f} s")
    print(f"with {rules} rules of {len(law_names())} laws {with_all:6.2f} s, {broken} broken")
    print(f"{arguments.systems:,} systems: {with_all - without:.2f} s more (bar {SECONDS})")
    return 1 if with_all - without > SECONDS else 0


def measured(compiled: Policy, *, with_rules: bool) -> tuple[float, int]:
    """Seconds of the checks, perhaps with all rules, and how many rules are broken."""
    gc.collect()
    start = time.process_time()
    view = View(compiled)
    checks.find_in(view)
    broken = len(judge(view, (), law_names()).findings) if with_rules else 0
    return time.process_time() - start, broken


if __name__ == "__main__":
    sys.exit(main())
