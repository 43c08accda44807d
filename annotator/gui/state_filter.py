"""The row of buttons above the list: all articles, or those of one state, each with its count."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from annotator.core.model import ArticleState
from annotator.gui.flow_layout import Paragraph
from annotator.gui.marks import state_icon, state_name
from annotator.gui.theme import Theme
from annotator.language import _, n_


class StateFilter(Paragraph):
    """One button is down at any time; the state it stands for is "" for all articles.

    Where large numbers need more room than the panel has, the buttons take a second row.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, gap=0)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        for state in ("", *ArticleState):
            button = QToolButton(self)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setProperty("look", "tight")
            button.setProperty("state", str(state))
            self._group.addButton(button)
            self._buttons[str(state)] = button
            self.flow.addWidget(button)
        self._buttons[""].setChecked(True)
        self.set_theme(theme)
        self.set_counts({})
        self._group.buttonClicked.connect(self._on_clicked)

    @property
    def state(self) -> ArticleState | None:
        """The state asked for; None for all articles."""
        pressed = self._group.checkedButton()
        value: str = pressed.property("state") if pressed else ""
        return ArticleState(value) if value else None

    def choose(self, state: ArticleState | None) -> None:
        """Press the button of a state, as a click would."""
        self._buttons[str(state or "")].click()

    def set_theme(self, theme: Theme) -> None:
        size = self.fontMetrics().height() * 4 // 5
        for state in ArticleState:
            self._buttons[str(state)].setIcon(state_icon(theme, state, size))
            self._buttons[str(state)].setIconSize(QSize(size, size))

    def set_counts(self, counts: Mapping[ArticleState, int]) -> None:
        total = sum(counts.values())
        self._describe(self._buttons[""], _("All articles"), total)
        self._buttons[""].setText(_("All {count}").format(count=short_count(total)))
        for state in ArticleState:
            button = self._buttons[str(state)]
            count = counts.get(state, 0)
            self._describe(button, state_name(state), count)
            button.setText(short_count(count))

    def _describe(self, button: QToolButton, name: str, count: int) -> None:
        articles = n_("{count} article", "{count} articles", count).format(count=count)
        button.setToolTip(f"{name}: {articles}")
        button.setAccessibleName(f"{name}: {articles}")

    def _on_clicked(self, button: QToolButton) -> None:
        self.chosen.emit(button.property("state"))


def short_count(count: int) -> str:
    """Return a number short enough for a button: 9,999 in full, then thousands."""
    return f"{count}" if count < 10_000 else _("{count}k").format(count=count // 1000)
