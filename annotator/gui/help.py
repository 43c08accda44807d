"""The help pages beside the work: a list of pages, a field that searches them, links that lead on."""

import re
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QKeySequence, QShortcut, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.fuzzy import plain
from annotator.gui.icons import icon
from annotator.gui.theme import Theme
from annotator.language import _, current_language
from annotator.resources import resource

FIRST = "index"

_LINK = re.compile(r"\]\(([\w-]+)\.md\)")


class HelpWindow(QDialog):
    """Not modal: it stays open while somebody tries what it says."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help"))
        self._folder = folder(current_language())
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("Find in the help"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.pages = QListWidget(self)
        self.pages.setAccessibleName(_("Help pages"))
        self.nothing = QLabel(_("No page speaks of this."), self)
        self.nothing.setObjectName("quiet")
        self.browser = _Browser(self._folder, self)
        self.back = QToolButton(self)
        self.forward = QToolButton(self)
        self._lay_out()
        self.set_theme(theme)
        self.search.textChanged.connect(self._on_search_changed)
        self.pages.currentItemChanged.connect(self._on_page_chosen)
        self.browser.sourceChanged.connect(self._on_source_changed)
        self.browser.anchorClicked.connect(self._on_anchor_clicked)
        self.back.clicked.connect(self.browser.backward)
        self.forward.clicked.connect(self.browser.forward)
        self.browser.backwardAvailable.connect(self.back.setEnabled)
        self.browser.forwardAvailable.connect(self.forward.setEnabled)
        self._on_search_changed("")

    def show_page(self, name: str = "") -> None:
        """Show a page by its file's name without ending; a name we do not have leads to the first."""
        wanted = name or (FIRST if self.browser.source().isEmpty() else "")
        if wanted:
            path = self._folder / f"{wanted}.md"
            self._go(path if path.exists() else self._folder / f"{FIRST}.md")
        self.show()
        self.activateWindow()
        self.search.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours from now on."""
        self.browser.theme = theme
        self.back.setIcon(icon("previous", theme))
        self.forward.setIcon(icon("next", theme))
        if not self.browser.source().isEmpty():
            self.browser.reload()

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        for button, name in ((self.back, _("Back")), (self.forward, _("Forward"))):
            button.setToolTip(name)
            button.setAccessibleName(name)
            button.setEnabled(False)
        self.pages.setObjectName("helpPages")
        self.pages.setFrameShape(QFrame.Shape.NoFrame)
        self.browser.setFrameShape(QFrame.Shape.NoFrame)
        self.browser.document().setDocumentMargin(em * 1.5)
        self.browser.setOpenLinks(False)
        left = QVBoxLayout()
        left.setSpacing(em // 2)
        left.addWidget(self.search)
        left.addWidget(self.pages, 1)
        left.addWidget(self.nothing)
        ways = QHBoxLayout()
        ways.addWidget(self.back)
        ways.addWidget(self.forward)
        ways.addStretch(1)
        left.addLayout(ways)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(em // 2, em // 2, 0, em // 2)
        layout.setSpacing(em // 2)
        layout.addLayout(left, 1)
        layout.addWidget(self.browser, 3)
        self.pages.setMaximumWidth(em * 17)
        self.search.setMaximumWidth(em * 17)
        self.resize(em * 62, em * 44)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)

    def _go(self, path: Path) -> None:
        self.browser.setSource(
            QUrl.fromLocalFile(str(path)), QTextDocument.ResourceType.MarkdownResource
        )

    def _on_search_changed(self, text: str) -> None:
        """List the pages that have every word, titles first."""
        self.pages.blockSignals(True)
        self.pages.clear()
        for path in search(self._folder, text):
            item = QListWidgetItem(title(path), self.pages)
            item.setData(Qt.ItemDataRole.UserRole, str(path))
        self._mark(self.browser.source())
        self.pages.blockSignals(False)
        self.nothing.setVisible(self.pages.count() == 0)
        if text.strip() and self.pages.count() and self.pages.currentRow() < 0:
            self.pages.setCurrentRow(0)
        self._show_place(text)

    def _show_place(self, text: str) -> None:
        """Go to the first place of the words in the page, where they stand together there."""
        if text.strip():
            self.browser.moveCursor(self.browser.textCursor().MoveOperation.Start)
            self.browser.find(text.strip())

    def _mark(self, source: QUrl) -> None:
        current = source.toLocalFile()
        for row in range(self.pages.count()):
            if self.pages.item(row).data(Qt.ItemDataRole.UserRole) == current:
                self.pages.setCurrentRow(row)

    def _on_page_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._go(Path(item.data(Qt.ItemDataRole.UserRole)))
            self._show_place(self.search.text())

    def _on_source_changed(self, source: QUrl) -> None:
        # The browser itself still tells the page before.
        self.pages.blockSignals(True)
        self._mark(source)
        self.pages.blockSignals(False)

    def _on_anchor_clicked(self, url: QUrl) -> None:
        if url.scheme() in ("http", "https", "mailto"):
            QDesktopServices.openUrl(url)
            return
        target = self.browser.source().resolved(url)
        self.browser.setSource(target, QTextDocument.ResourceType.MarkdownResource)


class _Browser(QTextBrowser):
    """Reads pages in Markdown, fits pictures to the column, and takes those of the night at night."""

    theme: Theme

    def __init__(self, pages: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSearchPaths([str(pages)])
        self.setAccessibleName(_("Help page"))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        at_night = QUrl(QUrl(name).toString().replace("-light", "-dark"))
        found = super().loadResource(kind, at_night if self.theme.is_dark else name)
        found = found or super().loadResource(kind, name)
        if not found:
            return found
        picture = QImage.fromData(found)
        room = self.viewport().width() - 2.5 * self.document().documentMargin()
        if picture.width() <= room:
            return picture
        return picture.scaledToWidth(int(room), Qt.TransformationMode.SmoothTransformation)


def folder(language: str) -> Path:
    """Return the pages in a language, the English ones where there are none."""
    found = resource("help", language)
    return found if found.is_dir() else resource("help", "en")


def search(pages: Path, text: str) -> list[Path]:
    """Return the pages that have every word typed, whatever its capitals and accents."""
    words = plain(text).split()
    every = _in_order(pages)
    if not words:
        return every
    found = [
        path for path in every if all(word in plain(path.read_text("utf-8")) for word in words)
    ]
    return sorted(found, key=lambda path: not all(word in plain(title(path)) for word in words))


def _in_order(pages: Path) -> list[Path]:
    """Return every page, in the order in which the first one names them."""
    first = pages / f"{FIRST}.md"
    named = [FIRST, *_LINK.findall(first.read_text("utf-8"))]
    every = sorted(pages.glob("*.md"))
    return sorted(
        every, key=lambda path: (path.stem not in named, [*named, path.stem].index(path.stem))
    )


def title(page: Path) -> str:
    """Return the first heading of a page."""
    with page.open(encoding="utf-8") as lines:
        return next((line[2:].strip() for line in lines if line.startswith("# ")), page.stem)
