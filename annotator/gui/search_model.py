"""What a search found, as lines: a tick, the words in one column, their label, where they stand."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from annotator.core.model import AnnotationState
from annotator.core.scheme import Label, Scheme
from annotator.gui.article.scene import UNKNOWN, label_of
from annotator.gui.context_lines import (
    Index,
    LineDelegate,
    paint_article,
    paint_column,
    paint_mark,
    paint_words,
    read_aloud,
    small,
)
from annotator.gui.row_ground import is_selected
from annotator.gui.theme import Theme
from annotator.gui.ticked_lines import TickedLines
from annotator.language import _
from annotator.store import places
from annotator.store.places import Place, Stands
from annotator.store.project import Project
from annotator.store.search.finding import Hit
from annotator.store.search.lines import Line, lines

_WIDTH = 80
"""Code points read to either side of the words."""

_NARROW = 90
"""Letters of width below which the date is left out: the words need the room."""

_KEY = 5
"""As many fields of a hit tell it from all others: where it is, and of which annotation."""

Found = tuple[Hit, Line, Stands | None]
"""A hit, its line, and what stands on just its words where it is no annotation."""


class HitModel(TickedLines[Hit, tuple[Line, Stands | None]]):
    """Hits in the order they are wanted in. Ticks stay with their hits when the list is read anew."""

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project

    def show(self, hits: Sequence[Hit]) -> None:
        """List these; what was ticked stays so."""
        kept = {self.rows[n][:_KEY] for n in self._ticked}
        self.put(hits, {n for n, hit in enumerate(hits) if hit[:_KEY] in kept} if kept else ())

    def tick_all(self) -> None:
        """Tick every row."""
        self._ticked = set(range(len(self.rows)))
        self.repaint()

    def forget_pages(self) -> None:
        """Read again what is looked at."""
        self._pages.clear()
        self.repaint()

    def place_of(self, wanted: Hit) -> int:
        """Return the row of a hit, whatever became of it; -1 where it is not listed."""
        start, key = wanted.start, wanted[:_KEY]
        # The offset is compared first: making a key for each of 100,000 hits would be felt.
        found = (n for n, hit in enumerate(self.rows) if hit[1] == start and hit[:_KEY] == key)
        return next(found, -1)

    def read(self, some: Sequence[Hit]) -> Sequence[tuple[Line, Stands | None]]:
        found = lines(self._project, some, _WIDTH)
        where = [Place(hit.article, hit.start, hit.end) for hit in some]
        if all(hit.annotation for hit in some):
            return [(line, None) for line in found]
        return list(zip(found, places.standing_on(self._project, where), strict=True))

    def words(self, each: Hit) -> str:
        return each.article

    def said(self, row: int, each: Hit) -> str:
        line, stands = self.line(row)
        told = mark_of(self._project.scheme, (each, line, stands))
        where = " · ".join(filter(None, (line.title or _("Untitled"), line.published)))
        return read_aloud(line.before, line.words, line.behind, told, where, line.annotator)


class HitDelegate(LineDelegate):
    """Lines the words up in one column; a suggestion is dashed, what was rejected has no ground."""

    def __init__(self, theme: Theme, scheme: Scheme, parent: QObject) -> None:
        super().__init__(theme, parent)
        self.scheme = scheme

    def tick_of(self, index: Index) -> bool | None:
        model = index.model()
        assert isinstance(model, HitModel)
        return model.is_ticked(index.row())

    def paint_line(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRect
    ) -> None:
        model = index.model()
        assert isinstance(model, HitModel)
        hit = model.row(index)
        if hit is None:
            return
        line, stands = model.line(index.row())
        found = (hit, line, stands)
        inks, gap = self.inks(option), option.fontMetrics.height() // 2
        label, state = label_and_state(self.scheme, found)
        shades = self.theme.shades(label.colour if label else "")
        painter.setFont(small(option))
        if box.width() > option.fontMetrics.averageCharWidth() * _NARROW or not hit.end:
            box.setRight(paint_column(painter, box, line.published, inks[1], letters=11) - gap)
        title = line.title or _("Untitled")
        if not hit.end:
            paint_article(painter, box, option.font, (title, line.behind), inks)
            return
        box.setRight(paint_column(painter, box, title, inks[1], letters=22) - gap)
        mark = mark_of(self.scheme, found)
        is_firm = state == AnnotationState.ACCEPTED
        box.setRight(paint_mark(painter, box, mark, shades, inks[1], is_filled=is_firm) - gap)
        is_open = state == AnnotationState.SUGGESTED
        fill: QColor | None = shades.fill if label else self.theme.match
        if is_selected(option) or is_open or state == AnnotationState.REJECTED:
            fill = None
        edge = inks[0] if is_selected(option) else shades.line
        paint_words(
            painter,
            box,
            option.font,
            (line.before, line.words, line.behind),
            inks,
            fill=fill,
            edge=edge if is_open else None,
        )


def label_and_state(scheme: Scheme, found: Found) -> tuple[Label | None, str]:
    """Return the label and the state of an annotation, or of what stands on words that were found.

    None is no label: bare words, or an annotation that is gone meanwhile.
    """
    hit, line, stands = found
    if not hit.annotation:
        return (label_of(scheme, stands.label), stands.state) if stands else (None, "")
    label = scheme.by_name(line.label) if line.origin else None
    return (label or (UNKNOWN if line.origin else None)), line.state


def mark_of(scheme: Scheme, found: Found) -> str:
    """Return in a word or two what a hit is, "" for words without a label."""
    hit, line, _stands = found
    label, state = label_and_state(scheme, found)
    if label is None:
        return _("removed meanwhile") if hit.annotation else ""
    told = {
        AnnotationState.SUGGESTED: _("{label}, suggested"),
        AnnotationState.REJECTED: _("{label}, rejected"),
    }.get(AnnotationState(state), "{label}")
    mark = told.format(label=label.name)
    return f"{mark} → {line.entity}" if line.entity else mark
