"""`policyc fmt`: one layout for all policies. It changes no meaning and keeps comments."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click
from attrs import frozen

from policyc.cli._files import replace_all
from policyc.cli._output import about, about_file, exit_code, reason, report, unreadable
from policyc.cli._paths import search
from policyc.cli._say import FOUND, count, say
from policyc.diagnostics.codes import tool
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.reports import visible
from policyc.resolve.loader import read_limited
from policyc.source.text import Source
from policyc.syntax.decode import MAX_BYTES, decode
from policyc.syntax.parser import parser
from policyc.syntax.printer import format_source

_STDIN: Final = Path("-")


@frozen
class Formatted:
    """A file as it should be: `text` is None if it cannot be read as a policy, and then `diagnostics` say why."""

    path: Path
    text: str | None
    is_changed: bool
    diagnostics: tuple[Diagnostic, ...] = ()


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=True, path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; say which files would change.")
def command(paths: tuple[Path, ...], *, check: bool) -> int:
    """Lay out the policy files at PATHS, files or folders, in the one canonical way.

    `-` reads standard input and writes standard output. A file that cannot be read as a policy stays as it is.
    """
    if _STDIN in paths:
        return _standard_streams(paths, check=check)
    looked = search(paths)
    done = [_format_file(found.path) for found in looked.files]
    changed = [one for one in done if one.is_changed]
    problems = [*map(about, looked.problems), *(found for one in done for found in one.diagnostics)]
    if check:
        problems += [
            about_file(tool.UNFORMATTED, str(one.path), "`policyc fmt` would change this file") for one in changed
        ]
    else:
        _write(changed)
    report(problems, err=not check)
    verb = "would change" if check else "formatted"
    before = "\n" if problems else ""
    say(f"{before}{count(len(changed), 'file')} {verb}, {len(done) - len(changed)} left as they are\n", err=True)
    return exit_code(problems)


def _standard_streams(paths: Sequence[Path], *, check: bool) -> int:
    if len(paths) > 1:
        message = "`-` stands alone"
        raise click.UsageError(message)
    one = _format("standard input", _STDIN, sys.stdin.buffer.read(MAX_BYTES + 1))
    report(one.diagnostics, err=True)
    if one.text is not None and not check:
        say(one.text)
    return exit_code(one.diagnostics) or (FOUND if check and one.is_changed else 0)


def _format_file(path: Path) -> Formatted:
    try:
        raw = read_limited(path)
    except OSError as error:
        return Formatted(path, None, is_changed=False, diagnostics=(unreadable(str(path), error),))
    return _format(str(path), path, raw)


def _format(name: str, path: Path, raw: bytes) -> Formatted:
    """The canonical layout of a file's bytes, read again to see that it says the same."""
    decoded = decode(name, raw)
    if decoded.value is None or decoded.has_errors:
        return Formatted(path, None, is_changed=False, diagnostics=decoded.diagnostics)
    made = format_source(decoded.value, parser())
    if made.value is None:
        return Formatted(path, None, is_changed=False, diagnostics=made.diagnostics)
    if parser().parse(decoded.value).value != parser().parse(Source(name, made.value)).value:
        message = f"another layout would change the meaning of {name}; it stays as it is"
        raise RuntimeError(message)
    return Formatted(path, made.value, is_changed=made.value.encode() != raw, diagnostics=made.diagnostics)


def _write(changed: Sequence[Formatted]) -> None:
    """Each file for itself. A symbolic link stays one: what it leads to is written."""
    for one in changed:
        try:
            replace_all({one.path.resolve(): one.text or ""})
        except OSError as error:
            message = f"{visible(str(one.path))} stays as it is: {reason(error)}"
            raise click.ClickException(message) from error
