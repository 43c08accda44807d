"""The menu Article: from one to the next, and how far each has come."""

from __future__ import annotations

from annotator.core.model import ArticleState
from annotator.gui import asides
from annotator.gui.commands.command import READING, WORKING, Command, Run, in_menu, session_does
from annotator.language import _


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
                "article.details",
                _("Article details…"),
                asides.show_details,
                keys=("Ctrl+D",),
                icon="details",
                when=READING,
            ),
        ),
    )


def _marks(state: ArticleState) -> Run:
    return session_does(lambda session: session.set_state(state))
