"""The entities of the register as a list: looked for by name, by kind, in order of name or mentions."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import Entity
from annotator.gui.entity_book import EntityBook
from annotator.gui.entity_words import KINDS, described, kind_name, mentions_counted
from annotator.gui.long_list import LongList
from annotator.gui.marks import small_font
from annotator.gui.row_ground import paint_ground
from annotator.gui.theme import Theme
from annotator.language import _
from annotator.store import entities
from annotator.store.project import Project

PAGE = 100
ENTITY = int(Qt.ItemDataRole.UserRole)
COUNT = ENTITY + 1
_ANY = "any"
_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class EntityModel(QStringListModel):
    """Entities in the order given; how many mentions they have is counted a page at a time, when seen.

    The ids are strings of Qt's own: laying out many rows asks nothing of Python.
    """

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._entities: list[Entity] = []
        self._places: dict[str, int] = {}
        self._counts: dict[int, dict[str, int]] = {}

    def show(self, shown: list[Entity]) -> None:
        """Show these entities."""
        ids = [entity.id for entity in shown]
        is_same = ids == list(self._places)
        self._entities = shown
        self._counts.clear()
        if is_same and ids:
            self.dataChanged.emit(self.index(0), self.index(len(ids) - 1))
        elif not is_same:
            self._places = {entity_id: place for place, entity_id in enumerate(ids)}
            self.setStringList(ids)

    def entity(self, row: int) -> Entity:
        return self._entities[row]

    def place(self, entity_id: str) -> int:
        """Return the row of an entity, -1 when it is not shown."""
        return self._places.get(entity_id, -1)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = ENTITY) -> Any:
        if not index.isValid():
            return None
        entity = self._entities[index.row()]
        if role == ENTITY:
            return entity
        if role == COUNT:
            return self._count(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return entity.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            counted = mentions_counted(self._count(index.row()))
            return "\n".join(filter(None, (entity.name, described(entity), counted)))
        return None

    def _count(self, row: int) -> int:
        page = row // PAGE
        if page not in self._counts:
            some = self._entities[page * PAGE : (page + 1) * PAGE]
            self._counts[page] = entities.counts(self._project, [entity.id for entity in some])
        return self._counts[page].get(self._entities[row].id, 0)


class EntityList(QWidget):
    """Fields that narrow the list, and the list. Several rows can be selected; one is the current.

    `entered` says that Enter was pressed on a row, `removal_asked` that Delete was.
    """

    current_changed = Signal()
    selection_changed = Signal()
    entered = Signal()
    removal_asked = Signal()

    def __init__(
        self, project: Project, book: EntityBook, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._book = book
        self._is_filling = False
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(_("Find a name or an alias"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.kind = QComboBox(self)
        self.order = QComboBox(self)
        self.model = EntityModel(project, self)
        self.view = _Entities(_("People, organisations and places"), self)
        self._delegate = _Delegate(theme, self)
        self.empty = QLabel(self)
        self._pages = QStackedWidget(self)
        self._lay_out()
        self.search.textChanged.connect(self.reload)
        self.kind.activated.connect(self.reload)
        self.order.activated.connect(self.reload)
        self.view.entered.connect(self.entered)
        self.view.deleted.connect(self.removal_asked)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)

    @property
    def current(self) -> Entity | None:
        """The entity whose row has the keyboard."""
        index = self.view.currentIndex()
        return self.model.entity(index.row()) if index.isValid() else None

    @property
    def selected(self) -> list[Entity]:
        """The entities whose rows are selected, from the top."""
        rows = sorted(index.row() for index in self.view.selectedIndexes())
        return [self.model.entity(row) for row in rows]

    def reload(self) -> None:
        """Show the register as it stands, narrowed by what the fields say; the current row stays."""
        ids = [entity.id for entity in self.selected]
        current, row = self.current, self.view.currentIndex().row()
        self._is_filling = True
        self.model.show(self._wanted())
        self._show_emptiness()
        place = self.model.place(current.id) if current else -1
        if place < 0:
            # What was removed gives its place to the next one.
            is_gone = current is not None and self._book.register.get(current.id) is None
            place = min(row if is_gone else 0, self.model.rowCount() - 1)
        self._go_to(place, ids)
        self._is_filling = False
        self.current_changed.emit()
        self.selection_changed.emit()

    def choose(self, entity_id: str) -> None:
        """Make an entity the current one; fields that hide it are cleared."""
        if self.model.place(entity_id) < 0:
            self.search.clear()
            self.kind.setCurrentIndex(0)
            self.reload()
        place = self.model.place(entity_id)
        if place >= 0:
            self._go_to(place, [])

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._delegate.theme = theme
        self.view.viewport().update()

    def _wanted(self) -> list[Entity]:
        kind: str = self.kind.currentData()
        found = self._book.register.search(self.search.text())
        if kind == "":
            found = [entity for entity in found if entity.kind not in KINDS[:-1]]
        elif kind != _ANY:
            found = [entity for entity in found if entity.kind == kind]
        if self.order.currentIndex():
            counts = entities.counts(self._project)
            found.sort(key=lambda entity: -counts.get(entity.id, 0))
        return found

    def _go_to(self, row: int, ids: Iterable[str]) -> None:
        """Make a row the current one, and select it with those that were selected."""
        model = self.view.selectionModel()
        index = self.model.index(row) if row >= 0 else QModelIndex()
        model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        for each in ids:
            place = self.model.place(each)
            if place >= 0:
                model.select(self.model.index(place), QItemSelectionModel.SelectionFlag.Select)
        if index.isValid():
            self.view.scrollTo(index)

    def _show_emptiness(self) -> None:
        is_empty = len(self._book.register) == 0
        hint = (
            _("Nobody is in the register yet. Select a name in the article and press R.")
            if is_empty
            else _("Nobody of this name or kind is in the register.")
        )
        self.empty.setText(hint)
        self._pages.setCurrentIndex(int(self.model.rowCount() == 0))

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.empty.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self.empty.setContentsMargins(em, em * 2, em, 0)
        self.kind.addItem(_("All kinds"), _ANY)
        for kind in KINDS:
            self.kind.addItem(kind_name(kind), kind)
        self.kind.setAccessibleName(_("Kind"))
        self.order.addItems([_("By name"), _("By mentions")])
        self.order.setAccessibleName(_("Order"))
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        row = QHBoxLayout()
        row.addWidget(self.kind, 1)
        row.addWidget(self.order, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.search)
        layout.addLayout(row)
        layout.addWidget(self._pages, 1)

    def _on_current(self) -> None:
        if not self._is_filling:
            self.current_changed.emit()

    def _on_selection(self) -> None:
        if not self._is_filling:
            self.selection_changed.emit()


class _Entities(LongList):
    deleted = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit()
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    """The name, the role in small behind it, the number of mentions at the right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = option.fontMetrics.height()
        return QSize(line * 8, line * 3 // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entity: Entity = index.data(ENTITY)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        paint_ground(painter, option.rect, self.theme, option.state)
        metrics = option.fontMetrics
        gap = metrics.height() // 2
        box: QRect = option.rect.adjusted(gap * 3 // 2, 0, -gap * 3 // 2, 0)
        ink = self.theme.selection_text if is_selected else None
        painter.setPen(ink or self.theme.muted)
        number = str(index.data(COUNT))
        painter.drawText(box, _RIGHT, number)
        box.setRight(box.right() - metrics.horizontalAdvance(number) - gap)
        self._paint_words(painter, box, option, _words(entity), is_selected=is_selected)
        painter.restore()

    def _paint_words(
        self,
        painter: QPainter,
        box: QRect,
        option: QStyleOptionViewItem,
        words: Sequence[str],
        *,
        is_selected: bool,
    ) -> None:
        name, beside = words
        metrics, elide = option.fontMetrics, Qt.TextElideMode.ElideRight
        shown = metrics.elidedText(name, elide, box.width())
        painter.setPen(self.theme.selection_text if is_selected else self.theme.text)
        painter.drawText(box, _LEFT, shown)
        box.setLeft(box.left() + metrics.horizontalAdvance(shown) + metrics.height() // 2)
        painter.setFont(small_font(option.font))
        painter.setPen(self.theme.selection_text if is_selected else self.theme.muted)
        if box.width() > metrics.height() * 2:
            beside = painter.fontMetrics().elidedText(beside, elide, box.width())
            painter.drawText(box, _LEFT, beside)


def _words(entity: Entity) -> tuple[str, str]:
    """Return what stands large and what small in a row."""
    return entity.name, entity.role or (kind_name(entity.kind) if entity.kind else "")
