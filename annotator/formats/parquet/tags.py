"""Rows of tokens and tags as articles, as most data sets of named entities on the hubs have them."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotator.core.corpus import Found, LabelledArticle, Span
from annotator.core.ids import new_id
from annotator.core.metadata import known_article
from annotator.core.model import Article, Problem, Remark
from annotator.formats.columns.tags import TAG, Evidence, decode
from annotator.formats.lines import Line
from annotator.formats.parquet.columns import FEATURES
from annotator.formats.rejoining import found_in, joined
from annotator.language import _, n_

_WORDS = ("tokens", "words")
_TAGS = ("ner_tags", "ner", "tags", "labels", "ner_labels")


class TagColumns(NamedTuple):
    """Which columns have the tokens and the tags, and what the numbers of the tags stand for."""

    words: str
    tags: str
    names: Sequence[str]


@dataclass(slots=True)
class _Account:
    """What is to be told of a file once it is read to its end."""

    evidence: Evidence = field(default_factory=Evidence)
    joined: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    columns: set[str] = field(default_factory=set)


def tag_columns(schema: Any) -> TagColumns | None:
    """Return the columns of tokens and tags, None where there are none."""
    words = next((name for name in _WORDS if name in schema.names), "")
    tags = next((name for name in _TAGS if name in schema.names), "")
    if not words or not tags or not (_is_list(schema, words) and _is_list(schema, tags)):
        return None
    return TagColumns(words, tags, _class_names(schema.metadata or {}, tags))


def _is_list(schema: Any, name: str) -> bool:
    import pyarrow as pa

    kind = schema.field(name).type
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))


def _class_names(metadata: Mapping[bytes, bytes], column: str) -> list[str]:
    """Return the names of a column's classes, as datasets of any version writes them."""
    try:
        feature = json.loads(metadata[FEATURES])["info"]["features"][column]
    except (KeyError, ValueError, TypeError):
        return []
    while not (isinstance(feature, dict) and "names" in feature):
        if isinstance(feature, list) and feature:
            feature = feature[0]
        elif isinstance(feature, dict) and "feature" in feature:
            feature = feature["feature"]
        else:
            return []
    names = feature["names"]
    return [str(name) for name in names] if isinstance(names, list) else []


def read_tags(rows: Iterator[Line | Problem], columns: TagColumns, name: str) -> Iterator[Found]:
    """Yield the article of each row, then what is wrong with the tags and what was put right."""
    account = _Account()
    for line in rows:
        if isinstance(line, Problem):
            yield line
        else:
            yield from _article(line.value, columns, line.place, account)
    yield from _told(account, name)


def _article(
    row: Mapping[str, Any], columns: TagColumns, place: str, account: _Account
) -> Iterator[Found]:
    words, tags = row.get(columns.words) or [], row.get(columns.tags) or []
    if len(words) != len(tags):
        told = _("It has {words} tokens, but {tags} tags; they were left out.")
        yield Problem(place, told.format(words=len(words), tags=len(tags)))
        return
    pairs = [
        (word, _tag(tag, columns.names, account))
        for word, tag in zip(words, tags, strict=True)
        if isinstance(word, str) and word.strip()
    ]
    if not pairs:
        yield Problem(place, _("Its text is empty."))
        return
    text, ranges = _laid_out(row.get("text"), [word for word, _tag in pairs], account)
    spans = []
    for first, last, label in decode([tag for _word, tag in pairs], (), account.evidence):
        start, end = ranges[first][0], ranges[last][1]
        spans.append(Span("", label, 0, start, end, text[start:end], origin="import"))
    yield LabelledArticle(_described(text, row, columns, account), spans, [], place=place)


def _tag(tag: Any, names: Sequence[str], account: _Account) -> str:
    """Return a tag by its name, "O" for one that is none."""
    is_known = type(tag) is int and 0 <= tag < len(names)
    name = names[tag] if is_known else str(tag)
    if TAG.fullmatch(name):
        return name
    account.wrong[name] += 1
    return "O"


def _laid_out(text: Any, words: list[str], account: _Account) -> tuple[str, list[tuple[int, int]]]:
    """Return the text, the row's own if the tokens are found in it, and where they lie."""
    ranges = found_in(text, words) if isinstance(text, str) and "\r" not in text else None
    if ranges is not None:
        return text, ranges
    account.joined += 1
    return joined(words)


def _described(
    text: str, row: Mapping[str, Any], columns: TagColumns, account: _Account
) -> Article:
    known = {}
    for key, value in row.items():
        if isinstance(value, list | dict) and key not in columns[:2]:
            account.columns.add(key)
        elif value not in (None, "") and key not in ("text", *columns[:2]):
            known[key] = value
    return known_article(new_id(), text, known)


def _told(account: _Account, name: str) -> Iterator[Problem]:
    for tag, count in account.wrong.most_common(20):
        told = n_(
            "“{tag}” ({count} token) is no tag such as B-PER, I-PER or O; the token came in without.",
            "“{tag}” ({count} tokens) is no tag such as B-PER, I-PER or O; the tokens came in without.",
            count,
        )
        yield Problem(name, told.format(tag=tag[:40], count=count))
    if account.evidence.scheme != "iob2":
        told = _("Its tags are {scheme}; they were read as such.")
        yield Remark(name, told.format(scheme=account.evidence.scheme.upper()))
    if account.joined:
        told = n_(
            "The file does not say where blanks stood in {count} article; its tokens were joined by the "
            "rules of French or English typography.",
            "The file does not say where blanks stood in {count} articles; their tokens were joined by "
            "the rules of French or English typography.",
            account.joined,
        )
        yield Remark(name, told.format(count=account.joined))
    for column in sorted(account.columns):
        told = _("The column “{name}” was not taken over.")
        yield Remark(name, told.format(name=column))
