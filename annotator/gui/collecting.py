"""The search for cycles of dead objects, made by the thread of the window and by no other."""

import gc

from PySide6.QtCore import QObject, QTimer

from annotator.core.garbage import is_held_off

_INTERVAL = 200
"""Milliseconds between two looks at how much has been made."""

_windows = 0
"""How many there are: when the last one is gone, Python searches by itself again."""


class Collector(QObject):
    """Searches as often as Python would by itself, but between two events of the window.

    Python searches in whichever thread happens to make the next object. What it frees there may be a
    widget, and a widget that is freed in another thread than its own ends the program.
    """

    def __init__(self, parent: QObject) -> None:
        global _windows
        super().__init__(parent)
        _windows += 1
        gc.disable()
        # What has been loaded until now stays: no search need go through it.
        gc.freeze()
        self._timer = QTimer(self, interval=_INTERVAL)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()
        parent.destroyed.connect(_leave_to_python)

    def _on_timeout(self) -> None:
        """Search the generations that are due, as Python counts them."""
        if is_held_off():
            return
        for generation, most in enumerate(gc.get_threshold()):
            if gc.get_count()[generation] > most:
                gc.collect(generation)


def _leave_to_python() -> None:
    global _windows
    _windows -= 1
    if not _windows:
        gc.unfreeze()
        gc.enable()
