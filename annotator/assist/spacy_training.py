"""Trains a pipeline of spaCy on the done articles and keeps it beside the project, whole or not at all."""

import contextlib
import json
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from annotator.assist import modelling, spacy_choice
from annotator.assist.modelling import Cancelled, Progress
from annotator.core.errors import UserError
from annotator.core.model import ArticleState
from annotator.formats.extras import need
from annotator.language import _
from annotator.store import articles
from annotator.store.project import Project
from annotator.suggest import spacy_pipeline
from annotator.suggest.model.examples import LEAST, Layer, counts
from annotator.suggest.model.scores import Scores

FIGURES = "figures.json"


@dataclass(frozen=True, slots=True)
class Report:
    """What was trained from which base, on how many articles, judged on how many, how right, in which
    time (seconds); `others` are labels of other groups, which it did not learn.
    """

    base: str
    learnt: int
    held_out: int
    scores: Scores
    seconds: float
    others: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "base": self.base,
            "articles": self.learnt,
            "held_out": self.held_out,
            "seconds": round(self.seconds, 2),
            "trained": datetime.now(UTC).isoformat(timespec="seconds"),
            "others": list(self.others),
            **self.scores.to_dict(),
        }


def train(
    project: Project,
    base: str,
    *,
    least: int = modelling.NEEDED,
    progress: Progress | None = None,
) -> Report:
    """Train on all done articles but a fifth, judge it on that, and keep it as the project's own pipeline.

    Raises UserError when the extra or the base is missing, too few articles are done, nothing can be
    learnt, or it cannot be kept; Cancelled when `progress` returns False.
    """
    need("spacy", "spacy")
    begun = time.monotonic()
    wanted = modelling.groups(project.scheme)
    done = articles.ids(project, state=ArticleState.DONE)
    modelling.refuse(wanted, len(done), least)
    chosen = modelling.spread(done, modelling.MOST)
    examples = list(modelling.examples(project, chosen, wanted))
    layer, others = _layer(wanted, counts(examples))

    def on_round(turn: int, _f1: float) -> None:
        if progress and not progress(turn, spacy_pipeline.EPOCHS):
            raise Cancelled(_("Stopped; nothing was changed."))

    try:
        trained = spacy_pipeline.train(base, examples, layer, on_round=on_round)
    except (OSError, ImportError) as error:
        raise UserError(
            _("spaCy cannot begin with “{base}”: {reason}").format(
                base=base, reason=str(error).partition("\n")[0]
            )
        ) from error
    report = Report(
        base,
        trained.learnt,
        trained.held_out,
        trained.scores,
        time.monotonic() - begun,
        others,
    )
    _save(project.path, trained.pipeline, report)
    if progress:
        progress(spacy_pipeline.EPOCHS, spacy_pipeline.EPOCHS)
    return report


def _layer(groups: Mapping[str, str], counted: Mapping[str, int]) -> tuple[Layer, tuple[str, ...]]:
    """Return the labels of the group with most annotations, and the frequent ones of other groups."""
    frequent = [label for label in groups if counted.get(label, 0) >= LEAST]
    if not frequent:
        raise UserError(modelling.nothing())
    sizes: dict[str, int] = {}
    for label in frequent:
        sizes[groups[label]] = sizes.get(groups[label], 0) + counted[label]
    largest = max(sizes, key=lambda group: sizes[group])
    inside = tuple(label for label in frequent if groups[label] == largest)
    return Layer(largest, inside), tuple(label for label in frequent if label not in inside)


def _save(project: Path, pipeline: Any, report: Report) -> None:
    """Put the pipeline in the place of the one before."""
    place = spacy_choice.trained_folder(project)
    beside = place.with_name(f".spacy.{os.getpid()}")
    old = place.with_name(f".old.{os.getpid()}")
    try:
        place.parent.mkdir(exist_ok=True)
        pipeline.to_disk(beside)
        figures = json.dumps(report.to_dict(), ensure_ascii=False, indent=1)
        (beside / FIGURES).write_text(figures, "utf-8")
        if place.exists():
            place.rename(old)
        beside.rename(place)
    except OSError as error:
        raise UserError(
            _("The model cannot be kept in {folder}: {reason}.").format(
                folder=place.parent, reason=error.strerror or error
            )
        ) from error
    finally:
        for rest in (beside, old):
            with contextlib.suppress(OSError):
                shutil.rmtree(rest)
