"""`annotator train`: a model learns from the done articles, and is judged on some it has not seen."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.arguments import project_argument
from annotator.cli.output import progress, put, put_json, put_table, tell
from annotator.language import _, decimal, n_

if TYPE_CHECKING:  # They bring the database, which `--help` can do without.
    from annotator.assist.model_files import Card
    from annotator.core.scheme import Scheme
    from annotator.suggest.model.scores import Score, Scores


@click.command("train", help=_("Train a model on the done articles, and say how right it is."))
@project_argument
@click.option("--curve", is_flag=True, help=_("Also how right it was after fewer articles."))
@click.option(
    "--least",
    metavar=_("N"),
    type=click.IntRange(2),
    default=20,
    show_default=True,
    help=_("Done articles that are needed."),
)
@click.option(
    "--spacy",
    "base",
    metavar="blank:fr|PIPELINE",
    help=_("Train a pipeline of spaCy instead, from nothing or from one there is."),
)
@click.option("--json", "as_json", is_flag=True, help=_("The figures as JSON, for programs."))
def command(project: Path, curve: bool, least: int, base: str | None, as_json: bool) -> None:
    """Write the model beside the project; the one before stays until this one is whole."""
    from annotator.assist.modelling import train
    from annotator.store.project import Project

    if base is not None:
        _train_spacy(project, base, least, as_json=as_json)
        return
    with (
        Project.open(project, read_only=True) as opened,
        progress(_("Training")) as show,
    ):
        card = train(opened, least=least, progress=show)
        scheme = opened.scheme
    if as_json:
        put_json(_as_dict(card, scheme))
        return
    put_table(_rows(card.evaluation.scores, scheme))
    if curve:
        put("")
        put_table(_points(card))
    _tell(card, scheme)


def _train_spacy(path: Path, base: str, least: int, *, as_json: bool) -> None:
    from annotator.assist.spacy_training import train
    from annotator.store.project import Project

    with (
        Project.open(path, read_only=True) as opened,
        progress(_("Training")) as show,
    ):
        report = train(opened, base, least=least, progress=show)
        scheme = opened.scheme
    if as_json:
        put_json(report.to_dict())
        return
    put_table(_rows(report.scores, scheme))
    tell(
        _("Learnt from {articles} in {seconds} s; judged on {held}.").format(
            articles=_articles(report.learnt),
            seconds=decimal(report.seconds, 1),
            held=_articles(report.held_out),
        )
    )
    if report.others:
        names = ", ".join(_name(scheme, label) for label in report.others)
        tell(_("Not learnt, being of another group: {names}.").format(names=names))


def _rows(scores: "Scores", scheme: "Scheme") -> Iterator[tuple[str, ...]]:
    yield _("label"), _("precision"), _("recall"), "F1", _("wanted"), _("proposed"), _("right")
    for label, score in scores.by_label.items():
        yield (_name(scheme, label), *_figures(score))
    yield (_("all"), *_figures(scores.micro))


def _figures(score: "Score") -> tuple[str, ...]:
    shares = (score.precision, score.recall, score.f1)
    counts = (score.wanted, score.proposed, score.right)
    return (*(_percent(share) for share in shares), *(f"{count}" for count in counts))


def _points(card: "Card") -> Iterator[tuple[str, ...]]:
    yield _("articles"), "F1"
    for point in card.evaluation.curve:
        yield f"{point.articles}", _percent(point.score.f1)


def _tell(card: "Card", scheme: "Scheme") -> None:
    from annotator.assist.modelling import left_out

    tell(
        _("Learnt from {articles} in {seconds} s; judged on {held}.").format(
            articles=_articles(len(card.articles)),
            seconds=decimal(card.seconds, 1),
            held=_articles(card.evaluation.held_out),
        )
    )
    if rare := left_out(card, scheme):
        tell(rare)


def _articles(count: int) -> str:
    return n_("{n} article", "{n} articles", count).format(n=count)


def _name(scheme: "Scheme", label: str) -> str:
    return next((each.name for each in scheme.labels if each.id == label), label)


def _percent(share: float) -> str:
    return _("{number}%").format(number=decimal(share * 100, 1))


def _as_dict(card: "Card", scheme: "Scheme") -> dict[str, Any]:
    row = card.to_dict()
    return {**row, "names": {label: _name(scheme, label) for label in card.labels}}
