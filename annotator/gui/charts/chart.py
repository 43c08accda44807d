"""What every chart can do: be walked with the arrows, followed with Enter, pointed at, saved as a picture."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.gui.charts.ink import draw_callout, draw_words
from annotator.gui.charts.pictures import save_picture
from annotator.gui.charts.shapes import Table
from annotator.gui.marks import small_font
from annotator.gui.theme import Theme

_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar, a piece of one, or a point: where it is painted, and the `area` in which it is meant.

    `row` and `column` are where the arrows find it.
    """

    box: QRectF
    area: QRectF
    row: int
    column: int
    key: object


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything of a chart goes at one size; `frame` is what the axes enclose."""

    frame: QRectF
    marks: tuple[Mark, ...]


class Chart(QWidget):
    """`chosen` carries the key of what was clicked or entered; what has no key leads nowhere.

    A subclass plans where its marks go, paints them, and knows its table. It calls `renew` when it
    has something else to show.
    """

    chosen = Signal(object)
    stands = False
    """Whether what belongs together is stacked upwards; else it lies in a row."""

    def __init__(self, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.empty = ""
        self.theme = theme
        self._plan: Plan | None = None
        self._current = -1
        self._pointed = -1
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    @abstractmethod
    def is_empty(self) -> bool:
        """Whether there is nothing to show; then `empty` is said in its place."""

    @abstractmethod
    def table(self) -> Table:
        """Return what the chart shows, as a table."""

    @abstractmethod
    def said(self, mark: Mark) -> str:
        """Return what a mark says, the first line in short."""

    @abstractmethod
    def plan(self, size: QSizeF, font: QFont) -> Plan:
        """Return where everything goes; no marks where there is nothing to show."""

    @abstractmethod
    def paint(self, painter: QPainter, plan: Plan, looked_at: int = -1) -> None:
        """Paint as planned; `looked_at` is the place of the mark that stands out, if one does."""

    @property
    def marks(self) -> Sequence[Mark]:
        """What there is to walk and to click, in order."""
        return self._planned().marks

    @property
    def current(self) -> Mark | None:
        """The mark that the keyboard is at."""
        return self.marks[self._current] if 0 <= self._current < len(self.marks) else None

    def renew(self) -> None:
        """Plan and paint again: the values, the size or the font are others."""
        at = self._current
        self._plan = None
        self._pointed = -1
        self._current = min(at, len(self.marks) - 1)
        self.setAccessibleDescription(self.said(self.current) if self.current else self.empty)
        self.updateGeometry()
        self.update()

    def go_to(self, place: int) -> None:
        """Let the keyboard be at a mark, and say it."""
        self._current = place
        self._pointed = -1
        mark = self.current
        self.setAccessibleDescription(self.said(mark) if mark else self.empty)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self.theme = theme
        self.update()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Paint the chart into a box of another picture, with nothing looked at."""
        painter.save()
        painter.translate(box.topLeft())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.small_font())
        self._paint_all(painter, self.plan(box.size(), self.font()), box.size(), -1)
        painter.restore()

    def save(self, path: Path) -> None:
        """Write the chart as it is painted now, as PNG or SVG. Raises UserError."""
        size = QSizeF(self.size())
        margin = self.fontMetrics().height()
        head = self.fontMetrics().height() * 2.0
        whole = QSizeF(size.width() + 2 * margin, size.height() + head + 2 * margin)

        def paint(painter: QPainter) -> None:
            painter.setFont(self.font())
            title = QRectF(margin, margin, size.width(), head)
            draw_words(painter, title, self.title, self.theme.text)
            self.draw(painter, QRectF(QPointF(margin, margin + head), size))

        save_picture(path, whole, self.title, self.theme.panel, paint)

    def small_font(self) -> QFont:
        """Return the font of axes and values."""
        return small_font(self.font())

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 26, line * (3 if self.is_empty else 13))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 14, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.small_font())
        looked_at = self._looked_at()
        plan = self._planned()
        self._paint_all(painter, plan, QSizeF(self.size()), looked_at)
        if looked_at >= 0:
            mark = plan.marks[looked_at]
            if self.hasFocus() and looked_at == self._current:
                painter.setPen(QPen(self.theme.focus, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(mark.box.adjusted(-2, -2, 2, 2), 3, 3)
            draw_callout(painter, mark.box, self.said(mark), QRectF(self.rect()), self.theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._plan = None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.renew()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        self.go_to(max(0, self._current) if by_key and self.marks else self._current)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        mark = self.current
        if step and self.marks:
            self.go_to(self._beside(*step))
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.marks:
            self.go_to(0 if event.key() == Qt.Key.Key_Home else len(self.marks) - 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and mark:
            self._follow(mark)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if place != self._pointed:
            self._pointed = place
            leads = place >= 0 and bool(self.marks[place].key)
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor
            )
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointed = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self.go_to(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0 and place == self._current:
            self._follow(self.marks[place])

    def _planned(self) -> Plan:
        if self._plan is None:
            self._plan = self.plan(QSizeF(self.size()), self.font())
        return self._plan

    def _paint_all(self, painter: QPainter, plan: Plan, size: QSizeF, looked_at: int) -> None:
        if not self.is_empty:
            self.paint(painter, plan, looked_at)
            return
        metrics = QFontMetricsF(painter.font())
        painter.setPen(self.theme.muted)
        room = QRectF(QPointF(0, metrics.height() / 2), size)
        painter.drawText(room, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self.empty)

    def _looked_at(self) -> int:
        if self._pointed >= 0:
            return self._pointed
        return self._current if self.hasFocus() and self.current else -1

    def _at(self, where: QPointF) -> int:
        """Return the place of the mark that is meant there, -1 where none is; nearest middle first."""
        meant = [
            (abs(mark.box.center().x() - where.x()) + abs(mark.box.center().y() - where.y()), place)
            for place, mark in enumerate(self.marks)
            if mark.area.contains(where)
        ]
        return min(meant)[1] if meant else -1

    def _beside(self, down: int, right: int) -> int:
        """Return the place of the mark an arrow leads to; where all stand in a line, any arrow walks it."""
        marks, here = self.marks, self.current
        if here is None:
            return 0
        if len({m.row for m in marks}) == 1 or len({m.column for m in marks}) == 1:
            return min(max(0, self._current + down + right), len(marks) - 1)
        is_along = bool(down) == self.stands
        ahead = [
            (*_away(mark, here, is_down=bool(down)), place)
            for place, mark in enumerate(marks)
            if (mark.row - here.row) * down > 0 or (mark.column - here.column) * right > 0
        ]
        return min(
            (each for each in ahead if not (is_along and each[1])), default=(0, 0, self._current)
        )[2]

    def _follow(self, mark: Mark) -> None:
        if mark.key:
            self.chosen.emit(mark.key)


def _away(mark: Mark, here: Mark, *, is_down: bool) -> tuple[int, int]:
    """Return how far a mark is the way the arrow points, and how far beside it."""
    rows, columns = abs(mark.row - here.row), abs(mark.column - here.column)
    return (rows, columns) if is_down else (columns, rows)
