"""The labels in use as rows of the palette, and how each is drawn."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.core.scheme import Label
from annotator.gui.marks import draw_key_cap, draw_pin, draw_swatch, small_font
from annotator.gui.row_ground import paint_ground
from annotator.gui.theme import Theme
from annotator.language import _, n_

LABEL = int(Qt.ItemDataRole.UserRole)
COUNT = LABEL + 1
ARMED = LABEL + 2
CURRENT = LABEL + 3
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class LabelModel(QAbstractListModel):
    """Labels that take annotations, with their count in the open article."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._labels: Sequence[Label] = ()
        self._counts: Mapping[str, int] = {}
        self.armed = ""
        self.current = ""

    def set_labels(self, labels: Sequence[Label]) -> None:
        if tuple(labels) != tuple(self._labels):
            self.beginResetModel()
            self._labels = labels
            self.endResetModel()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        if counts != self._counts:
            self._counts = counts
            self._redraw()

    def set_armed(self, label_id: str) -> None:
        """Show this label as sticky, "" for none."""
        self.armed = label_id
        self._redraw()

    def set_current(self, label_id: str) -> None:
        """Show this label as that of the selected annotation, "" for none."""
        if label_id != self.current:
            self.current = label_id
            self._redraw()

    def label(self, index: _Index) -> Label:
        return self._labels[index.row()]

    def place(self, label_id: str) -> int:
        """Return the row of a label, -1 when it is not shown."""
        ids = [label.id for label in self._labels]
        return ids.index(label_id) if label_id in ids else -1

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._labels)

    def data(self, index: _Index, role: int = LABEL) -> Any:
        if not index.isValid():
            return None
        label = self.label(index)
        if role == LABEL:
            return label
        if role == COUNT:
            return self._counts.get(label.id, 0)
        if role == ARMED:
            return label.id == self.armed
        if role == CURRENT:
            return label.id == self.current
        if role == Qt.ItemDataRole.DisplayRole:
            return label.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return label.description
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(label)
        return None

    def _spoken(self, label: Label) -> str:
        count = self._counts.get(label.id, 0)
        parts = [label.name]
        if label.key:
            parts.append(_("key {key}").format(key=label.key.upper()))
        parts.append(
            n_("{count} in this article", "{count} in this article", count).format(count=count)
        )
        if label.id == self.armed:
            parts.append(_("sticky"))
        return ", ".join(parts)

    def _redraw(self) -> None:
        if self._labels:
            self.dataChanged.emit(self.index(0), self.index(len(self._labels) - 1))


class LabelDelegate(QStyledItemDelegate):
    """Swatch, name, count, pin and key cap on one line."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = QFontMetrics(option.font).height()
        return QSize(line * 8, line * 8 // 5)

    def pin_box(self, box: QRect, metrics: QFontMetrics) -> QRect:
        """Return where the pin of a row is drawn and clicked."""
        size = metrics.height()
        return QRect(box.right() - size * 7 // 2, box.top(), size * 5 // 4, box.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        box: QRect = option.rect
        flags: QStyle.StateFlag = option.state
        font = option.font
        label: Label = index.data(LABEL)
        metrics = QFontMetrics(font)
        line, gap = metrics.height(), metrics.height() // 2
        painter.save()
        paint_ground(painter, box, self.theme, flags & ~QStyle.StateFlag.State_Selected)
        if index.data(ARMED):
            self._paint_frame(painter, box, label)
        self._paint_edge(painter, box, label, index)
        swatch = QRectF(
            box.left() + gap * 1.6, box.center().y() - line * 0.36, line * 1.1, line * 0.76
        )
        draw_swatch(painter, swatch, self.theme, label.colour)
        draw_key_cap(
            painter,
            box.right() - gap,
            box.center().y() + 0.5,
            self.theme,
            small_font(font),
            label.key,
        )
        pin = self.pin_box(box, metrics)
        armed = bool(index.data(ARMED))
        if armed or flags & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus):
            size = line * 0.62
            mark = QRectF(pin.center().x() - size / 2, pin.center().y() - size / 2 + 1, size, size)
            draw_pin(painter, mark, self.theme.accent if armed else self.theme.muted, filled=armed)
        left = round(swatch.right()) + gap
        right = self._paint_count(
            painter, QRect(left, box.top(), pin.left() - left, box.height()), index
        )
        painter.setFont(font)
        painter.setPen(self.theme.text)
        name = metrics.elidedText(label.name, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(
            QRect(left, box.top(), right - left, box.height()), Qt.AlignmentFlag.AlignVCenter, name
        )
        painter.restore()

    def _paint_frame(self, painter: QPainter, box: QRect, label: Label) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shades = self.theme.shades(label.colour)
        painter.setPen(QPen(shades.line, 1.5))
        painter.setBrush(shades.fill)
        painter.drawRoundedRect(QRectF(box).adjusted(4, 1, -4, -1), 5, 5)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_edge(self, painter: QPainter, box: QRect, label: Label, index: _Index) -> None:
        """Mark the label of the selected annotation with a bar at the left."""
        if index.data(CURRENT):
            painter.fillRect(
                QRectF(box.left() + 4, box.top() + 4, 3, box.height() - 8),
                self.theme.shades(label.colour).line,
            )

    def _paint_count(self, painter: QPainter, box: QRect, index: _Index) -> int:
        count: int = index.data(COUNT)
        if not count:
            return box.right()
        painter.setFont(small_font(painter.font()))
        painter.setPen(self.theme.muted)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, flags, f"{count}")
        return box.right() - painter.fontMetrics().horizontalAdvance(f"{count}") - 6
