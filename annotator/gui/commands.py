"""Everything the user can do, once: menus, command palette, cheat sheet, help and documents read it here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from annotator.core.model import ArticleState
from annotator.gui import asides, look, panels, projects
from annotator.language import _

if TYPE_CHECKING:  # The window is built from the commands; what they do is done by the window.
    from annotator.gui.article.view import ArticleView
    from annotator.gui.session import Session
    from annotator.gui.window import MainWindow
    from annotator.gui.workspace import Workspace


class Fact(StrEnum):
    """What must hold for a command to make sense."""

    PROJECT = "project"
    WRITABLE = "writable"
    ARTICLE = "article"
    ANNOTATION = "annotation"
    NO_ANNOTATION = "no annotation"
    SUGGESTION = "suggestion"
    UNDO = "undo"
    REDO = "redo"
    FOCUS_MODE = "focus mode"


class Scope(StrEnum):
    """Where a command's keys work: anywhere in the window, or only in the article.

    Keys without Ctrl belong to the article, so that typing into a field stays typing.
    """

    WINDOW = "window"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do. `keys` are written as Qt's portable text; the first is the one shown.

    `group` parts a menu by lines. `shown` tells whether a command that switches something is on.
    """

    id: str
    text: str
    menu: str
    group: int
    run: Callable[[MainWindow], object]
    keys: tuple[str, ...] = ()
    icon: str = ""
    when: frozenset[Fact] = frozenset()
    scope: Scope = Scope.WINDOW
    shown: Callable[[MainWindow], bool] | None = None


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
    return (*_file(), *_edit(), *_article(), *_annotate(), *_view(), *_help())


_PROJECT = frozenset({Fact.PROJECT})
_WRITABLE = _PROJECT | {Fact.WRITABLE}
_READING = _PROJECT | {Fact.ARTICLE}
_WORKING = _READING | {Fact.WRITABLE}
_UNSELECTED = _READING | {Fact.NO_ANNOTATION}
_SELECTED = _WORKING | {Fact.ANNOTATION}
_SUGGESTED = _SELECTED | {Fact.SUGGESTION}


def _session(act: Callable[[Session], object]) -> Callable[[MainWindow], object]:
    """Let the session of the window do it."""

    def run(window: MainWindow) -> object:
        return act(window.session) if window.session else None

    return run


def _view_does(act: Callable[[ArticleView], object]) -> Callable[[MainWindow], object]:
    """Let the article view of the window do it."""

    def run(window: MainWindow) -> object:
        return act(window.article_view) if window.article_view else None

    return run


def _workspace_does(act: Callable[[Workspace], object]) -> Callable[[MainWindow], object]:
    """Let the panels of the open project do it."""

    def run(window: MainWindow) -> object:
        return act(window.workspace) if window.workspace else None

    return run


def _file() -> tuple[Command, ...]:
    return (
        Command(
            "project.new",
            _("New project…"),
            "file",
            1,
            projects.new,
            ("Ctrl+N",),
            "new",
        ),
        Command(
            "project.open",
            _("Open project…"),
            "file",
            1,
            projects.choose,
            ("Ctrl+O",),
            "open",
        ),
        Command(
            "project.sample",
            _("Open the sample project"),
            "file",
            1,
            projects.open_sample,
            (),
            "sample",
        ),
        Command(
            "import.files",
            _("Import files…"),
            "file",
            2,
            asides.import_files,
            ("Ctrl+I",),
            "import",
            _WRITABLE,
        ),
        Command(
            "import.folder",
            _("Import a folder…"),
            "file",
            2,
            asides.import_folder,
            ("Ctrl+Shift+I",),
            "import",
            _WRITABLE,
        ),
        Command(
            "export",
            _("Export…"),
            "file",
            2,
            asides.export,
            ("Ctrl+E",),
            "export",
            _PROJECT,
        ),
        Command(
            "project.properties",
            _("Project in numbers"),
            "file",
            3,
            asides.show_properties,
            (),
            "details",
            _PROJECT,
        ),
        Command(
            "project.check",
            _("Check the project"),
            "file",
            3,
            lambda w: w.check_project(),
            (),
            "done",
            _PROJECT,
        ),
        Command(
            "project.close",
            _("Close the project"),
            "file",
            4,
            lambda w: w.close_project(),
            ("Ctrl+W",),
            "close",
            _PROJECT,
        ),
        Command("quit", _("Quit"), "file", 4, lambda w: w.close(), ("Ctrl+Q",)),
    )


def _edit() -> tuple[Command, ...]:
    return (
        Command(
            "edit.undo",
            _("Undo"),
            "edit",
            1,
            _session(lambda s: s.undo()),
            ("Ctrl+Z",),
            "undo",
            _WRITABLE | {Fact.UNDO},
        ),
        Command(
            "edit.redo",
            _("Redo"),
            "edit",
            1,
            _session(lambda s: s.redo()),
            ("Ctrl+Shift+Z", "Ctrl+Y"),
            "redo",
            _WRITABLE | {Fact.REDO},
        ),
        Command(
            "edit.copy",
            _("Copy"),
            "edit",
            2,
            _view_does(lambda v: v.copy_words()),
            ("Ctrl+C",),
            "",
            _READING,
            Scope.ARTICLE,
        ),
        Command(
            "find.article",
            _("Find in the article"),
            "edit",
            2,
            _workspace_does(lambda each: each.find_bar.open_bar()),
            ("Ctrl+F",),
            "search",
            _READING,
        ),
        Command(
            "find.next",
            _("Find next"),
            "edit",
            2,
            _workspace_does(lambda each: each.find_bar.again()),
            ("F3",),
            "",
            _READING,
        ),
        Command(
            "find.previous",
            _("Find previous"),
            "edit",
            2,
            _workspace_does(lambda each: each.find_bar.again(backwards=True)),
            ("Shift+F3",),
            "",
            _READING,
        ),
        Command(
            "find.corpus",
            _("Find in all articles"),
            "edit",
            2,
            panels.find_in_corpus,
            ("Ctrl+Shift+F",),
            "search",
            _PROJECT,
        ),
        Command(
            "scheme.edit",
            _("Labels and scheme…"),
            "edit",
            3,
            asides.edit_scheme,
            ("Ctrl+Shift+L",),
            "flag",
            _PROJECT,
        ),
        Command("annotator", _("Who annotates…"), "edit", 4, lambda w: w.ask_name(), (), "person"),
        Command(
            "preferences",
            _("Preferences…"),
            "edit",
            4,
            asides.edit_preferences,
            ("Ctrl+,",),
            "settings",
        ),
    )


def _article() -> tuple[Command, ...]:
    return (
        Command(
            "article.next",
            _("Next article"),
            "article",
            1,
            _session(lambda s: s.step_article()),
            ("Ctrl+Down",),
            "next",
            _READING,
        ),
        Command(
            "article.previous",
            _("Previous article"),
            "article",
            1,
            _session(lambda s: s.step_article(backwards=True)),
            ("Ctrl+Up",),
            "previous",
            _READING,
        ),
        Command(
            "article.finish",
            _("Done, next article"),
            "article",
            1,
            _session(lambda s: s.finish_article()),
            ("Ctrl+Return", "Ctrl+Enter"),
            "done",
            _WORKING,
        ),
        Command(
            "article.todo",
            _("Mark as to do"),
            "article",
            2,
            _marks(ArticleState.TODO),
            (),
            "",
            _WORKING,
        ),
        Command(
            "article.in_progress",
            _("Mark as in progress"),
            "article",
            2,
            _marks(ArticleState.IN_PROGRESS),
            (),
            "",
            _WORKING,
        ),
        Command(
            "article.done",
            _("Mark as done"),
            "article",
            2,
            _marks(ArticleState.DONE),
            (),
            "done",
            _WORKING,
        ),
        Command(
            "article.flag",
            _("Flag for later"),
            "article",
            2,
            _marks(ArticleState.FLAGGED),
            ("Ctrl+M",),
            "flag",
            _WORKING,
        ),
        Command(
            "article.details",
            _("Article details…"),
            "article",
            3,
            asides.show_details,
            ("Ctrl+D",),
            "details",
            _READING,
        ),
    )


def _marks(state: ArticleState) -> Callable[[MainWindow], object]:
    return _session(lambda session: session.set_state(state))


def _annotate() -> tuple[Command, ...]:
    article = Scope.ARTICLE
    return (
        Command(
            "annotate.grow",
            _("Grow"),
            "annotate",
            1,
            _view_does(lambda v: v.grow()),
            ("+", "="),
            "",
            _READING,
            article,
        ),
        Command(
            "annotate.shrink",
            _("Shrink"),
            "annotate",
            1,
            _view_does(lambda v: v.shrink()),
            ("-",),
            "",
            _READING,
            article,
        ),
        Command(
            "annotate.fragment",
            _("Add the selection as a fragment"),
            "annotate",
            1,
            _view_does(lambda v: v.add_fragment()),
            (",",),
            "",
            _WORKING,
            article,
        ),
        Command(
            "annotate.remove_fragment",
            _("Remove the fragment at the caret"),
            "annotate",
            1,
            _view_does(lambda v: v.remove_fragment()),
            ("Alt+Backspace", "Alt+Del"),
            "",
            _SELECTED,
            article,
        ),
        Command(
            "annotate.note",
            _("Note…"),
            "annotate",
            1,
            panels.edit_note,
            ("F2",),
            "note",
            _SELECTED,
        ),
        Command(
            "annotate.remove",
            _("Remove"),
            "annotate",
            1,
            _view_does(lambda v: v.remove()),
            ("Backspace", "Del"),
            "",
            _SELECTED,
            article,
        ),
        Command(
            "annotate.next",
            _("Next annotation"),
            "annotate",
            2,
            _view_does(lambda v: v.next_annotation()),
            ("Tab",),
            "",
            _READING,
            article,
        ),
        Command(
            "annotate.previous",
            _("Previous annotation"),
            "annotate",
            2,
            _view_does(lambda v: v.previous_annotation()),
            ("Shift+Tab",),
            "",
            _READING,
            article,
        ),
        Command(
            "annotate.select",
            _("Select the annotation at the caret"),
            "annotate",
            2,
            _view_does(lambda v: v.select_at_caret()),
            ("Return", "Enter"),
            "",
            _UNSELECTED,
            article,
        ),
        Command(
            "annotate.under",
            _("Select the annotation underneath"),
            "annotate",
            2,
            _view_does(lambda v: v.select_at_caret()),
            (),
            "",
            _READING | {Fact.ANNOTATION},
            article,
        ),
        Command(
            "suggestion.next",
            _("Next suggestion"),
            "annotate",
            3,
            _view_does(lambda v: v.next_suggestion()),
            ("N",),
            "",
            _READING,
            article,
        ),
        Command(
            "suggestion.previous",
            _("Previous suggestion"),
            "annotate",
            3,
            _view_does(lambda v: v.previous_suggestion()),
            ("Shift+N",),
            "",
            _READING,
            article,
        ),
        Command(
            "suggestion.accept",
            _("Accept the suggestion"),
            "annotate",
            3,
            _view_does(lambda v: v.accept()),
            ("Return", "Enter"),
            "",
            _SUGGESTED,
            article,
        ),
        Command(
            "suggestion.reject",
            _("Reject the suggestion"),
            "annotate",
            3,
            _view_does(lambda v: v.reject()),
            ("X",),
            "",
            _SUGGESTED,
            article,
        ),
    )


def _view() -> tuple[Command, ...]:
    return (
        _panel("articles", _("Articles"), ("F7",), "panel-left"),
        _panel("labels", _("Labels"), ("F8",), "panel-right"),
        _panel("inspector", _("Annotation and history"), ("F9",), "panel-right"),
        Command(
            "view.history",
            _("Show the history"),
            "view",
            1,
            panels.show_history,
            ("Ctrl+H",),
            "history",
            _PROJECT,
        ),
        Command(
            "view.next_panel",
            _("Go to the next panel"),
            "view",
            1,
            panels.go_to_next,
            ("F6",),
            "",
            _PROJECT,
        ),
        Command(
            "view.focus",
            _("Only the text"),
            "view",
            2,
            panels.toggle_focus_mode,
            ("F11",),
            "focus",
            _READING,
            shown=lambda w: w.is_in_focus_mode,
        ),
        Command(
            "view.leave_focus",
            _("Back to all panels"),
            "view",
            2,
            panels.leave_focus_mode,
            ("Esc",),
            "",
            frozenset({Fact.FOCUS_MODE}),
        ),
        Command(
            "view.links",
            _("Show all links"),
            "view",
            2,
            look.toggle_links,
            (),
            "",
            _PROJECT,
            shown=lambda w: w.preferences.settings.all_links,
        ),
        _theme("system", _("Theme of the system")),
        _theme("light", _("Light theme")),
        _theme("dark", _("Dark theme")),
        Command(
            "view.larger",
            _("Larger text"),
            "view",
            4,
            lambda w: look.resize_text(w, 1),
            ("Ctrl++", "Ctrl+="),
            "",
        ),
        Command(
            "view.smaller",
            _("Smaller text"),
            "view",
            4,
            lambda w: look.resize_text(w, -1),
            ("Ctrl+-",),
            "",
        ),
        Command(
            "view.usual_size",
            _("Usual text size"),
            "view",
            4,
            lambda w: look.resize_text(w, 0),
            ("Ctrl+0",),
            "",
        ),
    )


def _panel(name: str, text: str, keys: tuple[str, ...], icon: str) -> Command:
    return Command(
        f"view.{name}",
        text,
        "view",
        1,
        lambda w: panels.toggle(w, name),
        keys,
        icon,
        _PROJECT,
        shown=lambda w: panels.is_wanted(w, name),
    )


def _theme(name: str, text: str) -> Command:
    return Command(
        f"view.theme_{name}",
        text,
        "view",
        3,
        lambda w: look.choose_theme(w, name),
        shown=lambda w: w.preferences.settings.theme == name,
    )


def _help() -> tuple[Command, ...]:
    return (
        Command("help", _("Help"), "help", 1, asides.show_help, ("F1",), "help"),
        Command("help.keys", _("Keys"), "help", 1, asides.show_keys, ("?",), "keys"),
        Command(
            "help.commands",
            _("Every command…"),
            "help",
            1,
            asides.show_commands,
            ("Ctrl+K",),
            "search",
        ),
        Command(
            "help.project_file",
            _("The project file"),
            "help",
            2,
            lambda w: asides.show_help(w, "project-file"),
            (),
            "help",
        ),
        Command(
            "help.about",
            _("About Annotator"),
            "help",
            2,
            asides.show_about,
            (),
            "details",
        ),
    )
