"""What became of somebody's suggestions, a line for each label: a bar, the numbers, a word of warning."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QSizePolicy, QWidget

from annotator.core.scheme import Label
from annotator.gui.marks import small_font, swatch_icon
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.store.acceptance import Rate


@dataclass(frozen=True, slots=True)
class RateLine:
    """What became of the suggestions of one label.

    `lowered` is the sentence that says so, `is_asked` that they are to be shown all the same; that can
    be chosen where they `may_be_asked`.
    """

    label: Label
    rate: Rate
    open: int
    lowered: str = ""
    may_be_asked: bool = False
    is_asked: bool = False


class RateBars(QWidget):
    """`asked` carries a label's id, and whether it is to be suggested although it was mostly rejected."""

    asked = Signal(str, bool)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: Sequence[RateLine] = ()
        self.lines: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(2, 1)
        gap = self.fontMetrics().height() // 2
        self._grid.setHorizontalSpacing(gap)
        self._grid.setVerticalSpacing(gap // 2)

    def show_lines(self, lines: Sequence[RateLine]) -> None:
        """Show these in the place of what was shown."""
        if lines == self._shown and self.lines:
            return
        self._shown = lines
        for widget in self.lines:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.lines = []
        row = 0
        for line in lines:
            row = self._add(line, row)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        shown, self._shown = self._shown, ()
        self.show_lines(shown)

    def _add(self, line: RateLine, row: int) -> int:
        size = self.fontMetrics().height()
        swatch = QLabel(self)
        swatch.setPixmap(swatch_icon(self._theme, line.label.colour, size).pixmap(size))
        told = QLabel(told_of(line.rate, line.open), self)
        self._put(swatch, row, 0)
        self._put(QLabel(line.label.name, self), row, 1)
        self._put(_Bar(line.rate, line.label, self._theme, self), row, 2)
        self._put(told, row, 3)
        if line.lowered:
            row += 1
            lowered = QLabel(f"↓ {line.lowered}", self)
            lowered.setWordWrap(True)
            lowered.setFont(small_font(self.font()))
            self._put(lowered, row, 1, 3)
        if line.may_be_asked:
            row += 1
            self._put(self._choice(line), row, 1, 3)
        return row + 1

    def _choice(self, line: RateLine) -> QCheckBox:
        choice = QCheckBox(_("Suggest {label} all the same").format(label=line.label.name), self)
        choice.setChecked(line.is_asked)
        choice.setProperty("label", line.label.id)
        choice.clicked.connect(self._on_clicked)
        return choice

    def _put(self, widget: QWidget, row: int, column: int, span: int = 1) -> None:
        self._grid.addWidget(widget, row, column, 1, span)
        self.lines.append(widget)

    def _on_clicked(self, is_asked: bool) -> None:
        choice = self.sender()
        if choice is not None:
            self.asked.emit(choice.property("label"), is_asked)


def told_of(rate: Rate, waiting: int) -> str:
    """Return what became of suggestions, and how many wait, as words."""
    locale = QLocale()
    parts = []
    if rate.decided:
        share = _("{n}%").format(n=round(rate.share * 100))
        told = _("{share}, {n} of {all} accepted")
        accepted, decided = locale.toString(rate.accepted), locale.toString(rate.decided)
        parts.append(told.format(share=share, n=accepted, all=decided))
    if rate.changed:
        told = n_("{n} of them changed", "{n} of them changed", rate.changed)
        parts.append(told.format(n=locale.toString(rate.changed)))
    if waiting:
        told = n_("{n} waits", "{n} wait", waiting)
        parts.append(told.format(n=locale.toString(waiting)))
    return " · ".join(parts)


class _Bar(QWidget):
    """A track filled as far as was accepted; the part accepted with changes is hatched."""

    def __init__(self, rate: Rate, label: Label, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._rate = rate
        self._shades = theme.shades(label.colour)
        self._border = theme.border
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(told_of(rate, 0))

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 8, line)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 3, line)

    def paintEvent(self, event: QPaintEvent) -> None:
        rate = self._rate
        if not rate.decided:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = self.height() * 0.55
        track = QRectF(0.5, (self.height() - high) / 2, self.width() - 1, high)
        same = track.width() * rate.unchanged / rate.decided
        changed = track.width() * rate.changed / rate.decided
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(QRectF(track.left(), track.top(), same, high), self._shades.line)
        part = QRectF(track.left() + same, track.top(), changed, high)
        painter.fillRect(part, self._shades.fill)
        painter.setBrush(self._shades.line)
        painter.fillRect(part, Qt.BrushStyle.BDiagPattern)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._border, 1))
        painter.drawRect(track)
