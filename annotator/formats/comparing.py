"""Whether an article that was read back is the one that was written."""

import json
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from operator import itemgetter
from types import MappingProxyType

from annotator.core.corpus import LabelledArticle, Span, by_annotation
from annotator.core.formats import Part
from annotator.core.metadata import metadata
from annotator.core.model import Problem
from annotator.language import _

_Shape = tuple[str, tuple[tuple[int, int], ...]]
"""The name of a label and the fragments: what an annotation is recognised by."""

_SHAPE = (2, 3, 4, 5)
"""The columns of a span that say which fragment it is and where."""

_DRESS: Mapping[Part, int] = MappingProxyType(
    {"attributes": 6, "notes": 7, "entities": 8, "annotators": 9, "states": 11}
)
"""The columns that say more of it, by the part they are."""


class Comparison:
    """Compares articles as kept (label ids) with articles as read (label names), part by part.

    Identifiers do not matter, nor the order of annotations; what has no place in the format is not
    looked at. `names` gives for each label id the name as the format spells it.
    """

    def __init__(self, names: Mapping[str, str], holds: Container[Part]) -> None:
        self._names = names
        self._holds = holds
        self._columns = itemgetter(*_SHAPE, *(n for part, n in _DRESS.items() if part in holds))

    def differences(self, kept: LabelledArticle, back: LabelledArticle) -> Iterator[Problem]:
        """Yield what is not the same, at most one thing of each kind."""
        place = kept.article.title or kept.article.id
        if kept.article.text != back.article.text:
            yield Problem(place, _("The text came back changed."))
            return
        if not self._same_spans(kept.spans, back.spans):
            yield Problem(place, self._first_difference(kept, back))
        elif kept.links or back.links:
            if self._links(kept, self._names) != self._links(back, {}):
                yield Problem(place, _("The links came back changed."))
        if "metadata" in self._holds:
            yield from self._metadata(place, kept, back)

    def _same_spans(self, kept: list[Span], back: list[Span]) -> bool:
        if len(kept) != len(back):
            return False
        if not kept:
            return True
        # Column by column, as most come back: in the same order and spelled the same.
        ours, theirs = list(zip(*kept, strict=True)), list(zip(*back, strict=True))
        names = self._names
        if [names[label] for label in ours[1]] == list(theirs[1]):
            if self._columns(ours) == self._columns(theirs):
                return True
        return self._counted(kept, names) == self._counted(back, {})

    def _counted(self, spans: list[Span], names: Mapping[str, str]) -> Counter[tuple[object, ...]]:
        return Counter(
            (*_shape(group, names), *self._dress(group[0])) for group in by_annotation(spans)
        )

    def _dress(self, span: Span) -> Iterator[object]:
        if "attributes" in self._holds:
            yield json.dumps(json.loads(span.attributes), sort_keys=True)
        if "notes" in self._holds:
            yield span.note
        if "entities" in self._holds:
            yield span.entity
        if "annotators" in self._holds:
            yield span.annotator
        if "states" in self._holds:
            yield span.state

    def _links(
        self, labelled: LabelledArticle, names: Mapping[str, str]
    ) -> Counter[tuple[str, _Shape, _Shape]]:
        shapes = {
            group[0].annotation: _shape(group, names) for group in by_annotation(labelled.spans)
        }
        return Counter(
            (link.type, shapes[link.from_id], shapes[link.to_id]) for link in labelled.links
        )

    def _first_difference(self, kept: LabelledArticle, back: LabelledArticle) -> str:
        ours, theirs = self._counted(kept.spans, self._names), self._counted(back.spans, {})
        missing, extra = list(ours - theirs), list(theirs - ours)
        told = _("An annotation came back changed: {was} became {now}.")
        return told.format(was=_said(missing), now=_said(extra))

    def _metadata(
        self, place: str, kept: LabelledArticle, back: LabelledArticle
    ) -> Iterator[Problem]:
        ours, theirs = metadata(kept.article), metadata(back.article)
        changed = [name for name, value in ours.items() if theirs.get(name) != value]
        if changed:
            told = _("The metadata “{name}” came back changed.").format(name=changed[0])
            yield Problem(place, told)


def _shape(group: list[Span], names: Mapping[str, str]) -> _Shape:
    label = group[0].label
    return names.get(label, label), tuple((span.start, span.end) for span in group)


def _said(shapes: list[tuple[object, ...]]) -> str:
    return " ".join(str(part) for part in shapes[0]) if shapes else "–"
