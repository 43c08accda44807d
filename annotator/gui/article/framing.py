"""Frames in the article: a label's letter builds one, the letters of its slots and clicks fill it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from annotator.assist import frames as assist
from annotator.assist.frames import Standing
from annotator.assist.quoting import accept_proposal
from annotator.core import units
from annotator.core.model import Annotation, AnnotationState
from annotator.core.scheme import Label, Slot
from annotator.gui.article import deeds
from annotator.language import _
from annotator.store import frames
from annotator.store.deed import Deed
from annotator.suggest import quotes
from annotator.suggest.proposal import Proposal

if TYPE_CHECKING:  # The view hands its frames over; what is done to them is shown by the view.
    from annotator.gui.article.view import ArticleView

T = TypeVar("T")

Range = tuple[int, int]
"""A `[start, end)` in code points."""

REACH = 3_000
"""Code points from the caret within which a frame or a filler is thought of."""

_EDGE = 3
"""Code points by which selected words may miss the ends of a quote and still mean it."""


class Framing:
    """What one view does with frames. The frame at work is the session's.

    `armed` is the name of the slot that the next words fill, "" for the first that is wanted.
    """

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._session = view.session
        self.armed = ""

    @property
    def frame(self) -> Annotation | None:
        """The frame at work as it stands now."""
        return self._session.annotation(self._session.frame) if self._session.frame else None

    @property
    def label(self) -> Label | None:
        """The label of the frame at work."""
        spans = self._view.scene.index.of(self._session.frame)
        return self._view.scene.label(spans[0].label) if spans else None

    def do(self, name: str, write: Callable[[Deed], T], frame_id: str) -> T | None:
        """Carry out a deed on a frame and go back to it; the caret stays where the eyes are."""
        done = self._session.do(name, write)
        if done is not None:
            self.armed = ""
            self._view.place(self._view.caret, self._view.caret, reveal=False)
            self._view.select_quietly(frame_id)
        return done

    def build(self, label: Label) -> None:
        """Build the frame of the selected words or around the caret, with whatever can be found."""
        article, view = self._session.article, self._view
        if article is None or self._stands_here(label):
            return
        proposal = self._proposal(label)
        words = view.selection if view.selection[0] < view.selection[1] else view.token_at_caret()
        if proposal:
            scheme, standing = self._session.scheme, self.standing_at(proposal.parts)
            made = self._session.do(
                _("Label {label}").format(label=label.name),
                lambda deed: accept_proposal(deed, article, proposal, label, scheme, standing),
            )
        elif words:
            made = deeds.add(self._session, article, label, [words])
        else:
            self._session.told.emit(_("There is no word here to label."))
            return
        if made:
            view.place(view.caret, view.caret, reveal=False)
            view.select_quietly(made)

    def next_quotation(self) -> None:
        """Go to the next quotation that no frame holds yet, starting over at the top."""
        view, lexicon = self._view, self._session.lexicon()
        for start, end in ((view.caret + 1, len(view.text)), (0, view.caret)):
            found = quotes.first_between(view.text, start, end, self._is_free, lexicon)
            if found:
                view.place(found.start, found.start)
                return
        self._session.told.emit(_("There is no further quotation without a label."))

    def slots(self) -> tuple[Slot, ...]:
        """Return the slots of the frame at work."""
        return self.label.slots if self.label else ()

    def slot_of_key(self, key: str) -> Slot | None:
        """Return the slot that a letter fills in the frame at work, or in any where none is."""
        label = self.label
        labels = [label] if label else [each for each in self._session.scheme.active if each.slots]
        return next((slot for each in labels for slot in each.slots if slot.key == key), None)

    def filled(self, slot: str) -> list[str]:
        """Return what fills a slot of the frame at work, by id."""
        links = self._view.scene.links.parts(self._session.frame)
        return [link.to_id for link in links if link.type == slot]

    def armed_slot(self) -> Slot | None:
        """Return the slot that the next words fill: the armed one, else the first wanted and empty.

        The first slot and those that take one filler are wanted; others only when they are armed.
        """
        slots = self.slots()
        armed = next((slot for slot in slots if slot.name == self.armed), None)
        wanted = (slot for n, slot in enumerate(slots) if n == 0 or not slot.many)
        return armed or next((slot for slot in wanted if not self.filled(slot.name)), None)

    def arm(self, slot: str) -> None:
        """Let the next words fill a slot, be it empty or not; a second time to let go of it."""
        self.armed = "" if self.armed == slot else slot
        if self.armed:
            self._session.told.emit(_("Click the words of the {slot}.").format(slot=slot))
        self._view.candidates.forget()
        self._view.show_numbers()

    def fill(self, slot: Slot, *, adds: bool = False) -> None:
        """Fill a slot with the selected words, the selected annotation or what stands at the caret."""
        view = self._view
        frame_id = self._session.frame or self._nearest_frame(slot)
        start, end = view.selection
        words = (start, end) if start < end else view.token_at_caret()
        selected = self._session.selected
        if not frame_id:
            ask = _("Select a quote first, then the words of its {slot}.")
            self._session.told.emit(ask.format(slot=slot.name))
        elif start == end and selected and selected != frame_id:
            self._fill(frame_id, slot, selected, adds=adds)
        elif words is None:
            self._session.told.emit(_("There is no word here to label."))
        else:
            self.fill_with_words(frame_id, slot, words, adds=adds, is_exact=start < end)

    def fill_with_words(
        self, frame_id: str, slot: Slot, words: Range, *, adds: bool = False, is_exact: bool = False
    ) -> None:
        """Fill a slot with words: with what is labelled there, else with a new annotation of them.

        Unless just these words are meant, one of a name or of a verb group stands for all of it. What
        fills the slot already is taken out of it.
        """
        article, scheme = self._session.article, self._session.scheme
        wanted = words if is_exact else self._whole(slot, words)
        known = assist.filler(self._view.text, wanted, slot, self.standing(wanted))
        label = assist.filling_label(slot, scheme)
        if known and known.id != frame_id:
            if frame_id == self._session.frame and known.id in self.filled(slot.name):
                self.empty(slot.name, known.id)
            else:
                self._fill(frame_id, slot, known.id, adds=adds)
        elif label is None or article is None:
            self._session.told.emit(_("No label in use may fill {slot}.").format(slot=slot.name))
        else:
            name = _("Fill {slot}").format(slot=slot.name)
            self.do(
                name,
                lambda deed: frames.fill_with(
                    deed, article, frame_id, slot, label, [wanted], adds=adds
                ),
                frame_id,
            )

    def empty(self, slot: str, filler_id: str) -> None:
        """Take an annotation out of a slot of the frame at work."""
        frame_id = self._session.frame

        def write(deed: Deed) -> str:
            frames.empty(deed, frame_id, slot, filler_id)
            return frame_id

        self.do(_("Empty {slot}").format(slot=slot), write, frame_id)

    def swap(self) -> None:
        """Exchange what fills the first slot and the last that takes the same labels."""
        slots, frame_id = self.slots(), self._session.frame
        alike = [slot for slot in slots[1:] if slot.labels == slots[0].labels]
        if not alike:
            self._session.told.emit(_("There is nothing to swap."))
            return
        one, other = slots[0].name, alike[-1].name

        def write(deed: Deed) -> str:
            frames.swap(deed, frame_id, one, other)
            return frame_id

        self.do(_("Swap {one} and {other}").format(one=one, other=other), write, frame_id)

    def click(self, offset: int, *, adds: bool) -> bool:
        """Let a click on a word fill the slot while the frame is selected; False when it is for more.

        A click on the frame's own content stays a click, unless a slot was armed by hand.
        """
        session, view = self._session, self._view
        if not session.frame or session.selected != session.frame or session.is_read_only:
            return False
        more = next((slot for slot in self.slots() if slot.many), None)
        slot = more if adds and more and not self.armed else self.armed_slot()
        token = units.token_at(view.text, offset)
        if slot is None or token is None or not view.text[token[0]].isalnum():
            return False
        own = view.scene.index.of(session.frame)
        if not self.armed and any(span.start <= offset < span.end for span in own):
            return False
        self.fill_with_words(session.frame, slot, token, adds=adds)
        return True

    def standing(self, words: Range) -> list[Annotation]:
        """Return the annotations over some words."""
        spans = self._view.scene.index.between(*words)
        ids = dict.fromkeys(span.annotation for span in spans)
        return [each for each in map(self._session.annotation, ids) if each is not None]

    def standing_at(self, places: Iterable[Range]) -> Standing:
        """Return the annotations over several stretches of words."""
        found = (each for place in places for each in self.standing(place))
        return Standing({each.id: each for each in found}.values())

    def _stands_here(self, label: Label) -> bool:
        """Select the frame of this label at the caret, accepting a suggested one; False without one."""
        view = self._view
        start, end = view.selection
        here = [span for span in view.scene.index.at(start) if span.label == label.id]
        if start < end or not here:
            return False
        if here[0].state == AnnotationState.SUGGESTED:
            deeds.settle(self._session, [here[0].annotation], AnnotationState.ACCEPTED)
        view.select_quietly(here[0].annotation)
        return True

    def _proposal(self, label: Label) -> Proposal | None:
        """Return the quote that the letter means; None for labels that the rules know nothing of."""
        if assist.quote_label(self._session.scheme) != label:
            return None
        text, lexicon = self._view.text, self._session.lexicon()
        start, end = self._view.selection
        found = quotes.find_at(text, start, end, lexicon)
        if start < end:
            is_meant = found and abs(found.start - start) + abs(found.end - end) <= _EDGE
            return found if is_meant else quotes.content_of(text, start, end, lexicon)
        return found or self._sentence(start)

    def _sentence(self, offset: int) -> Proposal | None:
        """Return the sentence around a place as reported speech: nothing better was found."""
        text = self._view.text
        start, end = units.sentence_at(text, offset)
        while end > start and text[end - 1] in ".!?…":
            end -= 1
        return Proposal(((start, end),), "indirect", "hand", 1.0, "") if start < end else None

    def _is_free(self, proposal: Proposal) -> bool:
        scene = self._view.scene
        near = scene.index.between(*proposal.fragments[0])
        return not any(scene.label(span.label).slots for span in near)

    def _whole(self, slot: Slot, words: Range) -> Range:
        """Return all of the name or the verb group that a word belongs to."""
        find = quotes.cue_at if slot.name == "cue" else quotes.mention_at
        return find(self._view.text, *words, self._session.lexicon()) or words

    def _fill(self, frame_id: str, slot: Slot, filler_id: str, *, adds: bool) -> None:
        def write(deed: Deed) -> str:
            frames.fill(deed, frame_id, slot, filler_id, adds=adds)
            return filler_id

        self.do(_("Fill {slot}").format(slot=slot.name), write, frame_id)

    def _nearest_frame(self, slot: Slot) -> str:
        """Return the frame that a slot's letter is for when none is at work; "" when none is near."""
        scene, caret = self._view.scene, self._view.caret
        labels = {each.id for each in self._session.scheme.labels if slot in each.slots}
        near = [
            span
            for span in scene.index.between(max(0, caret - REACH), caret + REACH)
            if span.label in labels
        ]
        nearest = min(
            near, key=lambda span: max(span.start - caret, caret - span.end, 0), default=None
        )
        return nearest.annotation if nearest else ""
