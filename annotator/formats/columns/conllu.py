"""Writes CoNLL-U: surface tokens, and in MISC their places, the blanks behind them and the tags."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from annotator.core import tokens
from annotator.core.corpus import Corpus, LabelledArticle
from annotator.core.formats import BY_DEFAULT, Format, Loss, Part, ProvedWriter, Writing
from annotator.core.metadata import metadata
from annotator.core.model import Problem
from annotator.core.scheme import slug
from annotator.formats.columns.column_reader import Account
from annotator.formats.columns.columns import Piece
from annotator.formats.columns.conllu_reader import (
    ID,
    LABELS,
    LAYERS,
    METADATA,
    article_of,
    read_conllu,
)
from annotator.formats.columns.conllu_rows import escaped, line
from annotator.formats.columns.hipe_rows import comments
from annotator.formats.columns.tags import Tagged, encode, tag_names
from annotator.formats.comparing import Comparison
from annotator.formats.holding import loss
from annotator.formats.proved_file import ProvedFile
from annotator.formats.sheet import Cutter, Layer, Sheet, sentence_starts
from annotator.language import _

_HOLDS: tuple[Part, ...] = ("overlaps", "metadata")
_NOT_A_CAPITAL = re.compile(r"[^A-Z]+")
_TAKEN = ("name", "SpaceAfter", "SpacesAfter", "SpacesBefore", "TokenRange")


class ConlluWriter(ProvedWriter):
    """Writes one file. The first group of labels is under the key `name` of MISC, as spaCy looks for it;
    other groups are under their own names, and what lies inside or across under name[2] and so on.

    Labels are capitals there, as spaCy takes no others; comments say what they stand for.
    """

    settings: Mapping[str, str] = MappingProxyType({"tokenizer": tokens.TOKENISER})

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        self._labels = {label.id: label for label in corpus.scheme.labels}
        self._tags = tag_names(corpus.scheme, _spelled)
        self._cutter = Cutter(corpus.scheme, how, holds=_HOLDS)
        self._keys = _keys(self._cutter.groups)
        names = {label.id: label.name for label in corpus.scheme.labels}
        self._comparison = Comparison(names, _HOLDS)

    def losses(self) -> Iterator[Loss]:
        """Yield what the tags cannot hold."""
        for sheet in self._sheets():
            yield from sheet.losses

    def write(self, target: Path) -> Iterator[Loss]:
        """Write each article, and read it again."""
        number = 1
        with ProvedFile[LabelledArticle](target, self._compare) as file:
            for sheet in self._sheets():
                sentences = _sentences(sheet, next(iter(self._keys), ""))
                piece = "\n".join(
                    (*self._head(sheet), *self._body(sheet, sentences, number), "", "")
                )
                file.put(piece, _expected(sheet))
                self.held.update(sheet.held)
                number += len(sentences)
                yield from sheet.losses
        self.digests[target.name] = file.digest
        self.problems = file.problems

    def _compare(self, piece: str, expected: LabelledArticle) -> Iterator[Problem]:
        for back in article_of(Piece(1, piece), Account(expected.article.title)):
            if isinstance(back, Problem):
                yield back
            else:
                yield from self._comparison.differences(expected, back)

    def _sheets(self) -> Iterator[Sheet]:
        for sheet in self._cutter.sheets(self.corpus):
            for span, _first, _last in (each for layer in sheet.layers.values() for each in layer):
                label = self._labels[span.label]
                if self._tags[span.label] != label.name:
                    reason = _("Its label is spelled otherwise in the tags.")
                    sheet.losses.append(loss(sheet.labelled, span, label, "changed", reason))
            yield sheet

    def _head(self, sheet: Sheet) -> list[str]:
        labels = {
            self._tags[placed.span.label]: self._labels[placed.span.label].name
            for layer in sheet.layers.values()
            for placed in layer
        }
        known = {
            ID: sheet.article.id,
            METADATA: metadata(sheet.article),
            LAYERS: list(self._keys.values()),
            LABELS: {tag: name for tag, name in labels.items() if tag != name},
        }
        return comments({name: value for name, value in known.items() if value})

    def _body(self, sheet: Sheet, sentences: Sequence[range], number: int) -> Iterator[str]:
        """Yield the lines of the sentences, the first of which has this number in the file."""
        text = sheet.article.text
        if not sheet.tokens:
            yield line("0.1", "_", [f"SpacesAfter={escaped(text)}"])
            return
        words = [text[start:end] for start, end in sheet.tokens]
        gaps = _gaps(sheet)
        misc = [_blanks(gap) for gap in gaps[1:]]
        if gaps[-1] == " ":
            # Behind the last token nobody would look for it.
            misc[-1].append(f"SpacesAfter={escaped(gaps[-1])}")
        if gaps[0]:
            misc[0].insert(0, f"SpacesBefore={escaped(gaps[0])}")
        for layer in sheet.layers:
            for at, tag in encode(self._tagged(sheet, layer), "iob2"):
                misc[at].append(f"{self._key(layer)}={tag}")
        for sentence in sentences:
            if sentence[0] > 0:
                yield ""
            if sentence[0] == 0 or "\n" in gaps[sentence[0]]:
                yield "# newpar"
            yield f"# sent_id = {number}"
            number += 1
            inner = (words[at] + " " * (gaps[at + 1] != "") for at in sentence)
            yield f"# text = {''.join(inner).removesuffix(' ')}"
            for n, at in enumerate(sentence, start=1):
                start, end = sheet.tokens[at]
                yield line(str(n), words[at], [*misc[at], f"TokenRange={start}:{end}"])

    def _tagged(self, sheet: Sheet, layer: Layer) -> list[Tagged]:
        return [Tagged(at, to, self._tags[span.label]) for span, at, to in sheet.layers[layer]]

    def _key(self, layer: Layer) -> str:
        group, depth = layer
        return self._keys[group] if depth == 1 else f"{self._keys[group]}[{depth}]"


def _sentences(sheet: Sheet, first_group: str) -> list[range]:
    """Return the tokens of each sentence; none ends inside a name, as readers take them one by one."""
    breaks = sentence_starts(sheet)
    for _span, first, last in sheet.layers.get((first_group, 1), ()):
        if last > first:
            breaks.difference_update(range(first + 1, last + 1))
    edges = sorted({0, *(at for at in breaks if at < len(sheet.tokens)), len(sheet.tokens)})
    return [range(first, last) for first, last in pairwise(edges)]


def _gaps(sheet: Sheet) -> list[str]:
    """Return what stands before each token, and behind the last."""
    text = sheet.article.text
    edges = [0, *(edge for token in sheet.tokens for edge in token), len(text)]
    return [text[edges[at] : edges[at + 1]] for at in range(0, len(edges), 2)]


def _blanks(gap: str) -> list[str]:
    """Return what MISC says of what follows a token; nothing when it is a space."""
    if gap in ("", " "):
        return [] if gap else ["SpaceAfter=No"]
    return [f"SpacesAfter={escaped(gap)}"]


def _expected(sheet: Sheet) -> LabelledArticle:
    """Return the article with its annotations on whole tokens, as it must come back."""
    text, cuts = sheet.article.text, sheet.tokens
    spans = []
    for span, first, last in (each for layer in sheet.layers.values() for each in layer):
        start, end = cuts[first][0], cuts[last][1]
        spans.append(span._replace(start=start, end=end, surface=text[start:end]))
    spans.sort(key=lambda span: (span.start, -span.end))
    return sheet.labelled._replace(spans=spans)


def _keys(groups: Sequence[str]) -> dict[str, str]:
    """Return the key of MISC for each group: "name" for entities, or for the first if there are none."""
    first = "entities" if "entities" in groups else next(iter(groups), "")
    keys = {first: "name"} if groups else {}
    for group in groups:
        key = slug(group)
        while key in (*_TAKEN, *keys.values()):
            key += "_"
        keys.setdefault(group, key)
    return keys


def _spelled(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.upper()).encode("ascii", "ignore").decode()
    return _NOT_A_CAPITAL.sub("_", plain).strip("_") if plain.strip("_") else ""


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "conllu",
            _("CoNLL-U"),
            _(
                "Tokens in ten columns, with places, blanks and tags in MISC, so that the text comes "
                "back exactly; spaCy reads the tags. Holds no fragments, attributes, notes, links, "
                "entities, annotators or dates."
            ),
            (".conllu",),
            read=read_conllu,
            writer=ConlluWriter,
            one_file=True,
            holds={
                "overlaps": _("further keys in MISC"),
                "metadata": _("comments before an article"),
            },
            on_tokens=True,
        ),
    )
