"""What a document says of itself outside its text, and the article that it becomes with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.core.ids import new_id
from annotator.core.model import Article, Document
from annotator.core.text import readable
from annotator.readers.paragraphs import sound
from annotator.readers.press import read_head

_MACHINE_MADE = re.compile(
    r"microsoft word\b.*|(?:untitled|sans titre|document|word document|print)[ -]?\d*|"
    r".*\.(?:docx?|dotx?|odt|rtf|indd|qx[dp]|pdf|pmd|tmp|fm|txt|html?)",
    re.IGNORECASE,
)
"""Titles that programs give: the name of a file, or none."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=[-_]|$)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Properties:
    """What stands in the properties; "" where nothing does. `meta` has whatever else there is.

    `created` is when the file was made: no date of publication, which only the text can tell.
    """

    title: str = ""
    author: str = ""
    language: str = ""
    created: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict)


def article_of(path: Path, text: str, said: Properties, place: str = "") -> Document:
    """Return the article that a file holds.

    A title in the properties goes before one in the text, unless a program gave it; author,
    day and language that stand in the text go before those of the properties, which tell of
    whoever typed it and of their program.
    """
    head = read_head(text)
    meta = {**head.meta, "created": said.created, **said.meta}
    article = Article(
        new_id(),
        text,
        title=given_title(said.title) or head.title or readable(path.stem),
        author=head.author or one_line(said.author),
        published=head.published,
        language=head.language or language_of(said.language),
        meta={name: value for name, value in meta.items() if value} | {"file": readable(path.name)},
    )
    return Document(article, place=place or readable(path.name))


def given_title(title: str) -> str:
    """Return a title that a person gave, "" for that of a program."""
    line = one_line(title)
    return "" if _MACHINE_MADE.fullmatch(line) else line


def language_of(code: str) -> str:
    """Return the two or three letters of a language, without its country."""
    match = _LANGUAGE.match(code)
    return match[0].lower() if match else ""


def day_of(date: str) -> str:
    """Return the day of an ISO date, "" when it is none."""
    match = _DAY.match(date)
    return match[0] if match else ""


def one_line(value: str) -> str:
    """Return a property without line ends, tabs and blanks at its edges."""
    return re.sub(r"[\t\n\r\f ]+", " ", sound(value)).strip(" ")
