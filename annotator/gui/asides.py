"""The dialogs that open beside the work: each a function of the window, and built when it is asked for."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from annotator.gui import projects

if TYPE_CHECKING:  # The window's commands open the dialogs.
    from annotator.gui.window import MainWindow


def show_properties(window: MainWindow) -> None:
    """Say what the project holds, in numbers."""
    from annotator.gui.project_summary import ProjectSummary

    if window.session:
        ProjectSummary(window.session.project, window).open()


def import_files(window: MainWindow) -> None:
    """Ask which files to bring in."""
    from annotator.gui.import_dialog import choose_files

    if window.session:
        import_paths(window, choose_files(window))


def import_folder(window: MainWindow) -> None:
    """Ask which folder to bring in."""
    from annotator.gui.import_dialog import choose_folder

    if window.session:
        import_paths(window, choose_folder(window))


def import_paths(window: MainWindow, paths: list[Path]) -> None:
    """Bring these files and folders into the project, a new one where none is open."""
    from annotator.gui.import_dialog import ImportDialog

    if window.session is None and paths:
        projects.new(window)
    if window.session and paths:
        _show(ImportDialog(window.session, window.theme, paths, window))


def export(window: MainWindow) -> None:
    """Take the corpus out."""
    from annotator.gui.export_dialog import ExportDialog

    if window.session:
        _show(ExportDialog(window.session, window.theme, window))


def edit_preferences(window: MainWindow) -> None:
    """Show the preferences."""
    from annotator.gui.preferences_dialog import PreferencesDialog

    PreferencesDialog(window.preferences, window.actions_.commands, window.scheme, window).open()


def edit_scheme(window: MainWindow, label_id: str = "") -> None:
    """Show the labels of the project to change them; begin with this one."""
    from annotator.gui.scheme_editor import SchemeEditor

    if window.session:
        letters = window.actions_.letters()
        _show(SchemeEditor(window.session, window.theme, label_id, window, letters=letters))


def give_entity(window: MainWindow) -> None:
    """Ask whom the selected annotation means, right at its words."""
    from annotator.gui.entity_picker import picker_of

    if window.article_view and window.workspace:
        picker_of(window.article_view, window.workspace).open()


def show_entities(window: MainWindow, entity_id: str = "") -> None:
    """Show the register of people, organisations and places; begin with this one."""
    from annotator.gui.entity_register import EntityRegister

    found = window.findChild(EntityRegister)
    if found is None and window.session:
        found = EntityRegister(window.session, window.theme, window)
        _show(found)
    if found:
        found.choose(entity_id)
        found.activateWindow()


def show_suggesters(window: MainWindow) -> None:
    """Show who suggests, in which order, and what became of it."""
    from annotator.gui.suggesters_dialog import SuggestersDialog

    found = window.findChild(SuggestersDialog)
    if found is None and window.session and window.proposer:
        model = window.actions_.get("model.show")
        found = SuggestersDialog(
            window.session,
            window.proposer,
            window.background,
            window.theme,
            window,
            model=model,
        )
        found.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if found:
        found.show()
        found.activateWindow()


def show_model(window: MainWindow) -> None:
    """Show what the model has learnt, and how right it is."""
    from annotator.gui.model_page import ModelPage

    found = window.findChild(ModelPage)
    if found is None and window.session and window.training and window.proposer:
        found = ModelPage(
            window.session,
            window.theme,
            window.training,
            window.proposer,
            window.background,
            window,
        )
        _show(found)
    if found:
        found.activateWindow()


def show_statistics(window: MainWindow) -> None:
    """Show where the work stands; a bar of it leads the window to what it counts."""
    from annotator.gui.statistics.leads import follow
    from annotator.gui.statistics.page import StatisticsPage

    found = window.findChild(StatisticsPage)
    if found is None and window.session:
        found = StatisticsPage(window.session, window.theme, window.background, window)
        found.followed.connect(partial(follow, window))
        found.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if found:
        found.show()
        found.activateWindow()


def show_details(window: MainWindow, article_id: str = "") -> None:
    """Show what is known of an article, by default the open one."""
    from annotator.gui.article_details import ArticleDetails

    session = window.session
    wanted = article_id or (session.article.id if session and session.article else "")
    if session and wanted:
        _show(ArticleDetails(session, window.theme, wanted, window))


def show_help(window: MainWindow, page: str = "") -> None:
    """Show a help page beside the work."""
    from annotator.gui.help import HelpWindow

    if window.help_window is None:
        window.help_window = HelpWindow(window.theme, window)
    window.help_window.show_page(page)


def show_keys(window: MainWindow) -> None:
    """Show every key on one page."""
    from annotator.gui.cheat_sheet import CheatSheet

    CheatSheet(window.actions_, window.scheme, window).open()


def show_commands(window: MainWindow) -> None:
    """Let the user find a command by name."""
    from annotator.gui.command_palette import CommandPalette

    CommandPalette(window.actions_, window).open()


def show_about(window: MainWindow) -> None:
    """Say what this is and who may use it."""
    from annotator.gui.about import About

    About(window).open()


def close_all(window: MainWindow) -> None:
    """Close what is open beside the project; long work in a dialog is stopped, as a task is."""
    for dialog in window.findChildren(QDialog):
        if dialog is not window.help_window:
            if hasattr(dialog, "stop"):
                dialog.stop()
            dialog.close()


def _show(dialog: QDialog) -> None:
    """Show a dialog beside the work: it stops nobody, and is forgotten when it closes."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
