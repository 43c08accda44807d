"""Collocates: words that stand near the results more often than chance would have it."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, log2

from annotator.core.small_words import SMALL
from annotator.store.project import Project
from annotator.store.search.finding import Hit, Progress
from annotator.store.search.index import indexed
from annotator.store.search.lines import texts_of

WINDOW = 5
"""Words to either side, unless told otherwise."""

_LEAST = 2
"""Times that a word must stand there: one is chance."""

_MOST = 400
"""Words whose frequency is looked up, the most frequent ones."""

_LETTERS = 30
"""Code points per word within which the window surely lies; words are some six on average."""

_BATCH = 500
"""Results between two reports."""

_WORD = re.compile(r"[\w\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word with how often it stands near the results, and how often it would by chance.

    `word` is as the index has it, small and without accents; `shown` is how it is written most often.
    """

    word: str
    shown: str
    count: int
    expected: float
    likelihood: float
    dice: float


def collocates(
    project: Project,
    hits: Sequence[Hit],
    window: int = WINDOW,
    *,
    with_small_words: bool = False,
    progress: Progress = lambda _done, _total: True,
) -> list[Collocate]:
    """Return the words up to `window` words away from the results, the least likely by chance first."""
    spelled: Counter[str] = Counter()
    for done, (hit, text) in enumerate(texts_of(project, hits)):
        if done % _BATCH == 0 and not progress(done, len(hits)):
            break
        spelled.update(_near(hit, text, window))
    size = spelled.total()
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    # Spellings are brought together afterwards: there are far fewer of them than words.
    for word, count in spelled.most_common():
        key = indexed(word)
        counts[key] += count
        written.setdefault(key, word)
    small = frozenset() if with_small_words else frozenset(map(indexed, SMALL))
    kept = [
        (word, count)
        for word, count in counts.most_common()
        if count >= _LEAST and word not in small and not word.isdigit()
    ][:_MOST]
    total = words_of_all(project.conn)
    found = []
    for word, count in kept:
        everywhere = max(_frequency(project.conn, word), count)
        found.append(
            Collocate(
                word,
                written[word],
                count,
                size * everywhere / max(total, 1),
                log_likelihood(count, size, everywhere, max(total, size + everywhere)),
                log_dice(count, len(hits), everywhere),
            )
        )
    return sorted(found, key=lambda each: (-each.likelihood, each.word))


def log_likelihood(count: int, size: int, everywhere: int, total: int) -> float:
    """Return G² of a word that stands `count` times among `size` words, `everywhere` among `total`.

    Dunning (1993), Accurate methods for the statistics of surprise and coincidence: twice the sum of
    O · ln(O / E) over the four cells of word or not, near or not. Negative where the word stands there
    more seldom than by chance.
    """
    cells = (
        (count, size * everywhere),
        (everywhere - count, (total - size) * everywhere),
        (size - count, size * (total - everywhere)),
        (total - size - everywhere + count, (total - size) * (total - everywhere)),
    )
    sum_ = sum(
        observed * log(observed * total / product)
        for observed, product in cells
        if observed > 0 and product > 0
    )
    return 2 * sum_ if count * total >= size * everywhere else -2 * sum_


def log_dice(count: int, hits: int, everywhere: int) -> float:
    """Return logDice, at most 14, whatever the size of the corpus.

    Rychlý (2008), A lexicographer-friendly association score: 14 + log₂(2 · f(xy) / (f(x) + f(y))).
    """
    return min(14.0, 14 + log2(2 * count / (hits + everywhere)))


def words_of_all(conn: sqlite3.Connection) -> int:
    """Return how many words all texts have: the index keeps the sum of each of its columns.

    https://www.sqlite.org/fts5.html, "averages record": rows, then words of title and of text.
    """
    row = conn.execute("select block from article_search_data where id = 1").fetchone()
    numbers = list(_varints(row[0])) if row else []
    return numbers[2] if len(numbers) > 2 else 0


def _varints(block: bytes) -> Iterator[int]:
    """Yield the numbers that SQLite wrote with seven bits a byte, the last byte of each below 128."""
    value = 0
    for byte in block:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            yield value
            value = 0


def _near(hit: Hit, text: str, window: int) -> list[str]:
    reach = window * _LETTERS
    before = _WORD.findall(text[max(0, hit.start - reach) : hit.start])
    return before[-window:] + _WORD.findall(text[hit.end : hit.end + reach])[:window]


def _frequency(conn: sqlite3.Connection, word: str) -> int:
    """Return how often the texts have a word, as the index counts."""
    conn.execute(
        """
        create virtual table if not exists temp.article_words
        using fts5vocab('main', 'article_search', 'col')
        """
    )
    row = conn.execute(
        "select cnt from temp.article_words where term = ? and col = 'text'", [word]
    ).fetchone()
    return int(row[0]) if row else 0
