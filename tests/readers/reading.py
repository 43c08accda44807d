"""What the tests of readers ask of what a reader found, and the characters they fear."""

import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from hypothesis import strategies as st

from annotator.core.model import Article, Document, Problem, Remark

Found = Iterable[Document | Problem]

HAZARDS = (
    *(
        "a",
        "É",
        "e\u0301",
        "’",
        "'",
        "-t-il",
        "«\u00a0",
        "\u202f»",
        "10\u202f000",
        "\u2028",
        "\u2029",
    ),
    *(
        "\u0085",
        "🌍",
        "👩‍👩‍👧",
        "🇫🇷",
        "\u05d0\u05d1",
        "\u200b",
        "\u200e",
        "\u00ad",
        "\ufeff",
        "<b>&amp;",
        "]]>",
    ),
    *(" ", "ﬁ", "İ", "\ufffd", "\u00a0", "\u202f", "{\\x}", "\U0010fffd"),
)
"""Pieces of text that readers lose or change."""

hazardous = st.lists(st.sampled_from(HAZARDS), min_size=1, max_size=12).map("".join)
paragraphs = st.lists(hazardous.filter(str.strip), min_size=1, max_size=4)


def articles(found: Found) -> list[Article]:
    return [each.article for each in found if isinstance(each, Document)]


def article(found: Found) -> Article:
    (only,) = articles(found)
    return only


def problems(found: Found) -> list[str]:
    return [
        str(each) for each in found if isinstance(each, Problem) and not isinstance(each, Remark)
    ]


def remarks(found: Found) -> list[str]:
    return [each.message for each in found if isinstance(each, Remark)]


def packed(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write a zip file of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def spoilt(path: Path, part: str) -> Path:
    """Spoil what is packed in a part; the list of parts stays whole."""
    with zipfile.ZipFile(path) as file:
        start = file.getinfo(part).header_offset + 30 + len(part.encode()) + 4
    raw = bytearray(path.read_bytes())
    raw[start : start + 40] = bytes(40)
    path.write_bytes(raw)
    return path


def shown(text: str) -> str:
    """Return a text as markup shows it: blanks that are not kept as they are become one space."""
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")
