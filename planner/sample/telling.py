"""Tells the sample's story to the services, day by day, from the first to the last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planner.contacts.records import (
    Address,
    Boundary,
    ContactDetails,
    DateKind,
    Email,
    Link,
    PartialDate,
    Phone,
    Role,
    Tie,
)
from planner.errors import Bug
from planner.events import times
from planner.events.meetings import WrapUp
from planner.events.records import (
    EventDetails,
    EventKind,
    Outcome,
    Part,
    PreparationKind,
    Wish,
)
from planner.events.schedule.records import PublishedSchedule, PublishedSession, PublishedSpeaker
from planner.folding import fold
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.relations.drafts import (
    ExchangeDraft,
    InteractionDraft,
    MilestoneDraft,
    PromiseDraft,
)
from planner.relations.records import Direction, ExchangeKind, InteractionKind, MilestoneKind, PromiseSide
from planner.sample import connecting, working
from planner.sample.days import Told, event_of, first_days, known_on
from planner.settings.records import Me

if TYPE_CHECKING:
    from planner.app import Planner
    from planner.clock import FixedClock

#: How often the weak ties of the sample are kept up where nothing else is said, in days.
TWICE_A_YEAR = 182

#: The day the story begins, counted from today.
FIRST_DAY = -430


class Teller:
    """Tells one story to one planner, whose clock it moves."""

    def __init__(self, planner: Planner, clock: FixedClock, now: datetime) -> None:
        self._planner = planner
        self._clock = clock
        self._now = now
        self._today = clock.local(now).date()
        self._people: dict[str, int] = {}
        self._events: dict[str, int] = {}
        self._steps: list[tuple[int, int, Callable[[], object]]] = []

    def tell(self, people: Told, story: Told) -> None:
        """Put everything in the order of its days, and do it."""
        self._planner.settings.change(me=Me(**people["me"]))
        spoken_of = first_days(people, story)
        for person in people["person"]:
            self._on(spoken_of[person["name"]], self._meeting(person))
            for day, kind, text, *minutes in person.get("touch", ()):
                told = {"kind": kind, "text": text, "with": [person["name"]], "minutes": (minutes or [None])[0]}
                if kind == "met":
                    told["event"] = event_of(person["name"], day, story["event"])
                self._on(day, self._logging(told, day))
        for name, tell in (
            ("event", self._event),
            ("log", self._logged),
            ("exchange", self._exchange),
            ("introduction", self._introduction),
            ("milestone", self._milestone),
            ("followup", self._followup),
        ):
            for told in story[name]:
                tell(told)
        for day, step in working.steps(self._planner, self._people, self._events, story):
            self._on(day, step)
        for day, _, step in sorted(self._steps, key=lambda step: step[:2]):
            self._go_to(day)
            step()
        self._go_to(0)
        connecting.acquaint(self._planner, self._people, people["person"])
        connecting.join(self._planner, self._people, self._events, story["organisation"], self._day(0))
        connecting.set_goals(self._planner, self._people, story["goal"], self._day(0))

    # --- time

    def _on(self, day: int, step: Callable[[], object]) -> None:
        self._steps.append((day, len(self._steps), step))

    def _go_to(self, day: int) -> None:
        self._clock.advance(self._now + timedelta(days=day) - self._clock.now())

    def _day(self, offset: int) -> date:
        return self._today + timedelta(days=offset)

    # --- people

    def _ids(self, names: Sequence[str]) -> tuple[int, ...]:
        return tuple(self._people[name] for name in names)

    def _meeting(self, person: Told) -> Callable[[], object]:
        return lambda: self._meet(person)

    def _meet(self, person: Told) -> None:
        self._people[person["name"]] = self._planner.contacts.add(self._details(person)).new("contact")

    def _details(self, person: Told) -> ContactDetails:
        given, _, family = person["name"].rpartition(" ")
        domain = "".join(c for c in fold(person["organisation"]) if c.isalnum())
        dates: tuple[PartialDate, ...] = ()
        if "birthday" in person:
            month, day = map(int, person["birthday"].split("-"))
            dates = (PartialDate(DateKind.BIRTHDAY, month=month, day=day),)
        hours = person.get("hours", ("", ""))
        return ContactDetails(
            given=given,
            family=family,
            organisation=person["organisation"],
            title=person["title"],
            field=person["field"],
            emails=(Email(f"{fold(given.split()[0])}@{domain}.example", "work", preferred=True),),
            phones=(Phone(person["phone"], "mobile"),),
            addresses=(Address(city=person["city"], country=person["country"], label="work"),),
            links=(Link(person["link"], "website"),) if "link" in person else (),
            dates=dates,
            roles=tuple(Role(role) for role in person["roles"]),
            tags=tuple(person["tags"]),
            tie=Tie(person["tie"]) if "tie" in person else None,
            rhythm_days=person.get("rhythm", TWICE_A_YEAR if person.get("tie") == "weak" else None),
            longest_days=person.get("longest"),
            matters=person.get("matters", False),
            time_zone=person["zone"],
            remember=person.get("remember", ""),
            research=person.get("research", "").strip(),
            looking_for=person.get("looking_for", ""),
            can_offer=person.get("can_offer", ""),
            boundary=Boundary(
                preferred_channel=person.get("channel", ""),
                hours_from=hours[0],
                hours_to=hours[1],
                quiet_until=self._day(person["quiet"]) if "quiet" in person else None,
                topics_off=person.get("topics_off", ""),
                no_asks=person.get("no_asks", False),
                expectations=person.get("expectations", ""),
            ),
        )

    # --- what happened

    def _logged(self, told: Told) -> None:
        self._on(told["day"], lambda: self._log(told, told["day"]))
        for promise in told.get("promises", ()):
            for ending, close in (
                ("kept", self._planner.relations.keep_promise),
                ("broken", self._planner.relations.break_promise),
            ):
                if ending in promise:
                    self._on(promise[ending], self._closing(close, told["with"][0], promise["text"]))

    def _logging(self, told: Told, day: int) -> Callable[[], object]:
        return lambda: self._log(told, day)

    def _closing(self, close: Callable[[int], object], name: str, text: str) -> Callable[[], object]:
        return lambda: close(self._promise(name, text))

    def _log(self, told: Told, day: int) -> None:
        self._planner.relations.log(
            InteractionDraft(
                InteractionKind(told["kind"]),
                at=self._clock.now(),
                contact_ids=self._ids(told["with"]),
                text=told["text"],
                minutes=told.get("minutes"),
                event_id=self._events.get(told.get("event", "")),
            ),
            promises=[
                PromiseDraft(PromiseSide(promise["side"]), promise["text"], self._day(promise["due"]))
                for promise in told.get("promises", ())
            ],
            exchanges=[
                ExchangeDraft(
                    Direction(exchange["direction"]),
                    ExchangeKind(exchange["kind"]),
                    exchange["text"],
                    contact_id=self._people[exchange.get("with", told["with"][0])],
                    on=self._day(exchange.get("on", day)),
                )
                for exchange in told.get("exchanges", ())
            ],
        )

    def _promise(self, name: str, text: str) -> int:
        for promise in self._planner.relation_queries.promises(self._people[name]):
            if promise.text == text:
                return promise.id
        raise Bug(f"the sample speaks of a promise that was not made: {text}")

    def _exchange(self, told: Told) -> None:
        self._on(
            told["day"],
            lambda: self._planner.relations.add_exchange(
                ExchangeDraft(
                    Direction(told["direction"]),
                    ExchangeKind(told["kind"]),
                    told["text"],
                    contact_id=self._people[told["with"]],
                )
            ),
        )

    def _introduction(self, told: Told) -> None:
        for day, step in connecting.introduction(self._planner, self._people, told):
            self._on(day, step)

    def _milestone(self, told: Told) -> None:
        def note() -> None:
            self._planner.relations.add_milestone(
                MilestoneDraft(
                    self._people[told["with"]], MilestoneKind(told["kind"]), self._day(told["day"]), told["text"]
                )
            )

        def celebrate() -> None:
            for followup in self._planner.followup_queries.for_contact(self._people[told["with"]]):
                if followup.details.kind is FollowUpKind.CELEBRATE:
                    self._planner.followups.done((followup.id,), "congratulated", InteractionKind.MESSAGE)

        self._on(told.get("noted", told["day"]), note)
        if told.get("celebrated"):
            self._on(told["day"] + 1, celebrate)

    def _followup(self, told: Told) -> None:
        made: list[int] = []

        def add() -> None:
            details = FollowUpDetails(
                FollowUpKind(told["kind"]),
                told["title"],
                self._day(told["due"]),
                self._ids(told["with"]),
                due_time=time.fromisoformat(told["time"]) if "time" in told else None,
                why=told.get("why", ""),
                event_id=self._events.get(told.get("event", "")),
            )
            made.append(self._planner.followups.add(details).new("followup"))

        self._on(min(told["due"], 0) - 1, add)
        if "done" in told:
            self._on(told["done"], lambda: self._planner.followups.done(made))

    # --- events

    def _event(self, told: Told) -> None:
        self._on(known_on(told), lambda: self._add_event(told))
        if "wrapped_up" in told:
            self._on(told["wrapped_up"], lambda: self._wrap_up(told))

    def _add_event(self, told: Told) -> None:
        zone = ZoneInfo(told["zone"])
        if "at" in told:
            day, hour, minutes = told["at"]
            starts_at = times.at(self._day(day), time.fromisoformat(hour), zone)
            ends_at = starts_at + timedelta(minutes=minutes)
            first = self._day(day)
        else:
            first, last = (self._day(day) for day in told["days"])
            starts_at, ends_at = times.whole_days(first, last, zone)
        title = f"{told['title']} {first.year}" if told.get("dated_title") else told["title"]
        id = self._planner.events.add(
            EventDetails(
                title,
                EventKind(told["kind"]),
                starts_at,
                ends_at,
                all_day="days" in told,
                time_zone=told["zone"],
                place=told.get("place", ""),
                link=told.get("link", ""),
                aim=told.get("aim", ""),
                notes=told.get("notes", ""),
            )
        ).new("event")
        self._events[told["key"]] = id
        for item in self._planner.event_queries.file(id).checklist:
            if item.text in told.get("checked", ()):
                self._planner.events.tick_check((item.id,))
        if "pitch" in told:
            pitch = told["pitch"]
            self._planner.events.pitches.add(pitch["audience"], pitch["text"], pitch["seconds"], event_id=id)
        self._agenda(id, told, zone)
        for person in told["people"]:
            self._attend(id, person)

    def _agenda(self, event_id: int, told: Told, zone: ZoneInfo) -> None:
        """As the conference published it, twice: what is `gone` is in the first schedule alone."""
        sessions = told.get("sessions", ())
        if not sessions:
            return
        schedules, agenda = self._planner.events.schedules, self._planner.events.agenda
        published = [self._published(session, zone) for session in sessions]
        still = [one for one, session in zip(published, sessions, strict=True) if not session.get("gone")]
        schedules.run(PublishedSchedule(told["title"], tuple(published)), event_id)
        marked = {session["title"] for session in sessions if session.get("marked")}
        agenda.mark([one.id for one in self._planner.event_queries.agenda(event_id) if one.title in marked])
        if len(still) < len(published):
            schedules.run(PublishedSchedule(told["title"], tuple(still)), event_id)

    def _published(self, session: Told, zone: ZoneInfo) -> PublishedSession:
        starts_at = times.at(self._day(session["day"]), time.fromisoformat(session["at"]), zone)
        return PublishedSession(
            session["title"],
            f"session-{session['day']}-{session['at']}",
            starts_at,
            starts_at + timedelta(minutes=session["minutes"]),
            room=session["room"],
            track=session["track"],
            abstract=session.get("abstract", ""),
            speakers=tuple(PublishedSpeaker(name) for name in session.get("speakers", ())),
        )

    def _attend(self, event_id: int, person: Told) -> None:
        contact_id = self._people[person["name"]]
        people = self._planner.events.people
        attendance_id = people.add(
            event_id,
            (contact_id,),
            Wish(person.get("wish", "")),
            Part(person.get("part", "attendee")),
            person.get("note", ""),
        ).new("attendance")
        items: dict[PreparationKind, list[str]] = {}
        for kind, text in person.get("items", ()):
            items.setdefault(PreparationKind(kind), []).append(text)
        for kind, texts in items.items():
            people.add_items(attendance_id, kind, texts)

    def _wrap_up(self, told: Told) -> None:
        id = self._events[told["key"]]
        met = {person["name"]: person["met"] for person in told["people"] if "met" in person}
        meetings = self._planner.events.meetings
        for attendance in self._planner.event_queries.attendances(id):
            if attendance.name in met:
                self._planner.events.people.update((attendance.id,), said=met[attendance.name])
            else:
                meetings.set_outcome((attendance.id,), Outcome.MISSED)
        meetings.mark_met(id, self._ids(tuple(met)))
        meetings.wrap_up(id, WrapUp(told.get("outcome", "")))
