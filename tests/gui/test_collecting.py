"""Dead objects are freed in the thread of the window, whoever made them: a widget among them would end it."""

import gc
import threading

from pytestqt.qtbot import QtBot

from annotator.core.garbage import without_garbage_collection
from annotator.gui.window import MainWindow

MANY = 5_000


class Cycle:
    """Refers to itself, so that only a search frees it."""

    def __init__(self, freed_in: list[int]) -> None:
        self.itself = self
        self.freed_in = freed_in

    def __del__(self) -> None:
        self.freed_in.append(threading.get_ident())


def litter(freed_in: list[int]) -> None:
    for _n in range(MANY):
        Cycle(freed_in)


def test_what_a_thread_leaves_behind_is_freed_by_the_window(
    window: MainWindow, qtbot: QtBot
) -> None:
    freed_in: list[int] = []
    worker = threading.Thread(target=litter, args=[freed_in])
    worker.start()
    worker.join()
    assert freed_in == []
    qtbot.waitUntil(lambda: len(freed_in) == MANY)
    assert set(freed_in) == {threading.get_ident()}


def test_work_that_makes_no_cycles_is_not_held_up(window: MainWindow, qtbot: QtBot) -> None:
    freed_in: list[int] = []
    with without_garbage_collection():
        litter(freed_in)
        qtbot.wait(500)
        assert freed_in == []
    assert not gc.isenabled()
    qtbot.waitUntil(lambda: len(freed_in) == MANY)
