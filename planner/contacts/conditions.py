"""From an understood search to conditions on the tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    column,
    exists,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    table,
    true,
)
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.contacts.countries import code_of, dialling_code
from planner.contacts.countries import names as country_names
from planner.contacts.mapping import CONTACT, SUMMARY
from planner.contacts.search import DUE, Filter, FilterKey, Query, Term
from planner.folding import fold, words
from planner.followups.relationships import drifting_ids
from planner.settings.records import Settings
from planner.store.engine import under
from planner.store.tables import (
    AddressTable,
    AttendanceTable,
    Base,
    DateTable,
    EmailTable,
    EventTable,
    FollowUpContactTable,
    FollowUpTable,
    InteractionContactTable,
    InteractionTable,
    LinkTable,
    PhoneTable,
    RoleTable,
    TagTable,
)

SEARCH = table("contact_search", column("rowid"), column("name"), column("work"), column("rest"))
Condition = ColumnElement[bool]


def matching(expression: str, alias: str = "contact_search") -> Condition:
    """`contact_search MATCH expression`."""
    return literal_column(alias).op("MATCH")(literal(expression))


def found_by(expression: str) -> Condition:
    """That the index finds a contact by an FTS5 expression."""
    return CONTACT.c.id.in_(select(SEARCH.c.rowid).where(matching(expression)))


def match_expression(terms: Iterable[Term]) -> str:
    """The FTS5 expression for the terms that must be found and those that must not; "" if none must be found."""
    wanted = [_phrase(term) for term in terms if not term.negated]
    unwanted = [_phrase(term) for term in terms if term.negated]
    if not wanted:
        return ""
    expression = " AND ".join(wanted)
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression


def ranking_expression(terms: Iterable[Term]) -> str:
    """An expression that finds the same, and under which a whole word weighs more than the beginning of one."""
    wanted = [f"({_phrase(term, whole=True)} OR {_phrase(term)})" for term in terms if not term.negated]
    unwanted = [_phrase(term) for term in terms if term.negated]
    return f"({' AND '.join(wanted)})" + (f" NOT ({' OR '.join(unwanted)})" if unwanted else "")


def _phrase(term: Term, *, whole: bool = False) -> str:
    # Words hold letters and digits alone, so nothing in them has a meaning to FTS5.
    return f'"{" ".join(term.words)}"' + ("" if term.exact or whole else "*")


class Conditions:
    """Builds conditions for one moment, on one snapshot."""

    def __init__(self, session: Session, clock: Clock, settings: Settings) -> None:
        self._session = session
        self._connection = session.connection()
        self._clock = clock
        self._settings = settings

    def of(self, query: Query) -> list[Condition]:
        """The filters of a query, and its negated words where no other word is asked for; its words are left out."""
        conditions = []
        for part in query.filters:
            condition = self._filter(part)
            conditions.append(not_(func.coalesce(condition, false())) if part.negated else condition)
        if query.terms and not match_expression(query.terms):
            unwanted = " OR ".join(_phrase(term) for term in query.terms)
            conditions.append(not_(found_by(unwanted)))
        return conditions

    def _filter(self, part: Filter) -> Condition:
        return _BUILDERS[part.key](self, part)

    def _role(self, part: Filter) -> Condition:
        return _has(RoleTable, RoleTable.role.in_(part.values))

    def _tie(self, part: Filter) -> Condition:
        return CONTACT.c.tie.in_(part.values)

    def _tag(self, part: Filter) -> Condition:
        worn = {tag: fold(tag) for tag in self._connection.scalars(select(TagTable.tag).distinct())}
        meant: set[str] = set()
        for value in part.values:
            same = {tag for tag, folded in worn.items() if folded == value}
            # While a tag is being typed, its beginning will do.
            meant |= same or {tag for tag, folded in worn.items() if folded.startswith(value)}
        return _has(TagTable, TagTable.tag.in_(meant)) if meant else false()

    def _organisation(self, part: Filter) -> Condition:
        return self._one_of_texts(CONTACT.c.organisation, "work", part.values)

    def _title(self, part: Filter) -> Condition:
        return self._one_of_texts(CONTACT.c.title, "work", part.values)

    def _field_of_work(self, part: Filter) -> Condition:
        return self._one_of_texts(CONTACT.c.field, "work", part.values)

    def _one_of_texts(self, where: Any, indexed: str, values: tuple[str, ...]) -> Condition:
        """That a column holds the words of a value; the index says where to look, folding says whether it is so."""
        meant: set[str] = set()
        for value in values:
            if not (inside := words(value)):
                continue
            candidates = select(where).distinct().where(found_by(f'{indexed} : "{" ".join(inside)}"*'))
            meant |= {text for text in self._connection.scalars(candidates) if _holds(text, inside)}
        return where.in_(meant) if meant else false()

    def _city(self, part: Filter) -> Condition:
        meant: set[str] = set()
        for value in part.values:
            inside = words(value)
            cities = self._connection.scalars(select(AddressTable.city).distinct())
            meant |= {city for city in cities if inside and _holds(city, inside)}
        return _has(AddressTable, AddressTable.city.in_(meant)) if meant else false()

    def _country(self, part: Filter) -> Condition:
        written = list(self._connection.scalars(select(AddressTable.country).distinct()))
        conditions: list[Condition] = []
        for value in part.values:
            code = code_of(value)
            meant = [text for text in written if text and _is_country(text, value, code)]
            conditions.append(_has(AddressTable, AddressTable.country.in_(meant)) if meant else false())
            if code and (prefix := dialling_code(code)):
                # Someone of whom no country is known lives where their number is dialled.
                homeless = not_(_has(AddressTable, AddressTable.country != ""))
                conditions.append(and_(homeless, _has(PhoneTable, PhoneTable.e164.startswith(prefix))))
        return or_(*conditions)

    def _met(self, part: Filter) -> Condition:
        events: set[int] = set()
        for row in self._connection.execute(select(EventTable.id, EventTable.title)):
            if any(_holds(row.title, inside) for value in part.values if (inside := words(value))):
                events.add(row.id)
        if not events:
            return false()
        there = _has(AttendanceTable, AttendanceTable.event_id.in_(events), AttendanceTable.outcome == "met")
        talked = exists().where(
            InteractionContactTable.contact_id == CONTACT.c.id,
            InteractionTable.id == InteractionContactTable.interaction_id,
            InteractionTable.event_id.in_(events),
        )
        return or_(there, talked)

    def _days_ago(self, days: int | None) -> datetime:
        today = self._clock.local().replace(hour=0, minute=0, second=0)
        return (today - timedelta(days=min(days or 0, 40_000))).astimezone(UTC)

    def _quiet(self, part: Filter) -> Condition:
        return func.coalesce(_last_seen() < self._days_ago(part.days), true())

    def _seen(self, part: Filter) -> Condition:
        return func.coalesce(_last_seen() >= self._days_ago(part.days), false())

    def _added(self, part: Filter) -> Condition:
        return CONTACT.c.created_at >= self._days_ago(part.days)

    def _due(self, part: Filter) -> Condition:
        conditions = []
        for value in part.values:
            if value == "none":
                conditions.append(not_(_open_followup()))
            elif value == "any":
                conditions.append(_open_followup())
            else:
                until = self._clock.today() + timedelta(days=DUE[value] or 0)
                conditions.append(_open_followup(FollowUpTable.due_on <= until))
        return or_(*conditions)

    def _birthday(self, part: Filter) -> Condition:
        days = min(part.days or 0, 365)
        today = self._clock.today()
        coming = [today + timedelta(days=ahead) for ahead in range(days + 1)]
        if days >= 365:
            return _has(DateTable, DateTable.kind == "birthday")
        # MMDD as a number; a span over New Year is two ranges. 29 February counts as the day before 1 March.
        numbers = sorted({day.month * 100 + day.day for day in coming} | _leap_day(coming))
        this = DateTable.month * 100 + DateTable.day
        return _has(DateTable, DateTable.kind == "birthday", this.in_(numbers))

    def _having(self, part: Filter) -> Condition:
        return or_(*(_thing(value) for value in part.values))

    def _lacking(self, part: Filter) -> Condition:
        return or_(*(not_(_thing(value)) for value in part.values))

    def _state(self, part: Filter) -> Condition:
        conditions: list[Condition] = []
        for value in part.values:
            match value:
                case "important":
                    conditions.append(CONTACT.c.matters.is_(True))
                case "muted":
                    conditions.append(func.coalesce(CONTACT.c.quiet_until >= self._clock.today(), false()))
                case _:
                    conditions.append(self._drifting())
        return or_(*conditions)

    def _drifting(self) -> Condition:
        """By the rule the queue and Today go by, which weighs more than SQL can say plainly."""
        ids = drifting_ids(under(self._session), self._clock, self._settings)
        return CONTACT.c.id.in_(select(func.json_each(json.dumps(ids)).table_valued("value").c.value))


def _has(mapped: type[Base], *conditions: ColumnElement[bool]) -> Condition:
    owner = mapped.__table__.c.contact_id
    return CONTACT.c.id.in_(select(owner).where(*conditions))


def _last_seen() -> ColumnElement[datetime]:
    return select(SUMMARY.c.last_interaction_at).where(SUMMARY.c.id == CONTACT.c.id).scalar_subquery()


def _open_followup(*conditions: ColumnElement[bool]) -> Condition:
    return CONTACT.c.id.in_(
        select(FollowUpContactTable.contact_id)
        .join(FollowUpTable, FollowUpTable.id == FollowUpContactTable.followup_id)
        .where(FollowUpTable.state == "open", *conditions)
    )


def _is_country(written: str, value: str, code: str) -> bool:
    """Whether a country as written in an address is the one meant, or, while its name is typed, begins like it."""
    its_code = code_of(written)
    if code:
        return its_code == code or fold(written) == value
    return fold(written).startswith(value) or fold(country_names().get(its_code, "")).startswith(value)


def _leap_day(coming: list[Any]) -> set[int]:
    return {229} if any((day.month, day.day) == (2, 28) for day in coming) else set()


def _holds(text: str, inside: list[str]) -> bool:
    """Whether the words stand in the text one after the other, the last as a beginning."""
    there = words(text)
    for start in range(len(there) - len(inside) + 1):
        run = there[start : start + len(inside)]
        if run[:-1] == inside[:-1] and run[-1].startswith(inside[-1]):
            return True
    return False


def _thing(name: str) -> Condition:
    column_of: Mapping[str, Condition] = {
        "photo": CONTACT.c.photo.is_not(None),
        "tie": CONTACT.c.tie.is_not(None),
        "rhythm": func.coalesce(CONTACT.c.rhythm_days, 0) > 0,
        "organisation": CONTACT.c.organisation != "",
        "title": CONTACT.c.title != "",
        "notes": or_(CONTACT.c.notes != "", CONTACT.c.remember != ""),
        "research": CONTACT.c.research != "",
        "followup": _open_followup(),
        "history": CONTACT.c.id.in_(select(SUMMARY.c.id).where(SUMMARY.c.interactions > 0)),
        "birthday": _has(DateTable, DateTable.kind == "birthday"),
    }
    tables: Mapping[str, type[Base]] = {
        "email": EmailTable,
        "phone": PhoneTable,
        "address": AddressTable,
        "link": LinkTable,
        "tag": TagTable,
        "role": RoleTable,
    }
    return column_of[name] if name in column_of else _has(tables[name])


_BUILDERS: dict[FilterKey, Callable[[Conditions, Filter], Condition]] = {
    FilterKey.ROLE: Conditions._role,
    FilterKey.TIE: Conditions._tie,
    FilterKey.TAG: Conditions._tag,
    FilterKey.ORGANISATION: Conditions._organisation,
    FilterKey.TITLE: Conditions._title,
    FilterKey.FIELD: Conditions._field_of_work,
    FilterKey.CITY: Conditions._city,
    FilterKey.COUNTRY: Conditions._country,
    FilterKey.MET: Conditions._met,
    FilterKey.QUIET: Conditions._quiet,
    FilterKey.SEEN: Conditions._seen,
    FilterKey.ADDED: Conditions._added,
    FilterKey.DUE: Conditions._due,
    FilterKey.BIRTHDAY: Conditions._birthday,
    FilterKey.HAS: Conditions._having,
    FilterKey.NO: Conditions._lacking,
    FilterKey.IS: Conditions._state,
}
