"""A period looked back on, as one page to print."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from planner.insights.records import Insights

_STYLE = (
    "body{font-family:sans-serif;font-size:10.5pt;line-height:1.4}h1{font-size:18pt;margin:0 0 4pt}"
    "h2{font-size:12pt;margin:14pt 0 3pt}table{border-collapse:collapse}td,th{text-align:left}"
    "th{font-weight:normal}p{margin:2pt 0}"
)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: Printers take the room within a cell from the table alone, not from its style.
_TABLE = '<h2>{}</h2><table cellspacing="0" cellpadding="3">'


def to_html(insights: Insights, name: str = "") -> str:
    """A page of HTML without scripts or anything to fetch. `name`: whose review it is, "" to leave it out."""
    title = f"Review: {insights.period.name}"
    parts = "".join(_parts(insights))
    days = f"{insights.period.first.isoformat()} to {insights.period.last.isoformat()}"
    whose = f"<p>{escape(' · '.join(part for part in (name, days) if part))}</p>"
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>{whose}{parts}</body></html>"
    )


def _parts(insights: Insights) -> Iterator[str]:
    ties, kept = insights.ties, insights.promises
    new = len(ties.new_weak)
    yield f"<h2>Ties</h2><p><b>{len(ties.strong)}</b> strong, <b>{ties.weak}</b> weak; {new} weak ones are new.</p>"
    percent = insights.rhythm.percent
    if percent is not None:
        late = len(insights.rhythm.late)
        yield f"<h2>Keeping in touch</h2><p><b>{percent} %</b> of those with a rhythm are on time; {late} wait.</p>"
    if kept.count:
        days = "" if kept.median_days is None else f", a median of {kept.median_days:g} days each"
        yield f"<h2>Promises</h2><p><b>{kept.count_kept} of {kept.count}</b> kept{days}.</p>"
    yield from _events(insights)
    yield from _months(insights)
    given, received = (sum(getattr(month, side) for month in insights.months) for side in ("given", "received"))
    yield f"<p>Given <b>{given}</b> times to {len(insights.gave_to)} people, "
    yield f"received <b>{received}</b> times from {len(insights.received_from)}.</p>"
    for heading, groups in (("Fields", insights.field_groups), ("Organisations", insights.organisation_groups)):
        if groups:
            listed = ", ".join(f"{escape(each.name)} {each.share * 100:.0f} %" for each in groups)
            yield f"<h2>{heading}</h2><p>{listed}</p>"
    if insights.blind_spots:
        yield "<h2>Blind spots</h2>"
        for spot in insights.blind_spots:
            yield f"<p><b>{escape(spot.strong)}</b>{escape(spot.rest)}: {escape(spot.why)}.</p>"


def _months(insights: Insights) -> Iterator[str]:
    yield _TABLE.format("Give and take")
    yield "<tr><th></th>" + "".join(f"<th>{_MONTHS[month.month - 1]}</th>" for month in insights.months)
    for word, side in (("Given", "given"), ("Received", "received")):
        cells = "".join(f"<td>{getattr(month, side) or '–'}</td>" for month in insights.months)
        yield f"</tr><tr><td>{word}</td>{cells}"
    yield "</tr></table>"


def _events(insights: Insights) -> Iterator[str]:
    if not insights.events:
        return
    yield _TABLE.format("Events") + "<tr><th>Event</th><th>Day</th><th>Met</th><th>Followed up</th><th>Led to</th></tr>"
    for event in insights.events:
        cells = (event.title, event.day.isoformat(), str(len(event.met)), str(len(event.followed_up)), event.led_to)
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    yield "</table>"
