"""The open article in a few lines: what it is, how far it has come, how long it took."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.core.model import Article, ArticleState, Changes
from annotator.gui.flow_layout import FlowLayout
from annotator.gui.marks import state_icon, state_name
from annotator.gui.session import Session
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.store import articles


class ArticleSummary(QWidget):
    """Title, author, date and source; a button for each state; the time spent."""

    details_requested = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._title = QLabel(self)
        self._origin = QLabel(self)
        self._time = QLabel(self)
        for label in (self._title, self._origin, self._time):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(bold)
        for label in (self._origin, self._time):
            label.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._states = QWidget(self)
        self.buttons: dict[ArticleState, QToolButton] = {}
        self._build_states()
        self.details = QPushButton(_("Details…"), self)
        self.details.setProperty("look", "quiet")
        self._lay_out()
        self.set_theme(theme)
        self.details.clicked.connect(self._on_details)
        session.changed.connect(self._on_changed)
        session.article_opened.connect(self._on_article_opened)
        self._show_article()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        size = self.fontMetrics().height() * 4 // 5
        for state, button in self.buttons.items():
            button.setIcon(state_icon(theme, state, size))
            button.setIconSize(QSize(size, size))

    def showEvent(self, event: QShowEvent) -> None:
        """Time is counted without a word to anyone, so it is asked for whenever it is seen."""
        super().showEvent(event)
        self._show_time()

    def _build_states(self) -> None:
        flow = FlowLayout(self._states, gap=2)
        for state in ArticleState:
            button = QToolButton(self._states)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setText(state_name(state))
            button.setCheckable(True)
            button.setProperty("state", str(state))
            button.clicked.connect(self._on_state_clicked)
            self.buttons[state] = button
            flow.addWidget(button)

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 3
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap * 2, gap * 2, gap * 2, gap)
        layout.setSpacing(gap)
        layout.addWidget(self._title)
        layout.addWidget(self._origin)
        layout.addWidget(self._states)
        row = QHBoxLayout()
        row.addWidget(self._time, 1)
        row.addWidget(self.details)
        layout.addLayout(row)

    def _show_article(self) -> None:
        article = self._session.article
        self.setVisible(article is not None)
        if article is None:
            return
        self._title.setText(article.title or _("Untitled"))
        self._origin.setText(_origin(article))
        self._origin.setVisible(bool(_origin(article)))
        for state, button in self.buttons.items():
            button.setChecked(state is article.state)
            button.setEnabled(not self._session.is_read_only)
        self._show_time()

    def _show_time(self) -> None:
        if self._session.article:
            self._time.setText(
                _spent(articles.seconds(self._session.project, self._session.article.id))
            )

    def _on_changed(self, changes: Changes) -> None:
        article = self._session.article
        if changes.everything or (article and article.id in changes.articles):
            self._show_article()

    def _on_article_opened(self) -> None:
        self._show_article()

    def _on_state_clicked(self) -> None:
        button = self.sender()
        if button is not None:
            self._session.set_state(ArticleState(button.property("state")))
        self._show_article()

    def _on_details(self) -> None:
        if self._session.article:
            self.details_requested.emit(self._session.article.id)


def _origin(article: Article) -> str:
    return " · ".join(filter(None, (article.author, article.published, article.source)))


def _spent(seconds: Mapping[str, float]) -> str:
    """Return the time in minutes, by annotator where several worked on it."""
    if not seconds:
        return ""
    total = _("Time spent: {time}").format(time=duration(sum(seconds.values())))
    if len(seconds) < 2:
        return total
    each = ", ".join(f"{name} {duration(value)}" for name, value in seconds.items())
    return f"{total} ({each})"


def duration(seconds: float) -> str:
    """Return seconds as a person says them: seconds below a minute, then minutes, then hours."""
    if seconds < 60:
        count = round(seconds)
        return n_("{count} s", "{count} s", count).format(count=count)
    minutes = round(seconds / 60)
    if minutes < 60:
        return n_("{count} min", "{count} min", minutes).format(count=minutes)
    return _("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)
