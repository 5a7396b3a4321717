"""One's own card: what the code says is what a scanner reads, and what our own reader understands."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image

from planner.cards import codes, my_card
from planner.cards.code_contents import understood
from planner.cards.contact_fields import details_of
from planner.cards.my_card import CodeKind, Part
from planner.settings.records import Me

ME = Me(
    name="Zoë van den Berg",
    email="zoe@tessel.example",
    phone="+46 40 123 456",
    organisation="Tessel; Works, AB",
    title="Lead",
    link="https://www.linkedin.com/in/zoe",
)


def scanned(squares: tuple[tuple[bool, ...], ...]) -> str:
    image = Image.new("L", (len(squares), len(squares)), 255)
    image.putdata([0 if dark else 255 for line in squares for dark in line])
    (found,) = codes.scan(image.resize((image.width * 5, image.height * 5), Image.Resampling.NEAREST).convert("RGB"))
    return found.text


@pytest.mark.parametrize("kind", CodeKind)
@pytest.mark.parametrize("parts", [tuple(Part), (Part.EMAIL,), ()])
def test_what_is_shown_is_what_is_scanned(kind: CodeKind, parts: tuple[Part, ...]) -> None:
    text = my_card.code_text(ME, parts, kind)
    assert scanned(my_card.code(text)) == text
    details = details_of(understood(text, "screen"))
    assert details.shown_name == ME.name
    assert [email.address for email in details.emails] == ([ME.email] if Part.EMAIL in parts else [])
    assert details.organisation == (ME.organisation if Part.ORGANISATION in parts else "")


def test_only_what_says_something_is_offered() -> None:
    assert my_card.offered(Me(name="A", email="a@b.example")) == (Part.EMAIL,)


def test_the_printed_card_can_be_scanned() -> None:
    page = pypdfium2.PdfDocument(my_card.pdf(ME, tuple(Part)))[0]
    assert (round(page.get_width() / 72 * 25.4, 1), round(page.get_height() / 72 * 25.4, 1)) == (85.6, 54.0)
    image = page.render(scale=6).to_pil().convert("RGB")
    (found,) = codes.scan(image)
    assert found.text.startswith("BEGIN:VCARD")
    out = io.BytesIO()
    image.save(out, "PNG")
