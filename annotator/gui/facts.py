"""What holds in the window at this moment, by which commands know whether they make sense."""

from annotator.core.model import AnnotationState
from annotator.gui.commands import Fact
from annotator.gui.session import Session


def facts(session: Session | None, *, is_in_focus_mode: bool) -> frozenset[Fact]:
    """Return what holds; without a project nothing does."""
    if session is None:
        return frozenset()
    annotation = session.annotation(session.selected) if session.selected else None
    claims = {
        Fact.PROJECT: True,
        Fact.WRITABLE: not session.is_read_only,
        Fact.ARTICLE: session.article is not None,
        Fact.ANNOTATION: annotation is not None,
        Fact.NO_ANNOTATION: annotation is None,
        Fact.SUGGESTION: annotation is not None and annotation.state is AnnotationState.SUGGESTED,
        Fact.FRAME: bool(session.frame),
        Fact.UNDO: bool(session.project.undo_name()),
        Fact.REDO: bool(session.project.redo_name()),
        Fact.FOCUS_MODE: is_in_focus_mode,
    }
    return frozenset(fact for fact, holds in claims.items() if holds)
