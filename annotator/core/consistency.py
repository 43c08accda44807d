"""Consistency: what is labelled now so and now otherwise, read off the counts of all strings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log2

from annotator.core.scheme import Scheme
from annotator.core.slot_checks import ENTITIES
from annotator.core.spelling import key_of
from annotator.language import _

CONSTANT = 3
"""Times that a string must be labelled before it counts as known."""

MOST = 1_000
"""Lines of one kind that are listed: nobody settles more before the list is read anew."""

_EDGES = frozenset(
    "le la les un une des du de ce cet cette ces notre nos son sa ses leur leurs au aux "
    "m mm mme mmes mlle mlles dr pr me mgr monsieur madame mademoiselle maître monseigneur "
    "the a an mr mrs ms miss sir lord lady président présidente ministre maire sénateur sénatrice "
    "député députée professeur docteur général colonel commandant president minister mayor senator".split()
)
"""Determiners and titles that one annotator takes into a name and another leaves out."""

_MOST_EDGES = 3


class Kind(StrEnum):
    """What the list is about; the values are for programs."""

    CONTESTED = "contested"
    UNLABELLED = "unlabelled"
    BOUNDARIES = "boundaries"
    SINGLE = "single"
    ENTITIES = "entities"
    PRECEDENTS = "precedents"


def kind_name(kind: Kind) -> str:
    """Return what a kind is called on the screen."""
    return {
        Kind.CONTESTED: _("Several labels"),
        Kind.UNLABELLED: _("Left unlabelled"),
        Kind.BOUNDARIES: _("Boundaries"),
        Kind.SINGLE: _("Labels of one string"),
        Kind.ENTITIES: _("Same entity?"),
        Kind.PRECEDENTS: _("Decisions"),
    }[kind]


Counts = Mapping[str, int]
"""How often something has each label, by label id, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to look at.

    `words` are its strings as they are mostly written, with the `counts` of each. `entities` are ids of
    entities, `precedent` the id of one, `count` what the kind counts; `note` says it in words.
    """

    kind: Kind
    words: tuple[str, ...]
    counts: tuple[Counts, ...] = ()
    count: int = 0
    note: str = ""
    entities: tuple[str, ...] = ()
    precedent: str = ""

    @property
    def id(self) -> str:
        """What makes two lines the same, though their counts may have changed."""
        return "|".join((self.kind, *self.words, *self.entities, self.precedent))


class Strings:
    """Every labelled string by its key, in whichever spelling, with its labels. It forgets and learns."""

    def __init__(self) -> None:
        self._labels: dict[str, dict[str, int]] = {}
        self._forms: dict[str, dict[str, int]] = {}
        self._keys: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._labels)

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def __contains__(self, key: object) -> bool:
        return key in self._labels

    def add(self, surface: str, label_id: str, count: int) -> None:
        """Count a spelling with a label; what is too short to compare is left out."""
        key = self._keys.get(surface)
        if key is None:
            key = self._keys[surface] = key_of(surface)
        if key:
            labels = self._labels.setdefault(key, {})
            labels[label_id] = labels.get(label_id, 0) + count
            forms = self._forms.setdefault(key, {})
            forms[surface] = forms.get(surface, 0) + count

    def forget(self, key: str) -> None:
        """Know nothing of a string any more."""
        self._labels.pop(key, None)
        self._forms.pop(key, None)

    def forms(self, key: str) -> tuple[str, ...]:
        """Return how a string is written where it is labelled."""
        return tuple(self._forms.get(key, ()))

    def shown(self, key: str) -> str:
        """Return how it is mostly written, on one line."""
        forms = self._forms.get(key, {key: 0})
        return " ".join(max(forms, key=lambda form: (forms[form], form)).split())

    def labels(self, key: str) -> Counts:
        """Return its labels, the most frequent first."""
        found = self._labels.get(key, {})
        return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))

    def count(self, key: str) -> int:
        """Return how often it is labelled."""
        return sum(self._labels.get(key, {}).values())

    def contested(self) -> list[Line]:
        """Return the strings with several labels, those first that leave most undecided."""
        several = [key for key, labels in self._labels.items() if len(labels) > 1]
        several.sort(key=lambda key: (-undecided(self._labels[key].values()), key))
        return [self._line(Kind.CONTESTED, key) for key in several[:MOST]]

    def known(self) -> list[str]:
        """Return the keys of strings that are labelled `CONSTANT` times or more, the most frequent first."""
        found = [key for key in self._labels if self.count(key) >= CONSTANT]
        return sorted(found, key=lambda key: (-self.count(key), key))

    def single(self) -> list[Line]:
        """Return the labels that only one string has: a slip, or a label that nobody needs."""
        keys: dict[str, list[str]] = {}
        for key, labels in self._labels.items():
            for label_id in labels:
                of_label = keys.setdefault(label_id, [])
                if len(of_label) < 2:
                    of_label.append(key)
        return [
            Line(
                Kind.SINGLE,
                (self.shown(only[0]),),
                ({label: self._labels[only[0]][label]},),
                self._labels[only[0]][label],
            )
            for label, only in sorted(keys.items())
            if len(only) == 1
        ]

    def boundaries(self) -> list[Line]:
        """Return pairs of strings with one label, of which one has a determiner or a title before it."""
        pairs = [
            (key, inner)
            for key in self._labels
            for inner in _without_edges(key)
            if inner in self._labels and self._usual(inner) == self._usual(key)
        ]
        pairs.sort(key=lambda pair: (-min(map(self.count, pair)), pair))
        return [
            Line(
                Kind.BOUNDARIES,
                (self.shown(key), self.shown(inner)),
                (self.labels(key), self.labels(inner)),
                min(self.count(key), self.count(inner)),
            )
            for key, inner in pairs[:MOST]
        ]

    def _usual(self, key: str) -> str:
        return next(iter(self.labels(key)))

    def _line(self, kind: Kind, key: str) -> Line:
        labels = self.labels(key)
        minority = sum(labels.values()) - max(labels.values())
        return Line(kind, (self.shown(key),), (labels,), minority)


def compared(scheme: Scheme) -> list[str]:
    """Return the labels whose strings are compared, by id: those that say what a name is."""
    return [label.id for label in scheme.labels if label.group == ENTITIES and not label.slots]


def undecided(counts: Iterable[int]) -> float:
    """Return how much labels leave undecided, in bits: the entropy of one occurrence times their number."""
    counts = list(counts)
    whole = sum(counts)
    return -sum(count * log2(count / whole) for count in counts if count)


def edge_of(longer: str, shorter: str) -> int:
    """Return how many code points the determiners and titles before a name take, 0 if there are none."""
    inner = key_of(shorter)
    at = 0
    for word in longer.split()[:_MOST_EDGES]:
        if word.casefold().rstrip(".") not in _EDGES:
            return 0
        at = longer.index(word, at) + len(word)
        at += len(longer[at:]) - len(longer[at:].lstrip())
        if key_of(longer[at:]) == inner:
            return at
    return 0


def _without_edges(key: str) -> Iterator[str]:
    """Yield what is left of a string as its determiners and titles go, one after another."""
    words = key.split(" ")
    for n, word in enumerate(words[:-1][:_MOST_EDGES], start=1):
        if word.casefold().rstrip(".") not in _EDGES:
            return
        if inner := key_of(" ".join(words[n:])):
            yield inner
