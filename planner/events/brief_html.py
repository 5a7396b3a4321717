"""The brief as one HTML page: it loads nothing, reads well on a phone, in the dark and on paper."""

from __future__ import annotations

import base64
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from planner.contacts.records import Photo
from planner.events.brief import Brief
from planner.events.markdown import to_html
from planner.paths import resource


def html_of(brief: Brief) -> str:
    """The page as text, to be saved as UTF-8."""
    return _template().render(brief=brief)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(resource("brief")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["markdown"] = lambda text: Markup(to_html(text))  # noqa: S704  # raw HTML is escaped there
    environment.filters["data_uri"] = _data_uri
    environment.filters["web_link"] = _web_link
    return environment.get_template("brief.html")


def _data_uri(photo: Photo) -> str:
    return f"data:{photo.media_type};base64,{base64.b64encode(photo.data).decode('ascii')}"


def _web_link(link: str) -> str:
    """The link, if a browser may be sent there; else nothing."""
    return link if link.casefold().startswith(("https://", "http://", "mailto:", "tel:")) else ""
