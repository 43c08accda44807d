"""The page before a project is open: new, open, sample, recent; projects and texts may be dropped on it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetrics
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.icons import SIZE, application_icon, icon
from annotator.gui.theme import Theme
from annotator.language import _


class Welcome(QWidget):
    """Three ways to begin and the projects of the last days."""

    new_requested = Signal()
    open_requested = Signal()
    sample_requested = Signal()
    project_chosen = Signal(Path)
    project_forgotten = Signal(Path)
    dropped = Signal(list)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAcceptDrops(True)
        self.new = _Choice(_("New project"), _("Choose where it goes, then drop texts on it"), self)
        self.open = _Choice(_("Open a project"), _("A file that ends in .annot"), self)
        self.sample = _Choice(
            _("Try the sample"), _("Ten articles to play with; yours to change"), self
        )
        self._rows: list[_RecentRow] = []
        self._recent = QVBoxLayout()
        self._recent_heading = _heading(_("Recent projects"))
        self._nothing = QLabel(_("Projects you open will be listed here."), self)
        self._nothing.setObjectName("quiet")
        self._lay_out()
        self.set_theme(theme)
        self.new.clicked.connect(self.new_requested)
        self.open.clicked.connect(self.open_requested)
        self.sample.clicked.connect(self.sample_requested)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours from now on."""
        self._theme = theme
        for button, name in ((self.new, "new"), (self.open, "open"), (self.sample, "sample")):
            button.picture.setPixmap(icon(name, theme).pixmap(SIZE, SIZE))
        for row in self._rows:
            row.set_theme(theme)

    def set_recent(self, paths: Sequence[Path]) -> None:
        """List these projects, the newest first."""
        for row in self._rows:
            self._recent.removeWidget(row)
            row.deleteLater()
        self._rows.clear()
        for path in paths:
            row = _RecentRow(path, self._theme, self)
            row.open.clicked.connect(partial(self._on_recent_clicked, path))
            row.forget.clicked.connect(partial(self._on_forget_clicked, path))
            self._recent.addWidget(row)
            self._rows.append(row)
        self._nothing.setVisible(not paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(dropped_paths(event))

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        column = QWidget(self)
        column.setMaximumWidth(self.fontMetrics().averageCharWidth() * 96)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(em * 2, em * 2, em * 2, em * 2)
        inner.setSpacing(em)
        inner.addStretch(1)
        inner.addLayout(self._build_title(em))
        inner.addSpacing(em)
        inner.addLayout(self._build_choices(em))
        inner.addSpacing(em)
        inner.addWidget(self._recent_heading)
        inner.addWidget(self._nothing)
        self._recent.setSpacing(0)
        inner.addLayout(self._recent)
        inner.addStretch(2)
        hint = QLabel(_("Drop a project or articles anywhere on this page."), self)
        hint.setObjectName("quiet")
        inner.addWidget(hint)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        holder = QWidget(area)
        beside = QHBoxLayout(holder)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addStretch(1)
        beside.addWidget(column, 100)
        beside.addStretch(1)
        area.setWidget(holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _build_title(self, em: int) -> QHBoxLayout:
        picture = QLabel(self)
        picture.setPixmap(application_icon().pixmap(QSize(em * 3, em * 3)))
        title = QLabel("Annotator", self)
        title.setObjectName("welcomeTitle")
        saying = QLabel(_("Mark who and what an article speaks of, and who says what."), self)
        saying.setObjectName("quiet")
        saying.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(saying)
        row = QHBoxLayout()
        row.setSpacing(em)
        row.addWidget(picture)
        row.addLayout(words, 1)
        return row

    def _build_choices(self, em: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(em * 3 // 4)
        for column, button in enumerate((self.new, self.open, self.sample)):
            grid.addWidget(button, 0, column)
            grid.setColumnStretch(column, 1)
        return grid

    def _on_recent_clicked(self, path: Path) -> None:
        self.project_chosen.emit(path)

    def _on_forget_clicked(self, path: Path) -> None:
        self.project_forgotten.emit(path)


class _Choice(QPushButton):
    """A large button: icon, what it does, a line that says more."""

    def __init__(self, title: str, explanation: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setAccessibleDescription(explanation)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.picture = QLabel(self)
        heading = _heading(title)
        more = QLabel(explanation, self)
        more.setObjectName("quiet")
        more.setWordWrap(True)
        self._inner = layout = QVBoxLayout(self)
        em = self.fontMetrics().height()
        layout.setContentsMargins(em, em, em, em)
        layout.setSpacing(em // 3)
        for label in (self.picture, heading, more):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(label)
        layout.addStretch(1)

    def sizeHint(self) -> QSize:
        return self._inner.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._inner.totalHeightForWidth(width)

    def minimumSizeHint(self) -> QSize:
        return self._inner.minimumSize()


class _RecentRow(QWidget):
    """A project by name and folder, and a small cross to leave it out of the list."""

    def __init__(self, path: Path, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        em = self.fontMetrics().height()
        self.open = QPushButton(self)
        self.open.setProperty("look", "row")
        self.open.setAccessibleName(path.stem)
        self.open.setToolTip(str(path))
        self.open.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.forget = QToolButton(self)
        self.forget.setToolTip(_("Leave it out of this list; the file stays"))
        self.forget.setAccessibleName(self.forget.toolTip())
        name = QLabel(path.stem, self.open)
        folder = _Elided(_short(path.parent), self.open)
        folder.setObjectName("quiet")
        words = QHBoxLayout(self.open)
        words.setContentsMargins(em // 2, 0, em // 2, 0)
        words.setSpacing(em)
        words.addWidget(name)
        words.addWidget(folder, 1)
        for label in (name, folder):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.open.setMinimumHeight(em * 2)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.open, 1)
        layout.addWidget(self.forget)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.forget.setIcon(icon("close", theme))


class _Elided(QLabel):
    """A label that leaves out the middle of a text that is too long for it."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole = text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: object) -> None:
        metrics = QFontMetrics(self.font())
        self.setText(metrics.elidedText(self._whole, Qt.TextElideMode.ElideMiddle, self.width()))


def dropped_paths(event: QDropEvent) -> list[Path]:
    """Return the files and folders of this machine that were dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("heading")
    return label


def _short(folder: Path) -> str:
    home = Path.home()
    return f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)
