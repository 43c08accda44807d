"""The cards of the page: each chart with its words, filled when what it shows has been counted."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from annotator.core.model import ArticleState
from annotator.core.scheme import Scheme
from annotator.core.statistics import Day, pace, today
from annotator.gui.charts.bars import Bars
from annotator.gui.charts.chart import Chart
from annotator.gui.charts.columns import Columns
from annotator.gui.charts.lines import Lines
from annotator.gui.charts.numbers import day_name, number, rough
from annotator.gui.statistics import pictures
from annotator.gui.statistics.board import Row, Section
from annotator.gui.statistics.cards import Card
from annotator.gui.statistics.reading import Labour, Measured
from annotator.gui.statistics.summary import (
    Figure,
    Summary,
    annotation_figures,
    articles_figure,
    forecast_figure,
    pace_figure,
)
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.store.statistics import Cell, Fate, Named

_FIGURES = 5


class Content(QWidget):
    """`followed` carries where a bar leads, `save_requested` a card and the ending of a file.

    `annotator`, `label` and `first`, the first day that counts, say what is shown.
    """

    followed = Signal(object)
    save_requested = Signal(object, str)

    def __init__(self, scheme: Scheme, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scheme = scheme
        self.annotator = self.label = ""
        self.first: date | None = None
        self._theme = theme
        self._states: Mapping[tuple[str, ArticleState], int] = {}
        self._figures = [Figure("…", "")] * _FIGURES
        self.summary = Summary(_FIGURES, self)
        self.welcome = QLabel(
            _(
                "There is no article yet. Bring some in with Ctrl+I: what becomes of them is told here."
            ),
            self,
        )
        self.cards: dict[str, Card] = {}
        self.sections = self._build()
        self._lay_out()

    def show_counted(self, name: str, found: Any) -> None:
        """Fill what a picture is counted for: "states", "labels" and so on, as the reader names them."""
        show: dict[str, Callable[[Any], None]] = {
            "states": self._show_states,
            "labels": self._show_labels,
            "labour": self._show_labour,
            "spread": self._show_spread,
            "lengths": self._show_lengths,
            "entities": self._show_entities,
            "strings": self._show_strings,
            "fates": self._show_fates,
        }
        show[name](found)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        for card in self.cards.values():
            card.set_theme(theme)

    def draw(self, painter: QPainter, corner: QPointF) -> None:
        """Paint the whole page, with nothing looked at, from this corner."""
        self.summary.draw(painter, corner + QPointF(self.summary.pos()), self._theme)
        for section in self.sections:
            if section.isHidden():
                continue
            section.draw(painter, corner + QPointF(section.pos()), self._theme)

    def _build(self) -> list[Section]:
        return [
            self._section(
                _("Progress and pace"),
                (
                    (
                        self._bars("states", _("Articles by state"), of_what=_("state")),
                        self._bars("people", _("By annotator"), of_what=_("annotator")),
                    ),
                    (self._bars("papers", _("Articles by newspaper"), of_what=_("newspaper")),),
                ),
                (
                    (self._columns("finished", _("Articles finished"), of_what=_("day")),),
                    (
                        self._columns(
                            "decided", _("Annotations made or accepted"), of_what=_("day")
                        ),
                    ),
                ),
                (
                    (self._lines("article_pace", _("Articles an hour"), of_what=_("day")),),
                    (self._lines("pace", _("Annotations an hour"), of_what=_("day")),),
                ),
            ),
            self._section(
                _("Labels"),
                (
                    (self._bars("labels", _("Annotations by label"), of_what=_("label")),),
                    (self._bars("label_papers", _("Labels by newspaper"), of_what=_("newspaper")),),
                ),
                ((self._months(),),),
            ),
            self._section(
                _("Lengths"),
                (
                    (self._lengths(),),
                    (self._bars("spans", _("Length of annotations"), of_what=_("label")),),
                ),
            ),
            self._section(
                _("Names"),
                (
                    (self._bars("entities", _("Entities named most"), of_what=_("entity")),),
                    (self._bars("strings", _("Words without an entity"), of_what=_("words")),),
                ),
            ),
            self._section(_("Suggestions"), ((self._fates(),),)),
        ]

    def _section(self, title: str, *rows: Row) -> Section:
        return Section(title, rows, self)

    def _months(self) -> Card:
        title = _("Labels over the time of publication")
        return self._columns("months", title, of_what=_("month"))

    def _lengths(self) -> Card:
        title = _("Length of articles")
        return self._columns("lengths", title, of_what=_("characters"), is_histogram=True)

    def _fates(self) -> Card:
        title = _("What became of suggestions")
        return self._bars("fates", title, of_what=_("suggester and label"), is_share=True)

    def _bars(self, name: str, title: str, *, of_what: str, is_share: bool = False) -> Card:
        return self._card(
            name, Bars(title, self._theme, of_what=of_what, words=number, is_share=is_share)
        )

    def _columns(self, name: str, title: str, *, of_what: str, is_histogram: bool = False) -> Card:
        chart = Columns(
            title, self._theme, of_what=of_what, words=number, is_histogram=is_histogram
        )
        return self._card(name, chart)

    def _lines(self, name: str, title: str, *, of_what: str) -> Card:
        chart = Lines(title, self._theme, x_words=_day, of_what=of_what, is_area=True)
        return self._card(name, chart)

    def _card(self, name: str, chart: Chart) -> Card:
        card = Card(name, chart, self)
        chart.empty = _("Counting…")
        chart.chosen.connect(self.followed)
        card.save_requested.connect(partial(self.save_requested.emit, card))
        self.cards[name] = card
        return card

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap, gap, gap, gap * 2)
        layout.setSpacing(gap)
        self.welcome.setObjectName("quiet")
        self.welcome.setWordWrap(True)
        self.welcome.hide()
        layout.addWidget(self.summary)
        layout.addWidget(self.welcome)
        for section in self.sections:
            layout.addWidget(section)
        layout.addStretch(1)

    def _put(self, name: str, picture: pictures.Picture, empty: str, note: str = "") -> None:
        """Show a picture, or a sentence where there is nothing in it."""
        card = self.cards[name]
        assert isinstance(card.chart, Bars | Columns)
        card.chart.empty = empty
        card.chart.show_bars(*picture)
        card.say(note if picture[1] else "")

    def _set_figure(self, place: int, *figures: Figure) -> None:
        self._figures[place : place + len(figures)] = figures
        self.summary.show_figures(self._figures)

    def _show_states(self, found: Mapping[tuple[str, ArticleState], int]) -> None:
        self._states = found
        self._set_figure(0, articles_figure(found))
        self.welcome.setVisible(not found)
        for section in self.sections:
            section.setVisible(bool(found))
        self._put("states", pictures.by_state(found), "")
        alone = _("All articles come from one newspaper.")
        picture, rest = pictures.by_paper(found)
        self._put("papers", picture, alone, _rest_of_papers(rest))

    def _show_labels(self, found: Mapping[str, int]) -> None:
        self._set_figure(1, *annotation_figures(found, self.scheme))
        note = _("Suggestions are not counted until somebody accepts them.")
        self._put("labels", pictures.by_label(found, self.scheme), _nothing(), note)

    def _show_labour(self, labour: Labour) -> None:
        first = self.first or date.min
        days = [each for each in labour.work.since(first) if self.annotator in ("", each.annotator)]
        self._set_figure(
            3,
            pace_figure(labour, self.annotator, today()),
            forecast_figure(labour.outlook, sum(self._states.values())),
        )
        idle = _("Nobody has worked in this time.")
        self._put("finished", pictures.by_day(days, finished=True), _("No article was finished."))
        self._put("decided", pictures.by_day(days, finished=False), idle)
        # The window measures whole articles: not one label of them, and on no day in particular.
        seconds = {} if self.first or self.label else labour.seconds
        self._put("people", pictures.by_annotator(days, seconds), idle)
        self._show_pace("pace", days, articles=False)
        self._show_pace("article_pace", days, articles=True)

    def _show_pace(self, name: str, days: Sequence[Day], *, articles: bool) -> None:
        card = self.cards[name]
        assert isinstance(card.chart, Lines)
        card.chart.empty = _("Known after some minutes of work.")
        card.chart.show_lines(pictures.pace_lines(days, articles=articles))
        found = pace(days)
        if found is None or card.chart.is_empty:
            card.say("")
            return
        value = rough(found.articles if articles else found.annotations)
        note = _(
            "{value} on the whole, over {hours} hours; pauses of more than 5 minutes left out."
        )
        card.say(note.format(value=value, hours=rough(found.hours)))

    def _show_spread(self, found: Counter[Cell]) -> None:
        alone = _("All annotations are in one newspaper.") if found else _nothing()
        papers, rest = pictures.labels_by_paper(found, self.scheme)
        self._put("label_papers", papers, alone, _rest_of_papers(rest))
        picture, undated = pictures.labels_by_month(found, self.scheme)
        short = _("This needs articles of two months, with their dates.") if found else _nothing()
        note = n_("{n} annotation is in an article without a date.",
                  "{n} annotations are in articles without a date.", undated)  # fmt: skip
        self._put("months", picture, short, note.format(n=number(undated)) if undated else "")

    def _show_lengths(self, measured: Measured) -> None:
        found = measured.lengths
        note = ""
        if measured.middle is not None and found.token_characters:
            words = measured.middle * found.tokens / found.token_characters
            note = _("Half have {n} characters or fewer, about {tokens} tokens.").format(
                n=number(measured.middle), tokens=number(words)
            )
        self._put("lengths", pictures.article_lengths(found), "", note)
        told = _("Characters: the middle one, and the middle half.")
        if found.sampled < measured.articles:
            told += " " + n_(
                "Measured in {n} article, spread evenly.",
                "Measured in {n} articles, spread evenly.",
                found.sampled,
            ).format(n=number(found.sampled))
        self._put("spans", pictures.annotation_lengths(found, self.scheme), _nothing(), told)

    def _show_entities(self, found: Sequence[Named]) -> None:
        none = _("No annotation refers to an entity yet: press R on one.")
        self._put("entities", pictures.of_entities(found), none)

    def _show_strings(self, found: Sequence[Named]) -> None:
        none = _("Every annotation refers to an entity.") if self._has_annotations else _nothing()
        self._put("strings", pictures.of_strings(found, self.scheme), none)

    def _show_fates(self, found: Mapping[tuple[str, str], Fate]) -> None:
        none = _("Nothing has been suggested yet: press F5.")
        self._put("fates", pictures.of_fates(found, self.scheme), none)

    @property
    def _has_annotations(self) -> bool:
        return not self.cards["labels"].chart.is_empty


def _rest_of_papers(count: int) -> str:
    if not count:
        return ""
    told = n_("{n} more newspaper is not shown.", "{n} more newspapers are not shown.", count)
    return told.format(n=number(count))


def _nothing() -> str:
    return _("Nothing has been annotated yet.")


def _day(ordinal: float) -> str:
    return day_name(date.fromordinal(round(ordinal)))
