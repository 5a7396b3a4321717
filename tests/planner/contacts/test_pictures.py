"""Pictures are made upright and small, lose their place, and are never trusted."""

from __future__ import annotations

import io

import pytest
from PIL import Image, TiffImagePlugin

from planner.contacts.pictures import SIDE, prepared
from planner.contacts.records import ContactDetails, ParsedContact, Photo
from planner.errors import Invalid
from tests.planner.contacts.conftest import People


def picture(size: tuple[int, int] = (64, 48), kind: str = "JPEG", mode: str = "RGB", **options: object) -> Photo:
    out = io.BytesIO()
    image = Image.new(mode, size, "navy" if mode == "RGB" else None)
    image.save(out, kind, **options)  # type: ignore[arg-type]
    return Photo(out.getvalue(), f"image/{kind.lower()}")


def opened(photo: Photo) -> Image.Image:
    return Image.open(io.BytesIO(photo.data))


def test_a_small_clean_picture_keeps_its_bytes() -> None:
    for kind in ("JPEG", "PNG"):
        photo = picture(kind=kind)
        assert prepared(photo) == photo


def test_a_large_one_is_made_smaller() -> None:
    small = opened(prepared(picture((3000, 1500))))
    assert small.size == (SIDE, SIDE // 2)


def test_it_is_turned_upright_and_loses_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "Camera"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = (
        "N",
        (TiffImagePlugin.IFDRational(52), TiffImagePlugin.IFDRational(31), TiffImagePlugin.IFDRational(0)),
    )
    kept = opened(prepared(picture((64, 48), exif=exif)))
    assert kept.size == (48, 64)
    assert not kept.getexif()


def test_transparency_and_other_formats_become_png_or_jpeg() -> None:
    assert prepared(picture(kind="PNG", mode="RGBA", size=(900, 900))).media_type == "image/png"
    for kind in ("GIF", "WEBP", "BMP", "TIFF"):
        assert prepared(picture(kind=kind)).media_type == "image/jpeg"


@pytest.mark.parametrize("data", [b"", b"no picture", picture().data[:300], picture(kind="PNG").data[:60], b"%PDF-1.4"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        prepared(Photo(data, "image/jpeg"))


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (10_000, 9_000)).save(out, "PNG")
    with pytest.raises(Invalid, match="too large"):
        prepared(Photo(out.getvalue(), "image/png"))


def test_a_photo_is_kept_once_and_undone(people: People) -> None:
    id, other = people.add("Ingrid Vale"), people.add("Tom Ek")
    photo = picture()
    assert people.contacts.set_photo(id, photo).label == "change the photo of Ingrid Vale"
    people.contacts.set_photo(other, photo)
    digest = people.queries.get(id).details.photo
    assert digest is not None
    assert people.queries.get(other).details.photo == digest
    assert people.queries.photo(digest) == photo
    assert people.queries.photo("0" * 64) is None
    assert people.names("has:photo") == ["Tom Ek", "Ingrid Vale"]
    people.history.undo()
    people.history.undo()
    assert people.queries.get(id).details.photo is None
    people.history.redo()
    assert people.queries.get(id).details.photo == digest
    people.contacts.set_photo(id, None)
    assert people.queries.get(id).details.photo is None


def test_a_contact_comes_with_its_photo(people: People) -> None:
    id = people.contacts.add(ContactDetails(name="A"), photo=picture()).new("contact")
    assert people.queries.get(id).details.photo
    _, added = people.contacts.add_many(
        [ParsedContact(ContactDetails(name="B"), photo=Photo(b"junk", "image/jpeg"), source_text="text")]
    )
    assert [one.reason for one in added.failed] == ["Photo: it is no JPEG, PNG, GIF, WebP, BMP or TIFF picture"]
