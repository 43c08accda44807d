"""The findings as a list: a sign of their rank, the words, what is wrong with them and what to do."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.core.findings import Finding, Rank, kind_name, rank_name
from annotator.gui.icons import tinted_icon
from annotator.gui.marks import draw_key_cap, small_font
from annotator.gui.row_ground import paint_ground
from annotator.gui.theme import Theme
from annotator.language import _

FINDING = int(Qt.ItemDataRole.UserRole)
PLACE = FINDING + 1
REPAIR_KEY = "R"

_Index = QModelIndex | QPersistentModelIndex
_SIGNS = {Rank.FAULT: "error", Rank.DOUBT: "warning", Rank.NOTE: "details"}


def key_of(finding: Finding) -> str:
    """Return what makes two findings the same, though other work lies between."""
    return f"{finding.kind}|{finding.annotation_id}|{finding.start}|{finding.end}"


class FindingModel(QStringListModel):
    """Findings in the order given; `place` says in a word or two where one is.

    The keys are strings of Qt's own: laying out 20,000 rows asks nothing of Python.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.place: Callable[[Finding], str] = lambda finding: finding.title
        self.findings: Sequence[Finding] = ()
        self._keys: list[str] = []

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Show these."""
        before = self._keys
        self.findings = findings
        self._keys = keys = [key_of(finding) for finding in findings]
        if keys != before:
            self.setStringList(keys)
        elif keys:
            self.dataChanged.emit(self.index(0), self.index(len(keys) - 1))

    def finding(self, index: _Index) -> Finding | None:
        """Return the finding of a row, None where there is no such row."""
        return self.findings[index.row()] if index.isValid() else None

    def row_of(self, key: str) -> int:
        """Return the row of a finding, -1 when it is not shown."""
        return self._keys.index(key) if key in self._keys else -1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = FINDING) -> Any:
        finding = self.finding(index)
        if finding is None:
            return None
        if role == FINDING:
            return finding
        if role == PLACE:
            return self.place(finding)
        if role == Qt.ItemDataRole.DisplayRole:
            return finding.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{finding.words}\n{finding.message}\n{finding.remedy}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._read_aloud(finding)
        return None

    def _read_aloud(self, finding: Finding) -> str:
        key = _("{key} repairs it.").format(key=REPAIR_KEY) if finding.repair else ""
        parts = (
            f"{rank_name(finding.rank)}: {finding.words}.",
            finding.message,
            finding.remedy,
            key,
            self.place(finding),
        )
        return " ".join(filter(None, parts))


class FindingDelegate(QStyledItemDelegate):
    """Words and place at the left, message and remedy beside them; one below the other where it is narrow."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self.is_narrow = False

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = option.fontMetrics.height()
        under = QFontMetrics(small_font(option.font)).height()
        lines = line + under * (2 if self.is_narrow else 1)
        return QSize(line * 8, lines + line // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        finding: Finding = index.data(FINDING)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        line = QFontMetrics(option.font).height()
        painter.save()
        paint_ground(painter, option.rect, self.theme, option.state)
        box: QRect = option.rect.adjusted(line * 3 // 4, line // 4, -line * 3 // 4, -line // 4)
        self._paint_sign(painter, box, line, finding.rank, is_selected=is_selected)
        box.setLeft(box.left() + line * 3 // 2)
        if finding.repair:
            font, middle = small_font(option.font), option.rect.center().y()
            draw_key_cap(painter, box.right() + 1, middle, self.theme, font, REPAIR_KEY)
        box.setRight(box.right() - line * 2)
        pen = _Pen(painter, option.font, self.theme, is_selected=is_selected)
        paint = _paint_below if self.is_narrow else _paint_beside
        paint(pen, box, finding, index.data(PLACE))
        painter.restore()

    def _paint_sign(
        self, painter: QPainter, box: QRect, line: int, rank: Rank, *, is_selected: bool
    ) -> None:
        theme = self.theme
        colours = {Rank.FAULT: theme.danger, Rank.DOUBT: theme.warning, Rank.NOTE: theme.muted}
        ink = theme.selection_text if is_selected else colours[rank]
        tinted_icon(_SIGNS[rank], ink).paint(painter, QRect(box.left(), box.top(), line, line))


class _Pen:
    """Writes lines of a row: in the usual letters or smaller ones, plainly or more quietly."""

    def __init__(self, painter: QPainter, font: QFont, theme: Theme, *, is_selected: bool) -> None:
        self._painter = painter
        self._font, self._small = font, small_font(font)
        self._ink = theme.selection_text if is_selected else theme.text
        self._quiet = theme.selection_text if is_selected else theme.muted
        self.line = QFontMetrics(self._font).height()
        self.under = QFontMetrics(self._small).height()

    def width(self, words: str) -> int:
        """Return how wide small words are."""
        return QFontMetrics(self._small).horizontalAdvance(words)

    def write(
        self, words: str, x: int, y: int, width: int, *, small: bool = False, quiet: bool = False
    ) -> None:
        """Write one line, cut to the width there is."""
        font, height = (self._small, self.under) if small else (self._font, self.line)
        self._painter.setFont(font)
        self._painter.setPen(self._quiet if quiet else self._ink)
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, width)
        box = QRect(x, y, width, height)
        self._painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)


def _paint_beside(pen: _Pen, box: QRect, finding: Finding, place: str) -> None:
    """Write two lines in two columns."""
    column = box.width() * 2 // 5
    left, right = box.left(), box.left() + column + pen.line
    rest = box.right() - right
    top, beneath = box.top(), box.top() + pen.line
    pen.write(finding.words, left, top, column)
    where = f"{kind_name(finding.kind)} · {place}"
    pen.write(where, left, beneath, column, small=True, quiet=True)
    pen.write(finding.message, right, top, rest)
    pen.write(finding.remedy, right, beneath, rest, small=True, quiet=True)


def _paint_below(pen: _Pen, box: QRect, finding: Finding, place: str) -> None:
    """Write three lines: words and place, message, remedy."""
    left, top, width = box.left(), box.top(), box.width()
    end = min(pen.width(place) + 1, width * 2 // 5)
    pen.write(finding.words, left, top, width - end - pen.line // 2)
    pen.write(place, box.right() - end, top, end, small=True, quiet=True)
    pen.write(finding.message, left, top + pen.line, width, small=True)
    beneath = top + pen.line + pen.under
    pen.write(finding.remedy, left, beneath, width, small=True, quiet=True)
