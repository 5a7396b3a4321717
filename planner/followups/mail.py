"""Handing a message to the mail program: a mailto: link (RFC 6068) or an .eml file (RFC 5322)."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Sequence
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from urllib.parse import quote

from planner.errors import FileUnwritable
from planner.followups.messages import Message
from planner.settings.records import Me

#: Longer links are cut off by some systems that start the mail program; then the body is left to be pasted.
LONGEST_LINK = 2_000

# What an address may hold unquoted in a link: RFC 6068 section 2, `qchar` without "&", "=", "?" and "%".
_ADDRESS_SAFE = "!$'*+-.^_`{|}~@"


def mailto(message: Message) -> str:
    """The link that opens the mail program on this message. Line ends become %0D%0A, as RFC 6068 section 5 asks."""
    fields = []
    if message.cc:
        fields.append("cc=" + ",".join(quote(address, safe=_ADDRESS_SAFE) for _, address in message.cc))
    if message.subject:
        fields.append("subject=" + quote(_one_line(message.subject), safe=""))
    if message.body:
        fields.append("body=" + quote("\r\n".join(message.body.splitlines()), safe=""))
    return "mailto:" + quote(message.to, safe=_ADDRESS_SAFE) + (f"?{'&'.join(fields)}" if fields else "")


def fits_a_link(message: Message) -> bool:
    """Whether the whole message can be handed over as a link."""
    return len(mailto(message)) <= LONGEST_LINK


def eml(message: Message, me: Me, now: datetime) -> bytes:
    """The message as an unsent draft, as bytes. `now` is aware."""
    return draft(message, me, now).as_bytes()


def draft(message: Message, me: Me, now: datetime, more: Sequence[tuple[str, str]] = ()) -> EmailMessage:
    """The message as an unsent draft: X-Unsent makes Outlook and others open it for editing. `now` is aware.

    `more` are further addressees, as name and address.
    """
    # Plain ASCII wherever it is possible; an address outside it can only be written as RFC 6532 does.
    addresses = (me.email, message.to, *(address for _, address in (*message.cc, *more)))
    international = not all(part.isascii() for part in addresses)
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit", utf8=international))
    if me.email and (sender := _address(me.name, me.email)):
        mail["From"] = sender
    if to := [made for name, address in ((message.to_name, message.to), *more) if (made := _address(name, address))]:
        mail["To"] = to
    if copies := [made for name, address in message.cc if (made := _address(name, address))]:
        mail["Cc"] = copies
    mail["Subject"] = _one_line(message.subject)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = make_msgid(domain=_domain(me.email))
    mail["X-Unsent"] = "1"
    mail.set_content(message.body if message.body.endswith("\n") else f"{message.body}\n")
    return mail


def save_eml(message: Message, me: Me, now: datetime, path: Path) -> None:
    """Write the draft, whole or not at all. Raises FileUnwritable."""
    content = eml(message, me, now)
    try:
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".eml", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(temporary).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as error:
        raise FileUnwritable(path, error.strerror or str(error)) from error


def file_name(message: Message) -> str:
    """A name for the .eml that any system takes."""
    plain = re.sub(r"[^\w\s.-]", "", _one_line(message.subject)).strip(" .")
    return f"{plain[:60].strip() or 'message'}.eml"


def _address(name: str, address: str) -> Address | None:
    # What can't be an address must not keep the rest of the message from being written.
    if not address.strip():
        return None
    try:
        return Address(display_name=_one_line(name), addr_spec=address.strip())
    except (ValueError, IndexError, MessageError):
        return None


def _domain(address: str) -> str:
    domain = address.rpartition("@")[2].strip()
    return domain if re.fullmatch(r"[A-Za-z0-9.-]+", domain) else "rapport.invalid"


def _one_line(text: str) -> str:
    return " ".join(text.split())
