"""The panel of the checker: what is wrong with annotations, the way there, and the repair."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from annotator.core.findings import Finding, Kind
from annotator.core.model import Changes
from annotator.gui.background import Background
from annotator.gui.findings_article import ArticleChecker
from annotator.gui.findings_controls import REPAIR_ALL_KEY, Controls
from annotator.gui.findings_model import REPAIR_KEY, FindingDelegate, FindingModel, key_of
from annotator.gui.findings_reading import MOST, ProjectChecker
from annotator.gui.findings_repairs import Repairs
from annotator.gui.findings_walk import Walk
from annotator.gui.long_list import LongList
from annotator.gui.session import Session
from annotator.gui.theme import Theme
from annotator.gui.tool_panel import lay_out, paragraphs_of
from annotator.language import _, n_
from annotator.store import articles

_REST = 60
"""Milliseconds after an article was opened or the panel was shown: the text is painted first."""

_DELAY = 120
_LONG_DELAY = 2_000
"""Milliseconds of rest before all articles are read again: not at every label."""

_NARROW = 72
"""Characters of width under which a finding takes three lines."""

_WITHIN = frozenset({Kind.MARKS, Kind.INCISE, Kind.EDGE, Kind.CUE_INSIDE})
"""Kinds that point to words within the annotation; of others all of it is meant."""


class FindingsPanel(QWidget):
    """Checks only while it is seen or asked for the next finding, and some rest after the last change.

    Going to a finding opens its article and selects the annotation; `place_chosen` then carries the
    code points to show there. `left` says that the keyboard belongs to the article. `caret`, when
    set, tells where the caret stands. In the list R repairs a finding, Shift+R all of its kind.
    """

    place_chosen = Signal(int, int)
    left = Signal()

    def __init__(
        self, session: Session, theme: Theme, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.caret: Callable[[], int] | None = None
        self._is_stale = True
        self._visited: tuple[str, int] | None = None
        self._is_ahead = False
        self._end_waits: bool | None = None
        self.article = ArticleChecker(session, background, self)
        self.project = ProjectChecker(session.project.path, background, self)
        self._walk = Walk(session, background, self)
        self._repairs = Repairs(session, background, self)
        self.controls = Controls(self)
        self.model = FindingModel(self)
        self.view = LongList(_("Findings"), self)
        self._delegate = FindingDelegate(theme, self)
        self.empty = QLabel(self)
        self._pages = QStackedWidget(self)
        self._later = QTimer(self, singleShot=True)
        self._lay_out()
        self._connect()
        self._show([])

    def reload(self) -> None:
        """Check again what changed, if anybody can see it."""
        self._is_stale = not self.isVisible()
        if self._is_stale or not self._session.is_open:
            return
        self._later.stop()
        if not self.controls.is_project:
            self._show(self.article.findings())
            self.article.check_later()
            return
        if not self.project.is_fresh:
            self.project.check()
        self._show(self.project.findings)

    def next_finding(self, *, backwards: bool = False) -> None:
        """Go to the next finding from the caret on, be it on another article; say so when there is none."""
        if not self._session.is_open:
            return
        if not (self.controls.is_project and self.project.findings):
            self._show(self.article.findings(is_asked=True))
        if self._went_on(backwards=backwards):
            return
        if self.controls.is_project and self.project.findings:
            self._tell_end(backwards)
        else:
            self._walk.search(self.controls.kind, backwards=backwards)

    def repair_current(self) -> None:
        """Repair the chosen finding, as one deed."""
        finding = self._current()
        if finding is None:
            self._session.told.emit(_("Choose a finding first."))
        elif finding.repair is None:
            told = _("There is no repair for this. {remedy}")
            self._session.told.emit(told.format(remedy=finding.remedy))
        else:
            self._repairs.repair([finding])

    def repair_all(self) -> None:
        """Repair every finding in the list that is of the chosen one's kind, as one deed."""
        finding = self._current()
        if finding is not None and finding.repair is not None:
            self._repairs.repair(self._alike(finding))

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._delegate.theme = theme
        self.view.viewport().update()

    def minimumSizeHint(self) -> QSize:
        """Return the least that is of use; the kinds of findings take the lines that they need."""
        line = self.fontMetrics().height()
        return QSize(line * 16, line * 9)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._later.start(_REST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < self.fontMetrics().averageCharWidth() * _NARROW
        if is_narrow != self._delegate.is_narrow:
            self._delegate.is_narrow = is_narrow
            self.view.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        lay_out(self, self.controls, self._pages, self.view, self.empty)

    def _connect(self) -> None:
        for key, act in ((REPAIR_KEY, self.repair_current), (REPAIR_ALL_KEY, self.repair_all)):
            QShortcut(QKeySequence(key), self.view, act, context=Qt.ShortcutContext.WidgetShortcut)
        self._later.timeout.connect(self.reload)
        self.article.found.connect(self._on_article_checked)
        self.project.found.connect(self._on_project_checked)
        self.project.given_up.connect(self._on_project_given_up)
        self._walk.arrived.connect(self._on_arrived)
        self._walk.ended.connect(self._on_walk_ended)
        self._repairs.repaired.connect(self._on_repaired)
        self.controls.scope_changed.connect(self._on_scope_changed)
        self.controls.kind_changed.connect(self._on_kind_changed)
        self.controls.repair_requested.connect(self.repair_current)
        self.controls.repair_all_requested.connect(self.repair_all)
        self.view.clicked.connect(self._on_chosen)
        self.view.entered.connect(self._on_chosen)
        self.view.selectionModel().currentChanged.connect(self._offer)
        session = self._session
        session.changed.connect(self._on_changed)
        session.article_opened.connect(self._on_article_opened)
        session.closing.connect(self._on_closing)

    def _show(self, found: Sequence[Finding] | None) -> None:
        """Show findings, those of the chosen kind alone; None is not known yet."""
        current, row = self._current(), self.view.currentIndex().row()
        self.controls.show_counts(Counter(each.kind for each in found or ()))
        kind = self.controls.kind
        shown = [each for each in found or () if kind in (None, each.kind)]
        self.model.place = self._title if self.controls.is_project else self._paragraph()
        self.model.set_findings(shown)
        place = self.model.row_of(key_of(current)) if current else -1
        if shown and current:
            self.view.setCurrentIndex(
                self.model.index(place if place >= 0 else min(row, len(shown) - 1))
            )
        self.empty.setText(self._sentence(is_known=found is not None))
        self._pages.setCurrentWidget(self.view if shown else self.empty)
        self.setFocusProxy(self.view if shown else self.controls.article)
        self._offer()

    def _offer(self) -> None:
        finding = self._current()
        is_repairable = finding is not None and finding.repair is not None
        self.controls.offer(
            is_repairable=is_repairable and not self._session.is_read_only,
            of_kind=len(self._alike(finding)) if finding and is_repairable else 0,
        )

    def _current(self) -> Finding | None:
        return self.model.finding(self.view.currentIndex())

    def _alike(self, finding: Finding) -> list[Finding]:
        return [each for each in self.model.findings if each.kind is finding.kind and each.repair]

    def _following(self, *, backwards: bool) -> int | None:
        """Return the row of the next finding, or of the one before; None at the end of the list."""
        rows = len(self.model.findings)
        row = self._row_visited()
        if row is None:
            row = self._row_from_caret(backwards=backwards)
        elif backwards or not self._is_ahead:
            row += -1 if backwards else 1
        return row if 0 <= row < rows else None

    def _went_on(self, *, backwards: bool) -> bool:
        """Go to the next finding in the list; False where the list ends."""
        row = self._following(backwards=backwards)
        if row is None:
            return False
        self.view.setCurrentIndex(self.model.index(row))
        self._go_to(self.model.findings[row])
        return True

    def _row_visited(self) -> int | None:
        """Return the row of the finding gone to last, None once the caret has left it.

        After a repair it is the row of what follows, and the cursor `_is_ahead`.
        """
        current = self._current()
        if current is None or self._visited != (key_of(current), self._caret()):
            return None
        article = self._session.article
        is_here = article is not None and article.id == current.article_id
        return self.view.currentIndex().row() if is_here else None

    def _row_from_caret(self, *, backwards: bool) -> int:
        """Return the row of the first finding behind the caret, or the last before it."""
        article, caret = self._session.article, self._caret()
        here = [
            (row, each)
            for row, each in enumerate(self.model.findings)
            if article is not None and each.article_id == article.id
        ]
        if not here:
            return self._row_beside(article.id if article else "", backwards=backwards)
        before = [row for row, each in here if each.start < caret]
        if backwards:
            return before[-1] if before else here[0][0] - 1
        return before[-1] + 1 if before else here[0][0]

    def _row_beside(self, article_id: str, *, backwards: bool) -> int:
        """Return the row next to an article that has no finding in the list."""
        ids = articles.ids(self._session.project) if self.model.findings else []
        order = {each: place for place, each in enumerate(ids)}
        places = [order.get(each.article_id, -1) for each in self.model.findings]
        row = bisect_left(places, order.get(article_id, -1))
        return row - 1 if backwards else row

    def _caret(self) -> int:
        """Return where the annotator is in the article, in code points; -1 at no place."""
        if self.caret is not None:
            return self.caret()
        selected = self._session.annotation(self._session.selected)
        return selected.start if selected else -1

    def _go_to(self, finding: Finding) -> None:
        session = self._session
        session.open_article(finding.article_id)
        if session.article is None or session.article.id != finding.article_id:
            session.told.emit(_("The article of this finding is gone."))
            return
        if session.annotation(finding.annotation_id):
            session.select(finding.annotation_id)
        is_within = finding.kind in _WITHIN
        self.place_chosen.emit(finding.start, finding.end if is_within else finding.start)
        self._visited, self._is_ahead = (key_of(finding), self._caret()), False
        session.told.emit(f"{finding.message} {finding.remedy}")

    def _tell_end(self, backwards: bool) -> None:
        self._session.told.emit(
            _("There is no finding before this one.")
            if backwards
            else _("There is no further finding.")
        )

    def _title(self, finding: Finding) -> str:
        return finding.title or _("Untitled")

    def _paragraph(self) -> Callable[[Finding], str]:
        """Return what says in which paragraph of the open article a finding is."""
        paragraph = paragraphs_of(self._session.article)
        return lambda finding: paragraph(finding.start)

    def _sentence(self, *, is_known: bool) -> str:
        if not is_known:
            return _("Checking…")
        if self._session.article is None and not self.controls.is_project:
            return _("Open an article to have it checked.")
        return _("Nothing to find fault with here.")

    def _on_chosen(self, index: QModelIndex) -> None:
        finding = self.model.finding(index)
        if finding is not None:
            self._go_to(finding)

    def _on_arrived(self, finding: Finding) -> None:
        self._go_to(finding)
        if not self.controls.is_project:
            self._show(self.article.findings(is_asked=True))
        row = self.model.row_of(key_of(finding))
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))

    def _on_walk_ended(self, backwards: bool) -> None:
        """Say that there is none, once that is sure: strings are compared a moment after all else."""
        if self.isVisible() and not self.article.is_compared:
            self._end_waits = backwards
        else:
            self._tell_end(backwards)

    def _on_repaired(self, gone: list[Finding]) -> None:
        """Show at once what is left; other articles that a repair reached are checked again later."""
        row = self.view.currentIndex().row()
        self.project.drop(gone)
        is_project = self.controls.is_project and self.project.findings is not None
        self._show(self.project.findings if is_project else self.article.findings(is_asked=True))
        current = self._current()
        self._visited = (key_of(current), self._caret()) if current else None
        self._is_ahead = row == self.view.currentIndex().row()

    def _on_changed(self, changes: Changes) -> None:
        self.project.note(changes)
        is_here = self.article.note(changes)
        if self.controls.is_project or is_here:
            self._reload_after(_LONG_DELAY if self.controls.is_project else _DELAY)

    def _on_article_opened(self) -> None:
        self._walk.stop()
        self._end_waits = None
        if not self.controls.is_project:
            self._reload_after(_REST)

    def _reload_after(self, milliseconds: int) -> None:
        self._is_stale = True
        if self.isVisible():
            self._later.start(milliseconds)

    def _on_scope_changed(self) -> None:
        self.reload()

    def _on_kind_changed(self) -> None:
        found = self.project.findings if self.controls.is_project else self.article.findings()
        self._show(found)

    def _on_article_checked(self) -> None:
        if not self.controls.is_project:
            self._show(self.article.findings())
        backwards, self._end_waits = self._end_waits, None
        if backwards is not None and not self._went_on(backwards=backwards):
            self._tell_end(backwards)

    def _on_project_checked(self) -> None:
        if self.controls.is_project and self._session.is_open:
            self._show(self.project.findings)
            if len(self.project.findings or ()) >= MOST:
                told = n_(
                    "Only the first {n} finding is listed.",
                    "Only the first {n} findings are listed.",
                    MOST,
                )
                self._session.told.emit(told.format(n=MOST))

    def _on_project_given_up(self) -> None:
        if self.controls.is_project:
            self._show(self.project.findings or [])
            if self.project.findings is None:
                self.empty.setText(_("The check was stopped. “Project” begins it again."))

    def _on_closing(self) -> None:
        self._session.changed.disconnect(self._on_changed)
        self._later.stop()
        self._walk.stop()
        self.article.stop()
        self.project.stop()
