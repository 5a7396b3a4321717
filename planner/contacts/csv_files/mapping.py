"""Which column of a table fills which field of a contact, in a form that can be kept and changed by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from planner.folding import fold


class Target(StrEnum):
    """What a column holds. `KEEP` stays with the contact as a property of the column's name, `SKIP` is left out."""

    NAME = "name"
    PREFIX = "prefix"
    GIVEN = "given"
    ADDITIONAL = "additional"
    FAMILY = "family"
    SUFFIX = "suffix"
    NICKNAME = "nickname"
    PHONETIC = "phonetic"
    PRONOUNS = "pronouns"
    ORGANISATION = "organisation"
    DEPARTMENT = "department"
    TITLE = "title"
    FIELD = "field"
    LOOKING_FOR = "looking for"
    CAN_OFFER = "can offer"
    TIME_ZONE = "time zone"
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    ADDRESS = "address"
    STREET = "street"
    EXTENDED = "extended"
    CITY = "city"
    REGION = "region"
    POSTCODE = "postcode"
    COUNTRY = "country"
    PO_BOX = "po box"
    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"
    DATE = "date"
    TAGS = "tags"
    NOTES = "notes"
    LABEL = "label"
    KEEP = "keep"
    SKIP = "skip"


ADDRESS_PARTS = frozenset(
    (
        Target.ADDRESS, Target.STREET, Target.EXTENDED, Target.CITY,
        Target.REGION, Target.POSTCODE, Target.COUNTRY, Target.PO_BOX,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """What one column holds. Columns of one `group` belong together: the parts of an address, a value and its label."""

    target: Target
    label: str = ""
    group: str = ""

    def __str__(self) -> str:
        return "|".join((self.target.value, self.label.replace("|", "/"), self.group.replace("|", "/")))

    @staticmethod
    def parse(text: str) -> Column:
        """The column that `str()` gave this text. Raises ValueError on any other text."""
        target, label, group = text.split("|")
        return Column(Target(target), label, group)


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The columns of a table in its order. `day_first` reads 3/7/1980 as the 3rd of July, None as the doubtful."""

    columns: tuple[Column, ...]
    day_first: bool | None = None

    def with_column(self, index: int, column: Column) -> ColumnMapping:
        """The same with one column changed by hand."""
        columns = list(self.columns)
        columns[index] = column
        return ColumnMapping(tuple(columns), self.day_first)

    def as_dict(self) -> dict[str, object]:
        """For keeping it as JSON, under the table's key."""
        return {"columns": [str(column) for column in self.columns], "day_first": self.day_first}

    @staticmethod
    def from_dict(kept: Mapping[str, object]) -> ColumnMapping:
        """The mapping that `as_dict` gave. Raises ValueError where it is something else."""
        columns, day_first = kept.get("columns"), kept.get("day_first")
        if not isinstance(columns, list) or not (day_first is None or isinstance(day_first, bool)):
            raise ValueError("not a mapping of columns")
        return ColumnMapping(tuple(Column.parse(str(column)) for column in columns), day_first)


def key_of(headers: Iterable[str]) -> str:
    """A short key of a table's headers, under which its mapping can be remembered."""
    return hashlib.sha256("\x1f".join(map(fold, headers)).encode()).hexdigest()[:16]
