"""What a command is: its words, its keys, when it makes sense and who carries it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # The window is built from the commands; what they do is done by the window.
    from annotator.gui.article.view import ArticleView
    from annotator.gui.proposing import Proposer
    from annotator.gui.session import Session
    from annotator.gui.window import MainWindow
    from annotator.gui.workspace import Workspace

Run = Callable[["MainWindow"], object]


class Fact(StrEnum):
    """What must hold for a command to make sense."""

    PROJECT = "project"
    WRITABLE = "writable"
    ARTICLE = "article"
    ANNOTATION = "annotation"
    NO_ANNOTATION = "no annotation"
    SUGGESTION = "suggestion"
    FRAME = "frame"
    UNDO = "undo"
    REDO = "redo"
    FOCUS_MODE = "focus mode"


PROJECT = frozenset({Fact.PROJECT})
WRITABLE = PROJECT | {Fact.WRITABLE}
READING = PROJECT | {Fact.ARTICLE}
WORKING = READING | {Fact.WRITABLE}
UNSELECTED = READING | {Fact.NO_ANNOTATION}
SELECTED = WORKING | {Fact.ANNOTATION}
SUGGESTED = SELECTED | {Fact.SUGGESTION}
FRAMED = WORKING | {Fact.FRAME}


class Scope(StrEnum):
    """Where a command's keys work: anywhere in the window, or only in the article.

    Keys without Ctrl belong to the article, so that typing into a field stays typing.
    """

    WINDOW = "window"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do. `keys` are written as Qt's portable text; the first is the one shown.

    `shown` tells whether a command that switches something is on. `group` parts a menu by lines.
    """

    id: str
    text: str
    run: Run
    keys: tuple[str, ...] = ()
    icon: str = ""
    when: frozenset[Fact] = frozenset()
    scope: Scope = Scope.WINDOW
    shown: Callable[[MainWindow], bool] | None = None
    menu: str = ""
    group: int = 0


def in_menu(menu: str, *groups: Iterable[Command]) -> tuple[Command, ...]:
    """Return the commands of these groups as one menu, which draws a line between the groups."""
    return tuple(
        replace(command, menu=menu, group=number)
        for number, group in enumerate(groups, start=1)
        for command in group
    )


def session_does(act: Callable[[Session], object]) -> Run:
    """Let the session of the window do it, if a project is open."""

    def run(window: MainWindow) -> object:
        return act(window.session) if window.session else None

    return run


def view_does(act: Callable[[ArticleView], object]) -> Run:
    """Let the article view of the window do it."""

    def run(window: MainWindow) -> object:
        return act(window.article_view) if window.article_view else None

    return run


def workspace_does(act: Callable[[Workspace], object]) -> Run:
    """Let the panels of the open project do it."""

    def run(window: MainWindow) -> object:
        return act(window.workspace) if window.workspace else None

    return run


def proposer_does(act: Callable[[Proposer], object]) -> Run:
    """Let that part of the window do it which has the rules suggest."""

    def run(window: MainWindow) -> object:
        return act(window.proposer) if window.proposer else None

    return run
