"""What the columns of tables are: the text, a field that every article has, or nothing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from annotator.language import _

_NAME, _IS = range(2)
_READ_ONLY = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class ColumnTable(QTableWidget):
    """A row a column; `choices` has what the user said of it, and `mapped` that there is more of that."""

    mapped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self.choices: dict[str, str] = {}
        self.setAccessibleName(_("Columns"))
        self.setHorizontalHeaderLabels([_("Column"), _("Is")])
        self.verticalHeader().setVisible(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def show_columns(self, names: Sequence[str]) -> None:
        """Show these columns, each with what it may be."""
        self.setRowCount(len(names))
        for row, name in enumerate(names):
            item = QTableWidgetItem(name)
            item.setFlags(_READ_ONLY)
            self.setItem(row, _NAME, item)
            self.setCellWidget(row, _IS, self._box(name))
        self.resizeRowsToContents()

    def box(self, name: str) -> QComboBox:
        """Return the list from which to choose for a column; KeyError when it is not shown."""
        for row in range(self.rowCount()):
            item, box = self.item(row, _NAME), self.cellWidget(row, _IS)
            if item is not None and item.text() == name and isinstance(box, QComboBox):
                return box
        raise KeyError(name)

    def _box(self, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(_("{name} is").format(name=name))
        for text, field in _fields():
            box.addItem(text, field)
        box.setCurrentIndex(max(0, box.findData(self.choices.get(name))))
        box.activated.connect(lambda _index: self._choose(name, box.currentData()))
        return box

    def _choose(self, name: str, field: str | None) -> None:
        if field is None:
            self.choices.pop(name, None)
        else:
            self.choices[name] = field
        self.mapped.emit()


def _fields() -> tuple[tuple[str, str | None], ...]:
    return (
        (_("what its name says"), None),
        (_("the text"), "text"),
        (_("the title"), "title"),
        (_("the author"), "author"),
        (_("the date"), "published"),
        (_("the source"), "source"),
        (_("the address"), "url"),
        (_("the language"), "language"),
        (_("nothing: leave it out"), ""),
    )
