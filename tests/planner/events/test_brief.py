"""The brief: one content, read back from the PDF by pdfium and from the HTML by Python's parser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.app import Planner
from planner.contacts.records import Boundary, ContactDetails, Email, Photo, Role, Tie
from planner.errors import FileUnwritable
from planner.events import brief_fonts, brief_page
from planner.events.brief import (
    BriefDay,
    BriefLine,
    BriefPerson,
    BriefPitch,
    BriefSection,
    BriefSession,
    chosen_sessions,
    compose,
)
from planner.events.brief_html import html_of
from planner.events.brief_pdf import pdf_of
from planner.events.briefs import NotABrief
from planner.events.records import (
    Attendance,
    ChecklistItem,
    Event,
    EventDetails,
    EventFile,
    EventKind,
    EventReadiness,
    Outcome,
    Part,
    Pitch,
    PreparationItem,
    PreparationKind,
    Readiness,
    Session,
    Speaker,
    Wish,
)
from planner.paths import resource
from planner.relations.drafts import PromiseDraft
from planner.relations.records import PromiseSide
from tests.planner.events.briefs import MADE, WARSAW, Page, Read, a_brief, a_person, picture


def test_the_pdf_says_everything_and_names_itself() -> None:
    ingrid = a_person(
        "Ingrid Vale",
        chips=("Must meet", "Weak tie"),
        facts=("introduced by Kofi Danso",),
        careful=("Keep off: the merger",),
        owed=("You promised: the deck",),
        research="Led the move to **sodium** cells.\n\n- [blog](https://norrvolt.example)",
        reach=("ingrid@norrvolt.example",),
        photo=picture(),
    )
    read = Read(pdf_of(a_brief(ingrid, notes="Bring *cards*.")))
    for words in (
        "Cells 2027", "Wed 14 – Sun 18 July 2027 · Kraków", "Find two people who run pilots.",
        "I help plants cut scrap.",
        "34 s of 60 s", "Pack", "09:15–10:00", "Batteries that last", "Ingrid Vale · Hall A", "Must meet", "Weak tie",
        "introduced by Kofi Danso", "Keep off: the merger", "You promised: the deck", "Led the move to sodium cells.",
        "blog", "Ingrid Vale question 1?", "ingrid@norrvolt.example", "Bring cards.", "1 / 1",
    ):  # fmt: skip
        assert words in read.text, words
    assert read.meta["Title"] == "Cells 2027"
    assert read.meta["Author"] == "Robin Moor"
    assert read.meta["CreationDate"].startswith("D:20270710080000")


def test_the_same_brief_is_the_same_file() -> None:
    assert pdf_of(a_brief(a_person("Ingrid Vale"))) == pdf_of(a_brief(a_person("Ingrid Vale")))


def test_bookmarks_lead_to_sections_and_people() -> None:
    people = [a_person(f"Person {number}", 12) for number in range(6)]
    read = Read(pdf_of(a_brief(*people)))
    titles = [(level, title) for level, title, _ in read.bookmarks]
    assert titles == [
        (0, "Cells 2027"),
        (0, "Elevator pitch"),
        (0, "Before you go"),
        (0, "Agenda"),
        (1, "Thu 15 July"),
        (1, "Fri 16 July"),
        (0, "People to meet"),
        *((1, person.name) for person in people),
    ]
    for _, title, page in read.bookmarks[-6:]:
        assert page is not None
        assert f"{title} question 0?" in read.pages[page]


@pytest.mark.parametrize("lines", [1, 3, 10, 25, 33])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_person_who_fits_a_page_is_never_split(lines: int, paper: str) -> None:
    people = [a_person(f"Person {number}", lines + number) for number in range(5)]
    read = Read(pdf_of(a_brief(*people), paper))
    assert len(read.pages) > 1 or lines < 10
    for number, person in enumerate(people):
        first = read.page_of(f"{person.name} question 0?")
        assert read.page_of(f"{person.name} question {lines + number - 1}?") == first
        assert person.name in read.pages[first]
    for number, page in enumerate(read.pages, 1):
        assert f"{number} / {len(read.pages)}" in page


def test_somebody_longer_than_a_page_goes_on_on_the_next_and_nothing_is_lost() -> None:
    read = Read(pdf_of(a_brief(a_person("Ingrid Vale", 120), a_person("Bo Ek"))))
    assert len(read.pages) >= 4
    for number in range(120):
        read.page_of(f"Ingrid Vale question {number}?")
    # A name is never left alone at the foot of a page.
    assert "Ingrid Vale question 0?" in read.pages[read.page_of("CTO, Norrvolt\nQuestions to ask\nIngrid Vale")]


def test_a_heading_in_the_research_is_never_left_alone_at_the_foot_of_a_page() -> None:
    feet = 0
    for lines in range(6):
        before = ["word " * 60] * 16 + ["- line"] * lines
        notes = "\n\n".join([*before, "## Gotland", "- What she led there"])
        read = Read(pdf_of(a_brief(replace(a_person("Ingrid Vale", 60), research=notes))))
        page = read.page_of("Gotland")
        assert "What she led there" in read.pages[page]
        feet += read.pages[page].startswith("Gotland")
    assert feet  # some of them came to the foot


def test_long_words_and_names_stay_on_the_paper() -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff" * 4
    read = Read(
        pdf_of(a_brief(a_person(name, chips=(name, "x" * 400)), title=name, aim=f"https://x.example/{'a' * 400}"))
    )
    assert read.text.replace("\n", "").count("Wolfeschlegelsteinhausenbergerdorff") >= 8
    assert "a" * 400 in read.text.replace("\n", "")


@settings(max_examples=12)
@given(
    st.text(max_size=60),
    st.text(st.characters(codec="utf-8"), max_size=300),
    st.text("#*_`[]()<>!-+0123456789. \n\tab", max_size=120),
)
def test_any_text_makes_a_readable_file(name: str, text: str, research: str) -> None:
    person = BriefPerson(
        name, text, (text,), (text,), (text,), (text,), research, photo=Photo(b"no picture", "image/png")
    )
    brief = a_brief(person, title=name, aim=text, notes=research)
    assert Read(pdf_of(brief)).pages
    assert "<title>" in html_of(brief)


def test_letters_nobody_has_are_boxes_and_those_of_another_font_are_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brief = a_brief(a_person("渡辺 Jun", research="純\nŁódź"))
    monkeypatch.setattr(brief_fonts, "font_folders", lambda: ())
    assert "□□ Jun" in Read(pdf_of(brief)).text
    # A font that stands for a system's: Inter, with some of its letters at the places of those that Inter lacks.
    font = TTFont(resource("fonts", "Inter-Regular.ttf"))
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({ord("渡"): "A", ord("辺"): "B", ord("純"): "C"})
    folder = tmp_path / "cjk"
    folder.mkdir()
    font.save(folder / "NotoSansCJK-Regular.ttf")
    (folder / "DejaVuSans.ttf").write_bytes(b"no font at all")
    monkeypatch.setattr(brief_fonts, "font_folders", lambda: (folder,))
    read = Read(pdf_of(brief))
    assert "渡辺 Jun" in read.text
    assert "純\nŁódź" in read.text


def test_hebrew_is_drawn_from_the_right() -> None:
    assert brief_page._visual("Dana שלום 12") == "Dana 12 םולש"
    assert brief_page._visual("Łukasz (Kraków)") == "Łukasz (Kraków)"


# --- HTML ------------------------------------------------------------------------------------------------------------


def a_session(number: int, *, marked: bool = False, gone: bool = False, speaker: int | None = None) -> Session:
    return Session(number, 1, f"Talk {number}", marked=marked, gone=gone, speakers=(Speaker("x", speaker),))


@pytest.mark.parametrize(
    ("agenda", "chosen"),
    [
        ((), []),
        ((a_session(1), a_session(2, gone=True)), [1]),
        ((a_session(1), a_session(2, marked=True), a_session(3, speaker=7)), [2, 3]),
        ((a_session(1, marked=True, gone=True), a_session(2, speaker=8)), [1]),
    ],
)
def test_which_sessions_are_worth_paper(agenda: tuple[Session, ...], chosen: list[int]) -> None:
    assert [item.id for item in chosen_sessions(agenda, {7})] == chosen


def test_the_content_of_a_brief() -> None:
    starts_at = datetime(2027, 7, 15, 7, 15, tzinfo=UTC)
    talk = Session(1, 1, "Batteries", starts_at, starts_at + timedelta(minutes=45), "Hall A", marked=True)
    items = (
        PreparationItem(1, PreparationKind.QUESTION, "What next?", True, "Plants"),
        PreparationItem(2, PreparationKind.COMMON_GROUND, "rowing"),
    )
    person = Attendance(
        1, 1, 7, "Ingrid Vale", "CTO", "Norrvolt", Wish.MUST, Part.SPEAKER, Outcome.MET, Readiness("ready"),
        roles=(Role.MENTOR,), tags=("energy",), tie=Tie.WEAK, note="keynote", research="*x*", items=items,
        sessions=(talk,),
    )  # fmt: skip
    chance = replace(person, id=2, contact_id=8, name="Bo Ek", wish=Wish.NONE)
    details = EventDetails(
        "Cells", EventKind.CONFERENCE, starts_at, starts_at + timedelta(hours=3), time_zone="Europe/Warsaw"
    )
    file = EventFile(
        Event(1, "u", details, date(2027, 7, 15), date(2027, 7, 15)), WARSAW, (person, chance), (talk,),
        (ChecklistItem(1, "Pack", False), ChecklistItem(2, "Book", True)), Pitch(1, "leaders", "word " * 70, 60, MADE),
        EventReadiness(),
    )  # fmt: skip
    contacts = {7: ContactDetails(emails=(Email("i@x.example"),), boundary=Boundary(topics_off="merger", no_asks=True))}
    brief = compose(
        file, contacts, own=ZoneInfo("America/New_York"), made=MADE, words_a_minute=140, owed={7: ("You promised: x",)}
    )
    assert brief.when == "Thu 15 July 2027, 09:15–12:15 (Europe/Warsaw)"
    assert brief.to_do == ("Pack",)
    assert brief.pitch == BriefPitch(("word " * 70).strip(), "leaders", "30 s of 60 s · 70 words")
    assert brief.days == (BriefDay("Thu 15 July", (BriefSession("09:15–10:00", "Batteries", "Hall A", "", True),)),)
    assert brief.people == (
        BriefPerson(
            "Ingrid Vale",
            "CTO, Norrvolt",
            ("Met", "Must meet", "Speaker", "Mentor", "Weak tie", "energy"),
            ("keynote", "Speaks: Batteries · Thu 15, 09:15 · Hall A"),
            ("Keep off: merger", "Ask for nothing"),
            ("You promised: x",),
            "*x*",
            (
                BriefSection("Common ground", (BriefLine("rowing"),), to_tick=False),
                BriefSection("Questions to ask", (BriefLine("What next?", True, "Plants"),)),
            ),
            ("i@x.example",),
        ),
    )


# --- files -----------------------------------------------------------------------------------------------------------


def test_saving_by_name(
    planner: Planner, tmp_path: Path, conference: Callable[..., int], person: Callable[..., int]
) -> None:
    ingrid = person("Ingrid Vale", research="Led the move.")
    event = conference(ingrid)
    planner.relations.add_promise(PromiseDraft(PromiseSide.MINE, "send the deck", contact_id=ingrid))
    planner.briefs.save(event, tmp_path / "brief.pdf")
    planner.briefs.save(event, tmp_path / "brief.HTML")
    assert "You promised: send the deck" in Read((tmp_path / "brief.pdf").read_bytes()).text
    assert "Led the move." in Page((tmp_path / "brief.HTML").read_text(encoding="utf-8")).text
    with pytest.raises(NotABrief):
        planner.briefs.save(event, tmp_path / "brief.docx")
    with pytest.raises(FileUnwritable):
        planner.briefs.save(event, tmp_path / "nowhere" / "brief.pdf")
    assert sorted(path.name for path in tmp_path.glob("brief*")) == ["brief.HTML", "brief.pdf"]


def test_an_empty_event_has_a_brief(planner: Planner, conference: Callable[..., int]) -> None:
    assert "Cells 2027" in Read(planner.briefs.pdf(conference(), "Letter")).text


@pytest.mark.slow
def test_two_hundred_people_take_some_seconds_at_most() -> None:
    people = [a_person(f"Person {number}", 6, research="Something worth reading. " * 20) for number in range(200)]
    read = Read(pdf_of(a_brief(*people)))
    assert read.bookmarks[-1][1] == "Person 199"
