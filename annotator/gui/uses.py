"""Labels with how often each is used: swatch, name and number, one after another on a line."""

from collections.abc import Mapping

from PySide6.QtCore import QLocale, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.core.scheme import Scheme
from annotator.gui.article.scene import label_of
from annotator.gui.marks import draw_swatch, small_font
from annotator.gui.session import Session
from annotator.gui.theme import Theme
from annotator.language import _

_V = Qt.AlignmentFlag.AlignVCenter


def paint_uses(
    painter: QPainter,
    box: QRect,
    theme: Theme,
    scheme: Scheme,
    counts: Mapping[str, int],
    inks: tuple[QColor, QColor],
) -> int:
    """Paint as many as there is room for and return where they end; "…" stands for the others."""
    metrics = painter.fontMetrics()
    side, gap = metrics.ascent() * 0.85, metrics.height() // 3
    x = box.left()
    for label_id, count in counts.items():
        name = label_of(scheme, label_id).name
        number = _("{n} ×").format(n=QLocale().toString(count))
        wide = metrics.horizontalAdvance(name), metrics.horizontalAdvance(number)
        whole = round(side) + gap * 3 + sum(wide)
        if x + whole > box.right():
            painter.setPen(inks[1])
            painter.drawText(QRect(x, box.top(), box.right() - x, box.height()), _V, "…")
            return box.right()
        square = QRectF(x, box.center().y() - side / 2 + 0.5, side, side)
        draw_swatch(painter, square, theme, label_of(scheme, label_id).colour)
        x += round(side) + gap
        painter.setPen(inks[0])
        painter.drawText(QRect(x, box.top(), wide[0] + 1, box.height()), _V, name)
        x += wide[0] + gap // 2 + 1
        painter.setPen(inks[1])
        painter.drawText(QRect(x, box.top(), wide[1] + 1, box.height()), _V, number)
        x += wide[1] + gap * 2
    return x


def told_uses(scheme: Scheme, counts: Mapping[str, int]) -> str:
    """Return the same in words: LOC 14 ×, ORG 3 ×."""
    return ", ".join(
        f"{label_of(scheme, label_id).name} {_('{n} ×').format(n=QLocale().toString(count))}"
        for label_id, count in counts.items()
    )


class UsesLine(QWidget):
    """A widget of one line with the labels of some words and their numbers."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.theme = theme
        self.counts: dict[str, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show these."""
        self.counts = counts
        self.setToolTip(told_uses(self._session.scheme, counts))
        self.setAccessibleName(self.toolTip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(small_font(self.font()))
        inks = self.theme.text, self.theme.muted
        paint_uses(painter, self.rect(), self.theme, self._session.scheme, self.counts, inks)
