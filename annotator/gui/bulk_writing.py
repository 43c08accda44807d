"""One deed on many places: written by the window itself, or beside it where that would be felt."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from annotator.core.garbage import without_garbage_collection
from annotator.core.scheme import Scheme
from annotator.gui.background import Background
from annotator.gui.session import Session
from annotator.gui.tasks import Progress, Task
from annotator.store.deed import Deed
from annotator.store.project import Project

T = TypeVar("T")

AT_ONCE = 6_000
"""Places up to which the window writes itself; more are written beside it."""

Write = Callable[[Deed, Scheme], T]
"""What is to be written; it keeps nothing of the window, because another thread may call it."""


def write_many(
    session: Session,
    background: Background,
    name: str,
    title: str,
    write: Write[T],
    count: int,
    then: Callable[[T], None],
) -> Task | None:
    """Write on so many places; `then` hears what came of it. Return the task if there is one.

    `name` is what the history calls it, `title` what the status line says meanwhile.
    """
    if count <= AT_ONCE:
        scheme = session.scheme
        with without_garbage_collection():
            result = session.do(name, lambda deed: write(deed, scheme))
        if result is not None:
            then(result)
        return None
    work = partial(_write_beside, session.project.path, session.annotator, name, write)
    task = background.run(title, work)
    task.finished.connect(partial(_hear, session, then))
    return task


def _write_beside(path: Path, annotator: str, name: str, write: Write[T], progress: Progress) -> T:
    """Write as one deed on a connection of one's own."""
    progress(0, 0)
    with Project.open(path) as project:
        scheme = project.scheme
        result, _changes = project.do(name, lambda deed: write(deed, scheme), annotator=annotator)
    return result


def _hear(session: Session, then: Callable[[T], None], result: T) -> None:
    if session.is_open:
        session.look_around()
        then(result)
