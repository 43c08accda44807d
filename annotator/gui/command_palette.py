"""Finds a command by a few letters of its name, shows its keys, and carries it out."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.actions import Actions, shown_keys
from annotator.gui.commands import menus
from annotator.gui.fuzzy import rank
from annotator.language import _

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_KEYS = int(Qt.ItemDataRole.UserRole)
_PLACE = _KEYS + 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what it is called, the menu it stands in, its first key, what it does."""

    text: str
    place: str
    keys: str
    action: QAction


class CommandPalette(QDialog):
    """A field and a list. Enter carries out, arrows choose, Esc leaves; what cannot be used now is grey."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Every command"))
        self.setObjectName("palette")
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(_("What would you like to do?"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.list = QListView(self)
        self.model = _Entries(entries(actions), self)
        self._empty = QLabel(_("No command of this name."), self)
        self._empty.setObjectName("quiet")
        self._lay_out(parent)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._on_text_changed)
        self.list.clicked.connect(self._on_clicked)
        self._on_text_changed("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._takes(event)
        return False

    def _takes(self, event: QKeyEvent) -> bool:
        page = max(1, self.list.height() // max(1, self.list.sizeHintForRow(0)) - 1)
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self._move(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._carry_out(self.list.currentIndex())
        else:
            return False
        return True

    def _lay_out(self, parent: QWidget) -> None:
        em = self.fontMetrics().height()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Line(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em // 2, em // 2, em // 2, em // 2)
        layout.setSpacing(em // 3)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignHCenter)
        width = min(em * 38, parent.width() - em * 2)
        self.resize(width, min(em * 26, parent.height() - em * 4))
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.move(corner.x() + (parent.width() - width) // 2, corner.y() + em * 4)

    def _move(self, steps: int) -> None:
        row = self.list.currentIndex().row() + steps
        self._choose(min(self.model.rowCount() - 1, max(0, row)))

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row, 0))

    def _carry_out(self, index: QModelIndex) -> None:
        if index.isValid() and self.model.entry(index).action.isEnabled():
            action = self.model.entry(index).action
            self.close()
            action.trigger()

    def _on_text_changed(self, text: str) -> None:
        self.model.narrow(text)
        self._empty.setVisible(self.model.rowCount() == 0)
        self._choose(0)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._carry_out(index)


def entries(actions: Actions) -> list[Entry]:
    """Return every command as a line, in the order of the menus."""
    titles = {name: title.replace("&", "") for name, title in menus().items()}
    return [
        Entry(
            actions[command.id].text(),
            titles[command.menu],
            next(iter(shown_keys(actions[command.id])), ""),
            actions[command.id],
        )
        for command in actions.commands.values()
        if command.id != "help.commands"
    ]


class _Entries(QAbstractListModel):
    def __init__(self, every: list[Entry], parent: QObject) -> None:
        super().__init__(parent)
        self._every = every
        self._shown = every

    def narrow(self, text: str) -> None:
        """Keep what the letters may mean, the likeliest first; what can be used now before the rest."""
        self.beginResetModel()
        ranked = rank(text, self._every, lambda entry: entry.text)
        self._shown = sorted(ranked, key=lambda entry: not entry.action.isEnabled())
        self.endResetModel()

    def entry(self, index: _Index) -> Entry:
        return self._shown[index.row()]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry(index)
        return {
            int(Qt.ItemDataRole.DisplayRole): entry.text,
            _KEYS: entry.keys,
            _PLACE: entry.place,
        }.get(role)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        usable = (
            Qt.ItemFlag.ItemIsEnabled
            if self.entry(index).action.isEnabled()
            else Qt.ItemFlag.NoItemFlags
        )
        return Qt.ItemFlag.ItemIsSelectable | usable


class _Line(QStyledItemDelegate):
    """Name at the left, menu in small behind it, keys at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, round(option.fontMetrics.height() * 1.9))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        palette = option.palette
        usable = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.brush(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(option.rect, 5, 5)
        text = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        quiet = text if chosen else QPalette.ColorRole.PlaceholderText
        em = option.fontMetrics.height()
        box = option.rect.adjusted(em // 2, 0, -em // 2, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(palette.color(text if usable else quiet))
        name = str(index.data())
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignLeft, name)
        painter.setPen(palette.color(quiet))
        beside = QRect(box).adjusted(option.fontMetrics.horizontalAdvance(name) + em, 0, 0, 0)
        painter.drawText(beside, middle | Qt.AlignmentFlag.AlignLeft, str(index.data(_PLACE)))
        painter.setPen(palette.color(text if usable else quiet))
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, str(index.data(_KEYS)))
        painter.restore()
