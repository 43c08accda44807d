"""A chart with its heading, a sentence on it, and a menu that saves it."""

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QFontMetricsF, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from annotator.gui.buttons import small_button
from annotator.gui.charts.chart import Chart
from annotator.gui.charts.ink import draw_words
from annotator.gui.marks import small_font
from annotator.gui.theme import Theme
from annotator.language import _


class Card(QFrame):
    """`saved` asks for the chart as a picture or a table: it carries the ending of a file."""

    save_requested = Signal(str)

    def __init__(self, name: str, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.chart = chart
        self.heading = QLabel(chart.title, self)
        self.note = QLabel(self)
        self.more = small_button(self, "⋯", _("Save “{title}”").format(title=chart.title))
        self._lay_out()
        self.more.clicked.connect(self._on_more_clicked)

    def say(self, note: str) -> None:
        """Say a sentence between the heading and the chart; "" says none."""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self.chart.set_theme(theme)

    def menu(self) -> QMenu:
        """Return what may be done with the chart."""
        menu = QMenu(self)
        for text, ending in (
            (_("Save as a picture (PNG)…"), ".png"),
            (_("Save as a drawing (SVG)…"), ".svg"),
            (_("Save as a table (CSV)…"), ".csv"),
        ):
            action = menu.addAction(text)
            action.setData(ending)
            action.triggered.connect(self._on_save_triggered)
            action.setEnabled(not self.chart.is_empty)
        return menu

    def draw(self, painter: QPainter, corner: QPointF) -> None:
        """Paint heading, sentence and chart where they are on the page, from this corner."""
        theme = self.chart.theme
        painter.setFont(self.heading.font())
        for label, colour in ((self.heading, theme.text), (self.note, theme.muted)):
            if label.isHidden():
                continue
            box = QRectF(label.geometry()).translated(corner)
            painter.setFont(label.font())
            if label is self.heading:
                draw_words(painter, box, label.text(), colour)
            else:
                painter.setPen(colour)
                painter.drawText(box, Qt.TextFlag.TextWordWrap, label.text())
        self.chart.draw(painter, QRectF(self.chart.geometry()).translated(corner))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def _lay_out(self) -> None:
        self.setObjectName("card")
        self.heading.setObjectName("heading")
        self.note.setObjectName("quiet")
        self.note.setFont(small_font(self.font()))
        self.note.setWordWrap(True)
        self.note.hide()
        gap = round(QFontMetricsF(self.font()).height() / 2)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap * 2, gap, gap * 2, gap * 2)
        layout.setSpacing(gap)
        layout.addLayout(head)
        layout.addWidget(self.note)
        layout.addWidget(self.chart)
        layout.addStretch(1)

    def _on_more_clicked(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _on_save_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.save_requested.emit(action.data())
