"""The one door for change: widgets ask the session to do a deed and redraw when it says what changed."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.assist.knowledge import Knowledge, language_of
from annotator.core.errors import UserError
from annotator.core.model import Annotation, AnnotationState, Article, ArticleState, Changes, Link
from annotator.core.scheme import Scheme
from annotator.gui.article_order import Order, ReadingOrder
from annotator.language import _
from annotator.store import annotations, articles, learnt
from annotator.store.deed import Deed
from annotator.store.project import Project
from annotator.suggest.lexicon import Lexicon

T = TypeVar("T")

_POLL_MILLISECONDS = 500
_FEW = 12
"""Annotations that an undo may touch for one of them to be gone to: a frame with its parts."""

PATIENCE = 0.25
"""Seconds a gesture waits while an import or another window writes: longer would look like a freeze."""


class Session(QObject):
    """An open project, the annotator at work, the article and the annotation before their eyes.

    `changed` carries `Changes` and is the only way a widget learns that something is different, be
    it a key, an undo, an import or another window. `article`, `selected` and `frame` follow by
    themselves. `frame` is the annotation with slots that was selected last, or the one that the
    selected annotation is a part of: slots are filled there, wherever the caret goes.
    Once closed it does nothing more: what was on its way, such as the end of an import, is not heard.
    `log_grown` follows a large deed: what it wrote is durable and waits to be brought into the file.
    `deeds` counts what was done to the project since it was opened, here or elsewhere. `order` says
    which article comes after which.
    """

    changed = Signal(object)
    article_opened = Signal(str)
    selection_changed = Signal(str)
    frame_changed = Signal(str)
    annotator_changed = Signal(str)
    told = Signal(str)
    failed = Signal(str)
    closing = Signal()
    log_grown = Signal()

    def __init__(self, project: Project, annotator: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        project.wait_for_others(PATIENCE)
        self.annotator = annotator
        self.article: Article | None = None
        self.selected = ""
        self.frame = ""
        self.is_open = True
        self.deeds = 0
        self.order: Order = ReadingOrder(project)
        self._knowledge: Knowledge | None = None
        self._taught: set[str] = set()
        self._timer = QTimer(self, interval=_POLL_MILLISECONDS)
        self._timer.timeout.connect(self.look_around)
        self._timer.start()

    @property
    def scheme(self) -> Scheme:
        """The labels as they stand now."""
        return self.project.scheme

    @property
    def is_read_only(self) -> bool:
        """Whether the project was opened for reading only."""
        return self.project.is_read_only

    def do(self, name: str, write: Callable[[Deed], T]) -> T | None:
        """Carry out a deed and tell everyone what changed; None when it was refused and said so."""
        if not self.is_open:
            return None
        try:
            result, changes = self.project.do(name, write, annotator=self.annotator)
        except UserError as error:
            self.failed.emit(str(error))
            self.look_around()
            return None
        self.deeds += changes != Changes()
        self.announce(changes)
        self._tell_of_log()
        return result

    def undo(self) -> None:
        """Take the newest deed back, whichever article it was in, and go there."""
        self._step(self.project.undo, _("Undone: {name}"), _("There is nothing to undo."))

    def redo(self) -> None:
        """Do the deed again that was undone last, and go there."""
        self._step(self.project.redo, _("Redone: {name}"), _("There is nothing to redo."))

    def announce(self, changes: Changes) -> None:
        """Bring what the session holds up to date and tell every widget, if there is anything to tell."""
        if changes == Changes() or not self.is_open:
            return
        if changes.everything:
            self._knowledge = None
        self._taught |= changes.annotations
        if self.article and (changes.everything or self.article.id in changes.articles):
            self._refresh_article()
        if changes.everything or {self.selected, self.frame} & changes.annotations:
            self._refresh_selection()
        self.changed.emit(changes)

    def lexicon(self) -> Lexicon:
        """Return what the rules know of the open article's language, with what the project has taught."""
        if self._knowledge is None:
            self._knowledge = Knowledge.of(self.project)
        elif self._taught:
            ids = sorted(self._taught)
            self._knowledge.learn(learnt.cues(self.project, ids), learnt.names(self.project, ids))
        self._taught.clear()
        article = self.article
        return self._knowledge.lexicon(language_of(article) if article else "fr")

    def look_around(self) -> None:
        """Hear what other windows and commands did to the project since last asked."""
        changes = self.project.poll() if self.is_open else None
        if changes:
            self.deeds += 1
            self.announce(changes)

    def open_article(self, article_id: str) -> None:
        """Put an article before the annotator's eyes; "" closes the one that is open."""
        if article_id == (self.article.id if self.article else "") or not self.is_open:
            return
        if article_id and not articles.exists(self.project, article_id):
            return
        self.select("")
        self.leave_frame()
        self.article = articles.article(self.project, article_id) if article_id else None
        self.article_opened.emit(article_id)

    def step_article(self, *, backwards: bool = False) -> None:
        """Open the next article in the order of the list, or the previous one."""
        if self.article:
            found = self.order.beside(self.article.id, backwards=backwards)
            if found:
                self.open_article(found)
            else:
                self.told.emit(
                    _("This is the first article.") if backwards else _("This is the last article.")
                )

    def set_state(self, state: ArticleState) -> None:
        """Say how far the open article has come."""
        if self.article:
            article_id = self.article.id
            self.do(
                _("Mark as {state}").format(state=state_name(state)),
                lambda deed: articles.set_state(deed, article_id, state),
            )

    def finish_article(self) -> None:
        """Mark the open article as done and open the next one that is not."""
        if self.article is None:
            return
        self.set_state(ArticleState.DONE)
        following = self.order.unfinished(self.article.id)
        if following:
            self.open_article(following)
        else:
            self.told.emit(_("Every article is done or flagged."))

    def select(self, annotation_id: str) -> None:
        """Select an annotation of the open article; "" selects none."""
        if annotation_id == self.selected:
            return
        self.selected = annotation_id
        frame = self._frame_of(annotation_id) if annotation_id else self.frame
        if frame != self.frame:
            self.frame = frame
            self.frame_changed.emit(frame)
        self.selection_changed.emit(annotation_id)

    def leave_frame(self) -> None:
        """Work on no frame any longer."""
        if self.frame:
            self.frame = ""
            self.frame_changed.emit("")

    def annotation(self, annotation_id: str) -> Annotation | None:
        """Return an annotation whole, None when it is gone."""
        if not self.is_open:
            return None
        try:
            return annotations.annotation(self.project, annotation_id)
        except KeyError:
            return None

    def links_at(self, annotation_ids: Sequence[str]) -> list[Link]:
        """Return every link from or to some annotations; none once the project is closed."""
        return annotations.links_at(self.project, annotation_ids) if self.is_open else []

    def sign_as(self, annotator: str) -> None:
        """Let another person annotate from now on."""
        self.annotator = annotator
        self.annotator_changed.emit(annotator)

    def close(self) -> None:
        """Let widgets write what they still hold, then close the project; a second time does nothing."""
        if not self.is_open:
            return
        self._timer.stop()
        self.closing.emit()
        self.is_open = False
        self.project.close()

    def _step(
        self, step: Callable[[], tuple[str, Changes] | None], done: str, nothing: str
    ) -> None:
        if not self.is_open:
            return
        try:
            result = step()
        except UserError as error:
            self.failed.emit(str(error))
            self.look_around()
            return
        if result is None:
            self.told.emit(nothing)
            return
        name, changes = result
        self.deeds += 1
        self.announce(changes)
        self._go_to(changes)
        self._tell_of_log()
        self.told.emit(done.format(name=name))

    def _tell_of_log(self) -> None:
        if self.project.has_long_log:
            self.project.has_long_log = False
            self.log_grown.emit()

    def _go_to(self, changes: Changes) -> None:
        """Show where an undo or redo took place: the article, and the annotation if it was one."""
        if len(changes.articles) == 1:
            self.open_article(next(iter(changes.articles)))
        if len(changes.annotations) > _FEW:
            return
        found = [each for each in map(self.annotation, changes.annotations) if each is not None]
        here = [each for each in found if self.article and each.article == self.article.id]
        frames = [each for each in here if self.scheme.label(each.label).slots]
        # Of a frame and its parts the frame is meant.
        wanted = frames if len(frames) == 1 else here
        if len(wanted) == 1:
            self.select(wanted[0].id)

    def _refresh_article(self) -> None:
        assert self.article is not None
        try:
            self.article = articles.refreshed(self.project, self.article)
        except KeyError:
            self.select("")
            self.leave_frame()
            self.article = None
            self.article_opened.emit("")

    def _refresh_selection(self) -> None:
        if self.selected and not self._stands(self.selected):
            self.select("")
        if self.frame and not self._stands(self.frame):
            self.leave_frame()

    def _stands(self, annotation_id: str) -> bool:
        """Tell whether an annotation is still to be seen."""
        annotation = self.annotation(annotation_id)
        return annotation is not None and annotation.state is not AnnotationState.REJECTED

    def _frame_of(self, annotation_id: str) -> str:
        """Return the frame that an annotation is or belongs to; the one at work, if it is among several."""
        annotation = self.annotation(annotation_id)
        if annotation is None:
            return ""
        if self.scheme.label(annotation.label).slots:
            return annotation_id
        links = annotations.links_at(self.project, [annotation_id])
        frames = [link.from_id for link in links if link.to_id == annotation_id]
        return self.frame if self.frame in frames else next(iter(frames), "")


def state_name(state: ArticleState) -> str:
    """Return what a state is called on the screen."""
    return {
        ArticleState.TODO: _("to do"),
        ArticleState.IN_PROGRESS: _("in progress"),
        ArticleState.DONE: _("done"),
        ArticleState.FLAGGED: _("flagged"),
    }[state]
