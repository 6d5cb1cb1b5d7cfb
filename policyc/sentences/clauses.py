"""The table of phrases: how each clause reads, inside the main sentence and in a sentence of its own.

A new clause gets one row here. Rows stand in the order in which sentences of their own follow each other.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from attrs import frozen

from policyc.model.values import AllOf, Compared, Holds, OneOf
from policyc.sentences import clocks, names
from policyc.sentences.addresses import address_of
from policyc.sentences.case import OBJECTS, Case
from policyc.sentences.english import listed, one_or_more
from policyc.sentences.guards import condition
from policyc.sentences.holes import holes
from policyc.sentences.parts import Phrase, Quote, Words, finish, is_long, say, text_of
from policyc.sentences.references import authorities, exceptions, overridden, overriding, see

Tell = Callable[[Case], Phrase]


@frozen
class Rule:
    """One row: `inline` is the phrase inside a sentence; alone, `lead` opens a sentence that ends with it.

    `alone` is the whole sentence of a clause that needs other words there.
    """

    field: str
    inline: Tell
    lead: str = ""
    alone: Tell | None = None

    def sentence(self, case: Case) -> Phrase:
        """The clause as a sentence of its own; nothing if there is nothing to say."""
        if self.alone is not None:
            return self.alone(case)
        phrase = self.inline(case)
        return say(self.lead, phrase) if phrase else ()


def _names(field: str, word: str, joiner: str | None = None) -> Tell:
    return lambda case: say(case.only(field), word, names.nouns(case, field, joiner))


def _texts(field: str, lead: str) -> Tell:
    """The author's words after a colon; whole sentences stand as well there as a few words do."""
    return lambda case: say(lead, listed([(Words(text),) for text in case.texts(field)], "and"))


def _closed(field: str, wordings: dict[str, str], joiner: str | None = None) -> Tell:
    def tell(case: Case) -> Phrase:
        items = [say(wordings[word]) for word in case.words(field)]
        return say(case.only(field), listed(items, joiner or case.list_word))

    return tell


def _guard(field: str, word: str) -> Tell:
    def tell(case: Case) -> Phrase:
        guard = case.fields[field]
        return (
            say(case.only(field), word, condition(case.policy, guard))
            if isinstance(guard, Holds | Compared | AllOf | OneOf)
            else ()
        )

    return tell


# --- single clauses --------------------------------------------------------------------------


def _sources(case: Case) -> Phrase:
    """Sources; the people whose data it is are named once."""
    subjects = case.terms("subjects").ids
    own = "you" if case.statement and case.speaks_to_reader else "them"
    said: set[str] = set()

    def named(name: str) -> Phrase:
        if name not in subjects:
            return names.party(case, name)
        first = own not in said
        said.add(own)
        return say(own) if first else ()

    return say(case.only("sources"), "from", names.nouns(case, "sources", namer=named))


def _recipients(case: Case) -> Phrase:
    """Who receives the data."""
    parties = names.nouns(case, "recipients", namer=partial(names.party, case))
    return say(case.only("recipients"), names.toward(case), parties)


def _against(case: Case) -> Phrase:
    return say(case.only("against"), "against", names.nouns(case, "against", namer=partial(names.party, case)))


def _on_behalf_of(case: Case) -> Phrase:
    if case.terms("on_behalf_of").ids == case.controllers:
        return say(case.only("on_behalf_of"), "on our behalf")
    return say(case.only("on_behalf_of"), "on behalf of", names.nouns(case, "on_behalf_of"))


def _applies_to(case: Case) -> Phrase:
    return say("this applies", case.only("surfaces"), "to", names.nouns(case, "surfaces"))


def _applies_if(case: Case) -> Phrase:
    return say("this applies", "" if case.only("when") else "only", _guard("when", "if")(case))


def _derived_from(case: Case) -> Phrase:
    return say("from", names.data(case, "derived_from"))


def _location(case: Case) -> Phrase:
    """Where the data is: in a place, on a system; a transfer goes there."""
    word = {"transfer": "to", "delete": "from"}.get(case.verb, "")
    return say(case.only("location"), names.located(case, "location", word))


def _state(case: Case) -> Phrase:
    """The forms that the data may have."""
    words = [say("any" if word == "any_state" else word) for word in case.words("state")]
    return say(case.only("state"), "in", listed(words, "or"), "form")


def _purposes(case: Case) -> Phrase:
    return say(case.only("purposes"), "to", names.nouns(case, "purposes"))


def _event(case: Case) -> Phrase:
    """An event that no period or deadline has told."""
    return () if clocks.tells_start(case) else clocks.after(case)


def _stage(case: Case) -> Phrase:
    """The end of another statement's time, that no period or deadline has told."""
    return () if clocks.tells_start(case) else clocks.after_stage(case)


def _period(case: Case) -> Phrase:
    if case.has("before"):
        return ()  # told with the event
    return clocks.passed(case) if case.verb == "delete" else clocks.lasting(case)


def _extension(case: Case) -> Phrase:
    return say("this can take", case.only("extension"), clocks.length(clocks.period_of(case, "extension")), "longer")


_MAILS: Final = ("email", "e-mail", "mail", "letter", "message", "post")
"""Last words of channels that go to an address; others are at one."""


def _measures(case: Case) -> Phrase:
    return say(case.only("measures"), names.way(case, "measures"), names.nouns(case, "measures"))


def _through(field: str) -> Tell:
    """Channels, with their addresses."""

    def tell(case: Case) -> Phrase:
        named = partial(_channel, case)
        return say(case.only(field), names.way(case, field), names.nouns(case, field, "or", named))

    return tell


def _channel(case: Case, name: str) -> Phrase:
    shown = names.label(case.policy, name)
    address = address_of(case.policy, name)
    if address is None or address.text in text_of(shown):
        return shown
    return say(shown, "to" if text_of(shown).endswith(_MAILS) else "at", address)


def _basis(case: Case) -> Phrase:
    count = len(case.terms("basis").ids)
    lead = one_or_more(count, "legal basis is", "legal bases are")
    return say("the", case.only("basis"), lead, names.nouns(case, "basis", "and"))


def _hedge(case: Case) -> Phrase:
    quotes: list[Phrase] = [(Quote(text),) for text in case.texts("hedge")]
    return say("in our words:", listed(quotes, "and"))


def _consequence(case: Case) -> Phrase:
    texts = case.texts("consequence")
    return say(
        "otherwise" + ("," if texts[0][:1].islower() else ":"), listed([(Words(text),) for text in texts], "and")
    )


def _regarding(case: Case) -> Phrase:
    return say("about", names.matters(case))


def _special_basis(case: Case) -> Phrase:
    bases = names.nouns(case, "special_basis", "and")
    return say("for data that the law protects specially, we rely", case.only("special_basis"), "on", bases)


def _lookback(case: Case) -> Phrase:
    return say("in the last", clocks.length(clocks.period_of(case, "lookback")))


def _patterns(case: Case) -> Phrase:
    quotes: list[Phrase] = [(Quote(text),) for text in case.texts("patterns")]
    return say("by this name:" if len(quotes) == 1 else "by these names:", listed(quotes, "and"))


def _delegates(case: Case) -> Phrase:
    return say(case.only("delegates"), names.nouns(case, "delegates", "or"), "can do this for you")


def _flag(text: str) -> Tell:
    return lambda _: say(text)


def _text(case: Case) -> Phrase:
    """The author's further sentences; long texts stand apart from the paragraph."""
    return say(*(finish((Words(text),)) for text in case.texts("text") if not is_long(text)))


def _open(_: Case) -> Phrase:
    return say("there may be others that this policy does not list")


_MEANS: Final = {
    "automatic": "automatically",
    "manual": "manually",
    "decision": "to make decisions about you",
    "profiling": "to build a profile of you",
}
_FORMS: Final = {
    "encrypted": "in encrypted form",
    "permanent": "permanently",
    "on_device": "on your device",
    "end_to_end": "encrypted from end to end",
    "ephemeral": "only for a moment",
}
_THEN: Final = {"delete": "delete the data", "anonymise": "make the data anonymous", "archive": "archive the data"}

RULES: Final = {
    rule.field: rule
    for rule in (
        # Who, what, where: phrases that usually find room in the main sentence.
        Rule("on_behalf_of", _on_behalf_of, "This is"),
        Rule("sources", _sources, "We get this data"),
        Rule("derived_from", _derived_from, "This data comes"),
        Rule("recipients", _recipients, "This is about sharing"),
        Rule("location", _location, "The data is"),
        Rule("surfaces", _names("surfaces", "on"), alone=_applies_to),
        Rule("state", _state, "The data is"),
        Rule("data_form", _closed("data_form", _FORMS), "The data is kept"),
        Rule("means", _closed("means", _MEANS), "This is done"),
        Rule("measures", _measures, "This is done"),
        Rule("against", _against, "This protects"),
        Rule("regarding", _regarding, "This is"),
        Rule("purposes", _purposes, "The purpose is"),
        Rule("lookback", _lookback, "This is about what we did"),
        Rule("when", _guard("when", "if"), alone=_applies_if),
        Rule("unless", _guard("unless", "unless"), "This applies"),
        # When, and for how long.
        Rule("period", _period, "This goes on"),
        Rule("event", _event, "This starts"),
        Rule("stage", _stage, "This starts"),
        Rule("before", clocks.ahead, "We do this"),
        Rule("until", _names("until", "until", "or"), "This goes on"),
        Rule("deadline", clocks.within, "We do this"),
        Rule("extension", _extension),
        Rule("lag", clocks.lag),
        Rule("depends_on", _texts("depends_on", "how long depends on this:")),
        Rule("then", _closed("then", _THEN, "or"), "After that, we"),
        # Why it is lawful.
        Rule("basis", _basis),
        Rule("special_basis", _special_basis),
        Rule("interest", _texts("interest", "our interest in this:")),
        Rule("laws", _names("laws", "under"), "This falls"),
        Rule("safeguards", _names("safeguards", "under"), "This is done"),
        Rule("copy_channels", _through("copy_channels"), "You can get a copy"),
        # How it is done, and what it means for the reader.
        Rule("mandatory", _flag("this data is needed")),
        Rule("optional", _flag("this data is optional")),
        Rule("patterns", _patterns, "You can tell it"),
        Rule("logic", _texts("logic", "how this is decided:")),
        Rule("effects", _texts("effects", "what this means for you:")),
        # How the reader goes about it, and what it costs.
        Rule("channels", _through("channels"), "This is done"),
        Rule("fee", _texts("fee", "the cost:")),
        Rule("identity_check", _texts("identity_check", "how we check who you are:")),
        Rule("delegates", _delegates),
        Rule("refusal", _texts("refusal", "when we say no:")),
        Rule("appeal", _through("appeal"), "You can appeal"),
        Rule("limits", _texts("limits", "the limits:")),
        Rule("consequence", _consequence),
        Rule("text", _text),
        Rule("hedge", _hedge),
        Rule("because", _texts("because", "the reason:")),
        # Which other statements win over it.
        Rule("except", exceptions),
        Rule("despite", overriding),
        Rule("subject_to", overridden),
        # What is missing, the author's own words, and where they come from.
        Rule("holes", holes),
        Rule("open", _open),
        Rule("evidence", _texts("evidence", "the evidence:")),
        Rule("cite", authorities),
        Rule("see", see),
    )
}


_OPENING: Final = ("actor", "subjects", "place")
"""Fields that the opening of a sentence tells."""


def examples(case: Case) -> list[Phrase]:
    """One sentence for each list to which the author added examples."""
    return [_examples(case, field) for field in (OBJECTS, *_OPENING, *RULES) if case.terms(field).including]


def _examples(case: Case, field: str) -> Phrase:
    listing = names.examples(case, field)
    match names.kind_of(case.policy, case.terms(field).including[0]):
        case "data":
            return say("this data includes", listing, ", among others")
        case "purpose":
            return say("the purposes include, among others: to", listing)
        case "right":
            return say("this includes, among others, the right to", listing)
        case _:
            return say("this includes", listing, ", among others")
