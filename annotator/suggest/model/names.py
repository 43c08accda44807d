"""The names that labelled articles hold: what the model knows by heart, counted by article."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

from annotator.core.tokens import tokens
from annotator.suggest.model.examples import Example

_LONGEST = 8
"""Tokens of a name at most: what is longer comes once."""

_Name = tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """In how many articles each name stood with each label, and each word within one.

    A model that learns from an article must not find its names here for having stood in that
    article alone: it would learn to trust a list that knows no name of the next one. `without`
    leaves an article's own share out.
    """

    names: Mapping[_Name, Mapping[str, int]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, examples: Iterable[Example]) -> Self:
        """Return the names of these articles."""
        names: dict[_Name, dict[str, int]] = {}
        words: dict[str, dict[str, int]] = {}
        for example in examples:
            own_names, own_words = _own(example)
            for name, labels in own_names.items():
                _add(names.setdefault(name, {}), labels)
            for word, labels in own_words.items():
                _add(words.setdefault(word, {}), labels)
        return cls(names, words)

    @cached_property
    def firsts(self) -> frozenset[str]:
        """The words that a name may begin with."""
        return frozenset(name[0] for name in self.names)

    def without(self, example: Example) -> "Known":
        """Return what is known of names from all articles but this one."""
        return Known(self, *_own(example))

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        names = [[list(name), labels] for name, labels in self.names.items()]
        return {"names": names, "words": self.words}

    @classmethod
    def from_dict(cls, table: Mapping[str, Any]) -> Self:
        """Return the names that `to_dict` wrote."""
        return cls({tuple(name): labels for name, labels in table["names"]}, table["words"])


@dataclass(frozen=True, slots=True)
class Known:
    """Names to look up in one article; its own share of them does not count."""

    _all: Names
    _own_names: Mapping[_Name, Mapping[str, int]] = field(default_factory=dict)
    _own_words: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def word(self, word: str) -> str:
        """Return the label in whose names a word stood most often, "" for none."""
        counted = self._all.words.get(word)
        return _most(counted, self._own_words.get(word)) if counted else ""

    def flags(self, lower: Sequence[str]) -> list[str]:
        """Return "B-label" or "I-label" for each token of a sentence that stands in a known name, else ""."""
        found = [""] * len(lower)
        firsts, at = self._all.firsts, 0
        while at < len(lower):
            length = 1
            if lower[at] in firsts:
                length, label = self._name_at(lower, at)
                if label:
                    found[at : at + length] = [f"B-{label}", *[f"I-{label}"] * (length - 1)]
            at += length
        return found

    def _name_at(self, lower: Sequence[str], at: int) -> tuple[int, str]:
        """Return how many tokens the longest name here has, and its label; (1, "") where there is none."""
        for size in range(min(_LONGEST, len(lower) - at), 0, -1):
            name = tuple(lower[at : at + size])
            counted = self._all.names.get(name)
            if counted and (label := _most(counted, self._own_names.get(name))):
                return size, label
        return 1, ""


_Counted = dict[str, int]


def _own(example: Example) -> tuple[dict[_Name, _Counted], dict[str, _Counted]]:
    """Return the names and the words of names that one article holds, each once."""
    names: dict[_Name, _Counted] = {}
    words: dict[str, _Counted] = {}
    for span in example.spans:
        surface = [example.text[a:b] for a, b in tokens(example.text, span.start, span.end)]
        if surface and len(surface) <= _LONGEST:
            names.setdefault(tuple(word.lower() for word in surface), {})[span.label] = 1
            for word in surface:
                if word[:1].isupper():
                    words.setdefault(word.lower(), {})[span.label] = 1
    return names, words


def _add(counted: dict[str, int], more: Mapping[str, int]) -> None:
    for label, count in more.items():
        counted[label] = counted.get(label, 0) + count


def _most(counted: Mapping[str, int], own: Mapping[str, int] | None) -> str:
    """Return the label counted most, once an article's own share is taken off; "" when none is left."""
    left = ((count - (own.get(label, 0) if own else 0), label) for label, count in counted.items())
    count, label = max(left)
    return label if count > 0 else ""
