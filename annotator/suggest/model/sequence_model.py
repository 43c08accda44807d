"""The model whole: its layers and the names it knows; what it proposes for a text, and how sure it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from annotator.suggest.model import crf, tags
from annotator.suggest.model.crf import Settings, Tagger
from annotator.suggest.model.examples import Example, Layer, Span, of_layer
from annotator.suggest.model.features import Sentence, Sequence_, read
from annotator.suggest.model.names import Known, Names

_SMOOTHING = 50
"""Tokens that the doubt about a text is spread over besides its own: a headline is not the hardest text."""


class Proposed(NamedTuple):
    """A label for `[start, end)` in code points, and how sure the model is of it (0-1)."""

    start: int
    end: int
    label: str
    sureness: float


class Read(NamedTuple):
    """An example with its sentences cut and their features made, to be trained on more than once."""

    example: Example
    sentences: list[Sentence]

    def features(self, known: Known) -> list[Sequence_]:
        """Return the features of every sentence, those of known names among them."""
        return [sentence.with_names(known) for sentence in self.sentences]


def reading(example: Example) -> Read:
    """Return an example ready for training."""
    return Read(example, read(example.text))


@dataclass(frozen=True, slots=True)
class SequenceModel:
    """Layers with their taggers. Layers of one group never overlap in what `propose` returns."""

    layers: tuple[Layer, ...]
    names: Names
    trained: tuple[bytes, ...]
    _taggers: tuple[Tagger, ...]

    @classmethod
    def of(cls, layers: Sequence[Layer], names: Names, trained: Sequence[bytes]) -> Self:
        """Return a model of layers that were trained before."""
        return cls(tuple(layers), names, tuple(trained), tuple(map(Tagger, trained)))

    @classmethod
    def learn(
        cls, layers: Sequence[Layer], examples: Sequence[Read], settings: Settings | None = None
    ) -> Self:
        """Return a model trained on these examples; it takes seconds, and the same give the same."""
        names = Names.of(each.example for each in examples)
        seen = [each.features(names.without(each.example)) for each in examples]
        trained = []
        for layer in layers:
            rows = (
                row
                for each, features in zip(examples, seen, strict=True)
                for row in tagged(each, layer, features)
            )
            trained.append(crf.train(rows, settings))
        return cls.of(layers, names, trained)

    def propose(self, text: str) -> list[Proposed]:
        """Return what the model sees in a text, in text order."""
        return self.propose_in(read(text))

    def propose_in(self, sentences: Sequence[Sentence]) -> list[Proposed]:
        """Return what the model sees in sentences that were read before."""
        known = Known(self.names)
        seen = [sentence.with_names(known) for sentence in sentences]
        by_group: dict[str, list[Proposed]] = {}
        for layer, tagger in zip(self.layers, self._taggers, strict=True):
            found = by_group.setdefault(layer.group, [])
            for sentence, features in zip(sentences, seen, strict=True):
                found += _proposed(sentence, tagger.spans(features))
        return sorted(each for found in by_group.values() for each in _apart(found))

    def doubt(self, text: str) -> float:
        """Return how much labelling a text would teach: the higher, the more.

        It is 1 less the marginal probability of the likeliest tag, added up over the tokens and the
        layers, divided by the tokens and 50 more (mean token uncertainty, as in Settles and Craven
        2008, with a nod to length: short texts do not come first for being short).
        """
        sentences = read(text)
        known = Known(self.names)
        seen = [sentence.with_names(known) for sentence in sentences]
        whole = sum(tagger.doubt(features) for tagger in self._taggers for features in seen)
        return whole / (sum(map(len, seen)) + _SMOOTHING)


def tagged(
    example: Read, layer: Layer, features: Sequence[Sequence_]
) -> Iterator[tuple[Sequence_, list[str]]]:
    """Yield the features of each sentence with the tags to learn."""
    spans = of_layer(example.example.spans, layer)
    for sentence, row in zip(example.sentences, features, strict=True):
        yield row, _tags(sentence, spans)


def _tags(sentence: Sentence, spans: Sequence[Span]) -> list[str]:
    start, end = sentence.ranges[0][0], sentence.ranges[-1][1]
    here = [span for span in spans if span.start < end and start < span.end]
    return tags.tags(sentence.ranges, here)


def _proposed(sentence: Sentence, found: Sequence[crf.Found]) -> Iterator[Proposed]:
    for first, behind, label, sureness in found:
        start, end = sentence.ranges[first][0], sentence.ranges[behind - 1][1]
        yield Proposed(start, end, label, sureness)


def _apart(found: Sequence[Proposed]) -> list[Proposed]:
    """Return those of a group that do not overlap, the surest first."""
    kept: list[Proposed] = []
    for each in sorted(found, key=lambda each: (-each.sureness, each)):
        if not any(each.start < other.end and other.start < each.end for other in kept):
            kept.append(each)
    return kept
