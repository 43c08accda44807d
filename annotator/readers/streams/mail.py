"""Mails become articles: one in an .eml file, many in an .mbox; what is attached to them is named."""

import email
import re
from collections.abc import Iterator
from email.message import Message
from email.utils import getaddresses
from pathlib import Path

from annotator.core.errors import UserError
from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.ids import new_id
from annotator.core.model import Article, Document, Problem, Remark
from annotator.core.text import readable
from annotator.language import _, n_
from annotator.readers.small_words import guess_language
from annotator.readers.streams.mail_text import Letter, header, read_letter
from annotator.readers.streams.moments import read_moment

SUFFIXES = (".eml", ".mbox")

LARGEST = 128 << 20
"""Bytes that one mail may have, with all that is attached to it."""

_POSTMARK = re.compile(rb"From .*\b\d{1,2}:\d{2}\b")
"""What begins a mail in an .mbox: sender and time of arrival. In a text such a line has a ">"."""

_STUFFED = re.compile(rb">+From ")


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Document | Problem]:
    """Yield the articles in a file of mail. OSError rises as it is."""
    name = readable(path.name)
    known = {"file": name}
    if path.suffix.lower() != ".mbox":
        with path.open("rb") as file:
            yield from _read_mail(file.read(LARGEST + 1), name, known, how)
        return
    number = 0
    for number, raw in enumerate(_mails(path), start=1):
        place = _("{file}, mail {number}").format(file=name, number=number)
        yield from _read_mail(raw, place, known, how)
    if not number and path.stat().st_size:
        yield Problem(name, _("It is no mailbox: no line in it begins a mail."))


def _mails(path: Path) -> Iterator[bytes]:
    """Yield the mails of a mailbox one by one; of one that is too large, too much to be read."""
    lines: list[bytes] | None = None
    size, is_blank = 0, True
    with path.open("rb") as file:
        while line := file.readline(LARGEST):
            if is_blank and _POSTMARK.match(line):
                if lines is not None:
                    yield b"".join(lines)
                lines, size = [], 0
            elif lines is not None and size <= LARGEST:
                lines.append(line[1:] if _STUFFED.match(line) else line)
                size += len(line)
            is_blank = line in (b"\n", b"\r\n")
    if lines is not None:
        yield b"".join(lines)


def _read_mail(
    raw: bytes, place: str, known: dict[str, str], how: Reading
) -> Iterator[Document | Problem]:
    if len(raw) > LARGEST:
        yield Problem(place, _("It is too large for a mail."))
        return
    message = email.message_from_bytes(raw)
    if not message.keys():
        yield Problem(place, _("It is no mail: no headers stand at its beginning."))
        return
    try:
        letter = read_letter(message, how.encoding)
    except UserError as refusal:
        yield Problem(place, str(refusal))
        return
    for note in dict.fromkeys((*letter.notes, *_left_out(letter))):
        yield Remark(place, note)
    if letter.text:
        yield Document(_article(message, letter.text, known), place=place)
    else:
        yield Problem(place, _("It holds no text."))


def _left_out(letter: Letter) -> Iterator[str]:
    count = len(letter.attachments)
    if count:
        told = n_(
            "{count} attachment was not read: {names}. Save it as a file to import it.",
            "{count} attachments were not read: {names}. Save them as files to import them.",
            count,
        )
        yield told.format(count=count, names=", ".join(letter.attachments))


def _article(message: Message, text: str, known: dict[str, str]) -> Article:
    senders = getaddresses([header(message, "from")])
    moment = read_moment(header(message, "date"), "en")
    meta = {
        "published_at": moment.whole,
        "email": ", ".join(address for _name, address in senders if address),
        "id": header(message, "message-id").strip("<>"),
    }
    return Article(
        new_id(),
        text,
        title=header(message, "subject"),
        author=", ".join(name or address for name, address in senders if name or address),
        published=moment.day,
        language=guess_language(text),
        meta={**{name: value for name, value in meta.items() if value}, **known},
    )


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "eml",
            _("Mail"),
            _("One article a mail, with subject, sender and date; attachments are named."),
            SUFFIXES,
            read=read,
            is_document=True,
        ),
    )
