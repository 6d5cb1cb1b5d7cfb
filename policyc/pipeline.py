"""The passes in order: file → text → nodes → bound sentences → model. No pass prints or writes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import evolve, field, frozen

from policyc import checks
from policyc.checks._settle import Known, settle
from policyc.checks._view import View
from policyc.codes import codes_of_checks
from policyc.config import settings
from policyc.diagnostics.code import Level
from policyc.diagnostics.codes.rules import BROKEN_RULE
from policyc.diagnostics.diagnostic import Accepted, Diagnostic
from policyc.diagnostics.outcome import Outcome
from policyc.model.policy import Policy, Question
from policyc.model.rules import Rules
from policyc.options import DEFAULT, Options
from policyc.record import ValueRecord
from policyc.resolve.build import Resolved, resolve
from policyc.resolve.loader import Read, load, project_root
from policyc.resolve.questions import QuestionBinder
from policyc.rules import Applied, judge, rule_names
from policyc.rules.house import House
from policyc.source.text import Source, Span
from policyc.syntax import nodes
from policyc.syntax.parser import LANGUAGE, parser, paused_gc


@frozen(eq=False, repr=False)
class Compilation(ValueRecord):
    """What compiling a file came to: the model (None after errors, or for a module without a policy) and findings.

    `read` are the author's files that it was made of, by the names under which findings show them. Its own imports
    are read below `root`. `accepted` are findings that its author accepts, each with the reason. `laws` are
    those whose rules were asked. `baseline` is the whole path of the project's file with known findings; empty if there
    is none.
    """

    path: Path
    diagnostics: tuple[Diagnostic, ...]
    resolved: Resolved | None = field(default=None, repr=False)
    read: Mapping[str, Read] = field(factory=dict, repr=False)
    root: Path = field(factory=Path, repr=False)
    accepted: tuple[Accepted, ...] = ()
    laws: tuple[Applied, ...] = ()
    baseline: str = ""

    @property
    def policy(self) -> Policy | None:
        """The model; None if there are errors."""
        return self.resolved.policy if self.resolved else None

    @property
    def rules(self) -> Rules:
        """The rules of the file itself, and their tests; none if they could not be read."""
        return self.resolved.rules if self.resolved else Rules()

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(found.level is Level.ERROR for found in self.diagnostics)

    def question(self, text: str) -> Outcome[Question]:
        """A question in the words of the language, about this policy; `text` has no modality."""
        line = f"allow {' '.join(text.split())}"
        source = Source("the question", f"language {LANGUAGE}\n{line}\n")
        parsed = parser().parse(source)
        items = [item for item in parsed.value.items if isinstance(item, nodes.Statement)] if parsed.value else []
        if parsed.diagnostics or len(items) != 1 or self.resolved is None:
            return Outcome(None, tuple(_shifted(found, line) for found in parsed.diagnostics))
        found: list[Diagnostic] = []
        question = QuestionBinder(self.resolved.names, source, found).question(items[0])
        return Outcome(question, tuple(_shifted(one, line) for one in found))


def compile_path(path: Path | str, root: Path | None = None) -> Compilation:
    """Compile the policy at `path`; its own imports are read below `root` (default: see project_root).

    Raises OSError if the file itself cannot be read; all that an author can do wrong is in the diagnostics.
    """
    path = Path(path)
    root = root or project_root(path)
    with paused_gc():
        loaded = load(path, root, parser())
        if loaded.value is None or loaded.value.entry not in loaded.value.by_name:
            return Compilation(path, in_order(loaded.diagnostics), root=root)
        resolved = resolve(loaded.value, is_complete=not loaded.has_errors)
    found = in_order(loaded.diagnostics + resolved.diagnostics)
    return Compilation(path, found, None if loaded.has_errors else resolved.value, loaded.value.read, root)


def check(compilation: Compilation, options: Options = DEFAULT) -> Compilation:
    """What a policy came to, with all that the checks find in it; nothing is found if there is no policy to check."""
    if compilation.policy is None:
        project = settings(compilation.root, ())
        return evolve(compilation, baseline=project.value.baseline if project.value else "")
    codes = (*codes_of_checks(), BROKEN_RULE)
    house = House(compilation.root)
    project = settings(compilation.root, codes, house.codes)
    house.read(project.value.rules if project.value else ())
    levels = project.value.levels if project.value else {}
    with paused_gc():
        view = View(compilation.policy, options.at)
        judged = judge(view, [compilation.rules, *house.rules], options.laws)
        settled = settle(
            compilation.policy,
            (*checks.find_in(view), *judged.findings),
            levels,
            Known((*codes, *judged.codes), rule_names),
            hides=not options.no_silence,
        )
    everything = compilation.diagnostics + project.diagnostics + house.found + settled.counting
    return evolve(
        compilation,
        diagnostics=in_order(everything),
        accepted=settled.accepted,
        laws=judged.laws,
        read={**compilation.read, **house.files},
        baseline=project.value.baseline if project.value else "",
    )


def in_order(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """By file, offset and code."""
    return tuple(sorted(found, key=lambda one: one.order))


def _shifted(found: Diagnostic, line: str) -> Diagnostic:
    """A finding in a question, placed in what the user wrote."""
    start = len(f"language {LANGUAGE}\nallow ")
    span = found.label.span
    shown = Source("question", line.removeprefix("allow "))
    moved = Span(max(span.start - start, 0), max(span.end - start, 1))
    return evolve(found, label=evolve(found.label, source=shown, span=moved))
