"""The walk through suggestions: to the next, settled by one key, and on, in the order of the text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from annotator.core.model import AnnotationState
from annotator.gui.article import deeds
from annotator.gui.article.spans import Span
from annotator.language import _, n_

if TYPE_CHECKING:  # The view hands its keys over; what they do is done to the view.
    from annotator.gui.article.view import ArticleView


class Walk:
    """Goes through the suggestions of one view; the parts of a suggested frame are settled with it."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view

    def step(self, *, backwards: bool = False) -> bool:
        """Select the next suggestion, behind the last the first again; False when there is none."""
        view = self._view
        step = partial(view.scene.index.step, backwards=backwards, passes=self.is_open)
        span = step(view.caret, view.session.selected)
        if span is None:
            span = step(len(view.text) if backwards else 0)
        if span is None:
            view.session.told.emit(_("There is no suggestion left."))
            return False
        self._go_to(span)
        return True

    def accept(self) -> None:
        """Stand behind the selected suggestion, with its parts, and go on."""
        self._settle(partial(self._judge, AnnotationState.ACCEPTED))

    def reject(self) -> None:
        """Turn the selected suggestion down, with its parts, and go on."""
        self._settle(partial(self._judge, AnnotationState.REJECTED))

    def relabel(self, label_id: str) -> None:
        """Accept the selected suggestion with this label, be it the one suggested, and go on."""
        label = self._view.scene.label(label_id)

        def write(span: Span) -> None:
            if span.label == label_id:
                self._judge(AnnotationState.ACCEPTED, span)
            else:
                deeds.relabel(self._view.session, span.annotation, label)

        self._settle(write)

    def is_at_suggestion(self) -> bool:
        """Whether the selected annotation waits for a decision."""
        spans = self._view.scene.index.of(self._view.session.selected)
        return bool(spans) and spans[0].state == AnnotationState.SUGGESTED

    def is_open(self, span: Span) -> bool:
        """Tell whether a span waits for a decision of its own, not for that about its frame."""
        if span.state != AnnotationState.SUGGESTED:
            return False
        links = self._view.scene.links.frames(span.annotation)
        index = self._view.scene.index
        frames = (spans[0] for link in links if (spans := index.of(link.from_id)))
        return not any(frame.state == AnnotationState.SUGGESTED for frame in frames)

    def _settle(self, write: Callable[[Span], None]) -> None:
        view = self._view
        if not self.is_at_suggestion():
            view.session.told.emit(_("No suggestion is selected."))
            return
        span = view.scene.index.of(view.session.selected)[0]
        step = partial(view.scene.index.step, passes=self.is_open)
        ahead, first = step(view.caret, span.annotation), step(0)
        following = ahead or (first if first and first.annotation != span.annotation else None)
        deeds_before = view.session.deeds
        write(span)
        if view.session.deeds == deeds_before:
            return
        if following and following.annotation in view.scene.index:
            self._go_to(view.scene.index.of(following.annotation)[0])
        if ahead is None:
            self._tell_of_the_end()

    def _judge(self, state: AnnotationState, span: Span) -> None:
        deeds.settle(self._view.session, [span.annotation], state)

    def _go_to(self, span: Span) -> None:
        self._view.session.select(span.annotation)
        self._view.place(span.start, span.start)

    def _tell_of_the_end(self) -> None:
        """Say what is left behind the last suggestion, and which key goes on."""
        index = self._view.scene.index
        open_ = {
            span.annotation for span in index.between(0, len(self._view.text)) if self.is_open(span)
        }
        if open_:
            told = n_(
                "That was the last one; {n} before it is left, and is selected.",
                "That was the last one; {n} before it are left, and the first is selected.",
                len(open_),
            ).format(n=len(open_))
        else:
            told = _("Every suggestion in this article is settled.")
            if key := self._view.key_of("article.finish") if self._view.key_of else "":
                told += " " + _("{key}: done, next article.").format(key=key)
        self._view.session.told.emit(told)
