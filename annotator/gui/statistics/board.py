"""Lays the cards of the page out: sections below each other, their cards in as many columns as fit."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from annotator.gui.charts.ink import draw_words
from annotator.gui.statistics.cards import Card
from annotator.gui.theme import Theme

_COLUMN = 30
"""Lines of the font that a column is wide at least."""

Row = tuple[tuple[Card, ...], ...]
"""What stands side by side where there is room: stacks of cards. One stack takes the whole width."""


class Section(QWidget):
    """A heading and the rows of cards below it."""

    def __init__(self, title: str, rows: Sequence[Row], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = tuple(card for row in rows for stack in row for card in stack)
        self.heading = QLabel(title, self)
        self.heading.setObjectName("sectionHeading")
        self._rows = rows
        self._is_wide: bool | None = None
        self._grid = QGridLayout()
        self._grid.setSpacing(self.fontMetrics().height())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.fontMetrics().height() // 2)
        layout.addWidget(self.heading)
        layout.addLayout(self._grid)
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Put stacks side by side if there is room, else below each other."""
        is_wide = self.width() >= 2 * _COLUMN * self.fontMetrics().height()
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        while self._grid.takeAt(0) is not None:
            pass
        line = 0
        for row in self._rows:
            for place, stack in enumerate(row):
                across = 2 if len(row) == 1 or not is_wide else 1
                self._grid.addLayout(_stacked(stack), line, place if is_wide else 0, 1, across)
                line += 0 if is_wide else 1
            line += 1 if is_wide else 0
        for column in range(2):
            self._grid.setColumnStretch(column, 1)

    def draw(self, painter: QPainter, corner: QPointF, theme: Theme) -> None:
        """Paint the section where it is on the page, from this corner."""
        painter.setFont(self.heading.font())
        room = QRectF(self.heading.contentsRect()).translated(corner + QPointF(self.heading.pos()))
        draw_words(painter, room, self.heading.text(), theme.muted)
        for card in self.cards:
            card.draw(painter, corner + QPointF(card.pos()))


def _stacked(cards: Sequence[Card]) -> QVBoxLayout:
    stack = QVBoxLayout()
    stack.setSpacing(cards[0].fontMetrics().height())
    for place, card in enumerate(cards, 1):
        stack.addWidget(card, int(place == len(cards)))
    return stack
