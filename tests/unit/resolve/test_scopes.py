"""Names that are declared and imported, and in whose way they are."""

from pathlib import Path

import pytest

from tests.policies import compile_files, said

ONE = "language 1\ndata logs\ndata mails is logs\nparty friends\nx: never use logs\npolicy notice controller friends\n"
TWO = "language 1\nimport logs from one\ndata trail is logs\ndata mails\n"
HEAD = "language 1\n"

CASES = {
    "a name that the module does not declare": (
        "import logz from one\n",
        ["2:8-12 PC214 `one` declares no `logz` | did you mean `logs`?"],
    ),
    "a name that is like nothing there": (
        "import world_peace from one\n",
        ["2:8-19 PC214 `one` declares no `world_peace` | None"],
    ),
    "a name that the module imports itself": (
        "import logs from two\n",
        ["2:8-12 PC214 `two` declares no `logs` | None"],
    ),
    "a near name that the module imports itself is not offered": (
        "import log from two\n",
        ["2:8-11 PC214 `two` declares no `log` | None"],
    ),
    "a label": ("import x from one\n", ["2:8-9 PC214 `one` declares no `x` | None"]),
    "a policy": ("import notice from one\n", ["2:8-14 PC214 `one` declares no `notice` | None"]),
    "one name from two modules": (
        "import mails from one\nimport mails from two\n",
        ["3:8-13 PC203 `mails` is declared twice | give one of them another name"],
    ),
    "another name helps": ("import mails from one\nimport mails as post from two\n", []),
    "a name twice from one module": (
        "import logs, logs from one\n",
        ["2:14-18 PC203 `logs` is imported twice: it is `logs` already | keep one of them"],
    ),
    "a name under two names": (
        "import logs from one\nimport logs as diary from one\n",
        ["3:8-21 PC203 `logs` is imported twice: it is `logs` already | keep one of them"],
    ),
    "a name that is declared here": (
        "import logs from one\ndata logs\n",
        ["2:8-12 PC203 `logs` is declared twice [first here: line 3] | give one of them another name"],
    ),
    "an alias that is declared here": (
        'import logs as diary from one\ndiary: text "Dear"\n',
        ["2:16-21 PC203 `diary` is declared twice [first here: line 3] | give one of them another name"],
    ),
    "an alias that is a word of the language": (
        "import friends as sale from one\n",
        ["2:19-23 PC215 `sale` is a word of the language where a party can stand | choose another name"],
    ),
    "an alias that is a word elsewhere": ("import logs as sale from one\n", []),
    "several names in one line": (
        "import logz, mails, frends from one\n",
        [
            "2:8-12 PC214 `one` declares no `logz` | did you mean `logs`?",
            "2:21-27 PC214 `one` declares no `frends` | did you mean `friends`?",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_imports(name: str, tmp_path: Path) -> None:
    lines, expected = CASES[name]
    compilation = compile_files(tmp_path, {"main.policy": HEAD + lines, "one.policy": ONE, "two.policy": TWO})
    assert [said(one) for one in compilation.diagnostics] == expected


def test_a_module_with_a_wrong_name_is_told_once_for_each_file(tmp_path: Path) -> None:
    files = {
        "main.policy": "language 1\nimport a from one\nimport b from two\n",
        "one.policy": "language 1\nimport zero from nowhere\ndata a is zero, nothing\n",
        "two.policy": "language 1\nimport a from one\ndata b is a, nothing\n",
    }
    found = compile_files(tmp_path, files).diagnostics
    assert [(one.label.source.name, one.code.number) for one in found] == [
        ("one.policy", "PC210"),
        ("one.policy", "PC201"),
        ("two.policy", "PC201"),
    ]
