"""Checks what reports a quote and stands within its content: incises left inside, cues inside."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from annotator.core.findings import Finding, Kind, Reshape, found, reshaped, shown
from annotator.core.frames import Frame
from annotator.core.ledger import CUE, SOURCE
from annotator.core.model import Annotation, Article
from annotator.core.quotes import MARKS
from annotator.core.ranges import Range, innermost, joined
from annotator.core.sentences import LINE_ENDS
from annotator.language import _

Incise = Callable[[str, int, int], Range | None]
"""Finds the first incise in `[start, end)` of a text: from the end of the words before to those behind."""

_LINE = re.compile(f"[^{LINE_ENDS}]+")
_BESIDE = re.compile(r"\W{0,3}(?:t-)?")
"""What may stand between a cue and its source for both to be one incise: a blank, a comma, "-t-"."""

_MARK = re.compile(f"[{re.escape(MARKS)}]")
_ENDINGS = tuple(f"{MARKS}’'")


def inside(
    article: Article, frames: Sequence[Frame], incise: Incise | None = None
) -> Iterator[Finding]:
    """Yield incises and cues within the content they report; a cue in an incise is no second finding."""
    cut: dict[str, list[Range]] = defaultdict(list)
    for frame, gap in _incises(article.text, frames, incise) if incise else ():
        cut[frame.annotation.id].append(gap)
        yield found(
            article,
            frame.annotation,
            Kind.INCISE,
            _("The incise “{words}” stands inside the {label}.").format(
                words=shown(article.text[slice(*gap)].strip(" ,.\u00a0\u202f")),
                label=frame.label.name,
            ),
            _("Cut it out of the content: it says who speaks."),
            place=gap,
            repair=_cut(article, frame, gap),
        )
    for frame in frames:
        for cue in frame.filled(CUE):
            is_cut = any(low <= cue.start < high for low, high in cut[frame.annotation.id])
            if not is_cut and _overlap(frame.annotation, cue):
                yield _cue_inside(article, frame, cue)


def _cue_inside(article: Article, frame: Frame, cue: Annotation) -> Finding:
    return found(
        article,
        frame.annotation,
        Kind.CUE_INSIDE,
        _("Its cue “{words}” stands inside the {label}.").format(
            words=shown(cue.text), label=frame.label.name
        ),
        _("Cut the cue out of the content, or choose another cue."),
        place=(cue.start, cue.end),
        repair=_cut(article, frame, _around(article.text, frame, cue)),
    )


def _cut(article: Article, frame: Frame, gap: Range) -> Reshape | None:
    """Return the repair that cuts a stretch out, None where it would leave nothing."""
    repair = Reshape(frame.annotation.id, cut=(gap,))
    return repair if reshaped(article.text, frame.ranges, repair) else None


def _around(text: str, frame: Frame, cue: Annotation) -> Range:
    """Return what goes with a cue: the source beside it, the blanks and the commas around both."""
    start, end = cue.start, cue.end
    for source in frame.filled(SOURCE):
        between = (end, source.start) if end <= source.start else (source.end, start)
        if _BESIDE.fullmatch(text, *between):
            start, end = min(start, source.start), max(end, source.end)
    low, high = frame.annotation.start, frame.annotation.end
    before = text[low:start].rstrip()
    behind = _behind(text[end:high], is_outside_marks=before.endswith(_ENDINGS))
    if before.endswith(","):
        before = before[:-1].rstrip()
        behind = behind[1:] if behind[:1] in (",", ".") else behind
    return low + len(before), high - len(behind.lstrip())


def _behind(text: str, *, is_outside_marks: bool) -> str:
    """Return what goes on behind a cue: where marks closed before it, from the next mark of the line."""
    line = _LINE.match(text)
    mark = _MARK.search(line.group()) if line and is_outside_marks else None
    return text[mark.start() :] if mark else text


def _incises(text: str, frames: Sequence[Frame], incise: Incise) -> Iterator[tuple[Frame, Range]]:
    """Yield the incises in marked words, each with the innermost quote that holds it.

    Those that report another quote are left out.
    """
    quotes = [frame for frame in frames if frame.is_quote]
    marked = [frame for frame in quotes if frame.is_direct or frame.is_marked]
    gaps = [
        gap
        for start, end in joined(each for frame in marked for each in frame.ranges)
        for gap in _gaps(text, start, end, incise)
    ]
    cues = sorted((cue.start, frame.annotation.id) for frame in frames for cue in frame.filled(CUE))
    for gap, number in innermost(gaps, [frame.ranges for frame in quotes]):
        frame = quotes[number]
        here = cues[bisect_left(cues, (gap[0], "")) : bisect_left(cues, (gap[1], ""))]
        is_own = all(owner == frame.annotation.id for _start, owner in here)
        if is_own and (frame.is_direct or frame.is_marked):
            yield frame, gap


def _gaps(text: str, start: int, end: int, incise: Incise) -> Iterator[Range]:
    for line in _LINE.finditer(text, start, end):
        at = line.start()
        while gap := incise(text, at, line.end()):
            if not at <= gap[0] < gap[1] <= line.end():
                return
            yield gap
            at = gap[1]


def _overlap(one: Annotation, other: Annotation) -> bool:
    return any(a.start < b.end and b.start < a.end for b in other.fragments for a in one.fragments)
