"""One mistake is reported once: what a broken sentence may have said is not missed elsewhere."""

from pathlib import Path

import pytest

from tests.policies import compile_files, said
from tests.unit.resolve.cases import HEAD, LINES

BREAKS = {
    "a misspelt kind": (
        'dat trail "trail"\nmay use trail for safety\nmay use logs including trail for safety\ndata more is trail\n',
        ["PC101"],
    ),
    "a declaration with a broken clause": (
        'data trail "trail" is is\ndata more is trail\nmay use more including trail for safety\n',
        ["PC101"],
    ),
    "a declaration without a name": ('data "trail"\nmay use logs for safety\n', ["PC101"]),
    "a lost quote": (
        'data trail "trail\nmay use trail for safety\nmay use logs excluding trail for safety\n',
        ["PC102"],
    ),
    "a broken member": (
        "data trail is tail\ndat tail is logs\nmay use logs including trail for safety\n",
        ["PC101"],
    ),
    "a broken prohibition": ("secret: never use logs for\nmay use logs for safety despite secret\n", ["PC101"]),
    "a lost colon": ("secret never use logs\nmay use logs for safety despite secret\n", ["PC101"]),
    "an unknown verb": ("secret: never ues logs\nmay use logs for safety despite secret\n", ["PC204"]),
    "a broken header of a group": (
        "with for {\n    may share logs\n    may share mails\n}\n",
        ["PC101"],
    ),
    "a broken header of a section": (
        "section logs logs {\n    data trail\n    may use trail for safety\n}\nmay use trail for help\n",
        ["PC101"],
    ),
    "an unknown name in a group": ("with patners {\n    may share logs\n    may share mails\n}\n", ["PC201"]),
    "a clause of a group that is not taken": (
        "under locks {\n    may use logs for safety\n    may use mails for safety\n}\n",
        ["PC202"],
    ),
    "a misspelt module": (
        "import trail, tail as end from std.dat.base\nmay use trail, end for safety\ndata more is end\n",
        ["PC210"],
    ),
    "a misspelt import": (
        "import persnal_data from std.data.base\nmay use persnal_data for safety\n",
        ["PC214"],
    ),
    "a broken import": (
        "import personal_data std.data.base\nmay use personal_data for safety\n",
        ["PC101"],
    ),
    "an import in a group": (
        'section "Data" {\n    import personal_data from std.data.base\n    may use personal_data for safety\n}\n',
        ["PC118"],
    ),
    "a name that is imported and declared": (
        "import personal_data as logs from std.data.base\nmay use logs including mails for safety\n",
        ["PC203"],
    ),
    "an unknown name where something is needed": ("may share logs with patners\n", ["PC201"]),
    "a wrong kind where something is needed": ("may share logs with safety\n", ["PC202"]),
    "an unknown name in a test": (
        'test "a" {\n    deny use logz for safety\n    deny use logs for safety\n}\n',
        ["PC201"],
    ),
    "a broken line of a test": (
        'test "a" {\n    deny use for safety\n    deny use logs for trail\n}\ndat trail "trail"\n',
        ["PC101", "PC101"],
    ),
    "a broken group in a test": (
        'test "a" {\n    with for {\n        deny use logs for safety\n    }\n}\n',
        ["PC101"],
    ),
    "an unknown event": ("may keep logs 30 days after vist, leaving\n", ["PC201"]),
    "an unknown fact": ("may use logs for safety when agreed and sined unless refused\n", ["PC201"]),
    "a broken fact": ("fct signed\nmay use logs for safety when signed or since signed above 3 days\n", ["PC101"]),
    "a broken number": ("fct size number\nmay use logs for safety when size below 3\n", ["PC101"]),
}


@pytest.mark.parametrize("name", BREAKS)
def test_nothing_follows(name: str, tmp_path: Path) -> None:
    body, codes = BREAKS[name]
    compilation = compile_files(tmp_path, {"main.policy": HEAD + body})
    assert compilation.policy is None
    found = [said(one, before=LINES) for one in compilation.diagnostics]
    assert [line.split()[1] for line in found] == codes, found


def test_a_broken_module_declares_all_that_is_imported_from_it(tmp_path: Path) -> None:
    files = {
        "main.policy": "language 1\nimport trail, tail from broken\ndata more is trail, tail\n",
        "broken.policy": "language 1\ndat trail\n",
    }
    assert [one.code.number for one in compile_files(tmp_path, files).diagnostics] == ["PC101"]


def test_a_circle_of_files_is_not_missed_elsewhere(tmp_path: Path) -> None:
    files = {
        "main.policy": "language 1\nimport trail from second\ndata more is trail\n",
        "second.policy": "language 1\nimport more from main\ndata trail is more\n",
    }
    assert [one.code.number for one in compile_files(tmp_path, files).diagnostics] == ["PC211"]
