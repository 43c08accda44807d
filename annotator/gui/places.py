"""All places of some words with their labels: ticked, given one label by its letter, or freed of theirs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QEvent, QLocale, QModelIndex, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.core.consistency import compared
from annotator.core.model import Changes
from annotator.core.occurrences import Finder, Likeness
from annotator.gui.article import deeds, keys
from annotator.gui.article.scene import label_of
from annotator.gui.background import Background
from annotator.gui.bulk_writing import Write, write_many
from annotator.gui.context_lines import one_line
from annotator.gui.long_list import LongList
from annotator.gui.looking import Look
from annotator.gui.marks import small_font, swatch_icon
from annotator.gui.occurrences_model import OccurrenceDelegate, OccurrenceModel
from annotator.gui.occurrences_words import outcome
from annotator.gui.places_work import places_beside, remove, settle
from annotator.gui.precedent_line import PrecedentLine
from annotator.gui.session import Session
from annotator.gui.theme import Theme
from annotator.gui.uses import UsesLine
from annotator.language import _, n_
from annotator.store import consistency, occurrences
from annotator.store.many import Written
from annotator.store.occurrences import Occurrence, Standing, Wanted

_REST = 60
"""Milliseconds after a change before the list is read anew."""

_FEW = 300
"""Labelled places, and articles to read, up to which the window looks itself."""

_JUDGED = 1_500
"""Places up to which the window itself compares them with another label."""

_WIDE = 56
"""Characters of width from which on there is room for the titles of articles."""

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Matter:
    """What is to be settled: words, the label proposed for them, the place the annotator comes from.

    `is_for_free` ticks what has no label at first, and not what has another one.
    """

    words: tuple[str, ...] = ()
    label: str = ""
    place: tuple[str, int, int] | None = None
    is_for_free: bool = False
    counts: dict[str, int] = field(default_factory=dict)


class Places(QFrame):
    """A list of places with ticks. `left` gives the keyboard back, `settled` says that a deed was done.
    `listed` says that the list was read.

    `place_chosen` carries article, start and end of a place that is to be shown.
    """

    left = Signal()
    listed = Signal()
    settled = Signal()
    place_chosen = Signal(str, int, int)

    def __init__(
        self, session: Session, theme: Theme, background: Background, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._background = background
        self.matter = Matter()
        self._read: Sequence[Occurrence] = ()
        self._found: Sequence[Occurrence] = ()
        self.heading = QLabel(self)
        self.uses = UsesLine(session, theme, self)
        self.label = QComboBox(self)
        self.precedent = PrecedentLine(session, theme, self)
        self.model = OccurrenceModel(session.project, self)
        self.list = LongList(_("Places of these words"), self)
        self._delegate = OccurrenceDelegate(theme, session.scheme, self)
        self.counts = QLabel(self)
        self.accept = QPushButton(self)
        self.cancel = QPushButton(_("Not now"), self)
        self.hint = QLabel(self)
        self.foot = QHBoxLayout()
        self._look = Look(_("Looking for places"), self)
        self._later = QTimer(self, singleShot=True, interval=_REST)
        self._lay_out()
        self._connect()

    @property
    def is_looking(self) -> bool:
        """Whether the list is still being read."""
        return self._look.is_looking

    @property
    def label_id(self) -> str:
        """The label that ticked places are to have."""
        return str(self.label.currentData() or "")

    def ask(self, matter: Matter) -> None:
        """List the places of these words."""
        self.matter = matter
        self.model.forget_ticks()
        if matter.place is not None:
            self.model.tick_by_hand(matter.place)
        self._show_labels(matter.label)
        self.precedent.show_words(matter.words[0] if matter.words else "", matter.label)
        words = " · ".join(_("“{words}”").format(words=each) for each in matter.words)
        self.heading.setText(one_line(words[:_SHOWN]))
        self.uses.show_counts(matter.counts)
        self._read = self._found = ()
        self._show()
        self.reload()

    def reload(self) -> None:
        """Read the places anew, with the label chosen now."""
        self._later.stop()
        self._look.stop()
        session, words = self._session, self.matter.words
        if not session.is_open or not words or self.isHidden() or not self.label_id:
            return
        wanted, article = Wanted(self.label_id), session.article.id if session.article else ""
        if self._is_quick(words):
            self._on_found(consistency.places(session.project, words, wanted, open_article=article))
            return
        self.counts.setText(_("Looking…"))
        self._look.at(partial(places_beside, session.project.path, words, wanted, article))

    def choose_label(self, label_id: str) -> None:
        """Propose another label for what is ticked."""
        place = self.label.findData(label_id)
        if place < 0:
            return
        self.label.setCurrentIndex(place)
        self._on_label_chosen()

    def write(self) -> None:
        """Give all that is ticked the label: one deed, one undo."""
        ticked = self._ticked()
        if ticked is None:
            return
        label = label_of(self._session.scheme, self.label_id)
        name = n_(
            "Settle “{words}” as {label}",
            "Settle “{words}” as {label} in {n} places",
            len(ticked),
        ).format(words=one_line(self.matter.words[0]), label=label.name, n=len(ticked))
        wanted = Wanted(self.label_id)
        self._do(name, partial(settle, wanted, ticked, deeds.defaults(label)), ticked, False)

    def remove(self) -> None:
        """Take the label away from all that is ticked, whichever it is: one deed, one undo."""
        ticked = self._ticked()
        if ticked is None:
            return
        labelled = tuple(each for each in ticked if each.standing >= Standing.OTHERWISE)
        if not labelled:
            self._session.told.emit(_("What is ticked has no label."))
            return
        name = n_(
            "Remove the label of “{words}”",
            "Remove the labels of “{words}” in {n} places",
            len(labelled),
        ).format(words=one_line(self.matter.words[0]), n=len(labelled))
        self._do(name, partial(remove, labelled), labelled, True)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = self._delegate.theme = self.uses.theme = theme
        self.precedent.set_theme(theme)
        self.list.viewport().update()

    def stop(self) -> None:
        """Look no more."""
        self._later.stop()
        self._look.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(not keys.is_for_commands(event) or event.isAccepted())
        return event.type() == QEvent.Type.KeyPress and self._press(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Escape from the buttons, too."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _press(self, event: QKeyEvent) -> bool:
        key, typed = event.key(), event.text().casefold()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_plain = modifiers == Qt.KeyboardModifier.NoModifier
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_plain:
            self.write()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
        elif key == Qt.Key.Key_Space:
            self.model.toggle(self.list.currentIndex())
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and is_plain:
            self.remove()
        elif key == Qt.Key.Key_J and modifiers == Qt.KeyboardModifier.ShiftModifier:
            self.precedent.open_editor()
        elif key == Qt.Key.Key_A and is_plain:
            self.model.tick_all(overlapping=True)
        elif key == Qt.Key.Key_N and is_plain:
            self.model.tick_none()
        elif len(typed) == 1 and (label := self._session.scheme.by_key(typed)):
            self.choose_label(label.id)
        else:
            return False
        return True

    def _ticked(self) -> tuple[Occurrence, ...] | None:
        """Return what is ticked; None, with a word why, when nothing can be done."""
        if self.is_looking:
            self._session.told.emit(_("Still looking; press the key again in a moment."))
            return None
        ticked = tuple(self.model.ticked())
        if not ticked or not self.label_id:
            self._session.told.emit(_("Nothing is ticked."))
            return None
        return ticked

    def _do(
        self, name: str, write: Write[Written], ticked: Sequence[Occurrence], is_removal: bool
    ) -> None:
        def then(written: Written) -> None:
            self._session.told.emit(outcome(written, is_removal=is_removal))

        self.model.forget_ticks()
        title = _("Settling labels")
        write_many(
            self._session,
            self._background,
            name,
            title,
            write,
            len(ticked),
            then,
        )
        self.settled.emit()

    def _is_quick(self, words: Sequence[str]) -> bool:
        project = self._session.project
        if sum(consistency.stretch(project, each) for each in words) > _FEW:
            return False
        return occurrences.reach(project, Finder(words, Likeness(accents=True)), None) <= _FEW

    def _show_labels(self, label_id: str) -> None:
        with QSignalBlocker(self.label):
            self.label.clear()
            size = self.fontMetrics().height()
            active = [each for each in self._session.scheme.active if not each.slots]
            names = set(compared(self._session.scheme)) or {each.id for each in active}
            for each in active:
                name = f"{each.name}  ({each.key.upper()})" if each.key else each.name
                if each.id in names:
                    self.label.addItem(swatch_icon(self._theme, each.colour, size), name, each.id)
            self.label.setCurrentIndex(max(0, self.label.findData(label_id)))

    def _show(self) -> None:
        """List what was found; the row that was current stays so, else the one the annotator is from."""
        current = self.model.row(self.list.currentIndex())
        place = current[:3] if current else self.matter.place
        label = label_of(self._session.scheme, self.label_id)
        self._delegate.scheme = self._session.scheme
        self._delegate.colour = label.colour
        is_wide = self.list.width() > self.fontMetrics().averageCharWidth() * _WIDE
        self._delegate.has_titles = is_wide and len({each.article for each in self._found}) > 1
        self._delegate.has_marks = self._delegate.has_present = True
        self.model.at_first = (
            frozenset({Standing.FREE, Standing.PROPOSED})
            if self.matter.is_for_free
            else frozenset({Standing.OTHERWISE})
        )
        self.model.show(self._found, is_removal=False)
        row = next((n for n, each in enumerate(self._found) if each[:3] == place), 0)
        with QSignalBlocker(self.list.selectionModel()):
            index = self.model.index(row) if self._found else QModelIndex()
            self.list.setCurrentIndex(index)
        if self._found:
            self.list.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self._show_counts()
        self.listed.emit()

    def _show_counts(self) -> None:
        found = self._found
        labelled = [each for each in found if each.standing >= Standing.OTHERWISE]
        free = len(found) - len(labelled)
        told = [n_("{n} place", "{n} places", len(found)).format(n=_number(len(found)))]
        articles = len({each.article for each in found})
        if articles > 1:
            told.append(n_("{n} article", "{n} articles", articles).format(n=_number(articles)))
        if free:
            told.append(n_("{n} unlabelled", "{n} unlabelled", free).format(n=_number(free)))
        self.counts.setText(" · ".join(told) if found else _("No place of these words."))
        counts: dict[str, int] = {}
        for each in labelled:
            counts[each.label] = counts.get(each.label, 0) + 1
        if found:
            order = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
            self.uses.show_counts(dict(order))
        self._show_ticks()

    def _show_ticks(self) -> None:
        count = self.model.count
        name = label_of(self._session.scheme, self.label_id).name
        text = n_("Make {n} {label}", "Make {n} {label}", count)
        self.accept.setText(text.format(n=_number(count), label=name))
        self.accept.setEnabled(count > 0 and not self._session.is_read_only)

    def _choose(self, index: QModelIndex) -> None:
        each = self.model.row(index)
        if each is not None:
            self.place_chosen.emit(each.article, each.start, each.end)

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 2
        self.heading.setObjectName("heading")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setAccessibleName(_("Label that what is ticked gets"))
        self.label.setToolTip(_("Its letter chooses a label, with Shift if that is A or N"))
        self.label.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setMinimumHeight(self.fontMetrics().height() * 5)
        self.accept.setProperty("look", "primary")
        self.cancel.setProperty("look", "quiet")
        self.hint.setObjectName("quiet")
        self.hint.setFont(small_font(self.font()))
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hint.setText(
            _(
                "A letter its label, Enter makes it so, Del removes labels, Space ticks, A all, N none, "
                "Shift+J pins, Esc leaves"
            )
        )
        self.counts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout()
        head.setSpacing(gap)
        head.addWidget(self.heading)
        head.addWidget(self.uses, 1)
        head.addWidget(self.label)
        self.foot.addWidget(self.counts, 1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * gap, gap, 2 * gap, gap)
        layout.setSpacing(gap // 2)
        layout.addLayout(head)
        layout.addWidget(self.precedent)
        layout.addWidget(self.list, 1)
        layout.addLayout(self.foot)
        layout.addWidget(self.hint)

    def _connect(self) -> None:
        self.list.installEventFilter(self)
        self.accept.clicked.connect(self.write)
        self.cancel.clicked.connect(self.left)
        self.precedent.left.connect(self.list.setFocus)
        self.label.activated.connect(self._on_label_chosen)
        self.list.doubleClicked.connect(self._choose)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.model.dataChanged.connect(self._show_ticks)
        self._look.found.connect(self._on_found)
        self._look.failed.connect(self._session.failed)
        self._later.timeout.connect(self.reload)
        self._session.changed.connect(self._on_changed)
        self._session.closing.connect(self.stop)

    def _on_found(self, found: list[Occurrence]) -> None:
        self._read = self._found = found
        self._show()

    def _on_label_chosen(self) -> None:
        """Tell the places apart anew for the label chosen."""
        self.list.setFocus()
        if self.is_looking or len(self._found) > _JUDGED:
            self.reload()
            return
        conn, scheme = self._session.project.conn, self._session.scheme
        bare = [Occurrence(*each[:4]) for each in self._read]
        now = occurrences.judged(conn, scheme, Wanted(self.label_id), bare)
        # Where nothing is labelled, somebody may suggest another label: nobody stands behind that.
        self._found = [
            each
            for each, before in zip(now, self._read, strict=True)
            if before.standing >= Standing.OTHERWISE or each.standing in consistency.UNLABELLED
        ]
        self._show()

    def _on_current(self, index: QModelIndex) -> None:
        """Show the place the list is at, if the open article has it."""
        each, article = self.model.row(index), self._session.article
        if each and article and each.article == article.id and self.list.hasFocus():
            self.place_chosen.emit(*each[:3])

    def _on_changed(self, changes: Changes) -> None:
        if changes.precedents or changes.everything or changes.entities:
            self.precedent.reload()
        if changes.scheme or changes.everything:
            self._show_labels(self.label_id)
        is_other = changes.annotations or changes.corpus or changes.scheme or changes.everything
        if self.isVisible() and is_other:
            self._later.start()


def _number(count: int) -> str:
    return QLocale().toString(count)
