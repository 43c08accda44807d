"""What tells a name by the words around it: the lists of a language, and how far a name runs on."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from annotator.core.tokens import UNSEEN
from annotator.resources import resource
from annotator.suggest.lexicon import Language, Lexicon, lexicon
from annotator.suggest.words import Words

_PARTICLES = frozenset(
    "de d' du des la le les l' di da del della van von der den ten al el bin ben ibn st ste y".split()
)
_OF = frozenset("de d' du des".split())
_UNSEEN = re.compile(f"[{UNSEEN}]")
_LONGEST = 6
"""Words of a name at most, particles left out."""


@dataclass(frozen=True, slots=True)
class Spotted:
    """A name `[start, end)` of a kind, how sure (0 to 1), and why in words."""

    kind: str
    start: int
    end: int
    score: float
    reason: str


def inked(words: Words, first: int, last: int) -> tuple[int, int]:
    """Return where words stand, both ends included, but for the signs at their edges without ink."""
    start, end = words.span(first, last)
    while start < end and _UNSEEN.match(words.text, end - 1):
        end -= 1
    while start < end and _UNSEEN.match(words.text, start):
        start += 1
    return start, end


@dataclass(frozen=True, slots=True)
class NameWords:
    """One language: heads of organisations and of places, signs of companies, first names as written.

    `large_bodies` head organisations only with a capital. `small` are words that begin no name, whatever
    their capital: articles, pronouns, conjunctions.
    """

    language: Language
    lexicon: Lexicon
    bodies: frozenset[str]
    large_bodies: frozenset[str]
    suffixes: frozenset[str]
    endings: tuple[str, ...]
    places: frozenset[str]
    first_names: frozenset[str]
    small: frozenset[str]

    def is_first_name(self, word: str) -> bool:
        """Tell whether a word as written is a first name, or several joined: Marc-Antoine."""
        return word in self.first_names or (
            "-" in word and all(part in self.first_names for part in word.split("-"))
        )


@cache
def name_words(language: Language) -> NameWords:
    """Return what is known of a language; read once. First names are those of both languages."""
    table = _table(language)
    known = lexicon(language)
    people = [_table(each)["people"] for each in ("fr", "en")]
    return NameWords(
        language,
        known,
        frozenset(table["organisations"]["heads"].split()),
        frozenset(table["organisations"]["large_heads"].split()),
        frozenset(table["organisations"]["suffixes"].split()),
        tuple(table["organisations"]["endings"].split()),
        frozenset(table["places"]["heads"].split()),
        frozenset(name for each in people for names in each.values() for name in names.split()),
        known.subjects
        | known.determiners
        | known.prepositions
        | known.coordinators
        | known.subordinators
        | known.adverbs
        | known.time
        | known.clausal
        | known.interrogatives
        | known.impersonal,
    )


@cache
def _table(language: str) -> dict[str, dict[str, str]]:
    path = resource("lexicons", f"names.{language}.toml")
    return tomllib.loads(path.read_text("utf-8"))


def is_name_word(words: Words, number: int) -> bool:
    """Tell whether a word may be part of a name: letters, with a capital first."""
    return words.surface[number][:1].isupper()


def run(words: Words, first: int) -> int:
    """Return the last word of the name that begins at a word: capitals, particles between, initials."""
    last = first
    for _step in range(_LONGEST):
        following = _following(words, last)
        if following is None:
            break
        last = following
    return _whole(words, last)


def _whole(words: Words, last: int) -> int:
    """Return the last word with what an apostrophe parts from it: Pennanec’h."""
    has_more = words.surface[last][-1] in "'’ʼ" and words.is_glued(last)
    return last + 1 if has_more and words.surface[last + 1].isalpha() else last


def run_of_person(words: Words, first: int, known: NameWords) -> int:
    """Return the last word of a person's name: "de" goes on with it only behind a first name."""
    last = first
    for _step in range(_LONGEST):
        following = _following(words, last)
        if following is None:
            break
        is_parted = any(words.lower[n] in _OF for n in range(last + 1, following))
        if is_parted and (last > first or not known.is_first_name(words.surface[first])):
            break
        last = following
    return _whole(words, last)


def _following(words: Words, last: int) -> int | None:
    """Return the next word of a name, None when it ends here."""
    n = last + 1
    if words.breaks_after(last) or n >= len(words):
        return None
    is_initial = len(words.surface[last]) == 1 and words.surface[n] == "."
    if is_initial and words.is_glued(last) and not words.breaks_after(n):
        return n + 1 if is_name_word(words, n + 1) else None
    if is_name_word(words, n):
        return n
    if words.lower[n] not in _PARTICLES:
        return None
    if words.lower[n + 1] in _PARTICLES:
        n += 1
    return n + 1 if is_name_word(words, n + 1) and not words.breaks_after(n) else None


def begins_sentence(words: Words, number: int) -> bool:
    """Tell whether a word stands where a capital says nothing."""
    return (
        number == 0
        or words.breaks_after(number - 1)
        or words.ends_sentence(number - 1)
        or words.surface[number - 1] in '«“”"—–-:•*'
    )


def is_all_capitals(words: Words, first: int, last: int) -> bool:
    """Tell whether words are a headline: every letter of them is a capital."""
    text = "".join(words.surface[first : last + 1])
    return len(text) > 3 and text == text.upper()
