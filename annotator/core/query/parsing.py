"""Reads a query: what was typed becomes a tree, or one sentence about the place that is wrong."""

import re
import warnings
from collections.abc import Sequence

from annotator.core.query.bounds import bounds
from annotator.core.query.keys import ORIGINS, SHAPES, STATES, Key, plain, spoken
from annotator.core.query.scanning import EXAMPLES, Piece, Token, scan
from annotator.core.query.tree import (
    And,
    Comparison,
    Condition,
    Node,
    Not,
    Or,
    Pattern,
    Query,
    QueryError,
    Words,
)
from annotator.language import _

LONGEST = 5_000
"""Code points of a query."""

_DEEPEST = 40
"""Parentheses and NOTs within one another."""

_MOST = 100
"""Words and conditions of one query."""

_CHOICES = {
    Key.STATE: {plain(name): value for name, value in STATES.items()},
    Key.IS: {plain(name): value for name, value in SHAPES.items()},
}
_ORIGINS = {plain(name): value for name, value in ORIGINS.items()}
_NAMED = re.compile(r"(?P<name>[^=!]*)(?P<sign>!?=)(?P<value>.*)", re.DOTALL)


def parse(text: str) -> Query:
    """Return what a query says. Raises QueryError, and nothing else, whatever was typed."""
    if len(text) > LONGEST:
        raise QueryError(
            _("This is longer than a query may be: {most} signs.").format(most=LONGEST),
            LONGEST,
            len(text),
        )
    for at, char in enumerate(text):
        if char == "\0" or "\ud800" <= char <= "\udfff":
            raise QueryError(_("This sign is no text; take it away."), at, at + 1)
    tokens = list(scan(text))
    if not tokens:
        raise QueryError(
            _("Write what to look for: words, or a condition such as label:PER."), 0, len(text)
        )
    if len(tokens) > 2 * _MOST:
        raise QueryError(
            _("These are too many conditions at once; {most} are possible.").format(most=_MOST),
            tokens[2 * _MOST].start,
            len(text),
        )
    return Query(text, _Reader(tokens, len(text)).read())


class _Reader:
    """Goes over the tokens once; NOT binds closest, then AND (or nothing), then OR."""

    def __init__(self, tokens: Sequence[Token], length: int) -> None:
        self._tokens = tokens
        self._length = length
        self._at = 0
        self._depth = 0

    def read(self) -> Node:
        node = self._any_of()
        if (token := self._peek()) is not None:
            raise QueryError(
                _("This parenthesis closes none that was opened."), token.start, token.end
            )
        return node

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _takes(self, sort: str) -> bool:
        token = self._peek()
        if token is None or token.sort != sort:
            return False
        self._at += 1
        return True

    def _any_of(self) -> Node:
        parts = [self._all_of()]
        while self._takes("or"):
            parts.append(self._all_of())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all_of(self) -> Node:
        parts = [self._one()]
        while True:
            if self._takes("and"):
                parts.append(self._one())
                continue
            token = self._peek()
            if token is None or token.sort in (")", "or"):
                return parts[0] if len(parts) == 1 else And(tuple(parts))
            parts.append(self._one())

    def _one(self) -> Node:
        token = self._peek()
        if token is None or token.sort in (")", "and", "or"):
            raise self._lacking(token)
        self._at += 1
        if token.sort in ("(", "not"):
            return self._deeper(token)
        if token.sort == "words":
            return _words(token)
        return _pattern(token) if token.sort == "pattern" else _condition(token)

    def _deeper(self, token: Token) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise QueryError(_("This is nested too deeply."), token.start, token.end)
        if token.sort == "not":
            node: Node = Not(self._one())
        else:
            node = self._any_of()
            if not self._takes(")"):
                raise QueryError(
                    _("This parenthesis is not closed: write “)” behind the last word."),
                    token.start,
                    token.end,
                )
        self._depth -= 1
        return node

    def _lacking(self, token: Token | None) -> QueryError:
        """Return what to say where a word or a condition should stand and none does."""
        before = self._tokens[self._at - 1] if self._at else None
        if token is None and before is not None:
            return QueryError(
                _("Something must follow “{word}”.").format(word=before.text),
                before.start,
                before.end,
            )
        if token is None:
            return QueryError(_("Write what to look for."), 0, self._length)
        if token.sort == ")" and before is not None and before.sort == "(":
            return QueryError(
                _("There is nothing between the parentheses."), before.start, token.end
            )
        if token.sort == ")" and before is None:
            return QueryError(
                _("This parenthesis closes none that was opened."), token.start, token.end
            )
        return QueryError(
            _("Something must stand before “{word}”.").format(word=token.text),
            token.start,
            token.end,
        )


def _words(token: Token) -> Words:
    text, is_prefix = _starred(token.text, token.start, token.end)
    return Words(text, is_prefix, token.start, token.end)


def _starred(text: str, start: int, end: int) -> tuple[str, bool]:
    """Return words without the star behind them, and whether there was one."""
    bare = text.removesuffix("*")
    if "*" in bare or not bare.strip():
        raise QueryError(
            _("A star stands behind the beginning of a word, as in écolog*."), start, end
        )
    return bare.rstrip(), bare != text


def _pattern(token: Token) -> Pattern:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(token.text, re.MULTILINE)
    except (re.error, ValueError, OverflowError, RecursionError, MemoryError) as error:
        at = getattr(error, "pos", None)
        place = token.start + 1 + at if at is not None else token.start
        raise QueryError(
            _("This is no regular expression: {reason}.").format(
                reason=getattr(error, "msg", "") or error
            ),
            min(place, token.end - 1),
            token.end,
        ) from error
    return Pattern(token.text, token.flags, token.start, token.end)


def _condition(token: Token) -> Condition | Comparison:
    key = token.key
    assert key is not None
    start, end = token.pieces[0].start, token.pieces[-1].end
    if key in (Key.DATE, Key.SCORE):
        value = "".join(piece.text for piece in token.pieces)
        return Comparison(key, bounds(key, value, start, end), token.start, token.end)
    if key in (Key.ATTR, Key.META):
        return _named(key, token)
    [piece, *more] = token.pieces
    if more and not (len(more) == 1 and more[0].text == "*"):
        raise QueryError(
            _("A blank is missing here: the value of “{key}:” ends before.").format(key=token.text),
            more[0].start,
            more[0].end,
        )
    text = "".join(each.text for each in token.pieces)
    if key in _CHOICES:
        return Condition(key, _choice(token, text), start=token.start, end=token.end)
    value, is_prefix = _starred(text, piece.start, end)
    if key is Key.ORIGIN and not piece.is_quoted:
        value = _ORIGINS.get(plain(value), value)
    return Condition(key, value, is_prefix=is_prefix, start=token.start, end=token.end)


def _choice(token: Token, text: str) -> str:
    key = token.key
    assert key is not None
    found = _CHOICES[key].get(plain(text))
    if found is None:
        known = ", ".join(spoken(STATES if key is Key.STATE else SHAPES))
        raise QueryError(
            _("“{value}” is nothing that “{key}:” takes; it takes {known}.").format(
                value=text, key=token.text, known=known
            ),
            token.pieces[0].start,
            token.end,
        )
    return found


def _named(key: Key, token: Token) -> Condition:
    """Return a condition on an attribute or on free metadata, as in type=indirect or type!=indirect."""
    name, sign, value = _split(token.pieces)
    start, end = token.pieces[0].start, token.end
    if not name.strip() or (sign and not value.strip(" *")):
        raise QueryError(
            _("“{key}:” is followed by a name, or by a name, “=” and a value: {example}.").format(
                key=token.text, example=EXAMPLES[key]
            ),
            start,
            end,
        )
    if not sign:
        return Condition(key, None, name.strip(), start=token.start, end=token.end)
    value, is_prefix = _starred(value.strip(), start, end)
    return Condition(
        key,
        value,
        name.strip(),
        is_prefix=is_prefix,
        is_unlike=sign == "!=",
        start=token.start,
        end=token.end,
    )


def _split(pieces: Sequence[Piece]) -> tuple[str, str, str]:
    """Return name, sign and value; signs between quotes are part of either."""
    name = ""
    for n, piece in enumerate(pieces):
        match = None if piece.is_quoted else _NAMED.fullmatch(piece.text)
        if match:
            rest = "".join(each.text for each in pieces[n + 1 :])
            return name + match["name"], match["sign"], match["value"] + rest
        name += piece.text
    return name, "", ""
