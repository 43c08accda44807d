"""A pipeline of spaCy: which there are, what one finds in a text, and one trained on labelled articles."""

import random
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, NamedTuple

from annotator.suggest.model.evaluation import folds
from annotator.suggest.model.examples import Example, Layer, Span, of_layer
from annotator.suggest.model.scores import Scores

BLANK = "blank:"
"""Begins the name of a pipeline that has learnt nothing yet: "blank:fr"."""

EPOCHS = 20
"""Rounds over the articles at most; it stops sooner when what is held out gets no better."""

_PATIENCE = 4
"""Rounds without a better F1 after which training stops."""

_BATCH = 16
"""Paragraphs that are learnt from at once, where there are enough for twenty such lots."""

_DROPOUT = 0.2
_SEED = 7
_LONGEST = 900_000
"""Code points of a text at most: spaCy refuses a million, and memory for less is not everywhere."""


class Seen(NamedTuple):
    """A span `[start, end)` in code points with the label that the pipeline gives it."""

    start: int
    end: int
    label: str


class Trained(NamedTuple):
    """A pipeline, on how many articles it was trained, on how many judged, and how right it was."""

    pipeline: Any
    learnt: int
    held_out: int
    scores: Scores


def installed() -> list[str]:
    """Return the names of the pipelines that are installed, without loading spaCy."""
    return sorted({each.name for each in entry_points(group="spacy_models")})


@lru_cache(maxsize=1)
def _loaded(name: str, _stamp: int) -> Any:
    import spacy

    with warnings.catch_warnings():
        # A pipeline made by another version of spaCy says so; it is still worth a try.
        warnings.simplefilter("ignore")
        return spacy.load(name)


def load(name: str) -> Any:
    """Return a pipeline by its name or its folder, kept in memory until another one is wanted.

    Raises OSError when there is none, and whatever spaCy raises about one it cannot read.
    """
    meta = Path(name) / "meta.json"
    return _loaded(name, meta.stat().st_mtime_ns if meta.is_file() else 0)


def blank_or_loaded(name: str) -> Any:
    """Return a pipeline to train: an empty one for a language ("blank:fr"), or a copy of one there is."""
    import spacy

    if name.startswith(BLANK):
        return spacy.blank(name.removeprefix(BLANK))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return spacy.load(name)


def labels(pipeline: Any) -> list[str]:
    """Return the labels a pipeline gives: those of its entities and of its groups of spans."""
    found: set[str] = set()
    for name in pipeline.pipe_names:
        pipe = pipeline.get_pipe(name)
        if pipeline.get_pipe_meta(name).factory in (
            *("ner", "entity_ruler", "spancat", "spancat_singlelabel", "span_ruler"),
            *("future_entity_ruler", "beam_ner"),
        ):
            found.update(getattr(pipe, "labels", ()))
    return sorted(found)


def find(pipeline: Any, text: str) -> Iterator[Seen]:
    """Yield the entities and the grouped spans of a text, each place and label once, in text order."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        document = pipeline(text[:_LONGEST])
    found = {Seen(each.start_char, each.end_char, each.label_) for each in document.ents}
    for group in document.spans.values():
        found.update(Seen(each.start_char, each.end_char, each.label_) for each in group)
    for start, end, label in sorted(found):
        inside = text[start:end].strip()
        if inside:
            first = text.index(inside, start)
            yield Seen(first, first + len(inside), label)


def train(
    base: str,
    examples: Sequence[Example],
    layer: Layer,
    *,
    on_round: Callable[[int, float], object] = lambda _round, _f1: None,
) -> Trained:
    """Return a pipeline trained to find a layer's labels as entities, judged on a fifth held out.

    What it learns from is all but that fifth; nearly identical articles stay on one side. Of overlapping
    spans the longest counts. `on_round` gets each round and its F1, and may raise. The same articles
    give nearly the same pipeline. Raises OSError or ImportError when there is no such base.
    """
    from spacy import util
    from spacy.training import Example as Lesson

    util.fix_random_seed(_SEED)  # type: ignore[attr-defined]
    dice = random.Random(_SEED)
    aside = set(folds(examples)[0]) if len(examples) > 1 else set()
    held = [each for each in examples if each.id in aside]
    seen = [each for each in examples if each.id not in aside]
    pipeline = blank_or_loaded(base)
    lessons = [lesson for each in seen for lesson in _lessons(pipeline, each, layer, Lesson)]
    size = max(2, min(_BATCH, len(lessons) // 20))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        optimizer, others = _begin(pipeline, lessons)
        best, kept, since = -1.0, b"", 0
        with pipeline.select_pipes(disable=others):
            for turn in range(EPOCHS):
                dice.shuffle(lessons)
                for batch in util.minibatch(lessons, size):  # type: ignore[no-untyped-call]
                    pipeline.update(batch, sgd=optimizer, drop=_DROPOUT)
                f1 = _scores(pipeline, held or seen, layer).micro.f1
                if f1 > best:
                    best, kept, since = f1, pipeline.to_bytes(), 0
                elif best > 0:
                    since += 1
                on_round(turn + 1, f1)
                if since >= _PATIENCE or best == 1.0:
                    break
        pipeline.from_bytes(kept)
        scores = _scores(pipeline, held, layer)
    return Trained(pipeline, len(seen), len(held), scores)


def _begin(pipeline: Any, lessons: Sequence[Any]) -> tuple[Any, list[str]]:
    """Add what finds entities where it is missing; return the optimizer and the pipes to leave alone."""
    if "ner" in pipeline.pipe_names:
        finder = pipeline.get_pipe("ner")
        for lesson in lessons:
            for entity in lesson.reference.ents:
                finder.add_label(entity.label_)
        others = [name for name in pipeline.pipe_names if name not in ("ner", "tok2vec")]
        return pipeline.resume_training(), others
    others = list(pipeline.pipe_names)
    pipeline.add_pipe("ner")
    with pipeline.select_pipes(disable=others):
        return pipeline.initialize(lambda: lessons), others


def _lessons(pipeline: Any, example: Example, layer: Layer, made: Any) -> Iterator[Any]:
    """Yield the paragraphs of an article as spaCy learns from them: many small lessons teach most.

    A span that fits neither a paragraph nor spaCy's tokens is left out.
    """
    spans = of_layer(example.spans, layer)
    for match in re.finditer(r"[^\n]*\S[^\n]*", example.text[:_LONGEST]):
        first, text = match.start(), match[0]
        reference = pipeline.make_doc(text)
        pieces = (
            reference.char_span(start - first, end - first, label=label)
            for start, end, label in spans
            if first <= start < end <= match.end()
            and example.text[start:end] == example.text[start:end].strip()
        )
        reference.set_ents([piece for piece in pieces if piece is not None])
        yield made(pipeline.make_doc(text), reference)


def _scores(pipeline: Any, examples: Sequence[Example], layer: Layer) -> Scores:
    return Scores.of(
        (of_layer(each.spans, layer), [Span(*found) for found in find(pipeline, each.text)])
        for each in examples
    )
