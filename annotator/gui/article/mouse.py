"""What the mouse does in the article: drags select and label, clicks select, edges can be moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.core import units
from annotator.gui.article.spans import Span
from annotator.language import _

if TYPE_CHECKING:  # The view hands its mouse events over; what they do is done by the view.
    from annotator.gui.article.view import ArticleView

Mod = Qt.KeyboardModifier
SCROLL_MILLISECONDS = 40


@dataclass(slots=True)
class _Drag:
    """A button held down: where, on which offset, and the edge it took hold of, if any."""

    point: QPoint
    offset: int
    edge: Span | None = None
    moves_start: bool = False
    is_under_way: bool = False
    is_adding: bool = False


class Mouse:
    """Follows the mouse over one view."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._drag: _Drag | None = None
        self._double_clicked: tuple[QPoint, int] | None = None
        self._last: tuple[QPoint, Mod] = (QPoint(), Mod.NoModifier)
        self._timer = QTimer(view, interval=SCROLL_MILLISECONDS)
        self._timer.timeout.connect(self._scroll_on)

    def press(self, event: QMouseEvent) -> None:
        """Take hold of an edge, or of the place where a selection may begin."""
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.RightButton:
            self._prepare_menu(point)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._is_third_click(event):
            self._select_sentence(point)
            return
        offset = self._view.offset_at(point)
        if event.modifiers() & Mod.ShiftModifier:
            self._view.place(self._view.anchor, offset, reveal=False)
            return
        held = self._handle_at(point)
        self._drag = _Drag(point, offset, *(held or (None, False)))
        self._drag.is_adding = bool(event.modifiers() & Mod.ControlModifier)

    def move(self, event: QMouseEvent) -> None:
        """Show what the drag would select or where the edge would go; without a drag, what is hovered."""
        point = event.position().toPoint()
        self._last = (point, event.modifiers())
        drag = self._drag
        if drag is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._show_hovered(point)
            return
        far = (point - drag.point).manhattanLength() >= QApplication.startDragDistance()
        drag.is_under_way = drag.is_under_way or far
        if drag.is_under_way:
            self._follow(point, event.modifiers())
            inside = 0 <= point.y() < self._view.viewport().height()
            self._timer.stop() if inside else self._timer.start()

    def release(self, event: QMouseEvent) -> None:
        """Do what the drag or the click was for."""
        drag, self._drag = self._drag, None
        self._timer.stop()
        if drag is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if drag.edge:
            self._drop_edge(drag.edge)
        elif drag.is_under_way:
            self._use_selection(event.modifiers())
        else:
            self._click(drag)

    def double_click(self, event: QMouseEvent) -> None:
        """Select the word, and label it if a label is sticky."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        self._double_clicked = (point, event.timestamp())
        self._drag = None
        at = self._view.character_at(point)
        token = units.token_at(self._view.text, self._view.offset_at(point) if at is None else at)
        if token:
            self._view.place(*token, reveal=False)
            self._use_selection(event.modifiers())

    def hover(self, annotation: str) -> None:
        """Bring out an annotation while the mouse is over it; "" for none."""
        if annotation != self._view.scene.hovered:
            self._view.scene.hovered = annotation
            self._view.viewport().update()

    def annotation_at(self, point: QPoint) -> str:
        """Return the innermost annotation under a point, or the one whose tag is there; "" for none."""
        where = self._in_document(point)
        for tag in self._view.painted.tags:
            if tag.rect.adjusted(-3, -1, 3, 1).contains(where):
                return tag.annotation
        offset = self._view.character_at(point)
        spans = self._view.scene.index.at(offset) if offset is not None else []
        return spans[0].annotation if spans else ""

    def let_go(self) -> None:
        """Forget a drag, as when another article comes."""
        self._drag = None
        self._timer.stop()
        self._view.scene.preview = ()

    def _click(self, drag: _Drag) -> None:
        view = self._view
        tag = self._tag_at(drag.point)
        at = view.character_at(drag.point)
        if at is not None and not tag and view.framing.click(at, adds=drag.is_adding):
            return
        view.place(drag.offset, drag.offset, reveal=False)
        if tag:
            view.session.select(tag)
        elif at is None or not view.select_at(at):
            view.session.select("")

    def _use_selection(self, modifiers: Mod) -> None:
        """Add what was selected to the annotation with Ctrl; label it when a label is sticky."""
        view = self._view
        start, end = view.selection
        if start == end:
            return
        if modifiers & Mod.ControlModifier and view.session.selected:
            view.add_range(view.session.selected, (start, end))
        elif view.armed:
            view.label(view.armed)

    def _follow(self, point: QPoint, modifiers: Mod) -> None:
        drag, view = self._drag, self._view
        assert drag is not None
        offset = view.offset_at(point)
        if drag.edge:
            view.scene.preview = self._moved(
                drag.edge, offset, modifiers, moves_start=drag.moves_start
            )
            view.viewport().update()
            return
        start, end = sorted((drag.offset, offset))
        if not modifiers & Mod.AltModifier and start < end:
            start, end = units.snap(view.text, start, end)
        if offset < drag.offset:
            start, end = end, start
        view.place(start, end, reveal=False)

    def _moved(
        self, edge: Span, offset: int, modifiers: Mod, *, moves_start: bool
    ) -> tuple[Span, ...]:
        """Return the spans of the annotation with one edge at an offset, or at its token's edge."""
        token = None if modifiers & Mod.AltModifier else units.token_at(self._view.text, offset)
        if moves_start:
            moved = edge._replace(start=min(token[0] if token else offset, edge.end - 1))
        else:
            # Just before a token begins, the edge belongs to the end of the one before.
            beyond = token[1] if token and token[0] < offset else offset
            moved = edge._replace(end=max(beyond, edge.start + 1))
        own = self._view.scene.index.of(edge.annotation)
        return tuple(moved if span == edge else span for span in own)

    def _drop_edge(self, edge: Span) -> None:
        view = self._view
        preview, view.scene.preview = view.scene.preview, ()
        view.viewport().update()
        ranges = [(span.start, span.end) for span in preview]
        if preview and ranges != [
            (span.start, span.end) for span in view.scene.index.of(edge.annotation)
        ]:
            view.set_ranges(edge.annotation, ranges, _("Move a boundary"))

    def _handle_at(self, point: QPoint) -> tuple[Span, bool] | None:
        where = self._in_document(point)
        for rect, span, is_start in self._view.painted.handles:
            if rect.contains(where) and span.annotation == self._view.session.selected:
                return span, is_start
        return None

    def _tag_at(self, point: QPoint) -> str:
        where = self._in_document(point)
        tags = (
            tag
            for tag in self._view.painted.tags
            if tag.rect.adjusted(-3, -1, 3, 1).contains(where)
        )
        return next((tag.annotation for tag in tags), "")

    def _show_hovered(self, point: QPoint) -> None:
        over_handle = self._handle_at(point) is not None
        annotation = self.annotation_at(point)
        self.hover(annotation)
        shape = Qt.CursorShape.IBeamCursor
        if over_handle:
            shape = Qt.CursorShape.SizeHorCursor
        elif self._tag_at(point):
            shape = Qt.CursorShape.PointingHandCursor
        if self._view.viewport().cursor().shape() != shape:
            self._view.viewport().setCursor(shape)

    def _is_third_click(self, event: QMouseEvent) -> bool:
        last, self._double_clicked = self._double_clicked, None
        if last is None:
            return False
        near = (
            event.position().toPoint() - last[0]
        ).manhattanLength() < QApplication.startDragDistance()
        return near and event.timestamp() - last[1] < QApplication.doubleClickInterval()

    def _select_sentence(self, point: QPoint) -> None:
        start, end = units.sentence_at(self._view.text, self._view.offset_at(point))
        self._view.place(start, end, reveal=False)

    def _prepare_menu(self, point: QPoint) -> None:
        """Select what the menu will be about, unless it is about the selected words."""
        view = self._view
        at = view.character_at(point)
        start, end = view.selection
        if at is not None and not start <= at < end:
            here = [span.annotation for span in view.scene.index.at(at)]
            view.place(at, at, reveal=False)
            if view.session.selected not in here:
                view.session.select(here[0] if here else "")

    def _scroll_on(self) -> None:
        """Scroll while a drag is held beyond the edge of the view."""
        point, modifiers = self._last
        height = self._view.viewport().height()
        beyond = point.y() if point.y() < 0 else max(0, point.y() - height)
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + beyond)
        if self._drag:
            self._follow(QPoint(point.x(), max(0, min(height - 1, point.y()))), modifiers)

    def _in_document(self, point: QPoint) -> QPointF:
        return QPointF(point) + QPointF(0, self._view.verticalScrollBar().value())
