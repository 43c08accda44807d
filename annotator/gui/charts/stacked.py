"""Bars of parts, lying or standing: what is shown, its table, and nothing of where it is painted."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from annotator.gui.charts.chart import Chart
from annotator.gui.charts.numbers import rough
from annotator.gui.charts.shapes import Bar, Part, Table, Words
from annotator.gui.theme import Theme


class Stacked(Chart):
    """Bars that are stacked of parts where there are several. Subclasses lay them out and paint them."""

    def __init__(
        self,
        title: str,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        words: Words = rough,
        of_what: str = "",
    ) -> None:
        super().__init__(title, theme, parent)
        self._words = words
        self._of_what = of_what
        self._parts: tuple[Part, ...] = ()
        self._bars: tuple[Bar, ...] = ()

    def show_bars(self, parts: Sequence[Part], bars: Sequence[Bar]) -> None:
        """Show these from now on."""
        self._parts, self._bars = tuple(parts), tuple(bars)
        self.renew()

    def table(self) -> Table:
        heads = (self._of_what or self.title, *(part.name for part in self._parts))
        return Table(heads, tuple((bar.said or bar.name, *bar.values) for bar in self._bars))

    @property
    def is_empty(self) -> bool:
        return not self._bars
