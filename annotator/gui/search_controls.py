"""What stands around the results of a search: the box, what is shown of them, what can be done."""

from enum import StrEnum
from functools import partial

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.buttons import ChoiceButton, small_button
from annotator.gui.flow_layout import Paragraph
from annotator.gui.key_names import shown_key
from annotator.gui.marks import small_font
from annotator.gui.search_box import SearchBox
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.store.search.frequencies import Group
from annotator.store.search.lines import Order

_NARROW = 110
"""Letters of width below which what is said has a line of its own."""


class Shown(StrEnum):
    """What is shown of the results."""

    LINES = "lines"
    FREQUENCIES = "frequencies"
    COLLOCATES = "collocates"


class Controls(QWidget):
    """The lines above the results: says what is wanted; the panel does it. Alt and a digit switch views."""

    shown_changed = Signal()
    order_changed = Signal()
    group_changed = Signal()
    help_requested = Signal()
    stop_requested = Signal()
    narrowing_changed = Signal(bool)
    save_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.box = SearchBox(theme, self)
        self.help = small_button(self, "?", _("How to search (F1)"))
        self.shown = {each: ChoiceButton(self) for each in Shown}
        self.said = QLabel(self)
        self.stop = QPushButton(_("Stop"), self)
        self.order = QComboBox(self)
        self.group = QComboBox(self)
        self.narrow = ChoiceButton(self)
        self.save = QPushButton(_("Save as CSV…"), self)
        self._group = QButtonGroup(self)
        self._lines = QVBoxLayout(self)
        self._second = QHBoxLayout()
        self._is_narrow = False
        self._name()
        self._lay_out()
        self.help.clicked.connect(self.help_requested)
        self.box.help_requested.connect(self.help_requested)
        self.stop.clicked.connect(self.stop_requested)
        self._group.buttonClicked.connect(self._on_shown_clicked)
        self.order.activated.connect(self.order_changed)
        self.group.activated.connect(self.group_changed)
        self.narrow.clicked.connect(self.narrowing_changed)
        self.save.clicked.connect(self.save_requested)
        for number, view in enumerate(Shown, start=1):
            QShortcut(
                QKeySequence(f"Alt+{number}"),
                parent,
                partial(self.show_view, view),
                context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
            )
        self._arrange()

    @property
    def view(self) -> Shown:
        """What of the results is to be shown."""
        return next(each for each, button in self.shown.items() if button.isChecked())

    @property
    def wanted_order(self) -> Order:
        """In which order lines are to stand."""
        return Order(self.order.currentData())

    @property
    def wanted_group(self) -> Group:
        """By what results are to be counted."""
        return Group(self.group.currentData())

    def show_view(self, view: Shown) -> None:
        """Press a button of the switch, as a click does."""
        self.shown[view].click()

    def step_order(self, step: int) -> None:
        """Choose the next order, or the one before."""
        self.order.setCurrentIndex((self.order.currentIndex() + step) % self.order.count())
        self.order_changed.emit()

    def say(self, sentence: str, *, is_mistake: bool = False) -> None:
        """Say how many there are, or what is wrong."""
        # Counts stay on one line, however narrow it is; what is wrong is to be read to its end.
        self.said.setWordWrap(is_mistake)
        self.said.setText(sentence)
        self.said.setToolTip(sentence)
        self.said.setProperty("kind", "mistake" if is_mistake else "")
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)

    def set_busy(self, *, is_busy: bool) -> None:
        """Offer to stop while something is on its way."""
        self.stop.setVisible(is_busy)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours from now on."""
        self.box.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give what is said a line of its own where the choices would leave it no room."""
        super().resizeEvent(event)
        is_narrow = self.width() < self.fontMetrics().averageCharWidth() * _NARROW
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            if is_narrow:
                self._lines.insertWidget(1, self.said)
            else:
                self._second.insertWidget(0, self.said, 1)

    def _name(self) -> None:
        for view, name in (
            (Shown.LINES, _("Lines")),
            (Shown.FREQUENCIES, _("Frequencies")),
            (Shown.COLLOCATES, _("Collocates")),
        ):
            self.shown[view].setText(name)
            self._group.addButton(self.shown[view])
        self.shown[Shown.LINES].setChecked(True)
        self.shown[Shown.LINES].setToolTip(_("Every result with the words around it (Alt+1)"))
        self.shown[Shown.FREQUENCIES].setToolTip(_("How many there are of each (Alt+2)"))
        self.shown[Shown.COLLOCATES].setToolTip(
            _("The words that stand near more often than elsewhere (Alt+3)")
        )
        for order, name in order_names().items():
            self.order.addItem(name, str(order))
        self.order.setAccessibleName(_("Order of the lines"))
        self.order.setToolTip(_("← → in the list put the lines in another order"))
        for group, name in group_names().items():
            self.group.addItem(name, str(group))
        self.group.setAccessibleName(_("Count by"))
        self.narrow.setText(_("Only these articles"))
        self.narrow.setToolTip(_("List only the articles of the results at the left"))
        self.save.setProperty("look", "quiet")
        self.save.setToolTip(_("Write what is shown here as a table: all of it"))
        self.stop.setProperty("look", "quiet")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setObjectName("searchSaid")
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for box in (self.order, self.group):
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for button in (self.save, self.stop):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.help.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 3
        first = QHBoxLayout()
        first.setSpacing(gap)
        first.addWidget(self.box, 1)
        first.addWidget(self.help)
        first.addSpacing(gap)
        for button in self.shown.values():
            first.addWidget(button)
        self._second.setSpacing(gap * 2)
        self._second.addWidget(self.said, 1)
        for widget in (self.stop, self.order, self.group, self.narrow, self.save):
            self._second.addWidget(widget)
        self._lines.setContentsMargins(gap * 2, gap, gap * 2, 0)
        self._lines.setSpacing(gap)
        self._lines.addLayout(first)
        self._lines.addLayout(self._second)
        self.stop.hide()

    def _arrange(self) -> None:
        """Offer what goes with what is shown."""
        self.order.setVisible(self.view is Shown.LINES)
        self.group.setVisible(self.view is Shown.FREQUENCIES)

    def _on_shown_clicked(self) -> None:
        self._arrange()
        self.shown_changed.emit()


class WorkBar(QWidget):
    """The lines below the results: how many are ticked, and what can be done to those or the chosen one."""

    label_requested = Signal()
    accept_requested = Signal()
    reject_requested = Signal()
    remove_requested = Signal()
    attribute_requested = Signal()
    entity_requested = Signal()
    ticks_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.ticks = QLabel(self)
        self.all = self._button("", _("Tick all lines (Ctrl+A), or none (N)"))
        self.label = self._button(_("Label"), _("Give them a label: its letter does it, too"))
        self.accept = self._button(_("Accept"), _("Stand behind what is suggested"), "A")
        self.reject = self._button(_("Reject"), _("Turn down what is suggested"), "X")
        self.entity = self._button(_("Refers to…"), _("Say whom they mean"), "R")
        self.attribute = self._button(_("Set…"), _("Set an attribute"), "S")
        self.remove = self._button(_("Remove"), _("Take the annotations away"), "Del")
        self._hint = QLabel(self)
        self._lay_out()
        for button, signal in (
            (self.label, self.label_requested),
            (self.accept, self.accept_requested),
            (self.reject, self.reject_requested),
            (self.entity, self.entity_requested),
            (self.attribute, self.attribute_requested),
            (self.remove, self.remove_requested),
            (self.all, self.ticks_requested),
        ):
            button.clicked.connect(signal)

    @property
    def buttons(self) -> tuple[QToolButton, ...]:
        """The buttons in their order."""
        return (self.label, self.accept, self.reject, self.entity, self.attribute, self.remove)

    def show_ticks(self, count: int, rows: int) -> None:
        """Say what the buttons work on."""
        if count:
            told = n_("{n} ticked", "{n} ticked", count).format(n=QLocale().toString(count))
        else:
            told = _("The chosen line") if rows else ""
        self.ticks.setText(told)
        self.all.setText(_("Tick none") if count and count == rows else _("Tick all"))
        self.all.setEnabled(rows > 0)

    def allow(self, *, on_words: bool, on_annotations: bool) -> None:
        """Offer what can be done: words can be labelled, all else needs annotations."""
        for button in self.buttons:
            button.setEnabled(on_annotations or (on_words and button is self.label))

    def _button(self, name: str, tip: str, key: str = "") -> QToolButton:
        button = QToolButton(self)
        shown = shown_key(key) if key else ""
        button.setText(f"{name}  {shown}".rstrip())
        button.setAccessibleName(name)
        button.setToolTip(f"{tip} ({shown})" if shown else tip)
        button.setProperty("look", "choice")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 3
        self.ticks.setObjectName("heading")
        self._hint.setObjectName("quiet")
        self._hint.setFont(small_font(self.font()))
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._hint.setText(
            _(
                "Enter opens, Space ticks, Ctrl+A all, N none, a letter its label (with Shift if that"
                " is A, N, R, S or X), ← → order, Esc leaves"
            )
        )
        self._hint.setToolTip(self._hint.text())
        flow = Paragraph(self, gap=gap)
        self.ticks.setMinimumHeight(self.label.sizeHint().height())
        self.ticks.setMinimumWidth(self.fontMetrics().averageCharWidth() * 14)
        flow.flow.addWidget(self.ticks)
        flow.flow.addWidget(self.all)
        for button in self.buttons:
            flow.flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap * 2, 0, gap * 2, gap)
        layout.setSpacing(gap // 2)
        layout.addWidget(flow)
        layout.addWidget(self._hint)


def order_names() -> dict[Order, str]:
    """Return what the orders are called, in the order they are offered."""
    return {
        Order.READING: _("Reading order"),
        Order.LEFT: _("By what stands before"),
        Order.RIGHT: _("By what stands behind"),
        Order.WORDS: _("By the words"),
        Order.LABEL: _("By label"),
        Order.DATE: _("By date"),
        Order.SOURCE: _("By newspaper"),
    }


def group_names() -> dict[Group, str]:
    """Return what results are counted by, in the order it is offered."""
    return {
        Group.WORDS: _("By words"),
        Group.LABEL: _("By label"),
        Group.ENTITY: _("By entity"),
        Group.SOURCE: _("By newspaper"),
        Group.MONTH: _("By month"),
        Group.YEAR: _("By year"),
        Group.AUTHOR: _("By author"),
        Group.LANGUAGE: _("By language"),
        Group.STATE: _("By state"),
        Group.ORIGIN: _("By origin"),
        Group.ANNOTATOR: _("By annotator"),
    }
