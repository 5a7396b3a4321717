"""One person's page: logging, preparing, promises, and every field edited in place."""

from __future__ import annotations

import io
from datetime import timedelta

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from planner.contacts.records import Email, Photo, Role
from planner.relations.drafts import PromiseDraft
from planner.relations.records import InteractionKind, PromiseSide, PromiseState
from tests.ui.conftest import Seen
from tests.ui.contacts.conftest import Shown
from ui.contacts.details_tab import DetailsTab
from ui.contacts.give_take_tab import GiveTakeTab
from ui.contacts.interaction_dialog import InteractionDialog
from ui.contacts.new_contact import NewContactDialog
from ui.contacts.prepare_tab import PrepareTab
from ui.contacts.story_tab import StoryTab
from ui.contacts.value_rows import LabelledRow
from ui.contacts.words import person_chips, subline
from ui.links import Link

CONTROL = Qt.KeyboardModifier.ControlModifier


def tab(shown: Shown, kind: type) -> object:
    found = shown.page.person.stack.currentWidget()
    assert isinstance(found, kind)
    return found


def test_the_head_says_who_it_is(shown: Shown) -> None:
    shown.choose("Patel")
    data = shown.page.person.data
    assert data is not None
    assert (
        subline(data.contact, shown.planner.clock) == "Director of Engineering, Northlight · Porto · local time 09:00"
    )
    chips = [text for text, _ in person_chips(data.contact, data.row, shown.planner.clock.today())]
    assert chips == ["Mentor", "every 4 weeks", "platform"]
    assert shown.page.person.head.tie.text() == "Strong tie"


def test_logging_in_words(shown: Shown, seen: Seen) -> None:
    shown.choose("Patel")
    story = tab(shown, StoryTab)
    shown.press(story.entry, "call yesterday about the budget, promised to send the deck by Friday")
    QTest.qWait(150)
    shown.wait()
    assert story._understood.isVisible()
    shown.press(story.entry, Qt.Key.Key_Return)
    assert story.entry.text() == ""
    newest = shown.planner.relation_queries.story(shown.ids["Patel"])[0]
    assert newest.headline.startswith("Call")
    assert [one.text for one in shown.planner.relation_queries.promises(shown.ids["Patel"])] == ["send the deck"]
    assert seen.toasts[-1].startswith("Logged")


def test_words_that_say_nothing_stay(shown: Shown) -> None:
    shown.choose("Patel")
    story = tab(shown, StoryTab)
    story.entry.setText("   ")
    shown.press(story.entry, Qt.Key.Key_Return)
    assert story.entry.text() == "   "
    assert len(shown.planner.relation_queries.story(shown.ids["Patel"])) == 1


def test_editing_an_entry(shown: Shown) -> None:
    shown.choose("Patel")
    entry = shown.planner.relation_queries.story(shown.ids["Patel"])[0]
    shown.page.person.edit_asked.emit(entry.id)
    shown.wait()
    (dialog,) = shown.page.findChildren(InteractionDialog)
    dialog.kind.set_value(InteractionKind.VIDEO)
    dialog.text.setPlainText("On video")
    dialog.day.set_day(shown.planner.clock.today() - timedelta(days=2))
    shown.save(dialog)
    changed = shown.planner.relation_queries.interaction(entry.id)
    assert (changed.kind, changed.text, changed.minutes) == (InteractionKind.VIDEO, "On video", 25)


def test_remember_saves_itself(shown: Shown) -> None:
    shown.choose("Patel")
    story = tab(shown, StoryTab)
    story.aside.remember.setPlainText("Three kids")
    story.aside.remember.flush()
    shown.wait()
    assert shown.details("Patel").remember == "Three kids"


def test_research_saves_itself_even_when_one_leaves_at_once(shown: Shown) -> None:
    shown.choose("Patel", "prepare")
    prepare = tab(shown, PrepareTab)
    prepare.research.edit()
    prepare.research.editor.setPlainText("# Talks")
    shown.choose("Danso", "prepare")
    assert shown.details("Patel").research == "# Talks"
    assert shown.details("Danso").research == ""
    assert prepare.research.text() == ""


def test_a_promise_waits_until_its_day_is_understood(shown: Shown) -> None:
    shown.choose("Patel", "give")
    give = tab(shown, GiveTakeTab)
    shown.press(give.due, "when pigs fly")
    shown.press(give.promise, "Send the checklist", Qt.Key.Key_Return)
    assert (give.promise.text(), give.due.text()) == ("Send the checklist", "when pigs fly")
    assert give.due.hasFocus()
    give.due.selectAll()
    shown.press(give.due, "in 3 weeks", Qt.Key.Key_Return)
    (promise,) = shown.planner.relation_queries.promises(shown.ids["Patel"], side=PromiseSide.MINE)
    assert promise.text == "Send the checklist"
    assert promise.due_on == shown.planner.clock.today() + timedelta(weeks=3)


def test_promises_both_ways(shown: Shown, seen: Seen) -> None:
    id = shown.ids["Patel"]
    shown.planner.relations.add_promise(PromiseDraft(PromiseSide.THEIRS, "Introduce me", None, id))
    shown.choose("Patel", "give")
    give = tab(shown, GiveTakeTab)
    shown.press(give.promise, "Send the checklist", Qt.Key.Key_Return)
    assert give.promise.text() == ""
    promises = shown.planner.relation_queries.promises(id, side=PromiseSide.MINE)
    assert [one.text for one in promises] == ["Send the checklist"]
    kept = [button for button in give.findChildren(QPushButton) if button.text() == "Kept" and button.isVisible()]
    assert len(kept) == 2
    QTest.mouseClick(kept[0], Qt.MouseButton.LeftButton)
    shown.wait()
    assert shown.planner.relation_queries.promise(promises[0].id).state is PromiseState.KEPT
    assert seen.toasts == ["Promise kept"]
    shown.press(give.exchange, "Paper on on-call load", Qt.Key.Key_Return)
    assert shown.planner.relation_queries.give_and_take(contact_id=id).given == 1


def test_a_field_saves_itself_when_left(shown: Shown) -> None:
    shown.choose("Danso", "details")
    details = tab(shown, DetailsTab)
    shown.press(details._lines["title"], "Analyst", Qt.Key.Key_Tab)
    assert shown.details("Danso").title == "Analyst"
    shown.press(details._lines["given"], Qt.Key.Key_End, " A.", Qt.Key.Key_Return)
    assert shown.details("Danso").given == "Kofi A."
    assert "Kofi A. Danso" in shown.names()


def test_changing_back_at_once_is_saved_as_well(shown: Shown) -> None:
    shown.choose("Danso", "details")
    details = tab(shown, DetailsTab)
    details._save("title", "One")
    details._save("title", "")
    shown.wait()
    assert shown.details("Danso").title == ""


def test_emails_are_added_changed_and_removed(shown: Shown) -> None:
    shown.choose("Patel", "details")
    details = tab(shown, DetailsTab)
    rows = details._several["emails"]
    QTest.mouseClick(rows.add_button, Qt.MouseButton.LeftButton)
    row = rows.rows[-1]
    assert isinstance(row, LabelledRow)
    assert row.text.hasFocus()
    shown.press(row.text, "not an address", Qt.Key.Key_Return)
    assert row.text.property("state") == "wrong"
    assert [one.address for one in shown.details("Patel").emails] == ["anjali@northlight.example"]
    row.text.selectAll()
    shown.press(row.text, "home@patel.example", Qt.Key.Key_Return)
    shown.press(row.label, "home", Qt.Key.Key_Return)
    row._prefer()
    shown.wait()
    assert shown.details("Patel").emails == (
        Email("anjali@northlight.example", "work"),
        Email("home@patel.example", "home", preferred=True),
    )
    rows.rows[0].removed.emit()
    shown.wait()
    assert shown.details("Patel").emails == (Email("home@patel.example", "home", preferred=True),)


def test_addresses_and_dates(shown: Shown) -> None:
    shown.choose("Danso", "details")
    details = tab(shown, DetailsTab)
    row = details._several["addresses"].add_row()
    shown.press(row.fields["city"], "Accra", Qt.Key.Key_Return)
    assert shown.details("Danso").addresses[0].city == "Accra"
    date = details._several["dates"].add_row()
    shown.press(date.text, "sometime", Qt.Key.Key_Return)
    assert date.text.property("state") == "wrong"
    date.text.selectAll()
    shown.press(date.text, "14 July", Qt.Key.Key_Return)
    stored = shown.details("Danso").dates[0]
    assert (stored.year, stored.month, stored.day) == (None, 7, 14)


def test_roles_tags_tie_rhythm_and_boundaries(shown: Shown, seen: Seen) -> None:
    shown.choose("Danso", "details")
    details = tab(shown, DetailsTab)
    details.roles.added.emit("peer")
    details.roles.added.emit("wizard")
    details.tags.added.emit("energy")
    details.tie.chosen.emit(details.tie._values[1])
    details.rhythm.chosen.emit(14)
    details.important.chosen.emit(True)
    details.boundary.no_asks.chosen.emit(True)
    details.boundary.topics_off.setText("politics")
    details.boundary.topics_off.flush()
    shown.wait()
    kept = shown.details("Danso")
    assert (kept.roles, kept.tags, kept.rhythm_days, kept.matters) == ((Role.PEER,), ("energy",), 14, True)
    assert kept.tie is not None
    assert (kept.boundary.no_asks, kept.boundary.topics_off) == (True, "politics")
    assert "“wizard” is no role. Use a tag for it." in seen.toasts


def test_a_value_that_cannot_be_kept_is_marked_and_explained(shown: Shown, seen: Seen) -> None:
    shown.choose("Danso", "details")
    details = tab(shown, DetailsTab)
    shown.press(details._lines["time_zone"], "Mars", Qt.Key.Key_Return)
    assert details._lines["time_zone"].property("state") == "wrong"
    assert shown.details("Danso").time_zone == ""
    assert "Not saved" in seen.toasts[-1]


def test_moving_on_keeps_what_was_typed(shown: Shown) -> None:
    shown.choose("Danso", "details")
    details = tab(shown, DetailsTab)
    details._lines["title"].setFocus()
    QTest.keyClicks(details._lines["title"], "Half typed")
    shown.choose("Patel", "details")
    assert shown.details("Danso").title == "Half typed"
    assert details._lines["title"].text() == "Director of Engineering"


def test_new_contact_warns_of_a_double(shown: Shown, seen: Seen) -> None:
    shown.page.new_contact()
    (dialog,) = shown.page.findChildren(NewContactDialog)
    shown.press(dialog.name, "Anjali Patel")
    QTest.qWait(150)
    shown.wait()
    assert dialog.warnings == ["Anjali Patel"]
    dialog.name.clear()
    shown.press(dialog.name, "Ingrid Vale")
    shown.press(dialog.email, "no address")
    shown.save(dialog)
    assert dialog.isVisible()
    assert dialog.email.property("state") == "wrong"
    dialog.email.setText("ingrid@vale.example")
    shown.press(dialog.tags, "energy, lisbon")
    shown.save(dialog)
    assert seen.toasts == ["Added Ingrid Vale"]
    assert shown.planner.contact_queries.find("tag:energy tag:lisbon ingrid@vale.example")
    QTest.qWait(130)
    shown.wait()
    assert shown.page.person.data is not None
    assert shown.page.person.data.contact.details.family == "Vale"


def test_the_picture_comes_from_the_clipboard(shown: Shown, seen: Seen) -> None:
    shown.choose("Danso")
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    from PySide6.QtGui import QGuiApplication

    QGuiApplication.clipboard().setImage(image)
    shown.page.person._photo_menu.paste(shown.ids["Danso"])
    shown.wait()
    assert shown.details("Danso").photo
    assert seen.toasts == ["Picture changed"]
    assert shown.page.person.data is not None
    assert shown.page.person.data.photo


def test_a_picture_file(shown: Shown, tmp_path: object) -> None:
    out = io.BytesIO()
    Image.new("RGB", (30, 30)).save(out, "PNG")
    shown.planner.contacts.set_photo(shown.ids["Danso"], Photo(out.getvalue(), "image/png"))
    shown.choose("Danso")
    shown.page.pane.list.grab()


def test_links_start_what_they_name(shown: Shown) -> None:
    shown.page.show_link(Link("contacts", part="new"))
    assert len(shown.page.findChildren(NewContactDialog)) == 1
    shown.page.show_link(Link("contact", shown.ids["Okafor"], "details"))
    QTest.qWait(130)
    shown.wait()
    assert shown.page.person.person_id == shown.ids["Okafor"]
    assert shown.page.person.tabs.key == "details"


def test_someone_deleted_elsewhere_leaves_the_page(shown: Shown) -> None:
    shown.choose("Danso")
    shown.page.ctx.tasks.command(shown.planner.contacts.delete, [shown.ids["Danso"]])
    shown.wait()
    QTest.qWait(130)
    shown.wait()
    assert shown.page.person.person_id != shown.ids["Danso"]


def test_actions_have_words_and_keys(shown: Shown) -> None:
    actions = {action.id: action for action in shown.page.page_actions()}
    assert actions["log-person"].shortcut == "Ctrl+L"
    actions["log-person"].run()
    shown.wait()
    story = tab(shown, StoryTab)
    assert story.entry.hasFocus()
    actions["next-tab"].run()
    assert shown.page.person.tabs.key == "prepare"
    actions["find-people"].run()
    assert shown.page.pane.search.hasFocus()
