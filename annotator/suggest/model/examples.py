"""What a model learns from: articles as plain values, and which labels one layer of it tells apart."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

LEAST = 3
"""Examples that a label must have: fewer teach nothing that holds in another article."""

WIDEST = 24
"""Labels in one layer: training takes the time of their square, so that more make further layers."""

MOST_LABELS = 96
"""Labels learnt at most, the most frequent ones: a scheme of hundreds would train for many minutes."""


class Span(NamedTuple):
    """A label's id at `[start, end)`, in code points."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Example:
    """An article with what stands in it; `id` is the article's."""

    id: str
    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """Labels that never overlap one another, as far as the model can see: the longest is learnt.

    Those of different groups lie in different layers, and may overlap.
    """

    group: str
    labels: tuple[str, ...]


def counts(examples: Iterable[Example]) -> Counter[str]:
    """Return how often each label stands in the examples."""
    return Counter(span.label for example in examples for span in example.spans)


def layers(groups: Mapping[str, str], counted: Mapping[str, int]) -> tuple[Layer, ...]:
    """Return the layers to learn: the labels of a group together, the most frequent first.

    `groups` gives the group of each label that may be learnt. Labels with fewer than LEAST examples
    are left out, and those beyond the MOST_LABELS most frequent.
    """
    frequent = sorted(
        (label for label in groups if counted.get(label, 0) >= LEAST),
        key=lambda label: (-counted[label], label),
    )[:MOST_LABELS]
    by_group: dict[str, list[str]] = {}
    for label in frequent:
        by_group.setdefault(groups[label], []).append(label)
    return tuple(
        Layer(group, tuple(labels[at : at + WIDEST]))
        for group, labels in sorted(by_group.items())
        for at in range(0, len(labels), WIDEST)
    )


def of_layer(spans: Sequence[Span], layer: Layer) -> list[Span]:
    """Return the spans of a layer's labels in text order; of those that overlap, the longest."""
    wanted = set(layer.labels)
    kept: list[Span] = []
    taken: list[tuple[int, int]] = []
    for span in sorted(
        (each for each in spans if each.label in wanted),
        key=lambda each: (each.start - each.end, each.start, each.label),
    ):
        if not any(span.start < end and start < span.end for start, end in taken):
            taken.append((span.start, span.end))
            kept.append(span)
    return sorted(kept)
