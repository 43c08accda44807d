"""How the window looks, as the preferences keep it: theme, size of letters, links. Functions of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.gui.preferences import LARGEST, SMALLEST

if TYPE_CHECKING:  # The window's commands change how it looks.
    from annotator.gui.window import MainWindow


def choose_theme(window: MainWindow, name: str) -> None:
    """Use "light", "dark" or what the system asks for."""
    window.preferences.keep(replace(window.preferences.settings, theme=name))


def resize_text(window: MainWindow, steps: int) -> None:
    """Make the article's letters larger or smaller by points; 0 goes back to the usual size."""
    settings = window.preferences.settings
    size = min(LARGEST, max(SMALLEST, settings.text_size + steps)) if steps else 0
    window.preferences.keep(replace(settings, text_size=size))


def toggle_links(window: MainWindow) -> None:
    """Show every link of the article, or only those of the selected annotation."""
    settings = window.preferences.settings
    window.preferences.keep(replace(settings, all_links=not settings.all_links))
