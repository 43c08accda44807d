"""The line above the article: what it is, how far it has come, and the way to its neighbours."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from annotator.core.model import Article, Changes
from annotator.gui.icons import icon, tinted_icon
from annotator.gui.marks import state_icon
from annotator.gui.session import Session, state_name
from annotator.gui.theme import Theme
from annotator.language import _

_NARROW = 80
"""Characters of width under which the title has the line for itself."""


class ArticleHeader(QFrame):
    """Title, where and when it appeared, state; previous, next, done."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("articleHeader")
        self._session = session
        self._theme = theme
        self._is_wanted = True
        self.title = QLabel(self)
        self.title.setObjectName("articleTitle")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.origin = QLabel(self)
        self.origin.setObjectName("quiet")
        self.origin.setTextFormat(Qt.TextFormat.PlainText)
        self.origin.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.state = QLabel(self)
        self.previous = QToolButton(self)
        self.next = QToolButton(self)
        self.finish = QPushButton(self)
        self._lay_out()
        self.set_theme(theme)
        session.article_opened.connect(self._on_article_opened)
        session.changed.connect(self._on_changed)
        self._show_article()

    def set_actions(self, previous: QAction, following: QAction, finish: QAction) -> None:
        """Let the buttons do what these commands do, and say their keys."""
        self._actions = (previous, following, finish)
        for button, action in (
            (self.previous, previous),
            (self.next, following),
            (self.finish, finish),
        ):
            button.clicked.connect(action.trigger)
            button.setAccessibleName(action.text())
            action.changed.connect(self._on_actions_changed)
        self._on_actions_changed()

    def set_wanted(self, is_wanted: bool) -> None:
        """Show the line, or leave the article without it."""
        self._is_wanted = is_wanted
        self._show_article()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours from now on."""
        self._theme = theme
        self.previous.setIcon(icon("up", theme))
        self.next.setIcon(icon("down", theme))
        self.finish.setIcon(tinted_icon("done", theme.success))
        self._show_article()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_words()

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        words = QHBoxLayout()
        words.setSpacing(em)
        words.addWidget(self.title, 3)
        words.addWidget(self.origin, 2)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(em, em // 3, em, em // 3)
        layout.setSpacing(em // 2)
        layout.addWidget(self.state)
        layout.addLayout(words, 1)
        for button in (self.previous, self.next, self.finish):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            layout.addWidget(button)
        self.finish.setText(_("Done, next"))

    def _show_article(self) -> None:
        article = self._session.article
        self.setVisible(article is not None and self._is_wanted)
        if article is not None:
            size = self.fontMetrics().height()
            self.state.setPixmap(state_icon(self._theme, article.state, size).pixmap(size, size))
            self.state.setToolTip(state_name(article.state))
            self.state.setAccessibleName(state_name(article.state))
            self._show_words()

    def _show_words(self) -> None:
        article = self._session.article
        if article is not None:
            self.origin.setVisible(self.width() > self.fontMetrics().averageCharWidth() * _NARROW)
            _fit(self.title, article.title or _("Untitled article"))
            _fit(self.origin, _origin(article))

    def _on_article_opened(self, _article_id: str) -> None:
        self._show_article()

    def _on_changed(self, changes: Changes) -> None:
        article = self._session.article
        if changes.everything or (article is not None and article.id in changes.articles):
            self._show_article()

    def _on_actions_changed(self) -> None:
        for button, action in zip(
            (self.previous, self.next, self.finish), self._actions, strict=True
        ):
            button.setEnabled(action.isEnabled())
            button.setToolTip(_with_key(action))


def _origin(article: Article) -> str:
    return " · ".join(part for part in (article.author, article.source, article.published) if part)


def _fit(label: QLabel, text: str) -> None:
    label.setToolTip(text)
    label.setText(
        QFontMetrics(label.font()).elidedText(text, Qt.TextElideMode.ElideRight, label.width())
    )


def _with_key(action: QAction) -> str:
    key = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
    return f"{action.text()} ({key})" if key else action.text()
