"""How long a command takes from cold, against the imports that it cannot do without.

Makes an empty environment with the wheel and what it needs to run, then measures whole processes. The commands
take turns, so that whatever else the machine does hits all alike; printed are medians and their ratios.
Exits 1 if a ratio is over its bar.

usage: python benchmarks/startup.py [--runs N]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
SEEDS: Final = ("clutto", "contacto", "kayako", "kloudtalk", "kutamo")
"""The five examples that the bars are about."""
EXAMPLES: Final = [ROOT / "examples" / name / "published.policy" for name in SEEDS]

POLICIES: Final = 50

FOUND: Final = 1
"""The exit code of a check that finds errors, as it does in policies as they were published."""

BARS: Final = {
    **{(f"policyc check {path.parent.name}", "import lark, attrs, click"): 3.0 for path in EXAMPLES},
    (f"policyc check {POLICIES} unchanged", "import click"): 2.0,
    ("policyc --version", "import click"): 1.5,
}
"""How many times the second the first may take."""


def main() -> int:
    """Measure, print, and say whether all bars are cleared."""
    options = argparse.ArgumentParser(description="Measure the start of policyc.")
    options.add_argument("--runs", type=int, default=15, help="how often each command runs (default: 15)")
    runs: int = options.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        os.environ["POLICYC_CACHE_DIR"] = str(Path(folder) / "cache")
        programs = environment(Path(folder))
        times = measure(commands(programs, project(Path(folder) / "project")), runs, Path(folder))
    for name, seconds in times.items():
        low, middle, high = (value * 1000 for value in (min(seconds), median(seconds), max(seconds)))
        print(f"{name:32} {middle:7.0f} ms  (from {low:.0f} to {high:.0f}, {runs} runs)")
    missed = [pair for pair, bar in BARS.items() if over(times, pair, bar)]
    return 1 if missed else 0


def environment(folder: Path) -> Path:
    """The folder of programs of a new environment with the wheel and its run-time dependencies only."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT)], check=True)
    (wheel,) = folder.glob("policyc-*.whl")
    venv.create(folder / "env", with_pip=False)
    programs = folder / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([*pip, "--python", str(programs / "python"), "install", str(wheel)], check=True)
    return programs


def project(folder: Path) -> Path:
    """A project of 50 policies: the mended examples, ten times each, for nothing is remembered of one with errors."""
    folder.mkdir()
    (folder / "pyproject.toml").write_text("[tool.policyc]\n", encoding="utf-8")
    for number in range(POLICIES):
        shutil.copy(EXAMPLES[number % len(EXAMPLES)].with_name("repaired.policy"), folder / f"policy{number:02}.policy")
    return folder


def commands(programs: Path, unchanged: Path) -> Mapping[str, Sequence[str]]:
    """What is measured, by the name under which it is printed."""
    policyc, python = str(programs / "policyc"), str(programs / "python")
    return {
        **{f"policyc check {path.parent.name}": [policyc, "check", "--no-cache", str(path)] for path in EXAMPLES},
        f"policyc check {POLICIES} unchanged": [policyc, "check", str(unchanged)],
        "import lark, attrs, click": [python, "-c", "import lark, attrs, click"],
        "policyc --version": [policyc, "--version"],
        "import click": [python, "-c", "import click"],
    }


def measure(measured: Mapping[str, Sequence[str]], runs: int, folder: Path) -> dict[str, list[float]]:
    """Seconds of each run. A first round, which writes byte code and fills caches, is not counted."""
    times: dict[str, list[float]] = {name: [] for name in measured}
    for number in range(runs + 1):
        for name, command in measured.items():
            start = time.perf_counter()
            done = subprocess.run(command, check=False, capture_output=True, cwd=folder)
            if done.returncode > FOUND:
                message = f"{name}: exit {done.returncode}\n{done.stderr.decode()}"
                raise SystemExit(message)
            if number:
                times[name].append(time.perf_counter() - start)
    return times


def over(times: Mapping[str, list[float]], pair: tuple[str, str], bar: float) -> bool:
    """Print the ratio of a pair, and say whether it is over its bar."""
    ratio = median(times[pair[0]]) / median(times[pair[1]])
    print(f"{pair[0]} / {pair[1]}: {ratio:.2f} (bar {bar})")
    return ratio > bar


if __name__ == "__main__":
    sys.exit(main())
