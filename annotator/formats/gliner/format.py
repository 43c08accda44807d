"""Writes GLiNER's JSON lines: its own tokens, annotations by their first and last token, relations."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson

from annotator.core.corpus import Corpus, LabelledArticle
from annotator.core.formats import BY_DEFAULT, Format, Loss, Part, ProvedWriter, Writing
from annotator.core.metadata import metadata
from annotator.core.model import Link, Problem
from annotator.core.tokens import Range
from annotator.formats.comparing import Comparison
from annotator.formats.gliner.reader import articles, is_gliner, read_gliner
from annotator.formats.holding import Kept, held, keep, leave_out, loss
from annotator.formats.lines import parse
from annotator.formats.proved_file import ProvedFile
from annotator.formats.sheet import Cutter, Placed, Sheet, sentence_starts
from annotator.language import _

WIDEST = 12
"""Tokens: in training GLiNER passes over what is longer, unless its `max_width` is raised."""

LONGEST = 384
"""Tokens: GLiNER reads no more of a line, unless its `max_len` is raised."""

_HOLDS: tuple[Part, ...] = ("overlaps", "links", "metadata")
_WORD = re.compile(r"\w+(?:[-_]\w+)*|\S")
"""How GLiNER cuts texts itself (its splitter "whitespace"): l’ becomes two tokens."""


def words(text: str) -> list[Range]:
    """Return the tokens of a text as GLiNER cuts it."""
    return [match.span() for match in _WORD.finditer(text)]


class _Piece(NamedTuple):
    """Some sentences of an article, as a range of its tokens; `text` is what they are cut from."""

    tokens: range
    start: int
    text: str


class GlinerWriter(ProvedWriter):
    """Writes a line for every 384 tokens or fewer, cut between sentences and outside of annotations.

    Keys that GLiNER does not look for tell of which article a line is, and where in it.
    """

    settings: Mapping[str, str] = MappingProxyType({"tokenizer": f"GLiNER, {_WORD.pattern}"})

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        self._names = {label.id: label.name for label in corpus.scheme.labels}
        self._labels = {label.id: label for label in corpus.scheme.labels}
        self._cutter = Cutter(corpus.scheme, how, words, nests=True)
        self._comparison = Comparison(self._names, _HOLDS)

    def losses(self) -> Iterator[Loss]:
        """Yield what the lines cannot hold, and what training would pass over."""
        for sheet, _pieces in self._sheets():
            yield from sheet.losses

    def write(self, target: Path) -> Iterator[Loss]:
        """Write each article, and read it again."""
        with ProvedFile[LabelledArticle](target, self._compare) as file:
            for sheet, pieces in self._sheets():
                lines = (orjson.dumps(row).decode() for row in self._rows(sheet, pieces))
                file.put("".join(f"{line}\n" for line in lines), _expected(sheet))
                self.held.update(sheet.held)
                yield from sheet.losses
        self.digests[target.name] = file.digest
        self.problems = file.problems

    def _compare(self, piece: str, expected: LabelledArticle) -> Iterator[Problem]:
        lines = (parse(line.encode(), "") for line in piece.split("\n") if line)
        for back in articles(lines, ""):
            if isinstance(back, LabelledArticle):
                yield from self._comparison.differences(expected, back)
            elif isinstance(back, Problem):
                yield back

    def _sheets(self) -> Iterator[tuple[Sheet, list[_Piece]]]:
        """Yield each article cut up; fragments are annotations of their own there."""
        waiting: list[tuple[LabelledArticle, Kept]] = []

        def feed() -> Iterator[LabelledArticle]:
            for each in self.corpus:
                waiting.append((each, keep(each, self._labels, _HOLDS)))
                yield waiting[-1][1].labelled

        for sheet in self._cutter.sheets(feed()):
            whole = self._whole(*waiting.pop(), sheet)
            pieces = _pieces(whole)
            self._tell(whole, pieces)
            yield whole, pieces

    def _whole(self, labelled: LabelledArticle, kept: Kept, sheet: Sheet) -> Sheet:
        """Return the sheet without annotations of which only some fragments are on it, all losses told."""
        owners = {
            f"{span.annotation}.{span.n}": span.annotation for span in labelled.spans if span.n
        }
        parted = {*owners, *owners.values()}
        given = Kept(labelled, [])
        while torn := {
            owners.get(id_, id_): reason for id_, reason in sheet.left_out.items() if id_ in parted
        }:
            given = leave_out(given, torn, self._labels)
            kept = keep(given.labelled, self._labels, _HOLDS)
            sheet = self._cutter.sheet(kept.labelled)
        sheet.losses = [
            *given.losses,
            *kept.losses,
            *(each._replace(id=owners.get(each.id, each.id)) for each in sheet.losses),
        ]
        sheet.held = held(labelled, sheet.losses)
        return sheet

    def _tell(self, sheet: Sheet, pieces: Sequence[_Piece]) -> None:
        """Add what training passes over, and lose the links from one line to another."""
        starts = [piece.tokens.start for piece in pieces]
        where: dict[str, int] = {}
        for span, first, last in _all(sheet):
            number = bisect_right(starts, first) - 1
            where[span.annotation] = number
            label = self._labels[span.label]
            if last - first >= WIDEST:
                reason = _(
                    "It is longer than {count} tokens: GLiNER learns it only if max_width is raised."
                ).format(count=WIDEST)
                sheet.losses.append(loss(sheet.labelled, span, label, "changed", reason))
            if last - starts[number] >= LONGEST:
                reason = _(
                    "It ends behind the {count} tokens that GLiNER reads of a line: raise max_len."
                ).format(count=LONGEST)
                sheet.losses.append(loss(sheet.labelled, span, label, "changed", reason))
        kept: list[Link] = []
        first_spans = {span.annotation: span for span, _first, _last in _all(sheet)}
        for link in sheet.labelled.links:
            if where[link.from_id] == where[link.to_id]:
                kept.append(link)
                continue
            span = first_spans[link.from_id]
            reason = _("What it joins is in different lines, as the article is too long for one.")
            label = self._labels[span.label]
            lost = loss(sheet.labelled, span, label, "left out", reason, kind="link", thing=link.id)
            sheet.losses.append(lost)
            sheet.held["link"] -= 1
        sheet.labelled = sheet.labelled._replace(links=kept)

    def _rows(self, sheet: Sheet, pieces: Sequence[_Piece]) -> Iterator[dict[str, Any]]:
        """Yield the lines of an article."""
        text, article = sheet.article.text, sheet.article
        ordered = sorted(_all(sheet), key=lambda placed: placed[1:])
        for number, piece in enumerate(pieces):
            here = [placed for placed in ordered if placed.first in piece.tokens]
            index = {placed.span.annotation: at for at, placed in enumerate(here)}
            low = piece.tokens.start
            row: dict[str, Any] = {
                "tokenized_text": [text[slice(*sheet.tokens[at])] for at in piece.tokens],
                "ner": [
                    [first - low, last - low, self._names[span.label]] for span, first, last in here
                ],
                "relations": [
                    [index[link.from_id], index[link.to_id], link.type]
                    for link in sheet.labelled.links
                    if link.from_id in index
                ],
                "article": article.id,
                "start": piece.start,
                "text": piece.text,
            }
            known = metadata(article) if number == 0 else {}
            yield {**row, "meta": known} if known else row


def _all(sheet: Sheet) -> Iterator[Placed]:
    for layer in sheet.layers.values():
        yield from layer


def _pieces(sheet: Sheet) -> list[_Piece]:
    """Cut an article where a sentence begins, else between words, but never inside an annotation."""
    edges = [0, *_edges(sheet), len(sheet.tokens)]
    text = sheet.article.text
    places = [0, *(sheet.tokens[at][0] for at in edges[1:-1]), len(text)]
    return [
        _Piece(range(first, last), start, text[start:end])
        for (first, last), (start, end) in zip(pairwise(edges), pairwise(places), strict=True)
    ]


def _edges(sheet: Sheet) -> Iterator[int]:
    """Yield the tokens before which an article is cut."""
    count, start = len(sheet.tokens), 0
    if count <= LONGEST:
        return
    free = _free(sheet)
    between, starts = sorted(free), sorted(sentence_starts(sheet) & free)
    while count - start > LONGEST:
        behind = bisect_right(between, start)
        edge = (
            _last(starts, start)
            or _last(between, start)
            or (between[behind : behind + 1] or [0])[0]
        )
        if not edge:
            return
        yield edge
        start = edge


def _last(edges: Sequence[int], start: int) -> int:
    """Return the last of the edges that keeps a piece from `start` short enough; 0 if none does."""
    at = bisect_right(edges, start + LONGEST) - 1
    return edges[at] if at >= 0 and edges[at] > start else 0


def _free(sheet: Sheet) -> set[int]:
    """Return the tokens before which one may cut: not within annotations, nor links if they are short."""
    free = set(range(1, len(sheet.tokens)))
    ends = {}
    for span, first, last in _all(sheet):
        ends[span.annotation] = first, last
        free.difference_update(range(first + 1, last + 1))
    for link in sheet.labelled.links:
        (first, last), (_other, end) = sorted((ends[link.from_id], ends[link.to_id]))
        if max(last, end) - first < LONGEST:
            free.difference_update(range(first + 1, max(last, end) + 1))
    return free


def _expected(sheet: Sheet) -> LabelledArticle:
    """Return the article with its annotations on whole tokens, as it must come back."""
    text, cuts = sheet.article.text, sheet.tokens
    spans = []
    for span, first, last in _all(sheet):
        start, end = cuts[first][0], cuts[last][1]
        spans.append(span._replace(start=start, end=end, surface=text[start:end]))
    spans.sort(key=lambda span: (span.start, -span.end))
    return sheet.labelled._replace(spans=spans)


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "gliner",
            _("GLiNER JSONL"),
            _(
                "Training data for GLiNER: a line for each 384 tokens, cut as GLiNER cuts, with "
                "annotations and relations. Says which annotations are too long for it. Each fragment "
                "is an annotation of its own. Holds no attributes, notes, entities, annotators or dates."
            ),
            (".jsonl", ".json"),
            read=read_gliner,
            writer=GlinerWriter,
            one_file=True,
            holds={
                "overlaps": _("as they are"),
                "links": _("relations"),
                "metadata": _("a key of its own, in the first line of an article"),
            },
            recognises=is_gliner,
            on_tokens=True,
        ),
    )
