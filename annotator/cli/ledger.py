"""`annotator ledger`: who speaks, in an article or in the whole corpus."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.arguments import PATH, project_argument
from annotator.cli.output import put_json, put_table, tell
from annotator.language import _, decimal, n_

if TYPE_CHECKING:  # They bring the database, which `--help` can do without.
    from annotator.core.ledger import Ledger, QuoteRow, Share, SpeakerLine
    from annotator.store.project import Project

_CUES = 3
"""Cues shown of a speaker, the most frequent ones; JSON has them all."""


@click.command("ledger", help=_("List who speaks, or write a CSV table of every quote."))
@project_argument
@click.argument("out", metavar=_("[OUT.csv]"), type=PATH, required=False)
@click.option(
    "--article", "article_id", metavar="ID", help=_("Only this article; by default the corpus.")
)
@click.option(
    "--states",
    metavar="accepted[,suggested]",
    default="accepted",
    show_default=True,
    help=_("Which quotes: suggestions stay behind unless they are named."),
)
@click.option("--json", "as_json", is_flag=True, help=_("The speakers as JSON, for programs."))
def command(
    project: Path, out: Path | None, article_id: str | None, states: str, as_json: bool
) -> None:
    """Write the table, if one is asked for; print the speakers, if none is or JSON is."""
    from annotator.cli.choices import checked_states
    from annotator.core.ledger import reckon
    from annotator.exchange.ledger import save_table
    from annotator.store.ledger import quotes
    from annotator.store.project import Project

    wanted = checked_states(states)
    with Project.open(project, read_only=True) as opened:
        _check_article(opened, article_id)
        if out is not None:
            count = save_table(opened, out, article_id=article_id, states=wanted)
            said = n_("{n} quote written to {path}.", "{n} quotes written to {path}.", count)
            tell(said.format(n=count, path=out))
        if out is None or as_json:
            ledger = reckon(quotes(opened, article_id=article_id, states=wanted))
    if as_json:
        put_json(_as_dict(ledger))
    elif out is None:
        _put(ledger)


def _check_article(project: "Project", article_id: str | None) -> None:
    from annotator.store.articles import exists

    if article_id is not None and not exists(project, article_id):
        raise click.BadParameter(
            _("There is no article “{id}” in the project.").format(id=article_id),
            param_hint="--article",
        )


def _put(ledger: "Ledger") -> None:
    """Print a line for each speaker, and what has none below it."""
    if ledger.rows:
        heads = (
            _("speaker"),
            _("quotes"),
            _("words"),
            _("share"),
            _("gender"),
            _("kind"),
            _("cues"),
        )
        put_table((heads, *_lines(ledger)))
    count = len(ledger.rows)
    tell(
        n_(
            "{n} quote, {words} words; {speakerless} without speaker, {cueless} without cue.",
            "{n} quotes, {words} words; {speakerless} without speaker, {cueless} without cue.",
            count,
        ).format(
            n=count,
            words=ledger.words,
            speakerless=len(ledger.without_speaker),
            cueless=len(ledger.without_cue),
        )
    )


def _lines(ledger: "Ledger") -> Iterator[tuple[str, ...]]:
    from annotator.core.ledger import gender_name, kind_name, speaker_name

    for line in ledger.speakers:
        yield (
            speaker_name(line.voice),
            f"{len(line.rows)}",
            f"{line.words}",
            _("{number}%").format(number=decimal(line.share * 100, 1)),
            gender_name(line.voice.gender),
            kind_name(line.kind),
            ", ".join(f"{cue} ({count})" for cue, count in line.cues[:_CUES]),
        )


def _as_dict(ledger: "Ledger") -> dict[str, Any]:
    return {
        "quotes": len(ledger.rows),
        "words": ledger.words,
        "without_speaker": [row.id for row in ledger.without_speaker],
        "without_cue": [row.id for row in ledger.without_cue],
        "by_gender": [_share(share) for share in ledger.by_gender],
        "by_kind": [_share(share) for share in ledger.by_kind],
        "speakers": [_speaker(line) for line in ledger.speakers],
    }


def _share(share: "Share") -> dict[str, Any]:
    return {
        "name": share.name,
        "quotes": share.quotes,
        "words": share.words,
        "share": share.share,
    }


def _speaker(line: "SpeakerLine") -> dict[str, Any]:
    return {
        "name": line.voice.name,
        "entity_id": line.voice.entity,
        "gender": line.voice.gender,
        "kind": line.kind,
        "quotes": len(line.rows),
        "words": line.words,
        "share": line.share,
        "first": _place(line.first),
        "last": _place(line.last),
        "cues": dict(line.cues),
    }


def _place(row: "QuoteRow") -> dict[str, Any]:
    return {"article": row.article, "title": row.title, "start": row.start, "annotation": row.id}
