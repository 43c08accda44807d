"""`annotator info`: what a project holds."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.arguments import project_argument
from annotator.cli.output import put_json, put_table
from annotator.language import _

if TYPE_CHECKING:  # It brings the database, which `--help` can do without.
    from annotator.store.summary import Summary


@click.command("info", help=_("Count what a project holds, by state and label."))
@project_argument
@click.option("--json", "as_json", is_flag=True, help=_("As JSON, for programs."))
def command(project: Path, as_json: bool) -> None:
    """Print the counts."""
    from annotator import __version__
    from annotator.store.project import Project
    from annotator.store.summary import summary

    with Project.open(project, read_only=True) as opened:
        counted = summary(opened)
        scheme = opened.scheme.name
    if as_json:
        put_json(
            {"project": str(project), "version": __version__, "scheme": scheme, **asdict(counted)}
        )
    else:
        put_table(((_("scheme"), scheme), *_rows(counted)))


def _rows(counted: "Summary") -> Iterator[tuple[str, str]]:
    yield _("articles"), f"{counted.articles}"
    for state, count in counted.states.items():
        yield f"  {article_state(state)}", f"{count}"
    yield _("characters"), f"{counted.characters}"
    yield _("annotations"), f"{counted.annotations}"
    for state, count in counted.annotation_states.items():
        yield f"  {_annotation_state(state)}", f"{count}"
    for label, count in counted.labels.items():
        yield f"  {label}", f"{count}"
    yield _("links"), f"{counted.links}"
    yield _("entities"), f"{counted.entities}"
    yield _("annotators"), f"{counted.annotators}"
    for name, count in counted.by_annotator.items():
        yield f"  {name}", f"{count}"
    yield _("steps"), f"{counted.deeds}"
    yield _("bytes"), f"{counted.size}"


def article_state(state: str) -> str:
    """Return what a state of articles is called."""
    return {
        "todo": _("to do"),
        "in_progress": _("in progress"),
        "done": _("done"),
        "flagged": _("flagged"),
    }[state]


def _annotation_state(state: str) -> str:
    return {"accepted": _("accepted"), "suggested": _("suggested"), "rejected": _("rejected")}[
        state
    ]
