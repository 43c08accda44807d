"""Writes brat's standoff: for each article a text and its annotations, for all of them the types."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from annotator.core.corpus import Corpus, Found, LabelledArticle, Span, by_annotation
from annotator.core.formats import BY_DEFAULT, Loss, Outcome, Part, Writing
from annotator.core.model import Link
from annotator.core.scheme import Scheme
from annotator.formats.article_writer import Prove, ProvingWriter
from annotator.formats.brat.conf import Inventory
from annotator.formats.brat.lines import BOM, BREAKS, Ranges
from annotator.formats.brat.names import CONF, Spelling
from annotator.formats.brat.reading import REGISTER, joined, read_standoff
from annotator.formats.folder_writer import stem
from annotator.formats.holding import Kept, is_bare, leave_out, loss
from annotator.formats.spans import json_text
from annotator.formats.values import to_text
from annotator.language import _

_BREAK = re.compile(f"[{BREAKS}]")
_NO_BREAKS = re.compile(f"[^{BREAKS}]+")
_BREAK_OR_TAB = re.compile(f"[\t{BREAKS}]")


class BratWriter(ProvingWriter):
    """Writes `00001-title.txt` and `.ann` for each article, then `annotation.conf` and `visual.conf`.

    UTF-8, LF. A span that runs over a line end is parted there, as brat does. A text that begins
    with a byte order mark gets a second one, since many readers take the first away; brat counts
    both.
    """

    holds = frozenset[Part](("overlaps", "fragments", "links", "attributes", "notes", "entities"))
    settings: Mapping[str, str] = MappingProxyType(
        {"brat": "fragments at line ends; names that are no ASCII word stand in annotation.conf"}
    )

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        self._spell = Spelling()
        super().__init__(corpus, how)
        self._inventory = Inventory(corpus.scheme, self._spell)
        self._texts = {
            (label.id, attribute.name)
            for label in corpus.scheme.labels
            for attribute in label.attributes
            if attribute.kind == "text"
        }

    def spelled(self, scheme: Scheme) -> Mapping[str, str]:
        """Return the labels as types of brat."""
        return {label.id: self._spell("label", label.name) for label in scheme.labels}

    def kept(self, labelled: LabelledArticle) -> Kept:
        """Return what brat holds: nothing on several lines, every name one word."""
        kept = super().kept(labelled)
        if not _are_plain(kept.labelled.spans):
            kept = self._dressed(self._on_lines(kept))
        kept = self._linked(kept) if kept.labelled.links else kept
        # The files are named by the title, though they do not hold it.
        return Kept(kept.labelled._replace(article=labelled.article), kept.losses)

    @contextmanager
    def opened(self, target: Path) -> Iterator[Prove]:
        """Write two files for each article; the types come last, when all of them are known."""
        numbers = count(1)

        def prove(labelled: LabelledArticle) -> Iterator[Found]:
            name = f"{next(numbers):05}-{stem(labelled.article)}"
            text, annotations = labelled.article.text, self._annotations(labelled)
            marked = text.startswith(BOM)
            self._put(target, f"{name}.txt", f"{BOM}{text}" if marked else text)
            self._put(target, f"{name}.ann", annotations)
            return read_standoff(text, annotations, f"{name}.ann", marked=marked)

        yield prove
        self._put(target, CONF, self._inventory.annotation_conf())
        self._put(target, "visual.conf", self._inventory.visual_conf())

    def _put(self, target: Path, name: str, text: str) -> None:
        raw = text.encode()
        # Without a buffer nor a path made for it: there are two files for each article.
        with open(f"{target}/{name}", "xb", buffering=0) as file:
            file.write(raw)
        self.digests[name] = hashlib.sha256(raw).hexdigest()

    def _on_lines(self, kept: Kept) -> Kept:
        """Join fragments that brat cannot tell from a span over a line end, and tell of it."""
        labelled = kept.labelled
        text = labelled.article.text
        spans: list[Span] = []
        losses = list(kept.losses)
        nothing: dict[str, str] = {}
        for group in by_annotation(labelled.spans):
            first = group[0]
            ranges = [(span.start, span.end) for span in group]
            pieces = _pieces(text, ranges)
            found = joined(text, pieces) if pieces else ranges
            if not pieces:
                nothing[first.annotation] = _("There is nothing in it but line ends.")
            elif found != ranges:
                reason = _why_joined(found, ranges)
                losses.append(loss(labelled, first, self.labels[first.label], "changed", reason))
            spans += [
                first._replace(n=n, start=start, end=end, surface=text[start:end])
                for n, (start, end) in enumerate(found)
            ]
        changed = Kept(labelled._replace(spans=spans), losses)
        return leave_out(changed, nothing, self.labels) if nothing else changed

    def _dressed(self, kept: Kept) -> Kept:
        """Return notes and attributes as one line can hold them."""
        labelled = kept.labelled
        losses = list(kept.losses)
        spans = []
        for span in labelled.spans:
            # What is said of an annotation stands in each of its fragments, and is told once.
            told = losses if span.n == 0 else []
            attributes = self._attributes(labelled, span, told)
            spans.append(
                span._replace(attributes=attributes, note=self._note(labelled, span, told))
            )
        return Kept(labelled._replace(spans=spans), losses)

    def _note(self, labelled: LabelledArticle, span: Span, losses: list[Loss]) -> str:
        note = _BREAK.sub(" ", span.note)
        if note != span.note:
            label, reason = self.labels[span.label], _("Line ends in its note became blanks.")
            losses.append(loss(labelled, span, label, "changed", reason, kind="note"))
        return note

    def _attributes(self, labelled: LabelledArticle, span: Span, losses: list[Loss]) -> str:
        if span.attributes == "{}":
            return span.attributes
        kept = {}
        for name, value in json.loads(span.attributes).items():
            word = self._spell("attribute", name)
            text = self._value(span, name, value)
            reason = _why_changed(name, word, value, text)
            if reason:
                label, thing = self.labels[span.label], f"{span.annotation} {name}"
                outcome: Outcome = "changed" if text else "left out"
                losses.append(
                    loss(labelled, span, label, outcome, reason, kind="attribute", thing=thing)
                )
            if text:
                kept[word] = text
        return json_text(kept)

    def _value(self, span: Span, name: str, value: Any) -> str | bool:
        """Return a value as one line can hold it, "" when there is nothing to write.

        Those of a choice are words, for brat lists them in its configuration; a text is free.
        """
        if value is True:
            self._inventory.add_attribute(name, span.label)
            return True
        text = _BREAK_OR_TAB.sub(" ", value if isinstance(value, str) else to_text(value))
        if (span.label, name) in self._texts or not text:
            return text
        self._inventory.add_attribute(name, span.label, [text])
        return self._inventory.value(name, text)

    def _linked(self, kept: Kept) -> Kept:
        """Return the types of links as brat can spell them."""
        labelled = kept.labelled
        first = {span.annotation: span for span in labelled.spans if span.n == 0}
        links: list[Link] = []
        losses = list(kept.losses)
        for link in labelled.links:
            source, target = first[link.from_id], first[link.to_id]
            self._inventory.add_link(link.type, [source.label], [target.label])
            word = self._spell("link", link.type)
            if word != link.type:
                label, reason = self.labels[source.label], _("Its type is spelled otherwise.")
                losses.append(
                    loss(labelled, source, label, "changed", reason, kind="link", thing=link.id)
                )
            links.append(link if word == link.type else replace(link, type=word))
        return Kept(labelled._replace(links=links), losses)

    def _annotations(self, labelled: LabelledArticle) -> str:
        names, spans = self.names, labelled.spans
        if _are_plain(spans) and not labelled.article.text.startswith(BOM):
            # As nearly all articles are, and there are many.
            lines = [
                f"T{number}\t{names[span[1]]} {span[3]} {span[4]}\t{span[5]}\n"
                for number, span in enumerate(spans, start=1)
            ]
        else:
            lines = [f"{line}\n" for line in self._lines(labelled)]
        if labelled.links:
            lines += _relations(labelled)
        return "".join(lines)

    def _lines(self, labelled: LabelledArticle) -> Iterator[str]:
        """Yield the lines of the spans, and behind them what is said of each."""
        text = labelled.article.text
        moved = int(text.startswith(BOM))
        said: list[tuple[str, str]] = []
        for number, group in enumerate(by_annotation(labelled.spans), start=1):
            first = group[0]
            pieces = _pieces(text, [(span.start, span.end) for span in group])
            offsets = ";".join(f"{start + moved} {end + moved}" for start, end in pieces)
            surface = " ".join(text[start:end] for start, end in pieces)
            yield f"T{number}\t{self.names[first.label]} {offsets}\t{surface}"
            said += self._said(first, f"T{number}")
        numbers: Counter[str] = Counter()
        for kind, line in said:
            numbers[kind] += 1
            yield f"{kind}{numbers[kind]}\t{line}"

    def _said(self, span: Span, id_: str) -> Iterator[tuple[str, str]]:
        """Yield what is said of a span: attributes, its note, the entity it refers to."""
        if span.attributes != "{}":
            for word, value in json.loads(span.attributes).items():
                yield "A", f"{word} {id_}" if value is True else f"{word} {id_} {value}"
        if span.note:
            yield "#", f"AnnotatorNotes {id_}\t{span.note}"
        if span.entity is not None:
            entity = self.corpus.entities.get(span.entity)
            name = _BREAK_OR_TAB.sub(" ", entity.name if entity else span.surface)
            yield "N", f"Reference {id_} {REGISTER}:{quote(span.entity, safe='')}\t{name}"


def _relations(labelled: LabelledArticle) -> Iterator[str]:
    ids = (span.annotation for span in labelled.spans if span.n == 0)
    numbers = {id_: number for number, id_ in enumerate(ids, start=1)}
    for number, link in enumerate(labelled.links, start=1):
        ends = f"Arg1:T{numbers[link.from_id]} Arg2:T{numbers[link.to_id]}"
        yield f"R{number}\t{link.type} {ends}\n"


def _are_plain(spans: Sequence[Span]) -> bool:
    """Tell whether no annotation is more than a stretch of one line, with a label."""
    return is_bare(spans) and not _BREAK.search("".join(span[5] for span in spans))


def _pieces(text: str, ranges: Ranges) -> Ranges:
    """Return ranges cut where lines end, without the line ends."""
    return [
        match.span() for start, end in ranges for match in _NO_BREAKS.finditer(text, start, end)
    ]


def _why_joined(found: Ranges, ranges: Ranges) -> str:
    if len(found) == len(ranges):
        return _("Line ends at its edges were left out.")
    return _("There is nothing but line ends between its fragments; they became one.")


def _why_changed(name: str, word: str, value: Any, text: str | bool) -> str:
    """Return why an attribute is not in the file as it is, "" when it is."""
    if not text:
        return _("There is nothing in it.")
    if value is not True and not isinstance(value, str):
        return _("Its value is no text; it goes out as JSON.")
    if word != name:
        return _("Its name is spelled otherwise in the file.")
    return "" if text == value else _("Its value is spelled otherwise in the file.")
