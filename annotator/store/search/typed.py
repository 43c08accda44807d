"""What people type into a search box, in the syntax of SQLite's FTS5."""

import re

_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_WORD = re.compile(r"[\w\u0300-\u036f]+")
"""A decomposed é is an e and a mark, and still one word."""


def match_expression(query: str) -> str:
    """Return a query for `article_search`, "" when it holds no word.

    All words are wanted, the last one may be unfinished; words between quotes are a phrase. Case and
    accents are the index's business.
    """
    terms = []
    is_unfinished = False
    for phrase, word in _TERM.findall(query):
        words = _WORD.findall(phrase or word)
        if words:
            terms.append('"' + " ".join(words) + '"')
            is_unfinished = bool(word)
    return " ".join(terms) + ("*" if is_unfinished else "")
