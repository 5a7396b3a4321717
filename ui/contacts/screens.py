"""The states of the People page that are worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.contacts.records import Sort
from ui.contacts.inviting import invite_along
from ui.contacts.merge_screens import merge_screens
from ui.contacts.new_contact import NewContactDialog
from ui.contacts.share_panel import SharePanel
from ui.links import Link
from ui.screens import Screen, settle

if TYPE_CHECKING:
    from ui.contacts.page import ContactsPage
    from ui.main_window import MainWindow

Arrange = Callable[["MainWindow"], object]


def contact_screens() -> tuple[Screen, ...]:
    """All of them."""
    here = Link("contacts")
    return (
        Screen("people-story", here, _tab("story")),
        Screen("people-prepare", here, _tab("prepare")),
        Screen("people-give-and-take", here, _tab("give")),
        Screen("people-working-together", here, _tab("together")),
        Screen("people-details", here, _tab("details")),
        Screen("people-filters", here, _search("role:mentor quiet:3w colour:red")),
        Screen("people-nobody", here, _search("zzz")),
        Screen("people-several", here, lambda window: _fresh(window).pane.list.selectAll()),
        Screen("people-table", here, _table),
        Screen("people-many", here, _many),
        Screen("people-long-names", here, _long_names),
        Screen("people-new", here, _new),
        Screen("people-share", here, _share),
        Screen("people-difficult", here, _difficult),
        Screen("people-to-celebrate", here, _to_celebrate),
        Screen("people-invite", here, _invite),
        *merge_screens(),
    )


def _fresh(window: MainWindow) -> ContactsPage:
    page: ContactsPage = window.page  # type: ignore[assignment]  # the link has led here
    if page.is_table:
        page.toggle_table()
    page.pane.search.clear()
    page.pane.list.clearSelection()
    page.pane.find()
    return page


def _tab(key: str) -> Arrange:
    def arrange(window: MainWindow) -> None:
        page = _fresh(window)
        assert window.ctx is not None
        ids = window.ctx.planner.contact_queries.find("", Sort.LAST_SEEN, limit=1)
        page.person.choose_tab(key)
        if ids:
            page.show_link(Link("contact", ids[0], key))

    return arrange


def _invite(window: MainWindow) -> None:
    _tab("story")(window)
    settle(window)
    invite_along(_fresh(window))


def _search(text: str) -> Arrange:
    return lambda window: _fresh(window).pane.search.setText(text)


def _table(window: MainWindow) -> None:
    page = _fresh(window)
    page.toggle_table()
    page.table.selectRow(1)


def _many(window: MainWindow) -> None:
    page = _fresh(window)
    ids = list(page.pane.ids)
    page.pane.model.set_ids((ids * (200 // max(1, len(ids)) + 1))[:200])


def _long_names(window: MainWindow) -> None:
    page = _fresh(window)
    data = page.person.data
    if data is None:
        return
    details = replace(
        data.contact.details,
        name="",
        given="Maximiliana Friederike Alexandra",
        family="Freifrau von und zu Hohenstein-Lichtenberg auf Altenburg",
        title="Deputy Director General for Cross-border Infrastructure Planning",
        organisation="Interministerial Commission for the Modernisation of Rural Networks",
        tags=tuple(f"a rather long tag {number}" for number in range(14)),
    )
    page.person.head.show_person(replace(data, contact=replace(data.contact, details=details)))


def _share(window: MainWindow) -> None:
    assert window.ctx is not None
    panel = SharePanel.open_over(window, window.ctx, "https://journal.example/battery-recycling-and-the-grid")
    panel.look()
    settle(window)
    for each in list(panel._rows.values())[:2]:
        each.tick.setChecked(True)
        each.line.setText("You asked about this in June.")


def _difficult(window: MainWindow) -> None:
    page = _fresh(window)
    assert window.ctx is not None
    (one,) = window.ctx.planner.contact_queries.names("Femi Adeyemi", 1) or (None,)
    if one is not None:
        page.show_link(Link("contact", one.id, "together"))


def _to_celebrate(window: MainWindow) -> None:
    page = _fresh(window)
    _tab("story")(window)
    settle(window)
    page.person.start_celebrating()


def _new(window: MainWindow) -> None:
    page = _fresh(window)
    assert window.ctx is not None
    rows = window.ctx.planner.contact_queries.rows(page.pane.ids[:1])
    page.new_contact()
    for dialog in page.findChildren(NewContactDialog):
        if rows:
            dialog.name.setText(rows[0].name)
        dialog.look_now()
