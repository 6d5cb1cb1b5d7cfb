"""How long a decision takes, at 10 statements and at 10,000: the guard beside Cedar and Rego.

The same permissions and prohibitions of data, purpose and recipient are given to the guard, to Cedar (cedarpy) and to
Rego (celine-regorus) twice: with a rule for each statement, and, as somebody would write it who wants it fast, with the
statements as a table. Many permissions want consent. Each engine parses and prepares once, before the clock runs: Cedar
as a PolicySet and Entities, Rego as an Engine that has answered once. All engines answer the same requests first, and
must agree on each, and on the statements that decide it. Then each is asked the same question again and again. The
guard remembers its answer, and the others have no such thing: so its first answer is shown too. "All names looked up"
is the call as programs write it, with seven members of enumerations and a mapping that are made or found at each call.

Everything that is timed runs in one process, in an environment of its own with the peers from the package registry;
where they cannot be installed, the guard is measured alone. Exits 1 if a bar is missed.

usage: python -m benchmarks.decisions [--alone]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

from benchmarks.systems import environment
from policyc.backends.enforce import build
from policyc.pipeline import compile_path

SIZES: Final = (10, 100, 1_000, 10_000)
KINDS: Final = {10: (5, 4, 3), 100: (10, 10, 5), 1_000: (25, 20, 10), 10_000: (50, 40, 20)}
"""How many kinds of data, purposes and recipients a policy of each size has."""

PEERS: Final = ("cedarpy==4.12.2", "celine-regorus==0.9.1")
TIMER: Final = Path(__file__).with_name("decision_times.py")

MICROSECONDS: Final = 0.5
GROWTH: Final = 1.3
BARRED: Final = ("guard", "guard, with a consent")
"""What must not take longer than that, nor grow by more than that from the smallest policy to the largest."""


class Statement(NamedTuple):
    """One statement: `s3: may share data with recipient for purpose`, perhaps by consent."""

    id: str
    forbids: bool
    wants_consent: bool
    data: str
    purpose: str
    recipient: str


def main() -> int:
    """Measure, print, and say whether both bars are cleared."""
    options = argparse.ArgumentParser(description="Measure decisions, beside Cedar and Rego.")
    options.add_argument("--alone", action="store_true", help="measure the guard alone")
    alone: bool = options.parse_args().alone
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = None if alone else environment(folder / "env", PEERS, "python")
        if python is None and not alone:
            print("the peers cannot be installed here; the guard is measured alone")
        for size in SIZES:
            write(folder / str(size), size)
        command = [str(python or sys.executable), str(TIMER), *(str(folder / str(size)) for size in SIZES)]
        done = subprocess.run(
            [*command, *([] if python else ["--alone"])], check=False, stdout=subprocess.PIPE, text=True
        )
    return 2 if done.returncode else report(json.loads(done.stdout))


def report(times: Mapping[str, Sequence[float]]) -> int:
    """Print the microseconds of each engine at each size; 1 if a bar is missed."""
    print(f"{'µs for a decision, by statements':36}" + "".join(f"{size:>10,}" for size in SIZES) + "    growth")
    for engine, row in times.items():
        print(f"{engine:36}" + "".join(f"{each:10.2f}" for each in row) + f"{row[-1] / row[0]:10.2f}")
    guard = times[BARRED[1]]
    for engine, row in times.items():
        if not engine.startswith("guard"):
            ratios = "".join(f"{each / own:10.0f}" for each, own in zip(row, guard, strict=True))
            print(f"{engine + ' / guard':36}{ratios}")
    slowest = max(max(times[name]) for name in BARRED)
    growth = max(times[name][-1] / times[name][0] for name in BARRED)
    print(f"guard at most {slowest:.2f} µs (bar {MICROSECONDS}), growth at most {growth:.2f} (bar {GROWTH})")
    return 1 if slowest > MICROSECONDS or growth > GROWTH else 0


# --- the same policy four times ----------------------------------------------------------------


def write(folder: Path, size: int) -> None:
    """The files that the timer reads: the policy for each engine, and requests."""
    drawn = statements(size)
    source = folder / "decisions.policy"
    folder.mkdir()
    source.write_text(policy(drawn, size), encoding="utf-8")
    compiled = compile_path(source, folder).policy
    if compiled is None:
        raise ValueError(source)
    (folder / "enforce.py").write_text(build(compiled), encoding="utf-8")
    (folder / "policy.cedar").write_text("\n".join(map(cedar, drawn)), encoding="utf-8")
    parts = [drawn[start : start + MODULE] for start in range(0, size, MODULE)]
    write_rego(folder / "rules", [ANSWER, *("".join(map(rego, part)) for part in parts)])
    write_rego(folder / "table", [ANSWER, LOOK_UP])
    (folder / "table.json").write_text(json.dumps(table(drawn)), encoding="utf-8")
    (folder / "requests.json").write_text(json.dumps(requests(drawn, size)), encoding="utf-8")


def write_rego(folder: Path, modules: Sequence[str]) -> None:
    """The modules of one package."""
    folder.mkdir()
    for number, text in enumerate(modules):
        (folder / f"{number}.rego").write_text(f"package decisions\nimport rego.v1\n{text}", encoding="utf-8")


def statements(size: int) -> list[Statement]:
    """Drawn statements: every fourth a prohibition, every other one of the rest by consent. Some are about the same."""
    random = Random(size)  # noqa: S311 - the same policy every time
    data, purposes, recipients = KINDS[size]
    return [
        Statement(
            f"s{number}",
            number % 4 == 3,  # noqa: PLR2004 - every fourth
            number % 2 == 1,
            f"d{random.randrange(data)}",
            f"p{random.randrange(purposes)}",
            f"r{random.randrange(recipients)}",
        )
        for number in range(size)
    ]


def requests(drawn: Sequence[Statement], size: int) -> list[dict[str, Any]]:
    """What statements are about, and what is about nothing, with consent, with another and with none."""
    random = Random(size + 1)  # noqa: S311 - the same requests every time
    data, purposes, recipients = KINDS[size]
    about = [(one.data, one.purpose, one.recipient) for one in random.sample(drawn, min(size, 60))]
    about += [
        (f"d{random.randrange(data)}", f"p{random.randrange(purposes)}", f"r{random.randrange(recipients)}")
        for _ in range(30)
    ]
    return [
        {"data": each[0], "purpose": each[1], "recipient": each[2], "consents": consents}
        for each in about
        for consents in ({}, {each[1]: True}, {each[1]: False}, {"p0": True})
    ]


def policy(drawn: Sequence[Statement], size: int) -> str:
    """The policy in our own language."""
    data, purposes, recipients = KINDS[size]
    lines = ["language 1", "import consent from std.basis.gdpr", 'party us "Us"']
    lines += [f'data d{number} "data {number}"' for number in range(data)]
    lines += [f'purpose p{number} "reach aim {number}"' for number in range(purposes)]
    lines += [f'party r{number} "recipient {number}"' for number in range(recipients)]
    lines += ['policy decisions "Decisions"', "    controller us"]
    for one in drawn:
        what = f"share {one.data} with {one.recipient} for {one.purpose}"
        basis = " basis consent" if one.wants_consent and not one.forbids else ""
        lines.append(f"{one.id}: {'never' if one.forbids else 'may'} {what}{basis}")
    return "\n".join(lines) + "\n"


def cedar(one: Statement) -> str:
    """The statement in Cedar."""
    effect = "forbid" if one.forbids else "permit"
    consent = f' && context.consents.contains("{one.purpose}")' if one.wants_consent and not one.forbids else ""
    scope = f'principal == Party::"{one.recipient}", action == Action::"share", resource == Data::"{one.data}"'
    return f'{effect}({scope}) when {{ context.purpose == "{one.purpose}"{consent} }};'


MODULE: Final = 2_000
"""regorus reads at most so many rules in one module."""

ANSWER: Final = """\
default answer := {"allowed": false, "statements": []}
answer := {"allowed": false, "statements": forbidding} if count(forbidding) > 0
answer := {"allowed": true, "statements": permitting} if {
    count(forbidding) == 0
    count(permitting) > 0
}
"""

LOOK_UP: Final = """\
forbidding contains id if some id in data.forbids[input.data][input.purpose][input.recipient]
permitting contains id if some id in data.permits[input.data][input.purpose][input.recipient]
permitting contains id if {
    input.purpose in input.consents
    some id in data.consented[input.data][input.purpose][input.recipient]
}
"""


def rego(one: Statement) -> str:
    """The statement as a rule of its own in Rego."""
    conditions = [f'input.{name} == "{getattr(one, name)}"' for name in ("data", "purpose", "recipient")]
    conditions += [f'"{one.purpose}" in input.consents'] if one.wants_consent and not one.forbids else []
    effect = "forbidding" if one.forbids else "permitting"
    return f'{effect} contains "{one.id}" if {{ {"; ".join(conditions)} }}\n'


def table(drawn: Sequence[Statement]) -> dict[str, Any]:
    """The statements as data for Rego, by what they do, and data, purpose and recipient."""
    found: dict[str, Any] = {"forbids": {}, "permits": {}, "consented": {}}
    for one in drawn:
        effect = "forbids" if one.forbids else "consented" if one.wants_consent else "permits"
        purposes = found[effect].setdefault(one.data, {})
        purposes.setdefault(one.purpose, {}).setdefault(one.recipient, []).append(one.id)
    return found


if __name__ == "__main__":
    sys.exit(main())
