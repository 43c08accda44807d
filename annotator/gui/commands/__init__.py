"""Everything the user can do, once: menus, command palette, cheat sheet, help and documents read it here."""

from annotator.gui.commands import annotate, article, edit, file, help, view
from annotator.gui.commands.command import Command, Fact, Scope
from annotator.language import _

__all__ = ["Command", "Fact", "Scope", "every_command", "menus"]


def menus() -> dict[str, str]:
    """Return the menus in the order of the bar, by their name in the commands."""
    return {
        "file": _("&File"),
        "edit": _("&Edit"),
        "article": _("A&rticle"),
        "annotate": _("&Annotate"),
        "view": _("&View"),
        "help": _("&Help"),
    }


def every_command() -> tuple[Command, ...]:
    """Return all commands in the order of the menus, in the language in use."""
    return tuple(
        command
        for menu in (file, edit, article, annotate, view, help)
        for command in menu.commands()
    )
