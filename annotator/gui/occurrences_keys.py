"""The keys of the list of occurrences: ticks, where to look, the label to give, and to do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from annotator.core.scheme import Scheme
from annotator.gui.article import keys

if TYPE_CHECKING:  # The panel hands its keys over; what they do is done by the panel.
    from annotator.gui.occurrences_panel import OccurrencesPanel

Key = Qt.Key
Mod = Qt.KeyboardModifier


def is_ours(event: QKeyEvent) -> bool:
    """Tell whether a key is for the list even if a command has it too."""
    is_all = event.key() == Key.Key_A and event.modifiers() == Mod.ControlModifier
    return is_all or not keys.is_for_commands(event)


def press(panel: OccurrencesPanel, scheme: Scheme, event: QKeyEvent) -> bool:
    """Do what a key is for; False when it is for the list or for the window."""
    key, typed = event.key(), event.text().casefold()
    is_plain = not event.modifiers() & ~Mod.KeypadModifier
    if key == Key.Key_Escape:
        panel.close_panel()
    elif key in (Key.Key_Return, Key.Key_Enter):
        if event.modifiers() & Mod.ShiftModifier:
            panel.open_article(panel.list.currentIndex())
        elif not event.modifiers() & Mod.ControlModifier:
            panel.write()
        else:
            return False
    elif key == Key.Key_Space:
        panel.model.toggle(panel.list.currentIndex())
    elif key == Key.Key_A and (is_plain or event.modifiers() == Mod.ControlModifier):
        panel.model.tick_all(overlapping=not is_plain)
    elif key == Key.Key_N and is_plain:
        panel.model.tick_none()
    elif key in (Key.Key_Left, Key.Key_Right) and is_plain:
        panel.controls.step_reach(backwards=key == Key.Key_Left)
    elif key in (Key.Key_Backspace, Key.Key_Delete) and is_plain:
        panel.controls.removal.click()
    elif number := keys.number_of(event):
        return panel.controls.press(number)
    elif len(typed) == 1 and (label := scheme.by_key(typed)):
        panel.controls.choose_label(label.id)
    else:
        return False
    return True
