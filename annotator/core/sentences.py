"""Cuts French and English text into sentences, with press typography in mind."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from annotator.core.tokens import UNSEEN, Range, is_abbreviation

LINE_ENDS = "\n\x0b\x0c\x85\u2028\u2029"
"""Signs that end a paragraph, whatever stands before them."""

SCARE_WORDS = 4
"""Fewer words between quotation marks are no sentence, so a stop among them ends none."""

_LINE = re.compile(f"[^{LINE_ENDS}]+")
_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"[\w.]+$")
_BLANK = re.compile(f"[\\s{UNSEEN}]*")
_EVENT = re.compile(
    r"""
    (?P<open>[«“‹„]|(?<![^\s(\[])"(?=\S))
    | (?P<close>[»”›"])
    | (?P<stop>[.!?…]++)(?P<after>["’)\]]*+(?:\s?[»”›]["’)\]]*+)*+)
    """,
    re.VERBOSE,
)
_SIGN = re.compile('[«“‹„»”›".!?…]')
_NEW_SENTENCE = re.compile(r"""[\s«“‹„"'‘’(\[—–\-•]*[^\W_]""")


def sentences(text: str) -> list[Range]:
    """Return the sentences of a text, without blanks at their edges, in linear time.

    A line end always ends one; an honorific, an abbreviation or an initial never does, nor does a
    stop between quotation marks before a whole sentence stands there.
    """
    return list(iterate(text))


def iterate(text: str, start: int = 0, end: int | None = None) -> Iterator[Range]:
    """Yield the sentences of `text[start:end]` one after another, so that one may stop early."""
    for line in _LINE.finditer(text, start, len(text) if end is None else end):
        yield from _in_line(text, *line.span())


def _in_line(text: str, start: int, end: int) -> Iterator[Range]:
    words = _WordCount(text, start, end)
    marks: list[int] = []
    begin = start
    for event in _events(text, start, end):
        if event["open"]:
            marks.append(event.start())
        elif event["close"]:
            del marks[-1:]
        else:
            closed = sum(char in '»”›"' for char in event["after"])
            del marks[max(len(marks) - closed, 0) :]
            inside = max(begin, marks[-1]) if marks else None
            if _ends(text, event, end) and (inside is None or words.enough(inside, event.start())):
                yield from _without_edges(text, begin, event.end())
                begin = event.end()
    yield from _without_edges(text, begin, end)


def _events(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield what may begin or end something; first its sign alone is sought, as that is quick."""
    at = start
    while sign := _SIGN.search(text, at, end):
        event = _EVENT.match(text, sign.start(), end)
        assert event
        yield event
        at = event.end()


def _ends(text: str, event: re.Match[str], end: int) -> bool:
    """Tell whether a new sentence begins behind this stop."""
    following = _NEW_SENTENCE.match(text, event.end(), end)
    if following is None or not text[event.end()].isspace():
        return False
    first = text[following.end() - 1]
    if first.islower():
        return False
    if event["stop"] != "." or event["after"]:
        return True
    last = _LAST_WORD.search(text, max(event.start() - 24, 0), event.start())
    word = last[0] if last else ""
    if first.isdigit() and word.islower() and len(word) <= 4:
        return word not in {"art", "p", "pp", "vol", "fig", "chap", "no", "n"}
    if word == "etc":
        return True
    return not (is_abbreviation(word) or _is_initial(word))


def _is_initial(word: str) -> bool:
    """Tell whether it is a single capital, as in "J. Dupont" or "J.-C." (but not the U.S.)."""
    return len(word) == 1 and word.isupper()


def _without_edges(text: str, start: int, end: int) -> Iterator[Range]:
    start = min(_match_end(text, start), end)
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    if start < end:
        yield start, end


def _is_blank(char: str) -> bool:
    """Tell white space and signs without ink; whatever else can be printed has some."""
    return char.isspace() or (not char.isprintable() and _BLANK.fullmatch(char) is not None)


def _match_end(text: str, start: int) -> int:
    match = _BLANK.match(text, start)
    return match.end() if match else start


class _WordCount:
    """Counts words between two places of a line, the line being read once, when first asked."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._line = text, start, end
        self._starts: list[int] | None = None

    def enough(self, start: int, end: int) -> bool:
        if self._starts is None:
            self._starts = [word.start() for word in _WORD.finditer(*self._line)]
        return bisect_right(self._starts, end) - bisect_right(self._starts, start) >= SCARE_WORDS
