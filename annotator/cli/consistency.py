"""`annotator consistency`: what is labelled now so and now otherwise in the whole project."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.arguments import project_argument
from annotator.cli.output import progress, put_json, put_table, tell
from annotator.language import _, n_

if TYPE_CHECKING:  # They bring the database, which `--help` can do without.
    from annotator.core.consistency import Counts, Kind, Line
    from annotator.core.scheme import Scheme
    from annotator.store.project import Project

_KINDS = ("contested", "unlabelled", "boundaries", "single", "entities")


@click.command("consistency", help=_("List what is labelled now so and now otherwise."))
@project_argument
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(_KINDS),
    multiple=True,
    help=_("Only this kind, by default all; may be given several times."),
)
@click.option("--json", "as_json", is_flag=True, help=_("As JSON, for programs."))
def command(project: Path, kinds: tuple[str, ...], as_json: bool) -> None:
    """Print a line for each string, or pair of entities, with its labels and their numbers."""
    from annotator.core.consistency import Kind
    from annotator.store.project import Project

    wanted = [Kind(kind) for kind in kinds or _KINDS]
    with Project.open(project, read_only=True) as opened:
        lines = list(_lines(opened, wanted))
        scheme = opened.scheme
    if as_json:
        put_json([_as_dict(line, scheme) for line in lines])
    elif lines:
        put_table(
            [(_("kind"), _("words"), _("labels"), ""), *(_row(each, scheme) for each in lines)]
        )
    count = len(lines)
    tell(n_("{n} inconsistency.", "{n} inconsistencies.", count).format(n=count))


def _lines(project: "Project", kinds: list["Kind"]) -> Iterator["Line"]:
    from annotator.assist.consistency import lines_of
    from annotator.store.consistency import strings
    from annotator.store.corpus import snapshot

    with snapshot(project), progress(_("Comparing labels")) as show:
        found = strings(project)
        for kind in kinds:
            yield from lines_of(project, kind, found, show)


def _row(line: "Line", scheme: "Scheme") -> tuple[str, str, str, str]:
    from annotator.core.consistency import Kind, kind_name

    words = (" = " if line.kind is Kind.ENTITIES else " / ").join(line.words)
    counts = " / ".join(_told(each, scheme) for each in line.counts)
    more = (
        n_("{n} unlabelled", "{n} unlabelled", line.count).format(n=line.count)
        if line.kind is Kind.UNLABELLED
        else line.note
    )
    return kind_name(line.kind), words, counts, more


def _told(counts: "Counts", scheme: "Scheme") -> str:
    return ", ".join(
        f"{scheme.label(label).name} {count}" if label else f"{count}"
        for label, count in counts.items()
    )


def _as_dict(line: "Line", scheme: "Scheme") -> dict[str, Any]:
    return {
        "kind": line.kind.value,
        "words": list(line.words),
        "labels": [
            {scheme.label(label).name: count for label, count in counts.items() if label}
            for counts in line.counts
        ],
        "count": line.count,
        "entities": list(line.entities),
        "note": line.note,
    }
