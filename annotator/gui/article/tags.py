"""The names of labels above the words: placed so that none covers another or the line above."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from annotator.gui.article.measures import Measures
from annotator.gui.article.pieces import Piece
from annotator.gui.article.scene import Scene
from annotator.gui.article.spans import Span

SPACE = 6.0
SHORTEST = 9.0
"""Tags with less room than this, in pixels, are left out; they show when hovered over or selected."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag with its place on the screen, in pixels of the document.

    `is_first` tells the tag over the first words of an annotation from those over further fragments.
    """

    annotation: str
    label: str
    text: str
    rect: QRectF
    stands_out: bool
    is_first: bool


class TagPlacer:
    """Places and paints the tags of rows."""

    def __init__(self, scene: Scene, measures: Measures, right: float) -> None:
        self._scene = scene
        self._measures = measures
        self._metrics = QFontMetricsF(measures.tag_font)
        self._right = right
        self._parts = {link.to_id: link.type for link in scene.links.parts(scene.centre)}

    def place(self, pieces: Iterable[Piece]) -> list[Tag]:
        """Return the tags of the pieces of one row that open on it, from left to right.

        None covers another: one that was pushed beyond its words is left out, unless it stands out.
        """
        opening = sorted(
            (piece for piece in pieces if piece.opens), key=self._left_and_outermost_first
        )
        tags: list[Tag] = []
        taken = 0.0
        for number, piece in enumerate(opening):
            x = max(self._left(piece), taken)
            tag = self._whole(piece, x) if self._stands_out(piece) else None
            if tag is None and x < piece.runs[-1][1]:
                tag = self._fitted(piece, x, opening[number + 1 :])
            if tag:
                tags.append(tag)
                taken = tag.rect.right() + SPACE
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
                painter.drawRoundedRect(tag.rect.adjusted(-3, 0, 3, 1.5), 3, 3)
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
        return max(piece.row.line.left, piece.runs[-1][1] - self._width(self._names(piece)[0]))

    def _left_and_outermost_first(self, piece: Piece) -> tuple[float, int]:
        return (self._left(piece), -piece.lane)

    def _limit(self, piece: Piece, following: Sequence[Piece]) -> float:
        """Return how far to the right a tag may reach: half way for those that begin side by side."""
        x = self._left(piece)
        lefts = [self._left(each) for each in following]
        beyond = next((left for left in lefts if left > x + 1), self._right)
        sharing = sum(left <= x + 1 for left in lefts)
        return beyond - sharing * 3 * SHORTEST

    def _wide_limit(self, following: Sequence[Piece]) -> float:
        """Return how far a tag may reach that pushes the next one on: that stays over its own words."""
        if not following:
            return self._right
        return following[0].runs[-1][1] - self._width(self._names(following[0])[-1])

    def _whole(self, piece: Piece, x: float) -> Tag:
        name = self._names(piece)[0]
        return self._tag(piece, max(0.0, min(x, self._right - self._width(name))), name)

    def _fitted(self, piece: Piece, x: float, following: Sequence[Piece]) -> Tag | None:
        """Return the tag of a piece as far as there is room; parts of the frame at work take theirs."""
        room = self._limit(piece, following) - x - SPACE
        is_part = piece.span.annotation in self._parts
        limit = self._right if is_part else self._wide_limit(following)
        wide = max(room, limit - x - SPACE)
        names = self._names(piece)
        fitting = next((name for name in names if self._width(name) <= room), None)
        if fitting is None and self._width(names[-1]) <= wide:
            fitting = names[-1]
        if fitting is not None:
            return self._tag(piece, x, fitting)
        if room < SHORTEST:
            return None
        cut = self._metrics.elidedText(names[-1], Qt.TextElideMode.ElideRight, room)
        return self._tag(piece, x, cut) if cut.strip("…") else None

    def _tag(self, piece: Piece, x: float, text: str) -> Tag:
        height = self._metrics.ascent() + 2
        rect = QRectF(
            x, piece.row.line.top + self._measures.strip - height - 2, self._width(text), height
        )
        span = piece.span
        return Tag(
            span.annotation, span.label, text, rect, self._stands_out(piece), not span.number
        )

    def _names(self, piece: Piece) -> tuple[str, str]:
        """Return what a tag says, with the part the annotation plays in its frame, and the shorter way.

        Of the parts of the frame at work, that is the part they play; of others, their label.
        """
        span = piece.span
        label, role = self._scene.label(span.label).name, self._scene.role(span.annotation)
        plain = self._marked(label, span)
        if not role or role.casefold() == label.casefold():
            return plain, plain
        part = self._parts.get(span.annotation)
        return f"{plain} · {role}", self._marked(part, span) if part else plain

    def _marked(self, name: str, span: Span) -> str:
        name = f"⋯ {name}" if span.number else name
        return f"{name} ?" if span.state == "suggested" else name

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
