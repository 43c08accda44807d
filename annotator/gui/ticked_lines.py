"""Places in articles as rows with a tick each; what stands around them is read when it is looked at."""

from collections.abc import Collection, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QStringListModel, Qt

from annotator.gui.context_lines import Index

PAGE = 100
"""Rows that are read together."""

LINE = int(Qt.ItemDataRole.UserRole)
_PAGES = 40

Row = TypeVar("Row")
Line = TypeVar("Line")


class TickedLines(QStringListModel, Generic[Row, Line]):
    """Rows in their order. Subclasses say how a page of lines is read and what can be ticked.

    Rows are strings of Qt's own: laying out 100,000 of them asks nothing of Python.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._ticked: set[int] = set()
        self._pages: dict[int, Sequence[Line]] = {}

    @property
    def rows(self) -> Sequence[Row]:
        """What is listed."""
        return self._rows

    @property
    def count(self) -> int:
        """How many are ticked."""
        return len(self._ticked)

    def read(self, some: Sequence[Row]) -> Sequence[Line]:
        """Return the lines of some rows."""
        raise NotImplementedError

    def is_tickable(self, each: Row) -> bool:
        """Tell whether there is anything to do with a row."""
        return True

    def ticked(self) -> list[Row]:
        """Return what is ticked, in the order of the list."""
        return [self._rows[n] for n in sorted(self._ticked)]

    def is_ticked(self, row: int) -> bool:
        return row in self._ticked

    def row(self, index: Index) -> Row | None:
        """Return what stands in a row, None where there is no such row."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def line(self, row: int) -> Line:
        """Return the words of a row and around it, reading its page if need be."""
        number, offset = divmod(row, PAGE)
        if number not in self._pages:
            if len(self._pages) >= _PAGES:
                self._pages.clear()
            self._pages[number] = self.read(self._rows[number * PAGE : (number + 1) * PAGE])
        return self._pages[number][offset]

    def toggle(self, index: Index) -> None:
        """Tick a row, or take its tick away."""
        each = self.row(index)
        if each is not None and self.is_tickable(each):
            self.tick(index.row(), is_ticked=index.row() not in self._ticked)
            self.dataChanged.emit(index, index)

    def tick_none(self) -> None:
        """Take every tick away."""
        for row in range(len(self._rows)):
            self.tick(row, is_ticked=False)
        self.repaint()

    def tick(self, row: int, *, is_ticked: bool) -> None:
        """Tick a row or not, without painting it."""
        if is_ticked:
            self._ticked.add(row)
        else:
            self._ticked.discard(row)

    def repaint(self) -> None:
        """Have every row painted again."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def flags(self, index: Index) -> Qt.ItemFlag:
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return enabled | Qt.ItemFlag.ItemIsUserCheckable

    def setData(self, index: Index, _value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role == Qt.ItemDataRole.CheckStateRole:
            self.toggle(index)
        return role == Qt.ItemDataRole.CheckStateRole

    def data(self, index: Index, role: int = LINE) -> Any:
        each = self.row(index)
        if each is None:
            return None
        if role == LINE:
            return self.line(index.row())
        if role == Qt.ItemDataRole.CheckStateRole:
            ticked = index.row() in self._ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(each)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.said(index.row(), each)
        return None

    def words(self, each: Row) -> str:
        """Return the words of a place."""
        raise NotImplementedError

    def said(self, row: int, each: Row) -> str:
        """Return a row as it is read aloud."""
        raise NotImplementedError

    def put(self, rows: Sequence[Row], ticked: Collection[int]) -> None:
        """List these rows, those of some numbers ticked."""
        self._rows = rows
        self._pages.clear()
        self._ticked = set(ticked)
        self.setStringList([""] * len(rows))
