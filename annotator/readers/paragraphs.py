"""Paragraphs, tables and notes of a text document, put together as the text of one article."""

import re
from collections.abc import Iterable, Sequence

from annotator.core.text import LineEnds

BLANKS = " \t\n\r\f"
"""What counts as blank at the edges of a paragraph; a no-break space is text."""

_BROKEN = re.compile("[\0\ud800-\udfff]")


def text_of(paragraphs: Iterable[str], notes: Sequence[str] = ()) -> str:
    """Return the text: an empty line between paragraphs, the notes with their numbers at the end.

    It is "" when there is nothing to be seen, such as no-break spaces alone.
    """
    # The notes may be met while the paragraphs are walked over.
    told = list(paragraphs)
    numbered = [f"[{number}] {note.strip(BLANKS)}" for number, note in enumerate(notes, start=1)]
    kept = (paragraph.strip(BLANKS) for paragraph in (*told, *numbered))
    text = LineEnds("\n\n".join(paragraph for paragraph in kept if paragraph)).text
    return sound(text) if text.strip() else ""


def table(rows: Iterable[Sequence[Sequence[str]]]) -> list[str]:
    """Return the paragraphs of a table whose cells hold paragraphs.

    One that lays out text has cells of several paragraphs and is read cell by cell; any other is
    one paragraph, with a line for each row and a tab between cells.
    """
    cells = [[[p for p in cell if p.strip(BLANKS)] for cell in row] for row in rows]
    if any(len(cell) > 1 for row in cells for cell in row):
        return [paragraph for row in cells for cell in row for paragraph in cell]
    lines = ("\t".join(_line(cell) for cell in row).rstrip("\t") for row in cells)
    return ["\n".join(line for line in lines if line.strip(BLANKS))]


def _line(cell: Sequence[str]) -> str:
    """Return a cell as part of a line; a line end or a tab inside it becomes a space."""
    return re.sub(r"[\t\n\r]+", " ", cell[0].strip(BLANKS)) if cell else ""


def sound(text: str) -> str:
    """Return a text that can be stored: surrogates paired or "�", without zero characters."""
    if not _BROKEN.search(text):
        return text
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return paired.replace("\0", "")
