"""How a window comes to a project: a new one, one that is chosen, the sample, a backup of a damaged one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.core.errors import UserError
from annotator.gui import opening
from annotator.language import _
from annotator.store import backup
from annotator.store.project import Damaged, Project

if TYPE_CHECKING:  # The window's commands open projects in it.
    from annotator.gui.window import MainWindow


def new(window: MainWindow) -> None:
    """Ask where a project goes, make and open it."""
    path = opening.ask_for_new(window)
    if path is not None:
        _attempt(window, lambda: window.enter(opening.make(path, window.annotator)))


def choose(window: MainWindow) -> None:
    """Ask which project to open."""
    path = opening.ask_for_project(window)
    if path is not None:
        open_(window, path)


def open_(window: MainWindow, path: Path) -> None:
    """Open a project in the place of the one that is open; on failure that one stays."""
    if window.session and _is_same(window.session.project.path, path):
        return
    try:
        project = Project.open(path)
    except Damaged as error:
        _offer_backup(window, path, error)
    except UserError as error:
        window.preferences.forget_project(path)
        window.message_bar.say(str(error), "error")
    else:
        window.enter(project)


def open_sample(window: MainWindow) -> None:
    """Open the user's copy of the sample project; the first time, make it."""
    path = opening.sample_path()
    if path.exists():
        open_(window, path)
        return
    task = window.background.run(
        _("Making the sample project"), lambda _progress: opening.make_sample(path)
    )
    task.finished.connect(partial(_open_made, window, path))


def keep_backup(path: Path) -> None:
    """Keep today's copy of a closed project; a disk that refuses disturbs nobody.

    While another window works on it the file alone is not the whole of it: that window will keep it.
    """
    is_in_use = path.with_name(f"{path.name}-wal").exists()
    with contextlib.suppress(OSError):
        if not is_in_use:
            backup.keep_daily(path)


def _open_made(window: MainWindow, path: Path, _result: object) -> None:
    open_(window, path)


def _offer_backup(window: MainWindow, path: Path, error: Damaged) -> None:
    copy = error.backup
    window.message_bar.say(
        str(error),
        "error",
        offer=_("Open the backup") if copy else "",
        act=partial(_open_backup, window, path, copy) if copy else None,
    )


def _open_backup(window: MainWindow, path: Path, copy: Path) -> None:
    _attempt(window, lambda: open_(window, opening.bring_back(path, copy)))


def _attempt(window: MainWindow, act: Callable[[], object]) -> None:
    try:
        act()
    except UserError as error:
        window.message_bar.say(str(error), "error")


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)
