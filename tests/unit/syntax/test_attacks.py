"""Files made to break a parser: each ends soon, in findings, at the right place."""

from __future__ import annotations

import time

import pytest

from policyc.syntax.decode import decode
from policyc.syntax.parser import parser

MANY = 60_000
SLOW = 20.0
"""Seconds; what takes time in proportion to the file takes less than three, what takes its square takes hours."""

V = b"language 1\n"

ATTACKS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "1:1 PC116"),
    "a newline": (b"\n", "1:1 PC116"),
    "only comments": (b"# a\n# b", "1:1 PC116"),
    "only the version, without newline": (b"language 1", ""),
    "a byte order mark": (b"\xef\xbb\xbf" + V + b'a: txt "x"', "2:4 PC101"),
    "two byte order marks": (b"\xef\xbb\xbf" * 2 + V, "1:1 PC109"),
    "CRLF": (b'language 1\r\na: text "x"\r\nb: txt "y"\r\n', "3:4 PC101"),
    "CR": (b'language 1\ra: text "x"\rb: txt "y"\r', "3:4 PC101"),
    "a form feed": (V + b'a:\x0ctext "x"', "2:3 PC109"),
    "U+2028": (V + 'a: text "x\u2028y"'.encode(), "2:11 PC109"),
    "U+0085": (V + 'a: text "x\x85y"'.encode(), "2:11 PC109"),
    "a bidirectional override": (V + 'a: text "x\u202ey"'.encode(), "2:11 PC109"),
    "NUL": (V + b'a: te\0xt "x"', "2:6 PC109"),
    "nothing but NUL": (b"\0" * MANY, "1:1 PC109"),
    "not UTF-8": (V + b'a: text "\xe4"', "2:10 PC108"),
    "UTF-16": ("language 1\n".encode("utf-16"), "1:1 PC108"),
    "UTF-32": ("language 1\n".encode("utf-32"), "1:1 PC108"),
    "too large": (b"#" * 4_000_001, "1:1 PC110"),
    "parentheses": (V + b"may use a when " + b"(" * MANY, "2:56 PC111"),
    "balanced parentheses": (V + b"may use a when " + b"(" * MANY + b"b" + b")" * MANY, "2:56 PC111"),
    "closing parentheses": (V + b"may use a when b" + b")" * MANY, "2:17 PC101"),
    "opening braces": (V + b"in a " + b"{" * MANY, "2:7 PC101"),
    "opening braces on lines": (V + b"in a {\n" * MANY, "2:6 PC103"),
    "closing braces": (V + b"}" * MANY, "2:1 PC104"),
    "closing braces on lines": (V + b"}\n" * MANY, "2:1 PC104"),
    "groups": (V + b"in a {\n}\n" * (MANY // 10), ""),
    "a quote": (V + b'a: text "x', "2:9 PC102"),
    "quotes on lines": (V + b'a: text "x\n' * MANY, "2:9 PC102"),
    "three quotes": (V + b'a: text """x', "2:9 PC102"),
    "three quotes on lines": (V + b'a: text """x\n' * (MANY + 1), "2:9 PC102"),
    "escaped quotes": (V + b'a: text "' + b'\\"' * MANY, "2:9 PC102"),
    "escaped quotes in a long text": (V + b'a: text """' + b'\n\\"""' * MANY, "2:9 PC102"),
    "escaped quotes in a sentence": (V + b'a: text """' + b'\n \\"""' * MANY, "2:9 PC102"),
    "quotes": (V + b'"' * MANY, "2:1 PC101"),
    "words on lines": (V + b"a\n" * MANY, "2:1 PC101"),
    "words on lines of a sentence": (V + b"a\n" + b" a\n" * MANY, "2:1 PC101"),
    "words on a line": (V + b"a " * MANY, "2:1 PC101"),
    "a word": (V + b"a" * MANY * 10, "2:1 PC101"),
    "a word that is no name": (V + "ä".encode() * MANY, "2:1 PC101"),
    "a name": (V + b"may use " + b"a" * MANY * 10, "2:9 PC101"),
    "a number": (V + b"may use a " + b"9" * MANY * 10 + b" days", "2:11 PC113"),
    "zeros": (V + b"may use a " + b"0" * MANY * 10 + b"1 day", ""),
    "a text": (V + b'a: text "' + b"x" * MANY * 10 + b'"', ""),
    "commas": (V + b"may use a" + b"," * MANY, "2:11 PC101"),
    "names": (V + b"may use a" + b",a" * (MANY // 4), ""),
    "escapes that mean nothing": (V + b'a: text "' + b"\\q" * MANY + b'"', "2:10 PC114"),
    "backslashes": (V + b"\\" * MANY, "2:1 PC101"),
    "labels": (V + b"a:" * MANY, "2:1 PC101"),
    "kinds": (V + b"party " * MANY, "2:13 PC101"),
    "indentation": (V + b" " * MANY * 10 + b'a: text "x"', f"2:{MANY * 10 + 1} PC106"),
    "indentations": (V + b"".join(b" " * depth + b'a: text "x"\n' for depth in range(800)), "3:2 PC106"),
    "tabs": (V + b"\t" * MANY + b'a: text "x"', "2:1 PC107"),
    "newlines": (V + b"\n" * MANY + b"a", f"{MANY + 2}:1 PC101"),
    "comments": (V + b"#\n" * MANY + b"a", f"{MANY + 2}:1 PC101"),
    "a comment": (V + b"#" * MANY * 10, ""),
    "blank lines": (V + b" \n" * MANY + b"a", f"{MANY + 2}:1 PC101"),
    "braces and quotes": (V + b'a{}"(#\n' * MANY, "2:1 PC101"),
    "braces before comments": (V + b"{ # \n" * MANY, "2:1 PC101"),
    "sentences before a break": (V + b"may use a\n" * (MANY // 10) + b"wil", f"{MANY // 10 + 2}:1 PC101"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_ends_in_findings(name: str) -> None:
    raw, expected = ATTACKS[name]
    start = time.perf_counter()
    decoded = decode("a.policy", raw)
    found = list(decoded.diagnostics)
    if decoded.value is not None:
        found += parser().parse(decoded.value).diagnostics
    assert time.perf_counter() - start < SLOW
    first = min(found, key=lambda one: one.order, default=None)
    place = first.label.source.position(first.label.span.start) if first else None
    assert (f"{place.line}:{place.column} {first.code.number}" if place and first else "") == expected
    assert all(len(one.message) < 200 and len(one.help or "") < 200 for one in found)
    assert len(found) <= 121
