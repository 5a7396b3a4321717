"""Services that are imported when they are first called."""

from __future__ import annotations

from planner.late import late


class Book:
    def __init__(self, made: list[str]) -> None:
        made.append("book")
        self.page = Page()

    def double(self, number: int, *, plus: int = 0) -> int:
        return number * 2 + plus


class Page:
    def turn(self) -> str:
        return "turned"


class Shelf:
    def __init__(self) -> None:
        self.is_prepared = False
        self.made: list[str] = []

    @late
    def book(self) -> Book:
        """The only one."""
        return Book(self.made)


def test_naming_a_command_makes_nothing_and_calling_it_makes_the_service_once() -> None:
    shelf = Shelf()
    double, turn = shelf.book.double, shelf.book.page.turn
    assert shelf.made == []
    assert (double(4, plus=1), turn(), double(1)) == (9, "turned", 2)
    assert shelf.made == ["book"]
    assert isinstance(shelf.book, Book)


def test_once_its_owner_is_prepared_the_service_itself_is_given() -> None:
    shelf = Shelf()
    shelf.is_prepared = True
    assert isinstance(shelf.book, Book)
    assert shelf.book is shelf.book
    assert shelf.made == ["book"]


def test_it_is_documented_as_a_property_is() -> None:
    assert Shelf.book.__doc__ == "The only one."
