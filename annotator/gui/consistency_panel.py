"""The tab of consistency: what is labelled unevenly in the project, its places beside it, settled there."""

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.core.consistency import MOST, Kind, Line
from annotator.core.model import Changes
from annotator.core.scheme import Scheme
from annotator.gui.article import keys
from annotator.gui.background import Background
from annotator.gui.bulk_writing import write_many
from annotator.gui.consistency_controls import Controls, counted
from annotator.gui.consistency_model import LineDelegate, LineModel
from annotator.gui.consistency_reading import Reader
from annotator.gui.long_list import LongList
from annotator.gui.occurrences_words import outcome
from annotator.gui.places import Matter, Places
from annotator.gui.session import Session
from annotator.gui.theme import Theme
from annotator.gui.tool_panel import lay_out
from annotator.language import _
from annotator.store import boundaries, entities
from annotator.store.deed import Deed
from annotator.store.many import Written
from annotator.store.occurrences import Occurrence

_REST = 120
"""Milliseconds after a deed, or after the panel came into view, before its strings are counted again."""

_LOOK = 80
"""Milliseconds that a line is rested on before its places are read."""


class ConsistencyPanel(QWidget):
    """Reads only while it is seen. `left` gives the keyboard to the article.

    In the list a letter proposes a label for the places beside it, where Enter settles them; Del
    removes their labels, M merges two entities, - and + move boundaries, Shift+J pins a decision.
    """

    left = Signal()
    place_chosen = Signal(int, int)

    def __init__(
        self, session: Session, theme: Theme, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self._is_stale = True
        self._asked = ""
        self.reader = Reader(session.project.path, self)
        self.controls = Controls(self)
        self.model = LineModel(session.scheme, self)
        self.list = LongList(_("What is labelled unevenly"), self)
        self._delegate = LineDelegate(theme, session.scheme, self)
        self.places = Places(session, theme, background, self)
        self.pair = _Pair(self)
        self.shorten = QPushButton(_("Leave titles out (-)"), self.places)
        self.lengthen = QPushButton(_("Take titles in (+)"), self.places)
        self.empty = QLabel(self)
        self._pages = QStackedWidget(self)
        self._beside = QStackedWidget(self)
        self._across = QSplitter(Qt.Orientation.Horizontal, self)
        self._later = QTimer(self, singleShot=True, interval=_REST)
        self._look_later = QTimer(self, singleShot=True, interval=_LOOK)
        self._lay_out()
        self._connect()
        self._show()

    @property
    def is_behind(self) -> bool:
        """Whether lines or places are still to be read."""
        timers = self._later.isActive() or self._look_later.isActive()
        return timers or self.reader.is_looking or self.places.is_looking

    def reload(self) -> None:
        """Read again what changed, if anybody can see it."""
        self._is_stale = not self.isVisible()
        if self._is_stale or not self._session.is_open:
            return
        self._later.stop()
        if self.reader.is_looking:
            self._later.start()
            return
        self.reader.read(with_texts=self.controls.kind is Kind.UNLABELLED)
        self._show()

    def merge(self) -> None:
        """Make one of the two entities of the line: the one mentioned more stays."""
        line = self._current()
        if line is None or line.kind is not Kind.ENTITIES:
            return
        kept, gone = line.entities
        name = _("Merge “{gone}” into “{kept}”").format(gone=line.words[1], kept=line.words[0])
        self._session.do(name, lambda deed: entities.merge(deed, kept, [gone]))
        self.list.setFocus()

    def move_boundaries(self, *, is_longer: bool) -> None:
        """Leave the titles of a name out wherever it is labelled, or take them in: one deed."""
        line = self._current()
        if line is None or line.kind is not Kind.BOUNDARIES:
            return
        if self.places.is_looking:
            self._session.told.emit(_("Still looking; press the key again in a moment."))
            return
        found = tuple(self.places.model.rows)
        words = line.words[0] if is_longer else line.words[1]
        write = partial(_lengthen if is_longer else _shorten, found, words)
        name = _("Write “{words}” everywhere").format(words=words)
        then = partial(self._tell)
        title = _("Moving boundaries")
        write_many(self._session, self._background, name, title, write, len(found), then)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._delegate.theme = theme
        self.places.set_theme(theme)
        self.list.viewport().update()

    def minimumSizeHint(self) -> QSize:
        """Return the least that is of use."""
        line = self.fontMetrics().height()
        return QSize(line * 16, line * 12)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale or not self.reader.is_read:
            self._later.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(not keys.is_for_commands(event) or event.isAccepted())
        return event.type() == QEvent.Type.KeyPress and self._press(event)

    def _press(self, event: QKeyEvent) -> bool:
        key, typed = event.key(), event.text().casefold()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_plain = modifiers == Qt.KeyboardModifier.NoModifier
        line = self._current()
        if line is None or keys.is_for_commands(event):
            return False
        if line.kind is Kind.ENTITIES:
            if typed == "m" and is_plain:
                self.merge()
            return typed == "m"
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_plain:
            self._ask_now()
            self.places.list.setFocus()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and is_plain:
            self._ask_now()
            self.places.remove()
        elif typed in ("-", "+") and line.kind is Kind.BOUNDARIES:
            self._ask_now()
            self.move_boundaries(is_longer=typed == "+")
        elif key == Qt.Key.Key_J and modifiers == Qt.KeyboardModifier.ShiftModifier:
            self._ask_now()
            self.places.precedent.open_editor()
        elif is_plain and len(typed) == 1 and (label := self._session.scheme.by_key(typed)):
            self._ask_now()
            self.places.choose_label(label.id)
        else:
            return False
        return True

    def _current(self) -> Line | None:
        return self.model.line(self.list.currentIndex())

    def _show(self) -> None:
        """Show the lines of the chosen kind; the row that was current stays so, or its neighbour."""
        kind, lines = self.controls.kind, self.reader.lines
        row, current = self.list.currentIndex().row(), self._current()
        shown = lines.get(kind, [])
        self.controls.show_counts(
            {
                each: counted(
                    len(found),
                    is_more=len(found) >= MOST or self._is_part(each),
                )
                for each, found in lines.items()
            }
        )
        self.model.scheme = self._delegate.scheme = self._session.scheme
        self.model.set_lines(shown)
        ids = [each.id for each in shown]
        place = ids.index(current.id) if current and current.id in ids else min(row, len(ids) - 1)
        with QSignalBlocker(self.list.selectionModel()):
            self.list.setCurrentIndex(self.model.index(max(0, place)) if shown else QModelIndex())
        self.list.viewport().update()
        self.empty.setText(self._sentence(kind))
        was_empty = self._pages.currentWidget() is self.empty
        self._pages.setCurrentWidget(self._across if shown else self.empty)
        self.setFocusProxy(self.list if shown else self.controls.kinds[kind])
        if shown and was_empty and self.controls.kinds[kind].hasFocus():
            self.list.setFocus()
        if not shown:
            self._asked = ""
        if self.reader.is_read or not self._asked:
            self._look_later.start()

    def _is_part(self, kind: Kind) -> bool:
        """Tell whether more lines of a kind may still be found."""
        if kind is Kind.UNLABELLED:
            return not self.reader.is_searched
        return kind is not Kind.PRECEDENTS and not self.reader.is_read

    def _sentence(self, kind: Kind) -> str:
        if kind not in self.reader.lines or self._is_part(kind):
            return _("Comparing…")
        return {
            Kind.CONTESTED: _("Every string has one label everywhere."),
            Kind.UNLABELLED: _("No known name is left unlabelled in the articles begun or done."),
            Kind.BOUNDARIES: _("No name is labelled now with a title, now without."),
            Kind.SINGLE: _("No label has one string only."),
            Kind.ENTITIES: _("No two entities have names that are nearly the same."),
            Kind.PRECEDENTS: _(
                "Nothing is decided yet. Shift+J on words in the article pins how they are labelled."
            ),
        }[kind]

    def _ask_now(self) -> None:
        if self._look_later.isActive():
            self._ask()

    def _ask(self) -> None:
        """Show the places of the current line beside it."""
        self._look_later.stop()
        line = self._current()
        if line is None or not self.isVisible():
            return
        self._beside.setCurrentWidget(self.pair if line.kind is Kind.ENTITIES else self.places)
        if line.kind is Kind.ENTITIES:
            self.pair.show_line(line, is_writable=not self._session.is_read_only)
        elif self._asked != line.id:
            self._asked = line.id
            for button in (self.shorten, self.lengthen):
                button.setVisible(line.kind is Kind.BOUNDARIES and not self._session.is_read_only)
            self.places.accept.setVisible(line.kind is not Kind.BOUNDARIES)
            self.places.ask(_matter(line))

    def _lay_out(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.installEventFilter(self)
        for button in (self.shorten, self.lengthen):
            self.places.foot.insertWidget(1, button)
            button.hide()
        self.places.heading.hide()  # the line beside it says the words
        self.places.cancel.hide()
        self.places.hint.hide()
        self._beside.addWidget(self.places)
        self._beside.addWidget(self.pair)
        self._across.addWidget(self.list)
        self._across.addWidget(self._beside)
        self._across.setHandleWidth(1)
        self._across.setChildrenCollapsible(False)
        self._across.setStretchFactor(0, 2)
        self._across.setStretchFactor(1, 3)
        lay_out(self, self.controls, self._pages, self._across, self.empty)
        em = self.fontMetrics().averageCharWidth()
        self._across.setSizes([em * 40, em * 60])

    def _connect(self) -> None:
        self._later.timeout.connect(self.reload)
        self._look_later.timeout.connect(self._ask)
        self.reader.found.connect(self._on_found)
        self.controls.kind_changed.connect(self._on_kind_changed)
        self.list.selectionModel().currentChanged.connect(self._look_later.start)
        self.list.entered.connect(self._on_entered)
        self.places.left.connect(self.list.setFocus)
        self.places.settled.connect(self.list.setFocus)
        self.places.place_chosen.connect(self._on_place_chosen)
        self.pair.merge.clicked.connect(self.merge)
        self.shorten.clicked.connect(partial(self._on_boundaries_clicked, False))
        self.lengthen.clicked.connect(partial(self._on_boundaries_clicked, True))
        self._session.changed.connect(self._on_changed)
        self._session.closing.connect(self._on_closing)

    def _on_found(self) -> None:
        self._show()
        self._read_on()

    def _read_on(self) -> None:
        """Go on while strings are still to be read, or to be searched if that is looked at."""
        is_searching = self.controls.kind is Kind.UNLABELLED
        is_left = not self.reader.is_read or (is_searching and not self.reader.is_searched)
        if is_left and self.isVisible() and not self.reader.is_looking:
            self.reader.read(with_texts=is_searching)

    def _on_kind_changed(self) -> None:
        self._asked = ""
        self._show()
        self.list.setFocus()
        self._read_on()

    def _on_entered(self) -> None:
        self._ask()
        self.places.list.setFocus()

    def _on_boundaries_clicked(self, is_longer: bool, _checked: bool = False) -> None:
        self.move_boundaries(is_longer=is_longer)

    def _on_place_chosen(self, article_id: str, start: int, end: int) -> None:
        self._session.open_article(article_id)
        self.place_chosen.emit(start, end)

    def _on_changed(self, changes: Changes) -> None:
        self.reader.note(changes)
        self._is_stale = True
        if self.isVisible():
            self._later.start()

    def _on_closing(self) -> None:
        self._session.changed.disconnect(self._on_changed)
        self._later.stop()
        self._look_later.stop()
        self.reader.stop()

    def _tell(self, written: Written) -> None:
        self._session.told.emit(outcome(written, is_removal=False))


class _Pair(QWidget):
    """What merging two entities would do, and the button for it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.said = QLabel(self)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.merge = QPushButton(_("Merge (M)"), self)
        self.merge.setProperty("look", "primary")
        gap = self.fontMetrics().height()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.addWidget(self.said)
        layout.addWidget(self.merge, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)

    def show_line(self, line: Line, *, is_writable: bool) -> None:
        """Say which of the two stays."""
        kept, gone = line.words
        said = _(
            "“{gone}” and “{kept}” may be the same ({why}). Merged, every mention of “{gone}” means "
            "“{kept}”, which keeps the other name as an alias."
        )
        self.said.setText(said.format(gone=gone, kept=kept, why=line.note))
        self.merge.setEnabled(is_writable)


def _matter(line: Line) -> Matter:
    """Return what the places beside a line are about, its usual label proposed."""
    labels = dict(line.counts[0]) if line.counts else {}
    label = next(iter(labels), "")
    return Matter(line.words, label, is_for_free=line.kind is Kind.UNLABELLED, counts=labels)


def _shorten(found: tuple[Occurrence, ...], words: str, deed: Deed, _scheme: Scheme) -> Written:
    return boundaries.shorten(deed, found, words)


def _lengthen(found: tuple[Occurrence, ...], words: str, deed: Deed, scheme: Scheme) -> Written:
    return boundaries.lengthen(deed, scheme, found, words)
