"""The tie in a person's head, working together, offering, and sharing something, by key and by mouse."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from planner.contacts.records import Boundary, Role, Tie
from planner.followups.records import FollowUpKind
from planner.relations.log_book import LogDraft, LogKind
from planner.relations.records import ExchangeKind, MilestoneKind, PersonRef
from tests.ui.contacts.conftest import Shown
from ui.contacts.achievements_out import write_out
from ui.contacts.celebrate_line import CelebrateLine
from ui.contacts.give_take_tab import GiveTakeTab, link_of
from ui.contacts.log_box import LogBox
from ui.contacts.share_panel import SharePanel
from ui.contacts.together_tab import TogetherTab
from ui.widgets.button import LinkButton

LINK = "https://journal.example/platform-teams-that-last"


def tab(shown: Shown, kind: type) -> object:
    (found,) = shown.page.findChildren(kind)
    return found


def menu_words() -> list[str]:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return [action.text() for action in menu.actions() if action.text()]


def choose(words: str) -> None:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(action for action in menu.actions() if action.text().startswith(words))
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_the_tie_says_why_and_is_overruled_in_place(shown: Shown) -> None:
    shown.choose("Patel")
    chip = shown.page.person.head.tie
    assert chip.text() == "Strong tie"
    assert "The history suggests weak" in chip.toolTip()
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Return)
    assert "Weak tie  (suggested)" in menu_words()
    choose("Medium")
    shown.wait()
    assert shown.details("Patel").tie is Tie.MEDIUM
    assert chip.text() == "Medium tie"
    shown.planner.history.undo()
    assert shown.details("Patel").tie is Tie.STRONG


def test_a_tie_nobody_set_is_shown_as_a_guess_or_not_said(shown: Shown) -> None:
    shown.planner.contacts.edit(shown.ids["Patel"], tie=None)
    shown.page.person.reload()
    shown.choose("Patel")
    shown.wait()
    assert shown.page.person.head.tie.text() == "Weak tie?"
    shown.choose("Danso")
    assert shown.page.person.head.tie.text() == "Tie not said"


def test_what_to_mind_stands_in_the_head(shown: Shown) -> None:
    mind = Boundary(topics_off="the merger", hours_from="20:00", hours_to="22:00")
    shown.planner.contacts.edit(shown.ids["Danso"], boundary=mind, time_zone="Asia/Tokyo")
    shown.choose("Danso")
    head = shown.page.person.head
    assert head.mind.isVisible()
    assert "Keep off: the merger" in head.mind.accessibleName()
    assert "17:00 for Kofi now; reach Kofi 20:00–22:00" in head.mind.accessibleName()
    shown.choose("Patel")
    assert not head.mind.isVisible()


def test_an_award_is_noted_with_a_follow_up(shown: Shown) -> None:
    shown.choose("Danso")
    shown.page.person.start_celebrating()
    line = shown.page.person.findChildren(CelebrateLine)[0]
    shown.press(line.words, "Best paper at the energy days", Qt.Key.Key_Return)
    (milestone,) = shown.planner.relation_queries.milestones(shown.ids["Danso"])
    assert (milestone.kind, milestone.text) == (MilestoneKind.AWARD, "Best paper at the energy days")
    (entry,) = shown.planner.followup_queries.queue().entries()
    assert entry.followup.details.title == "Congratulate on the award"
    assert line.opener.isVisible()
    shown.planner.history.undo()
    assert shown.planner.relation_queries.milestones() == ()


def test_an_offer_goes_into_the_queue(shown: Shown) -> None:
    shown.choose("Danso", "give")
    give = tab(shown, GiveTakeTab)
    assert isinstance(give, GiveTakeTab)
    give.direction.set_value("offer")
    give.kind.set_value(ExchangeKind.REVIEW)
    shown.press(give.exchange, "read his proposal", Qt.Key.Key_Return)
    assert give.exchange.text() == ""
    (entry,) = shown.planner.followup_queries.queue().entries()
    assert (entry.followup.details.kind, entry.followup.details.title) == (FollowUpKind.OFFER, "Read his proposal")


def test_an_expectation_is_agreed_anew_and_keeps_its_history(shown: Shown) -> None:
    shown.choose("Patel", "together")
    together = tab(shown, TogetherTab)
    assert isinstance(together, TogetherTab)
    shown.press(together.entry, "A note every Friday", Qt.Key.Key_Return)
    assert together.entry.text() == ""
    (box,) = together.findChildren(LogBox)
    box.start()
    shown.press(box.editor, Qt.Key.Key_End, Qt.Key.Key_Backspace, " by noon", Qt.Key.Key_Return)
    (entry,) = shown.planner.relation_queries.log(shown.ids["Patel"])
    assert entry.text == "A note every Frida by noon"
    assert [text for _, text in entry.before] == ["A note every Friday"]


def test_the_private_log_is_opened_by_hand_and_keeps_its_parts(shown: Shown) -> None:
    shown.choose("Patel", "together")
    together = tab(shown, TogetherTab)
    assert isinstance(together, TogetherTab)
    assert not together.private.isVisible()
    QTest.mouseClick(together.open_private, Qt.MouseButton.LeftButton)
    assert together.private.isVisible()
    shown.press(together.difficult, "He took my slide off", Qt.Key.Key_Return)
    together.difficult_kind.set_value(LogKind.NEXT_STEP)
    together.difficult_kind.chosen.emit(LogKind.NEXT_STEP)
    assert together.step_on.isVisible()
    together.step_on.set_day(shown.planner.clock.today() + timedelta(days=3))
    shown.press(together.difficult, "Ask him for his view", Qt.Key.Key_Return)
    kinds = {entry.kind: entry for entry in shown.planner.relation_queries.log(shown.ids["Patel"])}
    assert set(kinds) == {LogKind.FACT, LogKind.NEXT_STEP}
    assert all(entry.private for entry in kinds.values())
    assert len(shown.planner.followup_queries.queue()) == 1
    shown.choose("Danso", "together")
    assert not together.private.isVisible()
    shown.choose("Patel", "together")
    assert together.private.isVisible()


def test_of_many_entries_the_newest_stand_there_and_the_others_are_a_click_away(shown: Shown) -> None:
    for number in range(45):
        draft = LogDraft(shown.ids["Patel"], LogKind.UPDATE, f"Update {number}")
        shown.planner.one_to_ones.add(draft)
    shown.choose("Patel", "together")
    together = tab(shown, TogetherTab)
    assert isinstance(together, TogetherTab)
    (more,) = [link for link in together.findChildren(LinkButton) if link.text() == "Show 5 older ones"]
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    shown.wait()
    assert len([box for box in together.findChildren(LogBox) if box.isVisible()]) == 45


def test_achievements_are_written_out(shown: Shown, tmp_path: Path) -> None:
    shown.choose("Patel", "together")
    together = tab(shown, TogetherTab)
    assert isinstance(together, TogetherTab)
    together.link.setText("https://x.example/report")
    shown.press(together.achievement, "Costs down by a third", Qt.Key.Key_Return)
    assert together.link.text() == ""
    path = tmp_path / "review.md"
    write_out(together, shown.page.ctx, str(path))
    shown.wait()
    assert "Costs down by a third" in path.read_text(encoding="utf-8")


# --- sharing


def open_panel(shown: Shown) -> SharePanel:
    shown.planner.contacts.edit(shown.ids["Danso"], tags=("platform",), roles=(Role.PEER,))
    panel = SharePanel.open_over(shown.page, shown.page.ctx, LINK)  # type: ignore[arg-type]
    shown.wait()
    return panel


def test_readers_are_ticked_and_it_is_noted_as_given(shown: Shown) -> None:
    panel = open_panel(shown)
    rows = list(panel._rows.values())
    assert {each.reader.name for each in rows} == {"Anjali Patel", "Kofi Danso"}
    assert not panel.note.isEnabled()
    patel = panel._rows[shown.ids["Patel"]]
    QTest.keyClick(patel.tick, Qt.Key.Key_Space)
    assert panel.note.text() == "Note as given to 1"
    shown.press(patel.line, "You asked about this.")
    opened: list[QUrl] = []
    panel.mail.open_url = lambda url: opened.append(url) is None
    QTest.mouseClick(patel.open, Qt.MouseButton.LeftButton)
    assert "You%20asked%20about%20this." in bytes(opened[0].toEncoded().data()).decode()
    QTest.keyClick(patel.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    shown.wait()
    (given,) = shown.planner.relation_queries.exchanges(shown.ids["Patel"])
    assert (given.kind, given.link) == (ExchangeKind.RESOURCE, LINK)
    assert not panel.isVisible()
    shown.planner.history.undo()
    assert shown.planner.relation_queries.exchanges() == ()


def test_only_who_is_ticked_is_noted_in_the_ledger(shown: Shown) -> None:
    panel = open_panel(shown)
    patel, danso = (panel._rows[shown.ids[name]] for name in ("Patel", "Danso"))
    for each in (patel, danso):
        QTest.keyClick(each.tick, Qt.Key.Key_Space)
    QTest.keyClick(danso.tick, Qt.Key.Key_Space)
    assert panel.note.text() == "Note as given to 1"
    QTest.mouseClick(panel.note, Qt.MouseButton.LeftButton)
    shown.wait()
    relations = shown.planner.relation_queries
    assert [each.contact.id for each in relations.exchanges()] == [shown.ids["Patel"]]
    assert not any("Shared" in each.text for each in relations.story(shown.ids["Danso"]))


def test_nothing_is_noted_while_nobody_is_ticked(shown: Shown) -> None:
    panel = open_panel(shown)
    before = shown.planner.history.next_undo()
    patel = panel._rows[shown.ids["Patel"]]
    for _ in range(2):
        QTest.keyClick(patel.tick, Qt.Key.Key_Space)
    assert not panel.note.isEnabled()
    QTest.mouseClick(panel.note, Qt.MouseButton.LeftButton)
    QTest.keyClick(patel.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    shown.wait()
    assert panel.isVisible()
    assert panel._message.isVisible()
    assert shown.planner.relation_queries.exchanges() == ()
    assert shown.planner.history.next_undo() == before


def test_who_was_meant_first_can_be_unticked_and_stays_so(shown: Shown) -> None:
    danso = PersonRef(shown.ids["Danso"], "Kofi Danso")
    panel = SharePanel.open_over(shown.page, shown.page.ctx, LINK, (danso,))  # type: ignore[arg-type]
    shown.wait()
    QTest.keyClick(panel._rows[danso.id].tick, Qt.Key.Key_Space)
    shown.press(panel.subject, "platform")
    panel.look()
    shown.wait()
    assert not panel._rows[danso.id].is_chosen
    shown.press(panel.more.line, "Kofi")
    shown.press(panel.more.line, Qt.Key.Key_Return)
    assert panel._rows[danso.id].is_chosen


def test_who_is_ticked_stays_when_it_turns_out_to_be_about_something_else(shown: Shown) -> None:
    panel = open_panel(shown)
    danso = shown.ids["Danso"]
    QTest.keyClick(panel._rows[danso].tick, Qt.Key.Key_Space)
    panel.pasted.setPlainText("https://a.example/zebra")
    panel.look()
    shown.wait()
    assert panel._rows[danso].is_chosen


def test_ticks_are_for_what_was_shared_alone(shown: Shown) -> None:
    panel = open_panel(shown)
    danso = shown.ids["Danso"]
    QTest.keyClick(panel._rows[danso].tick, Qt.Key.Key_Space)
    QTest.mouseClick(panel.note, Qt.MouseButton.LeftButton)
    shown.wait()
    SharePanel.open_over(shown.page, shown.page.ctx, f"{LINK}/2")  # type: ignore[arg-type]
    shown.wait()
    assert not any(each.is_chosen for each in panel._rows.values())


def test_what_is_ticked_and_written_stays_while_the_subject_is_typed(shown: Shown) -> None:
    panel = open_panel(shown)
    danso = panel._rows[shown.ids["Danso"]]
    danso.tick.setChecked(True)
    danso.line.setText("For you")
    panel.subject.setText("platform")
    panel.look()
    shown.wait()
    again = panel._rows[shown.ids["Danso"]]
    assert (again.is_chosen, again.line_text()) == (True, "For you")
    for _ in range(2):  # the first one empties the line
        QTest.keyClick(panel.subject, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert panel.pasted.toPlainText() == LINK


def test_nobody_fitting_says_what_to_do_and_somebody_can_be_named(shown: Shown) -> None:
    panel = SharePanel.open_over(shown.page, shown.page.ctx, "https://a.example/zebra")  # type: ignore[arg-type]
    shown.wait()
    assert panel._nobody.isVisible()
    shown.press(panel.more.line, "Mara")
    shown.press(panel.more.line, Qt.Key.Key_Return)
    assert [each.reader.name for each in panel._rows.values()] == ["Mara Lindqvist"]
    assert panel._rows[shown.ids["Lindqvist"]].is_chosen


def test_a_link_pasted_on_give_and_take_is_shared_with_that_person_first(shown: Shown) -> None:
    shown.choose("Danso", "give")
    give = tab(shown, GiveTakeTab)
    assert isinstance(give, GiveTakeTab)
    QGuiApplication.clipboard().setText(LINK)
    give.setFocus()
    QTest.keyClick(give, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    shown.wait()
    (panel,) = shown.page.window().findChildren(SharePanel)
    assert panel.isVisible()
    assert panel._rows[shown.ids["Danso"]].is_chosen


@pytest.mark.parametrize(
    ("text", "found"), [(LINK, LINK), (f" {LINK}\n", LINK), ("two words", ""), (f"see {LINK}", ""), ("", "")]
)
def test_only_a_link_is_taken_as_one(text: str, found: str) -> None:
    data = QMimeData()
    data.setText(text)
    assert link_of(data) == found


def test_a_dropped_address_is_a_link() -> None:
    data = QMimeData()
    data.setUrls([QUrl("file:///tmp/x"), QUrl(LINK)])
    assert link_of(data) == LINK
