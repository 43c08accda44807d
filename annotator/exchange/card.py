"""The dataset card: what a corpus is, what is in it and how it was made, for whoever gets it."""

import json
from collections.abc import Iterator

from annotator.core.scheme import Scheme
from annotator.exchange.report import ExportReport, PartCount
from annotator.language import _, current_language

_HUB_NAMES = {"dev": "validation"}
"""What readers of cards call our parts."""


def card(scheme: Scheme, report: ExportReport, licence: str, format_name: str) -> str:
    """Return a dataset card in Markdown with the YAML head that dataset hubs read.

    Source: the dataset card of Hugging Face (“configs”, “license”).
    """
    return "\n".join((*_head(report, licence), *_body(scheme, report, licence, format_name), ""))


def _head(report: ExportReport, licence: str) -> Iterator[str]:
    # JSON is YAML: no value can break out of its line.
    yield "---"
    if licence:
        yield f"license: {json.dumps(licence, ensure_ascii=False)}"
    yield "task_categories: [token-classification]"
    files = _files_of_parts(report)
    if files:
        yield "configs:"
        yield "  - config_name: default"
        yield "    data_files:"
        for part, name in files.items():
            yield f"      - {json.dumps({'split': _HUB_NAMES.get(part, part), 'path': name})}"
    yield "---"
    yield ""


def _files_of_parts(report: ExportReport) -> dict[str, str]:
    """Return the file, or the pattern of the files, of each part of a split."""
    names = [name for name, _digest, _size in report.files]
    found = {}
    for part in report.parts:
        if part.name:
            single = [name for name in names if name.startswith(f"{part.name}.")]
            found[part.name] = single[0] if single else f"{part.name}/**"
    return found


def _body(scheme: Scheme, report: ExportReport, licence: str, format_name: str) -> Iterator[str]:
    about = report.about
    yield f"# {scheme.name or about['project']}"
    yield ""
    if scheme.description:
        yield scheme.description
        yield ""
    yield _("Exported from {project} as {format} by Annotator {version} on {date}.").format(
        project=about["project"],
        format=format_name,
        version=about["version"],
        date=str(about["date"])[:10],
    )
    options = {**about["options"], **about["settings"]}
    yield "; ".join(f"{name}: {value}" for name, value in options.items()) + "."
    yield ""
    yield from _table(_("Annotations by label"), scheme, report.parts)
    yield from _decisions(scheme)
    yield "## " + _("Licence")
    yield ""
    yield licence or _("Not stated. Articles of the press usually belong to their publishers.")
    yield ""
    yield "## " + _("Agreement")
    yield ""
    yield _("Not measured for this export.")
    yield ""
    yield from _losses(report)
    yield "## " + _("Files")
    yield ""
    for name, digest, size in report.files:
        yield f"- `{name}` · {size} · sha256 `{digest}`"


def _table(title: str, scheme: Scheme, parts: list[PartCount]) -> Iterator[str]:
    """Yield a table of labels by parts, with the share of each part in a label."""
    names = [part.name or _("all") for part in parts]
    yield f"## {title}"
    yield ""
    yield f"| | {' | '.join(names)} |"
    yield f"|---|{'---:|' * len(names)}"
    yield _row(_("articles"), [part.articles for part in parts])
    labels = [label for label in scheme.labels if any(part.labels.get(label.id) for part in parts)]
    for label in labels:
        yield _row(label.name, [part.labels.get(label.id, 0) for part in parts])
    yield ""


def _row(name: str, counts: list[int]) -> str:
    whole = sum(counts) or 1
    cells = [str(count) for count in counts]
    if len(counts) > 1:
        cells = [f"{count} ({_percent(count / whole)})" for count in counts]
    plain = " ".join(name.replace("|", "/").split())
    return f"| {plain} | {' | '.join(cells)} |"


def _percent(share: float) -> str:
    """Return a share as people of the language in use write it: 12.5%, 12,5 %."""
    number = f"{100 * share:.1f}"
    return f"{number.replace('.', ',')}\u202f%" if current_language() == "fr" else f"{number}%"


def _decisions(scheme: Scheme) -> Iterator[str]:
    """Yield what the guideline says of single words, nothing if it says nothing."""
    if not scheme.precedents:
        return
    names = {label.id: label.name for label in scheme.labels}
    yield "## " + _("Decisions about single words")
    yield ""
    for each in scheme.precedents:
        said = filter(None, (names.get(each.label or "", ""), " ".join(each.reason.split())))
        yield f"- {_('“{words}”').format(words=each.words)}: {' – '.join(said)}"
    yield ""


def _losses(report: ExportReport) -> Iterator[str]:
    yield "## " + _("What the format could not hold")
    yield ""
    if not report.losses:
        yield _("Nothing was lost.")
    for group in report.losses:
        yield (
            f"- {group.label}: {group.reason} ({group.count})"
            if group.label
            else (f"- {group.reason} ({group.count})")
        )
    yield ""
