"""Pictures of people: made upright and small, and freed of where they were taken, before they are kept."""

from __future__ import annotations

import hashlib
import io
import warnings
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.contacts.records import Photo
from planner.errors import Invalid
from planner.store.tables import BlobTable

if TYPE_CHECKING:
    from PIL.Image import Image

#: The longest side of a kept picture, in pixels, and the most bytes one that fits is kept with untouched.
SIDE, BYTES = 512, 400_000

#: No more pixels than this are unpacked: a file of a few kilobytes can claim to be a picture of gigabytes.
PIXELS = 80_000_000

_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
_KEPT_AS_IS = {"JPEG": "image/jpeg", "PNG": "image/png"}


def prepared(photo: Photo) -> Photo:
    """The picture as it is kept: upright, at most 512 pixels a side, JPEG or PNG, without place, camera or thumbnail.

    One that is so already keeps its very bytes. Raises Invalid for what is no picture or an absurdly large one.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata, none of which is kept
        try:
            with Image.open(io.BytesIO(photo.data), formats=_FORMATS) as image:
                if image.width * image.height > PIXELS:
                    raise Invalid("Photo", f"it is too large, {image.width} × {image.height} pixels")
                if _fits(image, photo.data):
                    image.load()  # a damaged one is refused here, not when it is first shown
                    return Photo(photo.data, _KEPT_AS_IS[str(image.format)])
                image.draft("RGB", (SIDE * 2, SIDE * 2))
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
                return _written(upright)
        except UnidentifiedImageError as error:
            raise Invalid("Photo", "it is no JPEG, PNG, GIF, WebP, BMP or TIFF picture") from error
        except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
            raise Invalid("Photo", "the picture is damaged") from error


def _fits(image: Image, data: bytes) -> bool:
    return (
        image.format in _KEPT_AS_IS
        and max(image.size) <= SIDE
        and len(data) <= BYTES
        and not image.getexif()
        and getattr(image, "n_frames", 1) == 1
        and not {"exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment"} & set(image.info)
    )


def _written(image: Image) -> Photo:
    out = io.BytesIO()
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        clean = image.convert("RGBA")
        clean.info = {}
        clean.save(out, "PNG", optimize=True)
        return Photo(out.getvalue(), "image/png")
    clean = image.convert("RGB")
    clean.info = {}
    clean.save(out, "JPEG", quality=88, optimize=True)
    return Photo(out.getvalue(), "image/jpeg")


def keep(session: Session, photo: Photo) -> str:
    """Store a prepared picture, if it is not there yet, and return its hash."""
    digest = hashlib.sha256(photo.data).hexdigest()
    if session.scalar(select(BlobTable.id).where(BlobTable.hash == digest)) is None:
        session.add(BlobTable(hash=digest, media_type=photo.media_type, data=photo.data))
        session.flush()
    return digest


def find(session: Session, digest: str) -> Photo | None:
    """The picture of that hash."""
    row = session.execute(select(BlobTable.data, BlobTable.media_type).where(BlobTable.hash == digest)).first()
    return None if row is None else Photo(row.data, row.media_type)
