"""`policyc show`: a policy between two passes of the compiler."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import click

from policyc.cli._compile import compile_policy
from policyc.cli._output import exit_code, report, unreadable
from policyc.cli._paths import PATH
from policyc.cli._say import FOUND, say
from policyc.cli._tree import as_tree
from policyc.reports import visible
from policyc.resolve.loader import ENTRY, Module, load, project_root
from policyc.sentences import sentence
from policyc.syntax.lark_parser import make_parser
from policyc.syntax.parser import parser

Stage = Callable[[Path], int]


def _tree(path: Path) -> int:
    module, code = _read(path)
    # Lark makes a tree of a whole file or none.
    if module is not None and not code:
        say(make_parser().parse(module.source.text, start="document").pretty())
    return code


def _nodes(path: Path) -> int:
    module, code = _read(path)
    if module is not None:
        say(as_tree(module.document))
    return code


def _model(path: Path) -> int:
    say(as_tree(compile_policy(path, broken=FOUND)[1]))
    return 0


def _sentences(path: Path) -> int:
    _, policy = compile_policy(path, broken=FOUND)
    for statement in sorted(policy.statements, key=lambda one: one.place.span.start):
        said = " ".join(sentence(policy, statement).text.split())
        say(f"{statement.id}: {visible(said)}\n")
    return 0


_STAGES: Final[Mapping[str, Stage]] = {"tree": _tree, "nodes": _nodes, "model": _model, "sentences": _sentences}


@click.command()
@PATH
@click.option("--stage", type=click.Choice(list(_STAGES)), required=True, help="After which pass.")
def command(path: Path, stage: str) -> int:
    """Show the policy at PATH as it is after a pass of the compiler.

    tree: as the grammar reads it. nodes: as the file says it. model: with names resolved and groups merged in.
    sentences: what the page says for each statement, in the order of the file.
    """
    return _STAGES[stage](path)


def _read(path: Path) -> tuple[Module | None, int]:
    """The file and the exit code; what is wrong with it goes to standard error."""
    try:
        loaded = load(path, project_root(path), parser())
    except OSError as error:
        found = (unreadable(str(path), error),)
        report(found, err=True)
        return None, exit_code(found)
    report(loaded.diagnostics, err=True)
    module = loaded.value.by_name.get(ENTRY) if loaded.value else None
    return module, exit_code(loaded.diagnostics)
