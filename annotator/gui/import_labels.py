"""What the labels of files become: one of the project's, a new one, or nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from annotator.exchange.previewing import LabelFate
from annotator.language import _

_NAME, _COUNT, _BECOMES = range(3)
_READ_ONLY = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class LabelTable(QTableWidget):
    """A row a label; `choices` has what the user chose, and `mapped` says that there is a choice more."""

    mapped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.choices: dict[str, str] = {}
        self.setAccessibleName(_("Labels"))
        self.setHorizontalHeaderLabels([_("In the files"), _("Annotations"), _("Becomes")])
        self.verticalHeader().setVisible(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_COUNT, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_BECOMES, QHeaderView.ResizeMode.Stretch)

    def show_fates(self, fates: Sequence[LabelFate], project_labels: Sequence[str]) -> None:
        """Show these, each with the labels of the project to choose from."""
        self.setRowCount(len(fates))
        for row, fate in enumerate(fates):
            name, count = QTableWidgetItem(fate.name), QTableWidgetItem()
            count.setText(QLocale().toString(fate.count))
            count.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for column, item in ((_NAME, name), (_COUNT, count)):
                item.setFlags(_READ_ONLY)
                self.setItem(row, column, item)
            self.setCellWidget(row, _BECOMES, self._box(fate, project_labels))
        self.resizeRowsToContents()

    def box(self, name: str) -> QComboBox:
        """Return the list from which to choose for a label; KeyError when it is not shown."""
        for row in range(self.rowCount()):
            box = self.cellWidget(row, _BECOMES)
            item = self.item(row, _NAME)
            if item is not None and item.text() == name and isinstance(box, QComboBox):
                return box
        raise KeyError(name)

    def _box(self, fate: LabelFate, project_labels: Sequence[str]) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(_("{name} becomes").format(name=fate.name))
        for name in project_labels:
            box.addItem(name, name)
        if fate.name not in project_labels:
            box.addItem(_("a new label “{name}”").format(name=fate.name), fate.name)
        box.addItem(_("nothing: skip it"), "")
        box.setCurrentIndex(box.findData(fate.becomes))
        box.activated.connect(lambda _index: self._choose(fate.name, box.currentData()))
        return box

    def _choose(self, name: str, becomes: str) -> None:
        self.choices[name] = becomes
        self.mapped.emit()
