"""How long a check of 1,000 systems with three statements each takes from cold, and what fides takes for the same.

Both are whole processes that take turns. The policy and the manifest of fides say the same: each system uses one kind
of data for one purpose, and shares and keeps it. fides is installed from the package registry into an environment
of its own; where that fails, the script says so and measures policyc alone. Exits 1 if the bar is missed.

usage: python benchmarks/systems.py [--systems N] [--runs N] [--alone]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

SECONDS: Final = 1.5
SYSTEMS: Final = 1_000

HEAD: Final = """\
language 1
import email_address, phone_number from std.data.contact
import ip_address from std.data.online
import provide_service from std.purpose.service
import analyse_usage from std.purpose.improvement
import keep_secure from std.purpose.security
import service_providers from std.party.providers
import users from std.subject.people
import account_closed from std.event.account
import contract from std.basis.gdpr
party us "Us"
policy systems "What our systems do"
    controller us
    of users
"""

BLOCK: Final = """\
system s{n} "system {n}"
at s{n} {{
    use_{n}: will use {data} for {purpose} basis contract trace "SYS-{n}"
    share_{n}: may share {data} with service_providers for {purpose} trace "SYS-{n}"
    keep_{n}: will keep {data} at most {days} days after account_closed trace "SYS-{n}"
}}
"""

KINDS: Final = (
    ("email_address", "provide_service", "user.contact.email", "essential.service"),
    ("phone_number", "keep_secure", "user.contact.phone_number", "essential.service.security"),
    ("ip_address", "analyse_usage", "user.device.ip_address", "analytics"),
)
"""Data and purpose here, and in the words of fides."""


def main() -> int:
    """Measure, print, and say whether the bar is cleared."""
    options = argparse.ArgumentParser(description="Measure a check of many systems, beside fides.")
    options.add_argument("--systems", type=int, default=SYSTEMS)
    options.add_argument("--runs", type=int, default=5, help="how often each command runs (default: 5)")
    options.add_argument("--alone", action="store_true", help="measure policyc alone")
    arguments = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        policyc = environment(folder / "policyc", [str(wheel(folder))], "policyc")
        source = folder / "systems.policy"
        source.write_text(policy(arguments.systems), encoding="utf-8")
        commands: dict[str, Sequence[str]] = {"policyc check": [str(policyc), "check", "--no-cache", str(source)]}
        fides = None if arguments.alone else environment(folder / "fides", ["ethyca-fides"], "fides")
        if fides:
            manifest = folder / "manifest"
            manifest.mkdir()
            # JSON is YAML too.
            (manifest / "systems.yml").write_text(json.dumps(fides_systems(arguments.systems)), encoding="utf-8")
            (manifest / "policy.yml").write_text(json.dumps(fides_policy()), encoding="utf-8")
            commands["fides evaluate"] = [str(fides), "--local", "evaluate", str(manifest)]
        elif not arguments.alone:
            print("fides cannot be installed here; policyc is measured alone")
        times = measure(commands, arguments.runs, folder)
    for command, seconds in times.items():
        print(f"{command:16} {median(seconds):6.2f} s  (from {min(seconds):.2f} to {max(seconds):.2f})")
    took = median(times["policyc check"])
    print(f"{arguments.systems:,} systems: policyc {took:.2f} s (bar {SECONDS})")
    if "fides evaluate" in times:
        print(f"fides evaluate / policyc check: {median(times['fides evaluate']) / took:.1f}")
    return 1 if took > SECONDS else 0


def wheel(folder: Path) -> Path:
    """The wheel of this checkout."""
    root = Path(__file__).resolve().parent.parent
    subprocess.run([*pip(), "wheel", "--no-deps", "--wheel-dir", str(folder), str(root)], check=True)
    (made,) = folder.glob("policyc-*.whl")
    return made


def pip() -> list[str]:
    """How pip is called."""
    return [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]


def environment(folder: Path, packages: Sequence[str], program: str) -> Path | None:
    """A program in a new environment with its packages; None if they cannot be installed."""
    venv.create(folder, with_pip=False)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    install = [*pip(), "--python", str(programs / "python"), "install", *packages]
    done = subprocess.run(install, check=False, capture_output=True)
    return programs / program if done.returncode == 0 and (programs / program).exists() else None


def measure(commands: Mapping[str, Sequence[str]], runs: int, folder: Path) -> dict[str, list[float]]:
    """Seconds of each run; a first round is not counted. A command that fails ends the script."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder, env=quiet())
            if done.returncode:
                sys.exit(f"{name} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
            if number:
                times[name].append(time.perf_counter() - start)
    return times


def quiet() -> dict[str, str]:
    """The environment, with what keeps fides from calling home."""
    return {**os.environ, "FIDES__USER__ANALYTICS_OPT_OUT": "True", "FIDES__CLI__ANALYTICS_ID": "none"}


def policy(systems: int) -> str:
    """The policy."""
    blocks = []
    for n in range(systems):
        data, purpose, *_ = KINDS[n % len(KINDS)]
        blocks.append(BLOCK.format(n=n, data=data, purpose=purpose, days=n % 900 + 1))
    return HEAD + "".join(blocks)


def fides_systems(systems: int) -> dict[str, Any]:
    """The same systems for fides: three declarations each."""
    return {"system": [_system(n) for n in range(systems)]}


def _system(n: int) -> dict[str, Any]:
    _, _, data, use = KINDS[n % len(KINDS)]
    declarations = [
        {"name": f"{what} {n}", "data_categories": [data], "data_use": each, "data_subjects": ["customer"]}
        for what, each in (("use", use), ("share", "third_party_sharing"), ("keep", "functional.storage"))
    ]
    return {
        "fides_key": f"s{n}",
        "name": f"system {n}",
        "system_type": "Service",
        "privacy_declarations": declarations,
    }


def fides_policy() -> dict[str, Any]:
    """A policy of fides with a rule that every system is held against, and that none breaks."""
    rule = {
        "fides_key": "no_sold_fingerprints",
        "name": "no fingerprints for advertising",
        "data_categories": {"matches": "ANY", "values": ["user.biometric"]},
        "data_uses": {"matches": "ANY", "values": ["marketing.advertising"]},
        "data_subjects": {"matches": "ANY", "values": ["customer"]},
    }
    return {"policy": [{"fides_key": "rules", "name": "rules", "rules": [rule]}]}


if __name__ == "__main__":
    sys.exit(main())
