"""A slider over the scores from 0 to 100%: how many suggestions have which, and from where on they pass."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from annotator.gui.theme import Theme
from annotator.language import _, n_

STEP = 5
"""Per cent that one bar stands for, and that one key moves."""


class ScoreSlider(QAbstractSlider):
    """What passes is filled, the rest is outlined: the height of a bar says how many."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: Sequence[int] = ()
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, 100)
        self.setSingleStep(STEP)
        self.setPageStep(STEP * 4)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Least score"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.valueChanged.connect(self._on_value_changed)

    def show_counts(self, counts: Sequence[int]) -> None:
        """Show how many there are in each stretch of `STEP` per cent."""
        self._counts = counts
        self._on_value_changed()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 14, line * 2)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 6, line * 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = self._field()
        self._paint_bars(painter, field)
        painter.setPen(QPen(self._theme.border, 1))
        painter.drawLine(field.bottomLeft(), field.bottomRight())
        self._paint_handle(painter, field)

    def _field(self) -> QRectF:
        """Return where the bars stand: the handle has room at both ends and below."""
        knob = self._knob()
        return QRectF(self.rect()).adjusted(knob, 1, -knob, -knob)

    def _knob(self) -> float:
        return self.fontMetrics().height() * 0.36

    def _paint_bars(self, painter: QPainter, field: QRectF) -> None:
        most = max(self._counts, default=0)
        width = field.width() / max(1, len(self._counts))
        for n, count in enumerate(self._counts):
            if not count:
                continue
            height = max(3.0, field.height() * count / most)
            bar = QRectF(field.left() + n * width + 1, field.bottom() - height, width - 2, height)
            passes = n * STEP >= self.value() - STEP / 2
            painter.setPen(QPen(self._theme.accent if passes else self._theme.muted, 1))
            painter.setBrush(self._theme.accent if passes else Qt.BrushStyle.NoBrush)
            painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, 0))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_handle(self, painter: QPainter, field: QRectF) -> None:
        x = field.left() + field.width() * self.value() / 100
        knob = self._knob()
        ink = self._theme.focus if self.hasFocus() else self._theme.text
        painter.setPen(QPen(ink, 1.5))
        painter.drawLine(QPointF(x, field.top()), QPointF(x, field.bottom()))
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(self._theme.field)
        painter.drawEllipse(QPointF(x, field.bottom()), knob - 1, knob - 1)

    def _follow(self, event: QMouseEvent) -> None:
        field = self._field()
        at = (event.position().x() - field.left()) / max(1.0, field.width())
        self.setValue(round(at * 100 / STEP) * STEP)

    def _on_value_changed(self) -> None:
        passing = sum(self._counts[-(-self.value() // STEP) :])
        told = n_(
            "From {score}% on: {n} suggestion", "From {score}% on: {n} suggestions", passing
        ).format(score=self.value(), n=QLocale().toString(passing))
        self.setToolTip(told)
        self.setAccessibleDescription(told)
        self.update()
