"""The panel of labels: what each key does, one click to label, a pin to keep labelling."""

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import Changes
from annotator.core.scheme import COLOURS, Label
from annotator.gui.label_palette_model import LabelDelegate, LabelModel
from annotator.gui.label_words import colour_name
from annotator.gui.marks import swatch_icon
from annotator.gui.session import Session
from annotator.gui.theme import Theme
from annotator.language import _
from annotator.store import annotations, labels
from annotator.store.deed import Deed

_COUNT_DELAY = 80


class LabelPalette(QWidget):
    """Labels of the scheme. A click labels; the pin, a double click or Space makes a label sticky."""

    label_chosen = Signal(str)
    armed_changed = Signal(str)
    edit_requested = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self.model = LabelModel(self)
        self.view = _LabelView(self)
        self._delegate = LabelDelegate(theme, self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self._hint = QLabel(_("No label yet. “Edit labels…” makes the first one."), self)
        self._hint.setWordWrap(True)
        self._hint.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self.edit = QPushButton(_("Edit labels…"), self)
        self._count_later = QTimer(self)
        self._count_later.setSingleShot(True)
        self._count_later.setInterval(_COUNT_DELAY)
        self.setFocusProxy(self.view)
        self._lay_out()
        self._connect()
        self._show_scheme()
        self._count()

    @property
    def armed(self) -> str:
        """The id of the sticky label, "" when there is none."""
        return self.model.armed

    def arm(self, label_id: str) -> None:
        """Make a label sticky, "" for none."""
        if label_id != self.model.armed:
            self.model.set_armed(label_id)
            self.armed_changed.emit(label_id)

    def toggle(self, label_id: str) -> None:
        """Make a label sticky, or let go of it."""
        self.arm("" if label_id == self.model.armed else label_id)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        self._delegate.theme = theme
        self.view.viewport().update()

    def context_menu(self, label: Label) -> QMenu:
        """Return the menu of a label."""
        menu = QMenu(self)
        sticky = menu.addAction(_("Sticky: label what is selected next"))
        sticky.setCheckable(True)
        sticky.setChecked(label.id == self.armed)
        sticky.triggered.connect(self._on_sticky_triggered)
        menu.addSeparator()
        menu.addAction(_("Rename…")).triggered.connect(self._on_edit_triggered)
        menu.addMenu(self._colour_menu(menu, label))
        menu.addAction(_("Retire")).triggered.connect(self._on_retire_triggered)
        menu.addSeparator()
        menu.addAction(_("Edit label…")).triggered.connect(self._on_edit_triggered)
        for action in menu.actions()[1:]:
            action.setEnabled(not self._session.is_read_only)
        for action in menu.actions():
            action.setData(label.id)
        return menu

    def _colour_menu(self, parent: QMenu, label: Label) -> QMenu:
        menu = QMenu(_("Colour"), parent)
        size = self.fontMetrics().height()
        for colour in COLOURS:
            action = QAction(swatch_icon(self._theme, colour, size), colour_name(colour), menu)
            action.setData((label.id, colour))
            action.setCheckable(True)
            action.setChecked(colour == label.colour)
            action.triggered.connect(self._on_colour_triggered)
            menu.addAction(action)
        return menu

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 3
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, gap, 0, gap * 2)
        layout.setSpacing(gap)
        layout.addWidget(self._hint)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignHCenter)
        self._hint.setContentsMargins(gap * 2, gap, gap * 2, gap)

    def _connect(self) -> None:
        self.view.pressed_on.connect(self._on_pressed)
        self.view.entered_by_key.connect(self._on_entered)
        self.view.toggled_by_key.connect(self._on_toggled)
        self.view.customContextMenuRequested.connect(self._on_menu_requested)
        self.edit.clicked.connect(self._on_edit_clicked)
        self._count_later.timeout.connect(self._count)
        self._session.changed.connect(self._on_changed)
        self._session.closing.connect(self._on_closing)
        self._session.article_opened.connect(self._count_later.start)
        self._session.selection_changed.connect(self._on_selection_changed)

    def _show_scheme(self) -> None:
        active = self._session.scheme.active
        self.model.set_labels(active)
        self._hint.setVisible(not active)
        if self.armed and self.model.place(self.armed) < 0:
            self.arm("")

    def _count(self) -> None:
        article = self._session.article
        self.model.set_counts(
            annotations.label_counts(self._session.project, article.id) if article else {}
        )

    def _on_changed(self, changes: Changes) -> None:
        if changes.scheme or changes.everything:
            self._show_scheme()
        article = self._session.article
        if changes.everything or (article and article.id in changes.articles):
            self._count_later.start()
            self._on_selection_changed(self._session.selected)

    def _on_closing(self) -> None:
        self._session.changed.disconnect(self._on_changed)
        self._count_later.stop()

    def _on_selection_changed(self, annotation_id: str) -> None:
        annotation = self._session.annotation(annotation_id) if annotation_id else None
        self.model.set_current(annotation.label if annotation else "")

    def _on_pressed(self, index: QModelIndex, place: QPoint, is_second: bool) -> None:
        label_id = self.model.label(index).id
        pin = self._delegate.pin_box(self.view.visualRect(index), self.view.fontMetrics())
        if is_second or pin.contains(place):
            self.toggle(label_id)
        else:
            self.label_chosen.emit(label_id)

    def _on_entered(self) -> None:
        if self.view.currentIndex().isValid():
            self.label_chosen.emit(self.model.label(self.view.currentIndex()).id)

    def _on_toggled(self) -> None:
        if self.view.currentIndex().isValid():
            self.toggle(self.model.label(self.view.currentIndex()).id)

    def _on_menu_requested(self, position: QPoint) -> None:
        index = self.view.indexAt(position)
        if index.isValid():
            self.context_menu(self.model.label(index)).popup(
                self.view.viewport().mapToGlobal(position)
            )

    def _on_edit_clicked(self) -> None:
        self.edit_requested.emit("")

    def _on_edit_triggered(self) -> None:
        self.edit_requested.emit(self._asked())

    def _on_sticky_triggered(self) -> None:
        self.toggle(self._asked())

    def _on_retire_triggered(self) -> None:
        label = self._session.scheme.label(self._asked())
        self._update(_("Retire label {name}").format(name=label.name), replace(label, retired=True))

    def _on_colour_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            label_id, colour = action.data()
            label = self._session.scheme.label(label_id)
            self._update(
                _("Recolour label {name}").format(name=label.name), replace(label, colour=colour)
            )

    def _asked(self) -> str:
        action = self.sender()
        return str(action.data()) if isinstance(action, QAction) else ""

    def _update(self, name: str, label: Label) -> None:
        def write(deed: Deed) -> None:
            labels.update(deed, label)

        self._session.do(name, write)


class _LabelView(QListView):
    """Takes clicks without taking the keyboard from the article; Tab still reaches it."""

    pressed_on = Signal(QModelIndex, QPoint, bool)
    entered_by_key = Signal()
    toggled_by_key = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pressed = -1
        self.setAccessibleName(_("Labels"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = self.indexAt(event.position().toPoint()).row()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.indexAt(event.position().toPoint()).row() == self._pressed:
            self._tell(event, is_second=False)
        self._pressed = -1

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._tell(event, is_second=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_by_key.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.toggled_by_key.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self, event: QMouseEvent, *, is_second: bool) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.pressed_on.emit(index, place, is_second)
