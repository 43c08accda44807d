"""Citron's JSON, one file an article: quotes with a cue, sources and contents, and nothing else.

After docs/data_format.md of BBC R&D's Citron, whose parser asks every quote for a cue and takes from
a span its start and end alone; further keys, which it passes over, keep ids and metadata for us.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from annotator.core.corpus import Corpus, Found, LabelledArticle, Span, by_annotation
from annotator.core.formats import BY_DEFAULT, Format, Loss, Part, Writing
from annotator.core.metadata import metadata
from annotator.core.model import Link
from annotator.core.scheme import Label
from annotator.formats.citron.reading import (
    CUE,
    MENTION,
    QUOTE,
    SOURCE,
    read_citron,
    recognises,
)
from annotator.formats.folder_writer import FolderWriter
from annotator.formats.holding import Kept, leave_out, loss
from annotator.language import _

_SLOTS = ("cue", "source", "speaker")
_QUOTES = frozenset(("quote", "quotation", "citation", "discours rapporté", "content", "said"))
_REFERS = ("refers", "coreference", "coreferences")


@dataclass(slots=True)
class _Frame:
    """A quote with what fills its slots: the links to its cue, its sources and what these refer to."""

    quote: str
    cue: Link | None = None
    sources: list[Link] = field(default_factory=list)
    refers: list[Link] = field(default_factory=list)


class CitronWriter(FolderWriter):
    """Writes the quotes that have a cue. A discontinuous cue or source goes out by its first fragment."""

    ending = ".json"
    holds: tuple[Part, ...] = ("overlaps", "fragments", "links", "metadata")

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        roles = {role: role for role in (QUOTE, CUE, SOURCE, MENTION)}
        self.names = {**self.names, **roles}
        self._quotes = {label.id for label in corpus.scheme.labels if is_quote(label)}

    def kept(self, labelled: LabelledArticle) -> Kept:
        """Return the quotes alone, their parts labelled by what they are in them."""
        kept = super().kept(labelled)
        frames = self._frames(kept.labelled)
        roles = _roles(frames)
        kept = leave_out(kept, dict(self._strangers(kept.labelled, roles)), self.labels)
        used = {link.id for frame in frames for link in _links(frame)}
        losses = [*kept.losses, *self._lost_links(kept.labelled, used)]
        losses += self._relabelled(kept.labelled, roles)
        spans = [
            span._replace(label=roles[span.annotation])
            for span in kept.labelled.spans
            if not span.n or roles[span.annotation] == QUOTE
        ]
        links = [_plain(link) for link in kept.labelled.links if link.id in used]
        return Kept(kept.labelled._replace(spans=spans, links=links), losses)

    def _frames(self, labelled: LabelledArticle) -> list[_Frame]:
        """Return the quotes with a cue; an annotation is one thing in them: quote, cue or source."""
        heads = {span.annotation: span for span in labelled.spans if not span.n}
        from_: dict[str, list[Link]] = {}
        for link in labelled.links:
            from_.setdefault(link.from_id, []).append(link)
        frames = []
        roles = {id_: QUOTE for id_, span in heads.items() if span.label in self._quotes}
        for id_ in list(roles):
            frame = _Frame(id_)
            for link in sorted(from_.get(id_, ()), key=lambda link: heads[link.to_id].start):
                if link.type == "cue" and frame.cue is None and _may_be(roles, link, CUE):
                    frame.cue = link
                elif link.type in ("source", "speaker") and _may_be(roles, link, SOURCE):
                    _append(frame.sources, link)
            if frame.cue:
                frames.append(frame)
        for frame in frames:
            for source in frame.sources:
                for link in from_.get(source.to_id, ()):
                    if link.type in _REFERS and _may_be(roles, link, MENTION, SOURCE):
                        _append(frame.refers, link)
        return frames

    def _strangers(
        self, labelled: LabelledArticle, roles: Mapping[str, str]
    ) -> Iterator[tuple[str, str]]:
        for span in labelled.spans:
            if span.n or span.annotation in roles:
                continue
            if span.label in self._quotes:
                yield span.annotation, _("Citron reads no quote without a cue.")
            else:
                yield span.annotation, _("It is no part of a quote, and Citron knows nothing else.")

    def _lost_links(self, labelled: LabelledArticle, used: set[str]) -> Iterator[Loss]:
        heads = {span.annotation: span for span in labelled.spans if not span.n}
        reason = _("Citron knows one cue, sources and what they refer to, and no other link.")
        for link in labelled.links:
            span = heads[link.from_id]
            label = self.labels[span.label]
            if link.id not in used:
                yield loss(labelled, span, label, "left out", reason, kind="link", thing=link.id)
            elif _plain(link).type != link.type:
                told = _("The type of the link is spelled otherwise in the file.")
                yield loss(labelled, span, label, "changed", told, kind="link", thing=link.id)

    def _relabelled(self, labelled: LabelledArticle, roles: Mapping[str, str]) -> Iterator[Loss]:
        for span in labelled.spans:
            label, role = self.labels[span.label], roles[span.annotation]
            if span.n == 0 and label.name != role:
                reason = _("The file holds no labels; it comes back as “{role}”.")
                yield loss(labelled, span, label, "changed", reason.format(role=role))
            elif span.n == 1 and role != QUOTE:
                reason = _("It is in several fragments; the first alone goes out.")
                yield loss(labelled, span, label, "changed", reason)

    def file(self, labelled: LabelledArticle) -> bytes:
        """Return the JSON of an article, as kept."""
        groups = {group[0].annotation: group for group in by_annotation(labelled.spans)}
        from_: dict[str, list[Link]] = {}
        for link in labelled.links:
            from_.setdefault(link.from_id, []).append(link)
        quotes = [
            _quote(group, groups, from_) for group in groups.values() if group[0].label == QUOTE
        ]
        article = labelled.article
        row: dict[str, Any] = {"text": article.text, "quotes": quotes, "id": article.id}
        if known := metadata(article):
            row["meta"] = known
        return orjson.dumps(row, option=orjson.OPT_INDENT_2)

    def read(self, path: Path) -> Iterator[Found]:
        """Read a file."""
        return read_citron(path)


def is_quote(label: Label) -> bool:
    """Tell a label for what was said, by its slots or its name."""
    has_slots = any(slot.name in _SLOTS for slot in label.slots)
    name = label.name.casefold()
    return has_slots or name in _QUOTES or name.endswith((" quotation", " quote"))


def _may_be(roles: dict[str, str], link: Link, role: str, *others: str) -> bool:
    """Tell whether what a link leads to can be this in a quote, and let it be that from now on."""
    return roles.setdefault(link.to_id, role) in (role, *others)


def _append(links: list[Link], link: Link) -> None:
    """Add a link, unless one by another name joins the same two."""
    if (link.from_id, link.to_id) not in {(each.from_id, each.to_id) for each in links}:
        links.append(link)


def _links(frame: _Frame) -> Iterator[Link]:
    if frame.cue:
        yield frame.cue
    yield from frame.sources
    yield from frame.refers


def _roles(frames: list[_Frame]) -> dict[str, str]:
    """Return what each annotation that goes out is."""
    roles: dict[str, str] = {}
    for frame in frames:
        roles[frame.quote] = QUOTE
        if frame.cue:
            roles[frame.cue.to_id] = CUE
        roles.update((link.to_id, SOURCE) for link in frame.sources)
    for frame in frames:
        for link in frame.refers:
            roles.setdefault(link.to_id, MENTION)
    return roles


def _plain(link: Link) -> Link:
    """Return a link by the name that the reader gives to its kind."""
    type_ = {"speaker": "source"}.get(link.type, link.type)
    return Link(
        link.id,
        "refers" if type_ in _REFERS else type_,
        link.from_id,
        link.to_id,
        link.annotator,
        link.created,
    )


def _quote(
    group: list[Span], groups: Mapping[str, list[Span]], from_: Mapping[str, list[Link]]
) -> dict[str, Any]:
    """Return a quote as Citron has it."""
    head = group[0]
    sources = [link.to_id for link in from_.get(head.annotation, ()) if link.type == "source"]
    row: dict[str, Any] = {
        "cue": next(
            _span(groups[link.to_id][0]) for link in from_[head.annotation] if link.type == "cue"
        ),
        "sources": [_span(groups[id_][0]) for id_ in sources],
        "contents": [_span(span) for span in group],
        "id": head.annotation,
    }
    coreferences = [
        _span(groups[link.to_id][0]) | {"of": id_}
        for id_ in sources
        for link in from_.get(id_, ())
        if link.type == "refers"
    ]
    if coreferences:
        row["coreferences"] = coreferences
    if head.score is not None:
        row["confidence"] = head.score
    return row


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.surface, "id": span.annotation}


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "citron",
            _("Citron JSON"),
            _(
                "To train and to measure BBC Citron: quotes that have a cue, with their sources and "
                "what these refer to. Holds no other annotation, nor labels, attributes, entities."
            ),
            (".json",),
            read=read_citron,
            writer=CitronWriter,
            holds={
                "overlaps": _("as they are"),
                "fragments": _("contents of a quote; nothing else has any"),
                "links": _("cue, source and refers of quotes"),
                "metadata": _("a key of our own that Citron passes over"),
            },
            recognises=recognises,
        ),
    )
