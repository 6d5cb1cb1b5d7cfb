"""Messages that come in several ways, and an opt-out that stands in one of them only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding, holes
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, Term, terms_of
from policyc.model.values import Terms, Words
from policyc.semantics.extents import EVERYTHING, Leaves

_HEAD: Final = """\
language 1
import email_message, text_message, unsubscribe_link from std.channel.online
import marketing_messages from std.message.notices
party us "Us"
subject members "members"
channel mailbox "our mailbox" email "privacy@us.example"
policy notice "Notice"
    controller us
    contact mailbox
news: may notify members regarding marketing_messages through email_message, text_message
stop: will offer opt_out regarding marketing_messages through unsubscribe_link"""

UNREACHED: Final = Code(
    "PC520",
    "opt-out-by-one-channel",
    what="Messages come in several ways, and the opt-out from them stands in one of these only.",
    why="Whoever gets a letter or a call cannot click on the link in an email.",
    bad=_HEAD + "\n",
    good=_HEAD + ", mailbox\n",
    level=Level.INFO,
)

_MEDIA: Final = {
    "email": r"(?i)\be-?mails?\b",
    "text messages": r"(?i)\b(?:text messages?|texts|sms|stop)\b",
    "calls": r"(?i)\b(?:call|calls|phone|telephone)\b",
    "letters": r"(?i)\b(?:letters?|mail|post|postal)\b",
}
"""Ways of messages, and how channels read that stand in one of them."""

_IN_THE_MESSAGE: Final = r"(?i)\b(?:link|unsubscribe|reply|settings|preferences|footer|bottom)\b"
"""How channels read that only who gets such a message finds, or that are about such messages only."""

_LEAVING: Final = r"std\.right\.\w+\.(?:to_object|stop_marketing|withdraw_consent)$"
"""Rights that stop messages, whichever way they come."""

_ADDRESSES: Final = ("email", "phone", "postal", "url")

Reach = Mapping[frozenset[str] | None, tuple[Leaves, Leaves]]
"""The ways in which opt-outs stand, None for one that stands in none → what they are about, messages and purposes."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all messages."""
    offers = [norm.statement for norm in view.overlaps.permissions if _is_opt_out(norm.statement)]
    if not offers or _may_object(view):
        return
    reach = _reach(view, offers)
    found: list[Statement] = []
    left: dict[str, None] = {}
    for norm in view.overlaps.permissions:
        if norm.verb in {"notify", "use"} and view.overlaps.extents.is_ours(norm.statement):
            unreached = _unreached(view, norm.statement, reach)
            found += [norm.statement] if unreached else []
            left |= dict.fromkeys(unreached)
    if found:
        yield _finding(found, left, [one for one in offers if _media_of(view, one) is not None])


def _is_opt_out(one: Statement) -> bool:
    return one.verb == "offer" and isinstance(one.objects, Words) and "opt_out" in one.objects.words


def _may_object(view: View) -> bool:
    """Whether everybody has a right by which messages stop."""
    grants = [norm.statement for norm in view.overlaps.permissions if norm.verb == "grant"]
    objects = [one.objects for one in grants if "subjects" not in one.fields]
    rights = [view.policy.terms[name] for each in objects if isinstance(each, Terms) for name in each.ids]
    for right in rights:  # it grows while it is gone through
        rights += [view.policy.terms[name] for name in right.parents]
    return any(re.match(_LEAVING, right.qualified) for right in rights)


def _reach(view: View, offers: Iterable[Statement]) -> Reach:
    found: dict[frozenset[str] | None, tuple[Leaves, Leaves]] = {}
    for one in offers:
        media = _media_of(view, one)
        messages, purposes = _about(view, one)
        if not messages and not purposes:
            messages = purposes = EVERYTHING
        known = found.get(media, (0, 0))
        found[media] = known[0] | messages, known[1] | purposes
    return found


def _media_of(view: View, one: Statement) -> frozenset[str] | None:
    """The ways in which an opt-out stands; None if people need none of these messages for it, or if it is not told."""
    channels = [view.policy.terms[name] for name in terms_of(one.fields, "channels")]
    is_bound = bool(channels) and "channels" not in holes(one) and all(map(_is_bound, channels))
    return frozenset(name for term in channels for name in _media(term)) if is_bound else None


def _is_bound(channel: Term) -> bool:
    """Whether it stands in messages of one kind, or is about these only; an address is open to all."""
    is_inside = re.search(_IN_THE_MESSAGE, channel.label) is not None and bool(_media(channel))
    return is_inside and channel.fields.keys().isdisjoint(_ADDRESSES)


def _media(channel: Term) -> frozenset[str]:
    return frozenset(name for name, pattern in _MEDIA.items() if re.search(pattern, channel.label))


def _about(view: View, one: Statement) -> tuple[Leaves, Leaves]:
    """The messages that a statement is about, and what they and it are for."""
    terms = [view.policy.terms[name] for name in terms_of(one.fields, "regarding")]
    purposes = [
        *terms_of(one.fields, "purposes"),
        *(name for term in terms for name in terms_of(term.fields, "purposes")),
    ]
    below = view.overlaps.extents.below
    return below(term.id for term in terms), below(purposes)


def _unreached(view: View, one: Statement, reach: Reach) -> list[str]:
    """The ways in which messages come that no opt-out from them reaches; none where there is no opt-out at all."""
    channels = terms_of(one.fields, "channels")
    messages, purposes = _about(view, one) if channels else (0, 0)
    ways = [media for media, about in reach.items() if messages & about[0] or purposes & about[1]]
    reached = frozenset(name for media in ways for name in media or ())
    if not ways or None in ways:
        return []
    return [name for name in channels if reached.isdisjoint(_media(view.policy.terms[name]))]


def _finding(found: Sequence[Statement], left: Iterable[str], offers: Sequence[Statement]) -> Diagnostic:
    first, *rest = found
    return finding(
        UNREACHED,
        first,
        f"nothing says how to opt out of what comes by {counted(left)}: the opt-out stands in other messages",
        text="sent here",
        more=[*((one, "and here") for one in rest[: SHOWN - 2]), *((one, "the opt-out") for one in offers[:1])],
        help="offer the opt-out by a channel that everybody has, such as an address, or by one for each way",
    )
