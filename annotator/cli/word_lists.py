"""`annotator lists`: word lists and patterns of a project, brought in from files and taken out again."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.arguments import PATH, project_argument
from annotator.cli.output import put, put_json, put_table, tell
from annotator.language import _, n_

if TYPE_CHECKING:  # It brings the database, which `--help` can do without.
    from annotator.store.project import Project

_DEEDS = ("show", "import", "export", "remove", "on", "off", "starters")


@click.command("lists", help=_("Show, bring in, take out, switch or remove word lists."))
@project_argument
@click.argument("deed", metavar="|".join(_DEEDS), type=click.Choice(_DEEDS), default="show")
@click.argument("what", metavar=_("[FILE or NAME]"), default="")
@click.option("--label", metavar=_("LABEL"), default="", help=_("The label that is suggested."))
@click.option("--name", metavar=_("NAME"), default="", help=_("What the list is called."))
@click.option("--patterns", is_flag=True, help=_("Each line is a regular expression."))
@click.option("--any-case", is_flag=True, help=_("Capitals do not matter."))
@click.option("--parts", is_flag=True, help=_("Parts of words, too."))
@click.option(
    "--out", metavar=_("FILE"), type=PATH, help=_("Where to write; by default the screen.")
)
@click.option("--annotator", metavar=_("NAME"), default="", help=_("Who asks; by default you."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON, for programs."))
def command(
    project: Path,
    deed: str,
    what: str,
    label: str,
    name: str,
    patterns: bool,
    any_case: bool,
    parts: bool,
    out: Path | None,
    annotator: str,
    as_json: bool,
) -> None:
    """Do one of the deeds; each that changes something is one step of the history."""
    from annotator.assist import own_lists
    from annotator.cli.choices import annotator_name
    from annotator.core.word_lists import PATTERN, WORDS, WordList, write_entries
    from annotator.store import word_lists
    from annotator.store.project import Project

    who = annotator_name(annotator)
    with Project.open(project, read_only=deed in ("show", "export", "starters")) as opened:
        if deed == "show":
            _show(opened, as_json=as_json)
        elif deed == "starters":
            put_table(
                [(each.id, each.title, f"{len(each.entries)}") for each in own_lists.starters()]
            )
        elif deed == "import":
            wanted = WordList(
                "",
                name,
                label,
                PATTERN if patterns else WORDS,
                case_counts=not any_case,
                whole_words=not parts,
            )
            made, count = own_lists.bring_in(opened, what, wanted, who)
            said = n_("{n} entry in “{name}”.", "{n} entries in “{name}”.", count)
            tell(said.format(n=count, name=made))
        elif deed == "export":
            text = write_entries(word_lists.entries(opened, word_lists.named(opened, what).id))
            if out is None:
                put(text.rstrip("\n"))
            else:
                out.write_text(text, "utf-8")
        else:
            own_lists.change(opened, what, deed, who)


def _show(project: "Project", *, as_json: bool) -> None:
    from annotator.store import word_lists

    counts = word_lists.counts(project)
    labels = {each.id: each.name for each in project.scheme.labels}
    every = word_lists.every(project)
    if as_json:
        put_json(
            [
                {
                    "id": each.id,
                    "name": each.name,
                    "label": labels.get(each.label, each.label),
                    "kind": each.kind,
                    "case_counts": each.case_counts,
                    "whole_words": each.whole_words,
                    "on": each.is_on,
                    "entries": counts.get(each.id, 0),
                }
                for each in every
            ]
        )
        return
    heads = (_("list"), _("label"), _("entries"), _("state"))
    rows = [
        (
            each.name,
            labels.get(each.label, each.label),
            f"{counts.get(each.id, 0)}",
            _("on") if each.is_on else _("off"),
        )
        for each in every
    ]
    if rows:
        put_table([heads, *rows])
    else:
        tell(_("There is no word list."))
