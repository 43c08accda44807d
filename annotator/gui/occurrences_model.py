"""Occurrences as a list: a tick, the words in the middle with what stands to either side, what they are."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from annotator.core.scheme import Scheme
from annotator.gui.article.scene import label_of
from annotator.gui.context_lines import (
    Index,
    LineDelegate,
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
from annotator.store import occurrences
from annotator.store.occurrences import SO, TICKED, Context, Occurrence, Standing
from annotator.store.project import Project

_Key = tuple[str, int, int]


class OccurrenceModel(TickedLines[Occurrence, Context]):
    """Occurrences in reading order, each with a tick.

    Ticked at first is what stands as `at_first` says, by default what overlaps nothing; while labels are
    being removed, all that has the label. What was ticked by hand stays so when the list is read anew.
    """

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._by_hand: dict[_Key, bool] = {}
        self.is_removal = False
        self.at_first = TICKED

    def show(self, found: Sequence[Occurrence], *, is_removal: bool) -> None:
        """List these, or to remove a label those that have it."""
        self.is_removal = is_removal
        rows = [each for each in found if each.standing in SO] if is_removal else found
        ticked = {
            n
            for n, each in enumerate(rows)
            if self.is_tickable(each)
            and self._by_hand.get(each[:3], is_removal or each.standing in self.at_first)
        }
        self.put(rows, ticked)

    def forget_ticks(self) -> None:
        """Let nothing be ticked by hand any more."""
        self._by_hand.clear()

    def tick_by_hand(self, place: _Key) -> None:
        """Let a place be ticked once it is listed, whatever stands there."""
        self._by_hand[place] = True

    def is_tickable(self, each: Occurrence) -> bool:
        return self.is_removal or each.standing is not Standing.LABELLED

    def tick_all(self, *, overlapping: bool = False) -> None:
        """Tick what overlaps nothing, or all there is to do; the rest loses its tick."""
        for n, each in enumerate(self.rows):
            is_plain = self.is_removal or each.standing in self.at_first
            self.tick(n, is_ticked=self.is_tickable(each) and (overlapping or is_plain))
        self.repaint()

    def tick(self, row: int, *, is_ticked: bool) -> None:
        self._by_hand[self.rows[row][:3]] = is_ticked
        super().tick(row, is_ticked=is_ticked)

    def read(self, some: Sequence[Occurrence]) -> Sequence[Context]:
        return occurrences.contexts(self._project, some)

    def words(self, each: Occurrence) -> str:
        return each.surface

    def said(self, row: int, each: Occurrence) -> str:
        around, told = self.line(row), mark_of(self._project.scheme, each)
        return read_aloud(around.before, around.words, around.behind, told, around.title)


class OccurrenceDelegate(LineDelegate):
    """Lines the words up in one column, with the words before them to the left of it.

    `colour` is that of the label they are to have; `has_titles` shows in which article each is,
    `has_marks` what stands there, `has_present` the colour of the label that the words have now.
    """

    def __init__(self, theme: Theme, scheme: Scheme, parent: QObject) -> None:
        super().__init__(theme, parent)
        self.scheme = scheme
        self.colour = "grey"
        self.has_titles = self.has_marks = self.has_present = False

    def tick_of(self, index: Index) -> bool | None:
        model = index.model()
        assert isinstance(model, OccurrenceModel)
        each = model.row(index)
        return model.is_ticked(index.row()) if each and model.is_tickable(each) else None

    def _fill(self, each: Occurrence) -> QColor | None:
        """Return what lies under the words: the colour of the label they get, or of the one they have."""
        if not self.has_present:
            return self.theme.shades(self.colour).fill
        is_labelled = each.standing >= Standing.OTHERWISE
        label = label_of(self.scheme, each.label) if is_labelled else None
        return self.theme.shades(label.colour).fill if label else None

    def paint_line(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRect
    ) -> None:
        model = index.model()
        assert isinstance(model, OccurrenceModel)
        each, around = model.row(index), model.line(index.row())
        if each is None:
            return
        inks = self.inks(option)
        gap = option.fontMetrics.height() // 2
        painter.setFont(small(option))
        if self.has_marks:
            shades = self.theme.shades(label_of(self.scheme, each.label).colour)
            told, is_so = mark_of(self.scheme, each), each.standing in SO
            box.setRight(paint_mark(painter, box, told, shades, inks[1], is_filled=is_so) - gap)
        if self.has_titles:
            title = around.title or _("Untitled")
            box.setRight(paint_column(painter, box, title, inks[1], letters=22) - gap)
        paint_words(
            painter,
            box,
            option.font,
            (around.before, around.words, around.behind),
            inks,
            fill=None if is_selected(option) else self._fill(each),
        )


def mark_of(scheme: Scheme, each: Occurrence) -> str:
    """Return in a word or two what stands at an occurrence, "" where there is nothing to tell."""
    told = {
        Standing.REJECTED: _("rejected before"),
        Standing.PROPOSED: _("already suggested"),
        Standing.AROUND: _("holds {label}"),
        Standing.INSIDE: _("inside {label}"),
        Standing.CROSSING: _("crosses {label}"),
        Standing.OTHERWISE: _("is {label}"),
        Standing.UNLINKED: _("{label}, without the entity"),
        Standing.LABELLED: _("labelled {label}"),
    }.get(each.standing, "")
    return told.format(label=label_of(scheme, each.label).name)
