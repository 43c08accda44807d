"""What the index of words is asked: every article that may say something, and few others."""

import re
import sqlite3
import unicodedata
from collections.abc import Sequence

from annotator.core.occurrences import Finder, variants
from annotator.core.query.matching import ALIKE, finder
from annotator.core.query.tree import Words


def expression(conn: sqlite3.Connection, finder: Finder) -> str | None:
    """Return what the index is asked for; None when it cannot tell, as with parts of words."""
    if not finder.likeness.whole or not finder.phrases:
        return None
    choices = []
    for phrase in finder.phrases:
        found = variants(phrase, finder.likeness)
        if not found:
            return None
        choices += [_all_of(_with_glued(conn, words)) for words in found]
    return f"text : ({' OR '.join(dict.fromkeys(choices))})"


def _with_glued(
    conn: sqlite3.Connection, words: tuple[tuple[str, ...], ...]
) -> tuple[tuple[str, ...], ...]:
    """Return words with the terms of the index in which a sign sticks to them, as in Roy🙂.

    SQLite takes signs that are younger than its tables of Unicode for letters. A sign between two
    words without a blank, as in Lyon🙂Roy, hides the second one.
    """
    led = [term for low, high in _SIGNS for term in _terms(conn, low, high)]
    found = []
    for forms in words:
        glued = list(forms)
        for form in forms:
            plain = indexed(form)
            trailed = _terms(conn, plain + _SIGNS[0][0], plain + _SIGNS[-1][1])
            glued += [term for term in (*led, *trailed) if plain in _WORD.findall(term)]
        found.append(tuple(glued))
    return tuple(found)


def _terms(conn: sqlite3.Connection, low: str, high: str) -> list[str]:
    conn.execute(
        """
        create virtual table if not exists temp.article_terms
        using fts5vocab('main', 'article_search', 'row')
        """
    )
    found = conn.execute(
        "select term from temp.article_terms where term >= ? and term < ?", [low, high]
    )
    return [term for (term,) in found]


_SIGNS = (("\u2010", "\u2c00"), ("\U0001f000", "\U0001fc00"))
"""Where Unicode keeps emoji and other signs."""

_WORD = re.compile(r"\w+")


def indexed(word: str) -> str:
    """Return a word as the index keeps it: small, its Latin letters without accents."""
    composed = unicodedata.normalize("NFC", word.lower())
    return "".join(map(_bare, composed))


def _bare(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() else char


def _all_of(words: tuple[tuple[str, ...], ...]) -> str:
    """Return an expression for words one after another; with several forms, for all of them anywhere."""
    if all(len(forms) == 1 for forms in words):
        return '"' + " ".join(forms[0] for forms in words) + '"'
    each = (" OR ".join(f'"{form}"' for form in forms) for forms in words)
    return "(" + " AND ".join(f"({forms})" for forms in each) + ")"


def expression_of(conn: sqlite3.Connection, words: Words) -> str | None:
    """Return what finds every article that says these words, None when the index cannot tell."""
    if not words.is_prefix:
        return expression(conn, finder(words))
    choices = variants(words.text, ALIKE)
    if not choices:
        return None
    led = [term for low, high in _SIGNS for term in _terms(conn, low, high)]
    asked = [_begun(conn, choice, led) for choice in choices]
    return f"text : ({' OR '.join(dict.fromkeys(asked))})"


def _begun(
    conn: sqlite3.Connection, choice: tuple[tuple[str, ...], ...], led: Sequence[str]
) -> str:
    """Return an expression for words of which the last may go on, or stick to a sign before it."""
    *before, (last,) = choice
    begins = indexed(last)
    sticking = [
        term for term in led if any(word.startswith(begins) for word in _WORD.findall(term))
    ]
    glued = _with_glued(conn, tuple(before))
    if not sticking and all(len(forms) == 1 for forms in glued):
        return '"' + " ".join((*(forms[0] for forms in glued), last)) + '"*'
    ended = " OR ".join((f'"{last}"*', *(f'"{term}"' for term in sticking)))
    return f"({_all_of(glued)} AND ({ended}))" if glued else f"({ended})"


def positions(
    conn: sqlite3.Connection, expression: str, after: int, most: int = -1
) -> Sequence[int]:
    """Return the positions behind `after` of the articles that the index names, in reading order."""
    found = conn.execute(
        """
        select rowid from article_search
        where article_search match ? and rowid > ? order by rowid limit ?
        """,
        [expression, after, most],
    )
    return [position for (position,) in found]
