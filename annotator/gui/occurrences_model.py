"""Occurrences as a list: a tick, the words in the middle with what stands to either side, what they are."""

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.core.scheme import Scheme
from annotator.gui.article.scene import UNKNOWN
from annotator.gui.article_list_delegate import paint_ground
from annotator.gui.marks import small_font
from annotator.gui.theme import Theme
from annotator.language import _
from annotator.store import occurrences
from annotator.store.occurrences import SO, TICKED, Context, Occurrence, Standing
from annotator.store.project import Project

PAGE = 100
CONTEXT = int(Qt.ItemDataRole.UserRole)
_PAGES = 40
_Index = QModelIndex | QPersistentModelIndex
_Key = tuple[str, int, int]
_BLANKS = re.compile(r"\s+")
_V = Qt.AlignmentFlag.AlignVCenter


class OccurrenceModel(QStringListModel):
    """Occurrences in reading order, each with a tick; the words around are read when they are looked at.

    Ticked at first is what overlaps nothing; while labels are being removed, all that has the label.
    What was ticked by hand stays so when the list is read anew. Rows are strings of Qt's own: laying
    out 100,000 of them asks nothing of Python.
    """

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._rows: Sequence[Occurrence] = ()
        self._ticked: set[int] = set()
        self._by_hand: dict[_Key, bool] = {}
        self._pages: dict[int, list[Context]] = {}
        self.is_removal = False

    @property
    def rows(self) -> Sequence[Occurrence]:
        """What is listed."""
        return self._rows

    def show(self, found: Sequence[Occurrence], *, is_removal: bool) -> None:
        """List these, or to remove a label those that have it."""
        self.is_removal = is_removal
        self._rows = [each for each in found if each.standing in SO] if is_removal else found
        self._pages.clear()
        self._ticked = {
            n
            for n, each in enumerate(self._rows)
            if self.is_tickable(each)
            and self._by_hand.get(each[:3], is_removal or each.standing in TICKED)
        }
        self.setStringList([""] * len(self._rows))

    def forget_ticks(self) -> None:
        """Let nothing be ticked by hand any more."""
        self._by_hand.clear()

    def ticked(self) -> list[Occurrence]:
        """Return what is ticked, in reading order."""
        return [self._rows[n] for n in sorted(self._ticked)]

    @property
    def count(self) -> int:
        """How many are ticked."""
        return len(self._ticked)

    def occurrence(self, index: _Index) -> Occurrence | None:
        """Return the occurrence of a row, None where there is no such row."""
        return self._rows[index.row()] if index.isValid() else None

    def is_tickable(self, occurrence: Occurrence) -> bool:
        """Tell whether there is anything to do with an occurrence."""
        return self.is_removal or occurrence.standing is not Standing.LABELLED

    def toggle(self, index: _Index) -> None:
        """Tick a row, or take its tick away."""
        each = self.occurrence(index)
        if each and self.is_tickable(each):
            self._tick(index.row(), index.row() not in self._ticked)
            self.dataChanged.emit(index, index)

    def tick_all(self, *, overlapping: bool = False) -> None:
        """Tick what overlaps nothing, or all there is to do; the rest loses its tick."""
        for n, each in enumerate(self._rows):
            is_plain = self.is_removal or each.standing in TICKED
            self._tick(n, self.is_tickable(each) and (overlapping or is_plain))
        self._repaint()

    def tick_none(self) -> None:
        """Take every tick away."""
        for n in range(len(self._rows)):
            self._tick(n, False)
        self._repaint()

    def is_ticked(self, row: int) -> bool:
        return row in self._ticked

    def context(self, row: int) -> Context:
        """Return the words of a row and around it, reading its page if need be."""
        number, offset = divmod(row, PAGE)
        if number not in self._pages:
            if len(self._pages) >= _PAGES:
                self._pages.clear()
            some = self._rows[number * PAGE : (number + 1) * PAGE]
            self._pages[number] = occurrences.contexts(self._project, some)
        return self._pages[number][offset]

    def flags(self, index: _Index) -> Qt.ItemFlag:
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return enabled | Qt.ItemFlag.ItemIsUserCheckable

    def setData(self, index: _Index, _value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role == Qt.ItemDataRole.CheckStateRole:
            self.toggle(index)
        return role == Qt.ItemDataRole.CheckStateRole

    def data(self, index: _Index, role: int = CONTEXT) -> Any:
        each = self.occurrence(index)
        if each is None:
            return None
        if role == CONTEXT:
            return self.context(index.row())
        if role == Qt.ItemDataRole.CheckStateRole:
            ticked = index.row() in self._ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return each.surface
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._read_aloud(index.row(), each)
        return None

    def _read_aloud(self, row: int, each: Occurrence) -> str:
        around = self.context(row)
        words = _BLANKS.sub(" ", f"{around.before[-40:]}{around.words}{around.behind[:40]}").strip()
        told = mark_of(self._project.scheme, each)
        return "\n".join(filter(None, (words, told, around.title)))

    def _tick(self, row: int, is_ticked: bool) -> None:
        self._by_hand[self._rows[row][:3]] = is_ticked
        if is_ticked:
            self._ticked.add(row)
        else:
            self._ticked.discard(row)

    def _repaint(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))


class OccurrenceDelegate(QStyledItemDelegate):
    """Lines the words up in one column, with the words before them to the left of it.

    `colour` is that of the label they are to have; `has_titles` shows in which article each is,
    `has_marks` what stands there.
    """

    def __init__(self, theme: Theme, scheme: Scheme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self.scheme = scheme
        self.colour = "grey"
        self.has_titles = self.has_marks = False

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = option.fontMetrics.height()
        return QSize(line * 20, line * 3 // 2)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Tick by a click on the box, and nowhere else in the row."""
        if event.type() != QEvent.Type.MouseButtonRelease or not isinstance(event, QMouseEvent):
            return False
        if event.position().x() > option.rect.left() + _tick_width(option.fontMetrics):
            return False
        return model.setData(index, None, Qt.ItemDataRole.CheckStateRole)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, OccurrenceModel)
        each, around = model.occurrence(index), model.context(index.row())
        if each is None:
            return
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = self.theme.selection_text if is_selected else self.theme.text
        quiet = self.theme.selection_text if is_selected else self.theme.muted
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option.rect, self.theme, option.state)
        metrics = option.fontMetrics
        gap = metrics.height() // 2
        box: QRect = option.rect.adjusted(0, 0, -gap, 0)
        if model.is_tickable(each):
            self._paint_tick(painter, box, metrics, is_ticked=model.is_ticked(index.row()))
        box.setLeft(box.left() + _tick_width(metrics))
        painter.setFont(small_font(option.font))
        if self.has_marks:
            box.setRight(self._paint_mark(painter, box, each, quiet) - gap)
        if self.has_titles:
            box.setRight(self._paint_title(painter, box, around.title, quiet) - gap)
        self._paint_words(painter, box, option.font, around, (ink, quiet), is_selected=is_selected)
        painter.restore()

    def _paint_tick(
        self, painter: QPainter, box: QRect, metrics: QFontMetrics, *, is_ticked: bool
    ) -> None:
        side = metrics.height() * 0.72
        left = box.left() + metrics.height() * 0.55
        square = QRectF(left, box.center().y() - side / 2 + 0.5, side, side)
        painter.setPen(QPen(self.theme.accent if is_ticked else self.theme.muted, 1.2))
        painter.setBrush(self.theme.accent if is_ticked else self.theme.field)
        painter.drawRoundedRect(square, 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if is_ticked:
            painter.setPen(QPen(self.theme.accent_text, side / 7))
            points = ((0.24, 0.52), (0.43, 0.72), (0.77, 0.3))
            x, y = square.left(), square.top()
            places = [QRectF(x + a * side, y + b * side, 0, 0).topLeft() for a, b in points]
            painter.drawPolyline(places)

    def _paint_mark(self, painter: QPainter, box: QRect, each: Occurrence, quiet: QColor) -> int:
        """Write what an occurrence is at the right end; return where that column begins."""
        metrics = painter.fontMetrics()
        width = min(metrics.averageCharWidth() * 19, box.width() // 4)
        column = QRect(box.right() - width, box.top(), width, box.height())
        told = mark_of(self.scheme, each)
        if told:
            side = metrics.ascent() * 0.7
            shades = self.theme.shades(_label(self.scheme, each.label).colour)
            dot = QRectF(column.left(), box.center().y() - side / 2 + 0.5, side, side)
            painter.setPen(QPen(shades.line, 1.2))
            painter.setBrush(shades.fill if each.standing in SO else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(dot, 2, 2)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(quiet)
            words = column.adjusted(round(side * 1.7), 0, 0, 0)
            shown = metrics.elidedText(told, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(words, _V, shown)
        return column.left()

    def _paint_title(self, painter: QPainter, box: QRect, title: str, quiet: QColor) -> int:
        metrics = painter.fontMetrics()
        width = min(metrics.averageCharWidth() * 22, box.width() // 4)
        column = QRect(box.right() - width, box.top(), width, box.height())
        painter.setPen(quiet)
        shown = title or _("Untitled")
        painter.drawText(column, _V, metrics.elidedText(shown, Qt.TextElideMode.ElideRight, width))
        return column.left()

    def _paint_words(
        self,
        painter: QPainter,
        box: QRect,
        font: QFont,
        around: Context,
        inks: tuple[QColor, QColor],
        *,
        is_selected: bool,
    ) -> None:
        ink, quiet = inks
        plain = QFontMetrics(font)
        strong = QFont(font)
        strong.setBold(True)
        bold = QFontMetrics(strong)
        middle = box.left() + box.width() * 2 // 5
        most = box.right() - middle
        words = bold.elidedText(one_line(around.words), Qt.TextElideMode.ElideMiddle, most * 3 // 4)
        width = bold.horizontalAdvance(words)
        if not is_selected:
            shades = self.theme.shades(self.colour)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shades.fill)
            chip = QRectF(
                middle - 2, box.center().y() - bold.height() / 2, width + 4, bold.height() + 1
            )
            painter.drawRoundedRect(chip, 3, 3)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(font)
        painter.setPen(quiet)
        left = QRect(box.left(), box.top(), middle - 2 - box.left(), box.height())
        before = plain.elidedText(one_line(around.before), Qt.TextElideMode.ElideLeft, left.width())
        painter.drawText(
            left, _V | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute, before
        )
        right = QRect(middle + width + 2, box.top(), most - width - 2, box.height())
        behind = plain.elidedText(
            one_line(around.behind), Qt.TextElideMode.ElideRight, right.width()
        )
        painter.drawText(
            right, _V | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute, behind
        )
        painter.setFont(strong)
        painter.setPen(ink)
        painter.drawText(QRect(middle, box.top(), most, box.height()), _V, words)


def mark_of(scheme: Scheme, each: Occurrence) -> str:
    """Return in a word or two what stands at an occurrence, "" where there is nothing to tell."""
    told = {
        Standing.REJECTED: _("rejected before"),
        Standing.PROPOSED: _("already suggested"),
        Standing.AROUND: _("holds {label}"),
        Standing.INSIDE: _("inside {label}"),
        Standing.CROSSING: _("crosses {label}"),
        Standing.OTHERWISE: _("is {label}"),
        Standing.UNLINKED: _("{label}, without the entity"),
        Standing.LABELLED: _("labelled {label}"),
    }.get(each.standing, "")
    return told.format(label=_label(scheme, each.label).name)


def one_line(words: str) -> str:
    """Return words with every kind of blank as one space; those at the ends stay."""
    return _BLANKS.sub(" ", words)


def _label(scheme: Scheme, label_id: str) -> Any:
    try:
        return scheme.label(label_id)
    except KeyError:
        return UNKNOWN


def _tick_width(metrics: QFontMetrics) -> int:
    return metrics.height() * 9 // 5
