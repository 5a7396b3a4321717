"""The figures of Insights as a table file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from planner.contacts.csv_files.writer import guarded
from planner.insights.records import Insights

HEADER = ("Part", "What", "Value", "Note")


def to_csv(insights: Insights) -> bytes:
    """UTF-8 with a byte order mark; cells that a spreadsheet could run as a formula begin with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in rows(insights):
        writer.writerow([guarded(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def rows(insights: Insights) -> Iterator[tuple[str, str, str, str]]:
    """The lines of the table below its header."""
    period = insights.period
    yield "Period", period.name, period.first.isoformat(), f"until {period.last.isoformat()}"
    ties = insights.ties
    yield "Ties", "strong", str(len(ties.strong)), f"{ties.suggested} suggested"
    yield "Ties", "weak", str(ties.weak), f"{len(ties.new_weak)} new"
    percent = insights.rhythm.percent
    yield "Keeping in touch", "on time", "" if percent is None else f"{percent} %", f"{len(insights.rhythm.late)} late"
    kept = insights.promises
    median = "" if kept.median_days is None else f"median {kept.median_days:g} days"
    yield "Promises", "kept", str(kept.count_kept), f"of {kept.count}" + (f", {median}" if median else "")
    for spot in insights.blind_spots:
        yield "Blind spot", spot.strong + spot.rest, "", spot.why
    for event in insights.events:
        yield (
            "Event",
            event.title,
            event.day.isoformat(),
            (f"met {len(event.met)}, followed up {len(event.followed_up)}, led to {event.led_to}"),
        )
    for month in insights.months:
        yield "Give and take", f"{month.year}-{month.month:02d}", f"{month.given}", f"received {month.received}"
    for word, groups in (("Field", insights.field_groups), ("Organisation", insights.organisation_groups)):
        for group in groups:
            yield word, group.name, str(group.people), f"{group.share * 100:.0f} %"
    yield "Evenness", "fields", f"{insights.fields.evenness:.2f}", "0 all in one, 1 evenly spread"
    yield "Evenness", "organisations", f"{insights.organisations.evenness:.2f}", "0 all in one, 1 evenly spread"
