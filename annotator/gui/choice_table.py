"""A table in which each name of a file gets what it is here, from a list."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

_READ_ONLY = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_NAME = 0


class Row(NamedTuple):
    """A name with the cells behind it, and what it may be: `offered` are texts with their values.

    `spoken` is what a screen reader says of the list, `value` what is chosen at first.
    """

    name: str
    cells: Sequence[str]
    spoken: str
    offered: Sequence[tuple[str, str | None]]
    value: str | None


class ChoiceTable(QTableWidget):
    """Names at the left, what was chosen at the right; cells between them hold numbers.

    `choices` has what the user chose, by name, but for None, which takes a choice back.
    """

    chosen = Signal()

    def __init__(self, name: str, headings: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(0, len(headings), parent)
        self.choices: dict[str, str] = {}
        self._last = len(headings) - 1
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(headings))
        self.verticalHeader().setVisible(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (_NAME, self._last):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these in the place of what was shown."""
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate((row.name, *row.cells)):
                item = QTableWidgetItem(text)
                item.setFlags(_READ_ONLY)
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(number, column, item)
            self.setCellWidget(number, self._last, self._box(row))
        self.resizeRowsToContents()

    def box(self, name: str) -> QComboBox:
        """Return the list from which to choose for a name; KeyError when it is not shown."""
        for number in range(self.rowCount()):
            item, box = self.item(number, _NAME), self.cellWidget(number, self._last)
            if item is not None and item.text() == name and isinstance(box, QComboBox):
                return box
        raise KeyError(name)

    def _box(self, row: Row) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(row.spoken)
        for text, value in row.offered:
            box.addItem(text, value)
        box.setCurrentIndex(box.findData(row.value))
        box.activated.connect(lambda _index: self._choose(row.name, box.currentData()))
        return box

    def _choose(self, name: str, value: str | None) -> None:
        if value is None:
            self.choices.pop(name, None)
        else:
            self.choices[name] = value
        self.chosen.emit()
