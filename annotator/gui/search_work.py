"""What hands do to the results of a search: ticks, labels, decisions, the places they lead to."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from annotator.core.scheme import Label
from annotator.gui import search_menu
from annotator.gui.article.view import ArticleView
from annotator.gui.background import Background
from annotator.gui.entity_choices import Choice
from annotator.gui.entity_picker import picker_of
from annotator.gui.long_list import LongList
from annotator.gui.search_deeds import SearchDeeds, annotations_of, not_annotated
from annotator.gui.search_model import HitModel
from annotator.gui.theme import Theme
from annotator.language import _
from annotator.store.many import Value
from annotator.store.search.finding import Hit

_SIZABLE = 500
"""Results whose labels are looked at for a menu: more say nothing new."""

Mod = Qt.KeyboardModifier


class SearchWork(QObject):
    """Works on what is ticked, else on the chosen line. `order_stepped` asks for another order.

    `opened` follows when somebody went to a result: the keyboard belongs to the article then.
    """

    opened = Signal()
    order_stepped = Signal(int)

    def __init__(
        self,
        view: ArticleView,
        results: LongList,
        model: HitModel,
        theme: Theme,
        background: Background,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._session = view.session
        self._list = results
        self._model = model
        self._deeds = SearchDeeds(view.session, background)
        self._panel = parent
        self.theme = theme
        self._acts: Mapping[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Space: self.toggle,
            Qt.Key.Key_A: self.accept,
            Qt.Key.Key_X: self.reject,
            Qt.Key.Key_N: model.tick_none,
            Qt.Key.Key_R: self.ask_entity,
            Qt.Key.Key_S: self.ask_attribute,
            Qt.Key.Key_Delete: self.remove,
            Qt.Key.Key_Backspace: self.remove,
            Qt.Key.Key_Left: partial(self.order_stepped.emit, -1),
            Qt.Key.Key_Right: partial(self.order_stepped.emit, 1),
            Qt.Key.Key_Return: self.open,
            Qt.Key.Key_Enter: self.open,
        }

    @property
    def hits(self) -> Sequence[Hit]:
        """What is to be worked on, in the order of the list."""
        if self._model.count:
            return self._model.ticked()
        hit = self._model.row(self._list.currentIndex())
        return [] if hit is None else [hit]

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key in the list is for; False when it is for the list or the window."""
        act = self._act_of(event)
        if act is not None:
            act()
        return act is not None

    def is_ours(self, event: QKeyEvent) -> bool:
        """Tell whether a key is for the list even if a command has it too."""
        return event.key() == Qt.Key.Key_Escape or self._act_of(event) is not None

    def _act_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Mod.KeypadModifier
        if key == Qt.Key.Key_A and modifiers == Mod.ControlModifier:
            return self._model.tick_all
        if modifiers & ~Mod.ShiftModifier:
            return None
        if key in self._acts and not modifiers:
            return self._acts[key]
        letter = event.text().casefold()
        label = self._session.scheme.by_key(letter) if len(letter) == 1 else None
        return partial(self.label, label) if label else None

    def open(self) -> None:
        """Open the article of the chosen line at its words and go there."""
        hit = self._model.row(self._list.currentIndex())
        if hit is None:
            return
        self._session.open_article(hit.article)
        article = self._session.article
        if article is None or article.id != hit.article:
            self._session.told.emit(_("The article of this line is gone."))
            return
        self.opened.emit()
        self.show_place(hit)

    def show_place(self, hit: Hit) -> None:
        """Show where a hit is in the open article."""
        if hit.end > len(self._view.text):
            return
        self._view.place(hit.start, hit.end)
        if hit.annotation and hit.annotation in self._view.scene.index:
            self._session.select(hit.annotation)

    def toggle(self) -> None:
        """Tick the chosen line or take its tick away."""
        self._model.toggle(self._list.currentIndex())

    def label(self, label: Label) -> None:
        """Label words, relabel annotations."""
        hits = self._writable()
        if hits:
            self._deeds.label(hits, label)

    def accept(self) -> None:
        """Stand behind suggestions."""
        hits = self._writable()
        if hits:
            self._deeds.accept(hits)

    def reject(self) -> None:
        """Turn suggestions down."""
        hits = self._writable()
        if hits:
            self._deeds.reject(hits)

    def remove(self) -> None:
        """Take annotations away."""
        hits = self._writable()
        if hits:
            self._deeds.remove(hits)

    def ask_label(self, button: QWidget | None = None) -> None:
        """Offer the labels in a menu."""
        menu = search_menu.label_menu(self._panel, self._session.scheme, self.theme, self.label)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._corner(button))

    def ask_attribute(self, button: QWidget | None = None) -> None:
        """Offer the attributes of the labels at hand in a menu."""
        hits = self._writable()
        if annotations_of(hits):
            menu = self.attribute_menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self._corner(button))
        elif hits:
            self._session.told.emit(not_annotated())

    def ask_entity(self, button: QWidget | None = None) -> None:
        """Ask whom the annotations mean, by the first of them."""
        hits = self._writable()
        ids = annotations_of(hits)
        annotation = self._session.annotation(ids[0]) if ids else None
        if annotation is None:
            if hits:
                self._session.told.emit(not_annotated())
            return

        def take(choice: Choice) -> None:
            self._deeds.give(hits, choice.entity, is_new=choice.is_new)

        corner = self._list.visualRect(self._list.currentIndex()).bottomLeft()
        em = self._list.fontMetrics().height()
        window = self._view.window()
        picker = picker_of(self._view, self._panel.parentWidget() or window)
        picker.ask(annotation, self._list, corner + QPoint(em * 4, 0), take)

    def attribute_menu(self) -> QMenu:
        """Return a menu of the attributes that the labels at hand have."""
        labels = {hit.label for hit in self.hits[:_SIZABLE] if hit.annotation}
        return search_menu.attribute_menu(
            self._panel, self._session.scheme, labels, self._set_attribute
        )

    def context_menu(self) -> QMenu:
        """Return the menu of what is ticked, else of the chosen line."""
        hits, menu = self.hits, QMenu(self._panel)
        is_writable = bool(hits) and not self._session.is_read_only
        on_annotations = is_writable and bool(annotations_of(hits))
        search_menu.add(menu, _("Open here"), "Return", self.open, is_enabled=bool(hits))
        menu.addSeparator()
        labels = search_menu.label_menu(menu, self._session.scheme, self.theme, self.label)
        menu.addMenu(labels).setEnabled(is_writable)
        for text, key, act in (
            (_("Accept"), "A", self.accept),
            (_("Reject"), "X", self.reject),
            (_("Refers to…"), "R", self.ask_entity),
        ):
            search_menu.add(menu, text, key, act, is_enabled=on_annotations)
        menu.addMenu(self.attribute_menu()).setEnabled(on_annotations)
        search_menu.add(menu, _("Remove"), "Del", self.remove, is_enabled=on_annotations)
        menu.addSeparator()
        search_menu.add(menu, _("Tick this line, or not"), "Space", self.toggle)
        search_menu.add(menu, _("Tick all lines"), "Ctrl+A", self._model.tick_all)
        search_menu.add(menu, _("Tick none"), "N", self._model.tick_none)
        return menu

    def _set_attribute(self, name: str, value: Value) -> None:
        self._deeds.set_attribute(self.hits, name, value)

    def _writable(self) -> Sequence[Hit]:
        """Return what is to be worked on; says so where nothing is or may be."""
        hits = self.hits
        if self._session.is_read_only:
            self._session.told.emit(_("This project is open for reading only."))
            return []
        if not hits:
            self._session.told.emit(_("Choose a line first."))
        return hits

    def _corner(self, button: QWidget | None) -> QPoint:
        """Return where a menu opens: at its button, else below the chosen line."""
        if button is not None:
            return button.mapToGlobal(QPoint(0, button.height()))
        index = self._list.currentIndex()
        where = self._list.visualRect(index).bottomLeft()
        return self._list.viewport().mapToGlobal(
            where + QPoint(self._list.fontMetrics().height() * 4, 0)
        )
