"""Titles of the parts of a page that no author wrote."""

from __future__ import annotations

from typing import Final

STANDARD: Final = {
    "What we collect and use": ("collect", "derive", "use"),
    "Cookies and tracking": ("track",),
    "Who gets your data": ("share",),
    "Where your data is": ("store", "transfer"),
    "How long we keep your data": ("keep", "delete"),
    "How we protect your data": ("protect",),
    "Your rights and choices": ("grant", "offer", "honour"),
    "When we notify you": ("notify",),
    "Our role": ("act_as",),
    "What we ask of you": ("require", "advise"),
    "What else you should know": ("claim", "disclaim"),
    "Changes to this policy": ("amend",),
}
"""Where statements stand that the author put into no section: the title, and the verbs below it."""

OVERVIEW: Final = "Your data at a glance"

GLOSSARY: Final = "What our words mean"
