"""`annotator formats`: what can be read and written."""

import click

from annotator.cli.output import put_json, put_table
from annotator.language import _


@click.command("formats", help=_("List the formats that can be read and written."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON, for programs."))
def command(as_json: bool) -> None:
    """One line a format."""
    from annotator.exchange.registry import formats

    if as_json:
        put_json(
            [
                {
                    "name": format.name,
                    "title": format.title,
                    "reads": format.reads,
                    "writes": format.writes,
                    "extensions": list(format.extensions),
                    "description": format.description,
                }
                for format in formats()
            ]
        )
        return
    put_table(
        (
            format.name,
            _("reads") if format.reads else "",
            _("writes") if format.writes else "",
            " ".join(format.extensions),
            format.title,
        )
        for format in formats()
    )
