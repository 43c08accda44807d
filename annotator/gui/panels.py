"""Which panels are to be seen and which of them has the keyboard: each deed a function of the window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:  # The window's commands move the panels.
    from annotator.gui.window import MainWindow


def is_wanted(window: MainWindow, name: str) -> bool:
    """Whether a panel is wanted, be it that only the text is shown now."""
    return name not in window.preferences.settings.hidden


def toggle(window: MainWindow, name: str) -> None:
    """Hide a panel or bring it back."""
    hidden = set(window.preferences.settings.hidden) ^ {name}
    settings = replace(window.preferences.settings, hidden=tuple(sorted(hidden)))
    window.preferences.keep(settings)


def find_in_corpus(window: MainWindow) -> None:
    """Go to the field that finds words in all articles."""
    if window.workspace:
        _bring(window, "articles")
        window.workspace.articles.focus_search()


def show_history(window: MainWindow) -> None:
    """Bring the history to the front."""
    if window.workspace:
        _bring(window, "inspector")
        window.workspace.tabs.setCurrentWidget(window.workspace.history)
        window.workspace.history.setFocus()


def edit_note(window: MainWindow) -> None:
    """Bring the selected annotation to the front, with the cursor in its note."""
    if window.workspace:
        _bring(window, "inspector")
        window.workspace.tabs.setCurrentWidget(window.workspace.inspector)
        window.workspace.inspector.edit_note()


def go_to_next(window: MainWindow) -> None:
    """Give the keyboard to the panel after the one that has it."""
    if window.workspace:
        stops = window.workspace.stops()
        focus = window.focusWidget()
        here = next((n for n, stop in enumerate(stops) if focus and stop.isAncestorOf(focus)), -1)
        following = stops[(here + 1) % len(stops)]
        following.setFocus(Qt.FocusReason.TabFocusReason)


def toggle_focus_mode(window: MainWindow) -> None:
    """Leave only the text on the screen, or bring everything back."""
    if window.workspace is None:
        return
    window.is_in_focus_mode = not window.is_in_focus_mode
    window.workspace.set_alone(window.is_in_focus_mode)
    window.menuBar().setVisible(not window.is_in_focus_mode)
    window.status.setVisible(not window.is_in_focus_mode)
    window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)
    window.workspace.article_view.setFocus()
    window.show_facts()


def leave_focus_mode(window: MainWindow) -> None:
    """Bring everything back."""
    if window.is_in_focus_mode:
        toggle_focus_mode(window)


def _bring(window: MainWindow, name: str) -> None:
    leave_focus_mode(window)
    if not is_wanted(window, name):
        toggle(window, name)
