"""The pages about laws name every rule of the library, and none that is not there."""

import re

from policyc.resolve.library import library_names
from policyc.rules.packs import rule_names
from tests.policies import ROOT

PAGES = sorted((ROOT / "docs" / "laws").glob("*.md"))
NAME = re.compile(r"`([a-z]+_[a-z0-9_]+)`")


def test_every_rule_is_told_of() -> None:
    told = {name for page in PAGES for name in NAME.findall(page.read_text(encoding="utf-8"))}
    assert sorted(set(rule_names()) - told) == []


def test_every_rule_that_is_told_of_is_there() -> None:
    prefixes = {name.partition("_")[0] for name in rule_names()} - {"app", "play"}
    told = {(page.stem, name) for page in PAGES for name in NAME.findall(page.read_text(encoding="utf-8"))}
    named = {(page, name) for page, name in told if name.partition("_")[0] in prefixes}
    assert sorted((page, name) for page, name in named if name not in {*rule_names(), *library_names()}) == []
