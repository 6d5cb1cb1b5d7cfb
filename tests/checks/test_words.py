"""The words and names that checks know by heart are those of the library."""

import re

from policyc.checks.address import LIBRARY
from policyc.language.capitals import PLACES
from tests.policies import ROOT

CHANNELS = ROOT / "stdlib" / "channel"
PLACE = re.compile(r"^place \w+ \"([^\"]*)\"", re.MULTILINE)
CAPITAL = re.compile(r"[^\W\d_a-z][\w’']*")


def test_channels_without_a_place_are_channels_of_the_library() -> None:
    declared = {
        f"std.channel.{path.stem}.{name}"
        for path in CHANNELS.glob("*.policy")
        for name in re.findall(r"^channel (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert set(LIBRARY) - declared == set()
    assert len(declared) > 2 * len(LIBRARY)


def test_all_places_of_the_library_are_known() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "stdlib" / "place").glob("*.policy")]
    words = {word for text in texts for label in PLACE.findall(text) for word in CAPITAL.findall(label)}
    assert len(words) > 300
    assert {word for word in words if not word.isupper() and word[0].isupper() and len(word) > 2} - PLACES == set()
