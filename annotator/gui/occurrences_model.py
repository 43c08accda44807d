"""Occurrences as a list: a tick, the words in the middle with what stands to either side, what they are."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QRect, QStringListModel, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from annotator.core.scheme import Scheme
from annotator.gui.article.scene import UNKNOWN
from annotator.gui.context_lines import (
    Index,
    LineDelegate,
    is_selected,
    paint_column,
    paint_mark,
    paint_words,
    read_aloud,
    small,
)
from annotator.gui.theme import Theme
from annotator.language import _
from annotator.store import occurrences
from annotator.store.occurrences import SO, TICKED, Context, Occurrence, Standing
from annotator.store.project import Project

PAGE = 100
CONTEXT = int(Qt.ItemDataRole.UserRole)
_PAGES = 40
_Key = tuple[str, int, int]


class OccurrenceModel(QStringListModel):
    """Occurrences in reading order, each with a tick; the words around are read when they are looked at.

    Ticked at first is what overlaps nothing; while labels are being removed, all that has the label.
    What was ticked by hand stays so when the list is read anew. Rows are strings of Qt's own: laying
    out 100,000 of them asks nothing of Python.
    """

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._rows: Sequence[Occurrence] = ()
        self._ticked: set[int] = set()
        self._by_hand: dict[_Key, bool] = {}
        self._pages: dict[int, list[Context]] = {}
        self.is_removal = False

    @property
    def rows(self) -> Sequence[Occurrence]:
        """What is listed."""
        return self._rows

    def show(self, found: Sequence[Occurrence], *, is_removal: bool) -> None:
        """List these, or to remove a label those that have it."""
        self.is_removal = is_removal
        self._rows = [each for each in found if each.standing in SO] if is_removal else found
        self._pages.clear()
        self._ticked = {
            n
            for n, each in enumerate(self._rows)
            if self.is_tickable(each)
            and self._by_hand.get(each[:3], is_removal or each.standing in TICKED)
        }
        self.setStringList([""] * len(self._rows))

    def forget_ticks(self) -> None:
        """Let nothing be ticked by hand any more."""
        self._by_hand.clear()

    def ticked(self) -> list[Occurrence]:
        """Return what is ticked, in reading order."""
        return [self._rows[n] for n in sorted(self._ticked)]

    @property
    def count(self) -> int:
        """How many are ticked."""
        return len(self._ticked)

    def occurrence(self, index: Index) -> Occurrence | None:
        """Return the occurrence of a row, None where there is no such row."""
        return self._rows[index.row()] if index.isValid() else None

    def is_tickable(self, occurrence: Occurrence) -> bool:
        """Tell whether there is anything to do with an occurrence."""
        return self.is_removal or occurrence.standing is not Standing.LABELLED

    def toggle(self, index: Index) -> None:
        """Tick a row, or take its tick away."""
        each = self.occurrence(index)
        if each and self.is_tickable(each):
            self._tick(index.row(), index.row() not in self._ticked)
            self.dataChanged.emit(index, index)

    def tick_all(self, *, overlapping: bool = False) -> None:
        """Tick what overlaps nothing, or all there is to do; the rest loses its tick."""
        for n, each in enumerate(self._rows):
            is_plain = self.is_removal or each.standing in TICKED
            self._tick(n, self.is_tickable(each) and (overlapping or is_plain))
        self._repaint()

    def tick_none(self) -> None:
        """Take every tick away."""
        for n in range(len(self._rows)):
            self._tick(n, False)
        self._repaint()

    def is_ticked(self, row: int) -> bool:
        return row in self._ticked

    def context(self, row: int) -> Context:
        """Return the words of a row and around it, reading its page if need be."""
        number, offset = divmod(row, PAGE)
        if number not in self._pages:
            if len(self._pages) >= _PAGES:
                self._pages.clear()
            some = self._rows[number * PAGE : (number + 1) * PAGE]
            self._pages[number] = occurrences.contexts(self._project, some)
        return self._pages[number][offset]

    def flags(self, index: Index) -> Qt.ItemFlag:
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return enabled | Qt.ItemFlag.ItemIsUserCheckable

    def setData(self, index: Index, _value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role == Qt.ItemDataRole.CheckStateRole:
            self.toggle(index)
        return role == Qt.ItemDataRole.CheckStateRole

    def data(self, index: Index, role: int = CONTEXT) -> Any:
        each = self.occurrence(index)
        if each is None:
            return None
        if role == CONTEXT:
            return self.context(index.row())
        if role == Qt.ItemDataRole.CheckStateRole:
            ticked = index.row() in self._ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return each.surface
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._read_aloud(index.row(), each)
        return None

    def _read_aloud(self, row: int, each: Occurrence) -> str:
        around = self.context(row)
        told = mark_of(self._project.scheme, each)
        return read_aloud(around.before, around.words, around.behind, told, around.title)

    def _tick(self, row: int, is_ticked: bool) -> None:
        self._by_hand[self._rows[row][:3]] = is_ticked
        if is_ticked:
            self._ticked.add(row)
        else:
            self._ticked.discard(row)

    def _repaint(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))


class OccurrenceDelegate(LineDelegate):
    """Lines the words up in one column, with the words before them to the left of it.

    `colour` is that of the label they are to have; `has_titles` shows in which article each is,
    `has_marks` what stands there.
    """

    def __init__(self, theme: Theme, scheme: Scheme, parent: QObject) -> None:
        super().__init__(theme, parent)
        self.scheme = scheme
        self.colour = "grey"
        self.has_titles = self.has_marks = False

    def tick_of(self, index: Index) -> bool | None:
        model = index.model()
        assert isinstance(model, OccurrenceModel)
        each = model.occurrence(index)
        return model.is_ticked(index.row()) if each and model.is_tickable(each) else None

    def paint_line(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRect
    ) -> None:
        model = index.model()
        assert isinstance(model, OccurrenceModel)
        each, around = model.occurrence(index), model.context(index.row())
        if each is None:
            return
        inks = self.inks(option)
        gap = option.fontMetrics.height() // 2
        painter.setFont(small(option))
        if self.has_marks:
            shades = self.theme.shades(_label(self.scheme, each.label).colour)
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
            fill=None if is_selected(option) else self.theme.shades(self.colour).fill,
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
    return told.format(label=_label(scheme, each.label).name)


def _label(scheme: Scheme, label_id: str) -> Any:
    try:
        return scheme.label(label_id)
    except KeyError:
        return UNKNOWN
