"""How long work went: what it did in a sentence, then every finding, to read, fold, copy or keep."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import Problem
from annotator.language import _

Section = tuple[str, Sequence[Problem]]
"""A heading with its findings; one without findings is not shown."""


_FEW = 20
"""Findings up to which a list stands open beside others."""


class FindingsList(QWidget):
    """One section: a heading that folds it, and its findings, a line each."""

    def __init__(self, heading: str, found: Sequence[Problem], parent: QWidget) -> None:
        super().__init__(parent)
        self.heading = QToolButton(self)
        self.heading.setText(_("{heading} ({count})").format(heading=heading, count=len(found)))
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setCheckable(True)
        self.heading.setProperty("look", "fold")
        self.lines = QPlainTextEdit("\n".join(map(str, found)), self)
        self.lines.setProperty("look", "field")
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self.lines.setAccessibleName(heading)
        self.lines.setMinimumHeight(self.fontMetrics().height() * 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.heading)
        layout.addWidget(self.lines, 1)
        self.heading.toggled.connect(self.unfold)
        self.unfold(False)

    def text(self) -> str:
        """Return it as it is copied and saved, whether it is folded or not."""
        lines = self.lines.toPlainText().splitlines()
        return "\n".join((self.heading.text(), *(f"  {line}" for line in lines)))

    def unfold(self, is_open: bool) -> None:
        """Show the findings, or the heading only."""
        self.heading.setChecked(is_open)
        self.heading.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self.lines.setVisible(is_open)
        height = QSizePolicy.Policy.Expanding if is_open else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, height)


class ReportView(QWidget):
    """A sentence above lists of findings that can be copied or saved as text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline = QLabel(self)
        self.headline.setWordWrap(True)
        self.headline.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sections: list[FindingsList] = []
        self.copy = QPushButton(_("Copy"), self)
        self.keep = QPushButton(_("Save the report…"), self)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(self.fontMetrics().height() // 2)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.fontMetrics().height())
        layout.addWidget(self.headline)
        layout.addLayout(self._lists, 1)
        layout.addLayout(self._buttons)
        self.add_button(self.copy)
        self.add_button(self.keep)
        self.copy.clicked.connect(self._on_copy)
        self.keep.clicked.connect(self._on_keep)

    def add_button(self, button: QPushButton) -> None:
        """Put a button behind those there are."""
        button.setAutoDefault(False)
        self._buttons.insertWidget(self._buttons.count() - 1, button)

    def show_report(self, headline: str, sections: Iterable[Section]) -> None:
        """Show the sentence and the sections that hold something, the long ones folded."""
        self.headline.setText(headline)
        self._clear()
        self.sections = [FindingsList(heading, found, self) for heading, found in sections if found]
        for section in self.sections:
            self._lists.addWidget(section)
            is_short = section.lines.blockCount() <= _FEW
            section.unfold(is_short or len(self.sections) == 1)
        self._lists.addStretch(0)

    def text(self) -> str:
        """Return the report as it is copied and saved."""
        parts = (self.headline.text(), *(section.text() for section in self.sections))
        return "\n\n".join(parts) + "\n"

    def save(self, path: Path) -> None:
        """Write the report as UTF-8; what goes wrong is said in the sentence."""
        try:
            path.write_text(self.text(), "utf-8")
        except OSError as error:
            self.headline.setText(
                _("{path} cannot be written: {reason}.").format(path=path, reason=error.strerror)
            )

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())

    def _on_keep(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Save the report"), "report.txt", _("Text (*.txt)")
        )
        if path:
            self.save(Path(path))

    def _clear(self) -> None:
        while (item := self._lists.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
