"""Reads CoNLL-U of any tool: the text with its blanks, and the tags in MISC under name, NE or our keys."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from annotator.core.corpus import Found, LabelledArticle, Span
from annotator.core.formats import AS_IT_IS, Reading
from annotator.core.ids import new_id
from annotator.core.metadata import known_article
from annotator.core.model import Article, Problem, Remark
from annotator.formats.columns.column_reader import Account, span_of, tagged, without_wrong_tags
from annotator.formats.columns.columns import Piece, pieces
from annotator.formats.columns.conllu_rows import Rows, rejoined, rows
from annotator.formats.columns.hipe_rows import said
from annotator.formats.lines import Opened, read_opened, text_of
from annotator.formats.rejoining import Rejoined
from annotator.language import _, n_

LABELS, LAYERS, METADATA = "annotator:labels", "annotator:layers", "annotator:metadata"
ID = "newdoc id"

_NAMES = ("name", "NE")
"""The keys that spaCy reads tags from."""

_LAYER = re.compile(r"(.*?)(?:\[\d+\])?", re.DOTALL)


def read_conllu(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the articles of a file. OSError rises when it breaks off while being read."""
    return read_opened(path, _read, how)


def _read(opened: Opened, name: str) -> Iterator[Found]:
    account = Account(name)
    with text_of(opened) as file:
        for piece in pieces(file, ("# newdoc",)):
            account.counts["unmarked"] += not piece.is_marked
            yield from article_of(piece, account)
    yield from account.told()
    if account.counts["more"]:
        told = _("Lemmas, parts of speech and syntax were left out.")
        yield Remark(name, told)
    if account.counts["entity"]:
        count = account.counts["entity"]
        told = n_(
            "“Entity” of {count} word, as coreference has it, was left out.",
            "“Entity” of {count} words, as coreference has it, was left out.",
            count,
        )
        yield Remark(name, told.format(count=count))


def article_of(piece: Piece, account: Account) -> Iterator[LabelledArticle | Problem]:
    """Yield an article, and before it what is wrong in its lines."""
    found = rows(piece.text)
    yield from _wrong_lines(found, piece, account)
    if not found.surfaces and not found.before:
        return
    account.counts["more"] += found.has_more
    account.counts["entity"] += sum("Entity" in word.misc for word in found.words)
    known = said(found.head)
    whole = rejoined(found)
    spans: list[Span] = []
    for key in _layers(found, known):
        column = [word.misc.get(key) or "O" for word in found.words]
        yield from without_wrong_tags(column, _Lines(found, piece), account)
        spans += _spans(column, found, known, whole, piece, account)
    spans.sort(key=lambda span: (span.start, -span.end))
    article = _article(known, whole.text)
    yield LabelledArticle(article, spans, [], place=f"{account.name}:{piece.number}")


class _Lines:
    """Tells in which line of its file a word stands."""

    def __init__(self, found: Rows, piece: Piece) -> None:
        self._words = found.words
        self._number = piece.number

    def __call__(self, word: int) -> int:
        return self._number + self._words[word].line


def _wrong_lines(found: Rows, piece: Piece, account: Account) -> Iterator[Problem]:
    told = _("“{line}” is no row of ten columns that begin with a number; it was left out.")
    for at, line in found.wrong:
        place = f"{account.name}:{piece.number + at}"
        yield from account.problem("wrong", place, told.format(line=line[:40]))


def _layers(found: Rows, known: Mapping[str, Any]) -> Iterable[str]:
    """Return the keys of MISC that have tags, in the order in which they come up."""
    said_ = known.get(LAYERS)
    keys = {str(key) for key in said_} if isinstance(said_, list) else set(_NAMES)
    there = dict.fromkeys(chain.from_iterable(word.misc for word in found.words))
    return [key for key in there if _base(key) in keys]


def _base(key: str) -> str:
    """Return the name of a layer without its depth: name[2] is one of name."""
    match = _LAYER.fullmatch(key)
    return match[1] if match else key


def _spans(
    column: list[str],
    found: Rows,
    known: Mapping[str, Any],
    whole: Rejoined,
    piece: Piece,
    account: Account,
) -> Iterator[Span]:
    """Yield the annotations of a layer; those of ours may reach over the end of a sentence."""
    names = known.get(LABELS)
    breaks = () if LAYERS in known else found.breaks
    for first, last, label in tagged(column, breaks, _Lines(found, piece), account):
        start = whole.ranges[found.words[first].surface][0]
        end = whole.ranges[found.words[last].surface][1]
        name = names.get(label, label) if isinstance(names, dict) else label
        yield span_of(str(name), start, end, whole.text)


def _article(known: Mapping[str, Any], text: str) -> Article:
    id_ = str(known.get(ID) or new_id())
    own = known.get(METADATA)
    if not isinstance(own, dict):
        own = {
            name.removeprefix("meta::"): value
            for name, value in known.items()
            if name.startswith("meta::")
        }
    return known_article(id_, text, own)
