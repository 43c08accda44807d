"""The text of a WebAnno TSV file, rebuilt from its sentences so that every token is where it says."""

from collections.abc import Callable
from dataclasses import dataclass, field

from annotator.core.model import Problem, Remark
from annotator.core.text import LineEnds, Utf16
from annotator.formats.webanno.rows import Sentence, Sheet
from annotator.language import _, n_

Width = Callable[[str], int]

_WIDEST = 10_000
"""Characters between two sentences that are believed; the tokens behind a wider gap do not fit."""


@dataclass(slots=True)
class Rebuilt:
    """The text of a file, where its offsets lie in it, and the rows whose token is not there."""

    raw: str
    units: Utf16 | None
    bad: set[str]
    problems: list[Problem]
    ends: LineEnds = field(init=False)

    def __post_init__(self) -> None:
        self.ends = LineEnds(self.raw)

    def place(self, given: int) -> int:
        """Return the offset in the text as it is in the file, -1 outside it or inside a character."""
        place = given
        if self.units:
            place = self.units.from_qt(given)
            if self.units.to_qt(place) != given:
                return -1
        return place if 0 <= place <= len(self.raw) else -1

    def offset(self, given: int) -> int:
        """Return the offset in the article, -1 outside it."""
        place = self.place(given)
        return self.ends.offset(place) if place >= 0 else -1


def rebuilt(rows: Sheet, name: str) -> Rebuilt:
    """Return the text by the unit that puts every token where the file says: UTF-16, else ours."""
    found = _in_units(rows.sentences, _utf16, name)
    if found.bad:
        other = _in_units(rows.sentences, len, name)
        if len(other.bad) < len(found.bad):
            told = _("Offsets count characters, not UTF-16 units; they were taken as such.")
            other.problems.append(Remark(name, told))
            return other
    return found


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _in_units(sentences: list[Sentence], width: Width, name: str) -> Rebuilt:
    pieces: list[str] = []
    problems: list[Problem] = []
    length = gaps = 0
    for sentence in sentences:
        begin = _begin(sentence, width, length)
        if not length <= begin <= length + _WIDEST:
            begin = length
        # What stood between sentences is not in the file; a line break is likeliest.
        pieces.append("\n" * (begin - length))
        gaps += begin > length
        pieces.append(sentence.text)
        length = begin + width(sentence.text)
    if gaps:
        told = n_(
            "What stood in {count} gap between sentences is not in the file; line breaks do now.",
            "What stood in {count} gaps between sentences is not in the file; line breaks do now.",
            gaps,
        )
        problems.append(Remark(name, told.format(count=gaps)))
    raw = "".join(pieces)
    units = Utf16(raw) if width is _utf16 else None
    return _checked(Rebuilt(raw, units, set(), problems), sentences, name)


def _begin(sentence: Sentence, width: Width, length: int) -> int:
    """Return where a sentence begins, by its first token."""
    for row in sentence.rows:
        if row.surface:
            at = sentence.text.find(row.surface)
            return row.begin - width(sentence.text[: max(at, 0)])
    return length


def _checked(text: Rebuilt, sentences: list[Sentence], name: str) -> Rebuilt:
    for sentence in sentences:
        for row in sentence.rows:
            start, end = text.place(row.begin), text.place(row.end)
            found = text.raw[start:end] if 0 <= start <= end else ""
            if found != row.surface:
                told = _("the file says “{said}”, but the text there is “{found}”.")
                told = told.format(said=row.surface[:40], found=found[:40])
                text.problems.append(Problem(f"{name}:{row.line}", told))
                text.bad.add(row.unit)
    return text
