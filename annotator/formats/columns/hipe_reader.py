"""Reads HIPE-2022: names and what lies inside them, their finer labels, and entities by Wikidata number."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.core.corpus import Found, Foundation, LabelledArticle, Span
from annotator.core.formats import AS_IT_IS, Reading
from annotator.core.ids import new_id
from annotator.core.metadata import known_article
from annotator.core.model import Article, Entity, Problem, Remark
from annotator.core.scheme import Scheme
from annotator.formats.columns.column_reader import Account, span_of, tagged, without_wrong_tags
from annotator.formats.columns.columns import Piece
from annotator.formats.columns.hipe_rows import (
    COLUMNS,
    Rows,
    documents,
    exact,
    rejoined,
    rows,
    said,
)
from annotator.formats.columns.tags import Tagged, decode
from annotator.formats.lines import Opened, read_opened, text_of
from annotator.formats.rejoining import Rejoined, found_in
from annotator.formats.spans import json_text
from annotator.language import _, n_

COARSE, NESTED, LINK = "NE-COARSE-LIT", "NE-NESTED", "NEL-LIT"
OWN = "annotator:metadata"
OWN_TEXT = "annotator:text"

_DRESS = {"NE-FINE-LIT": "subtype", "NE-COARSE-METO": "metonymy"}
"""Columns that say more of the annotations of the first, and the attribute they become."""

_UNREAD = ("NE-FINE-METO", "NE-FINE-COMP", "NEL-METO")
_ITEM = re.compile(r"(?:.*[:/])?(Q[1-9]\d*)")
_FIELDS = {
    "hipe2022:date": "published",
    "date": "published",
    "hipe2022:language": "language",
    "language": "language",
    "newspaper": "source",
}
_IDS = ("hipe2022:document_id", "document_id")


@dataclass(slots=True)
class _File:
    """What is known of a file so far: its columns, the entities that came up, and what was left out."""

    account: Account
    columns: Sequence[str] = COLUMNS
    items: set[str] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)


def is_hipe(_path: Path, head: bytes) -> bool:
    """Tell by the names of its columns whether a table is one of tokens."""
    return COARSE.encode() in head


def item(external_id: str) -> str:
    """Return the number of Wikidata in an identifier or an address, "" when there is none."""
    match = _ITEM.fullmatch(external_id.strip())
    return match[1] if match else ""


def read_hipe(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the articles of a file, and an entity for each Wikidata number before its first article."""
    return read_opened(path, _read, how)


def _read(opened: Opened, name: str) -> Iterator[Found]:
    file = _File(Account(name))
    with text_of(opened) as lines:
        for piece in documents(lines):
            yield from _document(piece, file)
    yield from file.account.told()
    for column, count in file.left_out.items():
        told = n_(
            "{count} annotation of column {column} was left out.",
            "{count} annotations of column {column} were left out.",
            count,
        )
        yield Remark(name, told.format(column=column, count=count))


def _document(piece: Piece, file: _File) -> Iterator[Found]:
    header = next((row for row in piece.text.split("\n") if row.startswith("TOKEN\t")), "")
    file.columns = header.split("\t") if header else file.columns
    found = rows(piece.text, file.columns)
    yield from _wrong_lines(found, piece, file.account)
    known = said(found.comments)
    text = text_said(known)
    if not found.words and text is None:
        return
    place = f"{file.account.name}:{piece.number}"
    whole = _rejoined(found, text, file.account)
    spans: list[Span] = []
    for name in (COARSE, NESTED):
        cells = untagged(found, name)
        yield from without_wrong_tags(
            cells, lambda at: piece.number + found.lines[at], file.account
        )
        spans += _spans(name, cells, found, whole, piece, file)
    for span in spans:
        if span.entity is not None and span.entity not in file.items:
            file.items.add(span.entity)
            number = span.entity.partition(":")[2]
            yield Foundation(
                Scheme(), (Entity(span.entity, span.surface, external_id=number),), place
            )
    spans.sort(key=lambda span: (span.start, -span.end))
    yield LabelledArticle(described(known, whole.text), spans, [], place=place)


def _wrong_lines(found: Rows, piece: Piece, account: Account) -> Iterator[Problem]:
    told = _("“{line}” has not as many columns as the header; it was left out.")
    for at, line in found.wrong:
        place = f"{account.name}:{piece.number + at}"
        yield from account.problem("wrong", place, told.format(line=line[:40]))


def _rejoined(found: Rows, text: str | None, account: Account) -> Rejoined:
    ranges = found_in(text, found.words) if text is not None else None
    if text is not None and ranges is not None:
        return Rejoined(text, ranges)
    account.counts["other text"] += text is not None
    return rejoined(found.words, found.gaps)


def untagged(found: Rows, name: str) -> list[str]:
    """Return a column of tags; where it does not apply it has none."""
    cells = found.cells.get(name) or ["O"] * len(found.words)
    return ["O" if cell in ("_", "-", "") else cell for cell in cells]


def _spans(
    name: str, cells: list[str], found: Rows, whole: Rejoined, piece: Piece, file: _File
) -> Iterator[Span]:
    """Yield the annotations of a column; those of the first have what other columns say of them."""
    places = tagged(cells, (), lambda at: piece.number + found.lines[at], file.account)
    dress = _dress(found, places, file.left_out) if name == COARSE else {}
    links = found.cells.get(LINK) if name == COARSE else None
    for place in places:
        low, high = exact(place, whole.ranges, found.gaps)
        number = item(links[place.first].split("|")[0]) if links else ""
        attributes = dress.get(place[:2])
        yield span_of(place.label, low, high, whole.text)._replace(
            attributes=json_text(attributes) if attributes else "{}",
            entity=f"wikidata:{number}" if number else None,
        )


def _dress(
    found: Rows, places: Sequence[Tagged], left_out: Counter[str]
) -> Mapping[tuple[int, int], dict[str, str]]:
    """Return the attributes of annotations by where they are; what belongs to none is counted."""
    dress: dict[tuple[int, int], dict[str, str]] = {place[:2]: {} for place in places}
    labels = {place[:2]: place.label for place in places}
    for name, attribute in _DRESS.items():
        for first, last, label in decode(untagged(found, name)):
            if (first, last) not in dress:
                left_out[name] += 1
            elif label != labels[first, last]:
                dress[first, last][attribute] = label
    for name in _UNREAD:
        column = [cell if cell[:2] in ("B-", "I-") else "O" for cell in untagged(found, name)]
        count = len(decode(column))
        if name.startswith("NEL"):
            count = sum(untagged(found, name)[place.first] not in ("O", "NIL") for place in places)
        if count:
            left_out[name] += count
    return dress


def text_said(known: Mapping[str, Any]) -> str | None:
    """Return the text of the article if its comments have it."""
    match known.get(OWN_TEXT):
        case [str() as text]:
            return text
    return None


def described(known: Mapping[str, Any], text: str) -> Article:
    """Return an article with what its comments say of it."""
    id_ = next((str(known[name]) for name in _IDS if known.get(name)), new_id())
    own = known.get(OWN)
    if isinstance(own, dict):
        return known_article(id_, text, own)
    fields: dict[str, Any] = {
        field: str(known[name])
        for name, field in reversed(_FIELDS.items())
        if known.get(name) not in (None, "", "_")
    }
    free = {name: value for name, value in known.items() if name not in (*_IDS, *_FIELDS, OWN_TEXT)}
    return Article(id_, text, **fields, meta=free)
