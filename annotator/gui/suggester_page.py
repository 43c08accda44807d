"""One of those who suggest: what it does or why it cannot, from which score on, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.flow_layout import Column
from annotator.gui.rate_bars import RateBars, RateLine
from annotator.gui.theme import Theme
from annotator.language import _


@dataclass(frozen=True, slots=True)
class Portrait:
    """What the page says of somebody who suggests; `least` in per cent, None where it cannot be chosen."""

    id: str
    title: str
    description: str
    unable: str
    least: int | None
    lines: Sequence[RateLine]


class SuggesterPage(QScrollArea):
    """`least_chosen` carries a score in per cent; `asked` a label's id and whether it is asked for."""

    least_chosen = Signal(int)
    asked = Signal(str, bool)
    model_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.title = QLabel(self)
        self.description = QLabel(self)
        self.unable = QLabel(self)
        self.least = QSlider(Qt.Orientation.Horizontal, self)
        self.score = QLabel(self)
        self.model = QPushButton(_("The model: train it, see how good it is…"), self)
        self.heading = QLabel(_("What became of its suggestions"), self)
        self.nothing = QLabel(_("Nothing was decided yet."), self)
        self.bars = RateBars(theme, self)
        self._least_line = QWidget(self)
        self._lay_out()
        self.least.sliderMoved.connect(self._show_score)
        self.least.valueChanged.connect(self._on_least_changed)
        self.bars.asked.connect(self.asked)
        self.model.clicked.connect(self.model_asked)

    def show_portrait(self, portrait: Portrait, *, has_model: bool) -> None:
        """Show somebody; the slider stays where a hand holds it."""
        self.title.setText(portrait.title)
        self.description.setText(portrait.description)
        self.unable.setText(portrait.unable)
        self.unable.setVisible(bool(portrait.unable))
        self._least_line.setVisible(portrait.least is not None)
        if portrait.least is not None and not self.least.isSliderDown():
            with QSignalBlocker(self.least):
                self.least.setValue(portrait.least)
        self._show_score()
        self.model.setVisible(has_model)
        self.bars.show_lines(portrait.lines)
        self.nothing.setVisible(not portrait.lines)
        if portrait.id != self._shown:
            self._shown = portrait.id
            self.verticalScrollBar().setValue(0)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self.bars.set_theme(theme)

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 2
        self.title.setObjectName("heading")
        self.heading.setObjectName("heading")
        self.nothing.setObjectName("quiet")
        for label in (self.description, self.unable):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.unable.setObjectName("warning")
        self.least.setRange(0, 100)
        self.least.setSingleStep(5)
        self.least.setPageStep(20)
        # What a hand passes over on its way is not chosen.
        self.least.setTracking(False)
        self.least.setAccessibleName(_("Least score"))
        line = QHBoxLayout(self._least_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(gap)
        line.addWidget(QLabel(_("Shown from"), self._least_line))
        line.addWidget(self.least, 1)
        self.score.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))
        line.addWidget(self.score)
        body = Column(self)
        body.setAutoFillBackground(False)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(2 * gap, 0, gap, 0)
        layout.setSpacing(gap)
        for widget in (
            self.title,
            self.description,
            self.unable,
            self.model,
            self._least_line,
            self.heading,
            self.nothing,
            self.bars,
        ):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.setWidget(body)

    def _show_score(self) -> None:
        self.score.setText(_("{n}%").format(n=self.least.sliderPosition()))

    def _on_least_changed(self, value: int) -> None:
        self._show_score()
        self.least_chosen.emit(value)
