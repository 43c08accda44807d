"""Waiting suggestions as a list: a tick, the words among others, the label, how sure, and who says so."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QPainter
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
from annotator.gui.suggester_words import origin_name
from annotator.gui.theme import Theme
from annotator.gui.ticked_lines import TickedLines
from annotator.language import _
from annotator.store import waiting
from annotator.store.occurrences import Context
from annotator.store.project import Project
from annotator.store.waiting import Waiting


class WaitingModel(TickedLines[Waiting, Context]):
    """Suggestions in reading order, all ticked at first; what was unticked by hand stays so."""

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._left_out: set[str] = set()

    def show(self, rows: Sequence[Waiting]) -> None:
        """List these."""
        out = self._left_out
        every = range(len(rows))
        self.put(rows, [n for n in every if rows[n].annotation not in out] if out else every)

    def forget_ticks(self) -> None:
        """Let everything be ticked again when next shown."""
        self._left_out.clear()

    def tick_all(self) -> None:
        """Tick every row."""
        for row in range(len(self.rows)):
            self.tick(row, is_ticked=True)
        self.repaint()

    def tick(self, row: int, *, is_ticked: bool) -> None:
        change = self._left_out.discard if is_ticked else self._left_out.add
        change(self.rows[row].annotation)
        super().tick(row, is_ticked=is_ticked)

    def read(self, some: Sequence[Waiting]) -> Sequence[Context]:
        return waiting.contexts(self._project, some)

    def words(self, each: Waiting) -> str:
        return who_says(each)

    def said(self, row: int, each: Waiting) -> str:
        around = self.line(row)
        told = f"{label_of(self._project.scheme, each.label).name}, {who_says(each)}"
        return read_aloud(around.before, around.words, around.behind, told, around.title)


class WaitingDelegate(LineDelegate):
    """As the lines of occurrences; `has_titles` shows in which article each stands."""

    def __init__(self, theme: Theme, scheme: Scheme, parent: QObject) -> None:
        super().__init__(theme, parent)
        self.scheme = scheme
        self.has_titles = False

    def tick_of(self, index: Index) -> bool | None:
        model = index.model()
        assert isinstance(model, WaitingModel)
        return model.is_ticked(index.row())

    def paint_line(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRect
    ) -> None:
        model = index.model()
        assert isinstance(model, WaitingModel)
        each, around = model.row(index), model.line(index.row())
        if each is None:
            return
        inks = self.inks(option)
        gap = option.fontMetrics.height() // 2
        label = label_of(self.scheme, each.label)
        shades = self.theme.shades(label.colour)
        painter.setFont(small(option))
        box.setRight(paint_column(painter, box, who_says(each), inks[1], letters=24) - gap)
        box.setRight(paint_mark(painter, box, label.name, shades, inks[1], is_filled=False) - gap)
        if self.has_titles:
            title = around.title or _("Untitled")
            box.setRight(paint_column(painter, box, title, inks[1], letters=20) - gap)
        paint_words(
            painter,
            box,
            option.font,
            (around.before, around.words, around.behind),
            inks,
            fill=None,
            edge=inks[0] if is_selected(option) else shades.line,
        )


def who_says(each: Waiting) -> str:
    """Return how sure a suggestion is and who says so, as "90% · names, spaCy"."""
    score = _("{n}%").format(n=each.score)
    return f"{score} · " + ", ".join(map(origin_name, each.origins))
