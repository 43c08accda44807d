"""Finding words in the article: capitals and accents may be ignored, offsets stay exact."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache

_MARKS = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff]*"
_APOSTROPHES = str.maketrans("’ʼ\u00a0\u202f\u2009", "''   ")


class Search:
    """One query over one text. Matches are half-open ranges of code points of that text."""

    def __init__(self, text: str, query: str, *, case: bool = False, whole: bool = False) -> None:
        self.asked = (query, case, whole)
        self._text = text if case else folded(text)
        wanted = query if case else _without_marks(folded(query))
        # Decomposed letters keep their accents behind them; ignored as they are in the query.
        pattern = ("" if case else _MARKS).join(map(re.escape, wanted)) + ("" if case else _MARKS)
        if whole:
            pattern = rf"(?<!\w){pattern}(?!\w)"
        self._pattern = re.compile(pattern) if wanted else None
        self._reach = 4 * len(wanted) + 1

    def between(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the matches that share a character with `[start, end)`."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(
            self._text, max(0, start - self._reach), end + self._reach
        ):
            if match.end() > start and match.start() < end:
                yield match.span()

    def after(self, offset: int) -> tuple[int, int] | None:
        """Return the first match from `offset` on, else the first of the text."""
        if self._pattern is None:
            return None
        match = self._pattern.search(self._text, offset) or self._pattern.search(self._text)
        return match.span() if match else None

    def before(self, offset: int) -> tuple[int, int] | None:
        """Return the last match that ends at `offset` or before, else the last of the text."""
        high = offset
        while high > 0:
            low = max(0, high - 8_192)
            spans = [span for span in self.between(low, high) if span[1] <= offset]
            if spans:
                return spans[-1]
            high = low
        return self.before(len(self._text)) if offset < len(self._text) and self.after(0) else None

    @cached_property
    def count(self) -> int:
        """How many matches the text has."""
        return (
            0 if self._pattern is None else sum(1 for _match in self._pattern.finditer(self._text))
        )


@lru_cache(maxsize=2)
def folded(text: str) -> str:
    """Return the text in lower case, without accents, as long as it was."""
    # One replacement a letter that occurs: far quicker than a table on a million characters.
    for char in set(text):
        plain = _plain(char)
        if plain != char:
            text = text.replace(char, plain)
    return text


@cache
def _plain(char: str) -> str:
    if unicodedata.combining(char):
        return char
    base = unicodedata.normalize("NFD", char.translate(_APOSTROPHES))[0].lower()
    return base if len(base) == 1 else char


def _without_marks(text: str) -> str:
    return "".join(char for char in text if not unicodedata.combining(char))
