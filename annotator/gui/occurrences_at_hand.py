"""What stands under the annotator's hand when all its occurrences are asked for: words, annotation, label."""

from dataclasses import dataclass

from annotator.core.model import Annotation, AnnotationState
from annotator.core.occurrences import Finder, Likeness
from annotator.gui.article.view import ArticleView
from annotator.store import entities, occurrences
from annotator.store.project import Project

_AROUND = 100
"""Code points beside some words in which to see whether they are whole."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What occurrences are asked for: words, and what the annotation they are from says of them."""

    words: str
    names: tuple[str, ...] = ()
    entity: str | None = None
    entity_name: str = ""


def annotation_at_hand(view: ArticleView) -> Annotation | None:
    """Return the annotation of just the selected words, else the selected one, else the innermost."""
    session = view.session
    start, end = view.selection
    if start < end:
        spans = [
            span
            for span in view.scene.index.between(start, end)
            if (span.start, span.end) == (start, end)
            and len(view.scene.index.of(span.annotation)) == 1
        ]
    elif session.selected in view.scene.index:
        return session.annotation(session.selected)
    else:
        caret = view.caret
        spans = [
            span
            for at in (caret, caret - 1)
            if 0 <= at < len(view.text)
            for span in view.scene.index.at(at)
            if not view.scene.label(span.label).slots
        ]
    accepted = [span for span in spans if span.state == AnnotationState.ACCEPTED]
    found = accepted or spans
    return session.annotation(found[0].annotation) if found else None


def words_at_hand(view: ArticleView, annotation: Annotation | None) -> str:
    """Return the selected words, else those of the annotation, else the word under the caret."""
    start, end = view.selection
    if start < end:
        return view.text[start:end].strip()
    if annotation:
        # Of an annotation in several parts the longest says most.
        return max((each.surface for each in annotation.fragments), key=len).strip()
    token = view.token_at_caret()
    return view.text[slice(*token)].strip() if token else ""


def are_whole_words(view: ArticleView) -> bool:
    """Tell whether the selected words are no part of a longer one, which would not be found."""
    start, end = view.selection
    if start == end:
        return True
    low = max(0, start - _AROUND)
    around = view.text[low : end + _AROUND]
    finder = Finder((view.text[start:end],), Likeness())
    return any(low + one < end and low + other > start for one, other in finder.ranges(around))


def subject_of(project: Project, words: str, annotation: Annotation | None) -> Subject:
    """Return some words with the other names of whom the annotation refers to."""
    if annotation is None or annotation.entity is None:
        return Subject(words)
    entity = entities.entity(project, annotation.entity)
    names = tuple(each for each in (entity.name, *entity.aliases) if each != words)
    return Subject(words, names, entity.id, entity.name)


def label_at_hand(view: ArticleView, annotation: Annotation | None) -> str:
    """Return the annotation's own label, else the sticky one, else the last one that makes no frame."""
    session = view.session
    active = {label.id: label for label in session.scheme.active}
    for label_id in (annotation.label if annotation else "", view.armed):
        if label_id in active:
            return label_id
    plain = [label_id for label_id, label in active.items() if not label.slots]
    return occurrences.last_label(session.project, session.annotator, plain)
