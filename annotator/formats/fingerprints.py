"""What an article comes to, as a few numbers: taken as it goes out, and again as it is read."""

import json
from array import array
from collections.abc import Hashable, Iterator, Mapping
from operator import itemgetter

from annotator.core.corpus import LabelledArticle, Span, by_annotation
from annotator.core.metadata import metadata
from annotator.core.model import Problem
from annotator.language import _

_PARTS = 5


class Fingerprints:
    """Those of the articles of one export, in their order: 40 bytes each, whatever was in them.

    `names` gives for each label id the name in the file. `tags` is whatever else must come back.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._kept = array("q")
        self._at = 0

    def keep(self, labelled: LabelledArticle, tags: Hashable = ()) -> None:
        """Take those of an article that goes out."""
        self._kept.extend(_fingerprint(labelled, self._names, tags))

    def differences(self, back: LabelledArticle, tags: Hashable, place: str) -> Iterator[Problem]:
        """Yield what is not the same in the next article, as it was read."""
        start, self._at = self._at, self._at + _PARTS
        kept = self._kept[start : self._at]
        if not kept:
            yield Problem(place, _("There are more articles than expected."))
            return
        found = array("q", _fingerprint(back, {}, tags))
        if found != kept:
            parts = zip(kept, found, _sentences(), strict=True)
            yield from (Problem(place, told) for ours, theirs, told in parts if ours != theirs)

    def missing(self, place: str) -> Iterator[Problem]:
        """Yield that articles did not come back, once all that were read have been looked at."""
        if self._at < len(self._kept):
            yield Problem(place, _("The article did not come back."))


def _fingerprint(
    labelled: LabelledArticle, names: Mapping[str, str], tags: Hashable
) -> tuple[int, ...]:
    article = labelled.article
    spans = [_annotation(group, names) for group in by_annotation(labelled.spans)]
    spans.sort(key=itemgetter(0))
    links = sorted(
        (k.from_id, k.type, k.to_id, k.id, k.annotator, k.created) for k in labelled.links
    )
    known = json.dumps(metadata(article), sort_keys=True)
    return (
        hash(article.text),
        hash(tuple(spans)),
        hash(tuple(links)),
        hash((article.id, article.state, known)),
        hash(tags),
    )


def _annotation(group: list[Span], names: Mapping[str, str]) -> tuple[Hashable, ...]:
    """Return all that is known of an annotation, its id first."""
    first = group[0]
    attributes = _canonical(first.attributes) if first.attributes != "{}" else "{}"
    ranges = tuple((span.start, span.end) for span in group)
    return first.annotation, names.get(first.label, first.label), ranges, attributes, first[7:]


def _sentences() -> tuple[str, ...]:
    return (
        _("The text came back changed."),
        _("The annotations came back changed."),
        _("The links came back changed."),
        _("The metadata came back changed."),
        _("The tokens or their tags came back changed."),
    )


def _canonical(attributes: str) -> str:
    return json.dumps(json.loads(attributes), sort_keys=True)
