"""The figures of the model as a table: how right it is for each label, read as numbers and as bars."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from annotator.core.scheme import Scheme
from annotator.gui.charts.numbers import number
from annotator.gui.theme import Theme
from annotator.language import _
from annotator.suggest.model.scores import Score, Scores

_SHARE = int(Qt.ItemDataRole.UserRole)
_COLOUR = _SHARE + 1

_ROW = 1.75
"""Height of a row in lines of the font."""

_SHOWN = 9
"""Rows that are seen without scrolling."""


class ScoreTable(QTableWidget):
    """A row for each label, the most frequent first, and one for all of them."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(0, 5, parent)
        self._bars = _Bars(theme, self)
        self.setItemDelegate(self._bars)
        self.setHorizontalHeaderLabels(
            [_("Label"), _("Precision"), _("Recall"), _("F1"), _("Right of labelled")]
        )
        tips = (
            "",
            _("Of what the model proposes, the share that is right"),
            _("Of what you labelled, the share that the model finds"),
            _("Both in one figure: 2 × right / (labelled + proposed)"),
            _("Spans found exactly, of those you labelled in the articles held out"),
        )
        for column, tip in enumerate(tips):
            if heading := self.horizontalHeaderItem(column):
                heading.setToolTip(tip)
        self.setAccessibleName(_("How right the model is, by label"))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(5):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def show_scores(self, scores: Scores, scheme: Scheme) -> None:
        """Show these from now on; labels that are gone are named by their ids."""
        known = {label.id: label for label in scheme.labels}
        rows = [
            (
                known[id_].name if id_ in known else id_,
                known[id_].colour if id_ in known else "",
                each,
            )
            for id_, each in scores.by_label.items()
        ]
        if len(rows) != 1:
            rows.append((_("All"), "", scores.micro))
        self.setRowCount(len(rows))
        for row, (name, colour, score) in enumerate(rows):
            self._show_row(row, name, colour, score)
        self.updateGeometry()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._bars.theme = theme
        self.viewport().update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        rows = round(line * _ROW) * min(self.rowCount(), _SHOWN)
        return QSize(line * 34, self.horizontalHeader().sizeHint().height() + rows + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _show_row(self, row: int, name: str, colour: str, score: Score) -> None:
        shares = (score.precision, score.recall, score.f1)
        counted = _("{right} of {wanted}").format(
            right=number(score.right), wanted=number(score.wanted)
        )
        for column, text in enumerate((name, *map(percent, shares), counted)):
            item = QTableWidgetItem(text)
            item.setData(_SHARE, shares[column - 1] if 0 < column < 4 else None)
            item.setData(_COLOUR, colour if column == 0 else None)
            if name == _("All") and row == self.rowCount() - 1:
                font = self.font()
                font.setBold(True)
                item.setFont(font)
            self.setItem(row, column, item)
        self.setRowHeight(row, round(self.fontMetrics().height() * _ROW))


class _Bars(QStyledItemDelegate):
    """Paints the name of a label with its colour, and a share as a number with a bar beside it."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        font = index.data(Qt.ItemDataRole.FontRole) or option.font
        painter.setFont(font)
        metrics = QFontMetrics(font)
        gap = metrics.height() * 0.35
        left = box.left() + gap
        text: str = index.data(Qt.ItemDataRole.DisplayRole)
        share, colour = index.data(_SHARE), index.data(_COLOUR)
        if colour:
            shades = self.theme.shades(colour)
            side = metrics.height() * 0.6
            swatch = QRectF(left, box.center().y() - side / 2, side, side)
            painter.setPen(QPen(shades.line, 1))
            painter.setBrush(shades.fill)
            painter.drawRoundedRect(swatch, 3, 3)
            left += side + gap
        if share is not None:
            left += self._paint_bar(painter, box, left, metrics, share)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self.theme.focus, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
        painter.setPen(self.theme.text if index.column() < 4 else self.theme.muted)
        room = box.adjusted(left - box.left(), 0, -gap, 0)
        words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()

    def _paint_bar(
        self, painter: QPainter, box: QRectF, left: float, metrics: QFontMetrics, share: float
    ) -> float:
        """Draw the share as a bar on its whole, and return the room that the bar takes."""
        numbers = metrics.horizontalAdvance(percent(1.0)) + metrics.height()
        width = max(0.0, box.right() - left - numbers)
        height = metrics.height() * 0.45
        whole = QRectF(left, box.center().y() - height / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.hover))
        painter.drawRoundedRect(whole, height / 3, height / 3)
        if share > 0:
            painter.setBrush(self.theme.accent)
            part = QRectF(whole.left(), whole.top(), max(2.0, width * share), height)
            painter.drawRoundedRect(part, height / 3, height / 3)
        return width + metrics.height() * 0.4


def percent(share: float) -> str:
    """Return a share as it is written, with one digit behind the mark."""
    return _("{number}%").format(number=number(share * 100, 1))
