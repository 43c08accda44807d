"""The book of names: what words were labelled before, and so what they probably are where they come again."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotator.language import _, n_
from annotator.suggest.folding import Folded, key, small
from annotator.suggest.mention import Mention

_MOST_WORDS = 8
"""Words of a name at most; what is longer does not come again."""

_FRESH = 500
"""Names learnt since the large automaton was made from which on it is made anew."""

_CAPITALS = 4
"""Letters from which words in capitals are taken for a name known in small ones: not "US" for "us"."""

_OFTEN = 3
"""How often words without a capital must have been labelled before they are proposed."""

_MOSTLY = 0.8
"""The share of one label from which words without a capital are proposed."""

_BEHIND = 0.7
"""The score, at least, of a place behind a word that leads to places."""

_BEFORE_A_PLACE = re.compile(r"(?<!\w)(a|en|vers|dans|depuis|in|at|near|from|to) $")

_BEFORE_A_SENTENCE = '.!?…:\n«»“”"—–'


class Told(NamedTuple):
    """What annotations tell of words: label and entity by id, whether accepted or rejected, how often."""

    label: str
    entity: str | None
    is_accepted: bool
    times: int


@dataclass(frozen=True, slots=True)
class Memory:
    """What a project remembers of words as they are written, asked for when they are met.

    `told` is what annotations tell of them; `places` in how many places of done articles they are
    labelled, and in how many not.
    """

    told: Callable[[str], Sequence[Told]]
    places: Callable[[str], tuple[int, int]]


@dataclass(slots=True)
class Name:
    """Words as they are compared, capitals kept, with all that is told of them, by surface.

    None stands for a surface that nobody has asked about yet.

    `entity` and `kind_label` come from the register: whom the words name there, and the label of its
    kind, "" when the scheme has none.
    """

    told: dict[str, Sequence[Told] | None] = field(default_factory=dict)
    entity: str | None = None
    kind_label: str = ""

    def labels(self) -> Counter[str]:
        """Return how often each label was accepted."""
        found: Counter[str] = Counter()
        for each in self._every():
            if each.is_accepted:
                found[each.label] += each.times
        return found

    def rejected(self, label: str) -> int:
        """Return how often a label was turned down."""
        return sum(e.times for e in self._every() if not e.is_accepted and e.label == label)

    def meant(self, label: str) -> str | None:
        """Return whom the words meant most under a label, None when it was mostly left open."""
        found: Counter[str | None] = Counter()
        for each in self._every():
            if each.is_accepted and each.label == label:
                found[each.entity] += each.times
        if not found:
            return self.entity
        return found.most_common(1)[0][0] or (self.entity if label == self.kind_label else None)

    def written(self) -> str:
        """Return how the words were written most, "" when only the register has them."""
        return max(
            self.told, key=lambda each: sum(t.times for t in self.told[each] or ()), default=""
        )

    def _every(self) -> Iterator[Told]:
        for rows in self.told.values():
            yield from rows or ()


class Book:
    """The names of a project. Found in one pass over a text, however many there are."""

    def __init__(self) -> None:
        self._names: dict[str, Name] = {}
        self._by_small: dict[str, set[str]] = {}
        self._main: tuple[Any, list[str]] | None = None
        self._fresh: dict[str, None] = {}
        self._second: tuple[Any, list[str]] | None = None
        self._registered: set[str] = set()
        self._places: dict[str, tuple[int, int]] = {}

    def __len__(self) -> int:
        return len(self._names)

    def name(self, words: str) -> Name | None:
        """Return what is known of words, None when they are not in the book."""
        return self._names.get(key(words))

    def learn(self, surfaces: Iterable[str]) -> None:
        """Take in words that are labelled, or that are labelled otherwise than before."""
        for surface in surfaces:
            cased = key(surface)
            if _is_name(cased):
                self._entry(cased).told[surface] = None
                self._places.pop(surface, None)

    def register(self, entries: Iterable[tuple[str, str, str]]) -> None:
        """Say what the register holds: names and aliases with entity id and label id of their kind.

        In place of what it held before.
        """
        for cased in self._registered:
            if known := self._names.get(cased):
                known.entity, known.kind_label = None, ""
        self._registered.clear()
        for words, entity, label in entries:
            cased = key(words)
            if _is_name(cased) and cased != small(cased):
                name = self._entry(cased)
                name.entity, name.kind_label = entity, label
                self._registered.add(cased)

    def mentions(
        self, folded: Folded, memory: Memory, names: Mapping[str, str], place_label: str = ""
    ) -> list[Mention]:
        """Return what of a text was labelled before, with the label it had most; may overlap.

        `names` gives the names of labels by id, for the reasons; others are not proposed. What has had
        several labels is a place behind "à" or "in" if it was one before: `place_label` is the id.
        """
        found = []
        for start, end in self._hits(folded):
            likely = self._named(folded, start, end)
            place = folded.range(start, end) if likely else None
            if place:
                is_small = folded.cased[start:end] == folded.lower[start:end]
                behind = _BEFORE_A_PLACE.search(folded.lower, max(0, start - 10), start)
                hint = (place_label, behind[1]) if behind and place_label else ("", "")
                made = (
                    self._mention(each, place, memory, names, hint, is_small=is_small)
                    for each in likely
                )
                found += [mention for mention in made if mention][:1]
        return found

    def _mention(
        self,
        name: Name,
        place: tuple[int, int],
        memory: Memory,
        names: Mapping[str, str],
        hint: tuple[str, str],
        *,
        is_small: bool,
    ) -> Mention | None:
        for surface, told in name.told.items():
            if told is None:
                name.told[surface] = memory.told(surface)
        counts = Counter({k: n for k, n in name.labels().items() if k in names})
        if not counts:
            if not name.kind_label or name.kind_label not in names:
                return None
            if name.rejected(name.kind_label) > 1:
                return None
            score = 2 / (2.5 + name.rejected(name.kind_label))
            return Mention(name.kind_label, *place, score, _("in the register"), name.entity)
        label, count = max(counts.items(), key=lambda each: each[1])
        is_told = len(counts) > 1 and hint[0] in counts
        if is_told:
            label, count = hint[0], counts[hint[0]]
        seen = counts.total() + name.rejected(label)
        if is_small and (count < _OFTEN or count < seen * _MOSTLY):
            return None
        labelled, alone = self._counted(name, memory)
        score = likelihood(count, seen, labelled, alone)
        reason = _reason(names[label], count, seen, labelled, alone)
        if is_told:
            score = max(score, _BEHIND * (labelled + 1) / (labelled + alone + 1))
            reason = _("{reason}; after “{word}”").format(reason=reason, word=hint[1])
        return Mention(label, *place, score, reason, name.meant(label))

    def _counted(self, name: Name, memory: Memory) -> tuple[int, int]:
        words = name.written()
        if words not in self._places:
            self._places[words] = memory.places(words)
        return self._places[words]

    def _named(self, folded: Folded, start: int, end: int) -> list[Name]:
        """Return the names that may stand there, written just so first, as far as capitals allow."""
        cased, known = folded.cased[start:end], self._by_small.get(folded.lower[start:end], ())
        if len(known) == 1 and cased in known:
            return [self._names[cased]]
        others = sorted(
            each for each in known if each != cased and fits(cased, each, folded, start)
        )
        return [self._names[each] for each in (*({cased} & set(known)), *others)]

    def _entry(self, cased: str) -> Name:
        if cased not in self._names:
            self._names[cased] = Name()
            lower = small(cased)
            if lower not in self._by_small:
                self._by_small[lower] = set()
                self._fresh[lower] = None
                self._second = None
            self._by_small[lower].add(cased)
        return self._names[cased]

    def _hits(self, folded: Folded) -> Iterator[tuple[int, int]]:
        if len(self._fresh) > _FRESH or (self._main is None and self._fresh):
            self._main, self._second = _automaton(self._by_small), None
            self._fresh.clear()
        if self._second is None and self._fresh:
            self._second = _automaton(self._fresh)
        for each in (self._main, self._second):
            if each is not None:
                for _n, start, end in each[0].find_matches_as_indexes(folded.lower, True):
                    yield start, end


def likelihood(count: int, seen: int, labelled: int, alone: int) -> float:
    """Return how sure it is that words labelled so `count` of `seen` times are that again, from 0 to 1.

    Laplace's rule with half a miss for what has not been seen yet, (count + 1) / (seen + 1.5), times
    the same for the places in done articles: (labelled + 1) / (labelled + alone + 1).
    """
    return (count + 1) / (seen + 1.5) * (labelled + 1) / (labelled + alone + 1)


def _reason(label: str, count: int, seen: int, labelled: int, alone: int) -> str:
    if count < seen:
        told = _("{label} {n} of {all}").format(label=label, n=count, all=seen)
    else:
        told = n_("{label} once", "always {label}, {n} times", count).format(label=label, n=count)
    if not alone:
        return told
    return _("{reason}; labelled in {n} of {all} places of done articles").format(
        reason=told, n=labelled, all=labelled + alone
    )


def _automaton(keys: Iterable[str]) -> tuple[Any, list[str]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    patterns = list(keys)
    return AhoCorasick(patterns, matchkind=MatchKind.Standard, store_patterns=False), patterns


def _is_name(cased: str) -> bool:
    """Tell whether words may come again as a name: no text, no number, no single letter."""
    return (
        len(cased) > 1
        and any(map(str.isalpha, cased))
        and "\n" not in cased
        and cased.count(" ") < _MOST_WORDS
    )


def fits(cased: str, known: str, folded: Folded, start: int) -> bool:
    """Tell whether words in other capitals are the known ones: in all capitals, or at a sentence's start."""
    if cased == cased.upper():
        return len(cased) >= _CAPITALS
    if known == known.upper() and len(known) > _CAPITALS:
        return all(word[:1].isupper() for word in cased.replace("-", " ").split())
    if cased[1:] != known[1:] or not cased[0].isupper():
        return False
    before = folded.cased[:start].rstrip(" ")[-1:]
    return not before or before in _BEFORE_A_SENTENCE
