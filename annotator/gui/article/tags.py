"""The names of labels above the words: placed so that none covers another or the line above."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from annotator.gui.article.measures import Measures
from annotator.gui.article.pieces import Piece
from annotator.gui.article.scene import Scene

SPACE = 5.0
SHORTEST = 9.0
"""Tags with less room than this, in pixels, are left out; they show when hovered over or selected."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag with its place on the screen, in pixels of the document."""

    annotation: str
    label: str
    text: str
    rect: QRectF
    stands_out: bool


class TagPlacer:
    """Places and paints the tags of rows."""

    def __init__(self, scene: Scene, measures: Measures, right: float) -> None:
        self._scene = scene
        self._measures = measures
        self._metrics = QFontMetricsF(measures.tag_font)
        self._right = right

    def place(self, pieces: Iterable[Piece]) -> list[Tag]:
        """Return the tags of the pieces of one row that open on it, from left to right."""
        opening = sorted(
            (piece for piece in pieces if piece.opens), key=self._left_and_outermost_first
        )
        loud = [piece for piece in opening if self._stands_out(piece)]
        tags: list[Tag] = []
        taken = 0.0
        for number, piece in enumerate(opening):
            x = max(self._left(piece), taken)
            if x > piece.runs[-1][1] + SPACE and not self._stands_out(piece):
                continue
            tag = self._fitted(piece, x, self._limit(opening, number))
            if tag:
                tags.append(tag)
                taken = tag.rect.right() + SPACE
        placed = {tag.annotation for tag in tags if not tag.text.endswith("…")}
        for piece in loud:
            if piece.span.annotation not in placed:
                tags = [tag for tag in tags if tag.annotation != piece.span.annotation]
                tags.append(self._tag(piece, self._left(piece), self._name(piece)))
        return tags

    def paint(
        self, painter: QPainter, tags: Sequence[Tag], steps_back: Callable[[str], bool]
    ) -> None:
        """Write the tags; those that stand out stand on their own colour, over the others.

        Those of annotations that step back are grey.
        """
        painter.setFont(self._measures.tag_font)
        for tag in sorted(tags, key=_quiet_first):
            shades = self._scene.theme.shades(self._scene.label(tag.label).colour)
            if tag.stands_out:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(shades.ink)
                painter.drawRoundedRect(tag.rect.adjusted(-3, 0, 3, 0), 3, 3)
                painter.setPen(self._scene.theme.paper)
            else:
                quiet = steps_back(tag.annotation)
                painter.setPen(self._scene.theme.muted if quiet else shades.ink)
            painter.drawText(
                QPointF(tag.rect.left(), tag.rect.top() + self._metrics.ascent()), tag.text
            )

    def _left(self, piece: Piece) -> float:
        """Return where a tag would best begin: over the first words, which may be at the right."""
        if not piece.row.line.is_rtl:
            return piece.runs[0][0]
        return max(piece.row.line.left, piece.runs[-1][1] - self._width(self._name(piece)))

    def _left_and_outermost_first(self, piece: Piece) -> tuple[float, int]:
        return (self._left(piece), -piece.lane)

    def _limit(self, opening: Sequence[Piece], number: int) -> float:
        """Return how far to the right a tag may reach: half way for those that begin side by side."""
        x = self._left(opening[number])
        following = [self._left(piece) for piece in opening[number + 1 :]]
        beyond = next((left for left in following if left > x + 1), self._right)
        sharing = sum(left <= x + 1 for left in following)
        return beyond - sharing * 3 * SHORTEST

    def _fitted(self, piece: Piece, x: float, limit: float) -> Tag | None:
        names, room = self._names(piece), limit - x - SPACE
        fitting = next((name for name in names if self._width(name) <= room), None)
        if fitting is not None:
            return self._tag(piece, x, fitting)
        if room < SHORTEST:
            return None
        return self._tag(
            piece, x, self._metrics.elidedText(names[-1], Qt.TextElideMode.ElideRight, room)
        )

    def _tag(self, piece: Piece, x: float, text: str) -> Tag:
        height = self._metrics.ascent() + 2
        rect = QRectF(
            x, piece.row.line.top + self._measures.strip - height - 2, self._width(text), height
        )
        return Tag(piece.span.annotation, piece.span.label, text, rect, self._stands_out(piece))

    def _names(self, piece: Piece) -> tuple[str, str]:
        """Return what a tag says, with the part the annotation plays in its frame and without."""
        plain = self._plain_name(piece)
        role = self._scene.role(piece.span.annotation)
        is_said = role.casefold() == self._scene.label(piece.span.label).name.casefold()
        return (f"{plain} · {role}" if role and not is_said else plain), plain

    def _name(self, piece: Piece) -> str:
        return self._names(piece)[0]

    def _plain_name(self, piece: Piece) -> str:
        span = piece.span
        name = self._scene.label(span.label).name
        if span.number:
            name = f"⋯ {name}"
        if span.state == "suggested":
            name = f"{name} ?"
        return name

    def _stands_out(self, piece: Piece) -> bool:
        return piece.span.annotation in (self._scene.selected, self._scene.hovered)

    def _width(self, text: str) -> float:
        known = _WIDTHS.setdefault(self._measures, {})
        if text not in known:
            known[text] = self._metrics.horizontalAdvance(text)
        return known[text]


_WIDTHS: WeakKeyDictionary[Measures, dict[str, float]] = WeakKeyDictionary()


def _quiet_first(tag: Tag) -> bool:
    return tag.stands_out
