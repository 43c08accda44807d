"""Ctrl+L: every occurrence of some words, to look through, then to label or unlabel in one step."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

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

from annotator.core.model import Changes
from annotator.core.scheme import Scheme
from annotator.gui import occurrences_keys
from annotator.gui.article import deeds
from annotator.gui.article.view import ArticleView
from annotator.gui.background import Background
from annotator.gui.bulk_writing import write_many
from annotator.gui.context_lines import one_line
from annotator.gui.long_list import LongList
from annotator.gui.marks import small_font
from annotator.gui.occurrences_at_hand import (
    Subject,
    annotation_at_hand,
    are_whole_words,
    label_at_hand,
    subject_of,
    words_at_hand,
)
from annotator.gui.occurrences_controls import Controls, Reach
from annotator.gui.occurrences_model import OccurrenceDelegate, OccurrenceModel
from annotator.gui.occurrences_search import OccurrenceSearch, Question
from annotator.gui.occurrences_words import counted, deed_name, outcome
from annotator.gui.radar import decision
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.store import occurrences, precedents
from annotator.store.deed import Deed
from annotator.store.many import Written
from annotator.store.occurrences import Occurrence, Wanted

_LINES = 9
"""Lines of the list that are seen at once."""

_SHOWN = 60
"""Code points of the words that the heading shows."""

_LONGEST = 200
"""Code points that are looked for: nobody repeats more, and the pattern grows with them."""

_REST = 60
"""Milliseconds after a change before the list is read anew."""


class OccurrencesPanel(QFrame):
    """Lists them below the article; nothing is written until Enter.

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
        self._subject = Subject("")
        self._came_from = (0, 0, "")
        self._found: Sequence[Occurrence] = ()
        self._is_moving = False
        self.search = OccurrenceSearch(view.session, background, self)
        self.controls = Controls(theme, self)
        self.decided = QLabel(self)
        self.model = OccurrenceModel(view.session.project, self)
        self.list = LongList(_("Occurrences"), self)
        self._delegate = OccurrenceDelegate(theme, view.session.scheme, self)
        self.counts = QLabel(self)
        self.accept = QPushButton(self)
        self.cancel = QPushButton(_("Not now"), self)
        self._hint = QLabel(self)
        self._later = QTimer(self, singleShot=True, interval=_REST)
        self._lay_out()
        self.hide()
        self._connect()

    def open_panel(self, *, is_removal: bool = False) -> None:
        """Show every occurrence of the words at hand; pressed again, look in more articles."""
        focus = self._view.window().focusWidget()
        if self.isVisible() and focus is not None and self.isAncestorOf(focus):
            self.controls.step_reach(round_=True)
            return
        article = self._session.article
        annotation = annotation_at_hand(self._view)
        words = words_at_hand(self._view, annotation)
        if article is None or not words:
            self._session.told.emit(_("There is no word here to look for."))
            return
        if len(words) > _LONGEST:
            told = _("Select fewer words: more than {n} characters at once are not looked for.")
            self._session.told.emit(told.format(n=_LONGEST))
            return
        view, controls = self._view, self.controls
        self._came_from = (view.anchor, view.caret, self._session.selected)
        self._subject = subject_of(self._session.project, words, annotation)
        controls.show_labels(self._session.scheme, label_at_hand(view, annotation))
        self._show_decisions(words)
        controls.reaches[Reach.LISTED].setVisible(self._listed() is not None)
        controls.aliases.setVisible(bool(self._subject.names))
        controls.set_reach(Reach.ARTICLE)
        controls.allow_parts(is_wanted=not are_whole_words(view))
        controls.removal.setChecked(is_removal)
        self.model.forget_ticks()
        self.show()
        self.reload()
        self.list.setFocus()

    def _show_decisions(self, words: str) -> None:
        """Say what was decided about the words."""
        session = self._session
        found = precedents.about(session.project, words)
        said = "; ".join(decision(each, session.scheme) for each in found)
        self.decided.setText(_("Decided: {decision}").format(decision=said))
        self.decided.setVisible(bool(found))

    def close_panel(self) -> None:
        """Hide the list and go back to where the words were; nothing was written."""
        self._put_away()
        self._view.setFocus()
        anchor, caret, selected = self._came_from
        if max(anchor, caret) <= len(self._view.text):
            self._view.place(anchor, caret)
        if selected in self._view.scene.index:
            self._session.select(selected)

    def reload(self) -> None:
        """Look again, with what is chosen now."""
        self._later.stop()
        if not self.isVisible() or not self._session.is_open or not self.controls.label_id:
            return
        self.search.ask(self._question())
        if self.search.is_looking:
            self.counts.setText(_("Looking…"))

    def write(self) -> None:
        """Label what is ticked, or take its label away: one deed, one undo."""
        ticked = self.model.ticked()
        if self.search.is_looking:
            self._session.told.emit(_("Still looking; press Enter again in a moment."))
        elif not ticked:
            self._session.told.emit(_("Nothing is ticked."))
        else:
            self._write(ticked)

    def open_article(self, index: QModelIndex) -> None:
        """Open the article of an occurrence at its words; the list stays if it is about several."""
        each = self.model.row(index)
        if each is None:
            return
        self._is_moving = True
        self._session.open_article(each.article)
        self._is_moving = False
        self._view.place(each.start, each.end)
        self._came_from = (each.start, each.end, "")

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._delegate.theme = theme
        self.controls.set_theme(theme)
        self.list.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(occurrences_keys.is_ours(event) or event.isAccepted())
        is_press = event.type() == QEvent.Type.KeyPress
        return is_press and occurrences_keys.press(self, self._session.scheme, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Escape from the buttons, too."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _question(self) -> Question:
        controls, subject, article = self.controls, self._subject, self._session.article
        where: Sequence[str] | None = None
        if controls.reach is Reach.ARTICLE:
            where = [article.id] if article else []
        elif controls.reach is Reach.LISTED:
            where = self._listed()
        names = subject.names if controls.aliases.isChecked() else ()
        return Question(
            (subject.words, *names),
            controls.likeness,
            self._wanted(),
            None if where is None else tuple(where),
        )

    def _wanted(self) -> Wanted:
        return Wanted(self.controls.label_id, self._subject.entity)

    def _show(self, found: Sequence[Occurrence]) -> None:
        """List what was found; the row that was current stays so, else the one at the words."""
        is_removal = self.controls.removal.isChecked()
        current = self.model.row(self.list.currentIndex())
        place = current[:3] if current else self._place_at_hand()
        self._found = found
        label = self._view.scene.label(self.controls.label_id)
        self._delegate.scheme = self._session.scheme
        self._delegate.colour = label.colour
        self._delegate.has_titles = self.controls.reach is not Reach.ARTICLE
        self._delegate.has_marks = any(each.standing for each in found)
        self.model.show(found, is_removal=is_removal)
        rows = self.model.rows
        row = next((n for n, each in enumerate(rows) if each[:3] == place), 0)
        self._is_moving = True
        self.list.setCurrentIndex(self.model.index(row) if rows else QModelIndex())
        self._is_moving = False
        if rows:
            centre = QAbstractItemView.ScrollHint.PositionAtCenter
            self.list.scrollTo(self.list.currentIndex(), centre)
        self._fit()
        self._show_counts()

    def _fit(self) -> None:
        """Be as high as the list is long, up to some lines; less jumps about than the text could bear."""
        line = self.fontMetrics().height() * 3 // 2
        lines = max(3, min(_LINES, len(self.model.rows)))
        self.list.setFixedHeight(
            max(self.list.height() if self._later.isActive() else 0, line * lines + 4)
        )

    def _show_counts(self) -> None:
        is_removal = self.controls.removal.isChecked()
        words = one_line(self._subject.words[:_SHOWN])
        told = _("Remove from “{words}”") if is_removal else _("Label “{words}”")
        self.controls.heading.setText(told.format(words=words))
        name = self._subject.entity_name
        self.controls.entity.setText(f"→ {name}" if name and not is_removal else "")
        self.counts.setText(counted(self._found))
        self.counts.setToolTip(self.counts.text())
        self._show_ticks()

    def _show_ticks(self) -> None:
        count = self.model.count
        text = (
            n_("Remove {n}", "Remove {n}", count)
            if self.controls.removal.isChecked()
            else n_("Label {n}", "Label {n}", count)
        )
        self.accept.setText(text.format(n=QLocale().toString(count)))
        self.accept.setEnabled(count > 0)

    def _write(self, ticked: Sequence[Occurrence]) -> None:
        is_removal, wanted = self.model.is_removal, self._wanted()
        write = (
            partial(_remove, wanted, tuple(ticked))
            if is_removal
            else partial(_label, wanted, tuple(ticked), self._attributes())
        )
        label = self._view.scene.label(self.controls.label_id).name
        name = deed_name(label, len(ticked), is_removal=is_removal)
        # What the deed changes is not to be read anew first: the list goes away.
        self._put_away()
        self._view.setFocus()
        then = partial(self._tell, is_removal)
        title = _("Labelling occurrences")
        write_many(self._session, self._background, name, title, write, len(ticked), then)

    def _attributes(self) -> dict[str, str]:
        return deeds.defaults(self._view.scene.label(self.controls.label_id))

    def _tell(self, is_removal: bool, written: Written) -> None:
        self._session.told.emit(outcome(written, is_removal=is_removal))

    def _put_away(self) -> None:
        self.search.stop()
        self._later.stop()
        self.hide()

    def _place_at_hand(self) -> tuple[str, int, int] | None:
        article = self._session.article
        if article is None:
            return None
        at = min(self._came_from[:2])
        here = (each for each in self._found if each.article == article.id)
        return next((each[:3] for each in here if each.start <= at <= each.end), None)

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 2
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.decided.setTextFormat(Qt.TextFormat.PlainText)
        self.decided.setWordWrap(True)
        self.accept.setProperty("look", "primary")
        self.cancel.setProperty("look", "quiet")
        self._hint.setObjectName("quiet")
        self._hint.setFont(small_font(self.font()))
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.counts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hint.setText(
            _(
                "Space ticks, A all, N none, a letter its label, ← → where, Enter does it, Esc leaves"
            )
        )
        foot = QHBoxLayout()
        foot.addWidget(self.counts, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * gap, gap, 2 * gap, gap)
        layout.addWidget(self.controls)
        layout.addWidget(self.decided)
        layout.addWidget(self.list)
        layout.addLayout(foot)
        layout.addWidget(self._hint)

    def _connect(self) -> None:
        self.list.installEventFilter(self)
        self.accept.clicked.connect(self.write)
        self.cancel.clicked.connect(self.close_panel)
        self._later.timeout.connect(self.reload)
        self.search.found.connect(self._on_found)
        self.search.given_up.connect(self._on_given_up)
        self.controls.label_changed.connect(self._on_asked_anew)
        self.controls.reach_changed.connect(self._on_asked_anew)
        self.controls.likeness_changed.connect(self._on_asked_anew)
        self.controls.removal_changed.connect(self._on_removal_changed)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.doubleClicked.connect(self.open_article)
        self.model.dataChanged.connect(self._show_ticks)
        self._session.article_opened.connect(self._on_article_opened)
        self._session.changed.connect(self._on_changed)
        self._session.closing.connect(self._later.stop)

    def _on_found(self, found: list[Occurrence]) -> None:
        if self.isVisible():
            self._show(found)

    def _on_given_up(self) -> None:
        self._show(())
        self.counts.setText(_("The search was stopped."))

    def _on_asked_anew(self) -> None:
        self.reload()
        self.list.setFocus()

    def _on_removal_changed(self, _is_removal: bool) -> None:
        self.model.forget_ticks()
        self._show(self._found)
        self.list.setFocus()

    def _on_current(self, index: QModelIndex) -> None:
        """Show the occurrence the list is at, if the open article has it."""
        each, article = self.model.row(index), self._session.article
        if each and article and each.article == article.id and not self._is_moving:
            self._view.place(each.start, each.end)

    def _on_article_opened(self) -> None:
        if not self._is_moving:
            self._put_away()

    def _on_changed(self, changes: Changes) -> None:
        if not self.isVisible():
            return
        if changes.scheme or changes.everything:
            self.controls.show_labels(self._session.scheme, self.controls.label_id)
        if changes.precedents or changes.scheme or changes.everything:
            self._show_decisions(self._subject.words)
        if changes.annotations or changes.corpus or changes.scheme or changes.everything:
            self._later.start()


def _label(
    wanted: Wanted,
    ticked: Sequence[Occurrence],
    attributes: Mapping[str, str],
    deed: Deed,
    scheme: Scheme,
) -> Written:
    return occurrences.label(deed, scheme, wanted, ticked, attributes)


def _remove(wanted: Wanted, ticked: Sequence[Occurrence], deed: Deed, scheme: Scheme) -> Written:
    return occurrences.remove(deed, scheme, wanted, ticked)
