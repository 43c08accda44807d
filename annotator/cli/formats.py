"""`annotator formats`: what can be read and written, and what each format has a place for."""

from typing import TYPE_CHECKING, get_args

import click

from annotator.cli.output import FINDINGS, put_json, put_table, tell_problems
from annotator.language import _

if TYPE_CHECKING:  # Loading every format takes longer than `--help` should.
    from annotator.core.formats import Format


@click.command("formats", help=_("List the formats that can be read and written."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON, for programs."))
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """One line a format; plug-ins that cannot be used are named."""
    from annotator.exchange.registry import broken_plug_ins, formats

    if as_json:
        put_json([_as_dict(format) for format in formats()])
    else:
        put_table([_row(format) for format in formats()])
    tell_problems(broken_plug_ins())
    ctx.exit(FINDINGS if broken_plug_ins() else 0)


def _as_dict(format: "Format") -> dict[str, object]:
    return {
        "name": format.name,
        "title": format.title,
        "reads": format.reads,
        "writes": format.writes,
        "extensions": list(format.extensions),
        "extra": format.extra,
        "holds": dict(format.holds),
        "cannot_hold": _cannot_hold(format),
        "description": format.description,
    }


def _row(format: "Format") -> tuple[str, ...]:
    lacks = ", ".join(_part(part) for part in _cannot_hold(format))
    return (
        format.name,
        _("reads") if format.reads else "",
        _("writes") if format.writes else "",
        " ".join(format.extensions),
        _("extra {name}").format(name=format.extra) if format.extra else "",
        _("{title}; without {parts}").format(title=format.title, parts=lacks)
        if lacks
        else format.title,
    )


def _cannot_hold(format: "Format") -> list[str]:
    """Return the parts that a format of corpora has no place for; a reader of articles holds none."""
    from annotator.core.formats import Part

    if format.is_document or not format.writes:
        return []
    return [part for part in get_args(Part) if part not in format.holds]


def _part(part: str) -> str:
    return {
        "overlaps": _("overlaps"),
        "fragments": _("fragments"),
        "links": _("links"),
        "attributes": _("attributes"),
        "notes": _("notes"),
        "entities": _("entities"),
        "annotators": _("annotators"),
        "states": _("states"),
        "metadata": _("metadata"),
    }[part]
