"""The page of where the work stands: numbers on top, charts below, each as soon as it is counted."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QScrollArea, QVBoxLayout, QWidget

from annotator.core.errors import UserError
from annotator.core.model import Changes
from annotator.core.statistics import today
from annotator.exchange.csv_table import save_rows
from annotator.exchange.statistics import save_tables
from annotator.gui.background import Background
from annotator.gui.charts.ink import draw_words
from annotator.gui.charts.numbers import day_name
from annotator.gui.charts.pictures import save_picture
from annotator.gui.session import Session
from annotator.gui.statistics.cards import Card
from annotator.gui.statistics.content import Content
from annotator.gui.statistics.controls import Controls
from annotator.gui.statistics.leads import Lead, ToEntity, within
from annotator.gui.statistics.reading import Reader
from annotator.gui.tasks import Progress
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.store.project import Project
from annotator.store.statistics import Scope, annotators

_REST = 1_000
"""Milliseconds without a change after which everything is counted again."""

_EASE = 5
"""Times as long as the counting took it then rests at least: a large corpus is not counted all day."""


_MUCH = 1 / 3
"""Of the window that the page may cover when a bar leads there."""


class StatisticsPage(QDialog):
    """Counts beside the window, while it is seen. `followed` carries where a bar leads.

    A page that lies over the window steps aside then; shown again, it is as it was.
    """

    followed = Signal(object)

    def __init__(
        self, session: Session, theme: Theme, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._background = background
        self._is_stale = True
        self.setWindowTitle(_("Where the work stands"))
        self.setModal(False)
        self.controls = Controls(self)
        self.content = Content(session.scheme, theme)
        self.area = QScrollArea(self)
        self.reader = Reader(session.project.path, background, self)
        self._later = QTimer(self, singleShot=True)
        self._lay_out()
        self._later.timeout.connect(self.reload)
        self.reader.known.connect(self.content.show_counted)
        self.reader.ended.connect(self._on_ended)
        self.controls.scope_changed.connect(self.reload)
        self.controls.picture_requested.connect(self._on_picture_requested)
        self.controls.tables_requested.connect(self._on_tables_requested)
        self.content.followed.connect(self._on_followed)
        self.content.save_requested.connect(self._on_save_requested)
        session.changed.connect(self._on_changed)
        session.closing.connect(self.stop)

    def reload(self) -> None:
        """Count everything again, if anybody can see it."""
        self._later.stop()
        self._is_stale = not self.isVisible()
        if self._is_stale or not self._session.is_open:
            return
        scheme = self._session.scheme
        self.controls.offer(annotators(self._session.project), scheme)
        scope = self.controls.scope
        self.content.scheme = scheme
        self.content.annotator, self.content.label = scope.annotator, scope.label
        self.content.first = self.controls.first
        self.controls.show_busy(is_busy=True)
        self.reader.read(scope)

    def save_page(self, path: Path) -> None:
        """Write the whole page as it is laid out now, as PNG or SVG. Raises UserError."""
        em = self.fontMetrics().height()
        size = QSizeF(self.content.width(), self.content.height() + em * 2)
        title = _("{title}: {project}, {day}").format(
            title=self.windowTitle(),
            project=self._session.project.path.stem,
            day=day_name(today(), is_long=True),
        )

        def paint(painter: QPainter) -> None:
            painter.setFont(self.font())
            box = QRectF(em, em, size.width() - 2 * em, em)
            draw_words(painter, box, title, self._theme.text)
            self.content.draw(painter, QPointF(0, em * 2))

        save_picture(path, size, self.windowTitle(), self._theme.window, paint)

    def save_card(self, card: Card, path: Path) -> None:
        """Write a chart as a picture or as a table, as the ending says. Raises UserError."""
        if path.suffix.lower() == ".csv":
            table = card.chart.table()
            save_rows(table.heads, table.rows, path)
        else:
            card.chart.save(path)

    def save_all_tables(self, folder: Path) -> None:
        """Write every table into a folder, beside the window."""
        work = partial(_save_tables, self._session.project.path, folder, self.controls.scope)
        task = self._background.run(_("Writing the tables"), work)
        task.finished.connect(self._on_tables_saved)

    def stop(self) -> None:
        """Count no more: the project is closing, or the page is."""
        self._later.stop()
        self.reader.stop()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        self.content.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            theme = getattr(self.parent(), "theme", None)
            if isinstance(theme, Theme) and theme is not self._theme:
                self.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._later.start(0)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        self.area.setWidget(self.content)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setObjectName("statistics")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.controls.setContentsMargins(em, em // 2, em, em // 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.controls)
        layout.addWidget(self.area, 1)
        self.resize(em * 66, em * 50)

    def _ask_path(self, name: str, ending: str) -> Path | None:
        """Ask for a file; one without an ending gets that of the kind that was chosen."""
        kinds = {
            ".png": _("Pictures (*.png)"),
            ".svg": _("Drawings (*.svg)"),
            ".csv": _("CSV tables (*.csv)"),
        }
        offered = [ending] if ending == ".csv" else sorted({".png", ".svg"}, key=ending.__ne__)
        project = self._session.project.path
        chosen, kind = QFileDialog.getSaveFileName(
            self,
            _("Save"),
            str(project.with_name(f"{project.stem}-{name}{ending}")),
            ";;".join(kinds[each] for each in offered),
        )
        if not chosen:
            return None
        path = Path(chosen)
        wanted = next((each for each in offered if kinds[each] == kind), ending)
        return path if path.suffix.lower() in kinds else path.with_name(path.name + wanted)

    def _save(self, name: str, ending: str, save: Callable[[Path], None]) -> None:
        """Ask where to, save there, and say so, or why not."""
        path = self._ask_path(name, ending)
        if path is None:
            return
        try:
            save(path)
        except UserError as error:
            self._session.failed.emit(str(error))
        else:
            self._session.told.emit(_("Saved: {path}").format(path=path))

    @property
    def _is_in_the_way(self) -> bool:
        """Whether the page lies over so much of the window that nobody would see where a bar leads."""
        parent = self.parentWidget()
        if parent is None:
            return False
        below, whole = self.frameGeometry() & parent.frameGeometry(), parent.frameGeometry()
        covered = below.width() * below.height() if below.isValid() else 0
        return covered > whole.width() * whole.height() * _MUCH

    def _on_followed(self, lead: Lead) -> None:
        self.followed.emit(within(lead, self.controls.scope))
        if self._is_in_the_way and not isinstance(lead, ToEntity):
            self.hide()

    def _on_save_requested(self, card: Card, ending: str) -> None:
        self._save(card.name, ending, partial(self.save_card, card))

    def _on_picture_requested(self) -> None:
        self._save("statistics", ".png", self.save_page)

    def _on_tables_requested(self) -> None:
        start = str(self._session.project.path.parent)
        folder = QFileDialog.getExistingDirectory(self, _("Folder for the tables"), start)
        if folder:
            self.save_all_tables(Path(folder))

    def _on_tables_saved(self, count: int) -> None:
        told = n_("{n} table written.", "{n} tables written.", count)
        self._session.told.emit(told.format(n=count))

    def _on_ended(self) -> None:
        self.controls.show_busy(is_busy=False)
        if self._is_stale and self.isVisible():
            self._wait()

    def _on_changed(self, changes: Changes) -> None:
        del changes
        self._is_stale = True
        if self.isVisible() and not self.reader.is_reading:
            self._wait()

    def _wait(self) -> None:
        self._later.start(max(_REST, round(self.reader.took * _EASE * 1000)))


def _save_tables(project: Path, folder: Path, scope: Scope, progress: Progress) -> int:
    with Project.open(project, read_only=True) as opened:
        return save_tables(opened, folder, scope, progress)
