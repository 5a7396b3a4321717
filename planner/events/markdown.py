"""Notes in Markdown, read with everything off that could load, run or reach out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from markdown_it.token import Token


@cache
def _reader() -> MarkdownIt:
    # CommonMark; raw HTML is shown as text, pictures are not loaded, a line break typed is a line break shown.
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")


def to_html(text: str) -> str:
    """A fragment of HTML. Links keep only harmless schemes; raw HTML in the text is escaped."""
    return str(_reader().render(text))


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one manner."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. `depth` counts the lists and quotes around it, `marker` is "•" or "1." where a list item begins."""

    spans: tuple[Span, ...]
    depth: int = 0
    marker: str = ""
    heading: bool = False


def to_blocks(text: str) -> tuple[Block, ...]:
    """The text as paragraphs of spans, for a page that is not HTML. Nothing of the text is lost."""
    return tuple(_blocks(_reader().parse(text)))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    depth = 0
    numbers: list[int | None] = []
    marker = ""
    heading = False
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                start = token.attrGet("start")
                ordered = token.type == "ordered_list_open"
                numbers.append(int(start if start is not None else 1) if ordered else None)
                depth += 1
            case "bullet_list_close" | "ordered_list_close":
                numbers.pop()
                depth -= 1
            case "list_item_open":
                number = numbers[-1]
                marker = "•" if number is None else f"{number}."
                numbers[-1] = None if number is None else number + 1
            case "blockquote_open":
                depth += 1
            case "blockquote_close":
                depth -= 1
            case "heading_open":
                heading = True
            case "heading_close":
                heading = False
            case "inline":
                yield Block(tuple(_spans(token.children or ())), depth, marker, heading)
                marker = ""
            case "fence" | "code_block":
                yield Block((Span(token.content.rstrip("\n"), code=True),), depth, marker)
                marker = ""
            case _:
                pass


def _spans(tokens: Sequence[Token]) -> Iterator[Span]:
    strong = emphasis = 0
    link = ""
    for token in tokens:
        match token.type:
            case "strong_open":
                strong += 1
            case "strong_close":
                strong -= 1
            case "em_open":
                emphasis += 1
            case "em_close":
                emphasis -= 1
            case "link_open":
                link = str(token.attrGet("href") or "")
            case "link_close":
                link = ""
            case "softbreak" | "hardbreak":
                yield Span("\n")
            case _:
                if token.content:
                    code = token.type == "code_inline"
                    yield Span(token.content, strong > 0, emphasis > 0, code, link)
