"""The menu Help: the pages, the keys and every command."""

from __future__ import annotations

from annotator.gui import asides
from annotator.gui.commands.command import Command, in_menu
from annotator.language import _


def commands() -> tuple[Command, ...]:
    """Return what the menu holds, in its order."""
    return in_menu(
        "help",
        (
            Command("help", _("Help"), asides.show_help, keys=("F1",), icon="help"),
            Command("help.keys", _("Keys"), asides.show_keys, keys=("?",), icon="keys"),
            Command(
                "help.commands",
                _("Every command…"),
                asides.show_commands,
                keys=("Ctrl+K",),
                icon="search",
            ),
        ),
        (
            Command(
                "help.project_file",
                _("The project file"),
                lambda w: asides.show_help(w, "project-file"),
                icon="help",
            ),
            Command("help.about", _("About Annotator"), asides.show_about, icon="details"),
        ),
    )
