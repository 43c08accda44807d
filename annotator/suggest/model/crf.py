"""One layer of the model: a conditional random field (Lafferty 2001), trained and asked by CRFsuite."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from annotator.suggest.model.features import Sequence_
from annotator.suggest.model.tags import spans

L1, L2 = 0.1, 0.1
"""Weights of the two penalties: the first leaves out features that hardly help, the second tames the rest.

Of those tried on texts annotated by hand these were best, and better than an averaged perceptron, AROW
or passive-aggressive training, whose marginal probabilities besides mean nothing.
"""

ROUNDS = 60
"""Rounds of L-BFGS; later ones change hardly a tag."""

_MANY = 40
"""Tags from which on half of the rounds must do: each takes the time of the tags squared."""


class Found(NamedTuple):
    """A span by its tokens, `[first, behind)` of a sentence, and how sure it is (0-1)."""

    first: int
    behind: int
    label: str
    sureness: float


@dataclass(frozen=True, slots=True)
class Settings:
    """How a layer is trained."""

    l1: float = L1
    l2: float = L2
    rounds: int = ROUNDS
    algorithm: str = "lbfgs"


def train(
    sentences: Iterable[tuple[Sequence_, Sequence[str]]], settings: Settings | None = None
) -> bytes:
    """Return a trained layer as CRFsuite writes it. The same sentences give the same layer."""
    import pycrfsuite

    chosen = settings or Settings()
    trainer = pycrfsuite.Trainer(verbose=False)
    seen: set[str] = set()
    for features, tags in sentences:
        trainer.append(features, tags)
        seen.update(tags)
    trainer.select(chosen.algorithm)
    if chosen.algorithm == "lbfgs":
        trainer.set_params({"c1": chosen.l1, "c2": chosen.l2})
    rounds = chosen.rounds if len(seen) <= _MANY else chosen.rounds // 2
    trainer.set_params({"max_iterations": rounds})
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        path = Path(folder) / "layer"
        trainer.train(str(path))
        return path.read_bytes()


class Tagger:
    """Asks a trained layer about sentences."""

    def __init__(self, trained: bytes) -> None:
        import pycrfsuite

        # CRFsuite reads from this memory as long as the tagger lives.
        self._trained = trained
        self._tagger: Any = pycrfsuite.Tagger()
        self._tagger.open_inmemory(trained)

    def spans(self, features: Sequence_) -> list[Found]:
        """Return the spans of the likeliest tags of a sentence.

        A span is as sure as the least sure of its tags and the tag behind it, each being as sure as
        its marginal probability: an upper bound of the probability that all of them are right.
        """
        tagger = self._tagger
        tags: list[str] = tagger.tag(features)
        marginal = tagger.marginal
        found = []
        for first, behind, label in spans(tags):
            last = min(behind + 1, len(tags))
            sureness = min(marginal(tags[place], place) for place in range(first, last))
            found.append(Found(first, behind, label, sureness))
        return found

    def doubt(self, features: Sequence_) -> float:
        """Return the sum, over the tokens, of 1 less the marginal probability of the likeliest tag."""
        tagger = self._tagger
        tags: list[str] = tagger.tag(features)
        sure: float = sum(tagger.marginal(tag, place) for place, tag in enumerate(tags))
        return len(tags) - sure
