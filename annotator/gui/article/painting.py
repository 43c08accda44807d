"""Paints the lines in view: tints, chips, selection, words, brackets, links, tags, caret, in this order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.gui.article.chips import BRACKET, ChipPainter
from annotator.gui.article.lanes import lanes, whole_clusters
from annotator.gui.article.layout import ArticleLayout
from annotator.gui.article.linking import Stand, paint_links
from annotator.gui.article.measures import Measures
from annotator.gui.article.numbers import paint_numbers
from annotator.gui.article.pieces import Piece, Row, caret_x, piece_of, row_of, runs_of
from annotator.gui.article.scene import Scene
from annotator.gui.article.spans import Span
from annotator.gui.article.tags import Tag, TagPlacer


@dataclass(slots=True)
class Painted:
    """What stands on the screen after painting, for the mouse to find; pixels of the document."""

    tags: list[Tag] = field(default_factory=list)
    handles: list[tuple[QRectF, Span, bool]] = field(default_factory=list)


def paint(painter: QPainter, scene: Scene, layout: ArticleLayout, clip: QRectF) -> Painted:
    """Paint what of the article lies in `clip`, in pixels of the document."""
    rows = [
        row_of(line, scene.utf16, scene.content.text)
        for line in layout.lines(clip.top(), clip.bottom())
    ]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return _Frame(painter, scene, layout, rows, clip).paint() if rows else Painted()


class _Frame:
    """One painting of the rows in view."""

    def __init__(
        self,
        painter: QPainter,
        scene: Scene,
        layout: ArticleLayout,
        rows: Sequence[Row],
        clip: QRectF,
    ) -> None:
        self._painter = painter
        self._scene = scene
        self._layout = layout
        self._measures: Measures = layout.measures
        self._rows = rows
        self._clip = clip
        self._chip_painter = ChipPainter(painter, scene, self._measures)
        self._find_pieces()

    def _find_pieces(self) -> None:
        scene, rows = self._scene, self._rows
        start, end = rows[0].start, rows[-1].end
        spans = whole_clusters(self._chips_between, start, end)
        blocks = [span for span in scene.between(start, end) if scene.is_block(span)]
        self._block_lanes = lanes(blocks)
        lane_of = lanes(spans)
        in_view = [span for span in spans if span.start < end and span.end > start]
        scene.links.know(span.annotation for span in (*blocks, *in_view))
        self._chips = self._pieces(in_view, lane_of)
        self._blocks = self._pieces(blocks, {})

    def _chips_between(self, start: int, end: int) -> list[Span]:
        return [span for span in self._scene.between(start, end) if not self._scene.is_block(span)]

    def _pieces(self, spans: Iterable[Span], lane_of: dict[Span, int]) -> list[Piece]:
        pieces = []
        first = 0
        for span in spans:
            while first < len(self._rows) - 1 and self._rows[first].end <= span.start:
                first += 1
            for row in self._rows[first:]:
                if row.start >= span.end:
                    break
                piece = piece_of(span, row, self._scene.utf16, lane_of.get(span, 0))
                if piece:
                    pieces.append(piece)
        return pieces

    def paint(self) -> Painted:
        """Paint everything, from the ground up."""
        chips, painter = self._chip_painter, self._painter
        for piece in sorted(self._blocks, key=_outermost_first):
            chips.tint(piece)
        outermost_first = sorted(self._chips, key=_highest_lane_first)
        for piece in outermost_first:
            chips.fill(piece)
        self._paint_matches()
        self._paint_selection()
        self._paint_token()
        painter.setPen(self._scene.theme.text)
        for row in self._rows:
            row.line.line.draw(painter, QPointF(row.line.left, row.line.block_top))
        for piece in outermost_first:
            chips.edge(piece)
        self._paint_blocks()
        self._paint_fragments()
        placer = TagPlacer(self._scene, self._measures, self._layout.width - 4)
        tags = self._place_tags(placer)
        self._paint_links(tags)
        placer.paint(painter, tags, chips.steps_back)
        painted = Painted(tags, self._paint_handles())
        paint_numbers(self._painter, self._scene, self._measures, self._rows)
        self._paint_caret()
        return painted

    def _paint_blocks(self) -> None:
        for piece in self._blocks:
            self._chip_painter.corners(piece)
            self._chip_painter.bracket(piece, self._block_lanes[piece.span])
        for annotation, pieces in self._parted_blocks().items():
            self._join_brackets(annotation, pieces)

    def _parted_blocks(self) -> dict[str, list[Piece]]:
        """Return the pieces of those blocks that have several fragments, from the top down."""
        parted: dict[str, list[Piece]] = {}
        for piece in self._blocks:
            if len(self._scene.of(piece.span.annotation)) > 1:
                parted.setdefault(piece.span.annotation, []).append(piece)
        return parted

    def _join_brackets(self, annotation: str, pieces: Sequence[Piece]) -> None:
        """Lead the bracket of a parted block on through the lines between its fragments."""
        ordered = sorted(pieces, key=lambda piece: (piece.row.line.top, piece.span.number))
        spans = self._scene.of(annotation)
        lane = max(self._block_lanes[piece.span] for piece in pieces)
        before: Piece | None = None
        for piece in ordered:
            if piece.opens and piece.span.number:
                top = self._chip_painter.bracket_end(before) if before else self._clip.top()
                self._chip_painter.join(piece, lane, top, self._chip_painter.bracket_start(piece))
            before = piece if piece.closes else None
        if before and before.span.number < len(spans) - 1:
            end = self._chip_painter.bracket_end(before)
            self._chip_painter.join(before, lane, end, self._clip.bottom())

    def _paint_fragments(self) -> None:
        """Join the fragments of one annotation below the words, as far as they share a row."""
        opening = {
            (p.span.annotation, p.span.number): p for p in (*self._chips, *self._blocks) if p.opens
        }
        for piece in (*self._chips, *self._blocks):
            span = piece.span
            if not piece.closes or self._scene.index.is_last(span):
                continue
            following = opening.get((span.annotation, span.number + 1))
            other = following.runs[0] if following and following.row is piece.row else None
            self._chip_painter.gap(piece, other)

    def _place_tags(self, placer: TagPlacer) -> list[Tag]:
        by_row: dict[int, list[Piece]] = {}
        for piece in (*(replace(block, lane=9) for block in self._blocks), *self._chips):
            by_row.setdefault(piece.row.start, []).append(piece)
        return [tag for pieces in by_row.values() for tag in placer.place(pieces)]

    def _paint_handles(self) -> list[tuple[QRectF, Span, bool]]:
        found = []
        measures = self._measures
        height = measures.ascent + measures.descent + 8
        for piece in (*self._chips, *self._blocks):
            if piece.span.annotation != self._scene.selected:
                continue
            self._chip_painter.handles(piece)
            top = piece.row.line.top + measures.strip - 4
            left, right = piece.runs[0][0], piece.runs[-1][1]
            begin, finish = (right, left) if piece.row.line.is_rtl else (left, right)
            if piece.opens:
                found.append((QRectF(begin - 6, top, 9, height), piece.span, True))
            if piece.closes:
                found.append((QRectF(finish - 3, top, 9, height), piece.span, False))
        return found

    def _paint_matches(self) -> None:
        search, theme = self._scene.search, self._scene.theme
        if search is None:
            return
        for start, end in search.between(self._rows[0].start, self._rows[-1].end):
            is_current = (start, end) == self._scene.selection
            self._paint_runs(start, end, theme.match_current if is_current else theme.match)

    def _paint_selection(self) -> None:
        start, end = self._scene.selection
        if start < end:
            colour = QColor(self._scene.theme.selection)
            colour.setAlphaF(0.85 if self._scene.has_focus else 0.5)
            self._paint_runs(start, end, colour)

    def _paint_runs(self, start: int, end: int, colour: QColor) -> None:
        measures = self._measures
        height = measures.ascent + measures.descent + 2
        for row in self._rows:
            if row.start > end or row.end < start:
                continue
            top = row.line.top + measures.strip - 1
            for x0, x1 in runs_of(row, start, end, self._scene.utf16):
                self._painter.fillRect(QRectF(x0, top, x1 - x0, height), colour)

    def _paint_token(self) -> None:
        """Underline the token a letter would label."""
        token = self._scene.token
        if token is None or self._scene.selected:
            return
        self._painter.setPen(QPen(self._scene.theme.muted, 1, Qt.PenStyle.DotLine))
        measures = self._measures
        for row in self._rows:
            y = row.line.top + measures.strip + measures.ascent + measures.descent - 0.5
            for x0, x1 in runs_of(row, *token, self._scene.utf16):
                self._painter.drawLine(QPointF(x0, y), QPointF(x1, y))

    def _paint_links(self, tags: Iterable[Tag]) -> None:
        if not self._scene.centre and not self._scene.shows_all_links:
            return
        tagged = {tag.annotation: tag.rect.left() for tag in tags if tag.is_first}
        stands: dict[str, list[Stand]] = {}
        for piece in sorted((*self._chips, *self._blocks), key=_from_above):
            stands.setdefault(piece.span.annotation, []).append(self._stand(piece, tagged))
        outermost = max(self._block_lanes.values(), default=0)
        trunk = self._chip_painter.bracket_x(self._layout.left, outermost) - BRACKET + 0.5
        paint_links(self._painter, self._scene, stands, trunk, self._clip)

    def _stand(self, piece: Piece, tagged: Mapping[str, float]) -> Stand:
        """Return where links may touch a piece, its tag being in its way."""
        chips, span, line = self._chip_painter, piece.span, piece.row.line
        left, right = piece.runs[0][0], piece.runs[-1][1]
        is_first = piece.opens and not span.number
        stand = Stand(
            y=floor(line.top) + 0.5,
            left=left if piece.opens else None,
            right=right if piece.closes else None,
            entry=tagged.get(span.annotation, left) - 3.5 if is_first else None,
        )
        if span not in self._block_lanes:
            return stand
        hooks = (
            *((chips.bracket_start(piece) + 1,) if piece.opens else ()),
            *((chips.bracket_end(piece) - 1,) if piece.closes else ()),
        )
        middle = line.top + self._measures.strip + self._measures.ascent / 2
        x = chips.bracket_x(line.left, self._block_lanes[span])
        return replace(stand, bracket=x, hooks=hooks or (middle,))

    def _paint_caret(self) -> None:
        scene, measures = self._scene, self._measures
        position = scene.utf16.to_qt(scene.caret)
        row = next((row for row in self._rows if self._holds_caret(row, position)), None)
        if row is None:
            return
        top = row.line.top + measures.strip - 1
        colour, width = (scene.theme.caret, 2.0) if scene.has_focus else (scene.theme.muted, 1.0)
        height = measures.ascent + measures.descent + 2
        self._painter.fillRect(
            QRectF(caret_x(row, position) - width / 2, top, width, height), colour
        )

    def _holds_caret(self, row: Row, position: int) -> bool:
        line = row.line
        return line.position <= position < line.end_position or (
            line.ends_block and position == line.end_position
        )


def _from_above(piece: Piece) -> tuple[float, int]:
    return (piece.row.line.top, piece.span.start)


def _outermost_first(piece: Piece) -> int:
    return piece.span.start - piece.span.end


def _highest_lane_first(piece: Piece) -> tuple[int, int]:
    return (-piece.lane, piece.span.start - piece.span.end)
