"""The line above the page: whose work, which label, since when, and what may be saved."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from annotator.core.scheme import Scheme
from annotator.core.statistics import today
from annotator.language import _
from annotator.store.statistics import Scope
from annotator.store.work import utc

_PERIODS = (0, 7, 30, 365)
"""Days that may be asked for, today among them; 0 is all the time."""


class Controls(QWidget):
    """Says what is counted. Articles are always counted all: the choices are about annotations."""

    scope_changed = Signal()
    picture_requested = Signal()
    tables_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.annotator = _box(self, _("Annotator"))
        self.label = _box(self, _("Label"))
        self.period = _box(self, _("Period"))
        self.busy = QLabel(_("Counting…"), self)
        self.save = QPushButton(_("Save…"), self)
        menu = QMenu(self)
        menu.addAction(_("The page as a picture…")).triggered.connect(self.picture_requested)
        menu.addAction(_("All tables (CSV)…")).triggered.connect(self.tables_requested)
        self.save.setMenu(menu)
        self._lay_out()
        names = (_("All the time"), _("Last 7 days"), _("Last 30 days"), _("Last 12 months"))
        for days, name in zip(_PERIODS, names, strict=True):
            self.period.addItem(name, days)
        for box in (self.annotator, self.label, self.period):
            box.activated.connect(self.scope_changed)

    @property
    def first(self) -> date | None:
        """The first day that counts; None for all."""
        days: int = self.period.currentData()
        return today() - timedelta(days - 1) if days else None

    @property
    def scope(self) -> Scope:
        """What is asked for."""
        first = self.first
        return Scope(
            self.annotator.currentData() or "",
            self.label.currentData() or "",
            utc(first) if first else "",
        )

    def offer(self, annotators: Sequence[str], scheme: Scheme) -> None:
        """Offer these annotators and the labels of a scheme; what is chosen stays so if it is there."""
        _fill(self.annotator, _("Everybody"), [(name, name) for name in annotators])
        _fill(self.label, _("All labels"), [(label.name, label.id) for label in scheme.labels])

    def show_busy(self, *, is_busy: bool) -> None:
        """Say that there is more to come."""
        self.busy.setVisible(is_busy)

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 2
        self.busy.setObjectName("quiet")
        self.busy.hide()
        for box in (self.annotator, self.label, self.period):
            box.setToolTip(_("Of annotations and of the work; articles are always counted all."))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap)
        for widget in (self.annotator, self.label, self.period):
            layout.addWidget(widget)
        layout.addWidget(self.busy, 1, Qt.AlignmentFlag.AlignRight)
        layout.addStretch(1)
        layout.addWidget(self.save)


def _box(parent: QWidget, name: str) -> QComboBox:
    box = QComboBox(parent)
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box


def _fill(box: QComboBox, everything: str, choices: Sequence[tuple[str, str]]) -> None:
    """Offer other choices; the same ones are left alone, for somebody may be choosing right now."""
    wanted = [(everything, ""), *choices]
    if wanted == [(box.itemText(place), box.itemData(place)) for place in range(box.count())]:
        return
    chosen = box.currentData()
    box.clear()
    for name, data in wanted:
        box.addItem(name, data)
    box.setCurrentIndex(max(0, box.findData(chosen)))
