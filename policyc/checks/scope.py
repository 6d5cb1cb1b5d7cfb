"""What statements are about that the policy is not for: surfaces beside its own, and parties outside of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding, named
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of

_HEAD: Final = """\
language 1
party us "Us"
data clicks "what you click"
purpose help "help you"
surface site "our website"
surface app "our app"
"""
_POLICY: Final = 'policy notice "Notice"\n    controller us\n    on {}\nseen: will collect clicks for help on app\n'

OUT_OF_SCOPE: Final = Code(
    "PC410",
    "out-of-scope",
    what="A statement is about something that the policy is not for, as its head says, or that another one disclaims.",
    why="Readers who believe the head do not expect that the rest holds there, and may say that it does not.",
    bad=_HEAD + _POLICY.format("site"),
    good=_HEAD + _POLICY.format("site, app"),
    level=Level.INFO,
)

_NOT_OURS: Final = frozenset(
    f"std.surface.{name}"
    for name in (
        *("apps.other_apps", "pages.embedded_content", "pages.other_sites", "pages.our_content_elsewhere"),
        *("pages.partner_services", "pages.social_media_pages"),
    )
)
"""Where others are responsible: that something happens there, a policy says without being for it."""

_ABOUT_OTHERS: Final = frozenset({"advise", "disclaim"})


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all surfaces that the head leaves out, one for each party outside, one for each disclaimer."""
    surfaces = view.graph.below(terms_of(view.policy.header.fields, "surfaces"))
    if surfaces:
        yield from _elsewhere(view, surfaces)
        yield from _disclaimed(view, surfaces)
    yield from _outside(view)


# --- surfaces -------------------------------------------------------------------------------------


def _elsewhere(view: View, surfaces: frozenset[str]) -> Iterator[Diagnostic]:
    """Statements on surfaces of ours that neither lie below the policy's, nor above."""
    others = _of_others(view)
    found = [
        (one, name)
        for one in view.statements
        if one.modality != "never" and one.verb not in _ABOUT_OTHERS
        for name in terms_of(one.fields, "surfaces")
        if name not in others and surfaces.isdisjoint(view.graph.below([name]))
    ]
    statements = list({one.id: one for one, _ in found}.values())
    if found:
        one, name = found[0]
        left_out = list(dict.fromkeys(name for _, name in found))
        yield finding(
            OUT_OF_SCOPE,
            one,
            f"{counted(left_out)} {'are' if left_out[1:] else 'is'} not among what the policy is for",
            place=named(one, "surfaces", name),
            more=[(view.policy.header, "for this here"), *((each, "and here") for each in statements[1:SHOWN])],
            help=f"write {counted(left_out)} after `on` in the policy's declaration, or say by whom it is run",
        )


def _of_others(view: View) -> frozenset[str]:
    """Surfaces that others run, or that the policy leaves out."""
    header = view.policy.header.fields
    ours = {*terms_of(header, "controllers")}
    found = [
        term.id
        for term in view.policy.of_kind("surface")
        if term.qualified in _NOT_OURS or not ours.issuperset(terms_of(term.fields, "actor"))
    ]
    return view.graph.below((*found, *terms_of(header, "outside")))


# --- parties --------------------------------------------------------------------------------------


def _outside(view: View) -> Iterator[Diagnostic]:
    """Parties that the policy leaves out, and that do something with data by a statement of it."""
    header = view.policy.header
    outside = view.graph.below(terms_of(header.fields, "outside"))
    found: dict[str, list[Statement]] = {}
    for one in view.statements if outside else ():
        if one.row.decided and one.modality != "never":
            for name in terms_of(one.fields, "actor"):
                if name in outside and view.policy.terms[name].kind == "party":
                    found.setdefault(name, []).append(one)
    for name, (first, *rest) in found.items():
        yield finding(
            OUT_OF_SCOPE,
            first,
            f"`{first.id}` says what `{name}` does, and the policy is not for `{name}`",
            place=named(first, "actor", name),
            more=[(named(header, "outside", name), "outside"), *((each, "and here") for each in rest[:SHOWN])],
            help="say in this policy what you are responsible for when they do this, or where their own rules stand",
        )


def _disclaimed(view: View, surfaces: frozenset[str]) -> Iterator[Diagnostic]:
    """What is claimed of parties on the policy's surfaces, where a class of them is disclaimed.

    Who names the same party in both places knows that it does.
    """
    claims = [one for one in view.statements if one.verb == "claim" and one.modality != "never"]
    covered = [one for one in claims if surfaces & {*terms_of(one.fields, "surfaces")}]
    by_party: dict[str, list[Statement]] = {}
    for one in covered:
        for name in terms_of(one.fields, "recipients"):
            by_party.setdefault(name, []).append(one)
    for one in view.statements if by_party else ():
        if one.verb == "disclaim" and one.modality != "never" and "surfaces" not in one.fields:
            classes = terms_of(one.fields, "recipients")
            below = view.graph.below(classes)
            both = [name for name in by_party if name in below and name not in classes]
            if both:
                yield finding(
                    OUT_OF_SCOPE,
                    one,
                    f"`{one.id}` disclaims what {counted(both)} {'do' if both[1:] else 'does'}, "
                    f"and `{by_party[both[0]][0].id}` speaks of {'them' if both[1:] else 'it'} "
                    "on what the policy is for",
                    text="disclaimed here",
                    more=[(each, "covered here") for each in by_party[both[0]][:SHOWN]],
                    help="say for which of the two the policy is, and for what it is not",
                )
