"""Which files are read, and what is said of those that cannot be."""

import os
from pathlib import Path

import pytest

from policyc.pipeline import compile_path
from policyc.resolve.loader import project_root
from policyc.syntax.decode import MAX_BYTES
from tests.policies import compile_files, said, write

MAIN = 'language 1\n{}\nparty us "Us"\npolicy notice "Notice" controller us\n'
TERMS = 'language 1\ndata logs "logs"\ndata mails "mails"\n'


def findings(folder: Path, imports: str, files: dict[str, str] | None = None) -> list[str]:
    """What is said of a policy with some lines of imports, beside some other files."""
    compilation = compile_files(folder, {"main.policy": MAIN.format(imports), **(files or {})})
    assert compilation.policy is None
    return [said(one) for one in compilation.diagnostics]


def test_names_come_from_the_library_and_from_files_of_the_project(tmp_path: Path) -> None:
    files = {
        "main.policy": MAIN.format("import email_address from std.data.contact\nimport logs as diary from parts.terms"),
        "parts/terms.policy": TERMS,
    }
    policy = compile_files(tmp_path, files).policy
    assert policy is not None
    terms = policy.terms
    assert (terms["email_address"].qualified, terms["email_address"].imported) == (
        "std.data.contact.email_address",
        True,
    )
    assert (terms["contact_data"].qualified, terms["contact_data"].imported) == ("std.data.contact.contact_data", False)
    assert (terms["diary"].qualified, terms["diary"].label) == ("parts.terms.logs", "logs")
    assert "mails" not in terms
    assert terms["us"].is_local
    assert not terms["diary"].is_local


def test_sources_know_where_the_files_of_the_author_are(tmp_path: Path) -> None:
    """Whole paths, with links followed; the library's modules are no files of the author's."""
    imports = "import email_address from std.data.contact\nimport logs from parts.terms"
    write(tmp_path / "real", {"terms.policy": TERMS})
    (tmp_path / "parts").symlink_to(tmp_path / "real")
    policy = compile_files(tmp_path, {"main.policy": MAIN.format(imports)}).policy
    assert policy is not None
    places = {name: policy.terms[name].place.source for name in ("us", "logs", "email_address")}
    assert {name: (source.name, source.path) for name, source in places.items()} == {
        "us": (str(tmp_path / "main.policy"), os.path.realpath(tmp_path / "main.policy")),
        "logs": ("parts/terms.policy", os.path.realpath(tmp_path / "real" / "terms.policy")),
        "email_address": ("std/data/contact.policy", ""),
    }


def test_a_module_is_read_once_however_often_it_is_imported(tmp_path: Path) -> None:
    files = {
        "main.policy": MAIN.format("import logs from terms\nimport mails from terms\nimport more from more"),
        "terms.policy": TERMS,
        "more.policy": 'language 1\nimport logs from terms\ndata more "more" is logs\n',
    }
    policy = compile_files(tmp_path, files).policy
    assert policy is not None
    assert policy.terms["more"].parents == ("logs",)


LONG = ".".join(["a" * 80] * 60)
UNKNOWN = {
    "import logs from trems": "2:18-23 PC210 there is no module `trems` | did you mean `terms`?",
    "import logs from quite_another": "2:18-31 PC210 there is no module `quite_another` | None",
    "import logs from parts": "2:18-23 PC210 there is no module `parts` | "
    "it is a folder; import from `parts.a`, `parts.b`",
    "import logs from empty": "2:18-23 PC210 there is no module `empty` | None",
    "import logs from prats.a": "2:18-25 PC210 there is no module `prats.a` | did you mean `parts.a`?",
    "import logs from parts.inner.deepp.x": "2:18-37 PC210 there is no module `parts.inner.deepp.x` | "
    "did you mean `parts.inner.deep.x`?",
    "import logs from parts.aa": "2:18-26 PC210 there is no module `parts.aa` | did you mean `parts.a`?",
    "import logs from nowhere.near.it": "2:18-33 PC210 there is no module `nowhere.near.it` | None",
    "import logs from std.data.kontact": "2:18-34 PC210 there is no module `std.data.kontact` | "
    "did you mean `std.data.contact`?",
    "import logs from std.dta.contact": "2:18-33 PC210 there is no module `std.dta.contact` | "
    "did you mean `std.data.contact`?",
    "import logs from std": "2:18-21 PC210 there is no module `std` | None",
    f"import logs from {LONG}": f"2:18-{18 + len(LONG)} PC210 `{LONG}` cannot be read: File name too long | None",
}


@pytest.mark.parametrize("line", UNKNOWN)
def test_a_module_that_is_not_there(line: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    names = ("terms", "parts/a", "parts/b", "parts/inner/deep/x")
    files = {f"{name}.policy": TERMS for name in names}
    assert findings(tmp_path, line, files) == [UNKNOWN[line]]


def test_names_of_a_missing_module_are_not_unknown_elsewhere(tmp_path: Path) -> None:
    lines = "import logs, mails as post from trems\ndata more is logs, post\nmay store logs, post including more"
    assert findings(tmp_path, lines) == ["2:33-38 PC210 there is no module `trems` | None"]


def test_a_circle_of_one_file(tmp_path: Path) -> None:
    found = findings(tmp_path, "import us as others from main")
    assert found == [
        "2:26-30 PC211 `main` imports itself, through this file | move what both need into a third file",
    ]


def test_a_circle_of_two_files(tmp_path: Path) -> None:
    found = findings(tmp_path, "import a from a", {"a.policy": 'language 1\nimport us from main\nparty a "A" is us\n'})
    assert found == [
        "2:16-20 PC211 `main` imports itself, through this file, `a` | move what both need into a third file",
    ]


def test_a_circle_of_three_files_that_does_not_go_through_the_entry(tmp_path: Path) -> None:
    files = {
        "a.policy": 'language 1\nimport b from b\nparty a "A" is b\n',
        "b.policy": 'language 1\nimport c from c\nparty b "B" is c\n',
        "c.policy": 'language 1\nimport a from a\nparty c "C" is a\n',
    }
    found = findings(tmp_path, "import a from a", files)
    assert found == [
        "2:15-16 PC211 `a` imports itself, through `a`, `b`, `c` | move what both need into a third file",
    ]


def test_a_file_of_the_library_may_be_the_entry(tmp_path: Path) -> None:
    del tmp_path
    library = Path(__file__).parents[3] / "stdlib"
    compilation = compile_path(library / "data" / "contact.policy")
    assert compilation.diagnostics == ()
    assert compilation.policy is None


def test_a_long_chain_of_imports_is_no_recursion(tmp_path: Path) -> None:
    length = 1500
    files = {
        f"m{number}.policy": f"language 1\nimport d{number + 1} from m{number + 1}\ndata d{number} is d{number + 1}\n"
        for number in range(length)
    }
    files[f"m{length}.policy"] = f'language 1\ndata d{length} "d"\n'
    compilation = compile_files(tmp_path, {"main.policy": MAIN.format("import d0 from m0"), **files})
    assert compilation.policy is not None
    assert len(compilation.policy.of_kind("data")) == length + 1


def test_a_link_that_leads_out_of_the_project_is_not_read(tmp_path: Path) -> None:
    project, other = tmp_path / "project", tmp_path / "other"
    project.mkdir()
    write(other, {"secret.policy": TERMS})
    (project / "link.policy").symlink_to(other / "secret.policy")
    (project / "folder").symlink_to(other)
    assert findings(project, "import logs from link\nimport mails from folder.secret") == [
        "2:18-22 PC212 `link` leads out of the project | keep the file below `project`",
        "3:19-32 PC212 `folder.secret` leads out of the project | keep the file below `project`",
    ]


def test_what_lies_out_of_the_project_is_not_told(tmp_path: Path) -> None:
    project, other = tmp_path / "project", tmp_path / "other"
    project.mkdir()
    write(other, {"secret.policy": TERMS, "secrets/a.policy": TERMS})
    (project / "folder").symlink_to(other)
    lines = "import logs from folder\nimport mails from folder.sekret\nimport a from folder.sekrets.a"
    assert findings(project, lines) == [
        "2:18-24 PC210 there is no module `folder` | None",
        "3:19-32 PC210 there is no module `folder.sekret` | None",
        "4:15-31 PC210 there is no module `folder.sekrets.a` | None",
    ]


def test_a_link_inside_of_the_project_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"parts/terms.policy": TERMS})
    (tmp_path / "link.policy").symlink_to(tmp_path / "parts" / "terms.policy")
    assert compile_files(tmp_path, {"main.policy": MAIN.format("import logs from link")}).policy is not None


def test_what_is_no_regular_file_is_no_module(tmp_path: Path) -> None:
    (tmp_path / "folder.policy").mkdir()
    os.mkfifo(tmp_path / "pipe.policy")
    (tmp_path / "circle.policy").symlink_to(tmp_path / "circle.policy")
    found = findings(tmp_path, "import a from folder\nimport b from pipe\nimport c from circle")
    assert found == [
        "2:15-21 PC210 there is no module `folder` | None",
        "3:15-19 PC210 there is no module `pipe` | None",
        "4:15-21 PC210 there is no module `circle` | None",
    ]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, mode: str = "r", **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(self), mode)

    write(tmp_path, {"main.policy": MAIN.format("import logs from terms"), "terms.policy": TERMS})
    opened = Path.open
    is_refused = "terms.policy"
    monkeypatch.setattr(Path, "open", lambda path, *rest: (refuse if path.name == is_refused else opened)(path, *rest))
    compilation = compile_path(tmp_path / "main.policy")
    assert [said(one) for one in compilation.diagnostics] == [
        "2:18-23 PC210 `terms` cannot be read: Permission denied | None"
    ]


def test_errors_in_an_imported_file_are_shown_in_it(tmp_path: Path) -> None:
    files = {"terms.policy": 'language 1\ndata logs "logs" is trace\n', "broken.policy": "language 1\ndata 1\n"}
    main = MAIN.format("import logs from terms\nimport more from broken")
    found = compile_files(tmp_path, {"main.policy": main, **files}).diagnostics
    assert [(one.label.source.name, one.code.number) for one in found] == [
        ("broken.policy", "PC101"),
        ("terms.policy", "PC201"),
    ]


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    files = {"terms.policy": "#" * (MAX_BYTES + 1)}
    found = findings(tmp_path, "import logs from terms", files)
    message = "the file has 4,000,001 bytes; the limit is 4,000,000"
    assert found == [f"1:1-1 PC110 {message} | split it into modules and import from them"]


@pytest.mark.parametrize("make", ["fifo", "folder", "circle", "missing"])
def test_an_entry_that_cannot_be_read_is_an_os_error(make: str, tmp_path: Path) -> None:
    path = tmp_path / "main.policy"
    if make == "fifo":
        os.mkfifo(path)
    elif make == "folder":
        path.mkdir()
    elif make == "circle":
        path.symlink_to(path)
    with pytest.raises(OSError, match=r"main.policy|not a regular file"):
        compile_path(path)


def test_the_root_is_the_nearest_folder_with_a_table_for_policyc(tmp_path: Path) -> None:
    inner = tmp_path / "project" / "notices" / "en"
    write(tmp_path / "project", {"pyproject.toml": "[tool.policyc]\n", "notices/pyproject.toml": "[tool.other]\n"})
    inner.mkdir()
    assert project_root(inner / "a.policy") == (tmp_path / "project").resolve()


@pytest.mark.parametrize(
    "table", ["[tool.other]\n", "[project]\nname = 'x'\n", "tool = 3\n", "not toml", "[tool.policyc"]
)
def test_the_root_is_else_the_folder_of_the_file(table: str, tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": table})
    assert project_root(tmp_path / "a.policy") == tmp_path.resolve()
    (tmp_path / "pyproject.toml").write_bytes(b"\xff\xfe")
    assert project_root(tmp_path / "a.policy") == tmp_path.resolve()


def test_imports_are_read_below_the_root_and_not_below_the_importing_file(tmp_path: Path) -> None:
    files = {
        "notices/main.policy": MAIN.format("import logs from parts.terms"),
        "parts/terms.policy": 'language 1\nimport more from parts.more\ndata logs "logs" is more\n',
        "parts/more.policy": 'language 1\ndata more "more"\n',
        "pyproject.toml": "[tool.policyc]\n",
    }
    assert compile_path(write(tmp_path, files)).policy is not None
