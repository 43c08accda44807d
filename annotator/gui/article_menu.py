"""The menu under the right button in the article: what can be done there, by the same commands."""

from functools import partial

from PySide6.QtWidgets import QMenu

from annotator.core.model import Annotation
from annotator.core.scheme import Attribute, Slot
from annotator.gui.actions import Actions
from annotator.gui.article import deeds
from annotator.gui.article.view import ArticleView
from annotator.language import _

_SUGGESTION = ("suggestion.accept", "suggestion.accept_alike", "suggestion.reject")
_FRAME = ("quote.cut", "quote.swap")
_ANNOTATION = (
    *("entity.give", "annotate.note", "annotate.fragment", "annotate.remove_fragment"),
    *("annotate.remove", "occurrences.label", "occurrences.remove"),
)


class ArticleMenu:
    """Builds the menu for one view. The view has selected beforehand what the menu is about."""

    def __init__(self, view: ArticleView, actions: Actions) -> None:
        self._view = view
        self._actions = actions

    def at(self, _offset: int) -> QMenu:
        """Return the menu for the selected words, else the selected annotation, else the text."""
        menu = QMenu(self._view)
        session = self._view.session
        start, end = self._view.selection
        annotation = session.annotation(session.selected) if session.selected else None
        if start < end:
            self._add_labels(menu, current="")
            self._add(menu, *(["annotate.fragment"] if annotation else []))
            self._add(menu, "occurrences.label")
        elif annotation:
            self._add_annotation(menu, annotation)
        if session.frame:
            self._add_frame(menu)
        menu.addSeparator()
        self._add(menu, "edit.copy", "find.article")
        return menu

    def _add_annotation(self, menu: QMenu, annotation: Annotation) -> None:
        if self._actions["suggestion.accept"].isEnabled():
            self._add(menu, *_SUGGESTION)
            menu.addSeparator()
        relabel = menu.addMenu(_("Change the label"))
        self._add_labels(relabel, current=annotation.label)
        self._add_attributes(menu, annotation)
        self._add(menu, *_ANNOTATION)
        menu.addSeparator()
        self._add(menu, "annotate.under", "consistency.words")

    def _add_frame(self, menu: QMenu) -> None:
        """Add what the words here can be for the frame at work; the letters stand beside it."""
        framing, session = self._view.framing, self._view.session
        menu.addSeparator()
        for slot in framing.slots():
            name = _("Fill {slot}").format(slot=slot.name).replace("&", "&&")
            action = menu.addAction(f"{name}\t{slot.key.upper()}" if slot.key else name)
            action.setEnabled(not session.is_read_only)
            action.triggered.connect(partial(self._on_slot, slot))
        self._add(menu, *_FRAME)

    def _add(self, menu: QMenu, *command_ids: str) -> None:
        for command_id in command_ids:
            menu.addAction(self._actions[command_id])

    def _add_labels(self, menu: QMenu, *, current: str) -> None:
        """Add a line for each label in use; its letter stands beside it."""
        session = self._view.session
        for label in session.scheme.active:
            name = label.name.replace("&", "&&")
            action = menu.addAction(f"{name}\t{label.key.upper()}" if label.key else name)
            action.setData(label.id)
            action.setCheckable(label.id == current)
            action.setChecked(label.id == current)
            action.setEnabled(not session.is_read_only)
            action.triggered.connect(partial(self._on_label, label.id))

    def _add_attributes(self, menu: QMenu, annotation: Annotation) -> None:
        """Add the flags and choices that the annotation's label provides for."""
        label = self._view.scene.label(annotation.label)
        attributes = [each for each in label.attributes if each.kind != "text"]
        if not attributes:
            return
        within = menu.addMenu(_("Attributes"))
        within.setEnabled(not self._view.session.is_read_only)
        for attribute in attributes:
            if attribute.kind == "flag":
                self._add_value(within, annotation, attribute, True)
                continue
            choices = within.addMenu(attribute.name)
            for value in attribute.values:
                self._add_value(choices, annotation, attribute, value)

    def _add_value(
        self, menu: QMenu, annotation: Annotation, attribute: Attribute, value: str | bool
    ) -> None:
        action = menu.addAction(attribute.name if value is True else str(value))
        action.setCheckable(True)
        action.setChecked(annotation.attributes.get(attribute.name) == value)
        action.triggered.connect(partial(self._on_value, annotation.id, attribute.name, value))

    def _on_label(self, label_id: str, _checked: bool = False) -> None:
        self._view.label(label_id)
        self._view.setFocus()

    def _on_slot(self, slot: Slot, _checked: bool = False) -> None:
        self._view.framing.fill(slot)
        self._view.setFocus()

    def _on_value(
        self, annotation_id: str, attribute: str, value: str | bool, _checked: bool = False
    ) -> None:
        deeds.toggle(self._view.session, annotation_id, attribute, value)
