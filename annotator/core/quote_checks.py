"""Checks of quotes: their marks, that somebody says them with words that report them, that no two cross."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from annotator.core.balance import Marks, Stray
from annotator.core.findings import Finding, Kind, Reshape, found, shown
from annotator.core.frames import Frame
from annotator.core.ledger import CUE, SOURCE
from annotator.core.model import Article
from annotator.core.ranges import Range, crossing
from annotator.core.scheme import Slot
from annotator.core.sentences import LINE_ENDS
from annotator.language import _

_SPEAKER = "speaker"
_UNNAMED = ("anonymous", "author", "none")
"""Values of the attribute “speaker” with which a quote needs no source."""

_LINE_END = re.compile(f"[{LINE_ENDS}]")
_NEW_SENTENCE = re.compile(r"[.!?…]\s+\w")
_COLON = re.compile(r":\s*\Z")
_REACH = 8
"""Code points before a quote within which a colon leads it in."""


def unbalanced(article: Article, frames: Sequence[Frame]) -> Iterator[Finding]:
    """Yield the marks that have no partner within their quote."""
    quotes = [frame for frame in frames if frame.is_quote]
    marks = Marks(article.text if quotes else "")
    for frame in quotes:
        ranges = frame.ranges
        for stray in marks.strays(ranges):
            if not _is_closed_behind_cue(marks, frame, stray):
                taken = marks.partner_outside(ranges, stray)
                yield _stray(article, frame, stray, taken)


def _is_closed_behind_cue(marks: Marks, frame: Frame, stray: Stray) -> bool:
    """Tell whether a mark closes behind the cue and its sentence: « Viens, dit-il. »."""
    end = frame.annotation.end
    cues = [cue.end for cue in frame.filled(CUE) if cue.start >= end]
    if not stray.is_opening or not cues:
        return False
    closing = marks.closing_behind(end, stray.family)
    if closing is None or closing < max(cues):
        return False
    return not _NEW_SENTENCE.search(marks.text, max(cues), closing)


def _stray(article: Article, frame: Frame, stray: Stray, taken: Range | None) -> Finding:
    if stray.is_opening:
        message = _("The mark {mark} opens here and is not closed within the {label}.")
        near = _("Take in the closing mark, which stands just behind.")
        far = _("Move the end behind the closing mark; if the article has none, leave it so.")
    else:
        message = _("The mark {mark} closes here and is not opened within the {label}.")
        near = _("Take in the opening mark, which stands just before.")
        far = _("Move the start before the opening mark; if the article has none, leave it so.")
    place = (stray.start, stray.end)
    return found(
        article,
        frame.annotation,
        Kind.MARKS,
        message.format(mark=article.text[slice(*place)], label=frame.label.name),
        near if taken else far,
        place=place,
        repair=Reshape(frame.annotation.id, add=(taken,)) if taken else None,
    )


def unsaid(article: Article, frames: Sequence[Frame]) -> Iterator[Finding]:
    """Yield the quotes without a source, but for those that say why they have none."""
    for frame in frames:
        slot = frame.slot(SOURCE)
        speaker = frame.annotation.attributes.get(_SPEAKER)
        if slot and not frame.filled(SOURCE) and speaker not in _UNNAMED:
            has_speaker = any(each.name == _SPEAKER for each in frame.label.attributes)
            remedy = _fill(slot, or_unnamed=has_speaker)
            message = _("This {label} has no source.").format(label=frame.label.name)
            yield found(article, frame.annotation, Kind.SOURCE, message, remedy)


def unreported(article: Article, frames: Sequence[Frame]) -> Iterator[Finding]:
    """Yield what has a slot for a cue and none in it.

    A direct quote needs none where it goes on after another one in its paragraph, nor where a colon
    leads from its source to it.
    """
    ends = sorted(frame.annotation.end for frame in frames if frame.is_quote)
    lines = [match.start() for match in _LINE_END.finditer(article.text)] if ends else []
    for frame in frames:
        slot = frame.slot(CUE)
        if slot is None or frame.filled(CUE):
            continue
        if not frame.is_direct or not (_floats(frame, ends, lines) or _is_led_in(article, frame)):
            message = _("This {label} has no cue.").format(label=frame.label.name)
            yield found(article, frame.annotation, Kind.CUE, message, _fill(slot))


def _floats(frame: Frame, ends: Sequence[int], lines: Sequence[int]) -> bool:
    """Tell whether another quote ends before this one in the same paragraph."""
    start = frame.annotation.start
    place = bisect_right(ends, start)
    return place > 0 and bisect_left(lines, ends[place - 1]) == bisect_left(lines, start)


def _is_led_in(article: Article, frame: Frame) -> bool:
    start = frame.annotation.start
    before = article.text[max(0, start - _REACH) : start]
    return bool(frame.filled(SOURCE) and _COLON.search(before))


def overlapping(article: Article, frames: Sequence[Frame]) -> Iterator[Finding]:
    """Yield direct quotes that cross another one, or stand on the very same words; nested ones are right."""
    direct = [frame for frame in frames if frame.is_quote and frame.is_direct]
    seen: dict[tuple[Range, ...], Frame] = {}
    for frame in direct:
        if seen.setdefault(tuple(frame.ranges), frame) is not frame:
            message = _("Another direct {label} stands on the very same words.")
            yield found(
                article,
                frame.annotation,
                Kind.OVERLAP,
                message.format(label=frame.label.name),
                _("Remove one of the two."),
            )
    for number, other in crossing([frame.ranges for frame in direct]):
        message = _("This {label} crosses another direct one: “{words}”.")
        yield found(
            article,
            direct[number].annotation,
            Kind.OVERLAP,
            message.format(
                label=direct[number].label.name, words=shown(direct[other].annotation.text)
            ),
            _("Move the boundaries: one ends before the other begins, or lies within it."),
        )


def _fill(slot: Slot, *, or_unnamed: bool = False) -> str:
    """Return what to do about an empty slot, such as that of a source that nobody names."""
    if or_unnamed and slot.key:
        remedy = _(
            "Press {key} on the words of its {slot}, or set “speaker” to anonymous, author or none."
        )
    elif or_unnamed:
        remedy = _("Click the words of its {slot}, or set “speaker” to anonymous, author or none.")
    elif slot.key:
        remedy = _("Press {key} on the words of its {slot}.")
    else:
        remedy = _("Select it, then click the words of its {slot}.")
    return remedy.format(slot=slot.name, key=slot.key.upper())
