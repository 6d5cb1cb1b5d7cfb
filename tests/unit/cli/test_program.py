"""The program as a whole: versions, usage, failures, pipes."""

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from policyc import cli
from policyc.cli._say import say
from policyc.version import __version__

COMMANDS = ["ask", "build", "check", "explain", "fmt", "init", "show", "test", "vocab"]


def test_the_version(policyc: Any) -> None:
    assert policyc("--version").out == f"policyc {__version__}\n"


def test_help_lists_the_commands(policyc: Any) -> None:
    ran = policyc("--help")
    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.partition("Commands:\n")[2].splitlines()] == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, policyc: Any) -> None:
    ran = policyc(command, "-h")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: policyc {command} ")


def test_the_version_loads_no_command_and_no_library_but_click() -> None:
    program = (
        "import sys; from policyc.cli import run; run(['--version']); "
        "print([name for name in ('attrs', 'lark', 'policyc.pipeline', 'policyc.cli.check') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert said.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "arguments", [["chek"], ["check"], ["check", "--fromat", "x", "."], ["check", "gone.policy"], []]
)
def test_wrong_usage_exits_2_and_says_how_it_is_used(arguments: list[str], policyc: Any) -> None:
    ran = policyc(*arguments)
    assert ran.code == 2
    assert ran.err.startswith("Usage: policyc")


def fail(*_: object, **__: object) -> int:
    message = "ran out\x1b[2J of ideas"
    raise ValueError(message)


def test_a_failure_of_policyc_exits_2_with_a_plain_message(policyc: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.program, "main", fail)
    monkeypatch.delenv("POLICYC_TRACEBACK", raising=False)
    ran = policyc("check", ".")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("policyc: internal failure: ValueError: ran out\\x1b[2J of ideas\n")
    assert "Traceback" not in ran.err


def test_a_failure_shows_where_it_happened_if_it_is_asked_for(policyc: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.program, "main", fail)
    monkeypatch.setenv("POLICYC_TRACEBACK", "1")
    ran = policyc("check", ".")
    assert ran.code == 2
    assert "Traceback" in ran.err
    assert "raise ValueError(message)" in ran.err


def test_an_interruption_exits_2(policyc: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> int:
        raise click.Abort

    monkeypatch.setattr(cli.program, "main", interrupt)
    ran = policyc("check", ".")
    assert (ran.code, ran.err) == (2, "policyc: interrupted\n")


def test_a_reader_that_goes_away_ends_it_quietly(policy: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    program = "from policyc.cli import main; main()"
    arguments = [sys.executable, "-c", program, "show", "--stage", "model", str(policy)]
    with os.fdopen(writing) as pipe:
        ran = subprocess.run(arguments, check=False, stdout=pipe, stderr=subprocess.PIPE, text=True)
    assert (ran.returncode, ran.stderr) == (2, "")


def test_a_reader_of_errors_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python writes to the stream once more when it ends: it has to lead somewhere."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        monkeypatch.setattr(sys, "stderr", pipe)
        with pytest.raises(click.exceptions.Exit) as ended:
            say("something\n", err=True)
        assert ended.value.exit_code == 2
        say("something else\n", err=True)


def test_output_may_go_to_an_object(policy: Path) -> None:
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        assert cli.run(["show", str(policy), "--stage", "sentences"]) == 0
    assert "keep you safe" in stream.getvalue()


def test_the_main_function_ends_the_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["policyc", "explain", "PC999"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert "there is no code" in capsys.readouterr().err


def test_a_terminal_without_unicode_gets_escapes(policy: Path) -> None:
    policy.write_text(policy.read_text(encoding="utf-8").replace('names"', '日本"'), encoding="utf-8")
    program = "from policyc.cli import main; main()"
    arguments = [sys.executable, "-c", program, "show", "--stage", "sentences", str(policy)]
    env = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    ran = subprocess.run(arguments, check=False, capture_output=True, text=True, env=env)
    assert ran.returncode == 0
    assert "your \\u65e5\\u672c to" in ran.stdout
