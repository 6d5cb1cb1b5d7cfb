"""Times decisions of the guard and its peers, for benchmarks/decisions.py. Needs nothing but the engines.

usage: python decision_times.py FOLDER… [--alone]
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from statistics import median
from timeit import Timer
from typing import Any, NamedTuple

Request = Mapping[str, Any]
Answer = tuple[bool, tuple[str, ...]]
"""Whether it is allowed, and the ids of the statements that decide it."""

_ROUNDS = 40
_SECONDS = 0.0005
"""Each question is asked for about so long at a time: too short for other processes to come between often."""


class Engine(NamedTuple):
    """One way to ask. `code` is what is timed for a request, with the names that `names` gives it."""

    answer: Callable[[Request], Answer]
    code: Callable[[Request], str]
    names: Callable[[Request], dict[str, Any]]


def main() -> None:
    """Print the microseconds of each engine for each folder, as JSON."""
    alone = sys.argv[-1] == "--alone"
    folders = [Path(name) for name in sys.argv[1 : -1 if alone else None]]
    loaded = [engines(folder, alone=alone) for folder in folders]
    times = {"guard, asked for the first time": [_first(each) for each in folders]}
    for folder, found in zip(folders, loaded, strict=True):
        compare(found, requests_of(folder))
    names = list(loaded[0])
    questions = [[_asked(found[name], folder) for folder, found in zip(folders, loaded, strict=True)] for name in names]
    rounds: dict[str, list[list[float]]] = {name: [[] for _ in folders] for name in names}
    for _ in range(_ROUNDS):  # all take turns, so that whatever else the machine does hits all alike
        for name, row in zip(names, questions, strict=True):
            for taken, asked in zip(rounds[name], row, strict=True):
                taken.append(median(timer.timeit(number) / number for timer, number in asked))
    print(json.dumps(times | {name: [median(each) * 1e6 for each in row] for name, row in rounds.items()}))


def requests_of(folder: Path) -> list[Request]:
    """The requests for a policy."""
    found: list[Request] = json.loads((folder / "requests.json").read_text(encoding="utf-8"))
    return found


def compare(found: Mapping[str, Engine], requests: Sequence[Request]) -> None:
    """Ends the program if two engines answer a request differently."""
    first, *others = found.values()
    for request in requests:
        expected = first.answer(request)
        for engine in others:
            if engine.answer(request) != expected:
                sys.exit(f"{request}: the guard says {expected}, `{engine.code(request)}` {engine.answer(request)}")


def _asked(engine: Engine, folder: Path) -> list[tuple[Timer, int]]:
    """Questions with the consent that statements may want, and how often each is asked in a round."""
    timers = [Timer(engine.code(request), globals=engine.names(request)) for request in requests_of(folder)[1:20:4]]
    return [(timer, max(1, int(_SECONDS / max(timer.timeit(3) / 3, 1e-7)))) for timer in timers]


def _first(folder: Path) -> float:
    """The median microseconds of the guard's first answers."""
    guard, taken = _module(folder / "enforce.py"), []
    for request in requests_of(folder)[::4]:
        verb, data, purpose, recipient = _named(guard, request)
        start = time.perf_counter()
        guard.decide(verb, data, purpose=purpose, recipient=recipient, consents={(purpose, recipient): True})
        taken.append(time.perf_counter() - start)
    return median(taken) * 1e6


# --- the engines -------------------------------------------------------------------------------


def engines(folder: Path, *, alone: bool) -> dict[str, Engine]:
    """Each engine with its policy. What it can do before it is asked, it has done."""
    guard = of_guard(_module(folder / "enforce.py"))
    if alone:
        return guard
    answering = {name: of_rego(folder, name) for name in ("rules", "table")}
    return guard | {"Cedar": of_cedar(folder)} | {f"Rego, {name}": each for name, each in answering.items()}


def of_guard(guard: Any) -> dict[str, Engine]:  # noqa: ANN401 - a guard has the names of its policy
    """The guard without and with a consent; and with the names looked up and the consent written at each call."""

    def answer(request: Request) -> Answer:
        verb, data, purpose, recipient = _named(guard, request)
        consents = {(name, recipient): agreed for name, agreed in request["consents"].items()}
        decision = guard.decide(verb, data, purpose=purpose, recipient=recipient, consents=consents)
        return decision.allowed, decision.statements

    def names(request: Request) -> dict[str, Any]:
        verb, data, purpose, recipient = _named(guard, request)
        bound = {"verb": verb, "data": data, "purpose": purpose, "recipient": recipient}
        return {**vars(guard), **bound, "consents": {(purpose, recipient): True}}

    def written(request: Request) -> str:
        data, purpose, recipient = (request[name].upper() for name in ("data", "purpose", "recipient"))
        asked = f"Verb.SHARE, Data.{data}, purpose=Purpose.{purpose}, recipient=Party.{recipient}"
        return f"decide({asked}, consents={{(Purpose.{purpose}, Party.{recipient}): True}})"

    plain = "decide(verb, data, purpose=purpose, recipient=recipient"
    return {
        "guard": Engine(answer, lambda _: f"{plain})", names),
        "guard, with a consent": Engine(answer, lambda _: f"{plain}, consents=consents)", names),
        "guard, with all names looked up": Engine(answer, written, names),
    }


def _named(guard: Any, request: Request) -> tuple[Any, Any, Any, Any]:  # noqa: ANN401
    enums = ((guard.Data, "data"), (guard.Purpose, "purpose"), (guard.Party, "recipient"))
    data, purpose, recipient = (enum(request[name]) for enum, name in enums)
    return guard.Verb.SHARE, data, purpose, recipient


def _given(request: Request) -> list[str]:
    """The purposes for which there is consent; those for which there is none say nothing to the peers."""
    return [purpose for purpose, agreed in request["consents"].items() if agreed]


def of_cedar(folder: Path) -> Engine:
    """Cedar, with its policies and its (empty) entities parsed."""
    cedar = import_module("cedarpy")
    policies = cedar.PolicySet.from_str((folder / "policy.cedar").read_text(encoding="utf-8"))
    entities = cedar.Entities.from_json_str("[]")

    def asked(request: Request) -> dict[str, Any]:
        return {
            "principal": {"type": "Party", "id": request["recipient"]},
            "action": {"type": "Action", "id": "share"},
            "resource": {"type": "Data", "id": request["data"]},
            "context": {"purpose": request["purpose"], "consents": _given(request)},
        }

    def answer(request: Request) -> Answer:
        result = cedar.is_authorized(asked(request), policies, entities)
        reasons = (name.replace("policy", "s") for name in result.diagnostics.reasons)
        return result.allowed, tuple(sorted(reasons))

    def names(request: Request) -> dict[str, Any]:
        ask = cedar.is_authorized
        return {"ask": ask, "request": asked(request), "policies": policies, "entities": entities}

    return Engine(answer, lambda _: "ask(request, policies, entities).allowed", names)


def of_rego(folder: Path, form: str) -> Engine:
    """Rego, with its policy and its data parsed, and prepared by a first answer."""
    engine = import_module("regorus").Engine()
    for module in sorted((folder / form).iterdir()):
        engine.add_policy(module.name, module.read_text(encoding="utf-8"))
    if form == "table":
        engine.add_data_json((folder / "table.json").read_text(encoding="utf-8"))

    def asked(request: Request) -> dict[str, Any]:
        return {**request, "consents": _given(request)}

    def answer(request: Request) -> Answer:
        engine.set_input(asked(request))
        found = engine.eval_rule(_RULE)
        return found["allowed"], tuple(sorted(found["statements"]))

    def names(request: Request) -> dict[str, Any]:
        return {"tell": engine.set_input, "ask": engine.eval_rule, "request": asked(request), "rule": _RULE}

    return Engine(answer, lambda _: 'tell(request); ask(rule)["allowed"]', names)


_RULE = "data.decisions.answer"


def _module(path: Path) -> Any:  # noqa: ANN401
    spec = spec_from_file_location(f"guard_{path.parent.name}", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
