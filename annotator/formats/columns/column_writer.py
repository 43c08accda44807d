"""Writes columns of tokens: a file for each layer of labels, every article proved as it is written."""

import re
from abc import abstractmethod
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from annotator.core import tokens
from annotator.core.corpus import Corpus
from annotator.core.formats import BY_DEFAULT, Loss, Part, ProvedWriter, Writing
from annotator.core.garbage import without_garbage_collection
from annotator.core.metadata import metadata
from annotator.core.model import Article, Problem
from annotator.core.scheme import slug
from annotator.formats.columns.tags import Tagged, tag_names
from annotator.formats.holding import loss
from annotator.formats.proved_file import ProvedFile
from annotator.formats.sheet import Cutter, Placed, Sheet, sentence_starts
from annotator.language import _

_BLANK = re.compile(r"\s")
_BLANK_IN_A_NUMBER = re.compile(rf"[{tokens.INNER_BLANKS}]\d")

_Key = tuple[str, int]
"""A file: its group, and which of its files it is, from 1."""


class Page(NamedTuple):
    """An article as words: what a file says of it depends on which annotations go there.

    `head` are the lines before its tokens; `endings` is what stands behind each token in its line, if
    none is annotated; `breaks` are the tokens that begin a sentence.
    """

    sheet: Sheet
    words: list[str]
    head: list[str]
    endings: list[str]
    breaks: set[int]

    @property
    def article(self) -> Article:
        """The article, its metadata only if the format holds them."""
        return self.sheet.article

    def joined(self, endings: Sequence[str]) -> str:
        """Return the lines of the article with what stands behind each token."""
        parts = [""] * (2 * len(endings) + 1)
        parts[::2] = [*self.words, "\n"]
        parts[1::2] = endings
        return "\n".join([*self.head, "".join(parts)])


class Written(NamedTuple):
    """What is read back of one article: words, annotations column by column, and what else was said.

    `more` is whatever else the format says token by token.
    """

    words: list[str]
    columns: list[list[Tagged]]
    article: Article | None = None
    more: Sequence[object] = ()


Columns = Sequence[Sequence[Tagged]]
Layers = Sequence[Sequence[Placed]]


class ColumnWriter(ProvedWriter):
    """Writes `entities.ending` for the group “entities”, `entities.2.ending` for what lies inside or
    across the annotations of the first, and so on: each file has every article and every token.

    A subclass says how many columns of tags a file has (`width`) and whether an empty line parts its
    sentences, and writes and reads an article.
    """

    ending = ""
    width = 1
    parts_sentences = True
    holds: Container[Part] = ("overlaps",)
    settings: Mapping[str, str] = MappingProxyType({"tokenizer": tokens.TOKENISER})

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        self.labels = {label.id: label for label in corpus.scheme.labels}
        self.names = tag_names(corpus.scheme)
        self._respelled = {
            label.id for label in corpus.scheme.labels if self.names[label.id] != label.name
        }
        self._cutter = Cutter(corpus.scheme, how, holds=self.holds)
        self._stems = _stems(self._cutter.groups)

    def head(self, article: Article) -> list[str]:
        """Return the lines that stand before the tokens of an article."""
        return []

    @abstractmethod
    def endings(self, sheet: Sheet, words: list[str]) -> list[str]:
        """Return what stands behind each token in its line, and its end, if none is annotated."""

    @abstractmethod
    def piece(self, page: Page, columns: Columns, layers: Layers) -> str:
        """Return what a file says of an article.

        `columns` are its annotations as tags have them, column by column, `layers` as they are.
        """

    @abstractmethod
    def emptied(self, line: str) -> str:
        """Return the line of a token without annotations."""

    @abstractmethod
    def read_piece(self, piece: str) -> Written:
        """Return what a reader finds in a piece."""

    def more(self, page: Page, layers: Layers) -> Sequence[object]:
        """Return what else is to come back of an article."""
        return ()

    def opening(self) -> str:
        """Return what stands once at the head of each file."""
        return ""

    def losses(self) -> Iterator[Loss]:
        """Yield what columns cannot hold."""
        for page in self._pages():
            yield from page.sheet.losses

    def write(self, target: Path) -> Iterator[Loss]:
        """Write every file at once, one article after another."""
        anchor = next(iter(self._stems), "entities"), 1
        used: set[_Key] = set()
        written: list[_Record] = []
        with ExitStack() as stack, without_garbage_collection():
            files = {anchor: self._opened(stack, target, anchor)}
            for page in self._pages():
                keys = {(group, self._number(depth)) for group, depth in page.sheet.layers}
                used |= keys
                for key in sorted(keys - files.keys()):
                    files[key] = self._opened(stack, target, key)
                    files[anchor].prove()
                    self._catch_up(target / files[anchor].name, written, files[key])
                written.append(self._put(page, files, anchor))
                yield from page.sheet.losses
        if used and anchor not in used:
            (target / files.pop(anchor).name).unlink()
        for file in files.values():
            self.digests[file.name] = file.digest
            self.problems += file.problems

    def _opened(self, stack: ExitStack, target: Path, key: _Key) -> "_File":
        file = stack.enter_context(ProvedFile(target / self._name(*key), self._compare))
        file.put(self.opening(), None)
        return file

    def _put(self, page: Page, files: Mapping[_Key, "_File"], anchor: _Key) -> "_Record":
        """Write an article into every file, with the annotations that belong there."""
        article, empty = page.article, b""
        place = article.title or article.id
        for (group, number), file in files.items():
            layers = self._layers(page, group, number)
            columns = [self._tagged(layer) for layer in layers]
            raw = empty if empty and not any(layers) else self.piece(page, columns, layers).encode()
            empty = empty if any(layers) else raw
            more = self.more(page, layers)
            file.put_bytes(raw, _Expected(place, page.words, columns, article, more))
            if (group, number) == anchor:
                unparted = _inside(page.breaks, columns) if self.parts_sentences else ()
                record = _Record(len(raw), len(page.head), frozenset(unparted))
        self.held.update(page.sheet.held)
        return record

    def _catch_up(self, anchor: Path, written: Iterable["_Record"], late: "_File") -> None:
        """Give a file whose first annotation comes late all articles so far, made from those of another."""
        nothing: list[list[Tagged]] = [[] for _column in range(self.width)]
        with anchor.open("rb") as file:
            file.seek(len(self.opening().encode()))
            for number, record in enumerate(written, start=1):
                piece = file.read(record.size).decode()
                place = _("{file}, article {number}").format(file=late.name, number=number)
                words = self.read_piece(piece).words
                late.put(self._emptied(piece, record), _Expected(place, words, nothing))

    def _emptied(self, piece: str, record: "_Record") -> str:
        """Return a piece without annotations, its sentences parted where one reached over their end."""
        lines = piece.split("\n")
        found = lines[: record.head]
        token = 0
        for line in lines[record.head :]:
            if line:
                found += [""] * (token in record.breaks)
                token += 1
            found.append(self.emptied(line) if line else line)
        return "\n".join(found)

    def _layers(self, page: Page, group: str, number: int) -> Layers:
        first = (number - 1) * self.width + 1
        depths = range(first, first + self.width)
        return [page.sheet.layers.get((group, depth), ()) for depth in depths]

    def _tagged(self, layer: Iterable[Placed]) -> list[Tagged]:
        names = self.names
        return [Tagged(first, last, names[span[1]]) for span, first, last in layer]

    def _compare(self, piece: str, expected: "_Expected | None") -> Iterator[Problem]:
        """Read a piece, and yield what is not as it was to be."""
        if expected is None:
            return
        wrong = _difference(expected, self.read_piece(piece))
        if wrong:
            yield Problem(expected.place, wrong)

    def _pages(self) -> Iterator[Page]:
        for sheet in self._cutter.sheets(self.corpus):
            text = sheet.article.text
            words = [text[start:end] for start, end in sheet.tokens]
            mended: set[int] = set()
            if _BLANK_IN_A_NUMBER.search(text):
                mended = {at for at, word in enumerate(words) if _BLANK.search(word)}
                words = [_BLANK.sub("", word) for word in words]
            self.tell(sheet, mended)
            head, endings = self.head(sheet.article), self.endings(sheet, words)
            yield Page(sheet, words, head, endings, sentence_starts(sheet))

    def tell(self, sheet: Sheet, mended: Container[int]) -> None:
        """Add what is changed in the words of an annotation, and in the name of its label.

        `mended` are the tokens that lost a blank.
        """
        if not mended and not self._respelled:
            return
        for placed in (each for layer in sheet.layers.values() for each in layer):
            span, label = placed.span, self.labels[placed.span.label]
            if label.id in self._respelled:
                reason = _("Its label is spelled otherwise in the tags.")
                sheet.losses.append(loss(sheet.labelled, span, label, "changed", reason))
            if any(at in mended for at in range(placed.first, placed.last + 1)):
                reason = _("Blanks inside its numbers were dropped.")
                sheet.losses.append(loss(sheet.labelled, span, label, "changed", reason))

    def _number(self, depth: int) -> int:
        return (depth + self.width - 1) // self.width

    def _name(self, group: str, number: int) -> str:
        stem = self._stems.get(group, "entities")
        return f"{stem}.{number}{self.ending}" if number > 1 else f"{stem}{self.ending}"


class _Expected(NamedTuple):
    """What a piece must be when it is read; `place` says whose it is."""

    place: str
    words: list[str]
    columns: list[list[Tagged]]
    article: Article | None = None
    more: Sequence[object] | None = None


_File = ProvedFile["_Expected | None"]


class _Record(NamedTuple):
    """How many bytes and lines of head an article has in a file, and which sentences are not parted."""

    size: int
    head: int
    breaks: frozenset[int]


def break_sentences(endings: list[str], page: Page, columns: Columns) -> None:
    """Put an empty line before each token that begins a sentence, but for those inside an annotation:
    it would become two.
    """
    for at in page.breaks - _inside(page.breaks, columns):
        if at < len(endings):
            endings[at - 1] += "\n"


def _inside(breaks: set[int], columns: Columns) -> frozenset[int]:
    """Return the breaks that lie inside an annotation."""
    found: set[int] = set()
    for first, last, _label in (each for column in columns for each in column):
        if last > first:
            found.update(breaks.intersection(range(first + 1, last + 1)))
    return frozenset(found)


def _difference(expected: _Expected, back: Written) -> str:
    """Return what came back otherwise, "" when all is as it was."""
    article, found = expected.article, back.article
    if back.words != expected.words:
        return _("The tokens came back changed.")
    if back.columns != expected.columns:
        return _("The annotations came back changed.")
    if article and found and (article.id, article.text) != (found.id, found.text):
        return _("The text came back changed.")
    if article and found and metadata(article) != metadata(found):
        return _("The metadata came back changed.")
    if expected.more is not None and list(expected.more) != list(back.more):
        return _("What else is said of the tokens came back changed.")
    return ""


def _stems(groups: Iterable[str]) -> dict[str, str]:
    """Return the beginning of a file name for each group; two of one spelling are told apart."""
    stems: dict[str, str] = {}
    for group in groups:
        stem = slug(group)
        same = sum(stem == known.partition("~")[0] for known in stems.values())
        stems[group] = f"{stem}~{same + 1}" if same else stem
    return stems
