"""Which encoding a web page is in: its BOM, what its bytes prove, what it declares, then a guess."""

import codecs
import re
from dataclasses import replace

from annotator.core.encoding import Decoded, decode, decode_as
from annotator.core.errors import UserError
from annotator.language import n_

_DECLARED = re.compile(
    rb"""(?:<\?xml[^>]{0,200}encoding|<meta[^>]{0,300}charset)\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_HEAD = 8192
"""Bytes in which a page may declare its encoding; browsers look at 1,024, old pages are worse."""

# What browsers read when these are declared (WHATWG Encoding Standard, "names and labels").
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "latin-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "tis-620": "cp874",
    "iso8859-9": "cp1254",
}


def decode_page(raw: bytes, encoding: str = "", served_as: str = "") -> Decoded:
    """Return the text of a page: in the `encoding` that the user names, else as it says itself.

    `served_as` is the charset of its HTTP header. Bytes that are UTF-8 are read as UTF-8 whatever
    they declare: no other text with accents looks like it. Raises UserError when it is no text.
    """
    if encoding:
        return decode_as(raw, encoding)
    zeros = raw.count(b"\0")
    if 0 < zeros < len(raw) // 100:
        decoded = decode_page(raw.replace(b"\0", b""), served_as=served_as)
        told = n_("{count} zero byte was left out.", "{count} zero bytes were left out.", zeros)
        return replace(decoded, note=decoded.note or told.format(count=zeros))
    if raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(raw)
    for declared in () if _is_utf8(raw) else (served_as, _declared(raw)):
        as_declared = _decode_declared(raw, declared)
        if as_declared:
            return as_declared
    return decode(raw)


def _declared(raw: bytes) -> str:
    match = _DECLARED.search(raw[:_HEAD])
    return match[1].decode("ascii") if match else ""


def _is_utf8(raw: bytes) -> bool:
    """Tell UTF-8 that shows itself as such; plain ASCII may be a seven-bit encoding of Japan."""
    if raw.isascii():
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_declared(raw: bytes, declared: str) -> Decoded | None:
    """Return the text in the declared encoding, None if there is none or it is not in it after all."""
    try:
        name = codecs.lookup(declared).name
        if name.startswith("utf") and b"\0" not in raw:
            return None
        return decode_as(raw, _MEANT.get(name, name))
    except (LookupError, UserError, ValueError):
        return None
