"""The window of the register: people, organisations and places, who mentions them, merge and split."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.ids import new_id
from annotator.core.model import Changes, Entity
from annotator.gui import entity_deeds
from annotator.gui.entity_book import book_of
from annotator.gui.entity_form import EntityForm
from annotator.gui.entity_list import EntityList
from annotator.gui.entity_mentions import MentionList
from annotator.gui.entity_words import mentions_counted
from annotator.gui.session import Session
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.store import entities
from annotator.store.entities import Mention
from annotator.suggest.naming import guess

_DELAY = 200
"""Milliseconds after which the window follows what is done elsewhere: not at every key."""

_FEW = 200
"""Selected entities among which the one with most mentions is looked for."""


class EntityRegister(QDialog):
    """Every change is a deed at once: there is nothing to save, and undo takes it back."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._shown: Entity | None = None
        self.setWindowTitle(_("People, organisations, places"))
        self.setModal(False)
        self.list = EntityList(session.project, book_of(session), theme, self)
        self.add = QPushButton(_("Ne&w"), self)
        self.merge = QPushButton(self)
        self.remove = QPushButton(_("Remo&ve"), self)
        self.form = EntityForm(self)
        self.heading = QLabel(self)
        self.mentions = MentionList(session.project, theme, self)
        self.empty = QLabel(_("Nothing refers to it yet."), self)
        self.split = QPushButton(self)
        self.line = QLabel(self)
        self.shut = QPushButton(_("Close"), self)
        self._pages = QStackedWidget(self)
        self._later = QTimer(self, singleShot=True, interval=_DELAY)
        self._lay_out()
        self._connect()
        self.list.reload()
        self.list.search.setFocus()

    def choose(self, entity_id: str) -> None:
        """Show an entity in the form; "" leaves what is shown."""
        if entity_id:
            self.list.choose(entity_id)

    def add_entity(self) -> None:
        """Make an entity with a name to be changed; what was looked for in vain becomes its name."""
        typed = self.list.search.text() if not self.list.model.rowCount() else ""
        new = guess("", name=typed) if typed.strip() else Entity(new_id(), _("New name"))
        if entity_deeds.add(self._session, new):
            self._name_anew(new.id)

    def merge_selected(self) -> None:
        """Let the selected entity with most mentions stand for all that are selected."""
        selected = self.list.selected
        if len(selected) > 1 and not self._session.is_read_only:
            kept = self._largest(selected)
            self.list.choose(kept.id)
            entity_deeds.merge(self._session, kept, [each for each in selected if each != kept])

    def split_selected(self) -> None:
        """Let the selected mentions refer to a new entity, whose name can be changed at once."""
        chosen, entity = self.mentions.selected, self._shown
        if entity is None or not chosen or self._session.is_read_only:
            return
        new = self._split_off(entity, chosen[0])
        if entity_deeds.split(self._session, entity, [each.id for each in chosen], new):
            self._name_anew(new.id)

    def remove_selected(self) -> None:
        """Take the selected entities out of the register."""
        selected = self.list.selected
        if selected and not self._session.is_read_only:
            entity_deeds.remove(self._session, selected)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        self.list.set_theme(theme)
        self.mentions.set_theme(theme)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.form.flush()
        super().closeEvent(event)

    def reject(self) -> None:
        """Escape closes; what was typed counts."""
        self.form.flush()
        super().reject()

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        self.heading.setObjectName("heading")
        self.empty.setObjectName("quiet")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._pages.addWidget(self.mentions)
        self._pages.addWidget(self.empty)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        for button in (self.add, self.remove):
            buttons.addWidget(button, 1)
        left.addLayout(buttons)
        left.addWidget(self.merge)
        # A long name on the button makes nothing wider.
        self.merge.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        above = QHBoxLayout()
        above.addWidget(self.heading, 1)
        above.addWidget(self.split)
        right = QVBoxLayout()
        right.setSpacing(em // 2)
        right.addWidget(self.form)
        right.addLayout(above)
        right.addWidget(self._pages, 1)
        middle = QHBoxLayout()
        middle.setSpacing(em)
        middle.addLayout(left, 3)
        middle.addLayout(right, 5)
        below = QHBoxLayout()
        below.addWidget(self.line, 1)
        below.addWidget(self.shut)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.addLayout(middle, 1)
        layout.addLayout(below)
        for push in self.findChildren(QPushButton):
            push.setAutoDefault(False)
        self.resize(em * 62, em * 44)

    def _connect(self) -> None:
        self.list.current_changed.connect(self._on_current)
        self.list.selection_changed.connect(self._show_buttons)
        self.list.entered.connect(self.form.name.setFocus)
        self.list.removal_asked.connect(self.remove_selected)
        self.add.clicked.connect(self.add_entity)
        self.merge.clicked.connect(self.merge_selected)
        self.remove.clicked.connect(self.remove_selected)
        self.form.edited.connect(self._on_edited)
        self.form.refused.connect(self._say)
        self.mentions.wanted.connect(self._on_mention_wanted)
        self.mentions.selectionModel().selectionChanged.connect(self._show_buttons)
        self.split.clicked.connect(self.split_selected)
        self.shut.clicked.connect(self.close)
        self._later.timeout.connect(self._follow)
        self._session.changed.connect(self._on_changed)
        self._session.closing.connect(self.close)
        for keys, act in (
            (QKeySequence.StandardKey.Undo, self._session.undo),
            (QKeySequence.StandardKey.Redo, self._session.redo),
            (QKeySequence.StandardKey.Find, self.list.search.setFocus),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def _show_entity(self) -> None:
        """Show the current entity with its mentions; what was typed for the one before is written first."""
        entity = self.list.current
        if self._shown and (entity is None or entity.id != self._shown.id):
            self.form.flush()
            entity = self.list.current
        self._shown = entity
        self.form.show_entity(entity)
        if self._session.is_read_only:
            self.form.setEnabled(False)
        self._show_mentions()

    def _show_mentions(self) -> None:
        entity = self._shown
        found = entities.mention_ids(self._session.project, entity.id) if entity else []
        self.mentions.mentions.show(found)
        self.heading.setText(mentions_counted(len(found)) if entity else "")
        self.empty.setVisible(entity is not None)
        self._pages.setCurrentIndex(int(not found))
        self._show_buttons()

    def _show_buttons(self) -> None:
        """Say on the buttons what they would do now."""
        selected, is_writable = self.list.selected, not self._session.is_read_only
        several = len(selected) > 1
        name = self._clipped(self._largest(selected).name) if several else ""
        self.merge.setText(_("&Merge into {name}").format(name=name) if several else _("&Merge"))
        self.merge.setEnabled(several and is_writable)
        self.merge.setToolTip(
            _("The one with most mentions stands for all that are selected")
            if several
            else _("Select several that are the same: hold Ctrl or Shift")
        )
        count = len(self.mentions.selectedIndexes())
        text = n_("&Split {count} off", "&Split {count} off", count).format(count=count)
        self.split.setText(text if count else _("&Split"))
        self.split.setToolTip(_("Let the selected mentions refer to somebody new"))
        self.split.setEnabled(0 < count < self.mentions.mentions.rowCount() and is_writable)
        self.remove.setEnabled(bool(selected) and is_writable)
        self.add.setEnabled(is_writable)

    def _largest(self, selected: list[Entity]) -> Entity:
        """Return the entity with most mentions, of equals the one nearest to the top."""
        if len(selected) > _FEW:
            return self.list.current or selected[0]
        counts = entities.counts(self._session.project, [entity.id for entity in selected])
        return max(selected, key=lambda entity: counts.get(entity.id, 0))

    def _split_off(self, entity: Entity, mention: Mention) -> Entity:
        """Return a new entity for mentions that were thought to mean another one."""
        label = self._session.scheme.label(mention.label).name
        new = guess(mention.text, label)
        is_other = new.name and new.name != entity.name
        name = new.name if is_other else _("{name} (2)").format(name=entity.name)
        return replace(new, name=name, kind=new.kind or entity.kind)

    def _clipped(self, name: str) -> str:
        """Return a name as the button has room for it; an ampersand is no key there."""
        room = self.list.width() - self.fontMetrics().horizontalAdvance(_("&Merge into {name}"))
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
        return shown.replace("&", "&&")

    def _name_anew(self, entity_id: str) -> None:
        self.choose(entity_id)
        self.form.name.setFocus()
        self.form.name.selectAll()

    def _say(self, sentence: str) -> None:
        palette = self.line.palette()
        palette.setColor(palette.ColorRole.WindowText, self._theme.danger)
        self.line.setPalette(palette)
        self.line.setText(sentence)

    def _follow(self) -> None:
        if self._session.is_open:
            self.list.reload()

    def _on_current(self) -> None:
        self._say("")
        self._show_entity()

    def _on_edited(self, entity: Entity) -> None:
        self._say("")
        if self._shown:
            entity_deeds.update(self._session, self._shown, entity)

    def _on_mention_wanted(self, mention: Mention) -> None:
        self._session.open_article(mention.article)
        if self._session.annotation(mention.id):
            self._session.select(mention.id)

    def _on_changed(self, changes: Changes) -> None:
        if (changes.entities or changes.everything) and self.isActiveWindow():
            self._follow()
        elif changes.entities or changes.everything or changes.annotations or changes.corpus:
            self._later.start()
