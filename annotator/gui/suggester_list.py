"""Those who suggest in the order in which they are believed: ticked, moved up and down."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from annotator.language import _

_ID = int(Qt.ItemDataRole.UserRole)


class SuggesterList(QListWidget):
    """`switched` carries an id and whether it is on, `ranked` all ids, the highest ranked first."""

    switched = Signal(str, bool)
    ranked = Signal(list)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Those who suggest"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setToolTip(_("Space switches one on or off, Ctrl+↑ and Ctrl+↓ move it"))
        self.itemChanged.connect(self._on_item_changed)

    @property
    def current_id(self) -> str:
        """Who is shown, "" for nobody."""
        item = self.currentItem()
        return str(item.data(_ID)) if item else ""

    @property
    def ids(self) -> list[str]:
        """All of them, the highest ranked first."""
        return [str(self.item(row).data(_ID)) for row in range(self.count())]

    def show_rows(self, rows: Sequence[tuple[str, str, bool, bool]]) -> None:
        """Show these: id, title, whether it is on, whether it can work; the current one stays so."""
        current = self.current_id
        with QSignalBlocker(self):
            if self.ids != [row[0] for row in rows]:
                self.clear()
                for id_, *_rest in rows:
                    item = QListWidgetItem(self)
                    item.setData(_ID, id_)
                    # What is dragged goes between two others, never into one.
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            for number, (_id, title, on, able) in enumerate(rows):
                item = self.item(number)
                item.setText(
                    title if able or not on else _("{title} (cannot yet)").format(title=title)
                )
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        row = next((n for n, each in enumerate(rows) if each[0] == current), 0)
        self.setCurrentRow(row)

    def move_current(self, step: int) -> None:
        """Rank the current one higher (-1) or lower (1)."""
        row = self.currentRow()
        if 0 <= row + step < self.count():
            with QSignalBlocker(self):
                item = self.takeItem(row)
                self.insertItem(row + step, item)
                self.setCurrentItem(item)
            self.ranked.emit(self.ids)

    def dropEvent(self, event: QDropEvent) -> None:
        before = self.ids
        with QSignalBlocker(self):
            super().dropEvent(event)
        if self.ids != before:
            self.ranked.emit(self.ids)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in steps:
            self.move_current(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        on = item.checkState() is Qt.CheckState.Checked
        self.switched.emit(str(item.data(_ID)), on)
