"""Reads GLiNER's training data, lines or one list: tokens, annotations with inclusive ends, relations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotator.core.corpus import Found, LabelledArticle, Span
from annotator.core.formats import AS_IT_IS, Reading
from annotator.core.ids import new_id
from annotator.core.metadata import known_article
from annotator.core.model import Article, Link, Problem, Remark
from annotator.core.text import LineEnds
from annotator.formats.columns.column_reader import span_of
from annotator.formats.lines import Line, Opened, json_lines, parse, read_opened
from annotator.formats.rejoining import Rejoined, found_in, joined
from annotator.language import _, n_

_WORDS, _SPANS, _RELATIONS = "tokenized_text", "ner", "relations"


def is_gliner(_path: Path, head: bytes) -> bool:
    """Tell by the key that nothing else has."""
    return b'"tokenized_text"' in head


def read_gliner(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the articles of a file. OSError rises when it breaks off while being read."""
    return read_opened(path, _read, how)


def _read(opened: Opened, name: str) -> Iterator[Found]:
    if name.lower().endswith(".json"):
        yield from articles(_items(parse(opened.file.read(), name), name), name)
    else:
        yield from articles(json_lines(opened, name), name)


def _items(whole: Line | Problem, name: str) -> Iterator[Line | Problem]:
    if isinstance(whole, Problem):
        yield whole
        return
    rows = whole.value if isinstance(whole.value, list) else [whole.value]
    for number, row in enumerate(rows, start=1):
        yield Line(_("{file}, item {number}").format(file=name, number=number), row)


def articles(lines: Iterable[Line | Problem], name: str) -> Iterator[Found]:
    """Yield an article for each line, or for the lines that one was parted into."""
    joined_ = other = 0
    waiting: LabelledArticle | None = None
    for line in lines:
        if isinstance(line, Problem):
            yield line
            continue
        record = line.value
        if not isinstance(record, dict) or not _are_words(record.get(_WORDS)):
            yield Problem(line.place, _("“tokenized_text” is not a list of words."))
            continue
        whole, is_given = _rejoined(record)
        if not whole.text:
            yield Problem(line.place, _("Its text is empty."))
            continue
        joined_ += not is_given
        other += not is_given and isinstance(record.get("text"), str)
        problems: list[str] = []
        found = _article(record, whole, line.place, problems)
        yield from (Problem(line.place, problem) for problem in problems)
        if waiting and _goes_on(record, waiting, is_given=is_given):
            waiting = _appended(waiting, found)
            continue
        if waiting:
            yield waiting
        waiting = found
    if waiting:
        yield waiting
    if other:
        told = n_(
            "The text of {count} article is not that of its tokens; it was joined from them.",
            "The text of {count} articles is not that of their tokens; it was joined from them.",
            other,
        )
        yield Remark(name, told.format(count=other))
    if joined_:
        told = n_(
            "The file does not say where blanks stood in {count} article; its tokens were joined by "
            "the rules of French or English typography.",
            "The file does not say where blanks stood in {count} articles; their tokens were joined "
            "by the rules of French or English typography.",
            joined_,
        )
        yield Remark(name, told.format(count=joined_))


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _rejoined(record: Mapping[str, Any]) -> tuple[Rejoined, bool]:
    """Return the text and its tokens, and whether the file gives it."""
    text, words = record.get("text"), [LineEnds(word).text for word in record[_WORDS]]
    if isinstance(text, str):
        text = LineEnds(text).text if "\r" in text else text
        ranges = found_in(text, words)
        if ranges is not None:
            return Rejoined(text, ranges), True
    inked = [word for word in words if word.strip()]
    if len(inked) == len(words):
        return joined(words), False
    # A word without ink keeps its number, as annotations count it, but takes no room.
    whole = joined(inked)
    places = iter(whole.ranges)
    at = 0
    ranges = []
    for word in words:
        place = next(places) if word.strip() else (at, at)
        ranges.append(place)
        at = place[1]
    return Rejoined(whole.text, ranges), False


def _article(
    record: Mapping[str, Any], whole: Rejoined, place: str, problems: list[str]
) -> LabelledArticle:
    spans: list[Span] = []
    numbers: dict[int, str] = {}
    for number, row in enumerate(_rows(record, _SPANS, problems)):
        span = _span(row, whole)
        if isinstance(span, str):
            told = _("Span {number}: {reason}")
            problems.append(told.format(number=number + 1, reason=span))
        else:
            numbers[number] = new_id()
            spans.append(span._replace(annotation=numbers[number]))
    links: list[Link] = []
    for number, row in enumerate(_rows(record, _RELATIONS, problems), start=1):
        link = _link(row, numbers)
        if link is None:
            told = _("Relation {number} does not join two different spans of its line.")
            problems.append(told.format(number=number))
        else:
            links.append(link)
    return LabelledArticle(_described(record, whole.text), spans, links, place=place)


def _rows(record: Mapping[str, Any], key: str, problems: list[str]) -> Sequence[Any]:
    rows = record.get(key)
    if rows is None or isinstance(rows, list):
        return rows or ()
    problems.append(_("“{key}” is not as it should be; it was left out.").format(key=key))
    return ()


def _span(row: Any, whole: Rejoined) -> Span | str:
    """Return an annotation on tokens, the last one included, or why it is none."""
    if not isinstance(row, list) or len(row) < 3:
        return _("it is not [first token, last token, label].")
    first, last, label = row[:3]
    if type(first) is not int or type(last) is not int:
        return _("its tokens must be whole numbers.")
    if not isinstance(label, str) or not label.strip():
        return _("it has no label.")
    if not 0 <= first <= last < len(whole.ranges):
        return _("there are {count} tokens, from 0, and it goes from {first} to {last}.").format(
            count=len(whole.ranges), first=first, last=last
        )
    start, end = whole.ranges[first][0], whole.ranges[last][1]
    if start == end:
        return _("there are only blanks in it.")
    return span_of(label.strip(), start, end, whole.text)


def _link(row: Any, numbers: Mapping[int, str]) -> Link | None:
    if not isinstance(row, list) or len(row) < 3:
        return None
    head, tail, kind = row[:3]
    if type(head) is not int or type(tail) is not int or head == tail:
        return None
    if head not in numbers or tail not in numbers or not isinstance(kind, str) or not kind.strip():
        return None
    return Link(new_id(), kind.strip(), numbers[head], numbers[tail])


def _described(record: Mapping[str, Any], text: str) -> Article:
    own = record.get("meta")
    id_ = record.get("article")
    known = own if isinstance(own, dict) else {}
    return known_article(id_ if isinstance(id_, str) and id_ else new_id(), text, known)


def _goes_on(record: Mapping[str, Any], before: LabelledArticle, *, is_given: bool) -> bool:
    """Tell whether a line is the next piece of the article before it."""
    article = before.article
    return (
        is_given
        and record.get("article") == article.id
        and record.get("start") == len(article.text)
    )


def _appended(before: LabelledArticle, piece: LabelledArticle) -> LabelledArticle:
    start = len(before.article.text)
    moved = [span._replace(start=span.start + start, end=span.end + start) for span in piece.spans]
    article = before.article
    whole = Article(
        article.id,
        article.text + piece.article.text,
        *(article.title, article.author, article.published, article.source, article.url),
        article.language,
        article.meta,
    )
    return before._replace(
        article=whole, spans=[*before.spans, *moved], links=[*before.links, *piece.links]
    )
