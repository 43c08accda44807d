"""The line of large numbers on top of the page, and what it says of the time to finish."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from annotator.core.ledger import quote_labels
from annotator.core.model import ArticleState
from annotator.core.scheme import Scheme
from annotator.core.statistics import Forecast, Quartiles, pace
from annotator.gui.charts.numbers import number, rough
from annotator.gui.marks import small_font
from annotator.gui.statistics.pictures import percent
from annotator.gui.statistics.reading import Labour
from annotator.gui.theme import Theme
from annotator.language import _, n_

_DAYS = 7
"""Days, today among them, whose pace is told."""

_LARGE = 1.7
"""Of the usual size of letters."""


class Figure(NamedTuple):
    """A number to be read from afar, and what it counts."""

    value: str
    caption: str


class Summary(QWidget):
    """Figures side by side, each as wide as the others."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles = [_Tile(self) for _place in range(count)]
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(self.fontMetrics().height())
        for place, tile in enumerate(self.tiles):
            layout.addWidget(tile, 0, place, Qt.AlignmentFlag.AlignTop)
            layout.setColumnStretch(place, 1)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these, as many as there is room for."""
        for place, tile in enumerate(self.tiles):
            tile.show_figure(figures[place] if place < len(figures) else Figure("", ""))

    def draw(self, painter: QPainter, corner: QPointF, theme: Theme) -> None:
        """Paint the figures where they are on the page, from this corner."""
        for tile in self.tiles:
            at = corner + QPointF(tile.pos())
            for label, colour in ((tile.value, theme.text), (tile.caption, theme.muted)):
                painter.setFont(label.font())
                painter.setPen(colour)
                box = QRectF(label.geometry()).translated(at)
                painter.drawText(box, Qt.TextFlag.TextWordWrap, label.text())


class _Tile(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.value = QLabel(self)
        self.caption = QLabel(self)
        self.value.setFont(_large(self.font()))
        self.caption.setObjectName("quiet")
        self.caption.setFont(small_font(self.font()))
        self.caption.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for label in (self.value, self.caption):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(label)

    def show_figure(self, figure: Figure) -> None:
        self.value.setText(figure.value)
        self.caption.setText(figure.caption)
        self.setAccessibleName(f"{figure.value} {figure.caption}")


def articles_figure(counts: Mapping[tuple[str, ArticleState], int]) -> Figure:
    """Return how many articles are done, of how many."""
    total = sum(counts.values())
    done = sum(count for (_s, state), count in counts.items() if state is ArticleState.DONE)
    share = percent(done / total) if total else percent(0)
    return Figure(
        _("{done} / {total}").format(done=number(done), total=number(total)),
        n_("article done, {share}", "articles done, {share}", total).format(share=share),
    )


def annotation_figures(counts: Mapping[str, int], scheme: Scheme) -> tuple[Figure, Figure]:
    """Return how many annotations there are, and how many of them are quotes."""
    total = sum(counts.values())
    quotes = sum(counts.get(label.id, 0) for label in quote_labels(scheme))
    return (
        Figure(number(total), n_("annotation", "annotations", total)),
        Figure(number(quotes), n_("quote", "quotes", quotes)),
    )


def pace_figure(labour: Labour, annotator: str, today: date) -> Figure:
    """Return the pace of the last days."""
    days = [
        each
        for each in labour.work.since(today - timedelta(_DAYS - 1))
        if annotator in ("", each.annotator)
    ]
    found = pace(days)
    if found is None:
        return Figure("–", _("annotations an hour: no work in the last 7 days"))
    return Figure(
        _("{n} an hour").format(n=rough(found.annotations)),
        _("annotations in the last 7 days; {articles} articles an hour").format(
            articles=rough(found.articles)
        ),
    )


def forecast_figure(found: Forecast, articles: int) -> Figure:
    """Return the time to finish with its range, as far as it is known; `articles` are all there are."""
    if not found.left and articles:
        return Figure(_("Finished"), _("no article is left to do"))
    hours = found.hours and n_("about {n} hour of work", "about {n} hours of work", 2).format(
        n=_span(found.hours)
    )
    if found.days:
        return Figure(
            n_("{n} day", "{n} days", round(found.days.high)).format(n=_span(found.days)),
            _("to finish, at the pace of the last days of work") + (f"; {hours}" if hours else ""),
        )
    if found.hours:
        return Figure(
            n_("{n} h", "{n} h", 2).format(n=_span(found.hours)),
            _("of work to finish, as finished articles took"),
        )
    return Figure("–", _("time to finish: known once three articles were finished"))


def _span(found: Quartiles) -> str:
    """Return a range, or the one number it is."""
    low, high = (number(found.low), number(found.high))
    return low if low == high else _("{low}–{high}").format(low=low, high=high)


def _large(font: QFont) -> QFont:
    large = QFont(font)
    large.setPointSizeF(font.pointSizeF() * _LARGE)
    large.setWeight(QFont.Weight.Light)
    return large
