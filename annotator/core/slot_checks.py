"""Checks of slots: what fills them may, is not too much, and what exists to fill them does."""

from collections.abc import Iterable, Iterator, Sequence

from annotator.core.findings import Finding, Kind, Remove, Unlink, found
from annotator.core.frames import Frame
from annotator.core.model import Annotation, Article, Link
from annotator.core.scheme import Scheme
from annotator.language import _

ENTITIES = "entities"
"""The group whose labels say something by themselves, be they in a slot or not."""


def wrong_fillers(article: Article, frames: Sequence[Frame], scheme: Scheme) -> Iterator[Finding]:
    """Yield what fills a slot with a label that may not."""
    for frame in frames:
        for slot in frame.label.slots if frame.fillers else ():
            for filler in frame.fillers.get(slot.name, ()):
                if slot.labels and filler.annotation.label not in slot.labels:
                    label = scheme.label(filler.annotation.label)
                    yield found(
                        article,
                        filler.annotation,
                        Kind.FILLER,
                        _("A {label} cannot be the {slot} of a {frame}.").format(
                            label=label.name, slot=slot.name, frame=frame.label.name
                        ),
                        _("Take it out of the slot, or relabel it as {labels}.").format(
                            labels=_either(slot.labels, scheme)
                        ),
                        repair=Unlink(filler.link.id),
                    )


def crowded(article: Article, frames: Sequence[Frame]) -> Iterator[Finding]:
    """Yield frames that have several fillers in a slot that takes one."""
    for frame in frames:
        for slot in frame.label.slots if frame.fillers else ():
            count = len(frame.fillers.get(slot.name, ()))
            if count > 1 and not slot.many:
                yield found(
                    article,
                    frame.annotation,
                    Kind.CROWDED,
                    _("The slot {slot} of this {label} takes one filler and has {n}.").format(
                        slot=slot.name, label=frame.label.name, n=count
                    ),
                    _("Keep one and take the others out of the slot."),
                )


def unused(
    article: Article,
    annotations: Iterable[Annotation],
    links: Iterable[Link],
    scheme: Scheme,
) -> Iterator[Finding]:
    """Yield annotations of a label that exists only to fill slots, where they fill none.

    One with a note or an entity has a worth of its own: whether it goes is not for a repair to say.
    """
    frames_by_part = _labels_of_parts(scheme)
    if not frames_by_part:
        return
    used = {link.to_id for link in links}
    for each in annotations:
        if each.label in frames_by_part and each.id not in used:
            frame = _either(frames_by_part[each.label], scheme)
            yield found(
                article,
                each,
                Kind.UNUSED,
                _("This {label} belongs to no {frame}.").format(
                    label=scheme.label(each.label).name, frame=frame
                ),
                _("Let it fill a slot of its {frame}, or remove it.").format(frame=frame),
                repair=None if each.note or each.entity else Remove(each.id),
            )


def _labels_of_parts(scheme: Scheme) -> dict[str, list[str]]:
    """Return the labels that exist only to fill slots, each with the labels whose slots it may fill."""
    frames: dict[str, list[str]] = {}
    for frame in scheme.labels:
        for filler in dict.fromkeys(each for slot in frame.slots for each in slot.labels):
            label = next((each for each in scheme.labels if each.id == filler), None)
            if label and label.group != ENTITIES and not label.slots:
                frames.setdefault(filler, []).append(frame.id)
    return frames


def _either(label_ids: Iterable[str], scheme: Scheme) -> str:
    known = {label.id: label.name for label in scheme.labels}
    names = [known[each] for each in label_ids if each in known]
    if len(names) < 2:
        return "".join(names)
    return _("{labels} or {label}").format(labels=", ".join(names[:-1]), label=names[-1])
