"""policy.html: one file that needs nothing else, with no script in it."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from policyc.backends.html.inline import Renderer
from policyc.model.policy import Policy
from policyc.page import page
from policyc.version import __version__

TARGET: Final = "policy.html"


def build(policy: Policy) -> str:
    """The text of policy.html."""
    made = page(policy)
    style = _style()
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            page=made,
            show=Renderer(made.defined),
            style=Markup(style),  # noqa: S704  # the style sheet is ours
            style_hash=_hash(style),
            version=__version__,
        )
    )


@cache
def _loader() -> PackageLoader:
    return PackageLoader(__name__, "templates")


@cache
def _environment() -> Environment:
    return Environment(
        loader=_loader(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _style() -> str:
    """The style sheet as it stands between the tags: its hash is in the page's security policy."""
    return "\n" + _loader().get_source(_environment(), "style.css")[0]


def _hash(style: str) -> str:
    return b64encode(sha256(style.encode()).digest()).decode()
