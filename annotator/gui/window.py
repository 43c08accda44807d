"""The window: a project in its workspace, or the welcome page; menus and the lines around them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import UserError
from annotator.core.model import AnnotationState, Changes, Problem
from annotator.core.scheme import Scheme
from annotator.gui import opening
from annotator.gui.actions import Actions
from annotator.gui.activity import Activity
from annotator.gui.commands import Fact
from annotator.gui.icons import application_icon
from annotator.gui.menus import Menus
from annotator.gui.message_bar import MessageBar
from annotator.gui.name_card import NameCard
from annotator.gui.preferences import LARGEST, SMALLEST, Preferences, login_name
from annotator.gui.session import Session
from annotator.gui.status import StatusLine
from annotator.gui.style import chosen_theme, dress
from annotator.gui.tasks import Progress, Task
from annotator.gui.theme import Theme
from annotator.gui.welcome import Welcome, dropped_paths
from annotator.language import _
from annotator.store import articles
from annotator.store.project import Damaged, Project

if TYPE_CHECKING:  # Built when a project opens; the welcome page comes without waiting for it.
    from annotator.gui.article.view import ArticleView
    from annotator.gui.help import HelpWindow
    from annotator.gui.workspace import Workspace

_LAST_ARTICLE = "last_article"
_REST = 3_000
"""Milliseconds a project is open before its texts are checked, beside the work that has begun."""


class MainWindow(QMainWindow):
    """What the commands act on. It shows and connects; deeds are done by the session."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.preferences = preferences
        self._check_later = QTimer(self, singleShot=True, interval=_REST)
        self.session: Session | None = None
        self.workspace: Workspace | None = None
        self.is_in_focus_mode = False
        self._activity: Activity | None = None
        self._tasks: list[Task] = []
        self._help: HelpWindow | None = None
        self._theme = chosen_theme(preferences.settings.theme, _application())
        self.message_bar = MessageBar(self._theme, self)
        self.name_card = NameCard(self)
        self.welcome = Welcome(self._theme, self)
        self.status = StatusLine(self)
        self._pages = QStackedWidget(self)
        self.actions_ = Actions(self)
        self.menus = Menus(self.menuBar(), self.actions_)
        self._lay_out()
        self._connect()
        self._use_preferences()
        self._show_facts()
        if not preferences.settings.annotator:
            self.name_card.ask(login_name())

    @property
    def article_view(self) -> "ArticleView | None":
        """The view of the open project's article."""
        return self.workspace.article_view if self.workspace else None

    # Projects

    def new_project(self) -> None:
        """Ask where a project goes, make and open it."""
        path = opening.ask_for_new(self)
        if path is not None:
            self._attempt(lambda: self._enter(opening.make(path, self._annotator())))

    def choose_project(self) -> None:
        """Ask which project to open."""
        path = opening.ask_for_project(self)
        if path is not None:
            self.open_project(path)

    def open_project(self, path: Path) -> None:
        """Open a project in the place of the one that is open; on failure that one stays."""
        if self.session and _is_same(self.session.project.path, path):
            return
        try:
            project = Project.open(path)
        except Damaged as error:
            self._offer_backup(path, error)
        except UserError as error:
            self.preferences.forget_project(path)
            self.message_bar.say(str(error), "error")
        else:
            self._enter(project)

    def open_sample(self) -> None:
        """Open the user's copy of the sample project; the first time, make it."""
        path = opening.sample_path()
        if path.exists():
            self.open_project(path)
        else:
            task = self.run_task(
                _("Making the sample project"), lambda _progress: opening.make_sample(path)
            )
            task.finished.connect(partial(self._on_sample_made, path))

    def close_project(self) -> None:
        """Close the project, leaving a single file, and show the welcome page."""
        if self.session is None or self.workspace is None:
            return
        self._check_later.stop()
        self._close_dialogs()
        self._stop_tasks()
        self._remember_place()
        self.leave_focus_mode()
        workspace, session = self.workspace, self.session
        self.workspace = self.session = self._activity = None
        self.status.set_session(None)
        session.close()
        self._pages.removeWidget(workspace)
        workspace.deleteLater()
        session.deleteLater()
        self._pages.setCurrentWidget(self.welcome)
        self.setWindowTitle(_("Annotator"))
        self.menus.set_scheme(None, is_writable=False)
        self._show_facts()

    def show_properties(self) -> None:
        """Say what the project holds, in numbers."""
        from annotator.gui.project_summary import ProjectSummary

        if self.session:
            ProjectSummary(self.session.project, self).open()

    def check_project(self) -> None:
        """Check the whole file beside the work and say what was found."""
        from annotator.gui.checking import check

        if self.session:
            path = self.session.project.path
            self.run_task(_("Checking"), lambda _progress: check(path)).finished.connect(
                self._on_checked
            )

    # Articles in, corpus out

    def import_files(self) -> None:
        """Ask which files to bring in."""
        from annotator.gui.import_dialog import choose_files

        if self.session:
            self.import_paths(choose_files(self))

    def import_folder(self) -> None:
        """Ask which folder to bring in."""
        from annotator.gui.import_dialog import choose_folder

        if self.session:
            self.import_paths(choose_folder(self))

    def import_paths(self, paths: list[Path]) -> None:
        """Bring these files and folders into the project, a new one where none is open."""
        from annotator.gui.import_dialog import ImportDialog

        if self.session is None and paths:
            self.new_project()

        if self.session and paths:
            self._show_aside(ImportDialog(self.session, self._theme, paths, self))

    def export(self) -> None:
        """Take the corpus out."""
        from annotator.gui.export_dialog import ExportDialog

        if self.session:
            self._show_aside(ExportDialog(self.session, self._theme, self))

    # Finding

    def find_in_article(self) -> None:
        """Open the bar that finds words in the article."""
        if self.workspace:
            self.workspace.find_bar.open_bar()

    def find_again(self, *, backwards: bool = False) -> None:
        """Go to the next or previous place of what was looked for."""
        if self.workspace:
            self.workspace.find_bar.again(backwards=backwards)

    def find_in_corpus(self) -> None:
        """Go to the field that finds words in all articles."""
        if self.workspace:
            self.leave_focus_mode()
            self._show_panel("articles")
            self.workspace.articles.search.setFocus()
            self.workspace.articles.search.selectAll()

    # Panels

    def shows_panel(self, name: str) -> bool:
        """Whether a panel is wanted, be it that only the text is shown now."""
        return name not in self.preferences.settings.hidden

    def toggle_panel(self, name: str) -> None:
        """Hide a panel or bring it back."""
        hidden = set(self.preferences.settings.hidden) ^ {name}
        self.preferences.keep(replace(self.preferences.settings, hidden=tuple(sorted(hidden))))

    def show_history(self) -> None:
        """Bring the history to the front."""
        if self.workspace:
            self.leave_focus_mode()
            self._show_panel("inspector")
            self.workspace.tabs.setCurrentWidget(self.workspace.history)
            self.workspace.history.setFocus()

    def edit_note(self) -> None:
        """Bring the selected annotation to the front, with the cursor in its note."""
        if self.workspace:
            self.leave_focus_mode()
            self._show_panel("inspector")
            self.workspace.tabs.setCurrentWidget(self.workspace.inspector)
            self.workspace.inspector.edit_note()

    def go_to_next_panel(self) -> None:
        """Give the keyboard to the panel after the one that has it."""
        if self.workspace:
            stops = self.workspace.stops()
            focus = self.focusWidget()
            here = next(
                (n for n, stop in enumerate(stops) if focus and stop.isAncestorOf(focus)), -1
            )
            following = stops[(here + 1) % len(stops)]
            following.setFocus(Qt.FocusReason.TabFocusReason)

    def toggle_focus_mode(self) -> None:
        """Leave only the text on the screen, or bring everything back."""
        if self.workspace is None:
            return
        self.is_in_focus_mode = not self.is_in_focus_mode
        self.workspace.set_alone(self.is_in_focus_mode)
        self.menuBar().setVisible(not self.is_in_focus_mode)
        self.status.setVisible(not self.is_in_focus_mode)
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self.workspace.article_view.setFocus()
        self._show_facts()

    def leave_focus_mode(self) -> None:
        """Bring everything back."""
        if self.is_in_focus_mode:
            self.toggle_focus_mode()

    # Look

    def choose_theme(self, name: str) -> None:
        """Use "light", "dark" or what the system asks for."""
        self.preferences.keep(replace(self.preferences.settings, theme=name))

    def resize_text(self, steps: int) -> None:
        """Make the article's letters larger or smaller by points; 0 goes back to the usual size."""
        settings = self.preferences.settings
        size = min(LARGEST, max(SMALLEST, settings.text_size + steps)) if steps else 0
        self.preferences.keep(replace(settings, text_size=size))

    # People, preferences, help

    def ask_name(self) -> None:
        """Ask who annotates."""
        self.name_card.ask(self._annotator())
        self.name_card.name.setFocus()

    def edit_preferences(self) -> None:
        """Show the preferences."""
        from annotator.gui.preferences_dialog import PreferencesDialog

        PreferencesDialog(self.preferences, self.actions_.commands, self._scheme(), self).open()

    def edit_scheme(self, label_id: str = "") -> None:
        """Show the labels of the project to change them; begin with this one."""
        from annotator.gui.scheme_editor import SchemeEditor

        if self.session:
            self._show_aside(SchemeEditor(self.session, self._theme, label_id, self))

    def show_details(self, article_id: str = "") -> None:
        """Show what is known of an article, by default the open one."""
        from annotator.gui.article_details import ArticleDetails

        open_one = self.session.article.id if self.session and self.session.article else ""
        if self.session and (article_id or open_one):
            self._show_aside(
                ArticleDetails(self.session, self._theme, article_id or open_one, self)
            )

    def show_help(self, page: str = "") -> None:
        """Show a help page beside the work."""
        from annotator.gui.help import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self._theme, self)
        self._help.show_page(page)

    def show_keys(self) -> None:
        """Show every key on one page."""
        from annotator.gui.cheat_sheet import CheatSheet

        CheatSheet(self.actions_, self._scheme(), self).open()

    def show_commands(self) -> None:
        """Let the user find a command by name."""
        from annotator.gui.command_palette import CommandPalette

        CommandPalette(self.actions_, self).open()

    def show_about(self) -> None:
        """Say what this is and who may use it."""
        from annotator.gui.about import About

        About(self).open()

    # Tasks

    def run_task(self, title: str, work: Callable[[Progress], object]) -> Task:
        """Run long work beside the window; the status line follows it, a failure is told."""
        task = Task(title, work, self)
        self._tasks.append(task)
        task.failed.connect(self._on_failed)
        task.ended.connect(partial(self._on_task_ended, task))
        self.status.follow(task)
        task.start()
        return task

    # Qt

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep_layout()
        self.close_project()
        self._stop_tasks()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._on_dropped(dropped_paths(event))

    # Inside

    def _lay_out(self) -> None:
        self.setWindowTitle(_("Annotator"))
        self.setWindowIcon(application_icon())
        self.setAcceptDrops(True)
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._pages.addWidget(self.welcome)
        for widget in (self.message_bar, self.name_card, self._pages, self.status):
            column.addWidget(widget, int(widget is self._pages))
        self.setCentralWidget(centre)
        self.resize(self.fontMetrics().averageCharWidth() * 190, self.fontMetrics().height() * 46)
        geometry = self.preferences.settings.layout.get("window", "")
        self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def _connect(self) -> None:
        self.preferences.changed.connect(self._use_preferences)
        self._check_later.timeout.connect(self._on_check_due)
        _application().styleHints().colorSchemeChanged.connect(self._use_preferences)
        self.name_card.name_given.connect(self._on_name_given)
        self.menus.label_chosen.connect(self._on_label_chosen)
        self.menus.project_chosen.connect(self.open_project)
        self.status.annotator_clicked.connect(self.ask_name)
        self.welcome.new_requested.connect(self.new_project)
        self.welcome.open_requested.connect(self.choose_project)
        self.welcome.sample_requested.connect(self.open_sample)
        self.welcome.project_chosen.connect(self.open_project)
        self.welcome.project_forgotten.connect(self.preferences.forget_project)
        self.welcome.dropped.connect(self._on_dropped)

    def _enter(self, project: Project) -> None:
        """Give the window to a project that was just opened."""
        from annotator.gui.workspace import Workspace

        self.close_project()
        self.message_bar.clear()
        session = Session(project, self._annotator(), self)
        workspace = Workspace(session, self._theme, self)
        self.session, self.workspace = session, workspace
        self.actions_.serve(workspace.article_view)
        workspace.header.set_actions(*(self.actions_[name] for name in _HEADER))
        workspace.restore_sizes(self.preferences.settings.layout)
        self._pages.addWidget(workspace)
        self._pages.setCurrentWidget(workspace)
        self.winId()  # makes the system's window, which hears every gesture before its widgets do
        self._activity = Activity(session, self.windowHandle())
        self._connect_session(session, workspace)
        self.status.set_session(session)
        self.preferences.remember_project(project.path)
        self.setWindowTitle(_("{project} – Annotator").format(project=project.path.stem))
        self._use_preferences()
        self._show_scheme()
        self._open_first_article(session)
        self._show_facts()
        self._check_later.start()
        if project.is_read_only:
            self.message_bar.say(
                _("This project is open for reading only: {path}").format(path=project.path),
                "warning",
            )

    def _connect_session(self, session: Session, workspace: "Workspace") -> None:
        session.failed.connect(self._on_failed)
        session.changed.connect(self._on_changed)
        session.article_opened.connect(self._show_facts)
        session.selection_changed.connect(self._show_facts)
        workspace.labels.label_chosen.connect(self._on_label_chosen)
        workspace.labels.armed_changed.connect(self._on_label_armed)
        workspace.labels.edit_requested.connect(self.edit_scheme)
        workspace.article_view.text_size_changed.connect(self._on_text_size_changed)
        workspace.articles.details_requested.connect(self.show_details)
        workspace.inspector.details_requested.connect(self.show_details)
        workspace.inspector.place_chosen.connect(self._on_place_chosen)

    def _show_aside(self, dialog: QDialog) -> None:
        """Show a dialog beside the work: it stops nobody, and is forgotten when it closes."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _open_first_article(self, session: Session) -> None:
        """Go on where somebody stopped, else begin at the first article."""
        last = session.project.setting(_LAST_ARTICLE)
        session.open_article(last)
        if session.article is None:
            first = articles.ids(session.project)[:1]
            session.open_article(first[0] if first else "")
        if self.workspace:
            self.workspace.article_view.setFocus()

    def _remember_place(self) -> None:
        self._keep_layout()
        session = self.session
        if session and session.article and not session.is_read_only:
            article_id = session.article.id
            self._attempt(lambda: session.project.set_setting(_LAST_ARTICLE, article_id))

    def _keep_layout(self) -> None:
        sizes = self.workspace.sizes() if self.workspace and not self.is_in_focus_mode else {}
        layout = {**self.preferences.settings.layout, **sizes}
        if not self.is_in_focus_mode:
            layout["window"] = self.saveGeometry().toBase64().toStdString()
        self.preferences.keep(replace(self.preferences.settings, layout=layout))

    def _offer_backup(self, path: Path, error: Damaged) -> None:
        copy = error.backup
        self.message_bar.say(
            str(error),
            "error",
            offer=_("Open the backup") if copy else "",
            act=partial(self._open_backup, path, copy) if copy else None,
        )

    def _open_backup(self, path: Path, copy: Path) -> None:
        self._attempt(lambda: self.open_project(opening.bring_back(path, copy)))

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserError as error:
            self.message_bar.say(str(error), "error")

    def _annotator(self) -> str:
        return self.preferences.settings.annotator or login_name() or _("annotator")

    def _scheme(self) -> Scheme | None:
        return self.session.scheme if self.session else None

    def _show_scheme(self) -> None:
        self.menus.set_scheme(
            self._scheme(), is_writable=self.session is not None and not self.session.is_read_only
        )

    def _show_panel(self, name: str) -> None:
        if not self.shows_panel(name):
            self.toggle_panel(name)

    def _show_facts(self) -> None:
        self.actions_.refresh(self._facts())
        names = (
            (self.session.project.undo_name(), self.session.project.redo_name())
            if self.session
            else ("", "")
        )
        undo, redo = self.actions_["edit.undo"], self.actions_["edit.redo"]
        undo.setText(_("Undo “{name}”").format(name=names[0]) if names[0] else _("Undo"))
        redo.setText(_("Redo “{name}”").format(name=names[1]) if names[1] else _("Redo"))

    def _facts(self) -> frozenset[Fact]:
        session = self.session
        if session is None:
            return frozenset()
        annotation = session.annotation(session.selected) if session.selected else None
        claims = {
            Fact.PROJECT: True,
            Fact.WRITABLE: not session.is_read_only,
            Fact.ARTICLE: session.article is not None,
            Fact.ANNOTATION: annotation is not None,
            Fact.SUGGESTION: annotation is not None
            and annotation.state is AnnotationState.SUGGESTED,
            Fact.UNDO: bool(session.project.undo_name()),
            Fact.REDO: bool(session.project.redo_name()),
            Fact.FOCUS_MODE: self.is_in_focus_mode,
        }
        return frozenset(fact for fact, holds in claims.items() if holds)

    def _use_preferences(self) -> None:
        settings = self.preferences.settings
        self.actions_.set_keys(settings.keys)
        theme = chosen_theme(settings.theme, _application())
        if theme != self._theme:
            self._use_theme(theme)
        self.welcome.set_recent([Path(place) for place in settings.recent])
        self.menus.set_recent([Path(place) for place in settings.recent])
        if self.workspace:
            self.workspace.set_hidden(settings.hidden)
            self.workspace.article_view.set_text_size(settings.text_size)
        self._show_facts()

    def _use_theme(self, theme: Theme) -> None:
        self._theme = theme
        dress(_application(), theme)
        for part in (self.message_bar, self.welcome, self.workspace, self._help):
            if part is not None:
                part.set_theme(theme)

    def _close_dialogs(self) -> None:
        """Close what is open beside the project; long work in a dialog is stopped, as a task is."""
        for dialog in self.findChildren(QDialog):
            if dialog is not self._help:
                if hasattr(dialog, "stop"):
                    dialog.stop()
                dialog.close()

    def _stop_tasks(self) -> None:
        for task in tuple(self._tasks):
            task.stop()

    def _on_changed(self, changes: Changes) -> None:
        if changes.scheme or changes.everything:
            self._show_scheme()
        self._show_facts()

    def _on_failed(self, sentence: str) -> None:
        self.message_bar.say(sentence, "error")

    def _on_name_given(self, name: str) -> None:
        self.preferences.keep(replace(self.preferences.settings, annotator=name))
        if self.session:
            self.session.sign_as(name)
        if self.workspace:
            self.workspace.article_view.setFocus()

    def _on_label_chosen(self, label_id: str) -> None:
        if self.workspace:
            self.workspace.article_view.label(label_id)
            self.workspace.article_view.setFocus()

    def _on_label_armed(self, label_id: str) -> None:
        if self.workspace:
            self.workspace.article_view.armed = label_id

    def _on_text_size_changed(self, steps: int) -> None:
        self.preferences.keep(replace(self.preferences.settings, text_size=steps))

    def _on_place_chosen(self, start: int, end: int) -> None:
        if self.workspace:
            self.workspace.article_view.place(start, end)
            self.workspace.article_view.setFocus()

    def _on_check_due(self) -> None:
        """Compare every surface with its text, quietly: only findings are told."""
        from annotator.gui.checking import check

        if self.session:
            path = self.session.project.path
            task = Task(_("Checking"), lambda _progress: check(path), self)
            self._tasks.append(task)
            task.finished.connect(self._tell_findings)
            task.failed.connect(self._on_failed)
            task.ended.connect(partial(self._on_task_ended, task))
            task.start()

    def _on_dropped(self, paths: list[Path]) -> None:
        if len(paths) == 1 and opening.is_project(paths[0]):
            self.open_project(paths[0])
        elif paths:
            self.import_paths(paths)

    def _on_sample_made(self, path: Path, _result: object) -> None:
        self.open_project(path)

    def _on_checked(self, problems: list[Problem]) -> None:
        """Say what a check that somebody asked for found."""
        from annotator.gui.checking import verdict

        if problems:
            self._tell_findings(problems)
        else:
            self.message_bar.say(verdict(problems), "success")

    def _tell_findings(self, problems: list[Problem]) -> None:
        from annotator.gui.checking import verdict

        if problems:
            self.message_bar.say(
                verdict(problems),
                "warning",
                offer=_("Show"),
                act=partial(self._show_findings, problems),
            )

    def _show_findings(self, problems: list[Problem]) -> None:
        from annotator.gui.checking import Findings

        Findings(problems, self).open()

    def _on_task_ended(self, task: Task) -> None:
        self._tasks.remove(task)
        task.deleteLater()


_HEADER = ("article.previous", "article.next", "article.finish")


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)
