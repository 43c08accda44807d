"""Suggestions in the window: for the article that opens, for one, for all, and while names are labelled."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from annotator.assist import settings, suggesting
from annotator.assist.known import Known
from annotator.assist.looking import Seen, look
from annotator.assist.suggesting import Options, Report
from annotator.core.errors import UserError
from annotator.core.model import (
    Annotation,
    AnnotationState,
    Article,
    ArticleState,
    Changes,
    Link,
)
from annotator.gui.background import Background
from annotator.gui.session import PATIENCE, Session
from annotator.gui.tasks import Progress
from annotator.language import _, n_
from annotator.store import annotations, articles, suggestions
from annotator.store.project import Project
from annotator.store.suggestions import Suggested

SETTING = "suggest on opening"
"""Kept with the project: agreement samples are annotated without suggestions by everybody."""

TEACHING = ("names",)
"""Suggesters that look at the open article again after each decision: quick, and taught by it at once."""

_REST = 60
"""Milliseconds after an article was opened: the text is painted first."""

_TAUGHT_REST = 150
"""Milliseconds after a label or a decision: keys that follow one another are not disturbed."""

_LONG_REST = 1_000
"""Milliseconds after somebody has worked on while an article was looked at."""

_LONGEST = 200_000
"""Code points up to which an article is looked at unasked: what is longer is a book."""


class Proposer(QObject):
    """Has suggesters look at articles in another thread and writes what they propose.

    `known` is what they know of the project. `lowered` carries a sentence, once, when one of them comes
    to be mostly rejected.
    """

    lowered = Signal(str)

    def __init__(self, session: Session, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self._asked = ""
        self._is_writing = False
        self._sentences: set[str] | None = None
        self.known = Known()
        self._later = QTimer(self, singleShot=True, interval=_REST)
        self._later.timeout.connect(self._on_rested)
        self._teach_later = QTimer(self, singleShot=True, interval=_TAUGHT_REST)
        self._teach_later.timeout.connect(self._on_taught)
        session.article_opened.connect(self._on_article_opened)
        session.changed.connect(self._on_changed)
        session.closing.connect(self._on_closing)
        self._later.start()

    @property
    def is_automatic(self) -> bool:
        """Whether an article gets suggestions when it opens."""
        return self._session.project.setting(SETTING) != "off"

    def toggle_automatic(self) -> None:
        """Suggest on opening from now on, or no longer; everybody who opens the project sees to it."""
        try:
            self._session.project.choose(SETTING, "off" if self.is_automatic else "on")
        except UserError as error:
            self._session.failed.emit(str(error))
        self._later.start()

    def suggest_article(self) -> None:
        """Suggest for the open article, whatever it has already; decisions are kept."""
        article = self._session.article
        if article:
            self._look_at(article, is_asked=True)

    def suggest_project(self) -> None:
        """Suggest for every article, with progress in the status line."""
        work = partial(_suggest, self._session.project.path, self._session.annotator)
        task = self._background.run(_("Suggesting"), work)
        task.finished.connect(self._on_project_done)
        task.cancelled.connect(self._session.look_around)

    def clear_article(self) -> None:
        """Take the open suggestions of the article away; nothing that was decided goes."""
        article = self._session.article
        if article:
            self._write(Suggested(article.id, (), ()), is_asked=True)

    def look_again(self) -> None:
        """Have the open article looked at again, as when the suggesters were set otherwise."""
        self._later.start(_REST)

    def _look_at(
        self, article: Article, *, is_asked: bool = False, only: Collection[str] = ()
    ) -> None:
        session = self._session
        work = partial(look, session.project.path, self.known, article, session.annotator, only)
        task = self._background.run(_("Suggesting"), work, is_shown=is_asked)
        as_chosen = session.project.setting(settings.SETTING)
        on_found = partial(self._on_found, article, is_asked, only, (session.deeds, as_chosen))
        task.finished.connect(on_found)

    def _on_found(
        self,
        article: Article,
        is_asked: bool,
        only: Collection[str],
        before_it: tuple[int, str],
        seen: Seen | None,
    ) -> None:
        session = self._session
        if not session.is_open or seen is None or not articles.exists(session.project, article.id):
            return
        now = session.deeds, session.project.setting(settings.SETTING)
        if now != before_it or _is_mouse_down():
            # Somebody has worked meanwhile, or is at it: what was found may be decided already, or come
            # from a suggester that was just switched off.
            self._look_later(article.id, is_asked=is_asked, only=only)
            return
        before = annotations.count_suggestions(session.project, article.id)
        if not self._write(self._with_selected(seen.suggested), is_asked=is_asked):
            self._look_later(article.id, is_asked=is_asked, only=only)
            return
        count = annotations.count_suggestions(session.project, article.id)
        if is_asked and seen.unable and not count:
            session.failed.emit(" ".join(seen.unable))
        elif is_asked or (count > before and not only):
            told = n_("{n} suggestion waits.", "{n} suggestions wait.", count)
            session.told.emit(told.format(n=count))
        self._tell_of_lowered(seen.lowered)

    def _look_later(self, article_id: str, *, is_asked: bool, only: Collection[str]) -> None:
        if only:
            self._teach_later.start(_LONG_REST)
            return
        self._asked = article_id if is_asked else ""
        self._later.start(_LONG_REST)

    def _with_selected(self, suggested: Suggested) -> Suggested:
        """Return the same with the suggestion that is selected: it never goes from under the keys."""
        selected = self._session.annotation(self._session.selected)
        if (
            selected is None
            or selected.article != suggested.article_id
            or selected.state is not AnnotationState.SUGGESTED
            or any(_is_same(each, selected) for each in suggested.annotations)
        ):
            return suggested
        links = [
            link
            for link in self._session.links_at([selected.id])
            if link.from_id == selected.id and link not in suggested.links
        ]
        crossing = {
            each.id
            for each in suggested.annotations
            if each.label != selected.label
            and each.start < selected.end
            and each.end > selected.start
            and not self._session.scheme.label(each.label).slots
            and not self._session.scheme.label(selected.label).slots
        }
        return replace(
            suggested,
            annotations=[
                *(each for each in suggested.annotations if each.id not in crossing),
                selected,
                *self._parts_lost(links, suggested),
            ],
            links=[
                *(each for each in suggested.links if not {each.from_id, each.to_id} & crossing),
                *links,
            ],
        )

    def _parts_lost(self, links: Sequence[Link], suggested: Suggested) -> list[Annotation]:
        """Return the suggested ends of these links that would go."""
        parts = map(self._session.annotation, (link.to_id for link in links))
        return [
            part
            for part in parts
            if part is not None
            and part.state is AnnotationState.SUGGESTED
            and not any(_is_same(part, each) for each in suggested.annotations)
        ]

    def _write(self, suggested: Suggested, *, is_asked: bool) -> bool:
        """Write what is suggested; False when somebody else is writing and nobody has asked for it."""
        session = self._session
        if not is_asked:
            session.project.wait_for_others(0)
        try:
            changes = suggestions.write(session.project, [suggested])
        except UserError as error:
            if is_asked:
                session.failed.emit(str(error))
            return is_asked
        finally:
            if not is_asked:
                session.project.wait_for_others(PATIENCE)
        self._is_writing = True
        try:
            session.announce(changes)
        finally:
            self._is_writing = False
        return True

    def _tell_of_lowered(self, sentences: Collection[str]) -> None:
        """Tell of those who have come to be mostly rejected since the project was opened, each once."""
        if self._sentences is None:
            self._sentences = set(sentences)
        for sentence in sentences:
            # The numbers go on: only who and what counts.
            name = sentence.partition(":")[0]
            if not any(each.startswith(f"{name}:") for each in self._sentences):
                self.lowered.emit(sentence)
            self._sentences.add(sentence)

    def _may_look(self) -> bool:
        session, article = self._session, self._session.article
        return bool(
            session.is_open
            and not session.is_read_only
            and article
            and article.state is not ArticleState.DONE
            and len(article.text) <= _LONGEST
            and self.is_automatic
        )

    def _on_article_opened(self) -> None:
        self._teach_later.stop()
        self._later.start(_REST)

    def _on_rested(self) -> None:
        """Look at the open article unless it is done or somebody has switched this off."""
        session, article = self._session, self._session.article
        if article is None or not session.is_open or session.is_read_only:
            return
        is_asked = self._asked == article.id
        self._asked = ""
        if is_asked or self._may_look():
            self._look_at(article, is_asked=is_asked)

    def _on_taught(self) -> None:
        """Look again for names, after a label or a decision."""
        article = self._session.article
        if article and self._may_look():
            self._look_at(article, only=TEACHING)

    def _on_changed(self, changes: Changes) -> None:
        if self._is_writing:
            return
        self.known.hear(changes)
        if changes.annotations and not self._later.isActive():
            self._teach_later.start(_TAUGHT_REST)

    def _on_closing(self) -> None:
        self._later.stop()
        self._teach_later.stop()

    def _on_project_done(self, report: Report) -> None:
        self._session.look_around()
        told = n_("{n} suggestion waits.", "{n} suggestions wait.", report.suggested)
        self._session.told.emit(" ".join((told.format(n=report.suggested), *report.unable)))


def _is_same(one: Annotation, other: Annotation) -> bool:
    return one.label == other.label and [(f.start, f.end) for f in one.fragments] == [
        (f.start, f.end) for f in other.fragments
    ]


def _is_mouse_down() -> bool:
    return QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton


def _suggest(path: Path, annotator: str, progress: Progress) -> Report:
    """Suggest for a whole project on a connection of its own; may be called in any thread."""
    with Project.open(path) as project:
        return suggesting.suggest(project, Options(), annotator, progress=progress)
