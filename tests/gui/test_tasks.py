"""Long work runs beside the window, says how far it is, and stops when asked."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from annotator.core.errors import UserError
from annotator.gui.tasks import Progress, Task


def test_work_runs_in_another_thread_and_gives_its_result_here(qtbot: QtBot) -> None:
    task = Task("Count", lambda progress: threading.current_thread() is threading.main_thread())
    with qtbot.waitSignal(task.finished) as finished:
        task.start()
    assert finished.args == [False]


def test_progress_is_told(qtbot: QtBot) -> None:
    def count(progress: Progress) -> int:
        return sum(progress(done, 3) for done in (1, 2, 3))

    task = Task("Count", count)
    seen: list[tuple[int, int]] = []
    task.progressed.connect(lambda done, total: seen.append((done, total)))
    with qtbot.waitSignal(task.finished) as finished:
        task.start()
    assert finished.args == [3]
    assert seen[-1] == (3, 3)


def test_cancelling_stops_the_work(qtbot: QtBot) -> None:
    def forever(progress: Progress) -> None:
        while progress(0, 1):
            pass

    task = Task("Wait", forever)
    with qtbot.waitSignal(task.cancelled):
        task.start()
        task.cancel()
    assert not task.is_running


def test_a_user_error_is_one_sentence(qtbot: QtBot) -> None:
    def refuse(progress: Progress) -> None:
        raise UserError("The disk is full.")

    task = Task("Write", refuse)
    with qtbot.waitSignal(task.failed) as failed:
        task.start()
    assert failed.args == ["The disk is full."]


def test_a_fault_of_ours_rises(qtbot: QtBot) -> None:
    def divide(progress: Progress) -> float:
        return 1 / 0

    task = Task("Divide", divide)
    with qtbot.captureExceptions() as exceptions, qtbot.waitSignal(task.ended):
        task.start()
    assert [kind for kind, *_rest in exceptions] == [ZeroDivisionError]


@pytest.mark.parametrize("times", [1, 2])
def test_stopping_waits_for_the_thread(qtbot: QtBot, times: int) -> None:
    def forever(progress: Progress) -> None:
        while progress(0, 1):
            pass

    task = Task("Wait", forever)
    task.start()
    for _time in range(times):
        task.stop()
    assert not task.is_running
