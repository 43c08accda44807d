"""The menu Article: from one to the next, and how far each has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.model import ArticleState
from annotator.gui import asides
from annotator.gui.commands.command import (
    PROJECT,
    READING,
    WORKING,
    Command,
    Run,
    in_menu,
    session_does,
)
from annotator.language import _

if TYPE_CHECKING:  # The window is built from the commands.
    from annotator.gui.window import MainWindow


def commands() -> tuple[Command, ...]:
    """Return what the menu holds, in its order."""
    return in_menu(
        "article",
        (
            Command(
                "article.next",
                _("Next article"),
                session_does(lambda s: s.step_article()),
                keys=("Ctrl+Down",),
                icon="next",
                when=READING,
            ),
            Command(
                "article.previous",
                _("Previous article"),
                session_does(lambda s: s.step_article(backwards=True)),
                keys=("Ctrl+Up",),
                icon="previous",
                when=READING,
            ),
            Command(
                "article.finish",
                _("Done, next article"),
                session_does(lambda s: s.finish_article()),
                keys=("Ctrl+Return", "Ctrl+Enter"),
                icon="done",
                when=WORKING,
            ),
        ),
        (
            Command("article.todo", _("Mark as to do"), _marks(ArticleState.TODO), when=WORKING),
            Command(
                "article.in_progress",
                _("Mark as in progress"),
                _marks(ArticleState.IN_PROGRESS),
                when=WORKING,
            ),
            Command(
                "article.done",
                _("Mark as done"),
                _marks(ArticleState.DONE),
                icon="done",
                when=WORKING,
            ),
            Command(
                "article.flag",
                _("Flag for later"),
                _marks(ArticleState.FLAGGED),
                keys=("Ctrl+M",),
                icon="flag",
                when=WORKING,
            ),
        ),
        (
            Command(
                "article.reading_order",
                _("Articles in reading order"),
                _orders(on=False),
                when=PROJECT,
                shown=lambda w: w.queue is not None and not w.queue.is_on,
            ),
            Command(
                "article.queue",
                _("What teaches the model most first"),
                _orders(on=True),
                when=PROJECT,
                shown=lambda w: w.queue is not None and w.queue.is_on,
            ),
        ),
        (
            Command(
                "article.details",
                _("Article details…"),
                asides.show_details,
                keys=("Ctrl+D",),
                icon="details",
                when=READING,
            ),
        ),
    )


def _orders(*, on: bool) -> Run:
    def run(window: MainWindow) -> None:
        if window.queue:
            window.queue.switch(on=on)

    return run


def _marks(state: ArticleState) -> Run:
    return session_does(lambda session: session.set_state(state))
