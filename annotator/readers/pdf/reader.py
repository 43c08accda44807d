"""A PDF becomes one article: its text in reading order, lines joined into paragraphs.

What a page cannot give, being a picture, damaged or locked, is told; nothing comes in empty.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.model import Document, Problem, Remark
from annotator.core.text import readable
from annotator.language import _, n_
from annotator.readers.documents.packed import place
from annotator.readers.documents.properties import Properties, article_of
from annotator.readers.paragraphs import text_of
from annotator.readers.pdf.hyphens import Hyphens, words_of
from annotator.readers.pdf.lines import Line, in_reading_order, pieces_of, strange
from annotator.readers.pdf.margins import without_margins
from annotator.readers.pdf.paragraphs import paragraphs
from annotator.readers.pdf.runs import Page, read_page

_PICTURED = 0.5
"""The share of a page from which a picture on it is a scan, when there is hardly any text."""

_HARDLY = 100
"""Characters."""

_STRANGE = 0.05
"""The share of characters that are none from which the text of a page is of no use."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_PARSERS = ("pypdf.filters", "pypdf._page", "pypdf._reader", "pypdf.generic._data_structures")

_NAMED = 8
"""How many words and lines a remark names."""


@dataclass(slots=True)
class _Text:
    """The pieces of text on each page, and what is to be told of them."""

    pages: list[list[Line]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Document | Problem]:
    """Yield the article in a PDF, and what a user should know about it.

    OSError rises as it is.
    """
    from pypdf import PdfReader

    name = readable(path.name)
    with path.open("rb") as file, _overheard() as damages:
        try:
            reader = PdfReader(file)
            count = 0 if _is_locked(reader) else len(reader.pages)
        except OSError:
            raise
        except Exception as error:  # pypdf raises whatever a damage leads it to.
            yield Problem(name, _refusal(error))
            return
        if not count:
            yield Problem(name, _locked() if reader.is_encrypted else _("It has no pages."))
            return
        yield from _article(path, name, reader, count, damages)


@contextmanager
def _overheard() -> Iterator[list[str]]:
    """Give the list that fills with what pypdf notes of damages that it works around."""
    heard = _Heard()
    log = logging.getLogger("pypdf")
    log.addHandler(heard)
    was_passed_on, log.propagate = log.propagate, False
    try:
        yield heard.damages
    finally:
        log.removeHandler(heard)
        log.propagate = was_passed_on


class _Heard(logging.Handler):
    """Keeps what is logged by the parts of pypdf that unpack and parse, not what it says of fonts."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.damages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name in _PARSERS:
            self.damages.append(record.getMessage())


def _is_locked(reader: Any) -> bool:
    """Tell a file that a password protects; many have one against changes only, and can be read."""
    return bool(reader.is_encrypted and not reader.decrypt(""))


def _locked() -> str:
    return _("It is protected by a password. Print it to a new PDF that has none.")


def _refusal(error: Exception) -> str:
    from pypdf.errors import DependencyError, WrongPasswordError

    if isinstance(error, DependencyError):
        return _(
            "It is encrypted with AES. Install the Python package “cryptography” to read it,"
            " or print it to a new PDF."
        )
    if isinstance(error, NotImplementedError):
        return _("It is encrypted in a way that cannot be read. Print it to a new PDF.")
    if isinstance(error, WrongPasswordError):
        return _locked()
    return _("It is damaged and cannot be opened. Fetch it again.")


def _article(
    path: Path, name: str, reader: Any, count: int, damages: list[str]
) -> Iterator[Document | Problem]:
    from pypdf.errors import DependencyError

    found = _Text()
    try:
        for number in range(1, count + 1):
            _read_page(reader, number, name, found, damages)
    except DependencyError as error:
        yield Problem(name, _refusal(error))
        return
    properties = _properties(reader, name, found.problems)
    yield from found.problems
    pages, margins = without_margins(found.pages)
    lines = [line for page in pages for line in in_reading_order(page)]
    hyphens = Hyphens(words_of(line.text for line in lines))
    text = text_of(paragraphs(lines, hyphens))
    if not text:
        if not found.problems:
            yield Problem(name, _("It holds no text."))
        return
    for sentence in (*_of_margins(margins), *_of_hyphens(hyphens), *_of_direction(text)):
        yield Remark(name, sentence)
    yield article_of(path, text, properties)


def _read_page(reader: Any, number: int, name: str, found: _Text, damages: list[str]) -> None:
    from pypdf.errors import DependencyError

    where = place(name, _("page {number}").format(number=number))
    damages.clear()
    try:
        page = read_page(reader.pages[number - 1])
        pieces = pieces_of(page.runs, number)
    except (OSError, DependencyError):
        raise
    except Exception:  # pypdf raises whatever a damage leads it to.
        told = _("The page is damaged and was left out. Fetch the file again.")
        found.problems.append(Problem(where, told))
        return
    text = "".join(piece.text for piece in pieces)
    if damages:
        told = _("The page is damaged; some of its text may be missing. Fetch the file again.")
        found.problems.append(Problem(where, told))
    told = _of_page(page, text)
    if told:
        found.problems.append(Problem(where, told))
    found.pages.append([] if _is_gibberish(text) else pieces)


def _of_page(page: Page, text: str) -> str:
    """Return what is wrong with a page, "" when nothing is."""
    if _is_gibberish(text):
        return _(
            "Its fonts do not say which letters they show; the page was left out."
            " Run OCR on the file first."
        )
    if len(text) < _HARDLY and page.pictured > (_PICTURED if text else 0):
        if text:
            return _("The page is a picture with hardly any text: run OCR on the file first.")
        return _("The page is a picture: run OCR on the file first.")
    if not text and page.has_drawings:
        return _("The page shows drawings and no text: if there are letters, run OCR first.")
    lost = strange(text)
    return (
        n_(
            "{count} character could not be read and became “�”.",
            "{count} characters could not be read and became “�”.",
            lost,
        ).format(count=lost)
        if lost
        else ""
    )


def _is_gibberish(text: str) -> bool:
    return strange(text) > max(5, _STRANGE * len(text))


def _of_margins(margins: Counter[str]) -> Iterator[str]:
    if margins:
        yield n_(
            "{count} line that repeats at the edge of pages was left out: {lines}",
            "{count} lines that repeat at the edge of pages were left out: {lines}",
            margins.total(),
        ).format(count=margins.total(), lines=_some(margins))


def _of_hyphens(hyphens: Hyphens) -> Iterator[str]:
    if hyphens.joined:
        yield n_(
            "{count} word parted at a line end was put together: {words}",
            "{count} words parted at line ends were put together: {words}",
            hyphens.joined.total(),
        ).format(count=hyphens.joined.total(), words=_some(hyphens.joined))
    if hyphens.kept:
        yield n_(
            "{count} word kept its hyphen at a line end: {words}",
            "{count} words kept their hyphens at line ends: {words}",
            hyphens.kept.total(),
        ).format(count=hyphens.kept.total(), words=_some(hyphens.kept))


def _of_direction(text: str) -> Iterator[str]:
    if _RIGHT_TO_LEFT.search(text):
        # A PDF has the letters as they are seen, from which their order can only be guessed.
        yield _("It has text from right to left, the order of which is a guess: compare it.")


def _some(counts: Counter[str]) -> str:
    named = ", ".join(f"“{text}”" for text, _count in counts.most_common(_NAMED))
    return named + (", …" if len(counts) > _NAMED else "")


def _properties(reader: Any, name: str, problems: list[Problem]) -> Properties:
    try:
        said = reader.metadata
        if said is None:
            return Properties()
        created = said.creation_date
        return Properties(
            str(said.get("/Title", "")),
            str(said.get("/Author", "")),
            "",
            created.isoformat() if created else "",
            {
                "subject": str(said.get("/Subject", "")),
                "keywords": str(said.get("/Keywords", "")),
            },
        )
    except OSError:
        raise
    except Exception:  # pypdf raises whatever a damage leads it to.
        problems.append(Problem(name, _("Its properties are damaged and were left out.")))
        return Properties()


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "pdf",
            _("PDF"),
            _("One article a file, column after column; pages that are pictures are told."),
            (".pdf",),
            read=read,
            is_document=True,
        ),
    )
