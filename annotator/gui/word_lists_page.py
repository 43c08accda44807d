"""Word lists and patterns of somebody's own: made, written, tried on the article, brought from files."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.assist import labels, own_lists
from annotator.assist.own_lists import Starter
from annotator.core.errors import UserError
from annotator.core.model import Changes
from annotator.core.word_lists import PATTERN, WORDS, Entry, WordList
from annotator.gui.background import Background
from annotator.gui.newest import Newest
from annotator.gui.session import Session
from annotator.gui.theme import Theme
from annotator.gui.trying import tried
from annotator.gui.word_list_form import LONGEST, WordListForm
from annotator.language import _, n_
from annotator.store import word_lists

_ID = int(Qt.ItemDataRole.UserRole)

_REST = 150
"""Milliseconds after the last key before what is written is tried."""


class WordListsPage(QWidget):
    """Every change is a deed at once; undo takes it back. `again` has the open article looked at again."""

    def __init__(
        self,
        session: Session,
        background: Background,
        theme: Theme,
        again: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._again = again
        self._lists: Sequence[WordList] = ()
        self.list = QListWidget(self)
        self.empty = QLabel(self)
        self.words = QPushButton(_("New &list"), self)
        self.pattern = QPushButton(_("New &pattern"), self)
        self.bring = QPushButton(_("From a f&ile…"), self)
        self.starters = QPushButton(_("&Ready-made"), self)
        self.remove = QPushButton(_("Remo&ve"), self)
        self.form = WordListForm(theme, self)
        self.look = Newest(_("Trying a word list"), background, self)
        self._try_later = QTimer(self, singleShot=True, interval=_REST)
        self.menu = QMenu(self)
        self.starters.setMenu(self.menu)
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Show the lists as the project has them; the one that is shown stays so."""
        if not self._session.is_open:
            return
        current = self._current_id()
        self._lists = word_lists.every(self._session.project)
        counts = word_lists.counts(self._session.project)
        with QSignalBlocker(self.list):
            self.list.clear()
            for each in self._lists:
                item = QListWidgetItem(_row(each, counts.get(each.id, 0)), self.list)
                item.setData(_ID, each.id)
                item.setCheckState(Qt.CheckState.Checked if each.is_on else Qt.CheckState.Unchecked)
            ids = [each.id for each in self._lists]
            self.list.setCurrentRow(ids.index(current) if current in ids else 0)
        self._show_current()

    def add(self, kind: str) -> None:
        """Make an empty list, or a pattern, with a name to be changed."""
        name = _("New pattern") if kind == PATTERN else _("New list")
        self._add(WordList("", name, self._first_label(), kind), [])
        self.form.name.setFocus()
        self.form.name.selectAll()

    def bring_in(self, path: Path) -> None:
        """Make a list of the words in a file, one a line or in the columns of a table."""
        try:
            found = own_lists.read_file(path)
        except UserError as error:
            self._session.failed.emit(str(error))
            return
        self._add(WordList("", path.stem, self._first_label(), WORDS), found)

    def take(self, starter: Starter) -> None:
        """Make a list of a ready-made one; it is a list like any other from then on."""
        label = labels.usual(self._session.scheme).get(starter.kind, "")
        self._add(WordList("", starter.title, label or self._first_label()), starter.entries)

    def remove_current(self) -> None:
        """Take the list that is shown away."""
        shown = self._current()
        if shown is None:
            return
        name = _("Remove the list {name}").format(name=shown.name)
        self._session.do(name, lambda deed: word_lists.remove(deed, shown.id))

    def flush(self) -> None:
        """Keep what was written and not yet kept."""
        self.form.flush()

    def stop(self) -> None:
        """Give up what is on its way."""
        self._try_later.stop()
        self.look.stop()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self.form.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def _add(self, word_list: WordList, entries: Sequence[Entry]) -> None:
        name = _("Add the list {name}").format(name=word_list.name)
        added = self._session.do(name, lambda deed: word_lists.add(deed, word_list, entries))
        if added:
            self.reload()
            for row in range(self.list.count()):
                if self.list.item(row).data(_ID) == added:
                    self.list.setCurrentRow(row)

    def _first_label(self) -> str:
        found = labels.plain(self._session.scheme)
        return found[0].id if found else ""

    def _current_id(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_ID)) if item else ""

    def _current(self) -> WordList | None:
        current = self._current_id()
        return next((each for each in self._lists if each.id == current), None)

    def _show_current(self) -> None:
        shown = self._current()
        self.form.setVisible(shown is not None)
        self.empty.setVisible(shown is None)
        is_writable = not self._session.is_read_only
        self.remove.setEnabled(is_writable and shown is not None)
        entries = word_lists.entries(self._session.project, shown.id) if shown else []
        self.form.show_list(shown, entries, labels.plain(self._session.scheme))
        self._try_later.start()

    def _try(self) -> None:
        """Say what the list finds in the open article."""
        shown, article = self.form.shown, self._session.article
        if shown is None or article is None:
            self.form.show_test("", is_bad=False)
            return
        self.look.at(partial(tried, shown, self.form.written, article.text))

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 2
        self.list.setAccessibleName(_("Word lists and patterns"))
        self.empty.setText(
            _(
                "Words and patterns of your own, suggested wherever they stand. Make a list, bring one in "
                "from a file, or take a ready-made one."
            )
        )
        self.empty.setWordWrap(True)
        self.empty.setObjectName("quiet")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = QGridLayout()
        buttons.setSpacing(gap // 2)
        places = (self.words, self.pattern, self.bring, self.starters, self.remove)
        for number, button in enumerate(places):
            is_last = number == len(places) - 1
            buttons.addWidget(button, number // 2, number % 2, 1, 2 if is_last else 1)
        left = QVBoxLayout()
        left.setSpacing(gap)
        left.addWidget(self.list, 1)
        left.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, gap, 0, 0)
        row.addLayout(left, 2)
        row.addWidget(self.form, 3)
        row.addWidget(self.empty, 3)
        is_writable = not self._session.is_read_only
        for widget in (*places, self.form):
            widget.setEnabled(is_writable)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show_current)
        self.list.itemChanged.connect(self._on_item_changed)
        self.words.clicked.connect(partial(self.add, WORDS))
        self.pattern.clicked.connect(partial(self.add, PATTERN))
        self.bring.clicked.connect(self._on_bring_clicked)
        self.menu.aboutToShow.connect(self._on_menu_asked)
        self.remove.clicked.connect(self.remove_current)
        self.form.changed.connect(self._on_list_changed)
        self.form.entries_changed.connect(self._on_entries_changed)
        self.form.typed.connect(self._try_later.start)
        self._try_later.timeout.connect(self._try)
        self.look.found.connect(self._on_tried)
        self._session.changed.connect(self._on_changed)
        self._session.article_opened.connect(self._try_later.start)

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        changed = next((each for each in self._lists if each.id == item.data(_ID)), None)
        if changed is not None:
            on = item.checkState() is Qt.CheckState.Checked
            name = _("Switch the list {name} on") if on else _("Switch the list {name} off")
            self._update(name, replace(changed, is_on=on))

    def _on_list_changed(self, word_list: WordList) -> None:
        self._update(_("Change the list {name}"), word_list)

    def _update(self, name: str, word_list: WordList) -> None:
        self._session.do(
            name.format(name=word_list.name), lambda deed: word_lists.update(deed, word_list)
        )

    def _on_entries_changed(self, entries: list[Entry]) -> None:
        shown = self.form.shown
        if shown is not None and any(each.id == shown.id for each in self._lists):
            name = _("Write the list {name}").format(name=shown.name)
            self._session.do(name, lambda deed: word_lists.set_entries(deed, shown.id, entries))

    def _on_menu_asked(self) -> None:
        """Read the ready-made lists when somebody first wants to see them."""
        if self.menu.isEmpty():
            for starter in own_lists.starters():
                count = n_("{n} entry", "{n} entries", len(starter.entries))
                count = count.format(n=QLocale().toString(len(starter.entries)))
                action = self.menu.addAction(f"{starter.title} ({count})")
                action.triggered.connect(partial(self.take, starter))

    def _on_bring_clicked(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self, _("A list of words"), "", _("Lists (*.txt *.csv *.tsv);;All files (*)")
        )
        if path:
            self.bring_in(Path(path))

    def _on_tried(self, found: tuple[str, bool]) -> None:
        sentence, is_bad = found
        count = len(self.form.written)
        if count > LONGEST:
            told = _(
                "The first {n} of {all} entries are shown; bring the file in again to change them."
            )
            locale = QLocale()
            told = told.format(n=locale.toString(LONGEST), all=locale.toString(count))
            sentence = f"{told}\n{sentence}"
        self.form.show_test(sentence, is_bad=is_bad)

    def _on_changed(self, changes: Changes) -> None:
        if changes.word_lists or changes.scheme or changes.everything:
            self.reload()
            self._again()


def _row(word_list: WordList, count: int) -> str:
    """Return what the list says of a word list."""
    if word_list.kind == PATTERN:
        return _("{name} (pattern)").format(name=word_list.name)
    told = n_("{name} ({n} entry)", "{name} ({n} entries)", count)
    return told.format(name=word_list.name, n=QLocale().toString(count))
