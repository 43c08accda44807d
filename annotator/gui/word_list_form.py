"""One word list as a form: its name, label and choices, and its words or its one pattern."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.core.scheme import Label
from annotator.core.word_lists import MEANS, PATTERN, Entry, WordList
from annotator.gui.marks import swatch_icon
from annotator.gui.theme import Theme
from annotator.language import _

LONGEST = 20_000
"""Entries up to which a list is shown to be written in: longer ones come from files and go back there."""


class WordListForm(QWidget):
    """`changed` carries the list as wanted, `entries_changed` its entries; `typed` follows every key."""

    changed = Signal(object)
    entries_changed = Signal(list)
    typed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list: WordList | None = None
        self._stored: list[Entry] = []
        self.name = QLineEdit(self)
        self.label = QComboBox(self)
        self.case = QCheckBox(_("Same capitals"), self)
        self.whole = QCheckBox(_("Whole words"), self)
        self.entries = _Field(self)
        self.pattern = QLineEdit(self)
        self.test = QLabel(self)
        self._lay_out()
        self.name.editingFinished.connect(self._on_changed)
        self.label.activated.connect(self._on_changed)
        self.case.clicked.connect(self._on_changed)
        self.whole.clicked.connect(self._on_changed)
        self.entries.left.connect(self.flush)
        self.entries.textChanged.connect(self.typed)
        self.pattern.textChanged.connect(self.typed)
        self.pattern.editingFinished.connect(self.flush)

    @property
    def shown(self) -> WordList | None:
        """The list as it stands in the form."""
        if self._list is None:
            return None
        return replace(
            self._list,
            name=self.name.text().strip() or self._list.name,
            label=str(self.label.currentData() or self._list.label),
            case_counts=self.case.isChecked(),
            whole_words=self.whole.isChecked(),
        )

    @property
    def written(self) -> list[Entry]:
        """The entries as they stand in the form."""
        if self._list is None or self.entries.isReadOnly():
            return self._stored
        if self._list.kind == PATTERN:
            pattern = self.pattern.text().strip()
            return [Entry(pattern)] if pattern else []
        found: dict[str, Entry] = {}
        for line in self.entries.toPlainText().splitlines():
            words, _means, entity = (part.strip() for part in line.partition(MEANS))
            if words:
                found.setdefault(" ".join(words.split()), Entry(" ".join(words.split()), entity))
        return list(found.values())

    def show_list(
        self, word_list: WordList | None, entries: Sequence[Entry], labels: Sequence[Label]
    ) -> None:
        """Show a list; what is being written into the same one stays."""
        same = self._list is not None and word_list is not None and self._list.id == word_list.id
        if not same:
            self.flush()
        is_unwritten = same and self.written != self._stored
        self._list = word_list
        self.setEnabled(word_list is not None)
        if word_list is None:
            self._stored = []
            return
        self._show_labels(word_list, labels)
        if not (same and self.name.hasFocus()):
            self.name.setText(word_list.name)
        self.case.setChecked(word_list.case_counts)
        self.whole.setChecked(word_list.whole_words)
        self.whole.setVisible(word_list.kind != PATTERN)
        self.entries.setVisible(word_list.kind != PATTERN)
        self.pattern.setVisible(word_list.kind == PATTERN)
        if not is_unwritten:
            self._show_entries(list(entries))

    def flush(self) -> None:
        """Have what was written kept now, if it is not."""
        written = self.written
        if self._list is not None and written != self._stored:
            self._stored = written
            self.entries_changed.emit(written)

    def show_test(self, sentence: str, *, is_bad: bool) -> None:
        """Say what would be found, or what is wrong with what is written."""
        self.test.setText(sentence)
        self.test.setObjectName("warning" if is_bad else "quiet")
        self.test.style().unpolish(self.test)
        self.test.style().polish(self.test)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme

    def _show_labels(self, word_list: WordList, labels: Sequence[Label]) -> None:
        size = self.fontMetrics().height()
        with QSignalBlocker(self.label):
            self.label.clear()
            for label in labels:
                icon = swatch_icon(self._theme, label.colour, size)
                self.label.addItem(icon, label.name, label.id)
            place = self.label.findData(word_list.label)
            if place < 0:
                self.label.insertItem(0, _("a label that is gone"), word_list.label)
                place = 0
            self.label.setCurrentIndex(place)

    def _show_entries(self, entries: list[Entry]) -> None:
        self._stored = entries
        is_long = len(entries) > LONGEST
        self.entries.setReadOnly(is_long)
        self.pattern.setReadOnly(False)
        lines = [f"{e.words}{MEANS}{e.entity}" if e.entity else e.words for e in entries[:LONGEST]]
        with QSignalBlocker(self.entries), QSignalBlocker(self.pattern):
            if self._list is not None and self._list.kind == PATTERN:
                self.pattern.setText(entries[0].words if entries else "")
            elif self.entries.toPlainText() != "\n".join(lines):
                self.entries.setPlainText("\n".join(lines))
        self.typed.emit()

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 2
        self.entries.setPlaceholderText(
            _("One a line, as “Radio-Canada”; behind “ = ” whom it means in the register")
        )
        self.entries.setAccessibleName(_("Entries, one a line"))
        self.pattern.setAccessibleName(_("Regular expression"))
        self.pattern.setPlaceholderText(r"\b\d{2} \d{4}\b")
        self.pattern.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.test.setWordWrap(True)
        self.test.setTextFormat(Qt.TextFormat.PlainText)
        form = QFormLayout()
        form.setHorizontalSpacing(gap)
        form.addRow(_("Name"), self.name)
        form.addRow(_("Label"), self.label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * gap, 0, 0, 0)
        layout.setSpacing(gap)
        layout.addLayout(form)
        layout.addWidget(self.whole)
        layout.addWidget(self.case)
        layout.addWidget(self.entries, 1)
        layout.addWidget(self.pattern)
        layout.addWidget(self.test)
        layout.addStretch(0)

    def _on_changed(self) -> None:
        shown = self.shown
        if shown is not None and shown != self._list:
            self.changed.emit(shown)


class _Field(QPlainTextEdit):
    """A field of many lines; `left` says that the focus has gone elsewhere."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "field")
        self.setTabChangesFocus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
