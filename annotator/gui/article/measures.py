"""Sizes of the reading column, all from the font: what stands above a line, on it and below it."""

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF

FAMILIES = [
    "Source Sans 3",
    "Segoe UI",
    "SF Pro Text",
    "Noto Sans",
    "Liberation Sans",
    "DejaVu Sans",
]
COLUMN = 72
"""Average characters of a full line."""
SAMPLE = (
    "le soir des élections, la ministre a répondu que rien ne pressait, mais que tout serait dit"
)


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Measures:
    """Pixels. A line takes `pitch`: a strip for tags, the words, room for the lanes of overlaps."""

    font: QFont
    tag_font: QFont
    ascent: float
    descent: float
    strip: float
    lane: float
    pitch: float
    gap: float
    column: float
    average: float

    def gutter(self, width: float) -> float:
        """Return what a view of this width leaves free beside the column, for brackets and links."""
        height = self.ascent + self.descent
        return round(min(3 * height, max(1.5 * height, width * 0.06)))

    @property
    def baseline(self) -> float:
        """From the top of a line's place to the foot of its letters."""
        return self.strip + self.ascent


def measures(size: float) -> Measures:
    """Return the sizes that go with words of `size` points."""
    font = QFont(FAMILIES)
    font.setPointSizeF(size)
    tag_font = QFont(font)
    tag_font.setPointSizeF(max(6.5, size * 0.62))
    tag_font.setWeight(QFont.Weight.DemiBold)
    words, tags = QFontMetricsF(font), QFontMetricsF(tag_font)
    average = words.horizontalAdvance(SAMPLE) / len(SAMPLE)
    strip = tags.ascent() + 3
    lane = max(3.0, round(size / 4))
    return Measures(
        font=font,
        tag_font=tag_font,
        ascent=words.ascent(),
        descent=words.descent(),
        strip=strip,
        lane=lane,
        pitch=round(strip + words.ascent() + words.descent() + 1.5 * lane),
        gap=round(words.height() * 0.45),
        column=round(average * COLUMN),
        average=average,
    )
