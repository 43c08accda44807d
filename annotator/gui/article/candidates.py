"""Who may fill the first slot of the frame at work, numbered: a digit takes one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.assist import frames as assist
from annotator.core.model import Annotation, AnnotationState
from annotator.core.scheme import Slot
from annotator.gui.article import deeds
from annotator.gui.article.framing import REACH
from annotator.gui.article.scene import Numbered
from annotator.language import _
from annotator.store import annotations, frames
from annotator.store.deed import Deed
from annotator.suggest import quotes
from annotator.suggest.proposal import SPEAKERS, Speaker

if TYPE_CHECKING:  # The view says when to think anew; whom a digit takes is shown by the view.
    from annotator.gui.article.view import ArticleView


class Candidates:
    """The numbered candidates of one view, thought of when they are first asked for."""

    def __init__(self, view: "ArticleView") -> None:
        self._view = view
        self._session = view.session
        self._speakers: tuple[Speaker, ...] | None = None

    def forget(self) -> None:
        """Think anew when next asked: the frame or its parts are others."""
        self._speakers = None

    def all(self) -> Sequence[Speaker]:
        """Return the candidates, the likeliest first; the first has the number 1."""
        if self._speakers is None:
            self._speakers = tuple(self._ranked())
        return self._speakers

    def thought(self) -> Sequence[Speaker]:
        """Return the candidates if they have been thought of already, none otherwise."""
        return self._speakers or ()

    def numbered(self) -> tuple[Numbered, ...]:
        """Return which words of the article a digit would take."""
        return tuple(
            Numbered(number, *speaker.range)
            for number, speaker in enumerate(self.all(), 1)
            if speaker.range
        )

    def hears(self, number: int) -> bool:
        """Whether a digit is for a frame now."""
        return bool(self._session.frame) and 0 < number <= SPEAKERS

    def take(self, number: int) -> bool:
        """Let the numbered candidate fill the slot; False when the digit is not for a frame."""
        if not self.hears(number):
            return False
        speakers, slot = self.all(), self.slot()
        if slot is None or number > len(speakers):
            self._session.told.emit(_("Nobody has the number {number}.").format(number=number))
        else:
            self._take(speakers[number - 1], slot)
        return True

    def _take(self, speaker: Speaker, slot: Slot) -> None:
        view, frame_id = self._view, self._session.frame
        if speaker.range is None:
            self._take_nobody(frame_id, slot, speaker.kind)
            return
        known = assist.filler(view.text, speaker.range, slot, view.framing.standing(speaker.range))
        if known and known.id in view.framing.filled(slot.name):
            self._confirm(frame_id)
        else:
            view.framing.fill_with_words(frame_id, slot, speaker.range, is_exact=True)

    def _confirm(self, frame_id: str) -> None:
        """Accept a suggested frame whose speaker was chosen as it is."""
        spans = self._view.scene.index.of(frame_id)
        if spans and spans[0].state == AnnotationState.SUGGESTED:
            deeds.settle(self._session, [frame_id], AnnotationState.ACCEPTED)
        else:
            self._session.told.emit(_("This is the speaker already."))

    def _take_nobody(self, frame_id: str, slot: Slot, kind: str) -> None:
        """Say that a frame has a speaker whom the article does not name."""
        filled = self._view.framing.filled(slot.name)

        def write(deed: Deed) -> str:
            for filler_id in filled:
                frames.empty(deed, frame_id, slot.name, filler_id)
            annotations.set_attribute(deed, frame_id, "speaker", kind)
            return frame_id

        self._view.framing.do(_("Speaker: {kind}").format(kind=kind), write, frame_id)

    def slot(self) -> Slot | None:
        """Return the slot the candidates are for: the armed one, else the first."""
        slots, armed = self._view.framing.slots(), self._view.framing.armed
        chosen = (slot for slot in slots if slot.name == armed)
        return next(chosen, None) or (slots[0] if slots else None)

    def _ranked(self) -> Sequence[Speaker]:
        framing, slot = self._view.framing, self.slot()
        frame, label = framing.frame, framing.label
        if frame is None or label is None or slot is None:
            return ()
        if assist.quote_label(self._session.scheme) == label and slot == label.slots[0]:
            content = [(each.start, each.end) for each in frame.fragments]
            return quotes.speakers_of(self._view.text, content, self._session.lexicon())
        return self._nearest(frame, slot)

    def _nearest(self, frame: Annotation, slot: Slot) -> list[Speaker]:
        """Return the annotations near a frame that its slot may take, the nearest first."""
        near = self._view.scene.index.between(max(0, frame.start - REACH), frame.end + REACH)
        allowed = [
            span
            for span in near
            if span.annotation != frame.id and (not slot.labels or span.label in slot.labels)
        ]
        allowed.sort(key=lambda span: max(frame.start - span.end, span.start - frame.end, 0))
        return [
            Speaker("mention", (span.start, span.end), _("labelled near by"))
            for span in allowed[:SPEAKERS]
        ]
