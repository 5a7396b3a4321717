"""Now, and in which zone. Nothing else in the program asks the system for the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo


def system_zone() -> tzinfo:
    """The zone this computer is set to, as an IANA zone where the system tells one, else its present offset."""
    import tzlocal  # comes with dateparser; 15 ms to import, so only when a zone is asked for

    try:
        return tzlocal.get_localzone()
    except Exception:  # noqa: BLE001 - a broken /etc/localtime must not keep the program from starting
        return datetime.now().astimezone().tzinfo or UTC


@dataclass(frozen=True)
class Clock:
    """The system's time in the person's zone. `zone` is asked for once, then kept."""

    zone_of: Callable[[], tzinfo] = system_zone
    _zone: list[tzinfo] = field(default_factory=list, repr=False, compare=False)

    @property
    def zone(self) -> tzinfo:
        """The person's zone."""
        if not self._zone:
            self._zone.append(self.zone_of())
        return self._zone[0]

    def now(self) -> datetime:
        """This moment, in UTC, to the second."""
        return datetime.now(UTC).replace(microsecond=0)

    def local(self, moment: datetime | None = None) -> datetime:
        """A moment (now, if none) in the person's zone."""
        return (moment or self.now()).astimezone(self.zone)

    def today(self) -> date:
        """The date it is for the person."""
        return self.local().date()

    def at(self, day: date, hour: time) -> datetime:
        """That hour of that day in the person's zone, as UTC. An hour that a clock change skips moves forward."""
        return datetime.combine(day, hour, tzinfo=self.zone).astimezone(UTC)


@dataclass(frozen=True)
class FixedClock(Clock):
    """A clock for tests and pictures: it stands still until moved."""

    moment: datetime = datetime(2027, 7, 10, 8, 0, tzinfo=UTC)
    zone_of: Callable[[], tzinfo] = lambda: ZoneInfo("Europe/Berlin")
    _shift: list[timedelta] = field(default_factory=lambda: [timedelta()], repr=False, compare=False)

    def now(self) -> datetime:
        """The moment given, plus what it was advanced by."""
        return self.moment.astimezone(UTC).replace(microsecond=0) + self._shift[0]

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self._shift[0] += by
