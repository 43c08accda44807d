"""A ledger on the screen: bars of shares, the speakers, and the quotes of the one that is chosen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QLocale, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.core.ledger import (
    Ledger,
    QuoteRow,
    SpeakerLine,
    gender_name,
    kind_name,
    speaker_name,
)
from annotator.gui.ledger_bar import gender_bar, kind_bar
from annotator.gui.ledger_filter import Filter
from annotator.gui.ledger_quotes import QuoteDelegate, QuoteModel
from annotator.gui.ledger_table import SpeakerModel, SpeakerTable
from annotator.gui.long_list import LongList
from annotator.gui.theme import Theme
from annotator.language import _, n_

_NARROW, _WIDE = 86, 150
"""Characters of width under which all stands one below the other, and from which the bars share a line."""

_CUES = 4


class LedgerView(QWidget):
    """A piece of a bar or a speaker filters the quotes; `quote_chosen` carries a QuoteRow to go to."""

    quote_chosen = Signal(object)
    filter_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ledger = Ledger()
        self.filter = Filter()
        self._speaker = ""
        self._is_filling = False
        self.genders = gender_bar(theme, self)
        self.kinds = kind_bar(theme, self)
        self.speakers = SpeakerModel(self)
        self.table = SpeakerTable(self.speakers, theme, self)
        self.heading = _Heading(self)
        self.quotes = QuoteModel(self)
        self.list = LongList(_("Quotes"), self)
        self._delegate = QuoteDelegate(theme, self)
        self._titles = (QLabel(_("By gender"), self), QLabel(_("By kind of source"), self))
        self._bars = QGridLayout()
        self._parts = QSplitter(self)
        self._shape: tuple[bool, bool] | None = None
        self._lay_out()
        self._connect()

    def show_ledger(
        self,
        ledger: Ledger,
        place: Callable[[QuoteRow], str],
        brief: Callable[[QuoteRow], str],
        colour: str,
    ) -> None:
        """Show a ledger; filter, speaker and quote stay chosen where they are still to be found.

        `place` says where a quote stands, `brief` in a word; `colour` is that of the quotes' label.
        """
        self.ledger = ledger
        self.speakers.place, self.speakers.brief, self.quotes.place = place, brief, place
        self._delegate.colour = colour
        self.genders.set_shares(ledger.by_gender)
        self.kinds.set_shares(ledger.by_kind)
        genders, kinds = self.genders.pieces, self.kinds.pieces
        gone = self.filter.gender not in (None, *genders) or self.filter.kind not in (None, *kinds)
        self.set_filter(Filter() if gone else self.filter)

    def set_filter(self, wanted: Filter) -> None:
        """Let other speakers and quotes pass."""
        self.filter = wanted
        self.genders.press(wanted.gender)
        self.kinds.press(wanted.kind)
        self._is_filling = True
        self.speakers.set_lines(wanted.lines(self.ledger))
        self.table.choose(self._speaker)
        self._is_filling = False
        self._show_quotes()
        self.filter_changed.emit(wanted)

    def step_back(self) -> bool:
        """Go back from the quotes to the speakers, then let go of what is chosen; False at the end."""
        if self.list.hasFocus():
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self._speaker or not self.filter.is_open:
            self._speaker = ""
            self.set_filter(Filter())
        else:
            return False
        return True

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._delegate.theme = theme
        for part in (self.genders, self.kinds, self.table):
            part.set_theme(theme)
        self.list.viewport().update()

    def context_menu(self) -> QMenu:
        """Return the menu of the chosen speaker, and of the order of all."""
        menu = QMenu(self)
        line = self.table.line
        if line is not None:
            for text, row in (
                (_("Go to the first quote"), line.first),
                (_("Go to the last quote"), line.last),
            ):
                menu.addAction(text).triggered.connect(partial(self.quote_chosen.emit, row))
            menu.addSeparator()
        menu.addActions(self.table.sort_actions(menu))
        return menu

    def minimumSizeHint(self) -> QSize:
        """Return the least that the parts need below each other, however they stand now."""
        line = self.fontMetrics().height()
        return QSize(line * 16, line * 9)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 3
        self.list.setModel(self.quotes)
        self.list.setItemDelegate(self._delegate)
        for title in self._titles:
            title.setObjectName("quiet")
        said = QWidget(self)
        column = QVBoxLayout(said)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        self._parts.addWidget(self.table)
        self._parts.addWidget(said)
        self._parts.setChildrenCollapsible(False)
        self._parts.setHandleWidth(1)
        self._bars.setContentsMargins(gap * 2, 0, gap * 2, 0)
        self._bars.setHorizontalSpacing(gap * 3)
        self._bars.setVerticalSpacing(gap)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap)
        layout.addLayout(self._bars)
        layout.addWidget(self._parts, 1)
        self._arrange()

    def _connect(self) -> None:
        self.genders.picked.connect(self._on_gender_picked)
        self.kinds.picked.connect(self._on_kind_picked)
        self.table.chosen.connect(self._on_speaker_chosen)
        self.table.entered_by_key.connect(self._on_speaker_entered)
        self.table.customContextMenuRequested.connect(self._on_menu_requested)
        self.speakers.modelReset.connect(self._on_reordered)
        self.list.clicked.connect(self._on_quote_chosen)
        self.list.entered.connect(self._on_quote_chosen)

    def _arrange(self) -> None:
        """Put bars and lists beside each other where there is room, else below each other."""
        characters = self.width() / self.fontMetrics().averageCharWidth()
        is_narrow, is_wide = characters < _NARROW, characters >= _WIDE
        if (is_narrow, is_wide) == self._shape:
            return
        self._shape = (is_narrow, is_wide)
        # A place for the title and one for the bar of each.
        rows = ((0, 0), (1, 0), (2, 0), (3, 0)) if is_narrow else ((0, 0), (0, 1), (1, 0), (1, 1))
        places = ((0, 0), (0, 1), (0, 2), (0, 3)) if is_wide else rows
        widgets = (self._titles[0], self.genders, self._titles[1], self.kinds)
        for widget, (row, column) in zip(widgets, places, strict=True):
            self._bars.addWidget(widget, row, column)
        stretched = (0,) if is_narrow else (1, 3) if is_wide else (1,)
        for column in range(4):
            self._bars.setColumnStretch(column, int(column in stretched))
        self._parts.setOrientation(
            Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        )
        for place, stretch in enumerate((1, 1) if is_narrow else (3, 2)):
            self._parts.setStretchFactor(place, stretch)
        self._parts.setSizes([100, 100] if is_narrow else [300, 200])

    def _show_quotes(self) -> None:
        current = self.list.currentIndex()
        before = self.quotes.row(current).id if current.isValid() else ""
        line = self.table.line
        rows = self.filter.rows(self.ledger, line)
        self.quotes.set_rows(rows, names_speakers=line is None)
        place = self.quotes.row_of(before) if before else -1
        if place >= 0:
            self.list.setCurrentIndex(self.quotes.index(place))
        self.heading.tell(_told(self.ledger, self.filter, line, len(rows)))

    def _on_gender_picked(self, gender: str | None) -> None:
        self.set_filter(self.filter.with_gender(gender))

    def _on_kind_picked(self, kind: str | None) -> None:
        self.set_filter(self.filter.with_kind(kind))

    def _on_speaker_chosen(self) -> None:
        if not self._is_filling:
            line = self.table.line
            self._speaker = line.voice.key if line else ""
            self._show_quotes()

    def _on_reordered(self) -> None:
        if not self._is_filling:
            self._is_filling = True
            self.table.choose(self._speaker)
            self._is_filling = False

    def _on_speaker_entered(self) -> None:
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.quotes.index(0))
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_quote_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.quote_chosen.emit(self.quotes.row(index))

    def _on_menu_requested(self, place: QPoint) -> None:
        self.context_menu().popup(self.table.viewport().mapToGlobal(place))


class _Heading(QWidget):
    """A quiet line, cut to the width there is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def tell(self, text: str) -> None:
        self.text = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 8, line * 7 // 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        gap = self.fontMetrics().height() * 3 // 4
        box = self.rect().adjusted(gap, 0, -gap // 2, 0)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        words = self.fontMetrics().elidedText(self.text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)


def _told(ledger: Ledger, filter_: Filter, line: SpeakerLine | None, count: int) -> str:
    """Return what the quotes below have in common, how many there are, and what they add up to."""
    shown = QLocale().toString
    parts = [
        speaker_name(line.voice) if line else "",
        "" if filter_.gender is None else gender_name(filter_.gender),
        "" if filter_.kind is None else kind_name(filter_.kind),
        {"speaker": _("without speaker"), "cue": _("without cue"), "": ""}[filter_.lack],
        n_("{n} quote", "{n} quotes", count).format(n=shown(count)),
    ]
    if filter_.is_open and line:
        parts.append(", ".join(f"{cue} ({number})" for cue, number in line.cues[:_CUES]))
    elif filter_.is_open:
        words, speakers = ledger.words, len(ledger.speakers)
        parts.append(n_("{n} word", "{n} words", words).format(n=shown(words)))
        parts.append(n_("{n} speaker", "{n} speakers", speakers).format(n=shown(speakers)))
    return " · ".join(filter(None, parts))
