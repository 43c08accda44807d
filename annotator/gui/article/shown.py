"""What Qt is given to show: the article's text sign for sign, but for those Qt takes for its own."""

from dataclasses import dataclass

PART = 2_400
"""A paragraph longer than this is shown in parts, so that only the part in view is ever laid out."""

LINE_SEPARATOR = "\u2028"
_REPLACED = {
    **dict.fromkeys("\r\x0b\x0c\x1c\x1d\x1e\x85\u2029", LINE_SEPARATOR),
    **dict.fromkeys("\ufdd0\ufdd1\ufffc\ufffe\uffff", "\ufffd"),
    "\x00": "\u2400",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as long as the article's, in blocks.

    `lengths` has the code points of each block, without its end; `joined` the numbers of the blocks
    whose paragraph goes on in the next one.
    """

    text: str
    lengths: list[int]
    joined: frozenset[int]


def shown(text: str) -> Shown:
    """Return what stands on the screen for an article's text: same length, same positions."""
    blocks: list[str] = []
    joined: list[int] = []
    for paragraph in _without_hazards(text).split("\n"):
        parts = [paragraph] if len(paragraph) <= PART else _parts(paragraph)
        joined.extend(range(len(blocks), len(blocks) + len(parts) - 1))
        blocks.extend(parts)
    return Shown("\n".join(blocks), [len(block) for block in blocks], frozenset(joined))


def _without_hazards(text: str) -> str:
    for char, shown_as in _REPLACED.items():
        if char in text:
            text = text.replace(char, shown_as)
    try:
        text.encode("utf-16-le")
    except UnicodeEncodeError:
        text = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text


def _parts(paragraph: str) -> list[str]:
    """Return a long paragraph in parts; one blank between two of them is left to Qt's block end."""
    parts, start = [], 0
    while len(paragraph) - start > PART:
        blank = _blank_to_break_at(paragraph, start + PART // 2, start + PART)
        if blank < 0:
            break
        parts.append(paragraph[start:blank])
        start = blank + 1
    return [*parts, paragraph[start:]]


def _blank_to_break_at(paragraph: str, low: int, high: int) -> int:
    """Return a blank behind a full stop, else any blank, else the next one to come; -1 when none is."""
    for mark in (". ", "! ", "? ", "… "):
        found = paragraph.rfind(mark, low, high)
        if found >= 0:
            return found + 1
    found = paragraph.rfind(" ", low, high)
    return found if found >= 0 else paragraph.find(" ", high)
