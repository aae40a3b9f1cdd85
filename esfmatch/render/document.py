"""A report as a file, in HTML or Markdown. The door to Jinja2.

The templates only arrange. Every value that they write is cleaned and escaped for its medium, without the template
having to ask for it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from esfmatch.render.cleaning import clean, markdown
from esfmatch.render.report import Report

if TYPE_CHECKING:
    from jinja2 import Environment


def to_html(value: Report) -> str:
    """The document as one HTML file: no script, nothing remote."""
    from markupsafe import Markup

    environment = _environment(clean)
    style = environment.get_template("report.css").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    # our own style sheet is the one text that stands in the page as it is
    return environment.get_template("report.html").render(r=value, style=Markup(style), digest=digest)  # noqa: S704


def to_markdown(value: Report) -> str:
    """The document as Markdown."""
    from markupsafe import Markup

    environment = _environment(lambda text: Markup(markdown(text)))  # noqa: S704 - markdown leaves no HTML in it
    environment.filters["plain"] = Markup  # for signs of Markdown itself and checked addresses
    return environment.get_template("report.md").render(r=value)


def _environment(harmless: Callable[[str], str]) -> Environment:
    """Templates whose every value is made harmless for the medium and escaped, unless it is markup already."""
    import jinja2
    from markupsafe import Markup

    return jinja2.Environment(
        loader=jinja2.PackageLoader("esfmatch.render"),
        autoescape=True,
        finalize=lambda part: part if isinstance(part, (Markup, int)) else harmless(str(part)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
