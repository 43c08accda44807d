"""The window in which the labels of a project are made, named, coloured, ordered and retired."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QBrush, QCloseEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import UserError
from annotator.core.model import Changes
from annotator.core.scheme import Label, Scheme, new_label, read_scheme
from annotator.core.scheme_toml import scheme_to_toml
from annotator.gui.label_form import LabelForm, objection, warning
from annotator.gui.marks import swatch_icon
from annotator.gui.session import Session
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.resources import resource
from annotator.store import labels, precedents
from annotator.store.deed import Deed
from annotator.store.precedents import with_precedents

_ID = int(Qt.ItemDataRole.UserRole)


_NO_LETTERS: Mapping[str, str] = {}


class SchemeEditor(QDialog):
    """Every change is a deed at once: there is nothing to save, and undo takes it back."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        label_id: str = "",
        parent: QWidget | None = None,
        *,
        letters: Mapping[str, str] = _NO_LETTERS,
    ) -> None:
        super().__init__(parent)
        self._letters = letters
        self._session = session
        self._theme = theme
        self._is_filling = False
        self.setWindowTitle(_("Labels"))
        self.setModal(False)
        self.list = _LabelList(self)
        self.add = QPushButton(_("Add a label"), self)
        self.retire = QPushButton(self)
        self.form = LabelForm(theme, self)
        self.line = QLabel(self)
        self.line.setWordWrap(True)
        self.template = QPushButton(_("Add from a template"), self)
        self.template.setMenu(self._template_menu())
        self.export = QPushButton(_("Save as a scheme file…"), self)
        self.shut = QPushButton(_("Close"), self)
        self._lay_out()
        self._connect()
        self._fill(label_id)

    def choose(self, label_id: str) -> None:
        """Show a label in the form."""
        item = self.list.item_of(label_id)
        if item:
            self.list.setCurrentItem(item)

    def add_label(self) -> None:
        """Make a label with a name to be changed."""
        scheme = self._session.scheme
        taken = {label.name.casefold() for label in scheme.labels}
        names = (
            _("New label"),
            *(_("New label {n}").format(n=n) for n in range(2, len(taken) + 3)),
        )
        name = next(each for each in names if each.casefold() not in taken)
        label = new_label(scheme, name)

        def write(deed: Deed) -> str:
            labels.add(deed, label)
            return label.id

        if self._session.do(_("Add label {name}").format(name=name), write):
            self.choose(label.id)
            self.form.name.setFocus()
            self.form.name.selectAll()

    def toggle_retired(self) -> None:
        """Retire the label shown, or take it back into use."""
        label = self._shown()
        if label is None:
            return
        wanted = replace(label, retired=not label.retired)
        if objection(self._session.scheme, wanted):
            wanted = replace(wanted, key="")  # its key went to another label in the meantime
        name = _("Retire label {name}") if wanted.retired else _("Restore label {name}")
        self._update(name.format(name=label.name), wanted)

    def move_label(self, step: int) -> None:
        """Move the label shown up or down."""
        ids = [label.id for label in self._session.scheme.labels]
        label = self._shown()
        if label is None or not 0 <= ids.index(label.id) + step < len(ids):
            return
        place = ids.index(label.id)
        ids.insert(place + step, ids.pop(place))
        self._reorder(ids)

    def load_scheme(self, path: Path) -> None:
        """Add the labels and link types of a scheme file that the project does not have."""
        try:
            found = read_scheme(path)
        except UserError as error:
            self._say(str(error), is_bad=True)
            return
        fresh = _missing(self._session.scheme, found)
        types = {link.name for link in self._session.scheme.links}

        def write(deed: Deed) -> None:
            for label in fresh:
                labels.add(deed, label)
            for link in found.links:
                if link.name not in types:
                    labels.add_link_type(deed, link)
            ours = _ours((*self._session.scheme.labels, *fresh), found)
            precedents.bring_in(deed, found.precedents, ours)

        self._session.do(_("Add labels of {scheme}").format(scheme=found.name or path.stem), write)
        added = n_("{count} label added.", "{count} labels added.", len(fresh))
        self._say(added.format(count=len(fresh)))

    def save_scheme(self, path: Path) -> None:
        """Write the scheme as TOML."""
        try:
            path.write_text(scheme_to_toml(with_precedents(self._session.project)), "utf-8")
        except OSError as error:
            self._say(
                _("{path} cannot be written: {reason}.").format(path=path, reason=error.strerror),
                is_bad=True,
            )
        else:
            self._say(_("Saved as {path}.").format(path=path))

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        self.form.set_theme(theme)
        self._fill()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.form.flush()
        super().closeEvent(event)

    def reject(self) -> None:
        """Escape closes; what was typed counts."""
        self.form.flush()
        super().reject()

    def _template_menu(self) -> QMenu:
        menu = QMenu(self)
        for path in sorted(resource("schemes").glob("*.toml")):
            action = menu.addAction(read_scheme(path).name or path.stem)
            action.setToolTip(read_scheme(path).description)
            action.setData(str(path))
            action.triggered.connect(self._on_template)
        menu.setToolTipsVisible(True)
        menu.addSeparator()
        menu.addAction(_("From a file…")).triggered.connect(self._on_load)
        return menu

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add, 1)
        buttons.addWidget(self.retire, 1)
        left.addLayout(buttons)
        middle = QHBoxLayout()
        middle.addLayout(left, 2)
        middle.addWidget(self.form, 5)
        below = QHBoxLayout()
        below.addWidget(self.template)
        below.addWidget(self.export)
        below.addStretch(1)
        below.addWidget(self.shut)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.addLayout(middle, 1)
        layout.addWidget(self.line)
        layout.addLayout(below)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.line.setMinimumHeight(em * 5 // 4)
        self.resize(em * 66, em * 42)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._on_current)
        self.list.dropped.connect(self._on_dropped)
        self.list.moved.connect(self.move_label)
        self.add.clicked.connect(self.add_label)
        self.retire.clicked.connect(self.toggle_retired)
        self.form.edited.connect(self._on_edited)
        self.form.refused.connect(self._on_refused)
        self.export.clicked.connect(self._on_export)
        self.shut.clicked.connect(self.close)
        self._session.changed.connect(self._on_changed)
        self._session.closing.connect(self.close)

    def _fill(self, label_id: str = "") -> None:
        """Show the scheme as it stands; the label in the form stays the same."""
        shown = label_id or self.list.current_id()
        self._is_filling = True
        self.list.clear()
        size = self.fontMetrics().height()
        self.list.setIconSize(QSize(size, size))
        for label in self._session.scheme.labels:
            item = QListWidgetItem(
                swatch_icon(self._theme, label.colour, size), _row(label), self.list
            )
            item.setData(_ID, label.id)
            if label.retired:
                item.setForeground(QBrush(self._theme.muted))
        self.list.setCurrentItem(self.list.item_of(shown) or self.list.item(0))
        self._is_filling = False
        self._show_label()

    def _show_label(self) -> None:
        label = self._shown()
        self.form.show_label(label, self._session.scheme)
        writable = not self._session.is_read_only
        for widget in (self.form.body, self.add, self.template):
            widget.setEnabled(writable)
        self.retire.setEnabled(label is not None and writable)
        self.retire.setText(_("Restore") if label and label.retired else _("Retire"))

    def _shown(self) -> Label | None:
        label_id = self.list.current_id()
        return self._session.scheme.label(label_id) if label_id else None

    def _update(self, name: str, label: Label) -> None:
        def write(deed: Deed) -> None:
            labels.update(deed, label)

        self._session.do(name, write)

    def _reorder(self, ids: list[str]) -> None:
        def write(deed: Deed) -> None:
            labels.reorder(deed, ids)

        self._session.do(_("Reorder labels"), write)

    def _say(self, sentence: str, *, is_bad: bool = False) -> None:
        palette = self.line.palette()
        palette.setColor(
            palette.ColorRole.WindowText, self._theme.danger if is_bad else self._theme.muted
        )
        self.line.setPalette(palette)
        self.line.setText(sentence)

    def _on_current(self) -> None:
        if not self._is_filling:
            self._say("")
            self._show_label()

    def _on_edited(self, label: Label) -> None:
        before = self._session.scheme.label(label.id)
        self._say(warning(label, self._letters))
        self._update(_deed_name(before, label), label)

    def _on_refused(self, reason: str) -> None:
        self._say(reason, is_bad=True)

    def _on_changed(self, changes: Changes) -> None:
        if changes.scheme or changes.everything:
            self._fill()

    def _on_dropped(self, ids: list[str]) -> None:
        self._reorder(ids)
        self._fill()

    def _on_template(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.load_scheme(Path(action.data()))

    def _on_load(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Add labels from a scheme file"), "", _("Schemes (*.toml)")
        )
        if path:
            self.load_scheme(Path(path))

    def _on_export(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Save as a scheme file"), "scheme.toml", _("Schemes (*.toml)")
        )
        if path:
            self.save_scheme(Path(path))


class _LabelList(QListWidget):
    """Labels to drag into another order, or to move with Alt and the arrows."""

    dropped = Signal(list)
    moved = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Labels"))
        self.setSpacing(2)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setToolTip(_("Drag, or press Alt+Up and Alt+Down, to change the order"))

    def current_id(self) -> str:
        item = self.currentItem()
        return str(item.data(_ID)) if item else ""

    def item_of(self, label_id: str) -> QListWidgetItem | None:
        items = (self.item(row) for row in range(self.count()))
        return next((item for item in items if item.data(_ID) == label_id), None)

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self.dropped.emit([self.item(row).data(_ID) for row in range(self.count())])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _row(label: Label) -> str:
    key = f"   {label.key.upper()}" if label.key else ""
    retired = "   " + _("(retired)") if label.retired else ""
    return f"{label.name}{key}{retired}"


def _deed_name(before: Label, after: Label) -> str:
    """Return what the undo menu will say of a change to a label."""
    if before.name != after.name:
        return _("Rename label {old} to {new}").format(old=before.name, new=after.name)
    if before.key != after.key:
        return _("Change the key of {name}").format(name=after.name)
    if before.colour != after.colour:
        return _("Recolour label {name}").format(name=after.name)
    return _("Edit label {name}").format(name=after.name)


def _missing(scheme: Scheme, found: Scheme) -> list[Label]:
    """Return the labels of `found` that the scheme lacks, without the ids and keys that are taken."""
    ids = {label.id for label in scheme.labels}
    names = {label.name.casefold() for label in scheme.labels}
    keys = {label.key for label in scheme.active}
    fresh = [
        each for each in found.labels if each.id not in ids and each.name.casefold() not in names
    ]
    return [replace(each, key="" if each.key in keys else each.key) for each in fresh]


def _ours(present: Sequence[Label], found: Scheme) -> dict[str, str]:
    """Return the ids that the labels of `found` have here, by id and by name; the name says more."""
    ids = {label.id: label.id for label in present}
    names = {label.name.casefold(): label.id for label in present}
    ours = {}
    for each in found.labels:
        here = names.get(each.name.casefold()) or ids.get(each.id)
        if here:
            ours[each.name] = ours[each.id] = here
    return ours
