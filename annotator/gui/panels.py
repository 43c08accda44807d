"""Which panels are to be seen and which of them has the keyboard: each deed a function of the window."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annotator.core.model import ArticleState
from annotator.gui.preferences import Settings

if TYPE_CHECKING:  # The window's commands move the panels.
    from annotator.gui.window import MainWindow


_CLOSED_AT_FIRST = frozenset(("tools",))
"""The panels that are not to be seen until somebody opens them."""


def hidden(settings: Settings) -> set[str]:
    """Return the names of the panels that nobody wants to see."""
    return {*settings.hidden, *_CLOSED_AT_FIRST.difference(settings.opened)}


def is_wanted(window: MainWindow, name: str) -> bool:
    """Whether a panel is wanted, be it that only the text is shown now."""
    return name not in hidden(window.preferences.settings)


def toggle(window: MainWindow, name: str) -> None:
    """Hide a panel or bring it back."""
    settings = window.preferences.settings
    if name in _CLOSED_AT_FIRST:
        opened = tuple(sorted({*settings.opened} ^ {name}))
        window.preferences.keep(replace(settings, opened=opened))
    else:
        window.preferences.keep(
            replace(settings, hidden=tuple(sorted({*settings.hidden} ^ {name})))
        )


def search(window: MainWindow) -> None:
    """Bring the search to the front, with the caret in its box and room for what it finds."""
    if window.workspace:
        found = window.workspace.search
        _bring(window, "tools")
        window.workspace.tools.setCurrentWidget(found)
        window.workspace.give_room()
        found.open_panel()


def step_search(window: MainWindow, *, backwards: bool = False) -> None:
    """Go to the next result of the search, or to the one before; without any, to its box."""
    if window.workspace:
        if not window.workspace.search.results.model.rows:
            search(window)
        else:
            window.workspace.search.step(backwards=backwards)


def filter_articles(window: MainWindow) -> None:
    """Go to the field that filters the list of articles by words."""
    if window.workspace:
        _bring(window, "articles")
        window.workspace.articles.focus_search()


def list_articles(
    window: MainWindow, article_ids: Collection[str] | None, state: ArticleState | None = None
) -> None:
    """List only these articles, None being all, and only those in a state, at the left."""
    if window.workspace:
        _bring(window, "articles")
        found = window.workspace.articles
        window.workspace.search.release()
        found.search.clear()
        found.narrow(article_ids)
        found.states.choose(state)
        found.view.setFocus(Qt.FocusReason.OtherFocusReason)


def search_for(window: MainWindow, query: str) -> None:
    """Bring the search to the front with what it finds for a query."""
    if window.workspace:
        search(window)
        window.workspace.search.box.set_query(query)
        window.workspace.search.search()


def show_history(window: MainWindow) -> None:
    """Bring the history to the front."""
    if window.workspace:
        _bring(window, "inspector")
        window.workspace.tabs.setCurrentWidget(window.workspace.history)
        window.workspace.history.setFocus()


def is_ledger_shown(window: MainWindow) -> bool:
    """Whether the ledger of speakers is to be seen."""
    return window.workspace is not None and _is_shown(window, window.workspace.ledger)


def toggle_ledger(window: MainWindow) -> None:
    """Bring the ledger of speakers to the front, or put it away."""
    if window.workspace:
        _toggle_tool(window, window.workspace.ledger)


def are_findings_shown(window: MainWindow) -> bool:
    """Whether the findings of the checker are to be seen."""
    return window.workspace is not None and _is_shown(window, window.workspace.findings)


def toggle_findings(window: MainWindow) -> None:
    """Bring the findings of the checker to the front, or put them away."""
    if window.workspace:
        _toggle_tool(window, window.workspace.findings)


def is_consistency_shown(window: MainWindow) -> bool:
    """Whether the list of what is labelled unevenly is to be seen."""
    return window.workspace is not None and _is_shown(window, window.workspace.consistency)


def toggle_consistency(window: MainWindow) -> None:
    """Bring the list of what is labelled unevenly to the front, or put it away."""
    if window.workspace:
        _toggle_tool(window, window.workspace.consistency)


def go_to_finding(window: MainWindow, *, backwards: bool = False) -> None:
    """Go to the next finding of the checker, with its list in view."""
    if window.workspace:
        findings = window.workspace.findings
        if not _is_shown(window, findings) and not window.is_in_focus_mode:
            _bring(window, "tools")
            window.workspace.tools.setCurrentWidget(findings)
        findings.next_finding(backwards=backwards)


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


def _is_shown(window: MainWindow, tool: QWidget) -> bool:
    tools = window.workspace.tools if window.workspace else None
    return tools is not None and is_wanted(window, "tools") and tools.currentWidget() is tool


def _toggle_tool(window: MainWindow, tool: QWidget) -> None:
    assert window.workspace is not None
    if _is_shown(window, tool) and not window.is_in_focus_mode:
        toggle(window, "tools")
        window.workspace.article_view.setFocus()
        return
    _bring(window, "tools")
    window.workspace.tools.setCurrentWidget(tool)
    tool.setFocus()


def _bring(window: MainWindow, name: str) -> None:
    leave_focus_mode(window)
    if not is_wanted(window, name):
        toggle(window, name)
