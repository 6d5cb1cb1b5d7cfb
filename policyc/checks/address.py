"""A way to reach somebody that nobody can find, and an address that is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from policyc.checks._view import Said, View, finding, named, shown
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Place, Statement, Term, terms_of
from policyc.model.values import Terms

_HEAD: Final = """\
language 1
party us "Us Ltd"
right access "get access to your data"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
"""

NO_ADDRESS: Final = Code(
    "PC602",
    "no-address",
    what="People are sent to somebody, or to a place where they can ask or choose, and nothing says where that is.",
    why="A right that nobody can use, or a contact whom nobody can reach, is worth nothing.",
    bad=_HEAD + 'channel desk "our desk"\n',
    good=_HEAD + 'channel desk "our desk" email "desk@us.example"\n',
    level=Level.WARNING,
)
BROKEN_ADDRESS: Final = Code(
    "PC613",
    "broken-address",
    what="What stands as an address of email, as a link or as a telephone number is none; or an address is cut off.",
    why="Mail comes back, and the page makes no link of it.",
    bad=_HEAD + 'channel desk "our desk" email "desk at us.example"\n',
    good=_HEAD + 'channel desk "our desk" email "desk@us.example"\n',
)

_ANY: Final = frozenset({"email", "phone", "postal", "url"})
_OWN: Final[frozenset[str]] = frozenset()


def _library(module: str, addresses: frozenset[str], names: str) -> Mapping[str, frozenset[str]]:
    return {f"std.channel.{module}.{name}": addresses for name in names.split()}


LIBRARY: Final[Mapping[str, frozenset[str]]] = {
    **_library("online", frozenset({"email"}), "email_message"),
    **_library("online", frozenset({"phone"}), "text_message"),
    **_library("offline", frozenset({"postal"}), "postal_mail"),
    **_library("offline", frozenset({"phone"}), "telephone"),
    **_library("contact", frozenset({"phone"}), "support_line toll_free_number voice_call fax"),
    **_library("contact", frozenset({"postal"}), "in_person"),
    **_library("contact", _ANY, "account_manager complaints_office help_centre officer_contact personnel_office"),
    **_library("contact", _ANY, "privacy_office representative_contact"),
    **_library("contact", frozenset({"url"}), "contact_form live_chat"),
    **_library("privacy", frozenset({"url"}), "request_form"),
    **_library("contact", _OWN, "dispute_body messaging_apps regulator_website social_media"),
    **_library("privacy", _OWN, "identity_portal industry_opt_out preference_service provider_opt_out"),
}
"""Channels of the library that are nowhere by themselves, and the addresses one of which the policy has to give.

For some only their own will do. The others are at hand: a link in a mail, a setting, the account.
"""

_SENDING: Final = frozenset({"advise", "grant", "offer", "require"})
"""Verbs whose channels lead from people to us."""

_AT_HAND: Final = (
    r"(?i)\b(?:link|button|settings?|preferences|menu|banner|switch|toggle|account|login|dashboard|"
    r"(?:log|sign)(?:ging|ing)?[ -]in|foot(?:er)?|app|browser|device|message|notice)\b"
)
"""Words for what people have before them when they use the service."""

_MOST: Final = 5
"""So many uses of a channel are shown."""

_HELP: Final = "give its `email`, `url`, `phone`, `postal` or `menu`, or say with `is` what it belongs to"

_Use = tuple[Statement | Term, str]
"""A sentence that sends people somewhere, and the clause that does."""

_EMAIL: Final = r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;.<>]+"
_LINK: Final = r"(?i)https?://[^\s/?#]+\S*"
_DIGITS: Final = 3

_CODES: Final = {
    **dict.fromkeys(("France", "Germany", "Italy", "Spain", "Finland", "USA", "United States"), r"\b\d{5}\b"),
    **dict.fromkeys(("Austria", "Australia", "Belgium", "Denmark", "Norway", "Switzerland"), r"\b\d{4}\b"),
    "India": r"\b\d{3} ?\d{3}\b",
    "Singapore": r"\b\d{6}\b",
    "Sweden": r"\b\d{3} ?\d{2}\b",
    "Poland": r"\b\d{2}-\d{3}\b",
    "Netherlands": r"\b\d{4} ?[A-Z]{2}\b",
    "United Kingdom": r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
    "Canada": r"\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b",
}
"""The form of postal codes in countries in which all addresses have one."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each channel or party without an address, and one for each address that is none."""
    given = frozenset(field for term in view.policy.terms.values() for field in _ANY & term.fields.keys())
    uses: dict[str, list[_Use]] = {}
    for one, field in _sendings(view):
        for name in terms_of(one.fields, field):
            uses.setdefault(name, []).append((one, field))
    nowhere = {name for name in uses if _is_nowhere(view, view.policy.terms[name], given)}
    for name, sent in uses.items():
        if name not in nowhere:
            continue
        is_only = any(nowhere.issuperset(terms_of(one.fields, field)) for one, field in sent)
        level = Level.WARNING if is_only and not _is_library(view, name) else Level.INFO
        message = f"people are sent to `{name}`, and nothing says where that is"
        yield _finding(view.policy.terms[name], sent, message, _HELP, level)
    for name, found in _parties(view).items():
        if not view.is_found(name, *_run_by(view, name)):
            message = f"nothing says how to reach `{name}`"
            help_ = "give it a `contact` or a `url`; declare it if it is not yours"
            yield _finding(view.policy.terms[name], found, message, help_, Level.INFO)
    for said in view.said("email", "url", "phone", "postal"):
        yield from _broken(said)


def _sendings(view: View) -> Iterator[_Use]:
    """Where people are sent to channels."""
    yield view.policy.header, "contact"
    for one in view.statements:
        if one.modality != "never":
            if one.verb in _SENDING or _is_to_us(view, one):
                yield one, "channels"
            yield one, "appeal"
            yield one, "copy_channels"


def _is_to_us(view: View, one: Statement) -> bool:
    """Whether somebody tells us something."""
    told = set(one.objects.ids) if one.verb == "notify" and isinstance(one.objects, Terms) else set()
    return not told.isdisjoint(terms_of(view.policy.header.fields, "controllers"))


def _is_nowhere(view: View, term: Term, given: frozenset[str]) -> bool:
    if view.is_found(term.id) or re.search(_AT_HAND, term.label):
        return False
    library = [name for one in _above(view, term.id) if (name := view.policy.terms[one].qualified).startswith("std.")]
    if any(name not in LIBRARY for name in library):
        return False
    return not library or given.isdisjoint(*(LIBRARY[name] for name in library))


def _is_library(view: View, name: str) -> bool:
    return view.policy.terms[name].qualified.startswith("std.")


def _above(view: View, name: str) -> Sequence[str]:
    """A name and all above it."""
    found, seen = [name], {name}
    for one in found:  # it grows while it is gone through
        new = [parent for parent in view.policy.terms[one].parents if parent not in seen]
        found += new
        seen.update(new)
    return found


def _parties(view: View) -> Mapping[str, list[_Use]]:
    """Those whom the policy names for people to turn to."""
    found: dict[str, list[_Use]] = {}
    header = view.policy.header
    uses: list[_Use] = [(header, "representatives")]
    if not view.is_found(*terms_of(header.fields, "contact")):
        uses.insert(0, (header, "officers"))
    uses += [(one, "recipients") for one in view.statements if one.verb == "grant" and one.modality != "never"]
    for one, field in uses:
        names = terms_of(one.fields, field)
        local = [name for name in names if view.policy.terms[name].is_local]
        for name in local or names:
            found.setdefault(name, []).append((one, field))
    return found


def _run_by(view: View, name: str) -> Iterator[str]:
    """The channels that lead to somebody."""
    return (term.id for term in view.policy.of_kind("channel") if name in terms_of(term.fields, "actor"))


def _finding(term: Term, uses: Sequence[_Use], message: str, help_: str, level: Level) -> Diagnostic:
    """Marked at the declaration; where that stands in another file, at the first use."""
    places: dict[int, tuple[Statement | Term, Place]] = {}
    for one, field in uses:
        place = named(one, field, term.id)
        places.setdefault(place.span.start, (one, place))
    told = list(places.values())
    about, first = (term, None) if term.is_local else told.pop(0)
    more = [(place, "people are sent there") for _, place in told[:_MOST]]
    return finding(NO_ADDRESS, about, message, place=first, more=more, help=help_, level=level)


def _broken(said: Said) -> Iterator[Diagnostic]:
    words = said.words.strip()
    if said.field == "email" and not re.fullmatch(_EMAIL, words):
        message, help_ = f"{shown(words)} is no email address", "write it as in `privacy@shop.example`"
    elif said.field == "url" and not re.fullmatch(_LINK, words):
        message, help_ = f"{shown(words)} is no link", "write it with `https://` at its start"
    elif said.field == "phone" and sum(letter.isdigit() for letter in words) < _DIGITS:
        message, help_ = f"{shown(words)} is no number", "write the number, or use `menu` for the way to it"
    elif said.field == "postal" and (country := _without_code(words)):
        message, help_ = f"{shown(words)} has no postal code as they are in {country}", "write all of it"
    else:
        return
    level = Level.INFO if said.field == "postal" else None
    yield finding(BROKEN_ADDRESS, said, message, help=help_, level=level)


def _without_code(words: str) -> str:
    """The country at the end of a postal address that has no code of the form that is usual there."""
    lines = re.split(r"[,\n]", words.strip(" ."))
    country = next((name for name in _CODES if re.fullmatch(rf"(?i)(?:the )?{name}", lines[-1].strip())), "")
    return country if country and not re.search(_CODES[country], " ".join(lines[:-1])) else ""
