"""What the panels below the article have in common: controls over a view or a sentence; paragraphs."""

import re
from bisect import bisect_right
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from annotator.core.model import Article, Changes
from annotator.language import _

_FEW = 200
"""Articles up to which reading them one by one is quicker than reading the corpus."""

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")


def lay_out(
    panel: QWidget, controls: QWidget, pages: QStackedWidget, view: QWidget, empty: QLabel
) -> None:
    """Put the controls above the view, whose place `empty` takes with a sentence in the middle."""
    gap = panel.fontMetrics().height() // 3
    empty.setWordWrap(True)
    empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
    empty.setForegroundRole(panel.palette().ColorRole.PlaceholderText)
    pages.addWidget(view)
    pages.addWidget(empty)
    layout = QVBoxLayout(panel)
    layout.setContentsMargins(0, gap, 0, 0)
    layout.setSpacing(gap)
    layout.addWidget(controls)
    layout.addWidget(pages, 1)


def paragraphs_of(article: Article | None) -> Callable[[int], str]:
    """Return what says in which paragraph of an article an offset, in code points, lies."""
    text = article.text if article else ""
    starts = [match.start() for match in _PARAGRAPH.finditer(text)]
    return lambda offset: _("¶ {n}").format(n=bisect_right(starts, offset))


def touched_by(touched: set[str] | None, changes: Changes, *, is_whole: bool) -> set[str] | None:
    """Return the articles to read again after a change, with those that were to be before.

    None is all of them: because the change reaches all (`is_whole`), or because they have become many.
    """
    if is_whole or touched is None or len(touched | changes.articles) > _FEW:
        return None
    return touched | changes.articles
