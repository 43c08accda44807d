"""Cuts the incise under the caret out of a quote, and puts it back when the caret stands in the gap."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.assist import frames as assist
from annotator.core.model import Annotation, Article
from annotator.gui.article.framing import REACH, Range
from annotator.language import _
from annotator.store import annotations, frames
from annotator.store.deed import Deed
from annotator.suggest import quotes

if TYPE_CHECKING:  # The view knows where the caret is; what is cut is shown by the view.
    from annotator.gui.article.view import ArticleView


def cut(view: "ArticleView") -> None:
    """Cut the incise under the caret out of the content and fill the slots from it; undo that in a gap."""
    frame, article = _frame_at_caret(view), view.session.article
    if frame is None or article is None:
        view.session.told.emit(_("Put the caret into the incise of a quote first."))
        return
    ranges = [(each.start, each.end) for each in frame.fragments]
    for number, (start, end) in enumerate(ranges):
        if start < view.caret < end:
            _cut_at(view, article, frame, ranges, number)
            return
        if number and ranges[number - 1][1] <= view.caret <= start:
            _join_at(view, article, frame, ranges, number)
            return
    view.session.told.emit(_("There is no incise at the caret."))


def _frame_at_caret(view: "ArticleView") -> Annotation | None:
    """Return the frame at work if the caret is within its ends, else the innermost there."""
    frame, caret = view.framing.frame, view.caret
    if frame and frame.start <= caret <= frame.end:
        return frame
    near = view.scene.index.between(max(0, caret - REACH), caret + REACH)
    ids = dict.fromkeys(span.annotation for span in near if view.scene.label(span.label).slots)
    around = [
        each
        for each in map(view.session.annotation, ids)
        if each is not None and each.start <= caret <= each.end
    ]
    return min(around, key=lambda each: each.end - each.start, default=None)


def _cut_at(
    view: "ArticleView", article: Article, frame: Annotation, ranges: Sequence[Range], number: int
) -> None:
    start, end = ranges[number]
    found = quotes.incise_in(view.text, start, end, view.caret, view.session.lexicon())
    found = found or quotes.between_signs(view.text, start, end, view.caret)
    if found is None:
        view.session.told.emit(_("There is no incise at the caret."))
        return
    wanted = [*ranges[:number], *found.fragments, *ranges[number + 1 :]]
    label, scheme = view.scene.label(frame.label), view.session.scheme
    slots = assist.fillings(label, scheme)
    standing = view.framing.standing_at(found.parts)
    taken = {link.type for link in view.scene.links.parts(frame.id)}

    def write(deed: Deed) -> str:
        annotations.set_ranges(deed, article, frame.id, wanted)
        for part in assist.parts(article.text, found, slots, standing):
            if part.slot.name in taken:
                continue
            if part.id:
                frames.fill(deed, frame.id, part.slot, part.id)
            else:
                filling = scheme.label(part.label)
                frames.fill_with(deed, article, frame.id, part.slot, filling, [part.range])
        return frame.id

    view.framing.do(_("Cut the incise out"), write, frame.id)


def _join_at(
    view: "ArticleView", article: Article, frame: Annotation, ranges: Sequence[Range], number: int
) -> None:
    """Join the fragments to both sides of the caret; what stands in the gap leaves the slots."""
    low, high = ranges[number - 1][1], ranges[number][0]
    whole = (ranges[number - 1][0], ranges[number][1])
    joined = [*ranges[: number - 1], whole, *ranges[number + 1 :]]
    inside = [
        link
        for link in view.scene.links.parts(frame.id)
        if all(low <= span.start and span.end <= high for span in view.scene.of(link.to_id))
    ]

    def write(deed: Deed) -> str:
        annotations.set_ranges(deed, article, frame.id, joined)
        for link in inside:
            frames.empty(deed, frame.id, link.type, link.to_id)
        return frame.id

    view.framing.do(_("Put the incise back"), write, frame.id)
