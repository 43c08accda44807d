"""Reads columns of tokens and tags from any tool: text rebuilt, scheme of the tags found out, faults told."""

from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.core.corpus import Found, LabelledArticle, Span
from annotator.core.formats import AS_IT_IS, Reading
from annotator.core.ids import new_id
from annotator.core.metadata import known_article
from annotator.core.model import Article, Problem, Remark
from annotator.formats.columns.columns import (
    SENTENCES,
    Columns,
    Piece,
    Said,
    own_text,
    parse,
    pieces,
    said,
)
from annotator.formats.columns.tags import TAG, Evidence, Fault, Tagged, TagScheme, decode
from annotator.formats.lines import Opened, read_opened, text_of
from annotator.formats.rejoining import Rejoined, found_in, joined
from annotator.language import _, n_

Line = Callable[[int], int]
"""Tells in which line of its file a token stands, from 1."""

_MOST = 20
"""Faults of one kind that are told with their line; the others are counted."""


@dataclass(slots=True)
class Account:
    """What is to be told of a file once it is read to its end."""

    name: str
    evidence: Evidence = field(default_factory=Evidence)
    odd: dict[Fault, list[int]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def problem(self, kind: str, place: str, message: str) -> Iterator[Problem]:
        """Yield a problem while there are few of its kind."""
        self.counts[kind] += 1
        if self.counts[kind] <= _MOST:
            yield Problem(place, message)

    def note(self, fault: Fault, line: int) -> None:
        """Keep the line of a tag that may be at fault, depending on what scheme it turns out to be."""
        self.counts[fault] += 1
        lines = self.odd.setdefault(fault, [])
        if len(lines) < _MOST:
            lines.append(line)

    def told(self) -> Iterator[Problem]:
        """Yield what is wrong with the tags, then what was put right."""
        scheme = self.evidence.scheme
        for fault, message in _faults(scheme).items():
            for line in self.odd.get(fault, ()):
                yield Problem(f"{self.name}:{line}", message)
            yield from self._rest(fault, message)
        for kind, message in _beyond().items():
            yield from self._rest(kind, message)
        if scheme != "iob2":
            told = _("Its tags are {scheme}; they were read as such.")
            yield Remark(self.name, told.format(scheme=scheme.upper()))
        # One article that nothing marks needs no word.
        self.counts["unmarked"] -= self.counts["unmarked"] == 1
        for kind, message in _remarks(self.counts).items():
            if self.counts[kind]:
                yield Remark(self.name, message)

    def _rest(self, kind: str, message: str) -> Iterator[Problem]:
        count = self.counts[kind] - _MOST
        if count > 0:
            told = n_("{count} more line: {message}", "{count} more lines: {message}", count)
            yield Problem(self.name, told.format(count=count, message=message))


def read_columns(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the articles of a file. OSError rises when it breaks off while being read."""
    return read_opened(path, _read, how)


def _read(opened: Opened, name: str) -> Iterator[Found]:
    account = Account(name)
    with text_of(opened) as file:
        for piece in pieces(file):
            account.counts["unmarked"] += not piece.is_marked
            yield from _article(piece, account)
    yield from account.told()


def _article(piece: Piece, account: Account) -> Iterator[Found]:
    columns = parse(piece.text)
    text = own_text(columns.comments)
    if not columns.words and text is None:
        return
    if columns.words and not any(map(TAG.fullmatch, columns.columns[-1])):
        place = f"{account.name}:{piece.number}"
        yield from account.problem(
            "no tags", place, _("There is no column of tags such as B-PER or O.")
        )
        return
    yield from _wrong_lines(columns, piece, account)
    account.counts["blank"] += columns.blank
    account.counts["unread"] = max(account.counts["unread"], columns.unread)
    whole, ranges = _rejoined(columns, text, account)
    spans: list[Span] = []

    def line(token: int) -> int:
        return piece.number + columns.line(token)

    for column in columns.columns:
        yield from without_wrong_tags(column, line, account)
        spans += (
            span_of(label, ranges[first][0], ranges[last][1], whole)
            for first, last, label in tagged(column, columns.breaks, line, account)
        )
    if len(columns.columns) > 1:
        spans = list(dict.fromkeys(sorted(spans, key=lambda span: (span.start, -span.end))))
    place = f"{account.name}:{piece.number}"
    article = described(whole, said(columns.comments))
    yield LabelledArticle(article, spans, [], place=place)


def _wrong_lines(columns: Columns, piece: Piece, account: Account) -> Iterator[Problem]:
    told = _("“{line}” has not as many columns as the others; its token came in without tags.")
    for at, line in columns.wrong:
        place = f"{account.name}:{piece.number + at}"
        yield from account.problem("wrong", place, told.format(line=line[:40]))


def _rejoined(columns: Columns, text: str | None, account: Account) -> Rejoined:
    """Return the text: as the comments have it if its tokens are found in it, else joined."""
    if text is None and len(columns.texts) == len(columns.breaks) + 1:
        text = "\n".join(columns.texts)
    if text is not None:
        ranges = found_in(text, columns.words)
        if ranges is not None:
            return Rejoined(text, ranges)
        account.counts["other text"] += 1
    account.counts["joined"] += 1
    return joined(columns.words, columns.breaks)


def without_wrong_tags(column: list[str], line: Line, account: Account) -> Iterator[Problem]:
    """Yield what stands where a tag should be, and put "O" in its place."""
    wrong = {tag for tag in set(column) if not TAG.fullmatch(tag)}
    for at, tag in enumerate(column) if wrong else ():
        if tag in wrong:
            column[at] = "O"
            told = _("“{tag}” is no tag such as B-PER, I-PER or O; the token came in without.")
            place = f"{account.name}:{line(at)}"
            yield from account.problem("no tag", place, told.format(tag=tag[:40]))


def tagged(
    column: Sequence[str], breaks: Container[int], line: Line, account: Account
) -> list[Tagged]:
    """Return the annotations of a column of sound tags, and note what may be at fault in it."""
    faults: list[tuple[int, Fault]] = []
    found = decode(column, breaks, account.evidence, faults)
    for at, fault in faults:
        account.note(fault, line(at))
    return found


def span_of(label: str, start: int, end: int, text: str) -> Span:
    """Return an annotation as a file of columns gives it."""
    return Span("", label, 0, start, end, text[start:end], "{}", "", None, "", "import")


def described(text: str, said: Said) -> Article:
    """Return an article with what its comments say; what is no text goes to the free metadata."""
    return known_article(said.id or new_id(), text, said.known)


def _faults(scheme: TagScheme) -> dict[Fault, str]:
    """Return what is a fault in this scheme."""
    inside: dict[Fault, str] = {
        "inside": _("The tag goes on with what has not begun; it was read as a beginning.")
    }
    if scheme == "iob2":
        return inside
    if scheme == "iob1":
        return {}
    return inside | {
        "end": _("The tag ends what has not begun; it was read as an annotation of one token."),
        "open": _("The annotation has no end tag; it was read as ending here."),
    }


def _beyond() -> dict[str, str]:
    return {
        "wrong": _("another number of columns."),
        "no tag": _("no tag in the last column."),
        "no tags": _("no column of tags."),
    }


def _remarks(counts: Counter[str]) -> dict[str, str]:
    """Return what may have been put right, by what it is counted as."""
    return {
        "other text": n_(
            "The text of {count} article is not that of its tokens; it was joined from them.",
            "The text of {count} articles is not that of their tokens; it was joined from them.",
            counts["other text"],
        ).format(count=counts["other text"]),
        "joined": n_(
            "The file does not say where blanks stood in {count} article; its tokens were joined by "
            "the rules of French or English typography.",
            "The file does not say where blanks stood in {count} articles; their tokens were joined "
            "by the rules of French or English typography.",
            counts["joined"],
        ).format(count=counts["joined"]),
        "unmarked": _(
            "The file does not say where articles begin; each has up to {count} sentences."
        ).format(count=SENTENCES),
        "blank": n_(
            "{count} token of nothing but blanks was dropped.",
            "{count} tokens of nothing but blanks were dropped.",
            counts["blank"],
        ).format(count=counts["blank"]),
        "unread": n_(
            "{count} column beside tokens and tags was left out.",
            "{count} columns beside tokens and tags were left out.",
            counts["unread"],
        ).format(count=counts["unread"]),
    }
