"""Looks for a query beside the window: a first screen at once, then all of it, then tables of it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.core.garbage import without_garbage_collection
from annotator.core.query.tree import Query, QueryError
from annotator.gui.background import Background
from annotator.gui.session import Session
from annotator.gui.tasks import Progress, Task
from annotator.language import _
from annotator.store.corpus import snapshot
from annotator.store.project import Project
from annotator.store.search.collocates import Collocate, collocates
from annotator.store.search.finding import MOST, Hit, find
from annotator.store.search.frequencies import Frequency, Group, frequencies
from annotator.store.search.lines import Order, ordered

FIRST = 200
"""Hits of the first answer: more than a screen holds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits in the order they were wanted in, and in how many articles they are.

    `is_whole` says that there are no others, `is_last` that no further answer follows; `mistake` is
    what is wrong with the query where that came out while looking.
    """

    query: Query
    hits: Sequence[Hit] = ()
    articles: int = 0
    is_whole: bool = True
    is_last: bool = True
    mistake: QueryError | None = None

    @property
    def is_settled(self) -> bool:
        """Whether this is all that will be listed."""
        return self.is_whole or self.is_last


class SearchReader(QObject):
    """`found` carries an Answer, once or twice; `given_up` a sentence, "" if it was stopped.

    The newest question counts: what was on its way to an older one goes unheard.
    """

    found = Signal(object)
    counted = Signal(list)
    collocated = Signal(list)
    progressed = Signal(int, int)
    given_up = Signal(str)

    def __init__(self, session: Session, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self._task: Task | None = None
        session.closing.connect(self.stop)

    @property
    def is_looking(self) -> bool:
        """Whether an answer is on its way."""
        return self._task is not None

    def ask(self, query: Query, order: Order) -> None:
        """Look for a query; the first screen comes first where lines stand in reading order."""
        limit = FIRST if order is Order.READING else MOST
        self._run(partial(_look, query, order, limit), partial(self._on_found, query, order))

    def ask_whole(self, query: Query, order: Order) -> None:
        """Look for a query and answer once, with all of it."""
        self._run(partial(_look, query, order, MOST), partial(self._on_found, query, order))

    def ask_among(self, answer: Answer, article_ids: Collection[str], order: Order) -> None:
        """Look again in these articles alone; what was found in others stays."""
        work = partial(_look_among, answer, frozenset(article_ids), order)
        self._run(work, partial(self._on_found, answer.query, order))

    def arrange(self, answer: Answer, order: Order) -> None:
        """Put what was found in another order."""
        work = partial(_arrange, answer, order)
        self._run(work, partial(self._on_found, answer.query, order))

    def count(self, hits: Sequence[Hit], group: Group) -> None:
        """Count hits by what they have in common; `counted` follows."""
        self._run(partial(_count, tuple(hits), group), self.counted.emit)

    def collocate(self, hits: Sequence[Hit]) -> None:
        """Find the words that stand near; `collocated` follows."""
        self._run(partial(_collocate, tuple(hits)), self.collocated.emit)

    def stop(self) -> None:
        """Let what is on its way go unheard."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()

    def _run(
        self, work: Callable[[Path, Progress], object], then: Callable[[object], object]
    ) -> None:
        self.stop()
        path = self._session.project.path
        quick = partial(_without_pauses, work, path)
        task = self._background.run(_("Searching"), quick, is_shown=False)
        self._task = task
        task.progressed.connect(partial(self._on_progressed, task))
        task.finished.connect(partial(self._on_finished, task, then))
        task.failed.connect(partial(self._on_given_up, task))
        task.cancelled.connect(partial(self._on_given_up, task, ""))

    def _on_progressed(self, task: Task, done: int, total: int) -> None:
        if task is self._task:
            self.progressed.emit(done, total)

    def _on_finished(self, task: Task, then: Callable[[object], object], result: object) -> None:
        if task is self._task and self._session.is_open:
            self._task = None
            then(result)

    def _on_given_up(self, task: Task, sentence: str) -> None:
        if task is self._task:
            self._task = None
            self.given_up.emit(sentence)

    def _on_found(self, query: Query, order: Order, answer: Answer) -> None:
        if not answer.is_settled:
            self.ask_whole(query, order)
        self.found.emit(answer)


def _without_pauses(
    work: Callable[[Path, Progress], object], path: Path, progress: Progress
) -> object:
    """Do the work while Python searches for no cycles: 100,000 results have none, and it would be felt."""
    with without_garbage_collection():
        return work(path, progress)


def _look(query: Query, order: Order, limit: int, path: Path, progress: Progress) -> Answer:
    with Project.open(path, read_only=True) as project, snapshot(project):
        try:
            found = find(project, query, limit=limit, progress=progress)
        except QueryError as error:
            return Answer(query, mistake=error)
        hits = ordered(project, found.hits, order, progress)
    articles = len({hit.article for hit in hits})
    return Answer(query, hits, articles, is_whole=found.is_whole, is_last=limit >= MOST)


def _look_among(
    answer: Answer, article_ids: frozenset[str], order: Order, path: Path, progress: Progress
) -> Answer:
    with Project.open(path, read_only=True) as project, snapshot(project):
        found = find(project, answer.query, articles=article_ids, progress=progress)
        others = [hit for hit in answer.hits if hit.article not in article_ids]
        hits = ordered(project, [*others, *found.hits], order, progress)[:MOST]
    articles = len({hit.article for hit in hits})
    return replace(answer, hits=hits, articles=articles)


def _arrange(answer: Answer, order: Order, path: Path, progress: Progress) -> Answer:
    with Project.open(path, read_only=True) as project, snapshot(project):
        return replace(answer, hits=ordered(project, answer.hits, order, progress))


def _count(hits: Sequence[Hit], group: Group, path: Path, progress: Progress) -> list[Frequency]:
    with Project.open(path, read_only=True) as project, snapshot(project):
        return list(frequencies(project, hits, group, progress))


def _collocate(hits: Sequence[Hit], path: Path, progress: Progress) -> list[Collocate]:
    with Project.open(path, read_only=True) as project, snapshot(project):
        return list(collocates(project, hits, progress=progress))
