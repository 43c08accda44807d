"""How long work went: what it did in a sentence, then every finding, to read, copy or keep."""

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
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import Problem
from annotator.language import _

Section = tuple[str, Sequence[Problem]]
"""A heading with its findings; one without findings is not shown."""


class ReportView(QWidget):
    """A sentence above a list of findings that can be copied or saved as text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline = QLabel(self)
        self.headline.setWordWrap(True)
        self.headline.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.findings = QPlainTextEdit(self)
        self.findings.setProperty("look", "field")
        self.findings.setReadOnly(True)
        self.findings.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.findings.setAccessibleName(_("Findings"))
        self.copy = QPushButton(_("Copy"), self)
        self.keep = QPushButton(_("Save the report…"), self)
        self._stretch = QWidget(self)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addWidget(self.keep)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.headline)
        layout.addWidget(self.findings, 1)
        layout.addWidget(self._stretch, 1)
        layout.addLayout(row)
        for button in (self.copy, self.keep):
            button.setAutoDefault(False)
        self.copy.clicked.connect(self._on_copy)
        self.keep.clicked.connect(self._on_keep)

    def show_report(self, headline: str, sections: Iterable[Section]) -> None:
        """Show the sentence and the sections that hold something."""
        self.headline.setText(headline)
        text = "\n\n".join(_paragraph(heading, found) for heading, found in sections if found)
        self.findings.setPlainText(text)
        self.findings.setVisible(bool(text))
        self._stretch.setVisible(not text)

    def text(self) -> str:
        """Return the report as it is copied and saved."""
        return "\n\n".join(filter(None, (self.headline.text(), self.findings.toPlainText()))) + "\n"

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


def _paragraph(heading: str, found: Sequence[Problem]) -> str:
    return "\n".join((f"{heading} ({len(found)})", *(f"  {problem}" for problem in found)))
