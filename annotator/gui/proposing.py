"""Suggestions in the window: for the article that opens, for one, for all, beside the work."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from annotator.assist import quoting, suggesting
from annotator.assist.frames import quote_label
from annotator.assist.quoting import ORIGIN
from annotator.assist.suggesting import Options, Report
from annotator.core.errors import UserError
from annotator.core.model import Article, ArticleState, Changes
from annotator.gui.background import Background
from annotator.gui.session import Session
from annotator.gui.tasks import Progress
from annotator.language import _, n_
from annotator.store import articles, suggestions
from annotator.store.project import Project
from annotator.store.suggestions import Suggested
from annotator.suggest import quotes
from annotator.suggest.lexicon import Lexicon

SETTING = "suggest on opening"
"""Kept with the project: agreement samples are annotated without suggestions by everybody."""

_REST = 60
"""Milliseconds after an article was opened: the text is painted first."""

_LONG_REST = 1_000
"""Milliseconds after somebody has worked on while the rules looked at the article."""


class Proposer(QObject):
    """Has the rules look at articles in another thread and writes what they propose."""

    def __init__(self, session: Session, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self._asked = ""
        self._later = QTimer(self, singleShot=True, interval=_REST)
        self._later.timeout.connect(self._on_rested)
        session.article_opened.connect(self._on_article_opened)
        self._later.start()

    @property
    def is_automatic(self) -> bool:
        """Whether an article without quotes gets suggestions when it opens."""
        return self._session.project.setting(SETTING) != "off"

    def toggle_automatic(self) -> None:
        """Suggest on opening from now on, or no longer; everybody who opens the project sees to it."""
        try:
            self._session.project.set_setting(SETTING, "off" if self.is_automatic else "on")
        except UserError as error:
            self._session.failed.emit(str(error))
        self._later.start()

    def suggest_article(self) -> None:
        """Suggest quotes for the open article, whatever it has already; decisions are kept."""
        article = self._session.article
        if article is None:
            return
        try:
            quoting.wanted_label(self._session.scheme)
        except UserError as error:
            self._session.failed.emit(str(error))
            return
        self._look_at(article, is_asked=True)

    def suggest_project(self) -> None:
        """Suggest quotes for every article, with progress in the status line."""
        work = partial(_suggest, self._session.project.path, self._session.annotator)
        task = self._background.run(_("Suggesting quotes"), work)
        task.finished.connect(self._on_project_done)
        task.cancelled.connect(self._session.look_around)

    def clear_article(self) -> None:
        """Take the open suggestions of the article away; nothing that was decided goes."""
        article = self._session.article
        if article:
            self._write(partial(suggestions.clear, self._session.project, [article.id], [ORIGIN]))

    def _look_at(self, article: Article, *, is_asked: bool) -> None:
        session = self._session
        path, lexicon = session.project.path, session.lexicon()
        work = partial(_propose, path, article, lexicon, session.annotator)
        task = self._background.run(_("Suggesting quotes"), work, is_shown=is_asked)
        task.finished.connect(partial(self._on_found, article, is_asked, session.deeds))

    def _on_found(
        self, article: Article, is_asked: bool, deeds: int, suggested: Suggested | None
    ) -> None:
        session = self._session
        label = quote_label(session.scheme) if session.is_open else None
        if label is None or suggested is None or not articles.exists(session.project, article.id):
            return
        if session.deeds != deeds:
            # Somebody has worked meanwhile: what was found may be decided already.
            self._asked = article.id if is_asked else ""
            self._later.start(_LONG_REST)
            return
        if suggested.annotations or is_asked:
            self._write(partial(suggestions.write, session.project, [suggested], [ORIGIN]))
        count = suggestions.count(session.project, [article.id], label.id, ORIGIN)
        if is_asked or count:
            told = n_("{n} quote suggested.", "{n} quotes suggested.", count)
            session.told.emit(told.format(n=count))

    def _write(self, write: Callable[[], Changes]) -> None:
        try:
            self._session.announce(write())
        except UserError as error:
            self._session.failed.emit(str(error))

    def _on_article_opened(self) -> None:
        self._later.start(_REST)

    def _on_rested(self) -> None:
        """Look at the open article if it has no quote yet and nobody has switched this off."""
        session, article = self._session, self._session.article
        if article is None or not session.is_open or session.is_read_only:
            return
        label = quote_label(session.scheme)
        if label is None:
            return
        is_asked = self._asked == article.id
        self._asked = ""
        is_new = article.state is not ArticleState.DONE and not suggestions.is_known(
            session.project, article.id, label.id
        )
        if is_asked or (is_new and self.is_automatic):
            self._look_at(article, is_asked=is_asked)

    def _on_project_done(self, report: Report) -> None:
        self._session.look_around()
        told = n_("{n} quote suggested.", "{n} quotes suggested.", report.suggested)
        self._session.told.emit(told.format(n=report.suggested))


def _propose(
    path: Path, article: Article, lexicon: Lexicon, annotator: str, progress: Progress
) -> Suggested | None:
    """Return what the rules suggest for an article as it stands; may be called in any thread."""
    found = quotes.find(article.text, lexicon)
    if not progress(0, 0):
        return None
    with Project.open(path, read_only=True) as project:
        label = quote_label(project.scheme)
        if label is None:
            return None
        standing = suggestions.standing(project, article.id)
        return quoting.for_article(article, found, label, project.scheme, standing, annotator)


def _suggest(path: Path, annotator: str, progress: Progress) -> Report:
    """Suggest for a whole project on a connection of its own; may be called in any thread."""
    with Project.open(path) as project:
        return suggesting.suggest(project, Options(), annotator, progress=progress)
