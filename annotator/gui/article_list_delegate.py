"""Draws an article's row: state, title and counts, and a quieter line of date and source."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.core.model import ArticleState
from annotator.gui.article_list_model import ROW, title_of
from annotator.gui.marks import draw_state, small_font
from annotator.gui.row_ground import paint_ground
from annotator.gui.theme import Theme
from annotator.store.articles import ArticleRow

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ArticleDelegate(QStyledItemDelegate):
    """Paints straight from the row; asks the style for nothing, so that scrolling stays cheap."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        line = QFontMetrics(option.font).height()
        small = QFontMetrics(small_font(option.font)).height()
        return QSize(line * 8, line + small + line * 7 // 8)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: ArticleRow = index.data(ROW)
        box: QRect = option.rect
        flags: QStyle.StateFlag = option.state
        selected = bool(flags & QStyle.StateFlag.State_Selected)
        painter.save()
        paint_ground(painter, box, self.theme, flags)
        ink = self.theme.selection_text if selected else None
        font = option.font
        metrics = QFontMetrics(font)
        line, gap = metrics.height(), metrics.height() * 2 // 5
        mark = line * 7 // 10
        top = box.top() + (box.height() - line - QFontMetrics(small_font(font)).height()) // 2
        first = QRect(box.left() + gap * 2, top, box.width() - gap * 4, line)
        draw_state(
            painter,
            QRectF(first.left(), top + (line - mark) / 2, mark, mark),
            self.theme,
            row.state,
            ink,
        )
        first.setLeft(first.left() + mark + gap)
        self._paint_words(painter, first, row, font, ink)
        painter.restore()

    def _paint_words(
        self, painter: QPainter, first: QRect, row: ArticleRow, font: QFont, ink: QColor | None
    ) -> None:
        small = small_font(font)
        second = QRect(
            first.left(), first.bottom() + 2, first.width(), QFontMetrics(small).height()
        )
        painter.setFont(small)
        right = self._paint_counts(painter, first, row, ink)
        title = QRect(first.left(), first.top(), right - first.left(), first.height())
        painter.setPen(ink or self.theme.muted)
        beneath = " · ".join(filter(None, (row.published, row.source)))
        words = QFontMetrics(small).elidedText(beneath, Qt.TextElideMode.ElideRight, second.width())
        painter.drawText(second, _LEFT, words)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        quiet = row.state is ArticleState.DONE or not row.title
        painter.setPen(ink or (self.theme.muted if quiet else self.theme.text))
        words = metrics.elidedText(title_of(row), Qt.TextElideMode.ElideRight, title.width())
        painter.drawText(title, _LEFT, words)

    def _paint_counts(
        self, painter: QPainter, first: QRect, row: ArticleRow, ink: QColor | None
    ) -> int:
        """Draw the numbers at the right end and return where the title must stop."""
        metrics, gap = painter.fontMetrics(), first.height() // 3
        right = first.right()
        if row.annotations:
            number = f"{row.annotations}"
            painter.setPen(ink or self.theme.muted)
            painter.drawText(
                QRect(first.left(), first.top(), right - first.left(), first.height()),
                _RIGHT,
                number,
            )
            right -= metrics.horizontalAdvance(number) + gap
        if row.suggestions:
            number = f"{row.suggestions}"
            width = metrics.horizontalAdvance(number) + metrics.height()
            pill = QRectF(
                right - width, first.center().y() - metrics.height() / 2, width, metrics.height()
            )
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(ink or self.theme.accent, 1)
            pen.setDashPattern([2.5, 2])
            painter.setPen(pen)
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, number)
            right -= width + gap
        return right
