"""Evidence of achievements, written out for a review: Markdown, HTML or PDF, by the ending of the file's name."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from planner.clock import Clock
from planner.errors import Invalid
from planner.files import write_atomically
from planner.relations.log_book import LogEntry, LogKind
from planner.relations.queries import RelationQueries
from planner.settings.service import SettingsService

ENDINGS = (".md", ".html", ".pdf")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Review:
    """What is written out: a heading, and the entries of each month, oldest first."""

    title: str
    period: str
    months: tuple[tuple[str, tuple[LogEntry, ...]], ...]

    @property
    def count(self) -> int:
        """How many entries."""
        return sum(len(entries) for _, entries in self.months)


class Achievements:
    """Gathers and writes the evidence. Private entries are in it only if asked for; the difficult log never."""

    def __init__(self, relations: RelationQueries, settings: SettingsService, clock: Clock) -> None:
        self._relations = relations
        self._settings = settings
        self._clock = clock

    def review(self, since: date | None = None, until: date | None = None, *, private: bool = False) -> Review:
        """What there is from a day on, up to and without `until`."""
        entries = self._relations.achievements(since, until, private=private)
        return compose(self._settings.get().me.name, entries, since, until, self._clock.today())

    def save(
        self, path: Path, since: date | None = None, until: date | None = None, *, private: bool = False
    ) -> Review:
        """Write it to a .md, .html or .pdf file. Raises Invalid for another ending, FileUnwritable."""
        ending = path.suffix.casefold()
        if ending not in ENDINGS:
            raise Invalid("File", f"its name must end in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}")
        review = self.review(since, until, private=private)
        if ending == ".pdf":
            data = _pdf(review, self._clock.now())
        else:
            data = (markdown(review) if ending == ".md" else web_page(review)).encode()
        with write_atomically(path) as file:
            file.write(data)
        return review


def compose(name: str, entries: Sequence[LogEntry], since: date | None, until: date | None, today: date) -> Review:
    """The review of these entries, in order; pure."""
    ordered = sorted(entries, key=lambda each: (each.on, each.id))
    months = tuple(
        (f"{_MONTHS[month - 1]} {year}", tuple(group))
        for (year, month), group in groupby(ordered, key=lambda each: (each.on.year, each.on.month))
    )
    first = since or (ordered[0].on if ordered else today)
    last = until.isoformat() if until is not None else today.isoformat()
    period = f"{first.isoformat()} to {last}" if until is None else f"{first.isoformat()} to before {last}"
    return Review(f"What I achieved{f': {name}' if name else ''}", period, months)


def markdown(review: Review) -> str:
    """The review as Markdown; what was typed can't become a heading or a list of its own."""
    lines = [f"# {_escaped(review.title)}", "", review.period, ""]
    for month, entries in review.months:
        lines += [f"## {month}", ""]
        for each in entries:
            head, *rest = each.text.splitlines() or [""]
            lines.append(f"- **{each.on.isoformat()}** {_escaped(_said(each, head))}")
            lines += [f"  {_escaped(line)}" for line in rest]
            if each.link:
                lines.append(f"  <{each.link}>" if _is_web(each.link) else f"  {_escaped(each.link)}")
        lines.append("")
    if not review.months:
        lines += ["Nothing was noted in this time.", ""]
    return "\n".join(lines)


def web_page(review: Review) -> str:
    """The review as one HTML page that loads nothing; everything that was typed is escaped."""
    body = [f"<h1>{html.escape(review.title)}</h1>", f"<p>{html.escape(review.period)}</p>"]
    for month, entries in review.months:
        body += [f"<h2>{html.escape(month)}</h2>", "<ul>"]
        for each in entries:
            text = "<br>".join(html.escape(line) for line in _said(each, each.text).splitlines())
            link = html.escape(each.link, quote=True)
            shown = f' <a href="{link}">{link}</a>' if _is_web(each.link) else f" {link}" if link else ""
            body.append(f"<li><b>{each.on.isoformat()}</b> {text}{shown}</li>")
        body.append("</ul>")
    if not review.months:
        body.append("<p>Nothing was noted in this time.</p>")
    style = "body{font:16px/1.5 system-ui,sans-serif;max-width:42em;margin:2em auto;padding:0 1em}li{margin:.4em 0}"
    head = f'<meta charset="utf-8"><title>{html.escape(review.title)}</title><style>{style}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>\n{chr(10).join(body)}\n</body></html>\n'


def _pdf(review: Review, made: datetime) -> bytes:
    from planner.events.brief_fonts import MEDIUM, STRONG, add_fonts  # late: the fonts of a PDF take a while to load
    from planner.events.brief_page import INK, MUTE, BriefPage, Look, Row, gap

    texts = [review.title, review.period, *(each.text + each.link + each.contact.name for each in _all(review))]
    page = BriefPage("A4", review.title)
    page.set_title(review.title)
    page.set_creator("Rapport")
    page.set_producer("Rapport")
    page.set_creation_date(made)
    lacking = dict.fromkeys(map(ord, add_fonts(page, texts)), "□")
    page.add_page()

    def rows(text: str, look: Look, before: float = 0.0) -> list[Row]:
        return page.plain_rows(_CONTROL.sub("", text).translate(lacking), look, page.epw, before=before)

    page.place(rows(review.title, Look(20, INK, STRONG)))
    page.place(rows(review.period, Look(10.5, MUTE), before=0.5))
    for month, entries in review.months:
        head = [gap(5), *rows(month, Look(13, INK, STRONG))]
        for each in entries:
            # Heading, day and words stay together: nothing stands alone at the foot of a page.
            head += rows(each.on.isoformat(), Look(8.5, MUTE, MEDIUM), before=1.6)
            head += rows(_said(each, each.text), Look(10, INK))
            if each.link:
                head += rows(each.link, Look(9, MUTE))
            page.place(head)
            head = []
    if not review.months:
        page.place(rows("Nothing was noted in this time.", Look(10, INK), before=3))
    return page.finish()


_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def _all(review: Review) -> Iterator[LogEntry]:
    for _, entries in review.months:
        yield from entries


def _said(each: LogEntry, text: str) -> str:
    return f"Feedback from {each.contact.name}: {text}" if each.kind is LogKind.FEEDBACK_RECEIVED else text


def _is_web(link: str) -> bool:
    return link.casefold().startswith(("https://", "http://")) and not set(link) & set(' <>"\n\r\t')


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|" else char for char in text)
