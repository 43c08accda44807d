"""The window: a project in its workspace, or the welcome page; menus and the lines around them."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from annotator.core.model import Changes
from annotator.core.scheme import Scheme
from annotator.gui import asides, opening, panels, place, projects
from annotator.gui.actions import Actions, shown_keys
from annotator.gui.activity import Activity
from annotator.gui.background import Background
from annotator.gui.checking import Checker
from annotator.gui.collecting import Collector
from annotator.gui.facts import facts
from annotator.gui.icons import application_icon
from annotator.gui.menus import Menus
from annotator.gui.message_bar import MessageBar
from annotator.gui.name_card import NameCard
from annotator.gui.preferences import Preferences, login_name
from annotator.gui.session import Session
from annotator.gui.status import StatusLine
from annotator.gui.style import chosen_theme, dress
from annotator.gui.tasks import Progress
from annotator.gui.theme import Theme
from annotator.gui.welcome import Welcome, dropped_paths
from annotator.language import _
from annotator.store.project import Project, fold_log

if TYPE_CHECKING:  # Built when a project opens; the welcome page comes without waiting for it.
    from annotator.gui.article.view import ArticleView
    from annotator.gui.article_queue import ArticleQueue
    from annotator.gui.help import HelpWindow
    from annotator.gui.model_training import ModelTraining
    from annotator.gui.proposing import Proposer
    from annotator.gui.workspace import Workspace

_HEADER = ("article.previous", "article.next", "article.finish")


class MainWindow(QMainWindow):
    """What the commands act on. It shows and connects; deeds are done by the session."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.preferences = preferences
        self._collector = Collector(self)
        self.session: Session | None = None
        self.workspace: Workspace | None = None
        self.help_window: HelpWindow | None = None
        self.is_in_focus_mode = False
        self.theme = chosen_theme(preferences.settings.theme, _application())
        self._activity: Activity | None = None
        self.proposer: Proposer | None = None
        self.training: ModelTraining | None = None
        self.queue: ArticleQueue | None = None
        self.message_bar = MessageBar(self.theme, self)
        self.name_card = NameCard(self)
        self.welcome = Welcome(self.theme, self)
        self.status = StatusLine(self)
        self.background = Background(self.status, self)
        self._checker = Checker(self.background, self.message_bar, self)
        self._pages = QStackedWidget(self)
        self.actions_ = Actions(self)
        self.menus = Menus(self.menuBar(), self.actions_)
        self._lay_out()
        self._connect()
        self._use_preferences()
        if not preferences.settings.annotator:
            self.ask_name()

    @property
    def article_view(self) -> "ArticleView | None":
        """The view of the open project's article."""
        return self.workspace.article_view if self.workspace else None

    @property
    def scheme(self) -> Scheme | None:
        """The labels of the open project."""
        return self.session.scheme if self.session else None

    @property
    def annotator(self) -> str:
        """Who annotates, as far as it is known."""
        return self.preferences.settings.annotator or login_name() or _("annotator")

    def open_project(self, path: Path) -> None:
        """Open a project in the place of the one that is open; on failure that one stays."""
        projects.open_(self, path)

    def enter(self, project: Project) -> None:
        """Give the window to a project that was just opened; the keyboard goes to the article."""
        from annotator.gui.article_menu import ArticleMenu
        from annotator.gui.article_queue import ArticleQueue
        from annotator.gui.model_training import ModelTraining
        from annotator.gui.proposing import Proposer
        from annotator.gui.workspace import Workspace

        self.close_project()
        self.message_bar.clear()
        session = Session(project, self.annotator, self)
        workspace = Workspace(session, self.theme, self.background, self)
        self.session, self.workspace = session, workspace
        self.actions_.serve(workspace.article_view)
        workspace.article_view.menu_at = ArticleMenu(workspace.article_view, self.actions_).at
        workspace.header.set_actions(*(self.actions_[name] for name in _HEADER))
        workspace.radar.keys = partial(shown_keys, self.actions_["consistency.words"])
        workspace.restore_sizes(self.preferences.settings.layout)
        self._pages.addWidget(workspace)
        self._pages.setCurrentWidget(workspace)
        self.winId()  # makes the system's window, which hears every gesture before its widgets do
        self._activity = Activity(session, self.windowHandle())
        self.proposer = Proposer(session, self.background, session)
        self.proposer.lowered.connect(self._on_lowered)
        self.training = ModelTraining(session, self.background, session)
        self.queue = ArticleQueue(session, self.background, session)
        self.training.trained.connect(self.queue.renew)
        self.training.trained.connect(self.proposer.look_again)
        self.queue.changed.connect(self.show_facts)
        workspace.articles.follow(self.queue)
        self._connect_session(session, workspace)
        self.status.set_session(session)
        self.preferences.remember_project(project.path)
        self.setWindowTitle(_("{project} – Annotator").format(project=project.path.stem))
        self._use_preferences()
        self._show_scheme()
        place.go_back(session, workspace.article_view)
        if not self.name_card.isHidden():
            self.name_card.name.setFocus()
        self.show_facts()
        self._checker.check_later(project.path)
        if project.is_read_only:
            self.message_bar.say(
                _("This project is open for reading only: {path}").format(path=project.path),
                "warning",
            )

    def close_project(self) -> None:
        """Close the project, leaving a single file and today's backup, and show the welcome page."""
        if self.session is None or self.workspace is None:
            return
        self._checker.stop()
        asides.close_all(self)
        self.background.stop()
        place.keep_sizes(self)
        place.keep(self.session, self.workspace.article_view)
        panels.leave_focus_mode(self)
        workspace, session = self.workspace, self.session
        self.workspace = self.session = self._activity = self.proposer = None
        self.training = self.queue = None
        self.status.set_session(None)
        session.close()
        if session.deeds:
            projects.keep_backup(session.project.path)
        self._pages.removeWidget(workspace)
        workspace.deleteLater()
        session.deleteLater()
        self._pages.setCurrentWidget(self.welcome)
        self.setWindowTitle("Annotator")
        self._show_scheme()
        self.show_facts()

    def check_project(self) -> None:
        """Check the whole file beside the work and say what was found."""
        if self.session:
            self._checker.check(self.session.project.path)

    def ask_name(self) -> None:
        """Ask who annotates; Enter goes on to the article."""
        self.name_card.ask(self.annotator)
        self.name_card.name.setFocus()

    def show_facts(self) -> None:
        """Let the commands know what holds now, and name what can be undone."""
        self.actions_.refresh(facts(self.session, is_in_focus_mode=self.is_in_focus_mode))
        project = self.session.project if self.session else None
        self.actions_.name_steps(
            project.undo_name() if project else "", project.redo_name() if project else ""
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        place.keep_sizes(self)
        self.close_project()
        self.background.stop()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._on_dropped(dropped_paths(event))

    def _lay_out(self) -> None:
        self.setWindowTitle("Annotator")
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
        place.restore_size(self, self.preferences)

    def _connect(self) -> None:
        self.preferences.changed.connect(self._use_preferences)
        _application().styleHints().colorSchemeChanged.connect(self._use_preferences)
        self.background.failed.connect(self._on_failed)
        self.name_card.name_given.connect(self._on_name_given)
        self.menus.label_chosen.connect(self._on_label_chosen)
        self.menus.project_chosen.connect(self.open_project)
        self.status.annotator_clicked.connect(self.ask_name)
        self.welcome.new_requested.connect(partial(projects.new, self))
        self.welcome.open_requested.connect(partial(projects.choose, self))
        self.welcome.sample_requested.connect(partial(projects.open_sample, self))
        self.welcome.project_chosen.connect(self.open_project)
        self.welcome.project_forgotten.connect(self.preferences.forget_project)
        self.welcome.dropped.connect(self._on_dropped)

    def _connect_session(self, session: Session, workspace: "Workspace") -> None:
        session.failed.connect(self._on_failed)
        session.changed.connect(self._on_changed)
        session.log_grown.connect(self._on_log_grown)
        session.article_opened.connect(self.show_facts)
        session.selection_changed.connect(self.show_facts)
        workspace.labels.label_chosen.connect(self._on_label_chosen)
        workspace.labels.armed_changed.connect(self._on_label_armed)
        workspace.labels.edit_requested.connect(self._on_edit_requested)
        workspace.article_view.text_size_changed.connect(self._on_text_size_changed)
        workspace.articles.details_requested.connect(self._on_details_requested)
        workspace.inspector.details_requested.connect(self._on_details_requested)
        workspace.inspector.place_chosen.connect(self._on_place_chosen)
        workspace.inspector.form.entity_chosen.connect(partial(asides.show_entities, self))
        workspace.search.help_requested.connect(partial(asides.show_help, self, "search"))
        workspace.inspector.form.entity_asked.connect(partial(asides.give_entity, self))

    def _show_scheme(self) -> None:
        is_writable = self.session is not None and not self.session.is_read_only
        self.menus.set_scheme(self.scheme, is_writable=is_writable)

    def _use_preferences(self) -> None:
        settings = self.preferences.settings
        self.actions_.set_keys(settings.keys)
        theme = chosen_theme(settings.theme, _application())
        if theme != self.theme:
            self._use_theme(theme)
        recent = [Path(each) for each in settings.recent]
        self.welcome.set_recent(recent)
        self.menus.set_recent(recent)
        if self.workspace:
            self.workspace.set_hidden(panels.hidden(settings))
            self.workspace.article_view.set_text_size(settings.text_size)
            self.workspace.article_view.show_all_links(settings.all_links)
        self.show_facts()

    def _use_theme(self, theme: Theme) -> None:
        self.theme = theme
        dress(_application(), theme)
        for part in (self.message_bar, self.welcome, self.workspace, self.help_window):
            if part is not None:
                part.set_theme(theme)

    def _on_changed(self, changes: Changes) -> None:
        if changes.scheme or changes.everything:
            self._show_scheme()
        if (changes.corpus or changes.everything) and self.session and not self.session.article:
            place.open_first(self.session)
        self.show_facts()

    def _on_log_grown(self) -> None:
        if self.session:
            work = partial(_fold_log, self.session.project.path)
            self.background.run("", work, is_shown=False)

    def _on_failed(self, sentence: str) -> None:
        self.message_bar.say(sentence, "error")

    def _on_lowered(self, sentence: str) -> None:
        offer, act = _("Where suggestions come from…"), partial(asides.show_suggesters, self)
        self.message_bar.say(sentence, "information", offer=offer, act=act)

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

    def _on_edit_requested(self, label_id: str) -> None:
        asides.edit_scheme(self, label_id)

    def _on_details_requested(self, article_id: str) -> None:
        asides.show_details(self, article_id)

    def _on_text_size_changed(self, steps: int) -> None:
        self.preferences.keep(replace(self.preferences.settings, text_size=steps))

    def _on_place_chosen(self, start: int, end: int) -> None:
        if self.workspace:
            self.workspace.article_view.place(start, end)
            self.workspace.article_view.setFocus()

    def _on_dropped(self, paths: list[Path]) -> None:
        if len(paths) == 1 and opening.is_project(paths[0]):
            self.open_project(paths[0])
        elif paths:
            asides.import_paths(self, paths)


def _fold_log(path: Path, _progress: Progress) -> None:
    fold_log(path)


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
