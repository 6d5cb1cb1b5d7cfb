"""`python -m benchmarks.agreement.faults POLICY…`: puts faults into what decides; requests must show each of them."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from types import FrameType, ModuleType
from typing import Final
from unittest.mock import patch

from attrs import frozen

from benchmarks.agreement.compare import Case, ask_guard, cases, load
from benchmarks.agreement.mutants import Mutant, mutants
from benchmarks.agreement.probes import accepted, forgets
from policyc.backends import enforce
from policyc.backends.enforce import assembly
from policyc.model.policy import Policy
from policyc.pipeline import compile_path

_FIXED: Final = ("answers", "conditions", "rules", "known", "cases", "decision", "ends", "retention")
"""The parts of a guard that are the same for every policy."""

_MAKING: Final = (".extents", ".conditions", ".rules", ".tables", ".")
"""The modules that make its tables, each after those that it imports; the last one only puts all together."""

_PATIENCE: Final = 30
"""Seconds until a fault that makes the guard run forever is caught."""

SURVIVORS: Final = Path(__file__).with_name("survivors.txt")


@frozen
class Corpus:
    """A policy with questions about it, and the answers of the reference."""

    policy: Policy
    cases: list[Case]


def main() -> int:
    """1 if a fault is neither caught nor explained."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.agreement.faults", description=__doc__)
    parser.add_argument(
        "policies", type=Path, nargs="+", help="the first must be the one that the wrong calls are about"
    )
    parser.add_argument("--requests", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    corpora = [corpus(path, arguments.requests, arguments.seed) for path in arguments.policies]
    signal.signal(signal.SIGALRM, _give_up)
    explained = explanations()
    if is_caught(corpora):
        print("the guard is wrong without any fault", file=sys.stderr)
        return 2
    alive = []
    judged = 0
    for mutant, caught in _judged(corpora):
        judged += 1
        if not caught:
            alive.append(mutant.name)
            print(f"{'explained' if mutant.name in explained else 'NOT CAUGHT'}: {mutant.name}")
    stale = sorted(set(explained) - set(alive))
    print(f"{judged} faults, {judged - len(alive)} caught, {len(set(alive) & set(explained))} explained")
    print("".join(f"explained, but caught or gone: {name}\n" for name in stale), end="")
    return 1 if set(alive) - set(explained) or stale else 0


def explanations() -> dict[str, str]:
    """The faults that nothing can show, and why. A line without indentation is a fault, those below it the reason."""
    found: dict[str, str] = {}
    name = ""
    for line in SURVIVORS.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            found[name] = f"{found[name]} {line.strip()}".strip()
        elif line and not line.startswith("#"):
            name = line
            found[name] = ""
    return {name: reason for name, reason in found.items() if reason}


def corpus(path: Path, number: int, seed: int) -> Corpus:
    """Questions about the policy of a file."""
    policy = compile_path(path).policy
    if policy is None:
        message = f"{path} does not compile"
        raise ValueError(message)
    return Corpus(policy, list(cases(policy, number, seed)))


def _judged(corpora: list[Corpus]) -> Iterator[tuple[Mutant, bool]]:
    """Each fault, and whether it was caught."""
    for part in _FIXED:
        for mutant in mutants(f"template/{part}", assembly.text_of(part)):
            with instead(part, mutant.code):
                yield mutant, is_caught(corpora)
    for part in _MAKING[:-1]:
        module = import_module(part, enforce.__name__)
        for mutant in mutants(part.lstrip("."), Path(str(module.__file__)).read_text(encoding="utf-8")):
            _execute(part, mutant.code)
            yield mutant, is_caught(corpora)
        _execute(part, None)


def instead(part: str, code: str) -> AbstractContextManager[object]:
    """While it lasts, guards are made with other code for one of their fixed parts."""
    read = assembly.text_of
    return patch.object(assembly, "text_of", lambda name: code if name == part else read(name))


def _execute(part: str, code: str | None) -> None:
    """Run the modules that make the tables again, so that they use each other, one of them with a fault."""
    for name in _MAKING:
        module = import_module(name, enforce.__name__)
        path = Path(str(module.__file__))
        text = code if code is not None and name == part else path.read_text(encoding="utf-8")
        exec(compile(text, str(path), "exec"), module.__dict__)  # noqa: S102 - own code, with a fault


def is_caught(corpora: list[Corpus]) -> bool:
    """Whether a guard fails, takes too long, answers a question otherwise, answers a wrong call, or never forgets."""
    signal.alarm(_PATIENCE)
    try:
        guards = [(load(enforce.build(corpus.policy)), corpus) for corpus in corpora]
        first = guards[0][0]
        return any(_differs(*each) for each in guards) or any(True for _ in accepted(first)) or not forgets(first)
    except Exception:  # noqa: BLE001 - whatever fails shows the fault
        return True
    finally:
        signal.alarm(0)


def _differs(guard: ModuleType, corpus: Corpus) -> bool:
    return any(
        ask_guard(guard, corpus.policy, case.drawn, with_ends=bool(case.answer.ends)) != case.answer
        for case in corpus.cases
    )


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError


if __name__ == "__main__":
    sys.exit(main())
