"""IOB2 columns: a token, a TAB, a tag; a blank line between sentences; one file per group of labels."""

import json
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TextIO

from annotator.core import sentences, tokens
from annotator.core.corpus import Corpus, LabelledArticle, Span, by_annotation
from annotator.core.formats import BY_DEFAULT, Format, Kind, Loss, Outcome, Writer, Writing
from annotator.core.model import Article, Problem
from annotator.core.scheme import Scheme, slug
from annotator.core.tokens import Range
from annotator.language import _

_METADATA = ("title", "author", "published", "source", "url", "language")
_NOT_IN_A_TAG = re.compile(r"[\s\x00-\x1f]+")
_BLANK = re.compile(r"\s")


class _Placed(NamedTuple):
    """An annotation as tokens: `first` and `last` index them; `depth` is the file of its group."""

    span: Span
    first: int
    last: int
    depth: int


@dataclass(slots=True)
class _Sheet:
    """An article cut up: its tokens, the annotations on them, and what could not be placed."""

    article: Article
    tokens: list[Range]
    placed: dict[tuple[str, int], list[_Placed]] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)


class Iob2Writer(Writer):
    """Writes `entities.iob2` for the group “entities”, `entities.2.iob2` for what lies inside or
    across the annotations of the first, and so on: each file has every article and every token.

    An article begins with `# newdoc id = …` and its metadata as `# name = JSON`; a comment has no
    TAB, a token always has one. Fragments go out as one piece only if there is one.
    """

    walks = 3
    settings: Mapping[str, str] = MappingProxyType({"tokenizer": tokens.TOKENISER})

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        self._labels = {label.id: label for label in corpus.scheme.labels}
        self._tags = tags(corpus.scheme)
        self._layers: dict[tuple[str, int], str] = {}

    def losses(self) -> Iterator[Loss]:
        """Yield what columns cannot hold."""
        for labelled in self.corpus:
            yield from self._sheet(labelled).losses

    def write(self, target: Path) -> Iterator[Loss]:
        """Write every layer at once, one article after another."""
        layers = {layer for labelled in self.corpus for layer in self._sheet(labelled).placed}
        self._layers = _names(layers or {("entities", 1)})
        with ExitStack() as stack:
            files = {
                layer: stack.enter_context(
                    (target / name).open("w", encoding="utf-8", newline="\n")
                )
                for layer, name in self._layers.items()
            }
            for labelled in self.corpus:
                sheet = self._sheet(labelled)
                _write_sheet(sheet, files, self._tags)
                yield from sheet.losses

    def differences(self, target: Path) -> Iterator[Problem]:
        """Read the columns again and compare each token and each annotation with the corpus."""
        with ExitStack() as stack:
            readers = {
                layer: read_columns(stack.enter_context((target / name).open(encoding="utf-8")))
                for layer, name in self._layers.items()
            }
            for labelled in self.corpus:
                sheet = self._sheet(labelled)
                words = _words(sheet)
                for layer, reader in readers.items():
                    yield from self._compare(sheet, words, layer, next(reader, None))
                self.held["metadata"] += len(_metadata(labelled.article))
            for layer, reader in readers.items():
                if next(reader, None) is not None:
                    yield Problem(self._layers[layer], _("There are more articles than expected."))

    def _compare(
        self, sheet: _Sheet, words: list[str], layer: tuple[str, int], found: "Columns | None"
    ) -> Iterator[Problem]:
        name = self._layers[layer]
        expected = [
            (placed.first, placed.last, self._tags[placed.span.label])
            for placed in sheet.placed.get(layer, ())
        ]
        if found is None or found.id != sheet.article.id or found.words != words:
            yield Problem(f"{name}: {sheet.article.id}", _("The tokens came back changed."))
        elif found.spans != sorted(expected):
            yield Problem(f"{name}: {sheet.article.id}", _("The annotations came back changed."))
        elif found.metadata != _metadata(sheet.article):
            yield Problem(f"{name}: {sheet.article.id}", _("The metadata came back changed."))
        self.held["annotation"] += len(found.spans) if found else 0

    def _sheet(self, labelled: LabelledArticle) -> _Sheet:
        article = labelled.article
        sheet = _Sheet(article, tokens.tokens(article.text))
        starts = [start for start, _end in sheet.tokens]
        taken: dict[tuple[str, int], list[Range]] = {}
        for fragments in by_annotation(labelled.spans):
            self._note_parts(sheet, fragments[0], fragments[-1].end)
            if len(fragments) > 1:
                self._lose(sheet, fragments[0], "left out", _("It is in several fragments."))
            else:
                self._place(sheet, fragments[0], starts, taken)
        for link in labelled.links:
            source = next(span for span in labelled.spans if span.annotation == link.from_id)
            self._lose(sheet, source, "left out", _("Columns hold no links."), "link", link.id)
        return sheet

    def _place(
        self,
        sheet: _Sheet,
        span: Span,
        starts: list[int],
        taken: dict[tuple[str, int], list[Range]],
    ) -> None:
        """Put an annotation on the tokens it touches, in the first file of its group with room."""
        first = bisect_right(starts, span.start) - 1
        if first < 0 or sheet.tokens[first][1] <= span.start:
            first += 1
        last = bisect_left(starts, span.end) - 1
        if first > last:
            self._lose(sheet, span, "left out", _("There is no token in it."))
            return
        low, high = sheet.tokens[first][0], sheet.tokens[last][1]
        if low < span.start or high > span.end:
            self._lose(sheet, span, "changed", _("It was widened to whole tokens."))
        if low > span.start or high < span.end:
            self._lose(sheet, span, "changed", _("Blanks at its edges were trimmed."))
        if self._tags[span.label] != self._labels[span.label].name:
            self._lose(sheet, span, "changed", _("Its label is spelled otherwise in the tags."))
        if any(
            _BLANK.search(sheet.article.text, *token) for token in sheet.tokens[first : last + 1]
        ):
            self._lose(sheet, span, "changed", _("Blanks inside its numbers were dropped."))
        group, depth = self._labels[span.label].group, 1
        while not _has_room(taken.setdefault((group, depth), []), first, last):
            depth += 1
        taken[group, depth].append((first, last))
        sheet.placed.setdefault((group, depth), []).append(_Placed(span, first, last, depth))

    def _note_parts(self, sheet: _Sheet, span: Span, end: int) -> None:
        whole = span._replace(end=end)
        if span.attributes != "{}":
            for name in json.loads(span.attributes):
                reason = _("Columns hold no attributes.")
                self._lose(
                    sheet, whole, "left out", reason, "attribute", f"{span.annotation} {name}"
                )
        if span.note:
            self._lose(sheet, whole, "left out", _("Columns hold no notes."), "note")
        if span.entity is not None:
            reason = _("Columns hold no references to entities.")
            self._lose(sheet, whole, "left out", reason, "entity")

    def _lose(
        self,
        sheet: _Sheet,
        span: Span,
        outcome: Outcome,
        reason: str,
        kind: Kind = "annotation",
        thing: str = "",
    ) -> None:
        sheet.losses.append(
            Loss(
                kind,
                outcome,
                reason,
                self._labels[span.label].name,
                sheet.article.id,
                span.start,
                span.end,
                span.surface,
                thing or span.annotation,
            )
        )


class Columns(NamedTuple):
    """One article of one file: `spans` are first and last token and the tag's label."""

    id: str
    metadata: Mapping[str, object]
    words: list[str]
    spans: list[tuple[int, int, str]]


def read_columns(lines: TextIO) -> Iterator[Columns]:
    """Yield the articles of a file as `Iob2Writer` writes it."""
    current: Columns | None = None
    for raw in lines:
        line = raw.removesuffix("\n")
        if "\t" in line and current:
            word, tag = line.split("\t")
            _take(current, word, tag)
        elif line.startswith("# newdoc id = "):
            if current:
                yield current
            current = Columns(json.loads(line.partition(" = ")[2]), {}, [], [])
        elif line.startswith("# ") and current:
            name, _equals, value = line[2:].partition(" = ")
            current = current._replace(
                metadata={**current.metadata, json.loads(name): json.loads(value)}
            )
    if current:
        yield current


def _take(columns: Columns, word: str, tag: str) -> None:
    at = len(columns.words)
    columns.words.append(word)
    if tag.startswith("B-"):
        columns.spans.append((at, at, tag[2:]))
    elif tag.startswith("I-") and columns.spans and columns.spans[-1][1:] == (at - 1, tag[2:]):
        columns.spans[-1] = (columns.spans[-1][0], at, tag[2:])


def tags(scheme: Scheme) -> Mapping[str, str]:
    """Return for each label id a name that may stand in a tag: no blanks, none twice."""
    found: dict[str, str] = {}
    for label in scheme.labels:
        name = _NOT_IN_A_TAG.sub("_", label.name.strip()) or label.id
        clashes = Counter(found.values())[name]
        found[label.id] = f"{name}_{slug(label.id)}" if clashes else name
    return found


def _has_room(taken: list[Range], first: int, last: int) -> bool:
    """Tell whether a layer is free there; annotations come in text order, so the last one decides."""
    return not taken or taken[-1][1] < first


def _names(layers: set[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Return a file name for each layer; groups of the same spelling are told apart by a number."""
    stems: dict[str, str] = {}
    for group, _depth in sorted(layers):
        stem = slug(group)
        if group not in stems:
            same = sum(stem == known.partition("~")[0] for known in stems.values())
            stems[group] = f"{stem}~{same + 1}" if same else stem
    return {
        (group, depth): f"{stems[group]}.{depth}.iob2" if depth > 1 else f"{stems[group]}.iob2"
        for group, depth in sorted(layers)
    }


def _write_sheet(
    sheet: _Sheet, files: Mapping[tuple[str, int], TextIO], names: Mapping[str, str]
) -> None:
    words = _words(sheet)
    breaks = _breaks(sheet)
    head = [f"# newdoc id = {_json(sheet.article.id)}"]
    head += [
        f"# {_json(name)} = {_json(value)}" for name, value in _metadata(sheet.article).items()
    ]
    for layer, file in files.items():
        column = _tag_column(sheet.placed.get(layer, []), len(words), names)
        lines = list(head)
        for n, (word, tag) in enumerate(zip(words, column, strict=True)):
            # A break inside an annotation would make two of it.
            if n in breaks and not tag.startswith("I-"):
                lines.append("")
            lines.append(f"{word}\t{tag}")
        file.write("\n".join(lines))
        file.write("\n\n")


def _tag_column(placed: list[_Placed], count: int, names: Mapping[str, str]) -> list[str]:
    column = ["O"] * count
    for each in placed:
        name = names[each.span.label]
        column[each.first : each.last + 1] = [f"I-{name}"] * (each.last - each.first + 1)
        column[each.first] = f"B-{name}"
    return column


def _breaks(sheet: _Sheet) -> set[int]:
    """Return the tokens that begin a sentence, save the first."""
    starts = [start for start, _end in sheet.tokens]
    found = sentences.sentences(sheet.article.text)
    return {bisect_left(starts, start) for start, _end in found} - {0}


def _words(sheet: _Sheet) -> list[str]:
    text = sheet.article.text
    return [_column(text[start:end]) for start, end in sheet.tokens]


def _column(token: str) -> str:
    """Return a token as it stands in a column: the blanks inside a number are dropped."""
    return token if token.isalpha() else _BLANK.sub("", token)


def _metadata(article: Article) -> dict[str, object]:
    known = {name: getattr(article, name) for name in _METADATA}
    return {**{name: value for name, value in known.items() if value}, **article.meta}


def _json(value: object) -> str:
    # ASCII only: no line end or TAB of any kind can then stand in a comment.
    return json.dumps(value)


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "iob2",
            _("IOB2 columns"),
            _(
                "A token and a tag a line, one file per group of labels, overlaps in further files. "
                "Holds no fragments, attributes, notes, links, entities, annotators or dates."
            ),
            (".iob2",),
            writer=Iob2Writer,
            on_tokens=True,
            holds={"overlaps": _("further files"), "metadata": _("comments before an article")},
        ),
    )
