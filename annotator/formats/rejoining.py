"""Tokens back into a text: found again in one that a file gives, else joined as French or English is set."""

import re
from collections.abc import Container, Sequence
from typing import NamedTuple

from annotator.core.tokens import UNSEEN, Range

_BETWEEN = re.compile(f"[\\s{UNSEEN}]*")
_LETTER = re.compile(r"[^\W\d_]")

_CLOSING = frozenset(
    (",", ".", "...", "…", ")", "]", "}", "”", "’’", "''", "%", "n't", "n’t", "-RRB-", "-RSB-")
)
"""Tokens that follow the one before without a blank."""

_OPENING = frozenset(("(", "[", "{", "“", "‘", "``", "¿", "¡", "$", "£", "#", "-LRB-", "-LSB-"))
"""Tokens that the next one follows without a blank."""

_ELISION = re.compile(
    r"(?:[cçdjlmnst]|(?:jus|lors|puis|quoi|pres|quel)?qu|entr|parc)['’ʼ]", re.IGNORECASE
)
_CLITIC = re.compile(
    r"-(?:t-)?(?:ils?|elles?|on|je|tu|ce|nous|vous|moi|toi|lui|leur|les?|la|en|y|là|ci)",
    re.IGNORECASE,
)
_CONTRACTION = re.compile(r"['’](?:s|re|ve|ll|d|m|t)", re.IGNORECASE)
_HIGH = frozenset((":", ";", "!", "?", "!!", "??", "?!", "!?"))
"""What French sets apart from the word before by a no-break space."""

_FRENCH = frozenset(
    "le la les des du et est une dans que qui pour il elle sur pas au à l' l’".split()
)
_ENGLISH = frozenset(
    "the of and to is was in that for he she with on by it at his her from".split()
)


class Rejoined(NamedTuple):
    """A text and where each token lies in it, in code points."""

    text: str
    ranges: list[Range]


def found_in(text: str, words: Sequence[str]) -> list[Range] | None:
    """Return where the tokens of a text lie in it; None when they are not its tokens.

    Between two there may be blanks and signs without ink; blanks that were dropped inside a token,
    as columns have to, are found again.
    """
    ranges: list[Range] = []
    at = 0
    for word in words:
        start = text.find(word, at)
        if start > at and text[at:start] != " " and not _BETWEEN.fullmatch(text, at, start):
            start = -1
        end = start + len(word)
        if start < 0:
            start = _behind_blanks(text, at)
            end = _end(text, start, word)
        if end <= start:
            return None
        ranges.append((start, end))
        at = end
    return ranges if _BETWEEN.fullmatch(text, at) else None


def joined(words: Sequence[str], breaks: Container[int] = ()) -> Rejoined:
    """Return tokens as a text, set by the rules of their language; a line for each sentence.

    `breaks` are the tokens that begin one. Where a French text has a no-break space (before : ; ! ?
    and inside « »), so has this one; straight quotation marks open and close by turns.
    """
    is_french = _is_french(words)
    parts: list[str] = []
    ranges: list[Range] = []
    at = 0
    before = ""
    straight = 0
    for number, word in enumerate(words):
        if word == '"':
            straight += 1
        if number in breaks and number:
            gap, straight = "\n", int(word == '"')
        else:
            gap = _gap(before, word, straight, is_french=is_french) if number else ""
        parts += (gap, word)
        at += len(gap)
        ranges.append((at, at + len(word)))
        at += len(word)
        before = word
    return Rejoined("".join(parts), ranges)


def _behind_blanks(text: str, at: int) -> int:
    match = _BETWEEN.match(text, at)
    return match.end() if match else at


def _end(text: str, start: int, word: str) -> int:
    """Return where a token ends in whose place the text has the same signs, and blanks among them; else 0."""
    at = start
    for sign in word:
        if not text.startswith(sign, at):
            at = _behind_blanks(text, at)
        if not text.startswith(sign, at):
            return 0
        at += 1
    return at


def _gap(before: str, word: str, straight: int, *, is_french: bool) -> str:
    """Return what stands between two tokens; `straight` counts the straight quotation marks so far."""
    if word in _CLOSING or before in _OPENING:
        return "\u00a0" if word == "%" and is_french else ""
    if (word == '"' and straight % 2 == 0) or (before == '"' and straight % 2 == 1):
        return ""
    if before in ("«", "‹") or word in ("»", "›"):
        return "\u00a0" if is_french else ""
    if word in _HIGH:
        return "\u00a0" if is_french and before[-1:] not in ("!", "?") else ""
    if _ELISION.fullmatch(before) and _LETTER.match(word):
        return ""
    if before[-1:].isalpha() and (_CLITIC.fullmatch(word) or _CONTRACTION.fullmatch(word)):
        return ""
    return " "


def _is_french(words: Sequence[str]) -> bool:
    some = [word.lower() for word in words[:2000]]
    if "«" in some:
        return True
    return sum(word in _FRENCH for word in some) >= sum(word in _ENGLISH for word in some)
