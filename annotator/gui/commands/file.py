"""The menu File: projects, what comes in and what goes out."""

from __future__ import annotations

from annotator.gui import asides, projects
from annotator.gui.commands.command import PROJECT, WRITABLE, Command, in_menu
from annotator.language import _


def commands() -> tuple[Command, ...]:
    """Return what the menu holds, in its order."""
    return in_menu(
        "file",
        (
            Command("project.new", _("New project…"), projects.new, keys=("Ctrl+N",), icon="new"),
            Command(
                "project.open", _("Open project…"), projects.choose, keys=("Ctrl+O",), icon="open"
            ),
            Command(
                "project.sample", _("Open the sample project"), projects.open_sample, icon="sample"
            ),
        ),
        (
            Command(
                "import.files",
                _("Import files…"),
                asides.import_files,
                keys=("Ctrl+I",),
                icon="import",
                when=WRITABLE,
            ),
            Command(
                "import.folder",
                _("Import a folder…"),
                asides.import_folder,
                keys=("Ctrl+Shift+I",),
                icon="import",
                when=WRITABLE,
            ),
            Command(
                "export", _("Export…"), asides.export, keys=("Ctrl+E",), icon="export", when=PROJECT
            ),
        ),
        (
            Command(
                "project.properties",
                _("Project in numbers"),
                asides.show_properties,
                icon="details",
                when=PROJECT,
            ),
            Command(
                "project.check",
                _("Check the project"),
                lambda w: w.check_project(),
                icon="done",
                when=PROJECT,
            ),
        ),
        (
            Command(
                "project.close",
                _("Close the project"),
                lambda w: w.close_project(),
                keys=("Ctrl+W",),
                icon="close",
                when=PROJECT,
            ),
            Command("quit", _("Quit"), lambda w: w.close(), keys=("Ctrl+Q",)),
        ),
    )
