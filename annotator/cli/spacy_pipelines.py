"""`annotator spacy`: which pipeline of spaCy a project uses, and what its labels become."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.arguments import project_argument
from annotator.cli.output import put_json, put_table, tell
from annotator.core.errors import UserError
from annotator.language import _

if TYPE_CHECKING:  # They bring the database, which `--help` can do without.
    from annotator.assist.spacy_choice import Choice
    from annotator.core.scheme import Scheme
    from annotator.store.project import Project


@click.command("spacy", help=_("Choose a pipeline of spaCy, and what its labels become."))
@project_argument
@click.option(
    "--pipeline",
    metavar=_("NAME|FOLDER|trained"),
    help=_("The pipeline to use; “trained” is the one trained on this project, “none” uses none."),
)
@click.option(
    "--label",
    "renamed",
    metavar=_("NAME=LABEL"),
    multiple=True,
    help=_("What a label of the pipeline becomes; NAME= skips it."),
)
@click.option("--json", "as_json", is_flag=True, help=_("As JSON, for programs."))
def command(project: Path, pipeline: str | None, renamed: tuple[str, ...], as_json: bool) -> None:
    """Keep what was chosen with the project; print the labels of the pipeline and what they become."""
    from annotator.assist import spacy_choice
    from annotator.store.project import Project

    is_choosing = pipeline is not None or bool(renamed)
    with Project.open(project, read_only=not is_choosing) as opened:
        choice = spacy_choice.read(opened)
        if pipeline is not None:
            choice = replace(choice, pipeline="" if pipeline == "none" else pipeline)
        choice = replace(choice, labels={**choice.labels, **_renamed(renamed, opened.scheme)})
        trouble = spacy_choice.unable(opened.path, choice) if choice.pipeline else ""
        if trouble and is_choosing:
            raise UserError(trouble)
        rows = [] if trouble or not choice.pipeline else list(_rows(opened, choice))
        if is_choosing:
            spacy_choice.write(opened, choice)
        there = spacy_choice.available(opened.path)
    if as_json:
        put_json(_as_dict(choice, there, rows))
        return
    if rows:
        put_table(((_("spaCy"), _("label")), *rows))
    tell(trouble or _told(choice, there))


def _renamed(renamed: tuple[str, ...], scheme: "Scheme") -> dict[str, str]:
    found = {}
    for each in renamed:
        theirs, equals, name = each.partition("=")
        label = scheme.by_name(name) if name else None
        if not theirs or not equals or (name and label is None):
            raise click.BadParameter(
                _("“{value}” is not NAME=LABEL with a label of the scheme.").format(value=each),
                param_hint="--label",
            )
        found[theirs] = label.id if label else ""
    return found


def _rows(project: "Project", choice: "Choice") -> Iterator[tuple[str, str]]:
    from annotator.assist import spacy_choice
    from annotator.suggest import spacy_pipeline

    scheme = project.scheme
    names = {label.id: label.name for label in scheme.labels}
    pipeline = spacy_choice.load(project.path, choice)
    for theirs in spacy_pipeline.labels(pipeline):
        yield theirs, names.get(choice.label_of(theirs, scheme), "")


def _told(choice: "Choice", there: list[str]) -> str:
    used = (
        _("Pipeline: {name}.").format(name=choice.pipeline)
        if choice.pipeline
        else _("No pipeline of spaCy is used.")
    )
    listed = _("There are: {names}.").format(names=", ".join(there)) if there else ""
    return f"{used} {listed}".strip()


def _as_dict(choice: "Choice", there: list[str], rows: list[tuple[str, str]]) -> dict[str, Any]:
    return {"pipeline": choice.pipeline, "available": there, "labels": dict(rows)}
