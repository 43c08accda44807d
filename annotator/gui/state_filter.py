"""The row of buttons above the list: all articles, or those of one state, each with its count."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from annotator.core.model import ArticleState
from annotator.gui.marks import state_icon, state_name
from annotator.gui.theme import Theme
from annotator.language import _, n_


class StateFilter(QWidget):
    """One button is down at any time; the state it stands for is "" for all articles."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for state in ("", *ArticleState):
            button = QToolButton(self)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.setProperty("state", str(state))
            self._group.addButton(button)
            self._buttons[str(state)] = button
            layout.addWidget(button)
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
        self._share_width()

    def _share_width(self) -> None:
        """Give each button room in proportion to its words: the panel is narrow, numbers grow."""
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        for place, button in enumerate(self._buttons.values()):
            icon = 0 if button.icon().isNull() else button.iconSize().width()
            margin = self.fontMetrics().height()
            layout.setStretch(
                place, self.fontMetrics().horizontalAdvance(button.text()) + icon + margin
            )

    def _describe(self, button: QToolButton, name: str, count: int) -> None:
        articles = n_("{count} article", "{count} articles", count).format(count=count)
        button.setToolTip(f"{name}: {articles}")
        button.setAccessibleName(f"{name}: {articles}")

    def _on_clicked(self, button: QToolButton) -> None:
        self.chosen.emit(button.property("state"))


def short_count(count: int) -> str:
    """Return a number short enough for a button: 9,999 in full, then thousands."""
    return f"{count}" if count < 10_000 else _("{count}k").format(count=count // 1000)
