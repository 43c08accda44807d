"""`annotator precedents`: what was decided about single words, with the reasons."""

from pathlib import Path
from typing import Any

import click

from annotator.cli.arguments import project_argument
from annotator.cli.output import put_json, put_table, tell
from annotator.language import _, n_


@click.command("precedents", help=_("List what was decided about single words, and why."))
@project_argument
@click.option("--json", "as_json", is_flag=True, help=_("As JSON, for programs."))
def command(project: Path, as_json: bool) -> None:
    """Print a line for each decision: words, label, reason, who and when."""
    from annotator.core.precedents import precedent_to_dict
    from annotator.store.precedents import every
    from annotator.store.project import Project

    with Project.open(project, read_only=True) as opened:
        found = every(opened)
        names = {label.id: label.name for label in opened.scheme.labels}
    if as_json:
        rows: list[dict[str, Any]] = []
        for each in found:
            row = precedent_to_dict(each)
            rows.append({**row, "label": names.get(each.label or "", "")})
        put_json(rows)
    elif found:
        heads = (_("words"), _("label"), _("reason"), _("annotator"), _("date"))
        lines = (
            (
                each.words,
                names.get(each.label or "", ""),
                each.reason,
                each.annotator,
                each.created[:10],
            )
            for each in found
        )
        put_table((heads, *lines))
    count = len(found)
    tell(n_("{n} decision.", "{n} decisions.", count).format(n=count))
