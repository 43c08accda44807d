"""Training the model on what is done in a project, and asking it which article would teach most."""

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from annotator.assist import labels, model_files
from annotator.assist.model_files import Card, Kept
from annotator.core.corpus import LabelledArticle, by_annotation
from annotator.core.errors import UserError
from annotator.core.model import ArticleState
from annotator.core.scheme import Scheme
from annotator.language import _, n_
from annotator.store import articles, corpus
from annotator.store.project import Project
from annotator.suggest.model import evaluation
from annotator.suggest.model.examples import LEAST, Example, Span, counts, layers
from annotator.suggest.model.sequence_model import SequenceModel, reading

NEEDED = 20
"""Done articles from which on a model is worth its while."""

MOST = 1_000
"""Articles that a model learns from at most, spread evenly over those that are done."""

MOST_CHARACTERS = 4_000_000
"""Code points that it learns from at most: memory for more is not everywhere."""

SCORED = 10_000
"""Articles that are put in order at most, spread evenly over those that wait."""

_DIGITS = 6
_NAMED = 12
"""Labels named in one sentence at most."""

Progress = Callable[[int, int], bool]


class Cancelled(UserError):
    """The user stopped it; the model before is still there."""


def groups(scheme: Scheme) -> dict[str, str]:
    """Return the labels that may be learnt, each with its group: frames and what fills them are built."""
    return {label.id: label.group for label in labels.plain(scheme)}


def train(project: Project, *, least: int = NEEDED, progress: Progress | None = None) -> Card:
    """Train on the done articles, judge it on some that were held out, and keep it beside the project.

    Raises UserError when fewer than `least` are done, when there is nothing to learn, or when it
    cannot be kept; Cancelled when `progress` returns False. Then the model before stays.
    """
    begun = time.monotonic()
    wanted = groups(project.scheme)
    done = articles.ids(project, state=ArticleState.DONE)
    refuse(wanted, len(done), least)
    chosen = spread(done, MOST)
    whole = len(chosen) + evaluation.steps(len(chosen)) * _PACE + _PACE
    step = _Steps(progress, whole)
    ready = []
    for example in examples(project, chosen, wanted):
        ready.append(reading(example))
        step.go(1)
    counted = counts(each.example for each in ready)
    learnt = layers(wanted, counted)
    if not learnt:
        raise UserError(nothing())
    judged = evaluation.evaluate(ready, wanted, on_step=lambda: step.go(_PACE))
    model = SequenceModel.learn(learnt, ready)
    known = {label for layer in learnt for label in layer.labels}
    card = Card(
        trained=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=time.monotonic() - begun,
        articles=tuple(each.example.id for each in ready),
        done=len(done),
        layers=learnt,
        rare=tuple(sorted(label for label in counted if label not in known)),
        evaluation=judged,
        scheme=model_files.scheme_hash(project.scheme),
    )
    step.go(_PACE)
    model_files.save(project.path, model, card)
    return replace(card, digest=getattr(model_files.card(project.path), "digest", ""))


_PACE = 25
"""What a training counts for in the progress, one article read being 1."""


class _Steps:
    """Adds up what is done and stops when the user wants it."""

    def __init__(self, progress: Progress | None, whole: int) -> None:
        self._progress = progress
        self._whole = whole
        self._done = 0

    def go(self, more: int) -> None:
        self._done = min(self._whole, self._done + more)
        if self._progress and not self._progress(self._done, self._whole):
            raise Cancelled(_("Stopped; nothing was changed."))


def refuse(wanted: Mapping[str, str], done: int, least: int = NEEDED) -> None:
    """Raise UserError when a project has no label that may be learnt, or too few done articles."""
    if not wanted:
        raise UserError(
            _(
                "The scheme has no label that a model could learn: all belong to frames such as quotes."
            )
        )
    if done < least:
        needed = n_("{n} done article is needed", "{n} done articles are needed", least)
        have = n_("{n} is done", "{n} are done", done)
        raise UserError(
            _("{needed}; {have}.").format(needed=needed.format(n=least), have=have.format(n=done))
        )


def nothing() -> str:
    """Return the sentence that no label is frequent enough."""
    return _(
        "No label stands {least} times in the done articles, so there is nothing to learn yet."
    ).format(least=LEAST)


def spread(ids: Sequence[str], most: int) -> list[str]:
    """Return at most so many ids, evenly spread, in their order."""
    if len(ids) <= most:
        return list(ids)
    return [ids[place * len(ids) // most] for place in range(most)]


def examples(project: Project, ids: Sequence[str], wanted: Mapping[str, str]) -> Iterator[Example]:
    characters = 0
    for labelled in corpus.stream(project, states=("accepted",), only=ids, links=False):
        characters += len(labelled.article.text)
        if characters > MOST_CHARACTERS:
            return
        yield Example(labelled.article.id, labelled.article.text, tuple(_spans(labelled, wanted)))


def _spans(labelled: LabelledArticle, wanted: Mapping[str, str]) -> Iterator[Span]:
    """Yield what is labelled in one piece: a model sees no two fragments as one annotation."""
    for fragments in by_annotation(labelled.spans):
        if len(fragments) == 1 and fragments[0].label in wanted:
            yield Span(fragments[0].start, fragments[0].end, fragments[0].label)


def doubts(project: Project, kept: Kept, *, progress: Progress | None = None) -> dict[str, float]:
    """Return how much each unfinished article would teach the model, those known already not anew.

    They are kept beside the project. Where more than SCORED articles wait, those are chosen evenly.
    Raises UserError when there is no model, Cancelled when `progress` returns False.
    """
    if kept.model is None or kept.card is None:
        raise UserError(kept.trouble or no_model())
    known = model_files.queue(project.path, kept.card.digest)
    waiting = spread(_unfinished(project), SCORED)
    found = {id_: known[id_] for id_ in waiting if id_ in known}
    missing = [id_ for id_ in waiting if id_ not in known]
    for number, id_ in enumerate(missing):
        if progress and not progress(number, len(missing)):
            raise Cancelled(_("Stopped; nothing was changed."))
        found[id_] = round(kept.model.doubt(articles.article(project, id_).text), _DIGITS)
    if missing or found.keys() != known.keys():
        # Where nothing can be kept, it is found out again the next time.
        with contextlib.suppress(UserError):
            model_files.save_queue(project.path, kept.card.digest, found)
    if progress:
        progress(len(missing), len(missing))
    return found


def in_order(ids: Iterable[str], doubts: Mapping[str, float]) -> list[str]:
    """Return articles by what would teach most; ties, and those not looked at, in the order given."""
    return sorted(ids, key=lambda id_: -doubts.get(id_, -1.0))


def left_out(card: Card, scheme: Scheme) -> str:
    """Return in a sentence which labels were not learnt, "" when all of those in use were."""
    if not card.rare:
        return ""
    names = {label.id: label.name for label in scheme.labels}
    listed = [names.get(each, each) for each in card.rare]
    shown, more = ", ".join(listed[:_NAMED]), len(listed) - _NAMED
    if more > 0:
        shown = n_("{names} and {n} more", "{names} and {n} more", more).format(names=shown, n=more)
    return _("Too rare to learn: {names}.").format(names=shown)


def no_model() -> str:
    """Return the sentence that there is no model yet and how one comes about."""
    return _("There is no model yet; “annotator train” makes one from the done articles.")


def _unfinished(project: Project) -> list[str]:
    """Return the articles to do and in progress, in reading order."""
    open_ = {
        id_
        for state in (ArticleState.TODO, ArticleState.IN_PROGRESS)
        for id_ in articles.ids(project, state=state)
    }
    return [id_ for id_ in articles.ids(project) if id_ in open_]
