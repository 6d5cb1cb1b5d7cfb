"""The table of heads: how the sentence of each verb begins, and which clauses it takes into its main sentence.

A new verb gets one row here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from attrs import field as attribute
from attrs import frozen

from policyc.sentences import names
from policyc.sentences.case import OBJECTS, Case
from policyc.sentences.english import listed
from policyc.sentences.parts import Phrase, Quote, Words, say

Tell = Callable[[Case], Phrase]


def _fields(words: str) -> tuple[str, ...]:
    return tuple(words.split())


@frozen
class Head:
    """One row.

    `main` is the main sentence up to its object; with `quotes` it is the author's own sentence.
    `core` are the fields that always stand in the main sentence, `room` those that do if it stays short.
    `tells` are the fields that `main` says itself.
    `leads` are openings of follow-up sentences where the clause table's would not fit the verb.
    `summary` names the statement in a few words, to refer to it.
    """

    summary: Tell
    main: Tell
    core: tuple[str, ...] = attribute(default="", converter=_fields)
    room: tuple[str, ...] = attribute(default="", converter=_fields)
    tells: tuple[str, ...] = attribute(default="", converter=_fields)
    quotes: bool = False
    leads: Mapping[str, str] = attribute(factory=dict)


# --- who does what ---------------------------------------------------------------------------


def does(case: Case, verb: str) -> Phrase:
    """The actor and the verb: "we may collect", "our partners will never collect"."""
    match case.modality:
        case "never":
            modal = "must never" if case.by_law else "never" if case.actor_is_us else "will never"
        case "will":
            modal = "" if case.actor_is_us and not case.by_law else "will"
        case modality:
            modal = modality
    return say(names.actor(case), modal, verb)


def law(case: Case) -> Phrase:
    """Who says what the law says: "the GDPR says"; nothing for the policy's own statements."""
    if not case.by_law:
        return ()
    laws = names.nouns(case, "laws", "and") if case.has("laws") else say("the law")
    return say(laws, "say" if len(case.terms("laws").ids) > 1 else "says")


def _objects(case: Case) -> Phrase:
    """The data that the verb is about; just "data" where a hole says that it is missing."""
    return names.data(case, OBJECTS) if case.has(OBJECTS) else say("data")


def _act(verb: str, gerund: str, core: str, room: str, *, main: Tell | None = None, tells: str = "") -> Head:
    """A verb with data as its object."""
    return Head(
        summary=lambda case: say("not" if case.negative else "", gerund, _objects(case), _recipients(case)),
        main=main or (lambda case: say(does(case, verb), _objects(case))),
        core=core,
        room=room,
        tells=tells,
    )


def _recipients(case: Case) -> Phrase:
    return say("with", names.nouns(case, "recipients")) if case.terms("recipients").ids else ()


_WAYS: Final = {"sale": "sell", "rent": "rent out", "trade": "trade", "publication": "publish", "access": "give access to"}


def _share(case: Case) -> Phrase:
    """Ways of sharing have verbs of their own: "we never sell or rent out your email address"."""
    ways = listed([say(_WAYS[word]) for word in case.words("ways")], "or")
    verb = say(case.only("ways"), ways) if ways else say("share")
    return say(does(case, ""), verb, _objects(case))


# --- rights, choices, notices, roles ---------------------------------------------------------


def _grant(case: Case) -> Phrase:
    if case.has(OBJECTS):
        rights = say("the right", case.only(OBJECTS), "to", names.nouns(case, OBJECTS))
    else:
        rights = say("certain rights")
    plain = case.modality == "will" and not case.by_law and case.actor_is_us
    return say("you have", rights) if plain else say(does(case, "give you"), rights)


_CHOICES: Final = {
    "consent": ("give us your consent", "to"),
    "opt_in": ("opt in", "to"),
    "opt_out": ("opt out", "of"),
    "permission": ("give or refuse your permission", "for"),
    "settings": ("choose in your settings", "about"),
    "withdrawal": ("withdraw your consent", "to"),
    "consent_by_use": ("agree by using the service", "to"),
}


def _offer(case: Case) -> Phrase:
    """Choices, with what they are about: "you can opt out of our newsletter"."""
    chosen = [_CHOICES[word] for word in case.words(OBJECTS)] or [("make certain choices", "about")]
    about = _choice_about(case)
    choices = [say(verb, preposition if about else "") for verb, preposition in chosen]
    match case.modality if case.actor_is_us and not case.by_law else "":
        case "will":
            lead = say("you can")
        case "never":
            lead = say("you cannot")
        case _:
            lead = say(does(case, "let you"))
    return say(lead, case.only(OBJECTS), listed(choices, "or"), about)


def _choice_about(case: Case) -> Phrase:
    """What a choice is about: an act with data, or things."""
    things = case.terms("regarding")
    datas = [name for name in things.ids if names.kind_of(case.policy, name) == "data"]
    others = [name for name in things.ids if name not in datas]
    acts: list[Phrase] = []
    purposes = names.nouns(case, "purposes", "or")
    if datas or purposes:
        used = names.owned(case, datas, "and") if datas else say("your data")
        acts.append(say("our use of", used, case.only("purposes") if purposes else "", "to" if purposes else "", purposes))
    acts += [names.matter(case, name) for name in others]
    if case.terms("recipients").ids:
        acts.append(say("sharing", case.only("recipients"), "with", names.nouns(case, "recipients")))
    if not acts:
        return ()
    phrase = listed(acts, "and")
    quantified = say(f"{things.quantifier} of this:", phrase) if things.quantifier else phrase
    excluded = say("other than", listed([names.matter(case, name) for name in things.excluding], "and")) if things.excluding else ()
    return say(case.only("regarding"), quantified, excluded)


def _notify(case: Case) -> Phrase:
    if not case.has(OBJECTS):
        return does(case, "notify people")
    return say(does(case, "notify"), case.only(OBJECTS), names.nouns(case, OBJECTS))


_SIGNALS: Final = {
    "do_not_track": "Do Not Track signals",
    "global_privacy_control": "Global Privacy Control signals",
    "other_signals": "other signals",
}
_ROLES: Final = {"controller": "a controller", "processor": "a processor", "joint_controller": "a joint controller"}


def _closed(case: Case, wordings: dict[str, str], missing: str, joiner: str | None = None) -> Phrase:
    items = [say(wordings[word]) for word in case.words(OBJECTS)]
    return say(case.only(OBJECTS), listed(items, joiner or case.list_word) if items else missing)


def _act_as(case: Case) -> Phrase:
    about = names.matters(case)
    return say(does(case, "act as"), _closed(case, _ROLES, "a controller or a processor"), "for" if about else "", about)


def _amend(case: Case) -> Phrase:
    def named(name: str) -> Phrase:
        return say("this policy") if name == case.policy.id else names.label(case.policy, name)

    return say(does(case, "change"), case.only(OBJECTS), names.nouns(case, OBJECTS, namer=named) or "our policies")


# --- the author's own sentences --------------------------------------------------------------

_WORDS_IN_SUMMARY: Final = 8


def _quoted(case: Case) -> Phrase:
    """The beginning of the author's sentence."""
    words = " ".join(case.texts(OBJECTS)).split()
    shown = " ".join(words[:_WORDS_IN_SUMMARY])
    return (Quote(shown if len(words) <= _WORDS_IN_SUMMARY else shown + " …"),)


def _own_words(verb: str, missing: str) -> Head:
    """A verb whose object is a whole sentence of the author's."""

    def main(case: Case) -> Phrase:
        if not case.has(OBJECTS):
            return say(does(case, verb), missing)
        texts = say(*((Words(text),) for text in case.texts(OBJECTS)))
        as_written = case.modality in ("will", "must") and case.actor_is_us and not case.only(OBJECTS)
        if as_written:
            return say(law(case), ":", texts) if law(case) else texts
        told = say(does(case, verb), case.only(OBJECTS), "this:", texts)
        return say(law(case), "that", told) if law(case) else told

    return Head(summary=_quoted, main=main, quotes=True)


def _nouns(lead: str, missing: str) -> Tell:
    return lambda case: say(lead, names.nouns(case, OBJECTS) or missing)


_ACT: Final = "recipients on_behalf_of sources derived_from location surfaces state data_form means channels until safeguards purposes"

HEADS: Final[Mapping[str, Head]] = {
    "collect": _act("collect", "collecting", "when unless event", _ACT),
    "derive": _act("work out", "working out", "derived_from when unless event", _ACT),
    "use": _act("use", "using", "when unless event", _ACT),
    "share": _act("share", "sharing", "recipients when unless event", _ACT, main=_share, tells="ways"),
    "store": _act("store", "storing", "location when unless event", _ACT),
    "transfer": _act("transfer", "transferring", "location when unless event", _ACT),
    "keep": _act("keep", "keeping", "period event until when unless", _ACT),
    "track": _act("track", "tracking", "period event when unless", _ACT),
    "delete": _act("delete", "deleting", "period deadline event until when unless", _ACT),
    "protect": _act("protect", "protecting", "measures against when unless event", _ACT),
    "grant": Head(
        _nouns("your right to", "certain rights"),
        _grant,
        "when unless",
        leads={"deadline": "We answer", "channels": "You can use this right", "regarding": "This right is", "event": "You have this right", "basis": "This is about what we do on"},
    ),
    "offer": Head(lambda case: say("your choices:", _closed(case, {word: verb for word, (verb, _) in _CHOICES.items()}, "certain choices", "or")), _offer, "when unless", tells="regarding purposes recipients", leads={"channels": "You can do this"}),
    "notify": Head(_nouns("how we notify", "people"), _notify, "deadline event when unless", "regarding channels"),
    "honour": Head(lambda case: _closed(case, _SIGNALS, "signals"), lambda case: say(does(case, "respond to"), _closed(case, _SIGNALS, "signals")), "when unless"),
    "act_as": Head(lambda case: say("our role as", _closed(case, _ROLES, "a controller or a processor")), _act_as, "on_behalf_of when unless", tells="regarding"),
    "amend": Head(_nouns("changes to", "our policies"), _amend, "event when unless", "deadline channels"),
    "require": _own_words("require", "something of you"),
    "advise": _own_words("advise", "you"),
    "claim": _own_words("claim", "something"),
    "disclaim": _own_words("disclaim", "something"),
}  # fmt: skip
