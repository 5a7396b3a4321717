"""From an understood search to conditions in SQL over the table `contact`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC, timedelta
from typing import Any, NamedTuple

from planner.clock import Clock
from planner.contacts.countries import code_of, dialling_code
from planner.contacts.countries import names as country_names
from planner.contacts.search import DUE, Filter, FilterKey, Query, Term
from planner.folding import fold, words
from planner.followups.relationships import drifting_ids
from planner.settings.records import Settings
from planner.store.values import utc_text


class Condition(NamedTuple):
    """SQL over the table `contact`, and the values for its question marks. What was typed in is always a value."""

    sql: str
    values: tuple[Any, ...] = ()


_NOBODY = Condition("0")


def found_by(expression: str) -> Condition:
    """That the index finds a contact by an FTS5 expression."""
    return Condition("contact.id IN (SELECT rowid FROM contact_search WHERE contact_search MATCH ?)", (expression,))


def all_of(conditions: Iterable[Condition]) -> Condition:
    """That each of some conditions is met."""
    return _joined(" AND ", conditions, "1")


def match_expression(terms: Iterable[Term], column: str = "") -> str:
    """The FTS5 expression for the terms that must be found and those that must not; "" if none must be found.

    With a column the former must be found in that one.
    """
    wanted = [_phrase(term) for term in terms if not term.negated]
    unwanted = [_phrase(term) for term in terms if term.negated]
    if not wanted:
        return ""
    expression = " AND ".join(wanted)
    if column:
        expression = f"{column} : ({expression})"
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression


def _phrase(term: Term) -> str:
    # Words hold letters and digits alone, so nothing in them has a meaning to FTS5.
    return f'"{" ".join(term.words)}"' + ("" if term.exact else "*")


class Conditions:
    """Builds conditions for one moment, on one snapshot."""

    def __init__(self, rows: sqlite3.Connection, clock: Clock, settings: Settings) -> None:
        self._rows = rows
        self._clock = clock
        self._settings = settings

    def of(self, query: Query) -> list[Condition]:
        """The filters of a query, and its negated words where no other word is asked for; its words are left out."""
        conditions = []
        for part in query.filters:
            condition = self._filter(part)
            conditions.append(_not(condition) if part.negated else condition)
        if query.terms and not match_expression(query.terms):
            unwanted = " OR ".join(_phrase(term) for term in query.terms)
            conditions.append(_not(found_by(unwanted)))
        return conditions

    def _filter(self, part: Filter) -> Condition:
        return _BUILDERS[part.key](self, part)

    def _texts(self, statement: str, *values: object) -> list[str]:
        return [text for (text,) in self._rows.execute(statement, values)]

    def _role(self, part: Filter) -> Condition:
        return _has("contact_role", _among("role", part.values))

    def _tie(self, part: Filter) -> Condition:
        return _among("contact.tie", part.values)

    def _tag(self, part: Filter) -> Condition:
        worn = {tag: fold(tag) for tag in self._texts("SELECT DISTINCT tag FROM contact_tag")}
        meant: set[str] = set()
        for value in part.values:
            same = {tag for tag, folded in worn.items() if folded == value}
            # While a tag is being typed, its beginning will do.
            meant |= same or {tag for tag, folded in worn.items() if folded.startswith(value)}
        return _has("contact_tag", _among("tag", meant)) if meant else _NOBODY

    def _organisation(self, part: Filter) -> Condition:
        return self._one_of_texts("organisation", part.values)

    def _title(self, part: Filter) -> Condition:
        return self._one_of_texts("title", part.values)

    def _field_of_work(self, part: Filter) -> Condition:
        return self._one_of_texts("field", part.values)

    def _looking_for(self, part: Filter) -> Condition:
        return self._one_of_texts("looking_for", part.values, indexed="rest")

    def _can_offer(self, part: Filter) -> Condition:
        return self._one_of_texts("can_offer", part.values, indexed="rest")

    def _one_of_texts(self, column: str, values: tuple[str, ...], indexed: str = "work") -> Condition:
        """That a column holds the words of a value; the index says where to look, folding says whether it is so."""
        meant: set[str] = set()
        for value in values:
            if not (inside := words(value)):
                continue
            candidates = found_by(f'{indexed} : "{" ".join(inside)}"*')
            texts = self._texts(f"SELECT DISTINCT {column} FROM contact WHERE {candidates.sql}", *candidates.values)
            meant |= {text for text in texts if _holds(text, inside)}
        return _among(f"contact.{column}", meant) if meant else _NOBODY

    def _city(self, part: Filter) -> Condition:
        meant: set[str] = set()
        for value in part.values:
            inside = words(value)
            cities = self._texts("SELECT DISTINCT city FROM contact_address")
            meant |= {city for city in cities if inside and _holds(city, inside)}
        return _has("contact_address", _among("city", meant)) if meant else _NOBODY

    def _country(self, part: Filter) -> Condition:
        written = self._texts("SELECT DISTINCT country FROM contact_address")
        conditions: list[Condition] = []
        for value in part.values:
            code = code_of(value)
            meant = [text for text in written if text and _is_country(text, value, code)]
            conditions.append(_has("contact_address", _among("country", meant)) if meant else _NOBODY)
            if code and (prefix := dialling_code(code)):
                # Someone of whom no country is known lives where their number is dialled.
                homeless = _not(_has("contact_address", Condition("country != ''")))
                dialled = _has("contact_phone", Condition("substr(e164, 1, ?) = ?", (len(prefix), prefix)))
                conditions.append(all_of((homeless, dialled)))
        return _any(conditions)

    def _met(self, part: Filter) -> Condition:
        events: list[int] = []
        for id, title in self._rows.execute("SELECT id, title FROM event"):
            if any(_holds(title, inside) for value in part.values if (inside := words(value))):
                events.append(id)
        if not events:
            return _NOBODY
        at = _among("event_id", events)
        there = _has("attendance", all_of((at, Condition("outcome = 'met'"))))
        talked = Condition(
            "EXISTS (SELECT 1 FROM interaction_contact JOIN interaction ON interaction.id = interaction_id "
            f"WHERE interaction_contact.contact_id = contact.id AND {at.sql})",
            at.values,
        )
        return _any((there, talked))

    def _days_ago(self, days: int | None) -> str:
        today = self._clock.local().replace(hour=0, minute=0, second=0)
        return utc_text((today - timedelta(days=min(days or 0, 40_000))).astimezone(UTC))

    def _quiet(self, part: Filter) -> Condition:
        return Condition(f"coalesce(({_LAST_SEEN}) < ?, 1)", (self._days_ago(part.days),))

    def _seen(self, part: Filter) -> Condition:
        return Condition(f"coalesce(({_LAST_SEEN}) >= ?, 0)", (self._days_ago(part.days),))

    def _added(self, part: Filter) -> Condition:
        return Condition("contact.created_at >= ?", (self._days_ago(part.days),))

    def _due(self, part: Filter) -> Condition:
        conditions = []
        for value in part.values:
            if value == "none":
                conditions.append(_not(_OPEN_FOLLOWUP))
            elif value == "any":
                conditions.append(_OPEN_FOLLOWUP)
            else:
                until = self._clock.today() + timedelta(days=DUE[value] or 0)
                conditions.append(_open_followup("AND due_on <= ?", until.isoformat()))
        return _any(conditions)

    def _birthday(self, part: Filter) -> Condition:
        days = min(part.days or 0, 365)
        today = self._clock.today()
        if days >= 365:
            return _BIRTHDAY
        coming = [today + timedelta(days=ahead) for ahead in range(days + 1)]
        # MMDD as a number; a span over New Year is two ranges. 29 February counts as the day before 1 March.
        numbers = sorted({day.month * 100 + day.day for day in coming} | _leap_day(coming))
        return _has("contact_date", all_of((Condition("kind = 'birthday'"), _among("month * 100 + day", numbers))))

    def _having(self, part: Filter) -> Condition:
        return _any(_THINGS[value] for value in part.values)

    def _lacking(self, part: Filter) -> Condition:
        return _any(_not(_THINGS[value]) for value in part.values)

    def _state(self, part: Filter) -> Condition:
        conditions: list[Condition] = []
        for value in part.values:
            match value:
                case "important":
                    conditions.append(Condition("contact.matters = 1"))
                case "muted":
                    today = self._clock.today().isoformat()
                    conditions.append(Condition("coalesce(contact.quiet_until >= ?, 0)", (today,)))
                case _:
                    conditions.append(self._drifting())
        return _any(conditions)

    def _drifting(self) -> Condition:
        """By the rule the queue and Today go by, which weighs more than SQL can say plainly."""
        return _among("contact.id", drifting_ids(self._rows, self._clock, self._settings))


def _not(condition: Condition) -> Condition:
    """That a condition is not met; where it is neither, it is not."""
    return Condition(f"NOT coalesce({condition.sql}, 0)", condition.values)


def _any(conditions: Iterable[Condition]) -> Condition:
    return _joined(" OR ", conditions, "0")


def _joined(word: str, conditions: Iterable[Condition], none: str) -> Condition:
    parts = list(conditions)
    values = tuple(value for part in parts for value in part.values)
    return Condition(f"({word.join(part.sql for part in parts) or none})", values)


def _among(expression: str, values: Iterable[object]) -> Condition:
    """That an expression is one of some values, of which there may be very many."""
    return Condition(f"{expression} IN (SELECT value FROM json_each(?))", (json.dumps(list(values)),))


def _has(table: str, condition: Condition = Condition("1")) -> Condition:  # noqa: B008  it is a constant
    """That a contact has such a row in a table."""
    return Condition(f"contact.id IN (SELECT contact_id FROM {table} WHERE {condition.sql})", condition.values)


_LAST_SEEN = "SELECT last_interaction_at FROM contact_summary WHERE contact_summary.id = contact.id"


def _open_followup(more: str = "", *values: object) -> Condition:
    return Condition(
        "contact.id IN (SELECT contact_id FROM followup_contact JOIN followup ON followup.id = followup_id "
        f"WHERE followup.state = 'open' {more})",
        values,
    )


_OPEN_FOLLOWUP = _open_followup()
_BIRTHDAY = _has("contact_date", Condition("kind = 'birthday'"))


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


#: What `has:` and `no:` ask for.
_THINGS = {
    "photo": Condition("contact.photo IS NOT NULL"),
    "tie": Condition("contact.tie IS NOT NULL"),
    "rhythm": Condition("coalesce(contact.rhythm_days, 0) > 0"),
    "organisation": Condition("contact.organisation != ''"),
    "title": Condition("contact.title != ''"),
    "notes": Condition("(contact.notes != '' OR contact.remember != '')"),
    "research": Condition("contact.research != ''"),
    "needs": Condition("contact.looking_for != ''"),
    "offers": Condition("contact.can_offer != ''"),
    "followup": _OPEN_FOLLOWUP,
    "history": Condition("contact.id IN (SELECT id FROM contact_summary WHERE interactions > 0)"),
    "birthday": _BIRTHDAY,
    "email": _has("contact_email"),
    "phone": _has("contact_phone"),
    "address": _has("contact_address"),
    "link": _has("contact_link"),
    "tag": _has("contact_tag"),
    "role": _has("contact_role"),
}

_BUILDERS: dict[FilterKey, Callable[[Conditions, Filter], Condition]] = {
    FilterKey.ROLE: Conditions._role,
    FilterKey.TIE: Conditions._tie,
    FilterKey.TAG: Conditions._tag,
    FilterKey.ORGANISATION: Conditions._organisation,
    FilterKey.TITLE: Conditions._title,
    FilterKey.FIELD: Conditions._field_of_work,
    FilterKey.LOOKING_FOR: Conditions._looking_for,
    FilterKey.CAN_OFFER: Conditions._can_offer,
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
