"""The brief as one HTML page."""

from __future__ import annotations

import pytest

from planner.events.brief import (
    BriefLine,
    BriefPerson,
    BriefSection,
)
from planner.events.brief_html import html_of
from planner.events.brief_pdf import pdf_of
from planner.events.markdown import to_blocks, to_html
from tests.planner.events.briefs import Page, Read, a_brief, a_person, picture


def test_the_html_says_what_the_pdf_says() -> None:
    people = [
        a_person("Ingrid Vale", chips=("Must meet",), research="**Sodium** cells", photo=picture()),
        a_person("Bo Ek"),
    ]
    brief = a_brief(*people)
    page, read = Page(html_of(brief)), Read(pdf_of(brief))
    for words in (
        "Cells 2027",
        "Find two people",
        "I help plants",
        "34 s of 60 s",
        "Batteries that last",
        "Sodium cells",
    ):
        assert words in page.text
        assert words in read.text
    anchors = [attrs["href"] for tag, attrs in page.tags if tag == "a" and (attrs["href"] or "").startswith("#")]
    assert anchors == ["#person-1", "#person-2"]
    assert ("html", {"lang": "en"}) in page.tags


def test_the_html_loads_nothing_and_runs_nothing() -> None:
    evil = '<script>alert(1)</script><img src="https://x.example/y.png">'
    research = (
        f"{evil}\n\n![pic](https://x.example/p.png) [a](javascript:alert(1)) [b](data:text/html,x) "
        "[c](https://ok.example)"
    )
    person = BriefPerson(
        evil, evil, (evil,), (evil,), (evil,), (evil,), research, (BriefSection(evil, (BriefLine(evil),)),)
    )
    page = Page(html_of(a_brief(person, title=evil, aim=evil, notes=research, link="javascript:alert(1)")))
    tags = {tag for tag, _ in page.tags}
    assert tags.isdisjoint({"script", "iframe", "object", "link", "base", "form"})
    for tag, attrs in page.tags:
        assert not any(name.startswith("on") for name in attrs)
        if tag == "img":
            assert (attrs["src"] or "").startswith("data:image/")
        if tag == "a":
            assert (attrs["href"] or "").startswith(("https://", "#person"))
    assert evil in page.text
    policy = next(attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert (policy or "").startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a **b** *c*", "<p>a <strong>b</strong> <em>c</em></p>\n"),
        ("one\ntwo", "<p>one<br />\ntwo</p>\n"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("![x](https://a.example/b.png)", '<p>!<a href="https://a.example/b.png">x</a></p>\n'),
        ("[x](javascript:y)", "<p>[x](javascript:y)</p>\n"),
    ],
)
def test_notes_in_markdown(text: str, html: str) -> None:
    assert to_html(text) == html


def test_markdown_blocks_keep_lists_quotes_and_code() -> None:
    blocks = to_blocks(
        "# Head\n\n1. one\n2. two\n   - deep\n\n> said\n\n```\ncode <x>\n```\n\n[l](https://x.example) `c`"
    )
    assert [("".join(span.text for span in block.spans), block.depth, block.marker) for block in blocks] == [
        ("Head", 0, ""),
        ("one", 1, "1."),
        ("two", 1, "2."),
        ("deep", 2, "•"),
        ("said", 1, ""),
        ("code <x>", 0, ""),
        ("l c", 0, ""),
    ]
    assert blocks[0].heading
    assert blocks[-1].spans[0].link == "https://x.example"


# --- content ---------------------------------------------------------------------------------------------------------
