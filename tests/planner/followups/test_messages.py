"""Message templates: what they can say, and what they can't do."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import FileUnwritable
from planner.followups import builtin, mail
from planner.followups.messages import (
    EventWords,
    Message,
    PersonWords,
    Placeholders,
    TemplateFault,
    placeholder_names,
)
from planner.followups.rendering import check, render
from planner.settings.records import Me

NOW = datetime(2027, 7, 10, 8, 0, tzinfo=UTC)
MARA = Placeholders(
    contact=PersonWords(name="Mara Lindqvist", first="Mara", organisation="Halden & Sons <Labs>"),
    event=EventWords("PyCon DE"),
)


def test_placeholders_are_filled_in_as_plain_text() -> None:
    assert (
        render("t", "Dear {{ contact.first }} of {{ contact.organisation }}", MARA)
        == "Dear Mara of Halden & Sons <Labs>"
    )


def test_a_line_with_only_a_tag_leaves_no_gap() -> None:
    text = "Hello\n{% if event %}\nfrom {{ event.title }}\n{% endif %}\n\n\n\nBye"
    assert render("t", text, MARA) == "Hello\nfrom PyCon DE\n\nBye"
    assert render("t", text, Placeholders()) == "Hello\n\nBye"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n{{ contact.nme }}", 2, "no placeholder “nme”"),
        ("{{ nothing }}", 1, "no placeholder “nothing”"),
        ("\n\n{% if event %}", 3, "Unexpected end of template"),
        ("{{ contact.name", 1, ""),
        ("{% for x in names %}{% endfor %}", 1, "loops"),
        ("{{ range(9) }}", 1, "functions"),
        ("{{ contact.name.upper() }}", 1, "functions"),
        ("{{ contact.__class__ }}", 1, ""),
        ("{{ ''.__class__.__mro__ }}", 1, ""),
        ("{% set x = 1 %}", 1, "set"),
        ("{{ 'x' * 9999999999 }}", 1, "not possible"),
        ("{{ 9**9**9 }}", 1, "not possible"),
        ("{{ '%99999999d' % 1 }}", 1, "not possible"),
        ("{% include 'x' %}", 1, "not possible"),
        ("{% import 'os' as os %}", 1, "not possible"),
        ("{{ names|join('x') }}", 1, "join"),
        ("{{ names|truncate('x') }}", 1, ""),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", 1, ""),
        ("{% if event %}" * 300 + "{% endif %}" * 300, 1, ""),
        ("x" * 20_001, 1, "longer than"),
    ],
)
def test_what_does_not_work_says_where_and_why(text: str, line: int, words: str) -> None:
    with pytest.raises(TemplateFault) as told:
        render("Mine", text, MARA)
    assert told.value.line == line
    assert words in told.value.reason
    assert "“Mine”" in str(told.value)


def test_no_message_gets_longer_than_a_bound() -> None:
    long = Placeholders(reason="x" * 60_000)
    with pytest.raises(TemplateFault, match="too long"):
        render("t", "{{ reason }}{{ reason }}", long)


@given(st.text(max_size=200))
def test_any_text_renders_or_is_refused(text: str) -> None:
    try:
        render("t", text, MARA)
    except TemplateFault as told:
        assert told.line >= 1  # noqa: PT017 -- most texts render


@given(st.text(alphabet="{}%# |.abcdeiflnorst'\"\n", max_size=60))
def test_anything_that_looks_like_a_template_renders_or_is_refused(text: str) -> None:
    try:
        render("t", text, MARA)
    except TemplateFault as told:
        assert told.line >= 1  # noqa: PT017 -- most texts render


@pytest.mark.parametrize("key", list(builtin.templates()))
def test_those_that_come_along_work_with_everything_and_with_nothing(key: str) -> None:
    template = builtin.templates()[key]
    check(template.name, template.subject)
    check(template.name, template.body)
    bare = render(template.name, template.body, Placeholders(contact=PersonWords("Mara", "Mara")))
    assert "None" not in bare
    assert "\n\n\n" not in bare
    assert "  " not in bare
    assert not any(line.startswith((".", ",")) for line in bare.splitlines())


def test_plans_that_come_along_name_messages_that_do() -> None:
    for plan in builtin.plans().values():
        assert {step.template for step in plan.steps} - {""} <= set(builtin.templates())


def test_the_list_of_placeholders_is_the_one_templates_know() -> None:
    names = placeholder_names()
    assert {"contact.first", "event.title", "promise.text", "sender.name", "reason"} <= set(names)
    check("all", " ".join(f"{{{{ {name} }}}}" for name in names))


# --- mail

HARD = Message("Grüße & “mehr”: 100%?", "Dear Åsa,\nüber 50% = half & more?\n\nBye", "åsa+x@ek.example", "Åsa “O” Ek")


def test_a_link_carries_the_message_whole() -> None:
    link = mail.mailto(HARD)
    parts = urlsplit(link)
    assert parts.scheme == "mailto"
    assert unquote(parts.path) == HARD.to
    fields = parse_qs(parts.query, strict_parsing=True)
    assert fields["subject"] == [HARD.subject]
    assert fields["body"] == [HARD.body.replace("\n", "\r\n")]
    assert " " not in link
    assert "+" not in parts.query


def test_a_link_can_go_to_two_and_be_empty() -> None:
    assert mail.mailto(Message("", "")) == "mailto:"
    both = mail.mailto(Message("", "", "a@b.example", "A", (("C", "c@d.example"),)))
    assert both == "mailto:a@b.example?cc=c@d.example"


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_breaks_out_of_a_link(subject: str, body: str) -> None:
    link = mail.mailto(Message(subject, body, "a@b.example"))
    assert link.isascii()
    assert link.count("?") <= 1
    assert link.count("&") <= 1


def test_a_file_reads_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / mail.file_name(HARD)
    mail.save_eml(
        Message(HARD.subject, HARD.body, "asa@ek.example", HARD.to_name), Me("Ada Ek", "ada@ek.example"), NOW, path
    )
    read = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert read["Subject"] == HARD.subject
    assert read["From"] == "Ada Ek <ada@ek.example>"
    assert read["To"].addresses[0].display_name == HARD.to_name
    assert read["X-Unsent"] == "1"
    assert read["Date"].datetime == NOW
    assert read.get_content().replace("\r\n", "\n") == HARD.body + "\n"
    assert path.read_bytes().isascii()
    assert list(tmp_path.iterdir()) == [path]


@given(st.text(max_size=60), st.text(max_size=200), st.text(max_size=40), st.text(max_size=40))
def test_any_text_makes_a_file_without_foreign_headers(subject: str, body: str, to: str, name: str) -> None:
    written = mail.eml(Message(subject, body, to, name), Me(name, to), NOW)
    read = email.message_from_bytes(written, policy=email.policy.default)
    assert set(read.keys()) <= {
        "From", "To", "Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
    }  # fmt: skip


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable):
        mail.save_eml(HARD, Me(), NOW, tmp_path / "missing" / "x.eml")
