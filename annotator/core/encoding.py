"""Which encoding a file is in: its BOM, then UTF-8, then UTF-16 by its zeros, then four old code pages."""

import codecs
from collections.abc import Callable
from dataclasses import dataclass

from annotator.core.errors import UserError
from annotator.language import _, n_

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft Office"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
)

CODE_PAGES = ("cp1252", "iso8859-15", "mac_roman", "cp850")
"""What old French and English press files come in, the likeliest first."""

_SAMPLE = 200_000
"""Bytes beyond ASCII that are weighed: the answer is clear long before."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and what the user should know about that ("" usually)."""

    text: str
    encoding: str
    note: str = ""


def decode(raw: bytes) -> Decoded:
    """Return the text of a file, without its BOM.

    Raises UserError when the bytes are no text.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _decode_as(raw[len(mark) :], encoding)
    _refuse_known_binaries(raw)
    if b"\0" in raw:
        return _decode_as(raw, _utf16_side(raw))
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_blemished_utf8(raw) or _decode_code_page(raw)


def decode_as(raw: bytes, encoding: str) -> Decoded:
    """Return the text of a file in the encoding that the user names, without its BOM.

    Raises UserError when there is no such encoding or the bytes do not fit it.
    """
    try:
        codec = codecs.lookup(encoding)
        if not isinstance("", type(codec.decode(b"")[0])):
            raise LookupError(encoding)
    except LookupError as error:
        raise UserError(_("There is no encoding “{name}”.").format(name=encoding)) from error
    decoded = _decode_as(raw, codec.name)
    return Decoded(decoded.text.removeprefix("\ufeff"), codec.name)


def _decode_as(raw: bytes, encoding: str) -> Decoded:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise UserError(
            _(
                "It says it is {encoding}, but byte {offset} does not fit. Save it again as UTF-8."
            ).format(encoding=encoding.upper(), offset=error.start)
        ) from error
    if "\0" in text:
        raise _no_text()
    return Decoded(text, encoding)


def _refuse_known_binaries(raw: bytes) -> None:
    for signature, kind in _SIGNATURES:
        if raw.startswith(signature):
            raise UserError(
                _("It is a {kind} file, not plain text. Save its text as a .txt file.").format(
                    kind=kind
                )
            )


def _no_text() -> UserError:
    return UserError(_("It holds binary data, not text. Save its text as a .txt file."))


def _utf16_side(raw: bytes) -> str:
    """Return the UTF-16 whose zero bytes lie where those of western letters would; UserError if neither."""
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    if len(raw) % 2 or not 20 * min(even, odd) <= max(even, odd) >= len(raw) // 8:
        raise _no_text()
    return "utf-16-le" if odd > even else "utf-16-be"


def _decode_blemished_utf8(raw: bytes) -> Decoded | None:
    """Return a text that is UTF-8 but for a few stray bytes, which are then taken as cp1252."""
    stray: list[int] = []
    parts: list[str] = []
    start = 0
    while start < len(raw):
        try:
            parts.append(raw[start:].decode("utf-8"))
            break
        except UnicodeDecodeError as error:
            good_end, bad = start + error.start, raw[start + error.start : start + error.start + 1]
            parts += (raw[start:good_end].decode("utf-8"), decode_code_page(bad, "cp1252"))
            stray.append(good_end)
            start = good_end + 1
        if len(stray) > 20:
            return None
    text = "".join(parts)
    wide = sum(char > "\x7f" for char in text) - len(stray)
    if wide < 5 * len(stray):
        return None
    note = n_(
        "{count} byte is not UTF-8 (line {line}) and was read as Windows-1252.",
        "{count} bytes are not UTF-8 (the first in line {line}) and were read as Windows-1252.",
        len(stray),
    ).format(count=len(stray), line=raw.count(b"\n", 0, stray[0]) + 1)
    return Decoded(text, "utf-8", note)


def _decode_code_page(raw: bytes) -> Decoded:
    encoding = likeliest_code_page(raw)
    return Decoded(decode_code_page(raw, encoding), encoding)


def decode_code_page(raw: bytes, encoding: str) -> str:
    """Return the text in a code page; the five bytes cp1252 leaves open become the controls of Latin-1."""
    if encoding != "cp1252":
        return raw.decode(encoding)
    return codecs.charmap_decode(raw, "strict", _CP1252)[0]


_CP1252 = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))


def likeliest_code_page(raw: bytes) -> str:
    """Return the code page under which the bytes look most like French or English press text."""
    scores = {
        encoding: _likeness(decode_code_page(raw[:_SAMPLE], encoding)) for encoding in CODE_PAGES
    }
    return max(scores, key=lambda encoding: scores[encoding])


_WEIGHTS: dict[str, int] = {
    **dict.fromkeys("é", 6),
    **dict.fromkeys("àèêç’«»\xa0", 5),
    **dict.fromkeys("âîôûùœëïÉ…–—“”€", 4),
    **dict.fromkeys("ÀÇÈÊŒÂÎÔ‘°", 3),
    **dict.fromkeys("áíóúñöüä", 2),
    **dict.fromkeys("ßåøãõæÁÓÖÜÄÑÅØÆÙÛËÏŸÿ", 1),
    **dict.fromkeys("®©™½¼¾£§·•²³¿¡ºª±×‹›‰´¨", 0),
}
_STRANGE = -4
"""What letters of other languages, mathematics, frames and the like count."""

_CONTROL = -12


def _likeness(text: str) -> int:
    """Return how much the characters beyond ASCII look at home among their neighbours; more is better."""
    padded = f"  {text}  "
    return sum(
        _WEIGHTS.get(char, _STRANGE) + _fit(padded[at - 2 : at + 3])
        for at, char in enumerate(padded)
        if char > "\x7f"
    )


def _fit(window: str) -> int:
    """Return what the two neighbours on either side say of the character in the middle."""
    char, before, after = window[2], window[1], window[3]
    if "\x80" <= char < "\xa0":
        return _CONTROL
    if char.isalpha():
        return _fit_of_letter(char, window)
    inside = before.isalpha() and after.isalpha()
    if char in "’‘":
        return (2 if char == "’" else -4) if inside else 0
    if char in "«“‹":
        return -4 if before.isalpha() else 1
    if char in "»”›":
        return -4 if after.isalpha() else 1
    if char == "…":
        return 1 if before.isalpha() and not after.isalnum() and after != "-" else -2
    if char in "–—":
        # Dashes have a space on both sides or on neither; "ao–t" is a letter gone wrong.
        return (-4 if inside and char == "–" else 0) - 3 * (before.isalnum() != after.isalnum())
    if char == "€" and after.isalpha():
        return -6
    return -6 if inside else 0


def _fit_of_letter(char: str, window: str) -> int:
    before, after, second = window[1], window[3], window[4]
    if not before.isalpha() and not after.isalpha():
        return 0 if char in "àÀÔ" else -6
    if char.islower():
        # "Été" is a word, "ETé" is a mistake of decoding.
        spoiled = before.isupper() and window[0].isupper()
        return _FRENCH_HABITS.get(char, _no_habit)(before, after) - 4 * spoiled
    if before.islower():
        return -8
    if after.islower() if before.isupper() else after.isupper() and second.islower():
        return -4
    if char == "Ç":
        return 4 if after in "aouAOU" else -2
    return 1


def _no_habit(before: str, after: str) -> int:
    return 0


# Where French writes a letter and where it never does: voilà, où, garçon, très.
_FRENCH_HABITS: dict[str, Callable[[str, str], int]] = {
    "à": lambda before, after: -4 if after.isalpha() else int(before in "ljLJ"),
    "é": lambda before, after: -4 if after in "aeiou" and not before.isalpha() else 0,
    "ù": lambda before, after: 1 if before in "oO" and not after.isalpha() else -4,
    "â": lambda before, after: 0 if after.isalpha() and before not in "aou" else -4,
    "û": lambda before, after: -4 if after in "aeiou" else 0,
    "ç": lambda before, after: 1 if after in "aouAOU" else -4,
    "è": lambda before, after: 0 if after.isalpha() else -4,
    "ê": lambda before, after: 0 if after.isalpha() else -4,
}
