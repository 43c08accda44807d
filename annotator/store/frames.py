"""Frames: deeds on an annotation together with what fills its slots, such as a quote and its source."""

from collections.abc import Iterable, Sequence

from annotator.core.errors import UserError
from annotator.core.model import BY_PEOPLE, AnnotationState, Article
from annotator.core.scheme import Label, Slot
from annotator.language import _
from annotator.store import annotations, rows
from annotator.store.annotations import Range
from annotator.store.deed import Deed
from annotator.store.rows import Image

MADE = "slot"
"""The origin of an annotation that was made only to fill a slot: it goes when it fills none."""


def fill(deed: Deed, frame_id: str, slot: Slot, filler_id: str, *, adds: bool = False) -> None:
    """Let an annotation fill a slot of a frame.

    It takes the place of what filled the slot, unless `adds` asks for another one and the slot takes
    several. An annotation that fills another slot of the frame moves. A suggested frame is accepted
    as changed. Raises UserError when the annotation cannot be part of this frame.
    """
    if frame_id == filler_id:
        raise UserError(_("A quote cannot be its own {slot}.").format(slot=slot.name))
    for link in _links_from(deed, frame_id):
        if link["to_id"] == filler_id and link["type"] != slot.name:
            deed.delete("link", link["id"])
        elif link["type"] == slot.name and link["to_id"] != filler_id and not (adds and slot.many):
            _let_go(deed, link)
    annotations.link(deed, slot.name, frame_id, filler_id)
    _accept_as_changed(deed, frame_id)
    if deed.read("annotation", filler_id)["state"] != AnnotationState.ACCEPTED:
        annotations.set_state(deed, filler_id, AnnotationState.ACCEPTED)


def fill_with(
    deed: Deed,
    article: Article,
    frame_id: str,
    slot: Slot,
    label: Label,
    ranges: Sequence[Range],
    *,
    adds: bool = False,
) -> str:
    """Label these ranges and let them fill a slot of a frame; return the id of what fills it."""
    filler_id = annotations.add(deed, article, label.id, ranges, origin=MADE)
    fill(deed, frame_id, slot, filler_id, adds=adds)
    return filler_id


def empty(deed: Deed, frame_id: str, slot_name: str, filler_id: str) -> None:
    """Take an annotation out of a slot; it goes with it if it was made for that alone."""
    for link in _links_from(deed, frame_id):
        if link["type"] == slot_name and link["to_id"] == filler_id:
            _let_go(deed, link)
            _accept_as_changed(deed, frame_id)


def swap(deed: Deed, frame_id: str, one: str, other: str) -> None:
    """Exchange what fills two slots of a frame."""
    exchanged = {one: other, other: one}
    for link in _links_from(deed, frame_id):
        if link["type"] in exchanged:
            deed.delete("link", link["id"])
            annotations.link(deed, exchanged[link["type"]], frame_id, link["to_id"])
    _accept_as_changed(deed, frame_id)


def accept(deed: Deed, annotation_ids: Iterable[str]) -> None:
    """Stand behind suggestions, each with those of its parts that are only suggested."""
    for annotation_id in annotation_ids:
        for each in (annotation_id, *annotations.suggested_parts(deed, annotation_id)):
            if deed.read("annotation", each)["state"] == AnnotationState.SUGGESTED:
                annotations.set_state(deed, each, AnnotationState.ACCEPTED)


def reject(deed: Deed, annotation_ids: Iterable[str]) -> None:
    """Turn suggestions down, each with those of its parts that no other frame needs.

    A part that something else suggests as well waits for a decision of its own.
    """
    for annotation_id in annotation_ids:
        parts = annotations.suggested_parts(deed, annotation_id)
        origin = deed.read("annotation", annotation_id)["origin"]
        annotations.set_state(deed, annotation_id, AnnotationState.REJECTED)
        for part in parts:
            if not _is_needed(deed, part) and deed.read("annotation", part)["origin"] == origin:
                annotations.set_state(deed, part, AnnotationState.REJECTED)


def remove(deed: Deed, annotation_id: str) -> None:
    """Take an annotation away; of a frame also what was made or suggested for it alone."""
    links = _links_from(deed, annotation_id)
    annotations.remove(deed, annotation_id)
    for link in links:
        _drop_if_idle(deed, link["to_id"])


def _let_go(deed: Deed, link: Image) -> None:
    deed.delete("link", link["id"])
    _drop_if_idle(deed, link["to_id"])


def _drop_if_idle(deed: Deed, annotation_id: str) -> None:
    """Take away what was made or suggested to fill slots and fills none any more.

    What carries a note or refers to an entity has a worth of its own and stays.
    """
    image = rows.read(deed.conn, "annotation", annotation_id)
    if image is None or _is_needed(deed, annotation_id) or image["note"] or image["entity_id"]:
        return
    if image["origin"] == MADE or image["origin"] not in BY_PEOPLE:
        annotations.remove(deed, annotation_id)


def _accept_as_changed(deed: Deed, frame_id: str) -> None:
    """Note that a suggested frame was corrected: whoever does that stands behind all of it."""
    image = deed.read("annotation", frame_id)
    if image["origin"] in BY_PEOPLE:
        return
    deed.update("annotation", frame_id, {"settled": "changed"})
    accept(deed, [frame_id])


def _links_from(deed: Deed, annotation_id: str) -> list[Image]:
    return list(rows.read_where(deed.conn, "link", "from_id", annotation_id))


def _is_needed(deed: Deed, annotation_id: str) -> bool:
    """Tell whether an annotation fills a slot of a frame that was not rejected, or leads to another."""
    found = deed.conn.execute(
        """
        select 1 from link join annotation on annotation.id = from_id
        where to_id = ? and state <> 'rejected'
        union all
        select 1 from link where from_id = ?
        limit 1
        """,
        [annotation_id, annotation_id],
    ).fetchone()
    return found is not None
