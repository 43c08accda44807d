"""What is told "selon", "d'après" or "according to" somebody: the sentence around, without them."""

from collections.abc import Iterator
from functools import cache

from annotator.suggest.clauses import Clauses
from annotator.suggest.draft import Draft
from annotator.suggest.kinds import Phrase
from annotator.suggest.phrases import Phrases
from annotator.suggest.proposal import Range
from annotator.suggest.reading import Reading

_SHORTEST = 3
"""Words that content must have."""

_OWN = frozenset("moi toi je i me you".split())
_VIEWS = frozenset("view words opinion account telling eyes estimation".split())
_FOR = frozenset(("pour",))
_JOINING = frozenset("et mais and but or ou".split())


class According:
    """Finds the sources without a verb in one reading, and what they are the source of."""

    def __init__(self, reading: Reading, phrases: Phrases, clauses: Clauses) -> None:
        self._reading = reading
        self._words = reading.words
        self._lexicon = reading.lexicon
        self._phrases = phrases
        self._clauses = clauses
        self._keys = _keys(reading.lexicon.according)

    def places(self) -> Iterator[tuple[Range, Phrase | None]]:
        """Yield first and last word of every phrase like "de l'avis de".

        Where the source stands inside the phrase, as in "in Mr X's view", it comes with it.
        """
        yield from ((cue, None) for cue in self._before_source())
        if self._lexicon.language == "en":
            yield from self._round_source()

    def _before_source(self) -> Iterator[Range]:
        lower, keys = self._words.lower, self._keys
        for number in self._words.where(keys, lower):
            for offset, phrase in keys[lower[number]]:
                first = number - offset
                if first >= 0 and tuple(lower[first : first + len(phrase)]) == phrase:
                    yield first, first + len(phrase) - 1
                    break
        if self._lexicon.language == "fr":
            for number in self._words.where(_FOR, lower):
                if self._stands_apart(number):
                    yield number, number

    def _stands_apart(self, number: int) -> bool:
        """Tell whether a word begins a sentence or follows a comma."""
        return (
            number == 0
            or self._words.surface[number - 1] == ","
            or number == self._reading.sentence_start(number)
        )

    def _round_source(self) -> Iterator[tuple[Range, Phrase]]:
        """Yield "in Mr X's view" and "by her account", each with its source."""
        lower = self._words.lower
        for number in self._words.where(_VIEWS, lower):
            if number < 2:
                continue
            if lower[number - 1] in ("his", "her", "their") and lower[number - 2] in ("in", "by"):
                yield (number - 2, number), Phrase(number - 1, number - 1)
            elif lower[number - 1] == "'s":
                first = next(
                    (
                        n
                        for n in range(number - 2, max(-1, number - 10), -1)
                        if lower[n] in ("in", "by")
                    ),
                    None,
                )
                if first is not None and first < number - 2:
                    yield (first, number), Phrase(first + 1, number - 2)

    def draft(self, cue: Range, source: Phrase | None, floor: int, end: int) -> Draft | None:
        """Return what is told according to the source behind `cue`, within its sentence."""
        words = self._words
        if source is None:
            source = self._source(cue[1] + 1, end)
            behind = source.last + 1 if source else end
        else:
            behind = cue[1] + 1
        if source is None or behind > end:
            return None
        kind = self._phrases.kinds.of(source)
        if words.lower[cue[0]] == "pour" and not self._is_person(source, behind, kind):
            return None
        parts, pattern = self._content(cue, behind, floor, end)
        if not parts:
            return None
        return Draft(parts, "indirect", pattern, 0.8, cue=cue, source=source, kind=kind)

    def _is_person(self, source: Phrase, behind: int, kind: str) -> bool:
        """Tell whether "pour" is followed by somebody who thinks, and by a comma."""
        words = self._words
        is_marked = words.surface[behind] == ","
        if self._phrases.is_pronoun(source.first):
            return is_marked and words.lower[source.first] in ("lui", "elle", "eux", "elles")
        return is_marked and kind in ("person", "group", "anonymous")

    def _source(self, place: int, end: int) -> Phrase | None:
        words = self._words
        if place > end or not words.is_word(place) or words.lower[place] in _OWN:
            return None
        if self._phrases.is_pronoun(place):
            return Phrase(place, place)
        if words.lower[place] in self._lexicon.complementisers:
            return None
        phrase = self._phrases.at(place, end)
        return self._phrases.with_appositions(phrase, end) if phrase else None

    def _content(self, cue: Range, behind: int, floor: int, end: int) -> tuple[list[Range], str]:
        """Return what the source is the source of: before it, behind it, or both."""
        words = self._words
        before = cue[0] - 1
        has_comma = before > floor and words.surface[before] in ",—–"
        is_joined = before > floor and words.lower[before - has_comma] in _JOINING
        first = self._behind_relative(behind, end)
        last = self._clauses.end(first, end) if first < end else 0
        is_set_off = behind < end and words.surface[behind] in ",—–" and first > behind
        follows = is_set_off and last - first + 1 >= (1 if has_comma else _SHORTEST)
        if before - floor < 1 or is_joined:
            return ([(first, last)], "selon-before") if first < end and last > first else ([], "")
        earlier = (floor, self._clauses.trimmed(floor, before - has_comma))
        if has_comma and follows and not self._clauses.breaks_off(behind, end):
            return [earlier, (first, last)], "selon-inside"
        if earlier[1] - floor + 1 < _SHORTEST:
            return ([(first, last)], "selon-before") if follows else ([], "")
        return [earlier], "selon-after"

    def _behind_relative(self, behind: int, end: int) -> int:
        """Return where content begins behind a source: after its comma, and after ", qui tient à …,"."""
        words = self._words
        if behind >= end or words.surface[behind] not in ",—–":
            return behind
        if words.lower[behind + 1] in ("qui", "dont", "who", "whose"):
            comma = next((n for n in range(behind + 1, end) if words.surface[n] == ","), None)
            return behind + 1 if comma is None else comma + 1
        return behind + 1


@cache
def _keys(phrases: tuple[tuple[str, ...], ...]) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """Return the phrases by their longest word ("avis" in "de l'avis de"), with its place in them."""
    keys: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        key = max(phrase, key=len)
        keys.setdefault(key, []).append((phrase.index(key), phrase))
    return keys
