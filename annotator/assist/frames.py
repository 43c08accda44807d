"""A proposed quote as a frame of the project's scheme: which label, which parts, which stand already."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from annotator.core.model import Annotation, AnnotationState
from annotator.core.scheme import Label, Scheme, Slot
from annotator.suggest.proposal import Proposal, Range

QUOTE = "quote"
"""The name of the label whose frames the rules for quotes build."""

_SAME = 0.5
"""Share of two contents (Jaccard) from which they are one quote."""

_DETERMINER = 4
"""Code points that may stand before a name within a source: "Mme ", "le "."""


@dataclass(frozen=True, slots=True)
class Part:
    """What fills a slot: an annotation that stands already (`id`), or a label for a range."""

    slot: Slot
    label: str
    range: Range
    id: str = ""


class Standing:
    """The annotations of an article, found by where they stand, however many there are."""

    def __init__(self, annotations: Iterable[Annotation]) -> None:
        self._all = sorted(annotations, key=lambda each: each.start)
        self._starts = [each.start for each in self._all]
        self._reach = list(accumulate((each.end for each in self._all), max))

    def over(self, start: int, end: int) -> list[Annotation]:
        """Return those that share code points with `[start, end)`, in text order."""
        last = bisect_left(self._starts, end)
        first = last
        while first and self._reach[first - 1] > start:
            first -= 1
        return [each for each in self._all[first:last] if each.end > start]


def quote_label(scheme: Scheme) -> Label | None:
    """Return the label for quotes, None where the scheme has none in use."""
    label = scheme.by_name(QUOTE)
    return label if label and label.slots and not label.retired else None


Fillings = Sequence[tuple[Slot, Label | None]]
"""The slots of a label, each with the label that its new fillers get."""


def fillings(label: Label, scheme: Scheme) -> Fillings:
    """Return the slots of a label with what fills them."""
    return [(slot, filling_label(slot, scheme)) for slot in label.slots]


def parts(text: str, proposal: Proposal, slots: Fillings, standing: Standing) -> list[Part]:
    """Return what fills the slots of a proposed quote.

    An annotation that stands there already is used; for the rest there is a label to make one.
    """
    found = []
    for slot, filling in slots:
        for wanted in _ranges(text, proposal, slot.name):
            known = filler(text, wanted, slot, standing.over(*wanted))
            if known:
                found.append(Part(slot, known.label, (known.start, known.end), known.id))
            elif filling:
                found.append(Part(slot, filling.id, wanted))
    return found


def _ranges(text: str, proposal: Proposal, slot: str) -> Iterator[Range]:
    if slot == "source" and proposal.source:
        yield proposal.source
    elif slot == "cue" and proposal.cue:
        yield proposal.cue[0][0], proposal.cue[-1][1]
    elif slot == "addressee" and proposal.addressee:
        start, end = proposal.addressee
        if " " in text[start:end] or text[start : start + 1].isupper():
            yield start, end


def filler(
    text: str, wanted: Range, slot: Slot, standing: Sequence[Annotation]
) -> Annotation | None:
    """Return the annotation that names who or what these words name, None when there is none.

    Of several the one whose label the slot names first is taken, then the longest. The name of a
    person counts anywhere before the first comma; anything else only where the words begin.
    """
    if not standing:
        return None
    start, end = wanted
    comma = text.find(",", start, end)
    head = end if comma < 0 else comma
    candidates = [
        each
        for each in standing
        if each.state is not AnnotationState.REJECTED
        and (not slot.labels or each.label in slot.labels)
        and each.start < head
        and each.end > start
        and _names(each, start, head, slot)
    ]
    order = {label: number for number, label in enumerate(slot.labels)}
    return min(
        candidates,
        key=lambda each: (order.get(each.label, 0), each.start - each.end),
        default=None,
    )


def _names(annotation: Annotation, start: int, head: int, slot: Slot) -> bool:
    """Tell whether an annotation stands for the whole phrase rather than for something in it."""
    if annotation.start <= start + _DETERMINER:
        return annotation.end <= head + 1 or annotation.start >= start - 1
    is_first = bool(slot.labels) and annotation.label == slot.labels[0]
    return is_first and annotation.end <= head + 1


def filling_label(slot: Slot, scheme: Scheme) -> Label | None:
    """Return the label that a new filler of a slot gets, None when no label in use may fill it.

    It is the one named like the slot, else the one named "source" or "cue", else the first.
    """
    labels = [label for label in scheme.active if not slot.labels or label.id in slot.labels]
    names = (slot.name.casefold(), "source")
    for name in names:
        for label in labels:
            if name in (label.id, label.name.casefold()):
                return label
    return labels[0] if slot.labels and labels else None


def attributes(proposal: Proposal, label: Label) -> dict[str, Any]:
    """Return what a proposal says of the attributes that the label declares."""
    said: Mapping[str, Any] = {
        "type": proposal.type,
        "medium": proposal.medium,
        "negated": proposal.is_negated,
        "hedged": proposal.is_hedged,
        "source kind": proposal.source_kind,
        "speaker": "anonymous" if proposal.source_kind == "anonymous" else "",
    }
    declared = {attribute.name: attribute for attribute in label.attributes}
    return {
        name: value
        for name, value in said.items()
        if value
        and name in declared
        and (declared[name].kind == "flag" or value in declared[name].values)
    }


def is_same(one: Sequence[Range], other: Sequence[Range]) -> bool:
    """Tell whether two contents are the same quote, be it with other boundaries."""
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    if not shared:
        return False
    if one[0][0] == other[0][0] and one[-1][1] == other[-1][1]:
        return True
    total = sum(end - start for start, end in (*one, *other)) - shared
    return shared >= _SAME * total
