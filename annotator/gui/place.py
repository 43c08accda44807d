"""Where somebody stopped: the article and the caret with the project, the sizes with the preferences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

from annotator.core.errors import UserError
from annotator.gui.preferences import Preferences
from annotator.gui.session import Session
from annotator.store import articles

if TYPE_CHECKING:  # The window remembers its own sizes and its view's caret.
    from annotator.gui.article.view import ArticleView
    from annotator.gui.window import MainWindow

_ARTICLE, _CARET = "last_article", "last_caret"


def keep(session: Session, view: ArticleView) -> None:
    """Write down which article is open and where its caret stands; a busy project costs only that."""
    if session.article is None or session.is_read_only:
        return
    try:
        session.project.set_setting(_ARTICLE, session.article.id)
        session.project.set_setting(_CARET, str(view.caret))
    except UserError as error:
        session.failed.emit(str(error))


def go_back(session: Session, view: ArticleView) -> None:
    """Open the article where somebody stopped, the caret where it stood; else the first article."""
    session.open_article(session.project.setting(_ARTICLE))
    if session.article is None:
        open_first(session)
    else:
        caret = session.project.setting(_CARET)
        offset = min(int(caret), len(view.text)) if caret.isdecimal() else 0
        view.place(offset, offset)
    view.setFocus()


def open_first(session: Session) -> None:
    """Open the first article in reading order, if there is any."""
    first = articles.ids(session.project)[:1]
    session.open_article(first[0] if first else "")


def keep_sizes(window: MainWindow) -> None:
    """Remember how large the window and its panels are, unless only the text is shown."""
    if window.is_in_focus_mode:
        return
    preferences = window.preferences
    panels = window.workspace.sizes() if window.workspace else {}
    whole = {"window": window.saveGeometry().toBase64().toStdString()}
    layout = {**preferences.settings.layout, **panels, **whole}
    preferences.keep(replace(preferences.settings, layout=layout))


def restore_size(window: MainWindow, preferences: Preferences) -> None:
    """Make the window as large as it was, the first time as large as its text asks for."""
    metrics = window.fontMetrics()
    window.resize(metrics.averageCharWidth() * 190, metrics.height() * 46)
    geometry = preferences.settings.layout.get("window", "")
    window.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
