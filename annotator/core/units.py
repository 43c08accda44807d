"""Tokens, phrases, sentences and paragraphs around a place: looks at its neighbourhood only.

Every function is quick in a text of a million characters, even of one paragraph: nothing farther
than WINDOW code points from the places asked about is looked at, save for line ends.
"""

import re
import unicodedata
from collections.abc import Iterator

from annotator.core import sentences, tokens
from annotator.core.sentences import LINE_ENDS
from annotator.core.tokens import UNSEEN, Range

WINDOW = 2000
"""How far from a place its unit may reach, in code points."""

_AHEAD = 80
"""How far the cutting of a token may depend on what follows it."""

_INKLESS = re.compile(rf"[\s{UNSEEN}]*+")
_INK = re.compile(rf"[^\s{UNSEEN}]")
_LINE_END = re.compile(f"[{LINE_ENDS}]")
_CUT = " \n\t\u2028\u2029"
_PAIRS = {"«": "»", "“": "”", "‹": "›", "(": ")", "[": "]"}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_MARK = re.compile('[«»“”‹›()\\[\\]"]')
_KEPT = frozenset("%‰&@#*§°")
_PARTICLES = frozenset(
    ("de", "du", "des", "la", "le", "les", "l'", "d'", "von", "van", "der", "den", "of", "the")
    + ("and", "et", "del", "della", "di", "da", "al", "el", "bin", "ben")
)
_NO_NAMES = re.compile(
    "l[ea]s?|[ld]'|une?|d[eu]s?|ce|cet|cette|ces|ils?|elles?|on|je|tu|nous|vous|et|mais|ou|en|à|aux?"
    "|dans|sur|pour|par|qui|que|qu'|si|selon|the|an?|in|at|s?he|it|they|we|you|i|and|but|or|if"
    "|this|that|these|those"
)


def token_at(text: str, offset: int) -> Range | None:
    """Return the token around `offset`; between two, the later; at a word's end, that word."""
    return _covering(text, offset) or _ending(text, offset)


def next_token(text: str, offset: int) -> Range | None:
    """Return the first token that begins behind `offset`; None at the end of the text."""
    here = _covering(text, offset)
    ink = _INK.search(text, here[1] if here else offset + 1)
    return _covering(text, ink.start()) if ink else None


def previous_token(text: str, offset: int) -> Range | None:
    """Return the last token that begins before `offset`; None at the start of the text."""
    here = _covering(text, offset)
    if here and here[0] < offset:
        return here
    last = _last_ink(text, 0, offset)
    return None if last is None else _covering(text, last)


def snap(text: str, start: int, end: int) -> Range:
    """Return the tokens a drag has touched, without blanks and punctuation at the edges.

    A mark whose partner is inside stays; if all is punctuation, all stays. A drag over blanks
    alone gives the empty range at `start`.
    """
    start, end = trim(text, start, end)
    if start == end:
        return start, start
    start, end = _to_tokens(text, start, end)
    return _without_punctuation(text, start, end)


def trim(text: str, start: int, end: int) -> Range:
    """Return the range without blanks and unseen signs at its edges; empty, at `start`, if all are."""
    ink = _INK.search(text, start, end)
    if ink is None:
        return start, start
    last = _last_ink(text, ink.start(), end)
    return ink.start(), end if last is None else last + 1


def sentence_at(text: str, offset: int) -> Range:
    """Return the sentence around `offset`, or the one before when it lies between; empty on a blank line."""
    low, high = _line(text, offset)
    found = offset, offset
    for start, end in sentences.iterate(text, low, high):
        if start > offset and found[0] < found[1]:
            break
        found = start, end
        if offset < end:
            break
    return found


def paragraph_at(text: str, offset: int) -> Range:
    """Return the paragraph around `offset` without blanks at its edges; empty on a blank line.

    It alone may be longer than the window.
    """
    return trim(text, _line_start(text, offset, 0), _line_end(text, offset, len(text)))


def grow(text: str, start: int, end: int) -> Range:
    """Return the next larger unit: token, phrase, between the marks, sentence, paragraph.

    The same range comes back when nothing larger is known.
    """
    larger = [
        (low, high)
        for low, high in _rungs(text, start, end)
        if low <= start and end <= high and high - low > end - start
    ]
    return min(larger, key=lambda rung: rung[1] - rung[0], default=(start, end))


def shrink(text: str, start: int, end: int) -> Range:
    """Return the largest unit inside the range that grows from its first word.

    The same range comes back when it is a single token or empty.
    """
    low, high = _first_word(text, start, end)
    if low < start or high > end or low == high:
        return start, end
    while True:
        wider = grow(text, low, high)
        if wider == (low, high) or wider[0] < start or wider[1] > end or wider == (start, end):
            return low, high
        low, high = wider


def _rungs(text: str, start: int, end: int) -> Iterator[Range]:
    if start == end:
        yield token_at(text, start) or (start, end)
        yield sentence_at(text, start)
        yield paragraph_at(text, start)
        return
    yield _to_tokens(text, *trim(text, start, end))
    first, last = sentence_at(text, start), sentence_at(text, end - 1)
    whole = min(first[0], last[0]), max(first[1], last[1])
    if end - start <= WINDOW and first == last:
        yield from _phrases(text, start, end, whole)
    yield from _between_marks(text, start, end)
    yield whole
    yield min(paragraph_at(text, start)[0], start), max(paragraph_at(text, end - 1)[1], end)


def _phrases(text: str, start: int, end: int, sentence: Range) -> Iterator[Range]:
    """Yield the name that the range is part of or, failing that, the words between punctuation."""
    around = tokens.tokens(text, max(sentence[0], start - WINDOW), min(sentence[1], end + WINDOW))
    inside = [n for n, (low, high) in enumerate(around) if low < end and high > start]
    if not inside:
        return
    first, last = inside[0], inside[-1]
    words = [text[low:high] for low, high in around]
    name = _name(words, first, last)
    if name != (first, last):
        yield around[name[0]][0], around[name[1]][1]
        return
    while first > 0 and not _is_punctuation(words[first - 1]):
        first -= 1
    while last < len(words) - 1 and not _is_punctuation(words[last + 1]):
        last += 1
    yield around[first][0], around[last][1]


def _name(words: list[str], first: int, last: int) -> Range:
    """Widen the words `first` to `last` over capitals, and over particles between them."""
    if not any(_is_capital(word) for word in words[first : last + 1]):
        return first, last
    for n in range(first - 1, -1, -1):
        if _is_capital(words[n]):
            first = n
        elif not _is_particle(words[n]):
            break
    for n in range(last + 1, len(words)):
        if _is_capital(words[n]):
            last = n
        elif not _is_particle(words[n]):
            break
    return first, last


def _is_capital(word: str) -> bool:
    return word[0].isupper() and not _NO_NAMES.fullmatch(word.lower().replace("’", "'"))


def _is_particle(word: str) -> bool:
    return word.lower().replace("’", "'") in _PARTICLES


def _is_punctuation(word: str) -> bool:
    return all(unicodedata.category(char)[0] == "P" and char not in _KEPT for char in word)


def _between_marks(text: str, start: int, end: int) -> Iterator[Range]:
    """Yield what stands between each pair of marks around the range, then with the marks."""
    low = max(start - WINDOW, _line_start(text, start, max(start - WINDOW, 0)))
    high = _line_end(text, max(end - 1, start), min(end + WINDOW, len(text)))
    for opening, closing in _pairs(text, low, high):
        if opening < start and end <= closing:
            yield trim(text, opening + 1, closing)
        if opening <= start and end <= closing + 1:
            yield opening, closing + 1


def _pairs(text: str, low: int, high: int) -> Iterator[Range]:
    """Yield the pairs of marks in a stretch; a mark without a partner hides no other pair."""
    stack: list[tuple[str, int]] = []
    for match in _MARK.finditer(text, low, min(high, low + 3 * WINDOW)):
        mark, at = match[0], match.start()
        if mark == '"':
            wanted = '"' if any(open_mark == '"' for open_mark, _at in stack) else ""
        else:
            wanted = _OPENING.get(mark, "")
        if not wanted:
            stack.append((mark, at))
        elif any(open_mark == wanted for open_mark, _at in stack):
            while stack[-1][0] != wanted:
                stack.pop()
            yield stack.pop()[1], at


def _to_tokens(text: str, start: int, end: int) -> Range:
    if start >= end:
        return start, end
    first, last = _covering(text, start), _covering(text, end - 1)
    return min(first[0], start) if first else start, max(last[1], end) if last else end


def _without_punctuation(text: str, start: int, end: int) -> Range:
    low, high = start, end
    for a, b in _within(text, start, min(end, start + WINDOW)):
        low = a
        if not _is_punctuation(text[a:b]) or _partner_inside(text, a, start, end):
            break
        low = end
    if low == end:
        return start, end
    nearby = _safe_cut(text, max(low, end - WINDOW))
    for a, b in reversed(list(_within(text, max(low, nearby), end))):
        high = b
        if not _is_punctuation(text[a:b]) or _partner_inside(text, a, low, end):
            break
        high = a
    high = trim(text, low, high)[1]
    return low, high


def _partner_inside(text: str, at: int, start: int, end: int) -> bool:
    """Tell whether the mark at `at` is paired with another inside the range, not at its far edge."""
    if text[at] not in _PAIRS and text[at] not in _OPENING:
        return False
    low, high = max(start, at - WINDOW), min(end, at + WINDOW)
    for opening, closing in _pairs(text, low, high):
        if at in (opening, closing):
            other = opening + closing - at
            return bool(text[start:other].strip()) and bool(text[other + 1 : end].strip())
    return False


def _first_word(text: str, start: int, end: int) -> Range:
    first = None
    for token in _within(text, start, min(end, start + WINDOW)):
        first = first or token
        if not _is_punctuation(text[slice(*token)]):
            return token
    return first or (start, end)


def _within(text: str, start: int, end: int) -> Iterator[Range]:
    """Yield the tokens that lie in the range, cut as they are in the whole text."""
    for token in tokens.iterate(text, start, min(end + _AHEAD, len(text))):
        if token[1] > end:
            return
        yield token


def _covering(text: str, offset: int) -> Range | None:
    """Return the token that `offset` is inside of."""
    if not 0 <= offset < len(text):
        return None
    for token in tokens.iterate(text, _safe_cut(text, offset), min(offset + WINDOW, len(text))):
        if token[0] > offset:
            return None
        if offset < token[1]:
            return token
    return None


def _ending(text: str, offset: int) -> Range | None:
    before = _covering(text, offset - 1)
    return before if before and before[1] == offset else None


def _safe_cut(text: str, offset: int) -> int:
    """Return a place before `offset` where no token can be under way: behind a blank."""
    low = max(offset - WINDOW, 0)
    return max(low, *(text.rfind(blank, low, offset) + 1 for blank in _CUT))


def _last_ink(text: str, start: int, end: int) -> int | None:
    """Return the last place in the range that is neither blank nor unseen, None if there is none."""
    at = end - 1
    while at >= start and _INKLESS.fullmatch(text, at, at + 1):
        at -= 1
    return at if at >= start else None


def _line(text: str, offset: int) -> Range:
    """Return the line around `offset`, cut to the window."""
    low, high = max(offset - WINDOW, 0), min(offset + WINDOW, len(text))
    start = _line_start(text, offset, low)
    if start == low:
        start = _safe_cut(text, low) if low and not text[low - 1].isspace() else low
    return start, _line_end(text, offset, high)


def _line_start(text: str, offset: int, low: int) -> int:
    return max(low, *(text.rfind(char, low, offset) + 1 for char in LINE_ENDS))


def _line_end(text: str, offset: int, high: int) -> int:
    match = _LINE_END.search(text, offset, min(high, offset + WINDOW))
    if match:
        return match.start()
    found = [text.find(char, offset, high) for char in LINE_ENDS]
    return min((at for at in found if at >= 0), default=high)
