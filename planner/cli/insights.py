"""`rapport insights`: what the history adds up to."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.output import DataDir, Json, opened
from planner.errors import Invalid
from planner.insights.periods import Period, all_time, last_months, whole_year


def insights(
    months: Annotated[int, typer.Option("--months", min=1, max=600, help="Look back over so many months.")] = 12,
    year: Annotated[int | None, typer.Option("--year", help="Look at a calendar year instead.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Look at everything.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Tell ties, rhythm, promises, blind spots, events, give and take, and how varied the network is.

    JSON: period: name, first, last; ties: strong, weak, new_weak, suggested, not_yet; rhythm: on_time, late, percent;
    promises: kept, count, median_days; blind_spots: [text, why, people, group (null, or field or organisation, and
    its name)]; events: [id, title, day, met, followed_up, led_to, led_people]; months: [year, month, given, received];
    gave_to, received_from; introductions: made, received; fields, organisations: evenness, known, unknown, groups:
    [name, share, people]. People are given as ids; evenness and share lie between 0 and 1.
    """
    from planner.insights.export import HEADER, rows

    with opened(data_dir, as_json) as (planner, out):
        today = planner.clock.today()
        if year is not None and not 1900 <= year <= 9998:
            raise Invalid("Year", "use four digits, such as 2026")
        period: Period = last_months(months, today)
        if year is not None:
            period = whole_year(year)
        elif everything:
            period = all_time(today)
        found = planner.insights.get(period)
        spreads = (
            ("fields", found.fields, found.field_groups),
            ("organisations", found.organisations, found.organisation_groups),
        )
        out.give(
            {
                "period": {"name": period.name, "first": period.first, "last": period.last},
                "ties": {
                    "strong": list(found.ties.strong),
                    "weak": found.ties.weak,
                    "new_weak": list(found.ties.new_weak),
                    "suggested": found.ties.suggested,
                    "not_yet": found.ties.not_yet,
                },
                "rhythm": {
                    "on_time": list(found.rhythm.on_time),
                    "late": list(found.rhythm.late),
                    "percent": found.rhythm.percent,
                },
                "promises": {
                    "kept": found.promises.count_kept,
                    "count": found.promises.count,
                    "median_days": found.promises.median_days,
                },
                "blind_spots": [
                    {
                        "text": spot.strong + spot.rest,
                        "why": spot.why,
                        "people": list(spot.people),
                        "group": list(spot.group) if spot.group else None,
                    }
                    for spot in found.blind_spots
                ],
                "events": [
                    {
                        "id": event.id,
                        "title": event.title,
                        "day": event.day,
                        "met": list(event.met),
                        "followed_up": list(event.followed_up),
                        "led_to": event.led_to,
                        "led_people": list(event.led_people),
                    }
                    for event in found.events
                ],
                "months": [
                    {"year": each.year, "month": each.month, "given": each.given, "received": each.received}
                    for each in found.months
                ],
                "gave_to": list(found.gave_to),
                "received_from": list(found.received_from),
                "introductions": {"made": found.introductions[0], "received": found.introductions[1]},
                **{
                    word: {
                        "evenness": round(spread.evenness, 4),
                        "known": spread.known,
                        "unknown": spread.unknown,
                        "groups": [
                            {"name": each.name, "share": round(each.share, 4), "people": each.people} for each in groups
                        ],
                    }
                    for word, spread, groups in spreads
                },
            }
        )
        out.table(HEADER, [list(row) for row in rows(found)])
