"""Python's search for cycles, held off while a great many things are made that have none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_held = 0
_was_enabled = False


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Spare the search: among a million rows it takes a quarter of an import's time.

    Several threads may ask for it at once; the search goes on when the last one is through.
    """
    _hold()
    try:
        yield
    finally:
        _let_go()


def is_held_off() -> bool:
    """Tell whether somebody has asked for the search to wait."""
    return _held > 0


def _hold() -> None:
    global _held, _was_enabled
    with _lock:
        if not _held:
            _was_enabled = gc.isenabled()
            gc.disable()
        _held += 1


def _let_go() -> None:
    global _held
    with _lock:
        _held -= 1
        if not _held and _was_enabled:
            gc.enable()
