"""Parts of the panel of articles: what it says where none is listed, and the states in its menu."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from annotator.core.model import ArticleState
from annotator.gui.marks import state_icon, state_name
from annotator.gui.theme import Theme
from annotator.language import _


class NoArticles(QWidget):
    """A sentence in the place of the list, and below it the way back to all articles."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sentence = QLabel(self)
        self.show_all = QPushButton(_("Show all articles"), self)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setWordWrap(True)
        self.sentence.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        layout = QVBoxLayout(self)
        margin = self.fontMetrics().height()
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.addStretch(1)
        layout.addWidget(self.sentence)
        layout.addWidget(self.show_all, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)

    def say(self, words: str, *, is_narrowed: bool, is_filtered: bool) -> None:
        """Say why no article is listed: none has the words, none was found, none is in the state."""
        self.show_all.setVisible(is_filtered)
        if not is_filtered:
            told = _("No article yet — drop files here or press Ctrl+I")
        elif words:
            told = _("No article with “{words}” here.").format(words=words)
        elif is_narrowed:
            told = _("None of the articles that were searched for is here.")
        else:
            told = _("No article in this state.")
        self.sentence.setText(told)


def add_states(
    menu: QMenu, theme: Theme, put: Callable[[ArticleState], object], *, is_enabled: bool
) -> None:
    """Add a line for each state that articles can be put into."""
    size = menu.fontMetrics().height()
    for state in ArticleState:
        action = menu.addAction(state_icon(theme, state, size), state_name(state))
        action.setData(str(state))
        action.setEnabled(is_enabled)
        action.triggered.connect(partial(_put, put, state))


def _put(
    put: Callable[[ArticleState], object], state: ArticleState, _checked: bool = False
) -> None:
    put(state)
