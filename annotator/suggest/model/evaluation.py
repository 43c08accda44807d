"""How good a model is on articles it has not seen, and how that grew with those it has."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Self

from annotator.core.likeness import groups as alike
from annotator.suggest.model.crf import Settings
from annotator.suggest.model.examples import Example, Layer, Span, counts, layers, of_layer
from annotator.suggest.model.scores import Score, Scores
from annotator.suggest.model.sequence_model import Read, SequenceModel

FOLDS = 5
"""Parts the articles are cut into: one of them is held out, and the model learns from the others."""

FEW = 60
"""Below so many articles each part is held out in its turn: one fifth of a few tells little."""

FIRST_POINT = 10
"""Articles at the first point of the learning curve; each further point has twice as many."""


@dataclass(frozen=True, slots=True)
class Point:
    """A model that learnt from so many articles, and what it got right in those held out."""

    articles: int
    score: Score


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures on articles that the model had not seen.

    `held_out` articles were judged; with `folds` above 1 each was held out once, by a model that
    learnt from the others. The last point of `curve` is what the figures say; the articles of its
    earlier ones are among those of the later ones.
    """

    scores: Scores
    curve: tuple[Point, ...]
    held_out: int
    folds: int

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        curve = [
            {
                "articles": point.articles,
                "wanted": point.score.wanted,
                "proposed": point.score.proposed,
                "right": point.score.right,
                "f1": round(point.score.f1, 4),
            }
            for point in self.curve
        ]
        return {
            **self.scores.to_dict(),
            "curve": curve,
            "held_out": self.held_out,
            "folds": self.folds,
        }

    @classmethod
    def from_dict(cls, table: Mapping[str, Any]) -> Self:
        """Return the evaluation that `to_dict` wrote."""
        curve = (
            Point(row["articles"], Score(row["wanted"], row["proposed"], row["right"]))
            for row in table["curve"]
        )
        return cls(Scores.from_dict(table), tuple(curve), table["held_out"], table["folds"])


def steps(articles: int) -> int:
    """Return how many models `evaluate` trains for so many articles."""
    folds = FOLDS if articles < FEW else 1
    return folds * len(_sizes(articles - articles // FOLDS))


def evaluate(
    examples: Sequence[Read],
    groups: Mapping[str, str],
    settings: Settings | None = None,
    *,
    on_step: Callable[[], object] = lambda: None,
) -> Evaluation:
    """Train on some articles and judge by the others; the same articles give the same figures.

    Articles that are nearly the same stay on one side. `groups` gives the group of each label that
    may be learnt; `on_step` is called after every training, and may raise.
    """
    by_id = {each.example.id: each for each in examples}
    parts = [[by_id[id_] for id_ in part] for part in folds(each.example for each in examples)]
    turns = range(len(parts)) if len(examples) < FEW else range(1)
    judged: list[tuple[list[Span], list[Span]]] = []
    points: dict[int, list[Score]] = {}
    held_out = 0
    for turn in turns:
        held = parts[turn]
        seen = [each for n, part in enumerate(parts) if n != turn for each in part]
        held_out += len(held)
        for place, size in enumerate(sizes := _sizes(len(seen))):
            pairs = _judged(seen[:size], held, groups, settings)
            points.setdefault(place, []).append(Scores.of(pairs).micro)
            if size == sizes[-1]:
                judged += pairs
            on_step()
    learnt = len(examples) - max(map(len, parts), default=0)
    curve = (
        Point(size, sum(found, Score()))
        for size, found in zip(_sizes(learnt), points.values(), strict=False)
    )
    return Evaluation(Scores.of(judged), tuple(curve), held_out, len(turns))


def _judged(
    seen: Sequence[Read],
    held: Sequence[Read],
    groups: Mapping[str, str],
    settings: Settings | None,
) -> list[tuple[list[Span], list[Span]]]:
    """Return for each article held out what stands in it and what a model proposes there."""
    layers_ = layers(groups, counts(each.example for each in seen))
    model = SequenceModel.learn(layers_, seen, settings)
    return [
        (
            list(_wanted(each, groups)),
            [
                Span(start, end, label)
                for start, end, label, _sure in model.propose_in(each.sentences)
            ],
        )
        for each in held
    ]


def _wanted(example: Read, groups: Mapping[str, str]) -> Iterator[Span]:
    """Yield the spans to be found: every one whose label may be learnt, in each group the longest."""
    by_group: dict[str, list[str]] = {}
    for label, group in groups.items():
        by_group.setdefault(group, []).append(label)
    for group, labels in by_group.items():
        yield from of_layer(example.example.spans, Layer(group, tuple(labels)))


def folds(examples: Iterable[Example]) -> list[list[str]]:
    """Return the ids of examples in FOLDS parts of about the same size, drawn by the ids, none empty.

    Articles that are nearly the same are in one part.
    """
    texts = {each.id: each.text for each in examples}
    together: dict[str, str] = {}
    for group in alike(texts.items()):
        together.update(dict.fromkeys(group, min(group)))
    bundles: dict[str, list[str]] = {}
    for id_ in texts:
        bundles.setdefault(together.get(id_, id_), []).append(id_)
    found: list[list[str]] = [[] for _part in range(FOLDS)]
    for head in sorted(bundles, key=_draw):
        min(found, key=len).extend(sorted(bundles[head], key=_draw))
    return [part for part in found if part]


def _draw(id_: str) -> bytes:
    return blake2b(id_.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _sizes(articles: int) -> list[int]:
    """Return how many articles each point of the curve learns from: 10, 20, 40 … and all."""
    sizes = []
    size = FIRST_POINT
    while size < articles * 0.8:
        sizes.append(size)
        size *= 2
    return [*sizes, articles] if articles else []
