"""Bytes to text."""

from __future__ import annotations

import pytest

from policyc.syntax.decode import MAX_BYTES, decode


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"", ""),
        (b"a\nb", "a\nb"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"\xef\xbb\xbfa", "a"),
        ("ä \u200d \U0001f600 \t".encode(), "ä \u200d \U0001f600 \t"),
    ],
)
def test_sound_bytes(raw: bytes, text: str) -> None:
    decoded = decode("a.policy", raw)
    assert decoded.diagnostics == ()
    assert decoded.value is not None
    assert (decoded.value.name, decoded.value.text, decoded.value.damaged) == ("a.policy", text, False)


@pytest.mark.parametrize(
    ("raw", "text", "found"),
    [
        (b"a\r\n\xe4\xff", "a\n\ufffd\ufffd", ["2:1 PC108"]),
        (b"\xef\xbb\xbf\xe4", "\ufffd", ["1:1 PC108"]),
        ("\ufffd".encode() + b"\xe4", "\ufffd\ufffd", ["1:2 PC108"]),
        (b"a\x00b\x1b", "a\ufffdb\ufffd", ["1:2 PC109", "1:4 PC109"]),
        (
            "a\u202eb\u2066\u2028\u200b\ufeff\U000e0041".encode(),
            "a\ufffdb" + "\ufffd" * 5,
            [f"1:{at} PC109" for at in (2, 4, 5, 6, 7, 8)],
        ),
        (b"\x00\xe4", "\ufffd\ufffd", ["1:2 PC108", "1:1 PC109"]),
    ],
)
def test_what_no_policy_may_contain_is_replaced(raw: bytes, text: str, found: list[str]) -> None:
    decoded = decode("a.policy", raw)
    assert decoded.value is not None
    assert (decoded.value.text, decoded.value.damaged) == (text, True)
    places = [(decoded.value.position(one.label.span.start), one.code.number) for one in decoded.diagnostics]
    assert [f"{place.line}:{place.column} {code}" for place, code in places] == found


def test_only_the_first_hidden_characters_are_reported() -> None:
    assert len(decode("a.policy", b"\0" * 100).diagnostics) == 20


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b" " * (MAX_BYTES + 1), "PC110"),
        ("a".encode("utf-16"), "PC108"),
        ("a".encode("utf-32"), "PC108"),
        (b"\xfe\xff\0a", "PC108"),
    ],
)
def test_what_is_not_read_at_all(raw: bytes, code: str) -> None:
    decoded = decode("a.policy", raw)
    assert decoded.value is None
    assert [one.code.number for one in decoded.diagnostics] == [code]


def test_the_largest_file_is_read() -> None:
    assert decode("a.policy", b" " * MAX_BYTES).diagnostics == ()
