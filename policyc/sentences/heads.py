"""The table of heads: how the sentence of each verb begins, and which clauses it takes into its main sentence.

A new verb gets one row here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from attrs import field as attribute
from attrs import frozen

from policyc.sentences import names
from policyc.sentences.case import OBJECTS, Case
from policyc.sentences.english import is_determined, listed
from policyc.sentences.guards import condition
from policyc.sentences.parts import Phrase, Words, finish, say, text_of
from policyc.sentences.tenses import does

Tell = Callable[[Case], Phrase]


_ROOM: Final = (
    "lookback recipients on_behalf_of sources derived_from location surfaces state data_form means channels until "
    "safeguards purposes"
)
"""What the main sentence of an act tells if it stays short."""


def _fields(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _nothing(_: Case) -> tuple[str, ...]:
    return ()


@frozen
class Head:
    """One row.

    `main` is the main sentence up to its object; with `quotes` it is the author's own sentence.
    `core` are the fields that always stand in the main sentence, `room` those that do if it stays short.
    `tells` are the fields that `main` says itself.
    `hides` gives further fields that `main` says itself, in this case.
    `own` are phrases for clauses that mean something of their own with this verb, `leads` the openings of
    follow-up sentences where the clause table's would not fit.
    `gerund` names the act, so that other sentences can refer to it: "sharing your name with our partners".
    """

    main: Tell
    core: tuple[str, ...] = attribute(default="", converter=_fields)
    room: tuple[str, ...] = attribute(default="", converter=_fields)
    tells: tuple[str, ...] = attribute(default="", converter=_fields)
    quotes: bool = False
    own: Mapping[str, Tell] = attribute(factory=dict)
    leads: Mapping[str, str] = attribute(factory=dict)
    gerund: Tell | None = None
    hides: Callable[[Case], tuple[str, ...]] = _nothing


# --- acts ------------------------------------------------------------------------------------


def law(case: Case) -> Phrase:
    """Who says what a law says: "according to the GDPR,"; nothing for the policy's own statements."""
    if not case.by_law:
        return ()
    return say("according to", names.nouns(case, "laws", "and") if case.has("laws") else "the law", ",")


def _objects(case: Case) -> Phrase:
    """The data that the verb is about; just "data" where a hole says that it is missing."""
    return names.data(case, OBJECTS) if case.has(OBJECTS) else say("data")


_NO_LEADS: Final[Mapping[str, str]] = MappingProxyType({})


def _must_give(_: Case) -> Phrase:
    return say("you have to give us this data")


def _may_give(_: Case) -> Phrase:
    return say("you can choose whether to give us this data")


def _act(verb: str, gerund: str, core: str, leads: Mapping[str, str] = _NO_LEADS, **own: Tell) -> Head:
    """A verb with data as its object."""
    return Head(
        main=lambda case: say(does(case, verb), _objects(case)),
        core=core,
        room=_ROOM,
        own=own,
        leads=leads,
        gerund=lambda case: say("not" if case.negative else "", gerund, _objects(case), _recipients(case, "with")),
    )


_FEW: Final = 2
"""How many purposes tell an act from others, where no recipient does."""


def _recipients(case: Case, word: str) -> Phrase:
    """Who receives the data, or else what it is for."""
    if case.has("recipients"):
        return say(word, names.nouns(case, "recipients", namer=partial(names.party, case)))
    few = 0 < len(case.terms("purposes").ids) <= _FEW
    return say("to", names.nouns(case, "purposes")) if few and case.verb == "share" else ()


def _are_trackers(case: Case) -> bool:
    """Whether all that is tracked by are things like cookies, which one uses and does not track."""
    terms = case.policy.terms
    named = case.terms(OBJECTS).ids
    return bool(named) and all(any("tracker" in terms[one].fields for one in case.above(name)) for name in named)


def _track(case: Case) -> Phrase:
    return say(does(case, "use" if _are_trackers(case) else "track"), _objects(case))


def _tracking(case: Case) -> Phrase:
    return say("not" if case.negative else "", "using" if _are_trackers(case) else "tracking", _objects(case))


_WAYS: Final = {
    "sale": ("sell", "selling"),
    "rent": ("rent out", "renting out"),
    "trade": ("trade", "trading"),
    "publication": ("publish", "publishing"),
    "access": ("give access to", "giving access to"),
}
"""Ways of sharing have verbs of their own: "we never sell or rent out your email address"."""


def _share(case: Case) -> Phrase:
    return say(does(case, [_WAYS[word][0] for word in case.words("ways")] or "share"), _objects(case))


def _sharing(case: Case) -> Phrase:
    ways = listed([say(_WAYS[word][1]) for word in case.words("ways")], "or")
    return say("not" if case.negative else "", ways or "sharing", _objects(case), _recipients(case, names.toward(case)))


# --- rights, choices, notices, roles ---------------------------------------------------------


def _grant(case: Case) -> Phrase:
    if case.has(OBJECTS):
        rights = say("the right", case.only(OBJECTS), "to", names.nouns(case, OBJECTS))
    else:
        rights = say("certain rights")
    plain = {"will": "you have", "may": "you may have"} if case.mood is None and case.actor_is_us else {}
    return say(plain.get(case.modality) or does(case, "give you"), rights)


_CHOICES: Final = {
    "consent": ("give us your consent", "to"),
    "opt_in": ("opt in", "to"),
    "opt_out": ("opt out", "of"),
    "permission": ("give or refuse your permission", "for"),
    "settings": ("decide in your settings", "about"),
    "withdrawal": ("withdraw your consent", "to"),
    "incentive": ("get something in return", "for"),
    "consent_by_use": ("agree by using the service", "to"),
}


def _offer(case: Case) -> Phrase:
    """Choices, with what they are about: "you can opt out of our newsletter"."""
    about = _choice_about(case)
    only = case.only("regarding") if about else ""
    if case.words(OBJECTS) == ("consent_by_use",) and case.actor_is_us and case.mood is None:
        return _agreement(case, say(only, "to", about) if about else ())
    settings = ("decide", "about") if case.has("channels") else _CHOICES["settings"]
    choices_of = {**_CHOICES, "settings": settings}
    chosen = [choices_of[word] for word in case.words(OBJECTS)] or [("make certain choices", "about")]
    prepositions = {preposition for _, preposition in chosen} if about else set()
    shared = prepositions.pop() if len(prepositions) == 1 else ""
    choices = [say(verb, "" if shared or not about else preposition) for verb, preposition in chosen]
    match case.modality if case.actor_is_us and case.mood is None else "":
        case "will":
            lead = say("you can")
        case "never":
            lead = say("you cannot")
        case _:
            lead = say(does(case, "let you"))
    return say(lead, case.only(OBJECTS), listed(choices, "or"), only, shared, about)


def _told_by_agreement(case: Case) -> tuple[str, ...]:
    """Consent by use names what is used."""
    by_use = case.words(OBJECTS) == ("consent_by_use",) and case.actor_is_us and case.mood is None
    return ("surfaces",) if by_use and not case.only("surfaces") else ()


def _agreement(case: Case, about: Phrase) -> Phrase:
    """What the controller takes for consent: "by using our website, you agree to our use of your name"."""
    surfaces = () if case.only("surfaces") else names.nouns(case, "surfaces", "or")
    using = say("using", surfaces or "the service")
    match case.modality:
        case "never":
            return say(using, "does not mean that you agree", about)
        case "will" if case.has("when") and not surfaces:
            return say("we take it that you agree", about)
        case "will":
            return say("by", using, ", you", case.only(OBJECTS), "agree", about)
        case modality:
            return say(f"we {modality} take it as your agreement", about, "that you are", using)


def _choice_about(case: Case) -> Phrase:
    """What a choice is about: acts with data, or things; settings are about the data itself."""
    things = case.terms("regarding")
    datas = [name for name in things.ids if names.kind_of(case.policy, name) == "data"]
    purposes = names.nouns(case, "purposes", "or")
    acts: list[Phrase] = []
    if case.has("recipients"):
        shared = say("our sharing of", names.owned(case, datas, "and")) if datas else say("sharing")
        parties = names.nouns(case, "recipients", namer=partial(names.party, case))
        acts.append(say(shared, case.only("recipients"), "with", parties))
    if purposes or (datas and not acts):
        used = say("it") if acts and datas else names.owned(case, datas, "and") if datas else say("your data")
        ours = "" if case.words(OBJECTS) == ("settings",) and not purposes else "our use of"
        acts.append(say(ours, used, case.only("purposes"), "to" if purposes else "", purposes))
    acts += [names.matter(case, name) for name in things.ids if name not in datas]
    if not acts:
        return ()
    quantifier = f"{things.quantifier} of this:" if things.quantifier else ""
    excluded = listed([names.matter(case, name) for name in things.excluding], "and")
    return say(quantifier, listed(acts, "and"), "other than" if excluded else "", excluded)


def _notify(case: Case) -> Phrase:
    if not case.has(OBJECTS):
        return does(case, "notify people")
    whom = say("you") if case.notifies_reader else names.nouns(case, OBJECTS, namer=partial(names.party, case))
    return say(does(case, "notify"), "" if case.notifies_reader else case.only(OBJECTS), whom)


_SIGNALS: Final = {
    "do_not_track": "Do Not Track signals",
    "global_privacy_control": "Global Privacy Control signals",
    "other_signals": "other signals",
}
_ROLES: Final = {
    "controller": "as a controller",
    "processor": "as a processor",
    "joint_controller": "as a joint controller",
}


def _closed(case: Case, wordings: dict[str, str], missing: str) -> Phrase:
    items = [say(wordings[word]) for word in case.words(OBJECTS)]
    return say(case.only(OBJECTS), listed(items, case.list_word) if items else missing)


def _act_as(case: Case) -> Phrase:
    about = names.matters(case)
    return say(
        does(case, "act"), _closed(case, _ROLES, "as a controller or a processor"), "for" if about else "", about
    )


def _amend(case: Case) -> Phrase:
    def named(name: str) -> Phrase:
        title = names.label(case.policy, name)
        return title if is_determined(text_of(title)) else say("the", title)

    return say(does(case, "change"), case.only(OBJECTS), names.nouns(case, OBJECTS, namer=named) or "this policy")


# --- the author's own sentences --------------------------------------------------------------


def _involves(case: Case) -> Phrase:
    return say("this is about", case.only("recipients"), names.nouns(case, "recipients", "and"))


_DUTIES: Final = ("require", "advise")
"""Verbs that ask something of the reader, and say first when."""


def _condition_first(case: Case) -> bool:
    return case.has("when") and not case.only("when")


def _told_by_duty(case: Case) -> tuple[str, ...]:
    return ("when",) if _condition_first(case) and case.has(OBJECTS) else ()


def _own_words(verb: str, missing: str, duty: str = "") -> Head:
    """A verb whose object is a whole sentence of the author's; `duty` opens it where the author writes `must`."""

    def main(case: Case) -> Phrase:
        if not case.has(OBJECTS):
            return say(does(case, verb), missing)
        texts = say(*(finish((Words(text),)) for text in case.texts(OBJECTS)))
        if verb in _DUTIES and _condition_first(case):
            texts = say("if", condition(case.policy, case.guard("when")), ":", texts)
        as_written = case.modality == ("must" if case.by_law else "will") and case.actor_is_us and not case.in_time
        if as_written and not case.only(OBJECTS):
            return say(law(case), "this holds:" if case.by_law else "", texts)
        is_duty = case.modality == "must" and case.actor_is_us and not case.in_time
        opening = duty if duty and is_duty else does(case, verb)
        return say(law(case), opening, case.only(OBJECTS), "this:", texts)

    leads = {"deadline": "This applies", "event": "This applies", "channels": "You can do this"}
    hides = _told_by_duty if verb in _DUTIES else _nothing
    return Head(main, quotes=True, own={"recipients": _involves}, leads=leads, hides=hides)


def _on_basis(case: Case) -> Phrase:
    return say("this is about what we do", case.only("basis"), "on the basis of", names.nouns(case, "basis", "and"))


def _turn_to(case: Case) -> Phrase:
    return say("you can turn", case.only("recipients"), "to", names.nouns(case, "recipients", "or"))


def _covers(case: Case) -> Phrase:
    return say("this right covers", names.matters(case))


def _agreed_with(case: Case) -> Phrase:
    return say("this is agreed", case.only("recipients"), "with", names.nouns(case, "recipients"))


def _honour(case: Case) -> Phrase:
    return say(does(case, "respond to"), _closed(case, _SIGNALS, "signals"))


HEADS: Final[Mapping[str, Head]] = {
    "collect": _act("collect", "collecting", "when unless event", mandatory=_must_give, optional=_may_give),
    "derive": _act("work out", "working out", "derived_from when unless event"),
    "use": _act("use", "using", "when unless event"),
    "share": Head(_share, "recipients when unless event", _ROOM, tells="ways", gerund=_sharing),
    "store": _act("store", "storing", "recipients location when unless event"),
    "transfer": _act("transfer", "transferring", "location when unless event"),
    "keep": _act("keep", "keeping", "period event stage until when unless"),
    "track": Head(_track, "period event until when unless", _ROOM, gerund=_tracking),
    "delete": _act(
        "delete",
        "deleting",
        "period deadline event stage until when unless",
        {"location": "We delete it", "data_form": "We delete it"},
    ),
    "protect": _act("protect", "protecting", "measures recipients against when unless event"),
    "grant": Head(
        _grant,
        "when unless",
        own={"basis": _on_basis, "recipients": _turn_to, "regarding": _covers},
        leads={
            "deadline": "You get an answer",
            "channels": "You can use this right",
            "event": "You have this right",
        },
    ),
    "offer": Head(
        _offer,
        "when unless",
        tells="regarding purposes recipients",
        hides=_told_by_agreement,
        own={"basis": _on_basis},
        leads={
            "channels": "You can do this",
            "event": "You can do this",
            "before": "You can do this",
            "deadline": "This takes effect",
        },
    ),
    "notify": Head(
        _notify,
        "deadline event before when unless",
        "regarding channels",
        leads={"regarding": "The notice is"},
    ),
    "honour": Head(_honour, "when unless"),
    "act_as": Head(_act_as, "on_behalf_of when unless", tells="regarding", own={"recipients": _agreed_with}),
    "amend": Head(_amend, "event before when unless", "deadline channels"),
    "require": _own_words("require", "something of you", duty="you must do"),
    "advise": _own_words("advise", "you"),
    "claim": _own_words("claim", "something"),
    "disclaim": _own_words("disclaim", "something"),
}
