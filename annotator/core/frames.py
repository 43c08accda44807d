"""The frames of an article: annotations whose label has slots, each with what fills them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.core.ledger import SOURCE
from annotator.core.model import Annotation, AnnotationState, Link
from annotator.core.quotes import MARKS
from annotator.core.ranges import Range
from annotator.core.scheme import Label, Scheme, Slot

_TYPE, _DIRECT = "type", "direct"
_MARKS = frozenset(MARKS)
_BEGINNINGS = _MARKS | frozenset("`—–―")
"""Signs with which words begin that are given as they were said, where no attribute tells."""


@dataclass(frozen=True, slots=True)
class Filler:
    """An annotation that fills a slot, and the link by which it does."""

    link: Link
    annotation: Annotation


@dataclass(frozen=True, slots=True)
class Frame:
    """An accepted annotation with slots. `fillers` are by slot name, in the order of their links."""

    annotation: Annotation
    label: Label
    fillers: Mapping[str, Sequence[Filler]]

    @property
    def ranges(self) -> list[Range]:
        """Where its content stands."""
        return [(each.start, each.end) for each in self.annotation.fragments]

    @property
    def is_quote(self) -> bool:
        """Whether somebody may be said to say it."""
        return self.slot(SOURCE) is not None

    @property
    def is_direct(self) -> bool:
        """Whether the words are given as they were said: so says its type, or else its first sign."""
        said = self.annotation.attributes.get(_TYPE)
        if isinstance(said, str) and said:
            return said == _DIRECT
        return self.annotation.fragments[0].surface[:1] in _BEGINNINGS

    @property
    def is_marked(self) -> bool:
        """Whether any of it stands between marks."""
        return not all(_MARKS.isdisjoint(each.surface) for each in self.annotation.fragments)

    def slot(self, name: str) -> Slot | None:
        """Return the slot of this name, None when the label has none."""
        return next((slot for slot in self.label.slots if slot.name == name), None)

    def filled(self, name: str) -> list[Annotation]:
        """Return what fills a slot."""
        return [each.annotation for each in self.fillers.get(name, ())]


def frames_of(
    annotations: Iterable[Annotation], links: Iterable[Link], scheme: Scheme
) -> list[Frame]:
    """Return the accepted frames of an article, in the order of the annotations.

    What was rejected fills no slot; what is only suggested does.
    """
    by_id = {each.id: each for each in annotations if each.state is not AnnotationState.REJECTED}
    fillers: dict[str, dict[str, list[Filler]]] = defaultdict(lambda: defaultdict(list))
    for link in links:
        if link.from_id in by_id and link.to_id in by_id:
            fillers[link.from_id][link.type].append(Filler(link, by_id[link.to_id]))
    found = []
    for each in by_id.values():
        label = scheme.label(each.label)
        if label.slots and each.state is AnnotationState.ACCEPTED:
            names = {slot.name for slot in label.slots}
            of_slots = fillers[each.id].items()
            found.append(Frame(each, label, {n: parts for n, parts in of_slots if n in names}))
    return found
