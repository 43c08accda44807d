"""Label Studio's JSON: a list of tasks, annotations beside predictions, and a labelling configuration."""

import re
from collections.abc import Iterator
from pathlib import Path

from annotator.core.corpus import Found
from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.model import Problem, Remark
from annotator.formats.json_items import items
from annotator.formats.labelstudio.config import CONFIG
from annotator.formats.labelstudio.reading import Seen, count_keys, read_task
from annotator.formats.labelstudio.writer import LabelStudioWriter
from annotator.formats.lines import Opened, parse, read_opened
from annotator.formats.records import told_at_the_end
from annotator.language import _, n_

NAME = "labelstudio"

_ANSWERED = re.compile(rb'"(?:annotations|predictions|completions)"\s*:\s*\[')
_OF_A_TASK = re.compile(rb'"(?:result"\s*:\s*\[|data"\s*:\s*\{|completed_by")')


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the articles of a full JSON export, one task after another."""
    return read_opened(path, _read, how)


def recognises(path: Path, head: bytes) -> bool:
    """Tell by its beginning whether a file is a list of tasks."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start[:1] in (b"[", b"{") and bool(_ANSWERED.search(start) and _OF_A_TASK.search(start))


def _read(opened: Opened, name: str) -> Iterator[Found]:
    seen = Seen()
    for item in items(opened.file, name):
        line = item if isinstance(item, Problem) else parse(item.raw, item.place, count_keys)
        if isinstance(line, Problem):
            yield line
        else:
            yield from read_task(line, name, opened.encoding, seen)
    yield from told_at_the_end(seen.tally, name)
    yield from (Remark(name, told) for told in _told(seen))


def _told(seen: Seen) -> Iterator[str]:
    if seen.skipped:
        yield n_(
            "{count} annotation was cancelled and stays out.",
            "{count} annotations were cancelled and stay out.",
            seen.skipped,
        ).format(count=seen.skipped)
    if seen.drafts:
        yield n_("{count} draft stays out.", "{count} drafts stay out.", seen.drafts).format(
            count=seen.drafts
        )
    if seen.again:
        yield n_(
            "{count} region stands in several annotations of a text and comes in once.",
            "{count} regions stand in several annotations of a text and come in once.",
            seen.again,
        ).format(count=seen.again)


def parts(path: Path) -> tuple[Path, ...]:
    """Return the configuration beside a file of tasks, which is no document."""
    return (path.with_name(CONFIG),)


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            NAME,
            _("Label Studio JSON"),
            _(
                "A list of tasks with annotations, and suggestions as predictions, beside the "
                "labelling configuration. Holds nothing rejected, and no dates."
            ),
            (".json",),
            read=read,
            writer=LabelStudioWriter,
            holds={
                "overlaps": _("regions of their own"),
                "fragments": _("regions joined by a relation “continues”"),
                "links": _("relations"),
                "attributes": _("choices and text areas of a region"),
                "notes": _("the text area “note” of a region"),
                "entities": _("the text area “entity” of a region, and the “meta” of the task"),
                "annotators": _("the “meta” of a region"),
                "states": _("annotations, and predictions for suggestions"),
                "metadata": _("the “data” of the task"),
            },
            recognises=recognises,
            beside=parts,
        ),
    )
