"""The panel of who speaks: in the open article, or in the corpus, which is counted beside the window."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QStackedWidget, QWidget

from annotator.core.ledger import Ledger, QuoteRow, quote_labels, reckon
from annotator.core.model import Changes
from annotator.exchange.ledger import save_table
from annotator.gui.background import Background
from annotator.gui.ledger_controls import Controls
from annotator.gui.ledger_filter import Filter, Lack
from annotator.gui.ledger_reading import CorpusReader
from annotator.gui.ledger_view import LedgerView
from annotator.gui.session import Session
from annotator.gui.tasks import Progress
from annotator.gui.theme import Theme
from annotator.gui.tool_panel import lay_out, paragraphs_of
from annotator.language import _, n_
from annotator.store import annotations
from annotator.store.ledger import quotes
from annotator.store.project import Project

_REST = 30
"""Milliseconds after an article was opened or the panel was shown: the text is painted first."""

_DELAY = 100
_CORPUS_DELAY = 2_000
"""Milliseconds of rest before the corpus is counted again: not at every label."""


class LedgerPanel(QWidget):
    """Counts only while it is seen, and some rest after the last change.

    Choosing a quote goes there. Then, and when Escape finds nothing more to let go of, `left` says
    that the keyboard belongs to the article.
    """

    left = Signal()

    def __init__(
        self, session: Session, theme: Theme, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self._is_stale = True
        self._has_keyboard_to_give = False
        self._corpus = CorpusReader(session.project.path, background, self)
        self.controls = Controls(self)
        self.view = LedgerView(theme, self)
        self.empty = QLabel(self)
        self._pages = QStackedWidget(self)
        self._later = QTimer(self, singleShot=True)
        lay_out(self, self.controls, self._pages, self.view, self.empty)
        self._show(None)
        self._later.timeout.connect(self.reload)
        self._corpus.found.connect(self._on_corpus_found)
        self._corpus.given_up.connect(self._on_corpus_given_up)
        self.controls.scope_changed.connect(self._on_wanted)
        self.controls.states_changed.connect(self._on_wanted)
        self.controls.lack_chosen.connect(self._on_lack_chosen)
        self.controls.save_requested.connect(self._on_save_requested)
        self.view.filter_changed.connect(self._on_filter_changed)
        self.view.quote_chosen.connect(self.go_to)
        session.changed.connect(self._on_changed)
        session.article_opened.connect(self._on_article_opened)
        session.closing.connect(self._on_closing)

    def reload(self) -> None:
        """Count again, if anybody can see it."""
        self._is_stale = not self.isVisible()
        if self._is_stale or not self._session.is_open:
            return
        self._later.stop()
        states = self.controls.states
        if not self.controls.is_corpus:
            self._show(self._of_article())
            return
        if not self._corpus.is_fresh(states):
            self._corpus.read(states)
        if self._corpus.ledger is None or self._corpus.ledger is not self.view.ledger:
            self._show(self._corpus.ledger)

    def go_to(self, row: QuoteRow) -> None:
        """Open the article of a quote, select the quote, and leave the keyboard to the article."""
        self._session.open_article(row.article)
        if self._session.annotation(row.id):
            self._session.select(row.id)
        self.left.emit()

    def save(self, path: Path) -> None:
        """Write the quotes of the article or the corpus as CSV, whatever is filtered here."""
        article = self._session.article
        article_id = article.id if article and not self.controls.is_corpus else None
        work = partial(_save, self._session.project.path, path, article_id, self.controls.states)
        task = self._background.run(_("Writing the table"), work)
        task.finished.connect(self._on_saved)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self.view.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._later.start(_REST)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the keyboard to the speakers, now or when they are counted.

        No focus proxy does it: Tab would pass by the buttons.
        """
        has_quotes = self._pages.currentWidget() is self.view
        self._has_keyboard_to_give = not has_quotes
        (self.view.table if has_quotes else self.controls.scope).setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.view.step_back():
            self.left.emit()

    def _of_article(self) -> Ledger:
        article = self._session.article
        if article is None:
            return Ledger()
        states = self.controls.states
        return reckon(quotes(self._session.project, article_id=article.id, states=states))

    def _show(self, ledger: Ledger | None) -> None:
        """Show a ledger, or a sentence where there is nothing in it; None is not known yet."""
        self.controls.show_ledger(ledger)
        has_quotes = bool(ledger and ledger.rows)
        if ledger is not None:
            is_corpus = self.controls.is_corpus
            place, brief = (_title, _date) if is_corpus else (self._paragraph(),) * 2
            labels = quote_labels(self._session.scheme)
            self.view.show_ledger(ledger, place, brief, labels[0].colour if labels else "")
        self.empty.setText(_("Counting…") if ledger is None else self._sentence())
        self._pages.setCurrentWidget(self.view if has_quotes else self.empty)
        if ledger is not None and self._has_keyboard_to_give:
            self._has_keyboard_to_give = False
            if has_quotes and self.controls.has_scope_focus():
                self.view.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _paragraph(self) -> Callable[[QuoteRow], str]:
        """Return what says in which paragraph of the open article a quote begins."""
        paragraph = paragraphs_of(self._session.article)
        return lambda row: paragraph(row.start)

    def _sentence(self) -> str:
        """Return why there is nothing to see, and what to do about it."""
        session, article = self._session, self._session.article
        if not quote_labels(session.scheme):
            return _("No label of this scheme is for quotes: give one a slot called “source”.")
        if self.controls.is_corpus:
            return _("Nobody speaks in this corpus yet. Press Q on a quotation.")
        if article is None:
            return _("Open an article to see who speaks in it.")
        waiting = annotations.count_suggestions(session.project, article.id)
        if waiting and not self.controls.suggestions.isChecked():
            return _("Nobody speaks here yet. Press Q on a quotation, or accept what is suggested.")
        return _("Nobody speaks here yet. Press Q on a quotation.")

    def _on_changed(self, changes: Changes) -> None:
        self._corpus.note(changes)
        article = self._session.article
        is_here = article is not None and article.id in changes.articles
        whole = changes.everything or changes.scheme or changes.entities
        if self.controls.is_corpus or whole or is_here:
            self._reload_after(_CORPUS_DELAY if self.controls.is_corpus else _DELAY)

    def _on_article_opened(self) -> None:
        if not self.controls.is_corpus:
            self._reload_after(_REST)

    def _reload_after(self, milliseconds: int) -> None:
        self._is_stale = True
        if self.isVisible():
            self._later.start(milliseconds)

    def _on_wanted(self) -> None:
        self.reload()

    def _on_corpus_found(self) -> None:
        if self.controls.is_corpus and self._session.is_open:
            self._show(self._corpus.ledger)

    def _on_corpus_given_up(self) -> None:
        if self.controls.is_corpus:
            self._show(Ledger())

    def _on_lack_chosen(self, lack: Lack) -> None:
        self.view.set_filter(Filter(lack=lack))

    def _on_filter_changed(self, wanted: Filter) -> None:
        self.controls.press(wanted.lack)

    def _on_save_requested(self) -> None:
        path = self._session.project.path
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            _("Save as CSV"),
            str(path.with_name(f"{path.stem}-quotes.csv")),
            _("CSV tables (*.csv)"),
        )
        if chosen:
            out = Path(chosen)
            self.save(out if out.suffix else out.with_suffix(".csv"))

    def _on_saved(self, count: int) -> None:
        told = n_("{n} quote written as CSV.", "{n} quotes written as CSV.", count)
        self._session.told.emit(told.format(n=count))

    def _on_closing(self) -> None:
        self._session.changed.disconnect(self._on_changed)
        self._later.stop()
        self._corpus.stop()


def _title(row: QuoteRow) -> str:
    return row.title or _("Untitled")


def _date(row: QuoteRow) -> str:
    return row.published or _title(row)


def _save(
    project: Path, out: Path, article_id: str | None, states: frozenset[str], progress: Progress
) -> int:
    """Write the table with plain values only: the project is opened in the thread of the work."""
    with Project.open(project, read_only=True) as opened:
        return save_table(opened, out, article_id=article_id, states=states, progress=progress)
