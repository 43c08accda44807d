"""Fragments as annotations of their own, each joined to the one before by a link “continues”.

So they go into formats that know no annotation of several fragments, and come back as one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from annotator.core.corpus import LabelledArticle, Span
from annotator.core.formats import Loss
from annotator.core.model import Link
from annotator.core.scheme import Label
from annotator.formats.fragments import Pieces
from annotator.formats.holding import Kept, loss
from annotator.language import _

CONTINUES = "continues"

_INSTEAD = "continues_"
"""What a link of the project's own is called that would be taken for one of ours."""


def unmistaken(kept: Kept, labels: Mapping[str, Label]) -> Kept:
    """Return what is kept with another name for links that a reader would join annotations by."""
    labelled = kept.labelled
    if not any(link.type == CONTINUES for link in labelled.links):
        return kept
    losses = [*kept.losses, *_renamed(labelled, labels)]
    links = [
        replace(link, type=_INSTEAD) if link.type == CONTINUES else link for link in labelled.links
    ]
    return Kept(labelled._replace(links=links), losses)


def parted(labelled: LabelledArticle) -> LabelledArticle:
    """Return an article whose fragments are annotations; only the first has more than a label."""
    if not any(span.n for span in labelled.spans):
        return labelled
    spans: list[Span] = []
    links = list(labelled.links)
    for span in labelled.spans:
        if span.n == 0:
            spans.append(span)
            continue
        before = spans[-1].annotation
        id_ = f"{span.annotation}.{span.n}"
        spans.append(span._replace(annotation=id_, n=0, attributes="{}", note="", entity=None))
        links.append(Link(f"{id_} {CONTINUES}", CONTINUES, before, id_))
    return labelled._replace(spans=spans, links=links)


def rejoined(labelled: LabelledArticle) -> LabelledArticle:
    """Return an article with as one annotation what links “continues” join: of one label, in a row.

    What follows may have no more than a label: else the link stays what it is.
    """
    if not any(link.type == CONTINUES for link in labelled.links):
        return labelled
    pieces = Pieces(labelled.article.text)
    for span in labelled.spans:
        pieces.add(span.annotation, span._replace(annotation=""))
    bare = {span.annotation for span in labelled.spans if _is_bare(span)}
    others: list[Link] = []
    joined: set[str] = set()
    for link in labelled.links:
        can_join = link.type == CONTINUES and link.to_id in bare - joined
        if can_join and pieces.may_join(link.from_id, link.to_id):
            pieces.join(link.from_id, link.to_id)
            joined.add(link.to_id)
        else:
            others.append(link)
    spans, names = pieces.spans()
    links = [replace(link, from_id=names[link.from_id], to_id=names[link.to_id]) for link in others]
    return labelled._replace(
        spans=spans, links=[link for link in links if link.from_id != link.to_id]
    )


def _is_bare(span: Span) -> bool:
    return span.attributes == "{}" and not span.note and span.entity is None


def _renamed(labelled: LabelledArticle, labels: Mapping[str, Label]) -> Iterator[Loss]:
    first = {span.annotation: span for span in labelled.spans if span.n == 0}
    reason = _("In the file, “continues” joins fragments; it goes out as “continues_”.")
    for link in labelled.links:
        if link.type == CONTINUES:
            source = first[link.from_id]
            label = labels[source.label]
            yield loss(labelled, source, label, "changed", reason, kind="link", thing=link.id)
