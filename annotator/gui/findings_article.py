"""Checks the open article at once, and beside the window how its strings are labelled elsewhere."""

from functools import lru_cache, partial

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.assist.incises import first_incise
from annotator.core.checks import place_of
from annotator.core.findings import Finding, Kind, Relabel
from annotator.core.model import AnnotationState, Changes
from annotator.core.ranges import Range
from annotator.gui.background import Background
from annotator.gui.findings_reading import check_article
from annotator.gui.session import Session
from annotator.gui.tasks import Task
from annotator.language import _
from annotator.store import annotations, findings

_REST = 400
_DELAY = 2_000
"""Milliseconds of rest before all articles are read: after one was opened, and after a change."""

_LONG = 2_000
"""Annotations from which on an article is checked beside the window: it would be felt."""

_REMEMBERED = 4_000
"""Stretches of quoted words of which it is remembered whether there is an incise in them."""


class ArticleChecker(QObject):
    """Knows what is wrong in the session's article. `found` says that it knows more than before."""

    found = Signal()

    def __init__(self, session: Session, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self._findings: list[Finding] | None = None
        self._strings: list[Finding] = []
        self._is_fresh = False
        self._is_known = False
        self._changes = 0
        self._compared = -1
        self._task: Task | None = None
        self._later = QTimer(self, singleShot=True)
        self._incise = lru_cache(_REMEMBERED)(self._find_incise)
        self._later.timeout.connect(self._on_rested)
        session.article_opened.connect(self._on_article_opened)

    @property
    def is_compared(self) -> bool:
        """Whether it is known how the strings of the article, as it is now, are labelled elsewhere."""
        return self._session.article is None or self._compared == self._changes

    def findings(self, *, is_asked: bool = False) -> list[Finding] | None:
        """Return the findings on the open article in text order.

        A long one is checked beside the window unless somebody waits for it: then these are the
        findings as they were, None before there are any, and `found` follows.
        """
        article = self._session.article
        if article is None or not self._session.is_open:
            return []
        if not self._is_fresh and (is_asked or not self._is_long(article.id)):
            self._is_fresh = True
            self._findings = findings.of_article(
                self._session.project, article.id, self._incise, with_labels=False
            )
        if self._findings is None:
            return None
        strings = filter(self._stands, self._strings)
        return sorted((*self._findings, *strings), key=place_of)

    def check_later(self) -> None:
        """Check beside the window after some rest, strings too, if anything changed; `found` follows."""
        if not self.is_compared:
            self._later.start(_DELAY if self._is_known else _REST)

    def note(self, changes: Changes) -> bool:
        """Remember that the article has to be checked again; tell whether it has."""
        article = self._session.article
        if article is None:
            return False
        is_touched = changes.everything or changes.scheme or article.id in changes.articles
        if is_touched:
            self._is_fresh = False
            self._changes += 1
        return is_touched

    def stop(self) -> None:
        """Check no more: the project is closing."""
        self._later.stop()
        if self._task is not None:
            self._task.cancel()

    def _find_incise(self, text: str, start: int, end: int) -> Range | None:
        return first_incise(text, start, end, self._session.lexicon())

    def _is_long(self, article_id: str) -> bool:
        counts = annotations.label_counts(self._session.project, article_id)
        return sum(counts.values()) >= _LONG

    def _stands(self, finding: Finding) -> bool:
        """Tell whether an annotation is still labelled as it was when strings were compared."""
        annotation = self._session.annotation(finding.annotation_id)
        if annotation is None or annotation.state is not AnnotationState.ACCEPTED:
            return False
        wanted = finding.repair
        return not isinstance(wanted, Relabel) or annotation.label != wanted.label_id

    def _on_article_opened(self) -> None:
        self._later.stop()
        self._findings, self._strings = None, []
        self._is_fresh = self._is_known = False
        self._changes += 1
        self._incise.cache_clear()

    def _on_rested(self) -> None:
        article = self._session.article
        if article is None or not self._session.is_open:
            return
        if self._task is not None:
            self._later.start(_REST)
            return
        work = partial(check_article, self._session.project.path, article.id)
        task = self._background.run(_("Checking annotations"), work, is_shown=False)
        task.finished.connect(partial(self._on_checked, article.id, self._changes))
        task.ended.connect(self._on_ended)
        self._task = task

    def _on_checked(self, article_id: str, changes: int, found: list[Finding]) -> None:
        article = self._session.article
        if article is None or article.id != article_id or not self._session.is_open:
            return
        self._is_known, self._compared = True, changes
        self._strings = [each for each in found if each.kind is Kind.LABELS]
        if not self._is_fresh:
            self._findings = [each for each in found if each.kind is not Kind.LABELS]
            self._is_fresh = changes == self._changes
            if not self._is_fresh:
                self._later.start(_REST)
        self.found.emit()

    def _on_ended(self) -> None:
        self._task = None
