"""Sphinx's settings for the site: `make docs` builds it into `build/site`. Nothing on it is loaded from elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from docs import site
from policyc.highlight import PolicyLexer
from policyc.version import __version__

project = "policyc"
version = release = __version__
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
nitpicky = True
smartquotes = False

myst_heading_anchors = 4

highlight_language = "none"
pygments_style = "friendly"
pygments_dark_style = "github-dark"

html_theme = "furo"
html_title = "policyc"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_use_index = False


def setup(app: Sphinx) -> dict[str, Any]:
    """Hook in what `docs/site.py` does."""
    app.add_lexer("policy", PolicyLexer)
    app.connect("source-read", _read)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _read(_: Sphinx, name: str, text: list[str]) -> None:
    text[0] = site.page(name, text[0])
