"""Drafts of privacy policies: what `policyc init` knows, and the policy that becomes of it.

The words of a draft stand in `templates`. What a template takes from the library it names by `use`, so that a draft
imports what it uses and nothing else.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

from attrs import Factory, define, frozen
from jinja2 import Environment, PackageLoader, StrictUndefined

from policyc.source.text import Source
from policyc.syntax.parser import LANGUAGE, parser
from policyc.syntax.printer import format_source
from policyc.syntax.texts import spell

EU, UK, CALIFORNIA, ELSEWHERE = "eu", "uk", "california", "elsewhere"
PLACES: Final = (EU, UK, CALIFORNIA, ELSEWHERE)
"""Where people may be."""
CONTACT_FORM: Final = "contact-form"
FEATURES: Final = (
    "accounts",
    "orders",
    "newsletter",
    CONTACT_FORM,
    "analytics",
    "advertising",
    "job-applications",
)
"""What a company may do with data, beside running a website."""

_KINDS: Final = (
    "data",
    "purpose",
    "party",
    "subject",
    "event",
    "fact",
    "basis",
    "law",
    "right",
    "measure",
    "message",
    "channel",
    "place",
    "surface",
)
"""The folders of the library, in the order in which a draft imports from them."""


@frozen
class Answers:
    """What is known of the company; `email` and `url` are empty where they are not known."""

    name: str
    people_in: tuple[str, ...]
    features: tuple[str, ...]
    updated: date
    email: str = ""
    url: str = ""


@define
class _Imports:
    """The names of the library that a draft uses, by their modules."""

    names: dict[str, set[str]] = Factory(dict)

    def use(self, *paths: str) -> str:
        """The short names, with commas between them, for paths such as `data.contact.email_address`."""
        for path in paths:
            module, _, name = path.rpartition(".")
            self.names.setdefault(module, set()).add(name)
        return ", ".join(path.rpartition(".")[2] for path in paths)

    def lines(self) -> str:
        """The imports, by kind and then by module."""
        ordered = sorted(self.names, key=lambda module: (_KINDS.index(module.partition(".")[0]), module))
        return "".join(f"import {', '.join(sorted(self.names[one]))} from std.{one}\n" for one in ordered)


def draft(answers: Answers) -> str:
    """The text of a draft. The texts of the answers are ones that a policy may contain."""
    imports = _Imports()
    known = {name.replace("-", "_"): name in (*answers.people_in, *answers.features) for name in PLACES + FEATURES}
    made = _environment().get_template("notice.policy.j2")
    body = made.render(
        known,
        use=imports.use,
        quote=lambda text: "\n".join(spell(text)),
        answers=answers,
        gdpr=known[EU] or known[UK],
        others=known[CALIFORNIA] or known[ELSEWHERE],
    )
    head = _environment().get_template("head.policy.j2").render(language=LANGUAGE, imports=imports.lines())
    laid = format_source(Source("the draft", head + body), parser())
    if laid.value is None:
        message = f"the draft is no policy: {laid.diagnostics[0].message}"
        raise RuntimeError(message)
    return laid.value


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(__name__, "templates"),
        autoescape=False,  # noqa: S701  # the output is no HTML; texts are quoted by `quote`
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
