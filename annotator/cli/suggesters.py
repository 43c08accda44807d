"""`annotator suggesters`: who suggests in a project, how often that was right, and who is switched on."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.arguments import project_argument
from annotator.cli.output import put, put_json, put_table, tell, tell_problems
from annotator.language import _

if TYPE_CHECKING:  # They bring the database, which `--help` can do without.
    from annotator.assist.known import Known
    from annotator.assist.settings import Settings
    from annotator.assist.suggesters import Suggester
    from annotator.store.project import Project


@click.command("suggesters", help=_("List who suggests; switch and rank them."))
@project_argument
@click.option(
    "--on", "on", metavar=_("NAME…"), default="", help=_("Switch these on, parted by commas.")
)
@click.option(
    "--off",
    "off",
    metavar=_("NAME…"),
    default="",
    help=_("Switch these off: their open suggestions go, unless others say the same."),
)
@click.option(
    "--rank", metavar=_("NAME…"), default="", help=_("The order, the one believed first in front.")
)
@click.option("--least", metavar=_("NAME=SCORE"), multiple=True, help=_("Show from this score on."))
@click.option(
    "--label",
    metavar=_("KIND=LABEL"),
    multiple=True,
    help=_("The label for a kind such as person, date or amount; none without a name."),
)
@click.option("--json", "as_json", is_flag=True, help=_("As JSON, for programs."))
def command(
    project: Path,
    on: str,
    off: str,
    rank: str,
    least: tuple[str, ...],
    label: tuple[str, ...],
    as_json: bool,
) -> None:
    """Change what is asked for, then print what holds."""
    from annotator.assist import settings
    from annotator.assist.known import Known
    from annotator.store import suggestions
    from annotator.store.project import Project

    is_change = any((on, off, rank, least, label))
    with Project.open(project, read_only=not is_change) as opened:
        if is_change:
            chosen = settings.read(opened)
            for name in _names(on):
                chosen = chosen.switched(name, on=True)
            gone = _names(off)
            for name in gone:
                chosen = chosen.switched(name, on=False)
            chosen = chosen.ranked(_names(rank)) if rank else chosen
            chosen = _with_scores(chosen, least)
            settings.write(opened, _with_labels(chosen, label, opened))
            if gone:
                suggestions.withdraw(opened, [_named(name).origin for name in gone])
        with Known().at_work(opened) as known:
            if as_json:
                put_json(_as_dict(known))
            else:
                _put(known)


def _names(given: str) -> list[str]:
    names = [each.strip() for each in given.split(",") if each.strip()]
    return [_named(name).id for name in names]


def _named(name: str) -> "Suggester":
    from annotator.assist.suggesters import named

    return named(name)


def _with_scores(chosen: "Settings", given: tuple[str, ...]) -> "Settings":
    from annotator.cli.choices import pairs

    for name, score in pairs(given, "--least").items():
        chosen = chosen.from_score(_named(name).id, _score(score))
    return chosen


def _score(given: str) -> float:
    try:
        number = float(given.replace(",", "."))
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:  # So that what is no number at all is none here, either.
        told = _("“{given}” is no score from 0 to 1.").format(given=given)
        raise click.BadParameter(told, param_hint="--least")
    return number


def _with_labels(chosen: "Settings", given: tuple[str, ...], project: "Project") -> "Settings":
    from annotator.assist.labels import KINDS, plain
    from annotator.cli.choices import pairs

    for kind, name in pairs(given, "--label").items():
        if kind not in KINDS:
            told = _("“{name}” is not one of {names}.").format(name=kind, names=", ".join(KINDS))
            raise click.BadParameter(told, param_hint="--label")
        label = project.scheme.by_name(name) if name else None
        usable = plain(project.scheme)
        if name and label is None:
            told = _("The scheme has no label “{name}”.").format(name=name)
            raise click.BadParameter(told, param_hint="--label")
        if label and label not in usable:
            told = _("“{name}” is not one of {names}.").format(
                name=name, names=", ".join(each.name for each in usable) or "–"
            )
            raise click.BadParameter(told, param_hint="--label")
        chosen = chosen.labelling(kind, label.id if label else "")
    return chosen


def _put(known: "Known") -> None:
    from annotator.assist.suggesters import (
        broken_plug_ins,
        is_on,
        least,
        lowered_sentence,
        percent,
        ranked,
    )

    rows = [
        (_("suggester"), _("state"), _("from"), _("accepted")),
        *(
            (
                each.id,
                _("on") if is_on(each, known.settings) else _("off"),
                percent(least(each, known.settings)),
                _rates(known, each),
            )
            for each in ranked(known.settings)
        ),
    ]
    put_table(rows)
    put("")
    for kind, label in _labels(known).items():
        put(f"{kind}: {label or '–'}")
    tell_problems(broken_plug_ins())
    for each in ranked(known.settings):
        reason = each.unable(known) if is_on(each, known.settings) else ""
        if reason:
            tell(f"{each.id}: {reason}")
        for (origin, label_id), rate in known.rates.items():
            if origin == each.origin and (said := _label(known, label_id)):
                is_asked = (origin, label_id) in known.settings.asked
                told = lowered_sentence(each, said, rate, is_asked=is_asked)
                if told:
                    tell(told)


def _rates(known: "Known", suggester: "Suggester") -> str:
    found = []
    for (origin, label_id), rate in sorted(known.rates.items()):
        label = _label(known, label_id)
        if origin == suggester.origin and label:
            told = _("{label} {n} of {all}")
            found.append(told.format(label=label.name, n=rate.accepted, all=rate.decided))
    return ", ".join(found) or "–"


def _label(known: "Known", label_id: str) -> Any:
    return next((each for each in known.scheme.labels if each.id == label_id), None)


def _labels(known: "Known") -> dict[str, str]:
    from annotator.assist.labels import KINDS

    found = {kind: _label(known, known.label_of(kind)) for kind in KINDS}
    return {kind: label.name if label else "" for kind, label in found.items()}


def _as_dict(known: "Known") -> dict[str, Any]:
    from annotator.assist.suggesters import is_on, least, ranked

    return {
        "suggesters": [
            {
                "id": each.id,
                "title": each.title,
                "origin": each.origin,
                "on": is_on(each, known.settings),
                "least": least(each, known.settings),
                "unable": each.unable(known),
                "rates": {
                    label_id: {
                        "unchanged": rate.unchanged,
                        "changed": rate.changed,
                        "rejected": rate.rejected,
                    }
                    for (origin, label_id), rate in known.rates.items()
                    if origin == each.origin
                },
            }
            for each in ranked(known.settings)
        ],
        "labels": _labels(known),
    }
