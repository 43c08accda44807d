"""Organisations by their head words and signs of companies, and the letters that stand for them."""

import re
from collections.abc import Iterator

from annotator.core.names import folded
from annotator.language import _
from annotator.suggest import wording
from annotator.suggest.spotted import (
    NameWords,
    Spotted,
    begins_sentence,
    inked,
    is_name_word,
    run,
)
from annotator.suggest.words import Words

_OF = frozenset("de du des d' of".split())
_THE = frozenset("la l' le les the".split())
_BETWEEN = 5
"""Small words between a head and the capital that makes it a name: "syndicat des cols bleus de Laval"."""

_LONG_FORM = 12
"""Words before letters in parentheses that may be what they stand for."""

_LETTERS = re.compile(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ0-9&]{1,7}")


def organisations(words: Words, known: NameWords) -> Iterator[Spotted]:
    """Yield organisations that their head or the sign of a company tells."""
    for at in words.where(known.bodies | known.large_bodies, words.lower):
        found = _headed(words, known, at)
        if found:
            first, last, score = found
            reason = _("“{word}” heads a name").format(word=words.surface[at])
            yield Spotted("organisation", *inked(words, first, last), score, reason)
    for at in words.where(known.suffixes, words.lower):
        found = _company(words, at)
        if found:
            first, last, score = found
            reason = _("“{word}” is the sign of a company").format(word=words.surface[at])
            yield Spotted("organisation", *inked(words, first, last), score, reason)


def _headed(words: Words, known: NameWords, at: int) -> tuple[int, int, float] | None:
    """Return first and last word of what a head begins or ends, and how sure that is."""
    is_large = is_name_word(words, at)
    if not is_large and (known.language == "en" or words.lower[at] in known.large_bodies):
        return None
    if known.language == "en" and words.lower[at + 1] not in _OF:
        return _ended(words, known, at)
    n = at + 1
    adjective = _adjective(words, known, n)
    if adjective:
        n += 1
    if words.breaks_after(n - 1):
        return None
    capital = n if is_name_word(words, n) and known.language == "fr" else _behind_of(words, n)
    if capital is not None:
        last = _with_second(words, known, run(words, capital))
        return at, last, 0.75 if is_large else 0.6
    if adjective and is_large and not begins_sentence(words, at):
        return at, at + 1, 0.6
    return None


def _behind_of(words: Words, n: int) -> int | None:
    """Return the first capital behind "de la", with some small words before it at most."""
    if words.lower[n] not in _OF:
        return None
    for step in range(1, _BETWEEN + 1):
        number = n + step
        if number >= len(words) or words.breaks_after(number - 1):
            return None
        if is_name_word(words, number):
            return number
        if not words.surface[number][0].isalpha():
            return None
    return None


def _with_second(words: Words, known: NameWords, last: int) -> int:
    """Return the last word with what "et" and "and" add: "Santé et des Services sociaux"."""
    n = last + 1
    if words.breaks_after(last):
        return last
    if words.surface[last].endswith("s") and _adjective(words, known, n):
        last, n = n, n + 1
    if words.lower[n] not in ("et", "and") or words.lower[n + 1] not in _OF | _THE:
        return last
    n += 2
    if words.lower[n] in _THE:
        n += 1
    if n >= len(words) or not is_name_word(words, n):
        return last
    last = run(words, n)
    is_plural = words.surface[last].endswith("s")
    return last + 1 if is_plural and _adjective(words, known, last + 1) else last


def _adjective(words: Words, known: NameWords, n: int) -> bool:
    word = words.lower[n]
    is_small = word.isalpha() and word == words.surface[n] and len(word) > 4
    return bool(known.endings) and is_small and word.endswith(known.endings)


def _ended(words: Words, known: NameWords, at: int) -> tuple[int, int, float] | None:
    """Return the capitals that an English head ends: "the Liberal Party"."""
    first = at
    while first and is_name_word(words, first - 1) and not words.breaks_after(first - 1):
        first -= 1
    if first < at and words.lower[first] in known.small:
        first += 1
    return (first, at, 0.7) if first < at else None


def _company(words: Words, at: int) -> tuple[int, int, float] | None:
    """Return the name before "Inc.", with it."""
    surface = words.surface[at]
    if len(surface) < 3 and not surface.isupper():
        return None
    last = at - 1
    if words.surface[last] == ",":
        last -= 1
    first = last
    if first < 0 or not is_name_word(words, first):
        return None
    while first and is_name_word(words, first - 1) and not words.breaks_after(first - 1):
        first -= 1
    has_stop = words.surface[at + 1] == "." and words.is_glued(at)
    return first, at + 1 if has_stop and not words.ends_sentence(at + 1) else at, 0.85


def acronyms(words: Words) -> Iterator[Spotted]:
    """Yield letters with what they stand for, either of them in parentheses, and the letters alone later."""
    meant: dict[str, str] = {}
    explained: set[int] = set()
    for at in words.where({"("}, words.surface):
        for long, short in (_before(words, at), _inside(words, at)):
            if short < 0:
                continue
            start, end = inked(words, *long)
            letters = words.surface[short]
            whole = words.text[start:end]
            meant.setdefault(letters, whole)
            explained.add(short)
            reason = _("“{letters}” is short for it").format(letters=letters)
            yield Spotted("organisation", start, end, 0.8, reason)
    for at in words.where(meant, words.surface):
        reason = _("short for “{name}”").format(name=meant[words.surface[at]])
        yield Spotted("organisation", *inked(words, at, at), 0.85, reason)


_NONE = ((0, 0), -1)


def _before(words: Words, at: int) -> tuple[tuple[int, int], int]:
    """Return the long form before letters in parentheses, and where the letters are."""
    short = at + 1
    if not _LETTERS.fullmatch(words.surface[short]) or words.surface[short + 1] != ")":
        return _NONE
    wanted = words.lower[short]
    for first in range(at - 1, max(-1, at - 1 - _LONG_FORM), -1):
        if words.breaks_after(first) and first < at - 1:
            break
        if _stands_for(words, first, at - 1, wanted):
            return (first, at - 1), short
    return _NONE


def _inside(words: Words, at: int) -> tuple[tuple[int, int], int]:
    """Return the long form in parentheses behind letters."""
    short = at - 1
    if short < 0 or not _LETTERS.fullmatch(words.surface[short]):
        return _NONE
    for last in range(at + 1, min(len(words), at + 1 + _LONG_FORM)):
        if words.surface[last + 1] == ")":
            stands = _stands_for(words, at + 1, last, words.lower[short])
            return ((at + 1, last), short) if stands else _NONE
    return _NONE


def _stands_for(words: Words, first: int, last: int, letters: str) -> bool:
    own = words.lower[first]
    if own in wording.SMALL or not own[:1].isalpha():
        return False
    start, end = words.span(first, last)
    said = wording.plainly(words.text[start:end])
    return folded(letters) in wording.initials(said)
