"""Cuts a query into signs, words, phrases, expressions and conditions, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from annotator.core.names import folded
from annotator.core.query.keys import KEYS, OPERATORS, Key
from annotator.core.query.tree import QueryError
from annotator.language import _

_KEY = re.compile(r"([^\W\d_]+):")
_QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“"}
_BARE = re.compile(rf"[^\s(){''.join(_QUOTES)}]+")
_FLAGS = "is"

Sort = Literal["(", ")", "and", "or", "not", "words", "pattern", "key"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a value, between quotes or bare."""

    text: str
    is_quoted: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a query. `text` is without its quotes or slashes, `pieces` the value of a key."""

    sort: Sort
    text: str
    start: int
    end: int
    is_quoted: bool = False
    flags: str = ""
    key: Key | None = None
    pieces: tuple[Piece, ...] = ()


def scan(query: str) -> Iterator[Token]:
    """Yield the tokens of a query. Raises QueryError at the first that cannot be one."""
    at = 0
    while at < len(query):
        char = query[at]
        if char.isspace():
            at += 1
            continue
        if char in "()":
            token = Token("(" if char == "(" else ")", char, at, at + 1)
        elif char == "-":
            token = _minus(query, at)
        elif char == "/":
            token = _pattern(query, at)
        elif char in _QUOTES:
            token = _phrase(query, at)
        elif match := _KEY.match(query, at):
            token = _condition(query, match)
        else:
            token = _word(query, at)
        yield token
        at = token.end


def _minus(query: str, at: int) -> Token:
    if at + 1 == len(query) or query[at + 1].isspace() or query[at + 1] in ")-":
        raise QueryError(
            _("“-” excludes what stands directly behind it, as in -sport; here nothing does."),
            at,
            at + 1,
        )
    return Token("not", "-", at, at + 1)


def _pattern(query: str, at: int) -> Token:
    end = at + 1
    while end < len(query) and query[end] != "/":
        end += 2 if query[end] == "\\" else 1
    if end >= len(query):
        raise QueryError(
            _("The expression has no end: write a second “/” behind it, as in /élu(e|s)?/."),
            at,
            len(query),
        )
    source = query[at + 1 : end].replace("\\/", "/")
    flags = re.compile(r"\w*").match(query, end + 1)
    written = flags.group() if flags else ""
    if not source:
        raise QueryError(_("There is nothing between the two “/”."), at, end + 1)
    if unknown := written.strip(_FLAGS):
        raise QueryError(
            _("“{flag}” cannot follow an expression: only i (any case) and s can.").format(
                flag=unknown
            ),
            end + 1,
            end + 1 + len(written),
        )
    return Token("pattern", source, at, end + 1 + len(written), flags=written)


def _phrase(query: str, at: int) -> Token:
    piece = _quoted(query, at)
    end = piece.end
    text = piece.text
    if query[end : end + 1] == "*":
        end += 1
        text += "*"
    return Token("words", text, at, end, is_quoted=True)


def _quoted(query: str, at: int) -> Piece:
    """Return what stands between quotes; a backslash before a straight quote makes it one of the words."""
    closing = _QUOTES[query[at]]
    end = at + 1
    text = ""
    while end < len(query) and query[end] != closing:
        if query[end] == "\\" and query[end + 1 : end + 2] in ('"', "\\"):
            end += 1
        text += query[end]
        end += 1
    if end == len(query):
        raise QueryError(
            _("The quote is not closed: write {mark} behind the last word.").format(mark=closing),
            at,
            len(query),
        )
    if not text.strip(" *\t\n\u00a0\u202f"):
        raise QueryError(_("There is no word between the quotes."), at, end + 1)
    return Piece(text.strip(), True, at, end + 1)


def _word(query: str, at: int) -> Token:
    match = _BARE.match(query, at)
    if match is None:  # A closing quote that nothing opened is a sign like any other.
        return Token("words", query[at], at, at + 1)
    word = match.group()
    if word in OPERATORS:
        operator = OPERATORS[word]
        sort: Sort = "and" if operator == "and" else "or" if operator == "or" else "not"
        return Token(sort, word, *match.span())
    if word.startswith(":"):
        raise QueryError(
            _("A key, its colon and its value are written without blanks, as in label:PER."),
            at,
            at + 1,
        )
    return Token("words", word, *match.span())


def _condition(query: str, match: re.Match[str]) -> Token:
    name = match[1]
    key = KEYS.get(folded(name))
    if key is None:
        raise _unknown(name, *match.span(1))
    pieces = list(_pieces(query, match.end()))
    if not pieces:
        raise QueryError(
            _("“{key}:” wants a value directly behind the colon, as in {example}.").format(
                key=name, example=EXAMPLES[key]
            ),
            *match.span(),
        )
    return Token("key", name, match.start(), pieces[-1].end, key=key, pieces=tuple(pieces))


def _pieces(query: str, at: int) -> Iterator[Piece]:
    while at < len(query) and not query[at].isspace() and query[at] not in "()":
        if query[at] in _QUOTES:
            piece = _quoted(query, at)
        else:
            match = _BARE.match(query, at)
            end = match.end() if match else at + 1
            piece = Piece(query[at:end], False, at, end)
        yield piece
        at = piece.end


def _unknown(name: str, start: int, end: int) -> QueryError:
    [near] = get_close_matches(folded(name), KEYS, 1, 0.6) or [""]
    if near:
        meant = KEYS[near].value
        return QueryError(
            _("There is no key “{name}”; “{near}” may be meant. Quotes make it a word.").format(
                name=name, near=meant
            ),
            start,
            end,
        )
    return QueryError(
        _("There is no key “{name}”. To search for these words, put them between quotes.").format(
            name=name
        ),
        start,
        end,
    )


EXAMPLES = {
    Key.LABEL: "label:PER",
    Key.TEXT: 'text:"l’Élysée"',
    Key.ENTITY: 'entity:"Bruneau"',
    Key.ATTR: "attr:type=indirect",
    Key.MISSING: "missing:source",
    Key.HAS: "has:source",
    Key.STATE: "state:done",
    Key.BY: "by:Ada",
    Key.ORIGIN: "origin:suggested",
    Key.IS: "is:overlapping",
    Key.SCORE: "score:>0.8",
    Key.NOTE: "note:doute",
    Key.IN: "in:climat",
    Key.SOURCE: 'source:"Le Monde"',
    Key.TITLE: "title:climat",
    Key.AUTHOR: "author:Dupont",
    Key.LANGUAGE: "language:fr",
    Key.URL: "url:lemonde.fr",
    Key.DATE: "date:2018-04..2018-06",
    Key.META: "meta:rubrique=culture",
}
"""How each key is used."""
