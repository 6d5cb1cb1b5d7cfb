"""`policyc build`: what is written where, and when nothing is."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policyc import backends

NAMES = {backends.load(name).TARGET for name in backends.names()}


def names_in(folder: Path) -> set[str]:
    """Hidden names too: nothing that was needed on the way may stay behind."""
    return {path.name for path in folder.iterdir()}


def title(path: Path) -> str:
    found: str = json.loads(path.read_text(encoding="utf-8"))["policy"]["title"]
    return found


def test_the_outputs_of_one_file_go_to_the_folder_itself(policyc: Any, policy: Path, tmp_path: Path) -> None:
    ran = policyc("build", policy, "-o", tmp_path / "out")
    assert (ran.code, ran.err) == (0, "")
    assert names_in(tmp_path / "out") == NAMES
    assert set(ran.out.splitlines()) == {str(tmp_path / "out" / name) for name in NAMES}


def test_the_folder_is_build_unless_it_is_named(policyc: Any, policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(policy.parent)
    assert policyc("build", policy.name).code == 0
    assert names_in(policy.parent / "build") == NAMES


def test_a_folder_gives_a_folder_for_each_policy_below_it(policyc: Any, policy: Path, tmp_path: Path) -> None:
    deeper = policy.parent / "eu" / "notice.policy"
    deeper.parent.mkdir()
    shutil.copy(policy, deeper)
    (policy.parent / "parties.policy").write_text('language 1\nparty friends "friends"\n', encoding="utf-8")
    assert policyc("build", policy.parent, "-o", tmp_path / "out").code == 0
    assert names_in(tmp_path / "out") == {"notice", "eu"}
    assert names_in(tmp_path / "out" / "eu") == {"notice"}
    assert names_in(tmp_path / "out" / "eu" / "notice") == NAMES


def test_one_target_alone(policyc: Any, policy: Path, tmp_path: Path) -> None:
    assert policyc("build", policy, "-o", tmp_path / "out", "--target", "manifest").code == 0
    assert names_in(tmp_path / "out") == {"manifest.json"}


def test_an_unknown_target_is_wrong_usage(policyc: Any, policy: Path) -> None:
    ran = policyc("build", policy, "--target", "manifesto")
    assert ran.code == 2
    assert "'manifesto' is not one of" in ran.err


def test_other_files_stay_and_old_outputs_go(policyc: Any, policy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    (out / "manifest.json").write_text("old", encoding="utf-8")
    assert policyc("build", policy, "-o", out).code == 0
    assert names_in(out) == NAMES | {"notes.txt"}
    assert title(out / "manifest.json") == "A policy"


def test_on_errors_nothing_is_written(policyc: Any, policy: Path, broken: Path, tmp_path: Path) -> None:
    ran = policyc("build", policy, broken, "-o", tmp_path / "out")
    assert (ran.code, ran.out) == (1, "")
    assert "error[PC201]" in ran.err
    assert ran.err.endswith("\nnothing written: 1 error\n")
    assert not (tmp_path / "out").exists()


def test_keep_going_never_passes_over_names(policyc: Any, broken: Path, tmp_path: Path) -> None:
    assert policyc("build", broken, "-o", tmp_path / "out", "--keep-going").code == 1
    assert not (tmp_path / "out").exists()


def test_a_module_cannot_be_built(policyc: Any, tmp_path: Path) -> None:
    path = tmp_path / "parties.policy"
    path.write_text('language 1\nparty friends "our friends"\n', encoding="utf-8")
    ran = policyc("build", path, "-o", tmp_path / "out")
    assert ran.code == 2
    assert "error[PC002] no-policy: the file declares no policy\n" in ran.err


def test_two_policies_for_one_place_are_an_error(policyc: Any, policy: Path, tmp_path: Path) -> None:
    other = shutil.copy(policy, tmp_path / "other.policy")
    ran = policyc("build", policy, other, "-o", tmp_path / "out")
    assert ran.code == 2
    assert f"error[PC003] same-output: `{policy}` and `{other}` would both be written here\n" in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", ["direct", "link"])
def test_a_source_is_never_overwritten(form: str, policyc: Any, policy: Path, tmp_path: Path) -> None:
    source = shutil.move(policy, tmp_path / "manifest.json")
    before = Path(source).read_bytes()
    out = tmp_path
    if form == "link":
        out = tmp_path / "out"
        out.symlink_to(tmp_path)
    ran = policyc("build", source, "-o", out)
    assert ran.code == 2
    assert "error[PC003] same-output: the output would replace a source\n" in ran.err
    assert Path(source).read_bytes() == before


def test_what_an_output_links_to_is_not_overwritten(policyc: Any, policy: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "precious").write_text("mine", encoding="utf-8")
    (tmp_path / "out" / "manifest.json").symlink_to(tmp_path / "precious")
    assert policyc("build", policy, "-o", tmp_path / "out").code == 0
    assert (tmp_path / "precious").read_text(encoding="utf-8") == "mine"
    assert title(tmp_path / "out" / "manifest.json") == "A policy"


def test_an_output_may_lead_nowhere(policyc: Any, policy: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").symlink_to(tmp_path / "nowhere")
    assert policyc("build", policy, "-o", tmp_path / "out").code == 0
    assert title(tmp_path / "out" / "manifest.json") == "A policy"
    assert not (tmp_path / "nowhere").exists()


def test_outputs_appear_whole_or_not_at_all(policyc: Any, policy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert policyc("build", policy, "-o", out).code == 0
    before = {name: (out / name).read_bytes() for name in NAMES}
    last = max(NAMES)
    (out / last).unlink()
    (out / last).mkdir()
    policy.write_text(policy.read_text(encoding="utf-8").replace("A policy", "B policy"), encoding="utf-8")
    ran = policyc("build", policy, "-o", out)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"Error: nothing written: {out / last}: is a directory\n"
    assert names_in(out) == NAMES
    assert {name: (out / name).read_bytes() for name in NAMES - {last}} == {
        name: text for name, text in before.items() if name != last
    }


def test_outputs_that_were_not_there_are_taken_away_again(policyc: Any, policy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for name in ("manifest.json", "policy.md"):
        (out / name).mkdir(parents=True, exist_ok=True)
    ran = policyc("build", policy, "-o", out)
    assert ran.code == 2
    assert names_in(out) == {"manifest.json", "policy.md"}


def test_folders_made_for_nothing_are_removed(policyc: Any, policy: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    shutil.copytree(policy.parent, tmp_path / "all" / "a")
    shutil.copytree(policy.parent, tmp_path / "all" / "b")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "b").write_text("in the way", encoding="utf-8")
    ran = policyc("build", tmp_path / "all", "-o", tmp_path / "out")
    assert ran.code == 2
    assert ran.err.startswith("Error: nothing written: ")
    assert names_in(tmp_path / "out") == {"b"}


def test_check_finds_outputs_in_order(policyc: Any, policy: Path, tmp_path: Path) -> None:
    policyc("build", policy, "-o", tmp_path / "out")
    ran = policyc("build", "--check", policy, "-o", tmp_path / "out")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"{len(NAMES)} outputs compared: 0 stale\n".replace("1 outputs", "1 output")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "the output cannot be read: no such file or directory"),
        ("hash {hash}", "the output is of the same policy, but was changed, or made by another version of policyc"),
        ("hash 0", "the output is of another policy, or of another version of it"),
    ],
)
def test_check_says_how_an_output_is_stale(
    text: str | None, said: str, policyc: Any, policy: Path, tmp_path: Path
) -> None:
    policyc("build", policy, "-o", tmp_path / "out")
    output = tmp_path / "out" / "manifest.json"
    found = json.loads(output.read_text(encoding="utf-8"))["hash"]
    output.unlink()
    if text is not None:
        output.write_text(text.format(hash=found), encoding="utf-8")
    before = names_in(tmp_path / "out")
    ran = policyc("build", "--check", policy, "-o", tmp_path / "out")
    assert ran.code == 1
    assert ran.out.startswith(f"error[PC004] stale-output: {said}\n --> {output}\n")
    assert ran.err.endswith(" compared: 1 stale\n")
    assert names_in(tmp_path / "out") == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _: None, "no output can be read: no such file or directory"),
        (
            lambda text: f"{text} ",
            "all outputs are of the same policy, but were changed, or made by another version of policyc",
        ),
        (lambda _: "", "all outputs are of another policy, or of another version of it"),
    ],
)
def test_what_is_stale_as_a_whole_is_said_once(
    change: Callable[[str], str | None], said: str, policyc: Any, policy: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    policyc("build", policy, "-o", out)
    for path in list(out.iterdir()):
        text = change(path.read_text(encoding="utf-8"))
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8")
    ran = policyc("build", "--check", policy, "-o", out)
    assert ran.code == 1
    assert ran.out.startswith(f"error[PC004] stale-output: {said}\n --> {out}\n")
    assert ran.out.count("error[") == 1
    assert ran.err == f"\n{len(NAMES)} outputs compared: {len(NAMES)} stale\n"


def test_outputs_that_are_stale_in_different_ways_are_told_of_once(policyc: Any, policy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "policy.md").write_text("mine", encoding="utf-8")
    ran = policyc("build", "--check", policy, "-o", out)
    assert ran.out.startswith(f"error[PC004] stale-output: no output is what the policy comes to\n --> {out}\n")
    assert ran.out.count("error[") == 1


def test_each_policy_is_told_of_for_itself(policyc: Any, policy: Path, tmp_path: Path) -> None:
    for name in ("b", "c"):
        shutil.copy(policy, policy.parent / f"{name}.policy")
    out = tmp_path / "out"
    policyc("build", policy.parent, "-o", out)
    (out / "b" / "policy.md").unlink()
    shutil.rmtree(out / "c")
    ran = policyc("build", "--check", policy.parent, "-o", out)
    places = [line.partition("--> ")[2] for line in ran.out.splitlines() if "-->" in line]
    assert places == [str(out / "b" / "policy.md"), str(out / "c")]
    assert ran.err == f"\n{3 * len(NAMES)} outputs compared: {1 + len(NAMES)} stale\n"
