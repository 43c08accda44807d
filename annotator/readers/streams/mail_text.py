"""The text of a mail, from whichever of its parts holds it, and the names of what is attached."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from annotator.core.errors import UserError
from annotator.core.text import LineEnds
from annotator.language import _
from annotator.readers.pages.data import clean
from annotator.readers.pages.encoding import decode_page
from annotator.readers.pages.flow import blocks, joined
from annotator.readers.pages.tree import parse_page
from annotator.readers.paragraphs import sound

_DEEPEST = 20
"""Parts in parts: what is nested deeper is no mail that anybody wrote."""


@dataclass(slots=True)
class Letter:
    """What a mail says, what is attached to it, and what to tell of the encoding of its parts."""

    text: str = ""
    attachments: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_letter(message: Message, encoding: str = "") -> Letter:
    """Return what a mail says; its parts are in the `encoding` that the user names, if any.

    Raises UserError when a part is no text.
    """
    letter = Letter()
    texts = (text.strip("\n") for text in _texts(message, letter, encoding))
    letter.text = sound("\n\n".join(text for text in texts if text.strip()))
    return letter


def header(message: Message, name: str) -> str:
    """Return a header on one line with its encoded words resolved, "" when there is none."""
    raw = message.get(name)
    if raw is None:
        return ""
    try:
        return clean("".join(_word(*word) for word in decode_header(raw)))
    except (HeaderParseError, ValueError, UserError):
        return clean(str(raw))


def _word(word: str | bytes, charset: str | None) -> str:
    return word if isinstance(word, str) else decode_page(word, served_as=charset or "").text


def _texts(part: Message, letter: Letter, encoding: str, depth: int = 0) -> Iterator[str]:
    kind = part.get_content_type()
    inside = [each for each in part.get_payload() if isinstance(each, Message)]
    is_attached = part.get_content_disposition() == "attachment" or kind == "message/rfc822"
    if is_attached or depth > _DEEPEST:
        letter.attachments.append(_name(part, inside))
    elif kind == "multipart/alternative":
        yield from _fullest(inside, letter, encoding, depth)
    elif inside:
        for each in inside:
            yield from _texts(each, letter, encoding, depth + 1)
    elif kind.startswith("text/") and not part.get_filename():
        yield _text(part, letter, encoding)
    elif not part.is_multipart() and kind.partition("/")[0] != "multipart":
        letter.attachments.append(_name(part, inside))


def _fullest(inside: list[Message], letter: Letter, encoding: str, depth: int) -> list[str]:
    """Return what one of several parts says that should say the same: the plain one, best.

    Newsletters put a line into it that asks to read them elsewhere.
    """
    ways = [(part, Letter()) for part in inside]
    said = [list(_texts(part, own, encoding, depth + 1)) for part, own in ways]
    size = [sum(len(text.strip()) for text in texts) for texts in said]
    if not size:
        return []
    plain = [n for n, part in enumerate(inside) if part.get_content_type() == "text/plain"]
    longest = size.index(max(size))
    best = next((n for n in plain if 3 * size[n] >= size[longest]), longest)
    letter.attachments += ways[best][1].attachments
    letter.notes += ways[best][1].notes
    return said[best]


def _name(part: Message, inside: list[Message]) -> str:
    if inside:
        return header(inside[0], "subject") or _("a mail without subject")
    return clean(part.get_filename() or "") or part.get_content_type()


def _text(part: Message, letter: Letter, encoding: str) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    decoded = decode_page(raw, encoding, served_as=str(part.get_param("charset") or ""))
    letter.notes += [decoded.note] if decoded.note else []
    if part.get_content_type() == "text/html":
        root = parse_page(decoded.text)
        return joined(blocks(root)) if root is not None else ""
    text = LineEnds(decoded.text).text
    if str(part.get_param("format") or "").lower() == "flowed":
        return _flowed(text, is_spaceless=str(part.get_param("delsp") or "").lower() == "yes")
    return text


def _flowed(text: str, *, is_spaceless: bool) -> str:
    """Return a text in which lines that end in a space go on in the next one (RFC 3676)."""
    lines: list[str] = []
    marks, is_open = "", False
    for line in text.split("\n"):
        quoted = re.match(">*", line)
        depth = quoted[0] if quoted else ""
        content = line[len(depth) :].removeprefix(" ")
        goes_on = is_open and depth == marks and content != "-- "
        if goes_on:
            lines[-1] += content
        else:
            lines.append(f"{depth} {content}" if depth else content)
        is_open = content.endswith(" ") and content != "-- "
        if is_open and is_spaceless:
            lines[-1] = lines[-1][:-1]
        marks = depth
    return "\n".join(lines)
