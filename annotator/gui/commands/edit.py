"""The menu Edit: undo, find, the scheme and how the program is set."""

from __future__ import annotations

from annotator.gui import asides, panels
from annotator.gui.commands.command import (
    PROJECT,
    READING,
    SELECTED,
    WRITABLE,
    Command,
    Fact,
    Scope,
    in_menu,
    session_does,
    view_does,
    workspace_does,
)
from annotator.language import _


def commands() -> tuple[Command, ...]:
    """Return what the menu holds, in its order."""
    return in_menu(
        "edit",
        (
            Command(
                "edit.undo",
                _("Undo"),
                session_does(lambda s: s.undo()),
                keys=("Ctrl+Z",),
                icon="undo",
                when=WRITABLE | {Fact.UNDO},
            ),
            Command(
                "edit.redo",
                _("Redo"),
                session_does(lambda s: s.redo()),
                keys=("Ctrl+Shift+Z", "Ctrl+Y"),
                icon="redo",
                when=WRITABLE | {Fact.REDO},
            ),
        ),
        (
            Command(
                "edit.copy",
                _("Copy"),
                view_does(lambda v: v.copy_words()),
                keys=("Ctrl+C",),
                when=READING,
                scope=Scope.ARTICLE,
            ),
            Command(
                "find.article",
                _("Find in the article"),
                workspace_does(lambda each: each.find_bar.open_bar()),
                keys=("Ctrl+F",),
                icon="search",
                when=READING,
            ),
            Command(
                "find.next",
                _("Find next"),
                workspace_does(lambda each: each.find_bar.again()),
                keys=("F3",),
                when=READING,
            ),
            Command(
                "find.previous",
                _("Find previous"),
                workspace_does(lambda each: each.find_bar.again(backwards=True)),
                keys=("Shift+F3",),
                when=READING,
            ),
            Command(
                "find.corpus",
                _("Search in all articles"),
                panels.search,
                keys=("Ctrl+Shift+F",),
                icon="search",
                when=PROJECT,
            ),
            Command(
                "search.next",
                _("Next result of the search"),
                panels.step_search,
                keys=("F12",),
                when=PROJECT,
            ),
            Command(
                "search.previous",
                _("Previous result of the search"),
                lambda w: panels.step_search(w, backwards=True),
                keys=("Shift+F12",),
                when=PROJECT,
            ),
            Command(
                "find.titles",
                _("Filter the list of articles"),
                panels.filter_articles,
                keys=("Ctrl+Alt+F",),
                when=PROJECT,
            ),
        ),
        (
            Command(
                "entity.give",
                _("Refers to…"),
                asides.give_entity,
                keys=("R", "Ctrl+R"),
                when=SELECTED,
                scope=Scope.ARTICLE,
            ),
            Command(
                "entities.show",
                _("People, organisations, places…"),
                asides.show_entities,
                keys=("Ctrl+Shift+R",),
                icon="person",
                when=PROJECT,
            ),
        ),
        (
            Command(
                "scheme.edit",
                _("Labels and scheme…"),
                asides.edit_scheme,
                keys=("Ctrl+Shift+L",),
                icon="flag",
                when=PROJECT,
            ),
        ),
        (
            Command("annotator", _("Who annotates…"), lambda w: w.ask_name(), icon="person"),
            Command(
                "preferences",
                _("Preferences…"),
                asides.edit_preferences,
                keys=("Ctrl+,",),
                icon="settings",
            ),
        ),
    )
