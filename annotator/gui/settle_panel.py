"""Ctrl+Shift+Enter: many suggestions, sifted and looked through, accepted or rejected in one step."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import Annotation, AnnotationState, Changes
from annotator.gui.article import keys
from annotator.gui.article.view import ArticleView
from annotator.gui.background import Background
from annotator.gui.bulk_writing import write_many
from annotator.gui.long_list import LongList
from annotator.gui.marks import small_font
from annotator.gui.newest import Newest
from annotator.gui.occurrences_controls import Reach
from annotator.gui.score_slider import STEP
from annotator.gui.settle_controls import SettleControls
from annotator.gui.settle_lines import WaitingDelegate, WaitingModel
from annotator.gui.settle_words import counted, deed_name, heading, outcome
from annotator.gui.tasks import Progress
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.store import waiting
from annotator.store.corpus import snapshot
from annotator.store.many import Written
from annotator.store.project import Project
from annotator.store.waiting import Sieve, Waiting

_LINES = 8
"""Lines of the list that are seen at once."""

_SURE = 80
"""Per cent from which suggestions are listed at first, as long as there is any."""

_REST = 60
"""Milliseconds after a change before the list is read anew."""

_SIFTED = 25
"""Milliseconds the slider may move on before what passes is shown."""


class SettlePanel(QFrame):
    """Lists them below the article; nothing is decided until Enter or X.

    `listed` returns the articles that the list of articles shows, None while it shows all.
    """

    def __init__(
        self,
        view: ArticleView,
        listed: Callable[[], Sequence[str] | None],
        theme: Theme,
        background: Background,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("alikePanel")
        self._view = view
        self._session = view.session
        self._listed = listed
        self._background = background
        self._found: Sequence[Waiting] = ()
        self._sifted: Sequence[Waiting] = ()
        self._sifted_by: Sieve | None = None
        self._came_from = ""
        self._is_moving = self._is_alike = self._is_sure_wanted = False
        self.look = Newest(_("Looking for suggestions"), background, self)
        self.controls = SettleControls(theme, self)
        self.model = WaitingModel(view.session.project, self)
        self.list = LongList(_("Suggestions to settle"), self)
        self._delegate = WaitingDelegate(theme, view.session.scheme, self)
        self.counts = QLabel(self)
        self.accept = QPushButton(self)
        self.reject = QPushButton(self)
        self.cancel = QPushButton(_("Not now"), self)
        self._hint = QLabel(self)
        self._later = QTimer(self, singleShot=True, interval=_REST)
        self._sift_later = QTimer(self, singleShot=True, interval=_SIFTED)
        self._lay_out()
        self.hide()
        self._connect()

    def open_panel(self) -> None:
        """Show the suggestions of the article; pressed again, those of more articles."""
        focus = self._view.window().focusWidget()
        if self.isVisible() and focus is not None and self.isAncestorOf(focus):
            self.controls.step_reach()
            return
        selected = self._session.annotation(self._session.selected)
        is_suggestion = selected and selected.state is AnnotationState.SUGGESTED
        words = self._words_of(selected) if selected and is_suggestion else ""
        self._is_alike, self._is_sure_wanted = False, True
        self._open(Sieve(), words)

    def open_alike(self) -> None:
        """Show what is like the selected suggestion: its words or, of a frame, what is as sure as it."""
        selected = self._session.annotation(self._session.selected)
        if selected is None or selected.state is not AnnotationState.SUGGESTED:
            return
        words = self._words_of(selected)
        if self._view.scene.label(selected.label).slots:
            score = round((selected.score or 0) * 100)
            sieve = Sieve(score, selected.label, selected.origin)
        else:
            sieve = Sieve(label=selected.label, words=words)
        self._is_alike, self._is_sure_wanted = True, False
        self._open(sieve, words)

    def close_panel(self) -> None:
        """Hide the list and go back to the text; nothing was decided."""
        self._put_away()
        self._view.setFocus()
        if self._came_from in self._view.scene.index:
            self._session.select(self._came_from)

    def reload(self) -> None:
        """Read what waits anew."""
        self._later.stop()
        if not self.isVisible() or not self._session.is_open:
            return
        article, reach = self._session.article, self.controls.reach
        if reach is Reach.ARTICLE:
            self.look.stop()
            project = self._session.project
            self._on_found(waiting.find(project, [article.id]) if article else [])
            return
        articles = self._listed() if reach is Reach.LISTED else None
        work = partial(_find_beside, self._session.project.path, articles)
        self.counts.setText(_("Looking…"))
        self.look.at(work)

    def settle(self, state: AnnotationState) -> None:
        """Accept or reject what is ticked, with its parts: one deed, one undo."""
        ids = tuple(each.annotation for each in self.model.ticked())
        if self._sift_later.isActive():
            self._sift()
            self._session.told.emit(_("The list has just changed; press the key again."))
        elif not ids:
            self._session.told.emit(_("Nothing is ticked."))
        elif not self._session.is_read_only:
            is_last = self._is_alike or len(ids) == len(self._found)
            self._write(state, ids, is_last=is_last)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._delegate.theme = theme
        self.controls.set_theme(theme)
        self.list.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(not keys.is_for_commands(event) or event.isAccepted())
        return event.type() == QEvent.Type.KeyPress and self._press(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Escape from the buttons, too."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _press(self, event: QKeyEvent) -> bool:
        """Do what a key of the list is for; capitals ask for labels whose letter the list has itself."""
        key, typed = event.key(), event.text().casefold()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        act = None if modifiers else self._acts().get(Qt.Key(key))
        if act:
            act()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_article(self.list.currentIndex())
        elif number := keys.number_of(event):
            return self.controls.press(number)
        elif len(typed) == 1 and (label := self._session.scheme.by_key(typed)):
            self.controls.choose_label(label.id)
        else:
            return False
        return True

    def _acts(self) -> dict[Qt.Key, Callable[[], object]]:
        accept = partial(self.settle, AnnotationState.ACCEPTED)
        return {
            Qt.Key.Key_Escape: self.close_panel,
            Qt.Key.Key_Return: accept,
            Qt.Key.Key_Enter: accept,
            Qt.Key.Key_X: partial(self.settle, AnnotationState.REJECTED),
            Qt.Key.Key_Space: self._toggle_current,
            Qt.Key.Key_A: self.model.tick_all,
            Qt.Key.Key_N: self.model.tick_none,
            Qt.Key.Key_S: self.controls.step_origin,
            Qt.Key.Key_Left: partial(self.controls.step_score, -1),
            Qt.Key.Key_Right: partial(self.controls.step_score, 1),
        }

    def _open(self, sieve: Sieve, words: str) -> None:
        self._came_from = self._session.selected
        self.controls.reaches[Reach.LISTED].setVisible(self._listed() is not None)
        self.controls.set_reach(Reach.ARTICLE)
        self.controls.set_sieve(sieve, words)
        self.model.forget_ticks()
        self.show()
        self.reload()
        self.list.setFocus()

    def _sift(self) -> None:
        """List what passes; the current row stays so, else the one that is selected in the text."""
        self._sift_later.stop()
        sieve = self.controls.sieve
        current = self.model.row(self.list.currentIndex())
        wanted = current.annotation if current else self._session.selected
        but_score = replace(sieve, score=0)
        if self._sifted_by != but_score:
            self._sifted_by = but_score
            self._sifted = sieve.sifted(self._session.project, self._found)
            self.controls.slider.show_counts(waiting.histogram(self._sifted, STEP))
        rows = sieve.passed(self._sifted)
        self._delegate.scheme = self._session.scheme
        self._delegate.has_titles = self.controls.reach is not Reach.ARTICLE
        self.model.show(rows)
        row = self._row_of(wanted, rows) if wanted else 0
        self._is_moving = True
        self.list.setCurrentIndex(self.model.index(row) if rows else QModelIndex())
        self._is_moving = False
        if rows:
            centre = QAbstractItemView.ScrollHint.PositionAtCenter
            self.list.scrollTo(self.list.currentIndex(), centre)
        self._fit()
        self._show_counts()

    @staticmethod
    def _row_of(annotation_id: str, rows: Sequence[Waiting]) -> int:
        return next((n for n, each in enumerate(rows) if each[1] == annotation_id), 0)

    def _fit(self) -> None:
        """Be as high as the list is long, up to some lines; it shrinks only when it is opened again."""
        line = self.fontMetrics().height() * 3 // 2
        lines = max(3, min(_LINES, len(self._found)))
        self.list.setFixedHeight(line * lines + 4)

    def _show_counts(self) -> None:
        sieve, is_here = self.controls.sieve, self.controls.reach is Reach.ARTICLE
        self.controls.heading.setText(heading(self._session.scheme, sieve))
        self.counts.setText(counted(self.model.rows, len(self._found), is_here=is_here))
        self._show_ticks()

    def _show_ticks(self) -> None:
        count = self.model.count
        number = QLocale().toString(count)
        self.accept.setText(n_("Accept {n}", "Accept {n}", count).format(n=number))
        self.reject.setText(n_("Reject {n}", "Reject {n}", count).format(n=number))
        for button in (self.accept, self.reject):
            button.setEnabled(count > 0 and not self._session.is_read_only)

    def _write(self, state: AnnotationState, ids: tuple[str, ...], *, is_last: bool) -> None:
        if is_last:
            self._put_away()
            self._view.setFocus()
        write_many(
            self._session,
            self._background,
            deed_name(state, len(ids)),
            _("Settling suggestions"),
            partial(waiting.settle, state, ids),
            len(ids),
            partial(self._tell, state),
        )

    def _tell(self, state: AnnotationState, written: Written) -> None:
        self._session.told.emit(outcome(state, written))

    def _words_of(self, annotation: Annotation) -> str:
        """Return the words of a suggestion if they can be asked for alone: nobody repeats a quote."""
        words = annotation.fragments[0].surface
        is_frame = bool(self._view.scene.label(annotation.label).slots)
        is_plain = len(annotation.fragments) == 1 and len(words) <= waiting.LONGEST
        return words if is_plain and not is_frame else ""

    def _put_away(self) -> None:
        self.look.stop()
        self._later.stop()
        self._sift_later.stop()
        self.hide()

    def _toggle_current(self) -> None:
        self.model.toggle(self.list.currentIndex())

    def _open_article(self, index: QModelIndex) -> None:
        """Open the article of a suggestion and select it there; the list stays."""
        each = self.model.row(index)
        if each is None:
            return
        self._is_moving = True
        self._session.open_article(each.article)
        self._is_moving = False
        self._session.select(each.annotation)
        self._came_from = each.annotation

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 2
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.accept.setProperty("look", "primary")
        self.cancel.setProperty("look", "quiet")
        self._hint.setObjectName("quiet")
        self._hint.setFont(small_font(self.font()))
        for label in (self._hint, self.counts):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hint.setText(
            _(
                "← → least score, Space ticks, A all, N none, a letter its label, S who says so, "
                "Enter accepts, X rejects, Shift+Enter goes there, Esc leaves"
            )
        )
        foot = QHBoxLayout()
        foot.addWidget(self.counts, 1)
        for button in (self.cancel, self.reject, self.accept):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * gap, gap, 2 * gap, gap)
        layout.addWidget(self.controls)
        layout.addWidget(self.list)
        layout.addLayout(foot)
        layout.addWidget(self._hint)

    def _connect(self) -> None:
        self.list.installEventFilter(self)
        self.accept.clicked.connect(partial(self.settle, AnnotationState.ACCEPTED))
        self.reject.clicked.connect(partial(self.settle, AnnotationState.REJECTED))
        self.cancel.clicked.connect(self.close_panel)
        self.look.found.connect(self._on_found)
        self._later.timeout.connect(self.reload)
        self._sift_later.timeout.connect(self._sift)
        self.controls.reach_changed.connect(self._on_reach_changed)
        self.controls.sieve_changed.connect(self._sift_later.start)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.doubleClicked.connect(self._open_article)
        self.model.dataChanged.connect(self._show_ticks)
        self._session.article_opened.connect(self._on_article_opened)
        self._session.changed.connect(self._on_changed)
        self._session.closing.connect(self._put_away)

    def _on_found(self, found: list[Waiting]) -> None:
        if not self.isVisible():
            return
        self._found, self._sifted_by = found, None
        labels = dict.fromkeys(each.label for each in found)
        origins = dict.fromkeys(origin for each in found for origin in each.origins)
        self.controls.offer(self._session.scheme, labels, origins)
        if self._is_sure_wanted:
            self._is_sure_wanted = False
            score = _SURE if any(each.score >= _SURE for each in found) else 0
            sieve = self.controls.sieve
            words = self.controls.words
            self.controls.set_sieve(Sieve(score, sieve.label, sieve.origin, sieve.words), words)
        self._sift()

    def _on_reach_changed(self) -> None:
        self.reload()
        self.list.setFocus()

    def _on_current(self, index: QModelIndex) -> None:
        """Show the one the list is at, as far as the open article has it."""
        each = self.model.row(index)
        if each and not self._is_moving and each.annotation in self._view.scene.index:
            self._session.select(each.annotation)

    def _on_article_opened(self) -> None:
        if not self._is_moving:
            self._put_away()

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.annotations or changes.corpus or changes.everything):
            self._later.start()


def _find_beside(
    path: Path, articles: Sequence[str] | None, progress: Progress
) -> Sequence[Waiting]:
    """Look for suggestions on a connection of one's own."""
    with Project.open(path, read_only=True) as project, snapshot(project):
        return waiting.find(project, articles, progress)
